"""A treebank of older conventions rewritten in those of today, as sentences annotated in both show.

The Indonesian GSD treebank was revised after version 2.0, and of the revised one only the development portion
is small enough for every copy of its repository.  That portion exists in both versions: it says what became
of the part of speech, head and label of each of its words.  Classifiers (gradient-boosted trees) learn that
from what stands around a word in the old tree, and rewrite the old training portion.  A new head is told by
its place in the old tree: the same word, the head of the head, a neighbour under the same head (Jiang et al.
2018, "Supervised treebank conversion").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from training.data import Sentence, Tree

#: Words that occur less often among the doubly annotated sentences are told by two letters alone.
FREQUENT = 5
#: A new value that is rarer than this is no value to learn.
_LEAST = 5
_SAME, _GRAND, _NEXT, _PREVIOUS, _ROOT, _OTHER = "same", "grand", "next", "previous", "root", "other"

#: What a classifier sees of a word.
Row = list[str]


@dataclass(frozen=True, kw_only=True)
class Converter:
    """Gives the trees of words new heads, labels and parts of speech."""

    known: frozenset[str]
    heads: Callable[[Sequence[Row]], list[str]]
    labels: Callable[[Sequence[Row]], list[str]]
    pos: Callable[[Sequence[Row]], list[str]]

    def __call__(self, words: Sequence[str], old: Tree) -> Tree:
        """The tree in today's conventions; heads stay as they were where no tree would come out."""
        rows = _rows(words, old, self.known)
        places = [_at(old, k, place) for k, place in enumerate(self.heads(rows))]
        heads = tuple(old.heads[k] if head is None else head for k, head in enumerate(places))
        return Tree(
            pos=tuple(self.pos(rows)),
            heads=heads if _is_tree(heads) else old.heads,
            labels=tuple(self.labels(rows)),
        )


def converted(
    sentences: Sequence[Sentence], old: Sequence[Sentence], new: Sequence[Sentence]
) -> list[Sentence]:
    """``sentences`` with trees in the conventions of ``new``: sentences of ``old`` as they are today."""
    converter = learnt(pairs(old, new))
    return [replace(one, tree=converter(one.words, one.tree)) for one in sentences if one.tree]


def pairs(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[tuple[Sequence[str], Tree, Tree]]:
    """Words that both cut in the same way, with their trees: the old and the new one."""
    trees = {sentence.words: sentence.tree for sentence in old if sentence.tree}
    return [(one.words, trees[one.words], one.tree) for one in new if one.tree and one.words in trees]


def learnt(both: Sequence[tuple[Sequence[str], Tree, Tree]]) -> Converter:
    """A converter that has learnt from trees in both conventions."""
    counts = Counter(word.lower() for words, _, _ in both for word in words)
    known = frozenset(word for word, count in counts.items() if count >= FREQUENT)
    rows = [row for words, old, _ in both for row in _rows(words, old, known)]
    places = [_place(old, k, head) for _, old, new in both for k, head in enumerate(new.heads)]
    return Converter(
        known=known,
        heads=_classifier(rows, places),
        labels=_classifier(rows, [label for _, _, new in both for label in new.labels]),
        pos=_classifier(rows, [tag for _, _, new in both for tag in new.pos]),
    )


def _rows(words: Sequence[str], old: Tree, known: frozenset[str]) -> list[Row]:
    def form(k: int) -> str:
        word = words[k].lower() if 0 <= k < len(words) else ""
        return word if word in known else ""

    def of(values: Sequence[str], k: int | None) -> str:
        return values[k] if k is not None and 0 <= k < len(values) else ""

    rows = []
    for k, word in enumerate(words):
        head = old.heads[k] - 1
        below = [child for child, its in enumerate(old.heads) if its == k + 1]
        rows.append(
            [
                form(k), word.lower()[:2], str(word[:1].isupper()), old.pos[k], old.labels[k],
                form(head), str(of(words, head)[:1].isupper()), of(old.pos, head), of(old.labels, head),
                str(max(-3, min(3, head - k))), form(k - 1), of(old.pos, k - 1), form(k + 1),
                of(old.pos, k + 1), of(old.labels, _beside(old, k, 1)), of(old.labels, _beside(old, k, -1)),
                of(old.labels, below[0] if below else None),
            ]
        )  # fmt: skip
    return rows


def _beside(old: Tree, k: int, step: int) -> int | None:
    """The next word on one side with the same head; none without one."""
    places = range(k + 1, len(old.heads)) if step > 0 else range(k - 1, -1, -1)
    return next((other for other in places if old.heads[other] == old.heads[k]), None)


def _at(old: Tree, k: int, place: str) -> int | None:
    """The head that a place means for word ``k``; none where there is no such word."""
    head = old.heads[k]
    if place in (_NEXT, _PREVIOUS):
        beside = _beside(old, k, 1 if place == _NEXT else -1)
        return None if beside is None else beside + 1
    return {_SAME: head, _GRAND: old.heads[head - 1] if head else None, _ROOT: 0}.get(place)


def _place(old: Tree, k: int, head: int) -> str:
    """The place in the old tree of the new head of word ``k``."""
    return next((p for p in (_SAME, _GRAND, _NEXT, _PREVIOUS, _ROOT) if _at(old, k, p) == head), _OTHER)


def _is_tree(heads: Sequence[int]) -> bool:
    """Whether all words hang, by whatever way, on the one root."""
    if list(heads).count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


def _classifier(rows: Sequence[Row], wanted: Sequence[str]) -> Callable[[Sequence[Row]], list[str]]:
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OrdinalEncoder

    counts = Counter(wanted)
    kept = [k for k, value in enumerate(wanted) if counts[value] >= _LEAST]
    model: Any = make_pipeline(
        OrdinalEncoder(
            handle_unknown="use_encoded_value", unknown_value=-1, min_frequency=3, max_categories=250
        ),
        HistGradientBoostingClassifier(
            categorical_features=list(range(len(rows[0]))), max_iter=60, learning_rate=0.12,
            max_leaf_nodes=15, min_samples_leaf=8, l2_regularization=1.0, early_stopping=False,
            random_state=1,
        ),
    )  # fmt: skip
    table = np.array(rows, dtype=object)
    model.fit(table[kept], np.array(wanted, dtype=object)[kept])
    return lambda some: [str(value) for value in model.predict(np.array(some, dtype=object))]
