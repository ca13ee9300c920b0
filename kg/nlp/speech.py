"""Words of speech, and what stands in quotation marks (``speech.toml``)."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.nlp.morphology import keys
from kg.nlp.syntax import lang_of, word_list

_OPENING = {
    '"': ('"',),
    "“": ("”", '"'),
    "«": ("»",),
    "„": ("“", "”"),
    "「": ("」",),
    "''": ("''",),
    "``": ("''", "``"),
}
_HALVES = frozenset("'`")
#: Words from which something in quotation marks is speech and not a word used with reserve.
SHORTEST_QUOTE = 4


def quotations(doc: Doc) -> Iterator[tuple[int, int]]:
    """(first word, end) of all that stands in quotation marks long enough to be speech."""
    opened: int | None = None
    closing: tuple[str, ...] = ()
    for token in doc:
        mark, width = _mark(token)
        if opened is None and mark in _OPENING:
            opened, closing = token.i + width, _OPENING[mark]
        elif opened is not None and (
            (mark in closing and token.i >= opened) or (token.is_space and "\n" in token.text)
        ):
            words = [t for t in doc[opened : token.i] if not t.is_punct and not t.is_space]
            if len(words) >= SHORTEST_QUOTE or (len(words) > 1 and doc[token.i - 1].is_punct):
                yield opened, token.i
            opened = None


def _mark(token: Token) -> tuple[str, int]:
    """The quotation mark that begins with a word, and how many words it is: two signs in some files."""
    half = token.text in _HALVES and not token.whitespace_ and token.i + 1 < len(token.doc)
    twice = half and token.nbor().text == token.text
    return (token.text * 2, 2) if twice else (token.text, 1)


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
