"""Figures of a model on annotated sentences: gold words, LAS without subtypes, names as exact spans.

The decoding is the product's own (``kg/nlp/trees.py``), and the shipped files are read by the product's own
reader (``kg/nlp/model.py``), so that what is measured is what is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kg.nlp.model import Parse
from training.data import Sentence

#: Reads sentences; the flags say whether names of the type MISC may be found in each.
Read = Callable[[Sequence[Sentence]], list[Parse]]
Span = tuple[int, int, str]


@dataclass
class Counts:
    """Words and spans, right and all; adding up over data sets gives their figures together."""

    words: int = 0
    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    both: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, float]:
        """Shares of words in percent (upos, uas, las) and F1 of names in percent (f1, and of each type)."""
        values = {name: 100 * self.right[name] / self.words for name in ("upos", "uas", "las") if self.words}
        if self.gold:
            values["f1"] = _f1(self.both.total(), self.found.total(), self.gold.total())
            for kind in sorted(self.gold):
                values[f"f1 {kind}"] = _f1(self.both[kind], self.found[kind], self.gold[kind])
        return {name: round(value, 2) for name, value in values.items()}


def figures(read: Read, sets: Mapping[str, Sequence[Sentence]]) -> dict[str, dict[str, float]]:
    """The figures of each data set."""
    return {name: score(read(sentences), sentences).figures() for name, sentences in sets.items()}


def summary(found: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """One figure a data set: LAS of treebanks, F1 of names; and the mean of the PUD slices."""
    short = {name: values.get("las", values.get("f1", 0.0)) for name, values in found.items()}
    slices = [value for name, value in short.items() if name.startswith("pud-")]
    if slices:
        short["pud mean"] = round(float(np.mean(slices)), 2)
        short["pud least"] = min(slices)
    return short


def score(parses: Sequence[Parse], sentences: Sequence[Sentence]) -> Counts:
    """Compare parses with what is annotated; types of names that were not annotated do not count."""
    counts = Counts()
    for parse, sentence in zip(parses, sentences, strict=True):
        tree = sentence.tree
        if tree:
            counts.words += len(sentence.words)
            for k in range(len(sentence.words)):
                attached = parse.heads[k] == tree.heads[k]
                same = parse.labels[k].partition(":")[0] == tree.labels[k].partition(":")[0]
                counts.right.update(
                    upos=parse.pos[k] == tree.pos[k], uas=attached, las=attached and same
                )  # fmt: skip
        if sentence.names is not None:
            found = {span for span in spans(parse.names) if span[2] not in sentence.missing}
            gold = {span for span in spans(sentence.names) if span[2] not in sentence.missing}
            for counter, some in ((counts.found, found), (counts.gold, gold), (counts.both, found & gold)):
                counter.update(span[2] for span in some)
    return counts


def feature_figures(
    predicted: Sequence[Sequence[Mapping[str, str]]], sentences: Sequence[Sentence]
) -> dict[str, float]:
    """F1 in percent of each feature over words, where the treebank marks it; right is the right value."""
    both, found, gold = Counter[str](), Counter[str](), Counter[str]()
    for words, sentence in zip(predicted, sentences, strict=True):
        marked = sentence.tree.features if sentence.tree else None
        for ours, theirs in zip(words, marked or [{}] * len(words), strict=True):
            for name in sentence.marks:
                found[name] += name in ours
                gold[name] += name in theirs
                both[name] += name in ours and ours[name] == theirs.get(name)
    return {name: round(_f1(both[name], found[name], gold[name]), 2) for name in sorted(gold)}


def spans(tags: Sequence[str]) -> set[Span]:
    """The names (first word, word after the last, type) in BIO tags; ``I-`` may begin one."""
    found: set[Span] = set()
    start, kind = 0, ""
    for k, tag in enumerate([*tags, "O"]):
        inside = tag.startswith("I-") and tag[2:] == kind
        if kind and not inside:
            found.add((start, k, kind))
            kind = ""
        if not inside and tag[:2] in ("B-", "I-"):
            start, kind = k, tag[2:]
    return found


def _f1(both: int, found: int, gold: int) -> float:
    return 200 * both / (found + gold) if found + gold else 0.0
