"""Words of speech, and what stands in quotation marks (``speech.toml``)."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.nlp.morphology import keys
from kg.nlp.syntax import lang_of, word_list

_OPENING = {'"': '"', "“": "”", "«": "»", "„": "“", "「": "」"}
#: Words from which something in quotation marks is speech and not a word used with reserve.
SHORTEST_QUOTE = 4


def quotations(doc: Doc) -> Iterator[tuple[int, int]]:
    """(first word, end) of all that stands in quotation marks long enough to be speech."""
    opened: int | None = None
    closing = ""
    for token in doc:
        if opened is None and token.text in _OPENING:
            opened, closing = token.i, _OPENING[token.text]
        elif opened is not None and (token.text == closing or (token.is_space and "\n" in token.text)):
            words = [t for t in doc[opened + 1 : token.i] if not t.is_punct and not t.is_space]
            if len(words) >= SHORTEST_QUOTE or (len(words) > 1 and doc[token.i - 1].is_punct):
                yield opened + 1, token.i
            opened = None


def is_speech(token: Token) -> bool:
    """Whether a word is one that introduces or follows what somebody says."""
    speaks = token.pos_ in {"VERB", "NOUN", "AUX", "PROPN"}
    return speaks and not keys(token.text, lang_of(token)).isdisjoint(_listed(lang_of(token), "say"))


def is_doubted(token: Token) -> bool:
    """Whether a word of speech leaves open whether what is said is so: "claims that"."""
    return not keys(token.text, lang_of(token)).isdisjoint(_listed(lang_of(token), "doubted"))


@functools.cache
def _listed(lang: str, name: str) -> frozenset[str]:
    return frozenset().union(*(keys(word, lang) for word in word_list(lang, "speech", name)))
