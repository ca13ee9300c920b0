"""Figures of a model on annotated sentences: gold words, LAS without subtypes, names as exact spans.

The decoding is the product's own (``kg/nlp/trees.py``), and the shipped files are read by the product's own
reader (``kg/nlp/model.py``), so that what is measured is what is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kg.nlp.model import Model, Parse
from training.data import Sentence

#: Reads sentences; the flags say whether names of the type MISC may be found in each.
Read = Callable[[Sequence[Sentence]], list[Parse]]
#: How likely each type of event is, for each pair of each sentence.
Guess = Callable[[Sequence[Sentence]], list[list[dict[str, float]]]]
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


def reader(model: Model) -> Read:
    """How shipped files read sentences."""

    def read(sentences: Sequence[Sentence]) -> list[Parse]:
        return [model.parse(some.words, full_names="MISC" not in some.missing) for some in sentences]

    return read


def all_figures(model: Model, sets: Mapping[str, Sequence[Sentence]]) -> dict[str, dict[str, float]]:
    """All figures of shipped files, and their summary."""
    read = reader(model)

    def guess(sentences: Sequence[Sentence]) -> list[list[dict[str, float]]]:
        assert model.events  # asked only of models that have learnt events
        chances = model.events.chances
        return [
            [chances(parse.vectors, pair.actor, pair.recipient, pair.trigger) for pair in some.pairs]
            for some, parse in zip(sentences, read(sentences), strict=True)
        ]

    found = together(figures(read, sets), event_figures(guess, sets) if model.events else {})
    found["summary"] = summary(found)
    marked = [sentence for sentences in sets.values() for sentence in sentences if sentence.marks]
    if marked:
        found["features"] = feature_figures(read(marked), marked)
    return found


def figures(read: Read, sets: Mapping[str, Sequence[Sentence]]) -> dict[str, dict[str, float]]:
    """The figures of each data set of trees and names."""
    return {
        name: score(read(sentences), sentences).figures()
        for name, sentences in sets.items() if any(s.tree or s.names is not None for s in sentences)
    }  # fmt: skip


def together(
    first: Mapping[str, Mapping[str, float]], second: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """The figures of each set from both."""
    return {name: {**first.get(name, {}), **second.get(name, {})} for name in [*first, *second]}


def event_figures(guess: Guess, sets: Mapping[str, Sequence[Sentence]]) -> dict[str, dict[str, float]]:
    """In percent, of pairs between which something happens: mean F1 of types, right types, right directions.

    Types that an older codebook does not tell apart count as one; ``direction`` is how often the right
    type is likelier than the other way round.
    """
    found = {}
    for name, sentences in sets.items():
        if some := [sentence for sentence in sentences if sentence.pairs]:
            found[name] = _event_figures(guess(some), some)
    return found


def _event_figures(
    guesses: Sequence[Sequence[Mapping[str, float]]], sentences: Sequence[Sentence]
) -> dict[str, float]:
    both, said, gold = Counter[str](), Counter[str](), Counter[str]()
    groups = [pair.types for some in sentences for pair in some.pairs if len(pair.types) > 1]
    divided = {kind: group for group in groups for kind in group}

    def name(kind: str) -> str:
        return "/".join(sorted(divided.get(kind, {kind})))

    right_way = ways = 0
    for chances, sentence in zip(guesses, sentences, strict=True):
        by_pair = {(pair.actor, pair.recipient, pair.trigger): k for k, pair in enumerate(sentence.pairs)}
        for k, pair in enumerate(sentence.pairs):
            if "NONE" in pair.types:
                continue
            best, wanted = name(max(chances[k], key=chances[k].__getitem__)), name(min(pair.types))
            said[best] += 1
            gold[wanted] += 1
            both[best] += best == wanted
            back = by_pair.get((pair.recipient, pair.actor, pair.trigger))
            if back is not None and back != k:
                ways += 1
                right_way += sum(chances[k][t] - chances[back][t] for t in pair.types) > 0
    values = {
        "macro f1": float(np.mean([_f1(both[kind], said[kind], gold[kind]) for kind in sorted(gold)])),
        "accuracy": 100 * both.total() / max(gold.total(), 1),
        "direction": 100 * right_way / max(ways, 1),
    }
    return {key: round(value, 2) for key, value in values.items()}


def summary(found: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """One figure a data set: LAS of treebanks, F1 of names, mean F1 of events; and the mean over PUD."""
    short = {
        name: next(values[key] for key in ("las", "f1", "macro f1") if key in values)
        for name, values in found.items()
    }
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


def feature_figures(parses: Sequence[Parse], sentences: Sequence[Sentence]) -> dict[str, float]:
    """F1 in percent of each feature over words, where the treebank marks it; right is the right value."""
    both, found, gold = Counter[str](), Counter[str](), Counter[str]()
    for parse, sentence in zip(parses, sentences, strict=True):
        marked = sentence.tree.features if sentence.tree else None
        for ours, theirs in zip(parse.features, marked or [{}] * len(parse.features), strict=True):
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
