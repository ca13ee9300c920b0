"""A treebank of older conventions, rewritten by what became of sentences that are annotated in both."""

from __future__ import annotations

import random

from training.convert import converted, pairs
from training.data import Sentence, Tree

NAMES = ("Sari", "Budi", "Rina", "Joko", "Wati")
VERBS = ("mengunjungi", "memuji", "mengecam")


def sentence(names: list[str], verb: str, *, today: bool) -> Sentence:
    """A visit or the like of one by another, who has two names; conventions of names and "yang" differ."""
    words = (names[0], verb, names[1], names[2], "yang", "diam", ".")
    label, pos, relative = ("nsubj", "PRON", "acl:relcl") if today else ("mark", "SCONJ", "acl")
    tree = Tree(
        pos=("PROPN", "VERB", "PROPN", "PROPN", pos, "ADJ", "PUNCT"),
        heads=(2, 0, 2, 3, 6, 3, 2 if today else 3),
        labels=("nsubj", "root", "obj", "flat", label, relative, "punct"),
    )  # fmt: skip
    return Sentence(words=words, language="id", source="gsd", tree=tree)


def test_what_became_of_words_is_learnt_from_sentences_in_both_versions() -> None:
    """Labels, parts of speech and heads of an unseen sentence are those of today."""
    chance = random.Random(1)
    drawn = [(chance.choices(NAMES, k=3), chance.choice(VERBS)) for _ in range(60)]
    old = [sentence(names, verb, today=False) for names, verb in drawn]
    new = [sentence(names, verb, today=True) for names, verb in drawn]
    unseen = sentence(["Tuti", "Agus", "Salim"], "memuji", today=False)
    (told,) = converted([unseen], old, new)
    assert told.tree == sentence(["Tuti", "Agus", "Salim"], "memuji", today=True).tree
    assert told.words == unseen.words


def test_sentences_cut_into_other_words_teach_nothing() -> None:
    """Only the same words can be compared."""
    old = [sentence(["Sari", "Budi", "Rina"], "memuji", today=False)]
    new = [sentence(["Sari", "Budi", "Wati"], "memuji", today=True)]
    assert pairs(old, new) == []
    assert pairs(old, old) == [(old[0].words, old[0].tree, old[0].tree)]
