"""Sport: which sentences tell of a match, as what happens in one is no event of politics.

"Indonesia destroyed Vietnam in the semi-final" is no attack by Indonesia.  A sentence tells of a match by a
word that is said of matches only (``strong`` in ``sport.toml``: no people or places of sport, on whom there
are attacks) and another, or by a score such as 2-1 and two words that are also said of other things
(``weak``); an article by enough of such sentences.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from kg.nlp.morphology import keys
from kg.nlp.syntax import lang_of, word_list

_SCORE = re.compile(r"(?<![\d/.,-])\d{1,3}\s?[-–:]\s?\d{1,3}(?![\d/.,-])")
#: Where a document keeps the first words of the sentences that tell of a match.
MATCHES = "matches"
#: How many such sentences, and which share of all, make an article one of sport.
SENTENCES, SHARE = 2, 0.25


def of_matches(doc: Doc) -> frozenset[int]:
    """The first words of the sentences that tell of a match."""
    sentences = list(doc.sents)
    found = {sentence.start for sentence in sentences if _tells_of_match(sentence)}
    if len(found) >= SENTENCES and len(found) >= SHARE * len(sentences):
        found = {sentence.start for sentence in sentences}
    return frozenset(found)


def is_of_match(token: Token) -> bool:
    """Whether the sentence of a word tells of a match."""
    played: frozenset[int] = token.doc.user_data.get(MATCHES, frozenset())
    return bool(played) and token.sent.start in played


def _tells_of_match(sentence: Span) -> bool:
    lang = lang_of(sentence[0])
    strong, weak = (word_list(lang, "sport", which) for which in ("strong", "weak"))
    if not strong:
        return False
    said = [keys(token.text, lang) for token in sentence if token.is_alpha or "-" in token.text]
    surely, perhaps = ({word for forms in said for word in forms & words} for words in (strong, weak))
    scored = bool(_SCORE.search(sentence.text))
    return (bool(surely) and len(surely) + len(perhaps) + scored > 1) or (scored and len(perhaps) > 1)
