"""On the way back to the weights before, the old heads move and the new ones are fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from training.config import Mix, Recipe
from training.data import Sentence

torch = pytest.importorskip("torch", reason="training needs torch: pip install 'kg-builder[train]'")

from training import checkpoint, mix  # noqa: E402
from training.loop import Job, train  # noqa: E402
from training.network import create  # noqa: E402


def test_the_encoder_goes_back_and_only_the_new_heads_are_fitted(
    tiny_base: Path, tiny_recipe: Recipe, sentences: Sequence[Sentence], tmp_path: Path
) -> None:
    """With all of the way gone the encoder is the one before; heads that it knows nothing of have learnt."""
    (tmp_path / "base").symlink_to(tiny_base)
    recipe = replace(tiny_recipe, mix=Mix(share=1.0, steps=4, rate=1e-2))
    train(Job(recipe=recipe, base=tiny_base, folder=tmp_path, train=[(list(sentences), 1.0)], dev={}))
    trained = checkpoint.averaged(tmp_path / checkpoint.LAST, tiny_base, recipe)
    mix.mix(tmp_path, checkpoint.LAST, recipe, [list(sentences)])
    mixed = checkpoint.averaged(tmp_path / mix.MIXED, tiny_base, recipe).state_dict()
    before = create(tiny_base, trained.labels, recipe.shape).state_dict()
    moved = {name for name, value in trained.state_dict().items() if not torch.equal(value, mixed[name])}
    assert all(torch.allclose(mixed[name], before[name]) for name in mixed if name.startswith("layers."))
    assert {"event_types.weight", "features.weight", "starts.weight"} <= moved
    assert not {"pos.weight", "names_out.weight", "arc", "relations"} & moved
