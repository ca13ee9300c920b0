"""Figures of checkpoints and of shipped files, and what int8 and the smaller vocabulary cost."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.nlp.model import Model
from training import base, checkpoint, decode, evaluate, export, vocabulary
from training.config import Recipe
from training.data import Sentence
from training.files import FIGURES
from training.network import embeddings
from training.pieces import Pieces

Figures = dict[str, dict[str, float]]
Dev = Mapping[str, Sequence[Sentence]]


def shipped(folder: Path, dev: Dev) -> Figures:
    """Figures of the shipped files in ``folder``, read by the product's own reader; kept beside them."""
    found = evaluate.all_figures(Model(folder), dev)
    (folder / FIGURES).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


def trained(folder: Path, name: str, recipe: Recipe, dev: Dev, *, own: bool = False) -> Figures:
    """Figures of a checkpoint in fp32 with all pieces; ``own``: with the vector of each treebank."""
    network = checkpoint.averaged(folder / name, folder / "base", recipe)
    table, pieces = embeddings(folder / "base"), Pieces(folder / "base" / base.TOKENIZER)
    found = evaluate.together(
        evaluate.figures(lambda some: decode.read(network, table, pieces, some, own=own), dev),
        evaluate.event_figures(lambda some: decode.events(network, table, pieces, some), dev),
    )
    found["summary"] = evaluate.summary(found)
    marked = [sentence for sentences in dev.values() for sentence in sentences if sentence.marks]
    if marked:
        found["features"] = evaluate.feature_figures(decode.read(network, table, pieces, marked), marked)
    return found


def costs(folder: Path, name: str, recipe: Recipe, sets: Sequence[Sequence[Sentence]], dev: Dev) -> Figures:
    """What is lost by int8, by the smaller vocabulary, and what each kind of matrix in fp32 would save."""
    network = checkpoint.averaged(folder / name, folder / "base", recipe)
    pieces = Pieces(folder / "base" / base.TOKENIZER)
    export.fold(network, recipe.export.convention)
    layers = [str(k) for k in range(len(network.layers))]
    found: Figures = {}
    with tempfile.TemporaryDirectory() as scratch:
        exact, small, whole = (Path(scratch) / part for part in ("exact.onnx", "small", "whole"))
        export.write_onnx(network, export.base_table(folder), pieces, sets, exact)
        every = set(range(len(export.base_table(folder))))
        for out, needed in ((small, vocabulary.seen(sets, pieces)), (whole, every)):
            out.mkdir()
            export.write_files(network, folder, recipe, needed, out)
        tried = [
            ("fp32, all pieces", whole, layers),
            ("fp32", small, layers),
            ("int8", small, []),
            *((f"int8 but for {kind}", small, [kind]) for kind in export.KINDS),
            ("int8 but for the first two layers", small, layers[:2]),
            ("int8 but for the last two layers", small, layers[-2:]),
        ]
        for label, source, keep in tried:
            out = Path(scratch) / "variant"
            export.variant(source, exact, keep, out)
            found[label] = shipped(out, dev)["summary"]
    return found
