"""Decoding of the model's scores: always a tree with one root, always the best one, always whole names."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from kg.nlp.trees import ROOT_CANDIDATES, best_labels, best_tree

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-MISC", "I-MISC"]


@st.composite
def scores_of_trees(draw: st.DrawFn, most: int) -> NDArray[np.float32]:
    """Scores of up to ``most`` words, each word with each head; small integers, so that many are equal."""
    size = draw(st.integers(1, most))
    kind = st.one_of(st.integers(-4, 4), st.floats(-50, 50, width=16))
    return draw(arrays.arrays(np.float32, (size, size + 1), elements=kind))


def is_tree(heads: list[int]) -> bool:
    """Whether every word reaches the root (0)."""
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        if node:
            return False
    return True


def score(scores: NDArray[np.float32], heads: list[int]) -> float:
    """The sum of the scores of all arcs."""
    return float(sum(scores[word, head] for word, head in enumerate(heads)))


@settings(max_examples=300)
@given(scores_of_trees(25))
def test_any_scores_give_a_tree_with_one_root(scores: NDArray[np.float32]) -> None:
    """One root, no cycle, no word that is its own head, whatever the model says."""
    heads = best_tree(scores).tolist()
    assert heads.count(0) == 1
    assert is_tree(heads)


def all_trees(size: int) -> list[list[int]]:
    """Every tree of ``size`` words with one root."""
    every = (list(heads) for heads in itertools.product(range(size + 1), repeat=size))
    return [heads for heads in every if heads.count(0) == 1 and is_tree(heads)]


TREES = {size: all_trees(size) for size in range(1, 6)}


def test_all_trees_are_compared() -> None:
    """The trees to compare with are complete: n^(n-2) trees (Cayley) with each of n roots."""
    assert [len(TREES[size]) for size in range(1, 6)] == [1, 2, 9, 64, 625]


@settings(max_examples=200, deadline=None)
@given(scores_of_trees(4))
def test_no_tree_from_a_likely_root_is_better(scores: NDArray[np.float32]) -> None:
    """Of all trees whose root is one of the three most likely, the best one is found."""

    def likely(root: int) -> bool:
        return sum(scores[other, 0] >= scores[root, 0] for other in range(len(scores))) <= ROOT_CANDIDATES

    best = max(
        (score(scores, heads) for heads in TREES[len(scores)] if likely(heads.index(0))), default=-np.inf
    )
    assert score(scores, best_tree(scores).tolist()) >= best - 1e-3


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_no_tree_is_better(size: int) -> None:
    """Of all trees the best one is found, whatever its root."""
    random = np.random.default_rng(size)
    for _ in range(200):
        scores = random.normal(size=(size, size + 1)).astype(np.float32)
        best = scores[np.arange(size), np.array(TREES[size])].sum(1).max()
        assert score(scores, best_tree(scores).tolist()) == pytest.approx(best, abs=1e-4)


@settings(max_examples=200)
@given(
    arrays.arrays(
        np.float32, st.tuples(st.integers(1, 12), st.just(len(LABELS))), elements=st.integers(-5, 5)
    ),
    st.booleans(),
)
def test_names_are_whole(scores: NDArray[np.float32], banned: bool) -> None:
    """A name goes on only after it has begun, and no type appears that is not to be found."""
    found = best_labels(scores, LABELS, frozenset({"MISC"}) if banned else frozenset())
    assert len(found) == len(scores)
    for before, after in itertools.pairwise(["O", *found]):
        if after.startswith("I-"):
            assert before[2:] == after[2:]
    assert not (banned and any(label.endswith("MISC") for label in found))


@settings(max_examples=50)
@given(
    arrays.arrays(np.float32, st.tuples(st.integers(1, 3), st.just(len(LABELS))), elements=st.integers(-5, 5))
)
def test_names_are_the_best_ones(scores: NDArray[np.float32]) -> None:
    """No other sequence of labels that is allowed has a higher score."""

    def total(path: tuple[int, ...]) -> float:
        return float(sum(scores[word, label] for word, label in enumerate(path)))

    def allowed(path: tuple[int, ...]) -> bool:
        named = ["O", *(LABELS[label] for label in path)]
        return all(not b.startswith("I-") or a[2:] == b[2:] for a, b in itertools.pairwise(named))

    paths = filter(allowed, itertools.product(range(len(LABELS)), repeat=len(scores)))
    found = best_labels(scores, LABELS)
    assert total(tuple(map(LABELS.index, found))) == max(map(total, paths))
