"""All data sets of a recipe, with what is held back for measuring taken out of what is learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from training.config import DataSet, Recipe
from training.data import Sentence, read, without

Sets = list[tuple[DataSet, list[Sentence]]]


def corpus(recipe: Recipe, folders: Sequence[Path]) -> tuple[Sets, Sets]:
    """The data sets to learn from and those to measure on; no sentence of the latter is in the former."""
    dev = [(entry, read(entry, recipe, folders)) for entry in recipe.dev]
    held = [sentence for _, sentences in dev for sentence in sentences]
    train = [(entry, without(read(entry, recipe, folders), held)) for entry in recipe.data]
    return train, dev


def dev_sets(recipe: Recipe, folders: Sequence[Path], *, quick: bool = False) -> dict[str, list[Sentence]]:
    """The sentences to measure on, by name; ``quick``: only the sets that are measured while training."""
    return {
        entry.name: read(entry, recipe, folders) for entry in recipe.dev if entry.weight >= 1 or not quick
    }
