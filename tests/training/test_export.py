"""The exported files are read by the product and say what the network in training says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import PipelineError
from training.config import Recipe
from training.data import Sentence

pytest.importorskip("torch", reason="training needs torch: pip install 'kg-builder[train]'")
pytest.importorskip("onnx", reason="exporting needs onnx: pip install 'kg-builder[train]'")


@pytest.fixture(scope="module")
def folder(
    tiny_base: Path,
    tiny_recipe: Recipe,
    sentences: Sequence[Sentence],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A trained run with its base weights."""
    from training.loop import Job, train

    folder = tmp_path_factory.mktemp("run")
    (folder / "base").symlink_to(tiny_base)
    train(
        Job(recipe=tiny_recipe, base=tiny_base, folder=folder, train=[(list(sentences), 1.0)], dev={})
    )  # fmt: skip
    return folder


def test_the_product_reads_the_exported_files_as_the_network_does(
    folder: Path, tiny_recipe: Recipe, sentences: Sequence[Sentence], tmp_path: Path
) -> None:
    """With all matrices in fp32, heads, labels, tags and their chances are those of torch."""
    from kg.nlp.model import Model
    from training import checkpoint, decode
    from training.export import export
    from training.network import embeddings
    from training.pieces import Pieces

    exact = replace(tiny_recipe, export=replace(tiny_recipe.export, exact=("0", "1"), pieces=20))
    export(folder, checkpoint.LAST, exact, [list(sentences)], tmp_path)
    network = checkpoint.averaged(folder / checkpoint.LAST, folder / "base", tiny_recipe)
    pieces = Pieces(folder / "base" / "tokenizer.json")
    wanted = decode.read(network, embeddings(folder / "base"), pieces, sentences)
    model = Model(tmp_path)
    found = [model.parse(some.words, full_names="MISC" not in some.missing) for some in sentences]
    for ours, theirs in zip(found, wanted, strict=True):
        assert (ours.pos, ours.heads, ours.labels, ours.names) == (
            theirs.pos, theirs.heads, theirs.labels, theirs.names,
        )  # fmt: skip
        assert ours.name_scores == pytest.approx(theirs.name_scores, abs=1e-4)


def test_int8_is_smaller_and_read_as_well(
    folder: Path, tiny_recipe: Recipe, sentences: Sequence[Sentence], tmp_path: Path
) -> None:
    """Every matrix of the encoder is int8 unless the recipe keeps it."""
    import onnx

    from training import checkpoint, measure
    from training.export import export

    export(folder, checkpoint.LAST, tiny_recipe, [list(sentences)], tmp_path)
    graph = onnx.load(str(tmp_path / "model.int8.onnx")).graph
    assert sum(node.op_type == "MatMulInteger" for node in graph.node) == 2 * 4
    figures = measure.shipped(tmp_path, {"dev": sentences})
    assert figures["dev"].keys() >= {"upos", "uas", "las", "f1"}
    assert json.loads((tmp_path / "figures.json").read_text(encoding="utf-8")) == figures


def test_the_costs_of_int8_are_measured_against_torch(
    folder: Path, tiny_recipe: Recipe, sentences: Sequence[Sentence]
) -> None:
    """With fp32 and all pieces the exported files have the figures of the checkpoint."""
    from training import checkpoint, measure

    dev = {"dev": list(sentences)}
    found = measure.costs(folder, checkpoint.LAST, tiny_recipe, [list(sentences)], dev)
    wanted = measure.trained(folder, checkpoint.LAST, tiny_recipe, dev)
    assert found["fp32, all pieces"] == wanted["summary"]
    assert {"int8", "int8 but for wide"} <= found.keys()
    assert wanted["features"].keys() == {"Voice"}


def test_an_unknown_convention_is_refused(
    folder: Path, tiny_recipe: Recipe, sentences: Sequence[Sentence], tmp_path: Path
) -> None:
    """A slip in the recipe does not ship the zero vector in silence."""
    from training import checkpoint
    from training.export import export

    wrong = replace(tiny_recipe, export=replace(tiny_recipe.export, convention="id:nobody"))
    with pytest.raises(PipelineError, match="id:nobody"):
        export(folder, checkpoint.LAST, wrong, [list(sentences)], tmp_path)
