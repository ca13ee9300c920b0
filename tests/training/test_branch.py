"""Layers of their own for events: nothing else that the model says changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.errors import PipelineError
from training.config import Recipe
from training.data import Sentence

pytest.importorskip("torch", reason="training needs torch: pip install 'kg-builder[train]'")
pytest.importorskip("onnx", reason="exporting needs onnx: pip install 'kg-builder[train]'")


@pytest.fixture
def exported(
    tiny_base: Path, tiny_recipe: Recipe, sentences: Sequence[Sentence], tmp_path: Path
) -> tuple[Path, Recipe]:
    """The files of a small model, and a recipe with a branch of one of its two layers."""
    from training import checkpoint
    from training.export import export
    from training.loop import Job, train

    branch = replace(tiny_recipe.branch, layers=1, steps=200, pieces=200, dropout=0.0, head_rate=1e-2)
    recipe = replace(tiny_recipe, branch=branch)
    (tmp_path / "base").symlink_to(tiny_base)
    train(Job(recipe=recipe, base=tiny_base, folder=tmp_path, train=[(list(sentences), 1.0)], dev={}))
    export(tmp_path, checkpoint.LAST, recipe, [list(sentences)], tmp_path / "model")
    return tmp_path / "model", recipe


def test_events_are_learnt_and_nothing_else_changes(
    exported: tuple[Path, Recipe], sentences: Sequence[Sentence]
) -> None:
    """Trees, names and their chances are the same numbers; the pairs of the corpus are told right."""
    from kg.nlp.model import Model
    from training import branch

    folder, recipe = exported
    before = Model(folder)
    read = [some for some in sentences if some.starts is None]
    wanted = [before.parse(some.words, full_names=True) for some in read]
    short = replace(recipe, branch=replace(recipe.branch, steps=1, rate=0.0, head_rate=0.0))
    for some, former in ((recipe, None), (recipe, None), (short, folder)):
        # A second branch takes the place of the first; a third goes on from it, as good without learning.
        branch.add(folder, some, [(list(sentences), 1.0)], former)
        model = Model(folder)
        assert [model.parse(some.words, full_names=True) for some in read] == wanted
        vectors = [model.parse(some.words, full_names=True).vectors for some in read]
        assert not any(np.array_equal(ours, one.vectors) for ours, one in zip(vectors, wanted, strict=True))
    assert model.events
    marked = next(some for some in sentences if some.pairs)
    parse = model.parse(marked.words, full_names=True)
    for pair in marked.pairs:
        chances = model.events.chances(parse.vectors, pair.actor, pair.recipient, pair.trigger)
        assert sum(chances[kind] for kind in pair.types) > 0.5


def test_a_branch_is_no_whole_model(exported: tuple[Path, Recipe], sentences: Sequence[Sentence]) -> None:
    """A slip in the recipe is told before anything is fitted."""
    from training import branch

    folder, recipe = exported
    for layers in (0, 2):
        wrong = replace(recipe, branch=replace(recipe.branch, layers=layers))
        with pytest.raises(PipelineError, match="the model has 2 layers"):
            branch.add(folder, wrong, [(list(sentences), 1.0)])
