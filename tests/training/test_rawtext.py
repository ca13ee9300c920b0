"""Figures from raw text: what is cut otherwise costs, what is cut as in the treebank does not."""

from __future__ import annotations

import pytest

from kg.nlp.model import Model
from training import rawtext

BLOCK = """\
1\tLa\tel\tDET\t_\t_\t2\tdet\t_\t_
2\tvisita\tvisita\tNOUN\t_\t_\t6\tnsubj\t_\t_
3-4\tdel\t_\t_\t_\t_\t_\t_\t_\t_
3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_
4\tel\tel\tDET\t_\t_\t5\tdet\t_\t_
5\tministro\tministro\tNOUN\t_\t_\t2\tnmod\t_\t_
6\tterminó\tterminar\tVERB\t_\t_\t0\troot\t_\t_
7\tayer\tayer\tADV\t_\t_\t6\tadvmod\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t_\t_\t6\tpunct\t_\t_"""


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


def test_the_text_of_a_treebank_sentence_is_put_together(model: Model) -> None:
    """Multiword tokens stand as they are written, spaces where the treebank says."""
    assert rawtext.text(BLOCK) == "La visita del ministro terminó ayer."


def test_own_words_are_scored_against_the_treebank(model: Model) -> None:
    """With the contraction read as two words all words are right; as a language without it, they are not."""
    spanish, none = (rawtext.figures([BLOCK], language, model) for language in ("es", "en"))
    assert spanish["words"] == spanish["sentences"] == 100 and spanish["las"] > 60
    assert none["words"] < 90


def test_sentences_are_cut_apart(model: Model) -> None:
    """Two sentences in one text are two again."""
    assert rawtext.figures([BLOCK, BLOCK], "es", model)["sentences"] == 100
