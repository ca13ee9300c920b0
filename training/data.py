"""Annotated sentences, read from the formats in which treebanks and name sets are published.

Trees: CoNLL-U (universaldependencies.org/format.html); multiword tokens and empty nodes are left out, so
that a sentence is its syntactic words.  Names: one word a line, columns by tab or space, BIO tags.
Both also as JSON Lines: ``{"w": […], "upos": […], "head": […], "rel": […]}`` or ``{"w": […], "ner": […]}``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import PipelineError
from training.config import DataSet, Recipe, find, find_all

#: A tag of the files for a name of a type that we do not have: it may be O or a type not annotated.
OTHER = "X"


@dataclass(frozen=True, kw_only=True)
class Tree:
    """A word's part of speech, head (0 the root, else 1 … n), label and features, a value a word.

    ``features`` is None where the treebank says nothing of them.
    """

    pos: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    features: tuple[Mapping[str, str], ...] | None = None


#: Indices of words; none for a party that is not told.
Words = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Who does something to whom, by which words; ``types`` are the event types it may be, one or several."""

    actor: Words
    recipient: Words
    trigger: Words
    types: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """Words with a tree, with names as BIO tags, or with pairs of parties."""

    words: tuple[str, ...]
    language: str
    source: str
    id: str = ""
    tree: Tree | None = None
    names: tuple[str, ...] | None = None
    missing: frozenset[str] = frozenset()  # types of names not annotated
    marks: frozenset[str] = frozenset()  # features that its treebank marks
    pairs: tuple[Pair, ...] = ()
    spaces: tuple[bool, ...] = ()  # whether white space follows each word
    starts: tuple[bool, ...] | None = None  # of a sentence given as characters: whether a word begins there
    taught: bool = False  # its tree is a model's, not an annotator's

    @property
    def convention(self) -> str:
        """Whose conventions its annotated tree follows, such as ``id:gsd``; empty without one."""
        return f"{self.language}:{self.source}" if self.tree and not self.taught else ""


def read(data_set: DataSet, recipe: Recipe, folders: Sequence[Path]) -> list[Sentence]:
    """The sentences of one data set; raises PipelineError naming file and line of what is wrong."""
    path = find(data_set.path, folders)
    if data_set.format == "conllu":
        found = list(read_conllu(path))
    elif data_set.format == "bio":
        found = list(read_bio(path, data_set.word, data_set.tag))
    else:
        found = list(read_jsonl(path))
    if data_set.only:
        listed = list(_any(find(data_set.only, folders)))
        wanted = {sentence.id for sentence in listed} - {""} | {sentence.words for sentence in listed}
        found = [sentence for sentence in found if {sentence.id, sentence.words} & wanted]
    if data_set.not_ids:
        found = [sentence for sentence in found if not sentence.id.startswith(data_set.not_ids)]
    lent = {
        sentence.words: sentence.tree.features
        for pattern in data_set.features
        for file in find_all(pattern, folders)
        for sentence in read_conllu(file)
        if sentence.tree
    }
    fitted = _marked([_fit(sentence, data_set, recipe, lent) for sentence in found], recipe.features)
    return [*fitted, *(spelled(sentence) for sentence in fitted)] if data_set.segments else fitted


def spelled(sentence: Sentence) -> Sentence:
    """The sentence as characters, each a word of its own, with the places where words begin."""
    units: list[str] = []
    starts: list[bool] = []
    for word, spaced in zip(sentence.words, sentence.spaces or (False,) * len(sentence.words), strict=True):
        units.extend(word)
        starts.extend(k == 0 for k in range(len(word)))
        if spaced:
            units.append(" ")
            starts.append(True)
    return Sentence(
        words=tuple(units), language=sentence.language, source=sentence.source, starts=tuple(starts)
    )  # fmt: skip


def without(sentences: Iterable[Sentence], held: Iterable[Sentence]) -> list[Sentence]:
    """``sentences`` but for those that are one of ``held`` of three words or more.

    Compared are letters in lower case, so that another cutting into words does not hide a sentence.
    """
    texts = {_text(sentence) for sentence in held if len(sentence.words) > 2}
    return [sentence for sentence in sentences if _text(sentence) not in texts]


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The trees of a CoNLL-U file; sentences whose words were removed (all underscores) are left out."""
    identity, rows = "", []
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], start=1):
        if line.startswith("#"):
            if line.startswith("# sent_id"):
                identity = line.partition("=")[2].strip()
        elif line.strip():
            columns = line.split("\t")
            if len(columns) != 10:
                raise PipelineError(f"{path}, line {number}: {len(columns)} columns where CoNLL-U has 10")
            if columns[0].isdigit():
                rows.append(columns)
        elif rows:
            if any(set(row[1]) != {"_"} for row in rows):
                yield _conllu_sentence(rows, identity, f"{path}, sentence before line {number}")
            identity, rows = "", []


def read_bio(path: Path, word: int = 0, tag: int = -1) -> Iterator[Sentence]:
    """The names of a file with one word a line, its columns separated by tabs or spaces."""
    words: list[str] = []
    tags: list[str] = []
    identity = ""
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], start=1):
        columns = line.rstrip("\r\n").split("\t") if "\t" in line else line.split()
        if not line.strip():
            if words:
                yield Sentence(words=tuple(words), language="", source="", id=identity, names=tuple(tags))
            words, tags, identity = [], [], ""
        elif line.startswith("# ") and "\t" not in line:
            if line.startswith("# sent_id"):
                identity = line.partition("=")[2].strip()
        elif columns[0] == "-DOCSTART-":
            continue
        elif len(columns) < 2:
            raise PipelineError(f"{path}, line {number}: a word without a tag")
        elif columns[word].strip():
            words.append(columns[word].strip())
            tags.append(columns[tag].strip())


def read_jsonl(path: Path) -> Iterator[Sentence]:
    """The sentences of a JSON Lines file with the keys ``w`` and ``upos head rel`` or ``ner``."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            item = json.loads(line)
            tree = None
            if "head" in item:
                tree = Tree(pos=tuple(item["upos"]), heads=tuple(item["head"]), labels=tuple(item["rel"]))
            yield Sentence(
                words=tuple(item["w"]),
                language=item.get("lang", ""),
                source=item.get("src", ""),
                id=item.get("id") or "",
                tree=tree,
                names=tuple(item["ner"]) if "ner" in item else None,
                spaces=tuple(item.get("sp", ())),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise PipelineError(f"{path}, line {number}: not a sentence ({error!r})") from error


def _text(sentence: Sentence) -> str:
    return "".join(sentence.words).casefold()


def _any(path: Path) -> Iterator[Sentence]:
    return read_conllu(path) if path.suffix == ".conllu" else read_jsonl(path)


def _conllu_sentence(rows: Sequence[Sequence[str]], identity: str, place: str) -> Sentence:
    try:
        heads = tuple(int(row[6]) for row in rows)
    except ValueError as error:
        raise PipelineError(f"{place}: a word without a head ({error})") from error
    if any(not 0 <= head <= len(rows) for head in heads):
        raise PipelineError(f"{place}: a head that is no word of the sentence")
    return Sentence(
        words=tuple(row[1].replace(" ", "") for row in rows),
        language="",
        source="",
        id=identity,
        spaces=tuple("SpaceAfter=No" not in row[9] for row in rows),
        tree=Tree(
            pos=tuple(row[3] for row in rows),
            heads=heads,
            labels=tuple(row[7] for row in rows),
            features=tuple(_features(row[5]) for row in rows),
        ),
    )


def _features(column: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in column.split("|") if "=" in pair)
    return {name: value for name, _, value in pairs}


def _fit(
    sentence: Sentence,
    data_set: DataSet,
    recipe: Recipe,
    lent: Mapping[tuple[str, ...], tuple[Mapping[str, str], ...] | None],
) -> Sentence:
    """A sentence as the recipe wants it: its labels, types of names and features only."""
    tree, names = sentence.tree, sentence.names
    if tree:
        labels = (label if label in recipe.subtypes else label.partition(":")[0] for label in tree.labels)
        features = tree.features if tree.features else lent.get(sentence.words)
        tree = replace(tree, labels=tuple(labels), features=features)
    if names is not None:
        names = tuple(_tag(tag, data_set.types, recipe.names, data_set.name) for tag in names)
    return replace(
        sentence,
        language=data_set.language,
        source=data_set.source or sentence.source or data_set.name,
        tree=tree,
        names=names,
        missing=frozenset(data_set.missing),
    )


def _marked(sentences: Sequence[Sentence], features: Iterable[str]) -> list[Sentence]:
    """The sentences, each knowing which features its source marks: of others absence says nothing."""
    used: dict[str, set[str]] = {}
    for sentence in sentences:
        for word in (sentence.tree.features or ()) if sentence.tree else ():
            used.setdefault(sentence.source, set()).update(word)
    known = frozenset(features)
    return [
        replace(sentence, marks=frozenset(used.get(sentence.source, ())) & known) for sentence in sentences
    ]


def _tag(tag: str, types: Mapping[str, str] | None, known: Sequence[str], name: str) -> str:
    """A BIO tag with our type; ``X`` for a type that we do not have."""
    if tag in ("O", OTHER):
        return tag
    part, _, kind = tag.partition("-")
    ours = kind if types is None else types.get(kind)
    if ours is None or (ours and ours not in known):
        raise PipelineError(f"data set {name}: the type of names {kind!r} is not mapped; add it to its types")
    return f"{part}-{ours}" if ours else OTHER
