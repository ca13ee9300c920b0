"""All data sets of a recipe, with what is held back for measuring taken out of what is learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from training import events
from training.config import DataSet, Recipe, find_all
from training.convert import converted
from training.data import Sentence, read, read_conllu, without

Sets = list[tuple[DataSet, list[Sentence]]]


def corpus(recipe: Recipe, folders: Sequence[Path]) -> tuple[Sets, Sets]:
    """The data sets to learn from and those to measure on.

    No sentence of the latter is in the former, nor one of the recipe's ``held`` files.
    """
    dev = [(entry, sentences_of(entry, recipe, folders)) for entry in recipe.dev]
    held = [sentence for _, sentences in dev for sentence in sentences]
    held += [
        sentence
        for pattern in recipe.held
        for file in find_all(pattern, folders)
        for sentence in read_conllu(file)
    ]
    train = []
    for entry in recipe.data:
        sentences = without(sentences_of(entry, recipe, folders), held)
        if entry.older:
            old, new = (
                read(replace(entry, path=path), recipe, folders) for path in (entry.older, entry.newer)
            )
            sentences = converted(sentences, old, without(new, held))
        train.append((entry, sentences))
    return train, dev


def dev_sets(recipe: Recipe, folders: Sequence[Path], *, quick: bool = False) -> dict[str, list[Sentence]]:
    """The sentences to measure on, by name; ``quick``: only the sets that are measured while training."""
    wanted = [entry for entry in recipe.dev if entry.weight >= 1 or not quick]
    return {entry.name: sentences_of(entry, recipe, folders) for entry in wanted}


def sentences_of(entry: DataSet, recipe: Recipe, folders: Sequence[Path]) -> list[Sentence]:
    """The sentences of one data set, whatever its format."""
    if entry.format in events.FORMATS:
        return events.read(entry, folders)
    found = read(entry, recipe, folders)
    return [events.plain(sentence) for sentence in found] if entry.plain else found
