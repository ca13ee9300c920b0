"""From a checkpoint to the files that ``kg/nlp/model.py`` reads.

The encoder's matrices become int8 (of which 7 bits are used), one scale a column, but for those that the
recipe keeps in fp32 (``python -m training costs`` measures what each costs); the heads stay in fp32.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from kg.errors import PipelineError
from training import base, checkpoint, vocabulary
from training.batch import collate
from training.config import Recipe
from training.data import Sentence
from training.files import EVENTS, META, MODEL, RELATIONS, TABLE, TOKENIZER
from training.network import EventHead, Network
from training.pieces import Pieces

INPUTS = ["emb", "mask", "first", "last", "cls"]
OUTPUTS = ["pos", "ner", "arc", "rd", "rh", "feats", "ev", "starts"]
KINDS = ("projections", "attended", "wide", "narrow")  # the matrices of a layer
OPSET = 17
#: Differences between torch and ONNX in fp32; beyond it something was exported wrongly.
TOLERANCE = 1e-3


def export(folder: Path, name: str, recipe: Recipe, sets: Sequence[Sequence[Sentence]], out: Path) -> None:
    """Write the files of the model from the checkpoint ``name`` in ``folder`` to ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    network = checkpoint.averaged(folder / name, folder / "base", recipe)
    pieces = Pieces(folder / "base" / base.TOKENIZER)
    fold(network, recipe.export.convention)
    with tempfile.TemporaryDirectory() as scratch:
        exact = Path(scratch) / "exact.onnx"
        write_onnx(network, base_table(folder), pieces, sets, exact)
        quantize(exact, out / MODEL, recipe.export.exact)
    write_files(network, folder, recipe, vocabulary.seen(sets, pieces), out)


def fold(network: Network, convention: str) -> None:
    """Read every sentence with the vector of one source: it becomes part of the vectors of positions."""
    if convention not in network.labels.conventions:
        raise PipelineError(f"the recipe's [export] convention {convention!r} is not a source of the data")
    with torch.no_grad():
        network.positions += network.sources.weight[network.labels.conventions.index(convention)]


def base_table(folder: Path) -> np.ndarray:
    """The 4-bit rows of all embeddings."""
    table: np.ndarray = np.load(folder / "base" / base.TABLE)
    return table


def write_onnx(
    network: Network, table: np.ndarray, pieces: Pieces, sets: Sequence[Sequence[Sentence]], path: Path
) -> None:
    """Write the network in fp32 and check it against torch."""
    import onnxruntime

    batch = collate([sentences[0] for sentences in sets if sentences][:4], pieces)
    emb = torch.tensor(base.unpack(table[batch.ids.numpy().reshape(-1)])).view(*batch.ids.shape, -1)
    given = (emb, batch.mask, batch.first, batch.last, batch.cls)
    rows, tokens, words = {0: "B"}, {0: "B", 1: "T"}, {0: "B", 1: "W"}
    axes = {"emb": tokens, "mask": tokens, "first": words, "last": words, "cls": rows}
    with warnings.catch_warnings():
        # The exporter by tracing is called old by torch, but its graphs are the ones that quantise well.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(), given, str(path), input_names=INPUTS, output_names=OUTPUTS,
            dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    feed = {name: value.numpy() for name, value in zip(INPUTS, given, strict=True)}
    with torch.no_grad():
        wanted = network(*given)
    for name, value, other in zip(OUTPUTS, wanted, session.run(OUTPUTS, feed), strict=True):
        worst = float(np.abs(value.numpy() - other).max())
        if worst > TOLERANCE:
            raise PipelineError(f"the ONNX model differs from torch by {worst:.4f} in {name}: do not ship it")


def quantize(exact: Path, path: Path, keep: Sequence[str]) -> None:
    """Write the encoder's matrices as int8, but for ``keep`` (``narrow``, ``11`` or ``11.narrow``)."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    ready = exact.with_suffix(".ready.onnx")
    quant_pre_process(str(exact), str(ready), skip_symbolic_shape=True)
    nodes = [node.name for node in onnx.load(str(ready)).graph.node if _chosen(node, keep)]
    if not nodes:  # the quantiser reads an empty list as all
        shutil.copyfile(ready, path)
        return
    # 7 bits: products of 8 bits overflow where a processor without VNNI adds them by pairs, and the same
    # article would be read in two ways on two machines.
    quantize_dynamic(
        str(ready), str(path), nodes_to_quantize=nodes, per_channel=True, weight_type=QuantType.QInt8,
        reduce_range=True,
    )  # fmt: skip


def write_files(network: Network, folder: Path, recipe: Recipe, needed: set[int], out: Path) -> None:
    """Write all files but the network itself: vocabulary, embeddings, label tensor, labels."""
    source = folder / "base" / base.TOKENIZER
    pieces = json.loads(source.read_text(encoding="utf-8"))["model"]["vocab"]
    keep = vocabulary.kept(pieces, needed, recipe.export.pieces, recipe.export.scripts)
    bare = vocabulary.write(source, keep, out / TOKENIZER)
    np.save(out / TABLE, base_table(folder)[keep])
    np.savez(out / RELATIONS, rU=network.relations.detach().numpy())
    np.savez(out / EVENTS, **event_weights(network))
    meta = {
        "labels": network.labels.dependencies,
        "upos": network.labels.pos,
        "ner": network.labels.names,
        "features": dict(network.labels.features),
        "events": network.labels.events,
        "bare_word_piece": bare,
        "max_pieces": len(network.positions),
    }
    (out / META).write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def event_weights(network: EventHead) -> dict[str, np.ndarray]:
    """The weights of the events' hidden layer as ``kg/nlp/events.py`` multiplies with them."""
    return {
        "actor": network.event_actor.weight.detach().numpy().T,
        "bias": network.event_actor.bias.detach().numpy(),
        "recipient": network.event_recipient.weight.detach().numpy().T,
        "trigger": network.event_trigger.weight.detach().numpy().T,
        "out": network.event_types.weight.detach().numpy().T,
        "out_bias": network.event_types.bias.detach().numpy(),
    }


def variant(source: Path, exact: Path, keep: Sequence[str], out: Path) -> None:
    """Another quantisation of an exported model, to be measured: its other files are those of ``source``."""
    out.mkdir(parents=True, exist_ok=True)
    for name in (TABLE, TOKENIZER, RELATIONS, EVENTS, META):
        shutil.copyfile(source / name, out / name)
    quantize(exact, out / MODEL, keep)


def _chosen(node: object, keep: Sequence[str]) -> bool:
    """Whether a node of the graph is a matrix of the encoder that becomes int8.

    Nodes are named after the modules: ``/layers.3/wide/MatMul``.
    """
    parts = node.name.split("/")  # type: ignore[attr-defined]
    if node.op_type != "MatMul" or len(parts) < 4 or not parts[1].startswith("layers."):  # type: ignore[attr-defined]
        return False
    layer, kind = parts[1].removeprefix("layers."), parts[2]
    return kind in KINDS and not {kind, layer, f"{layer}.{kind}"} & set(keep)
