"""The weights of shipped files, to go on from them: an ONNX graph back to the tensors of the network.

A matrix of the graph has no name of its own, but the bias added to its product has; both are a layer's.
int8 matrices are multiplied out with their scales.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import PipelineError
from training.base import HEADS, Base
from training.files import EVENTS, META, MODEL, RELATIONS

Array = NDArray[np.float32]
#: The labels of heads in ``meta.json``, and what the network calls them.
_LABELS = {"upos": "pos", "ner": "names", "labels": "dependencies"}
#: Names of the first model, which another program made, and what the network calls them.  ``arc.1`` is not
#: only there: an output has the name of that matrix too, and the exporter tells them apart.
_FORMER = {
    r"posemb": "positions", r"ln": "norm", r"L\.(\d+)\.qkv": r"layers.\1.projections",
    r"L\.(\d+)\.o": r"layers.\1.attended", r"L\.(\d+)\.ln1": r"layers.\1.attended_norm",
    r"L\.(\d+)\.fi": r"layers.\1.wide", r"L\.(\d+)\.fo": r"layers.\1.narrow",
    r"L\.(\d+)\.ln2": r"layers.\1.norm", r"m\.pos": "pos", r"m\.ner1": "names_in", r"m\.ner2": "names_out",
    r"m\.ad": "arc_dependent", r"m\.ah": "arc_head", r"aU|arc\.1": "arc", r"ab": "arc_bias",
    r"m\.rd": "relation_dependent", r"m\.rh": "relation_head",
}  # fmt: skip


def read(folder: Path, base: Base) -> Base:
    """``base`` with the weights of the shipped files in ``folder``; its embeddings stay, they are frozen.

    Raises PipelineError if the files are missing or of another kind.
    """
    try:
        found = tensors(folder / MODEL)
        found["relations"] = np.load(folder / RELATIONS)["rU"]
        if (folder / EVENTS).exists():
            found |= event_tensors(np.load(folder / EVENTS))
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
    except (OSError, KeyError, ValueError) as error:
        raise PipelineError(f"{folder} does not hold the files of a model ({error!r})") from error
    if missing := sorted(set(base.tensors) - set(found)):
        raise PipelineError(f"the model in {folder} has no {missing[0]}: it is of another kind")
    labels = {ours: meta[name] for name, ours in _LABELS.items()}
    return Base(tensors=found, table=base.table, vocabulary=base.vocabulary, labels=labels)


def tensors(path: Path, prefix: str = "") -> dict[str, Array]:
    """The vectors and matrices of a graph, by the names that they have in the network.

    With a ``prefix`` only those whose names in the graph begin with it: a branch.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    constants = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    readers = {name: node for node in graph.node for name in node.input}
    numbers = {name: value for name, value in constants.items() if value.dtype == np.float32}

    def ours(name: str) -> str:
        return _ours(name.removeprefix(prefix)) if name.startswith(prefix) else ""

    found = {ours(name): value for name, value in numbers.items() if ours(name)}
    for node in graph.node:
        if node.op_type not in ("MatMul", "MatMulInteger") or node.input[1] not in constants:
            continue
        matrix = constants[node.input[1]].astype(np.float32)
        if node.op_type == "MatMulInteger":
            stem = node.input[1].removesuffix("_quantized")
            # Symmetric: the zero points of quantised weights are 0.
            matrix = matrix * constants[f"{stem}_scale"]
        after = readers.get(node.output[0])
        while after is not None and after.op_type in ("Cast", "Mul"):
            after = readers.get(after.output[0])
        bias = next((name for name in after.input if name.endswith(".bias")), "") if after is not None else ""
        if ours(bias):
            found[ours(bias).removesuffix(".bias") + ".weight"] = np.ascontiguousarray(matrix.T)
    return _scaled_queries(found) if "posemb" in constants else found


def _scaled_queries(tensors: dict[str, Array]) -> dict[str, Array]:
    """The first model has the scale of attention (1/√d) in its queries; here it is part of attention."""
    for name in [name for name in tensors if ".projections." in name]:
        size = len(tensors[name]) // 3
        tensors[name] = tensors[name].copy()
        tensors[name][:size] *= np.sqrt(size / HEADS)
    return tensors


def _ours(name: str) -> str:
    """What the network calls a named vector of a graph; empty for others."""
    stem, dot, kind = name.rpartition(".")
    if kind not in ("weight", "bias"):
        stem, dot, kind = name, "", ""
    for pattern, ours in _FORMER.items():
        if match := re.fullmatch(pattern, stem):
            return match.expand(ours) + dot + kind
    return name if re.fullmatch(r"[a-z_]+(\.\d+\.[a-z_]+)?(\.weight|\.bias)?", name) else ""


def event_tensors(weights: np.lib.npyio.NpzFile) -> dict[str, Array]:
    """The weights of the types of events, which ``export`` wrote turned round."""
    return {
        "event_actor.weight": weights["actor"].T,
        "event_actor.bias": weights["bias"],
        "event_recipient.weight": weights["recipient"].T,
        "event_trigger.weight": weights["trigger"].T,
        "event_types.weight": weights["out"].T,
        "event_types.bias": weights["out_bias"],
    }
