"""Figures: what counts as right."""

from __future__ import annotations

import numpy as np

from kg.nlp.model import Parse
from training.data import Sentence, Tree
from training.evaluate import score, spans, summary

WORDS = ("Wali", "kota", "Medan", "tiba")


def parse(heads: list[int], labels: list[str], names: list[str]) -> Parse:
    return Parse(
        pos=["NOUN"] * 4, heads=heads, head_scores=[1.0] * 4, labels=labels,
        names=names, name_scores=[1.0] * 4,
        features=[{}] * 4, vectors=np.zeros((5, 2), np.float32),
    )  # fmt: skip


def test_a_label_counts_without_its_subtype_and_only_on_the_right_head() -> None:
    """LAS asks for head and label, whatever the subtype."""
    gold = Tree(pos=("NOUN",) * 4, heads=(4, 1, 1, 0), labels=("nsubj", "compound", "nmod", "root"))
    sentence = Sentence(words=WORDS, language="id", source="s", tree=gold)
    ours = parse([4, 1, 2, 0], ["nsubj:pass", "flat", "nmod", "root"], ["O"] * 4)
    assert score([ours], [sentence]).figures() == {"upos": 100.0, "uas": 75.0, "las": 50.0}


def test_types_that_were_not_annotated_do_not_count() -> None:
    """Where nobody marked organisations, finding one is neither right nor wrong."""
    sentence = Sentence(
        words=WORDS, language="id", source="s", names=("O", "O", "B-LOC", "O"), missing=frozenset({"ORG"})
    )
    ours = parse([4, 1, 1, 0], ["x"] * 4, ["B-ORG", "I-ORG", "B-LOC", "O"])
    assert score([ours], [sentence]).figures()["f1"] == 100.0


def test_spans_end_where_a_name_ends() -> None:
    """A new beginning, another type, or no name closes a name."""
    assert spans(["B-PER", "I-PER", "B-PER", "I-LOC", "X", "I-ORG"]) == {
        (0, 2, "PER"), (2, 3, "PER"), (3, 4, "LOC"), (5, 6, "ORG"),
    }  # fmt: skip


def test_the_summary_has_the_mean_and_the_least_of_the_parallel_slices() -> None:
    """One figure a set, LAS or F1."""
    found = summary(
        {"id": {"las": 80.0}, "pud-ko": {"las": 70.0}, "pud-fr": {"las": 90.0}, "idner": {"f1": 60.0}}
    )
    assert found["id"] == 80.0 and found["idner"] == 60.0
    assert found["pud mean"] == 80.0 and found["pud least"] == 70.0
