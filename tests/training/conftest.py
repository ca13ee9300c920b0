"""A base model small enough to train in a second, with the real normaliser and the real file formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from training import base, config
from training.config import Recipe
from training.data import Pair, Sentence, Tree

WIDTH, WIDE, LAYERS, LONGEST = 96, 64, 2, 64
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
WORDS = ["Menteri", "itu", "tiba", "di", "Ambon", "Warga", "menolak", "pabrik", "baru", "."]


def _tensors(random: np.random.Generator) -> dict[str, np.ndarray]:
    def some(*shape: int) -> np.ndarray:
        return random.normal(0, 0.1, shape).astype(np.float32)

    tensors = {"positions": some(LONGEST, WIDTH), "norm.weight": some(WIDTH) + 1, "norm.bias": some(WIDTH)}
    for layer in range(LAYERS):
        place = f"layers.{layer}"
        sizes = {"projections": (3 * WIDTH, WIDTH), "wide": (WIDE, WIDTH), "narrow": (WIDTH, WIDE)}
        for name in ("projections", "attended", "wide", "narrow"):
            outputs, inputs = sizes.get(name, (WIDTH, WIDTH))
            tensors |= {
                f"{place}.{name}.weight": some(outputs, inputs),
                f"{place}.{name}.bias": some(outputs),
            }
        for name in ("attended_norm", "norm"):
            tensors |= {f"{place}.{name}.weight": some(WIDTH) + 1, f"{place}.{name}.bias": some(WIDTH)}
    return tensors


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of base weights of two narrow layers, with chance for knowledge."""
    random = np.random.default_rng(0)
    pieces = [*SPECIAL, "▁", *(f"▁{word}" for word in WORDS), *"abdeikmnoprstuMAW", "<mask>"]
    vocabulary = [(piece, 0.0 if piece in SPECIAL else -float(k)) for k, piece in enumerate(pieces)]
    blocks = random.integers(0, 256, (len(pieces), WIDTH // 32, 18), dtype=np.uint8)
    blocks[:, :, :2] = np.frombuffer(np.float16(0.02).tobytes(), np.uint8)
    folder = tmp_path_factory.mktemp("tiny") / "base"
    table = blocks.reshape(len(pieces), -1)
    base.write(base.Base(tensors=_tensors(random), table=table, vocabulary=vocabulary), folder)
    return folder


@pytest.fixture(scope="session")
def sentences() -> Sequence[Sentence]:
    """A few sentences with trees, features and names, some annotated in part."""
    features = ({}, {}, {"Voice": "Act"}, {}, {}, {})
    tree = Tree(
        pos=("NOUN", "DET", "VERB", "ADP", "PROPN", "PUNCT"), heads=(3, 1, 0, 5, 3, 3),
        labels=("nsubj", "det", "root", "case", "obl", "punct"), features=features,
    )  # fmt: skip
    words = ("Menteri", "itu", "tiba", "di", "Ambon", ".")
    parsed = Sentence(words=words, language="id", source="a", tree=tree, marks=frozenset({"Voice"}))
    named = Sentence(
        words=("Warga", "Ambon", "menolak", "pabrik", "baru"), language="id", source="b",
        names=("O", "B-LOC", "O", "O", "O"), missing=frozenset({"MISC"}),
    )  # fmt: skip
    other = replace(named, words=("Warga", "menolak"), names=("O", "X"))
    marked = Sentence(
        words=("Warga", "menolak", "pabrik", "itu", "."), language="id", source="d",
        pairs=(
            Pair(actor=(0,), recipient=(2, 3), trigger=(1,), types=frozenset({"REJECT"})),
            Pair(actor=(2, 3), recipient=(0,), trigger=(1,), types=frozenset({"NONE"})),
            Pair(actor=(), recipient=(), trigger=(), types=frozenset({"CONCEDE", "RETREAT"})),
        ),
    )  # fmt: skip
    letters = Sentence(words=tuple("diAmbon"), language="id", source="e", starts=(True, False) * 3 + (False,))
    return [parsed, named, replace(parsed, source="c"), other, marked, letters] * 5


@pytest.fixture(scope="session")
def tiny_recipe() -> Recipe:
    """The shipped recipe with small heads, small batches and eight steps."""
    recipe = config.load()
    training = replace(
        recipe.training, steps=8, processes=1, pieces=32, evaluate_every=4, save_every=1, lower=0.2
    )  # fmt: skip
    shape = replace(recipe.shape, arc=16, relation=8, names=16, events=8)
    return replace(recipe, training=training, shape=shape)
