"""The lines of a text with their places in it, and what their shape says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?…。؟][\"'”’»)\]]*\W*$")
_STOP_END = re.compile(r"[.…。][\"'”’»)\]]*$")
_OPENING = "\"'“‘«„([¿¡"

#: A line of at least this many characters that ends like a sentence is a paragraph of the article.
PARAGRAPH_CHARS = 80


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line that is not blank, without the white space around it: ``article.text[start:end] == text``."""

    start: int
    end: int
    text: str

    @property
    def is_sentence(self) -> bool:
        """Whether it ends like a sentence: with . ! ? and perhaps closing quotation marks."""
        return bool(_SENTENCE_END.search(self.text))

    @property
    def is_statement(self) -> bool:
        """Whether it ends in a full stop, which links and titles do not have."""
        return bool(_STOP_END.search(self.text))

    @property
    def is_paragraph(self) -> bool:
        """Whether it is a paragraph of an article's body beyond doubt."""
        return self.is_sentence and len(self.text) >= PARAGRAPH_CHARS

    @property
    def begins_sentence(self) -> bool:
        """Whether it can be the beginning of a sentence: no small letter first."""
        first = self.text.lstrip(_OPENING)[:1]
        return bool(first) and not first.islower()


def lines(text: str) -> Iterator[Line]:
    """The lines of ``text`` that are not blank, in order."""
    for match in _LINE.finditer(text):
        stripped = match.group().strip()
        if stripped:
            start = match.start() + match.group().index(stripped)
            yield Line(start=start, end=start + len(stripped), text=stripped)
