"""Where words begin in scripts that do not show it, as the language model sees it.

A language asks for it in its ``tokens.toml`` (``segmented = true``).  The model reads the text letter by
letter, a sentence at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from kg import ontologies

_SENTENCE = re.compile(r"[^\n。！？؟.!?]+[。！？؟.!?]*")
#: Letters that the model reads at once; a longer sentence is cut.
LONGEST = 300


class Starts(Protocol):
    """What tells where words begin; :class:`kg.nlp.model.Model` does."""

    def word_starts(self, letters: str) -> list[bool]: ...


def cuts(text: str, lang: str, model: Starts) -> frozenset[int]:
    """The offsets at which a word begins inside a run of letters; none for languages with spaces."""
    if not ontologies.language(lang, "tokens").get("segmented", False):
        return frozenset()
    return frozenset(
        start + k
        for start, piece in _pieces(text)
        for k, begins in enumerate(model.word_starts(piece)) if begins and k
    )  # fmt: skip


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for found in _SENTENCE.finditer(text):
        for start in range(found.start(), found.end(), LONGEST):
            yield start, text[start : min(start + LONGEST, found.end())]
