"""Words as pieces of the vocabulary, exactly as the product cuts them (``kg/nlp/model.py``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.nlp.model import WORD_PIECES

FIRST, PAD, LAST, UNKNOWN = 0, 1, 2, 3
BARE = "▁"


class Pieces:
    """The vocabulary of a ``tokenizer.json``."""

    def __init__(self, file: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(file))
        self._bare = self._tokenizer.token_to_id(BARE)
        self._cache: dict[str, list[int]] = {}

    def word(self, word: str) -> list[int]:
        """The ids of one word's pieces, at least one and at most WORD_PIECES."""
        if word not in self._cache:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids
            if len(ids) > 1 and ids[0] == self._bare:
                ids = ids[1:]
            self._cache[word] = (ids or [UNKNOWN])[:WORD_PIECES]
        return self._cache[word]

    def length(self, words: Sequence[str]) -> int:
        """How many pieces a sentence has, its beginning and end included."""
        return 2 + sum(len(self.word(word)) for word in words)

    def encode(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """The pieces of a sentence, and the places of the first and last piece of each word."""
        ids, first, last = [FIRST], [], []
        for word in words:
            first.append(len(ids))
            ids.extend(self.word(word))
            last.append(len(ids) - 1)
        return [*ids, LAST], first, last
