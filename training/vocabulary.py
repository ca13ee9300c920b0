"""Which pieces of the vocabulary are shipped.

Kept are the pieces that the training text is cut into, all single characters, and then the most frequent
pieces written in the scripts of the recipe, up to its number.  A text whose best pieces are all kept is cut
as before.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from training.data import Sentence
from training.pieces import BARE, Pieces

#: <s>, <pad>, </s>, <unk>: the same ids before and after.
_SPECIAL = 4


def seen(sets: Iterable[Iterable[Sentence]], pieces: Pieces) -> set[int]:
    """The pieces that the words of some sentences are cut into."""
    words = {word for sentences in sets for sentence in sentences for word in sentence.words}
    return {piece for word in words for piece in pieces.word(word)}


def kept(
    vocabulary: Sequence[tuple[str, float]], needed: set[int], count: int, scripts: Sequence[str]
) -> list[int]:
    """The ids of the pieces to ship, in their old order.

    ``vocabulary`` is ordered by frequency; ``scripts`` are beginnings of Unicode names, such as ``LATIN``.
    Special tokens, ``needed`` and single characters are kept whatever ``count`` is.
    """
    keep = set(range(_SPECIAL)) | {len(vocabulary) - 1} | needed
    keep |= {k for k, (piece, _) in enumerate(vocabulary) if len(piece.replace(BARE, "")) <= 1}
    for k, (piece, _) in enumerate(vocabulary):
        if len(keep) >= count:
            break
        if _written_in(piece, tuple(scripts)):
            keep.add(k)
    return sorted(keep)


def write(source: Path, keep: Sequence[int], target: Path) -> int:
    """Write the tokeniser with the pieces ``keep`` alone; returns the new id of the bare word start."""
    tokenizer = json.loads(source.read_text(encoding="utf-8"))
    new = {old: k for k, old in enumerate(keep)}
    vocabulary = tokenizer["model"]["vocab"]
    tokenizer["model"]["vocab"] = [vocabulary[old] for old in keep]
    tokenizer["model"]["unk_id"] = new[tokenizer["model"]["unk_id"]]
    for token in tokenizer["added_tokens"]:
        token["id"] = new[token["id"]]
    for token in tokenizer["post_processor"]["special_tokens"].values():
        token["ids"] = [new[old] for old in token["ids"]]
    target.write_text(
        json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )  # fmt: skip
    return [piece for piece, _ in tokenizer["model"]["vocab"]].index(BARE)


def _written_in(piece: str, scripts: tuple[str, ...]) -> bool:
    """Whether all letters of a piece are of these scripts; digits and signs belong to all."""
    return all(
        unicodedata.name(letter, "").startswith(scripts)
        for letter in piece if unicodedata.category(letter)[0] in "LM"
    )  # fmt: skip
