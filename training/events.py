"""Pairs of parties with the type of event between them, read from what is marked in texts.

Three formats: ``pairs``, the table of Zero-Shot-PLOVER (a sentence with ``<s>`` and ``<t>`` around source and
target); ``stories``, synthetic stories of which only the type is known; ``claims``, our own corpus
(:mod:`training.marked`).
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.nlp import tokens
from kg.nlp.codebook import load_codebook
from training import marked
from training.config import DataSet, find
from training.data import Pair, Sentence, Tree, Words
from training.marked import EVENT_TYPES, HELD, NONE, Entry

LABELS = (NONE, *EVENT_TYPES)
FORMATS = ("pairs", "stories", "claims")
#: Types of older codebooks that later ones divide.
DIVIDED = {"YIELD": frozenset({"CONCEDE", "RETREAT"})}
#: Events in which both parties do the same: in the other direction they may be told or not.
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
#: Characters of a story that are read: what it is about stands in its first sentences.
OPENING = 220
#: Words of a phrase that is taken whole from a treebank.
LONGEST_PHRASE = 6
_MARK = re.compile(r"</?[st]>")


def read(data_set: DataSet, folders: Sequence[Path]) -> list[Sentence]:
    """The sentences of one data set with their pairs; its ``part`` chooses the held ones or the others."""
    path = find(data_set.path, folders)
    if data_set.format == "pairs":
        found = _table(path)
    elif data_set.format == "stories":
        found = _stories(path)
    else:
        found = ((_of_entry(entry), entry.held) for entry in marked.read_file(path))
    kept = [sentence for sentence, held in found if data_set.part in ("", "held" if held else "learn")]
    source = data_set.source or data_set.name
    return [replace(some, language=data_set.language, source=source) for some in kept if some.pairs]


def _table(path: Path) -> Iterator[tuple[Sentence, bool]]:
    """Sentences of Zero-Shot-PLOVER; held is every fifth sentence, with all pairs that it has.

    Rows in which the two parties are not marked once each teach nothing and come without a pair.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    numbers: dict[str, int] = {}
    for row in rows:
        number = numbers.setdefault(row["sentence"], len(numbers) + 1)
        yield _of_row(row), number % HELD == 0


def _of_row(row: dict[str, str]) -> Sentence:
    text, spans = "", dict[str, list[int]]()
    rest = row["marked_sentence"]
    while found := _MARK.search(rest):
        text += rest[: found.start()]
        spans.setdefault(found[0].strip("</>"), []).append(len(text))
        rest = rest[found.end() :]
    text += rest
    words, offsets = _words(text, "en")
    types = DIVIDED.get(row["gold_root"], frozenset({row["gold_root"]}))
    parties = [spans.get(name, []) for name in "st"]
    pairs: tuple[Pair, ...] = ()
    if all(len(party) == 2 for party in parties):
        left, right = (_covered((start, end), offsets) for start, end in parties)
        pairs = _pairs(left, right, None, types)
    return Sentence(words=words, language="", source="", pairs=pairs)


def _stories(path: Path) -> Iterator[tuple[Sentence, bool]]:
    """The beginnings of stories; held are all stories of every fifth title (a title has many variants)."""
    with zipfile.ZipFile(path) as archive:
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open(archive.namelist()[0]), encoding="utf-8")))
    numbers: dict[str, int] = {}
    for row in rows:
        number = numbers.setdefault(row["title"], len(numbers) + 1)
        words, _ = _words(row["text"][:OPENING].rpartition(" ")[0], "en")
        pair = Pair(actor=(), recipient=(), trigger=(), types=frozenset({row["label"]}))
        yield Sentence(words=words, language="", source="", pairs=(pair,)), number % HELD == 0


def _of_entry(entry: Entry) -> Sentence:
    """An entry of our corpus; two named parties without a claim have no event, in either direction."""
    words, offsets = _words(entry.text, entry.language)
    pairs: dict[tuple[Words, Words, Words], set[str]] = {}
    for claim in entry.claims:
        trigger = _covered(claim.trigger, offsets) if claim.trigger else ()
        for actor, recipient in itertools.product(claim.actors or (None,), claim.recipients or (None,)):
            left = _covered(actor, offsets) if actor else ()
            right = _covered(recipient, offsets) if recipient else ()
            for pair in _pairs(left, right, trigger, frozenset({claim.type})):
                pairs.setdefault((pair.actor, pair.recipient, pair.trigger), set()).update(pair.types)
    # What is an event one way and none the other way by another claim is an event.
    return Sentence(
        words=words, language="", source="",
        pairs=tuple(
            Pair(actor=a, recipient=r, trigger=t, types=frozenset(types - {NONE} or types))
            for (a, r, t), types in pairs.items()
        ),
    )  # fmt: skip


def plain(sentence: Sentence) -> Sentence:
    """The sentence with a pair for each verb that the codebook does not list: it is no event.

    What people do in treebanks is seldom political; without such pairs any verb would be some event.
    """
    tree = sentence.tree
    if tree is None:
        return sentence
    codebook = load_codebook()
    pairs = []
    for verb, (tag, label) in enumerate(zip(tree.pos, tree.labels, strict=True)):
        below = {tree.labels[k]: _phrase(k, tree) for k, head in enumerate(tree.heads) if head == verb + 1}
        subject, other = below.get("nsubj", ()), below.get("obj") or below.get("obl", ())
        told = tag == "VERB" and label != "aux" and subject and other
        if told and codebook.match(sentence.words[verb], tag, sentence.language, sentence.words) is None:
            pairs.append(Pair(actor=subject, recipient=other, trigger=(verb,), types=frozenset({NONE})))
    return replace(sentence, pairs=tuple(pairs))


def _phrase(head: int, tree: Tree) -> Words:
    """A word with what hangs on it, if that is a short phrase; else the word alone."""
    words = {head}
    for _ in range(LONGEST_PHRASE):
        words |= {k for k, above in enumerate(tree.heads) if above - 1 in words}
    return tuple(sorted(words)) if len(words) <= LONGEST_PHRASE else (head,)


def _pairs(left: Words, right: Words, trigger: Words | None, types: frozenset[str]) -> tuple[Pair, ...]:
    """The pair, and the other direction, in which nothing is done; none if the parties share words."""
    if set(left) & set(right):
        return ()
    forth = Pair(actor=left, recipient=right, trigger=trigger or (), types=types)
    if not left or not right or types & MUTUAL:
        return (forth,)
    return forth, Pair(actor=right, recipient=left, trigger=trigger or (), types=frozenset({NONE}))


def _words(text: str, language: str) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """The words of a text as the product cuts them, and where they stand."""
    words, offsets, at = [], [], 0
    for word in tokens.words(text, language):
        if not word.isspace():
            words.append(word)
            offsets.append((at, at + len(word)))
        at += len(word)
    return tuple(words), offsets


def _covered(span: tuple[int, int], offsets: Sequence[tuple[int, int]]) -> Words:
    """The indices of the words that a stretch of characters touches."""
    return tuple(k for k, (start, end) in enumerate(offsets) if start < span[1] and end > span[0])
