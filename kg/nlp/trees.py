"""Decoding the model's scores: dependency trees and names.

Trees: maximum spanning arborescence with one root (Chu & Liu 1965, Edmonds 1967; one root as in
Zmigrod et al. 2020).  Names: Viterbi over BIO labels.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.intp]
#: The score of what must not be.
NEVER = -1e9
#: How many of the best scored words are tried as the only root when the greedy tree has several.
ROOT_CANDIDATES = 10


def best_tree(scores: Scores) -> Heads:
    """The heads of the best tree with exactly one root.

    ``scores[i, j]`` (words × words + 1) is the score of word ``i`` having head ``j``, where head 0
    is the root and head ``j`` the word ``j - 1``.  Returns a head (0 … n) for every word.
    """
    size = scores.shape[0]
    graph = np.full((size + 1, size + 1), NEVER)
    graph[1:, :] = scores
    np.fill_diagonal(graph, NEVER)
    heads = graph.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and _cycle(heads) is None:
        return cast(Heads, heads[1:])
    best: tuple[float, Heads] | None = None
    for root in np.argsort(-graph[1:, 0])[:ROOT_CANDIDATES] + 1:
        rooted = graph.copy()
        rooted[1:, 0] = NEVER
        rooted[root, :] = NEVER
        rooted[root, 0] = 0
        heads = _arborescence(rooted)
        total = float(graph[np.arange(1, size + 1), heads[1:]].sum())
        if best is None or total > best[0]:
            best = total, heads
    assert best is not None  # a sentence has at least one word
    return best[1][1:]


def _cycle(heads: Heads) -> list[int] | None:
    """The nodes of one cycle, or None; node 0 is the root."""
    above = heads
    for _ in range(len(heads).bit_length()):  # twice as far up each time
        above = above[above]
    if not above.any():
        return None
    seen = np.zeros(len(heads), int)
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while node != 0 and not seen[node]:
            seen[node] = start
            path.append(node)
            node = int(heads[node])
        if node != 0 and seen[node] == start and node in path:
            return path[path.index(node) :]
    return None


def _arborescence(graph: NDArray[np.float64]) -> Heads:
    """Heads of the maximum spanning arborescence: contract a cycle, solve, expand."""
    size = graph.shape[0]
    heads: Heads = graph.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.array(cycle)
    outside = np.setdiff1d(np.arange(size), inside)
    count = len(outside)
    smaller = np.full((count + 1, count + 1), NEVER)
    smaller[:count, :count] = graph[np.ix_(outside, outside)]
    own = graph[inside, heads[inside]]
    entering = graph[np.ix_(inside, outside)] - own[:, None] + own.sum()
    entry = entering.argmax(0)
    smaller[count, :count] = entering[entry, np.arange(count)]
    leaving = graph[np.ix_(outside, inside)]
    exits = leaving.argmax(1)
    smaller[:count, count] = leaving[np.arange(count), exits]
    smaller[0, :] = NEVER
    solved = _arborescence(smaller)
    result: Heads = heads.copy()
    for k in range(1, count):
        result[outside[k]] = inside[exits[k]] if solved[k] == count else outside[solved[k]]
    result[inside[entry[solved[count]]]] = outside[solved[count]]
    return result


@functools.cache
def _bars(
    labels: tuple[str, ...], banned: frozenset[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """What is added to scores: of a label after another, of the first label, of each label."""
    forbidden = np.zeros((len(labels), len(labels)))
    first = np.zeros(len(labels))
    for j, after in enumerate(labels):
        if after.startswith("I-"):
            first[j] = NEVER
            for i, before in enumerate(labels):
                if before[2:] != after[2:]:
                    forbidden[i, j] = NEVER
    shut = np.array([NEVER if label[2:] in banned else 0.0 for label in labels])
    return forbidden, first, shut


def best_labels(scores: Scores, labels: Sequence[str], banned: frozenset[str] = frozenset()) -> list[str]:
    """The best sequence of BIO labels (Viterbi): I-X only after B-X or I-X, nothing of ``banned`` types.

    ``scores`` is words × labels.
    """
    forbidden, first, shut = _bars(tuple(labels), banned)
    greedy = (scores + shut).argmax(1)
    if first[greedy[0]] == 0 and not forbidden[greedy[:-1], greedy[1:]].any():
        return [labels[i] for i in greedy]
    best = scores[0] + first + shut
    back: list[Heads] = []
    for row in scores[1:]:
        options = best[:, None] + forbidden
        chosen = options.argmax(0)
        back.append(chosen)
        best = options.max(0) + row + shut
    path = [int(best.argmax())]
    for chosen in reversed(back):
        path.append(int(chosen[path[-1]]))
    return [labels[i] for i in reversed(path)]
