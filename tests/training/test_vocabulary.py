"""The smaller vocabulary cuts texts as the whole one does, as long as it has their pieces."""

from __future__ import annotations

import json
from pathlib import Path

from kg.nlp.model import FOLDER
from training import vocabulary
from training.data import Sentence
from training.pieces import Pieces

WHOLE = FOLDER / "tokenizer.json"
TEXT = ["Duta", "besar", "itu", "menyerahkan", "surat", "kepada", "presiden", "pada", "hari", "Senin"]


def test_learnt_words_are_cut_as_before_and_others_still_can_be(tmp_path: Path) -> None:
    """Pieces of the training text survive; letters keep every other word readable."""
    pieces = Pieces(WHOLE)
    needed = vocabulary.seen([[Sentence(words=tuple(TEXT), language="id", source="s")]], pieces)
    all_pieces = json.loads(WHOLE.read_text(encoding="utf-8"))["model"]["vocab"]
    keep = vocabulary.kept(all_pieces, needed, 20_000, ["LATIN"])
    bare = vocabulary.write(WHOLE, keep, tmp_path / "tokenizer.json")
    smaller = Pieces(tmp_path / "tokenizer.json")
    for word in TEXT:
        assert [keep[piece] for piece in smaller.word(word)] == pieces.word(word)
    assert smaller.word("Владивосток") != [3], "letters of other scripts are kept"
    assert all_pieces[keep[bare]][0] == "▁"
    assert len(keep) == 20_000
