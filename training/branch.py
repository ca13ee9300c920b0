"""Upper layers that only events read: copies of the model's own, taught events alone.

To tell events the encoder has to be bent where trees and names want it as it is (README.md here has the
figures).  So the upper layers of the exported model are taken a second time and fitted to events with a head
of their own, while the layers below and all other heads stay, to the last bit, as they are: what the int8
graph of the product says of its lower layers is what the branch learns from.  A task beside a frozen trunk is
"side-tuning" (Zhang et al. 2020).

The branch becomes a part of the graph: its output takes the place of the former one, ``ev``.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from tqdm import tqdm

from kg.errors import PipelineError
from kg.nlp.model import Model
from training import plan, shipped
from training.batch import event_loss
from training.config import DataSet, Recipe
from training.data import Sentence
from training.events import FORMATS, LABELS
from training.export import OPSET, event_weights, quantize
from training.files import EVENTS, MODEL
from training.network import EventHead, Layer, through, word_vectors

_INPUTS = ["hidden", "mask", "first", "last", "cls"]
_OUTPUT = "ev"
_PREFIX = "branch/"
_CLIP = 1.0  # the norm of gradients
_BETAS = (0.9, 0.98)
_REPORT = 20  # steps


class Branch(EventHead):
    """Layers and a head, over the vectors that a layer of the encoder gives."""

    def __init__(self, layers: int, recipe: Recipe, *, width: int, wide: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(width, wide, recipe.branch.layer_dropout) for _ in range(layers))
        self.dropout = nn.Dropout(recipe.branch.dropout)
        self.add_event_head(width, recipe.shape.events, len(LABELS))

    def forward(self, hidden: Tensor, mask: Tensor, first: Tensor, last: Tensor, cls: Tensor) -> Tensor:
        """Vectors B×(W+1)×e of ``hidden`` B×T×width; the other inputs are those of ``Network.forward``."""
        nodes = word_vectors(through(self.layers, hidden, mask), first, last, cls)
        return self.event_vectors(self.dropout(nodes))


@dataclass(frozen=True, kw_only=True)
class _Read:
    """What the layers below say of a sentence, and the pieces of its words."""

    hidden: NDArray[np.float16]  # T×width; kept for all sentences, so half as exact
    first: NDArray[np.int64]
    last: NDArray[np.int64]


class _Trunk:
    """The layers below the branch, as the product runs them; each sentence is read once."""

    def __init__(self, folder: Path, tap: str) -> None:
        import onnx
        import onnxruntime

        self.model = Model(folder)
        graph = onnx.load(str(folder / MODEL))
        graph.graph.output.append(onnx.helper.make_tensor_value_info(tap, onnx.TensorProto.FLOAT, None))
        self._session = onnxruntime.InferenceSession(
            graph.SerializeToString(), providers=["CPUExecutionProvider"]
        )
        self._tap = tap
        self._read: dict[tuple[str, ...], _Read] = {}

    def read(self, words: tuple[str, ...]) -> _Read:
        if words not in self._read:
            inputs = self.model.inputs(words)
            (hidden,) = self._session.run([self._tap], inputs)
            self._read[words] = _Read(
                hidden=hidden[0].astype(np.float16), first=inputs["first"][0], last=inputs["last"][0]
            )
        return self._read[words]

    def batch(self, sentences: Sequence[Sentence]) -> tuple[Tensor, ...]:
        """The inputs of the branch."""
        read = [self.read(sentence.words) for sentence in sentences]
        longest, most = max(len(one.hidden) for one in read), max(len(one.first) for one in read)
        hidden = torch.zeros(len(read), longest, read[0].hidden.shape[1])
        mask = torch.zeros(len(read), longest)
        first = torch.zeros(len(read), most, dtype=torch.long)
        last = torch.zeros_like(first)
        for row, one in enumerate(read):
            hidden[row, : len(one.hidden)] = torch.tensor(one.hidden, dtype=torch.float32)
            mask[row, : len(one.hidden)] = 1
            first[row, : len(one.first)] = torch.tensor(one.first)
            last[row, : len(one.last)] = torch.tensor(one.last)
        cls = torch.arange(len(read)) * longest
        return hidden, mask, first + cls[:, None], last + cls[:, None], cls


def narrowed(recipe: Recipe) -> Recipe:
    """The recipe with only what a branch learns from, and what is held back from it."""
    bare = [replace(entry, features=()) for entry in (*recipe.data, *recipe.dev)]
    data, dev = bare[: len(recipe.data)], bare[len(recipe.data) :]
    return replace(
        recipe, data=tuple(one for one in data if one.plain or one.format in FORMATS), dev=tuple(dev)
    )  # fmt: skip


def share(entry: DataSet, recipe: Recipe) -> float:
    """How much of a data set is read in a pass."""
    return entry.weight * (recipe.branch.plain if entry.plain else 1)


def add(
    folder: Path,
    recipe: Recipe,
    sets: Sequence[tuple[Sequence[Sentence], float]],
    former: Path | None = None,
) -> None:
    """Fit a branch to the pairs of ``sets`` and put it into the shipped files in ``folder``.

    A branch that they have already is replaced.  It starts as the branch of the files in ``former``, if they
    have one of the same shape, else as the upper layers of the model.  Raises PipelineError if the model has
    too few layers.
    """
    tensors = shipped.tensors(folder / MODEL)
    depth = sum(name.endswith(".wide.weight") for name in tensors)
    below = depth - recipe.branch.layers
    if not 0 < below < depth:
        raise PipelineError(f"[branch] layers must be from 1 to {depth - 1}: the model has {depth} layers")
    wide, width = tensors["layers.0.wide.weight"].shape
    torch.manual_seed(recipe.training.seed)
    branch = Branch(recipe.branch.layers, recipe, width=width, wide=wide)
    state = branch.state_dict()
    for name in state:
        if name.startswith("layers."):
            _, layer, rest = name.split(".", 2)
            state[name] = torch.tensor(tensors[f"layers.{below + int(layer)}.{rest}"])
    branch.load_state_dict(state | _former(former, state))
    tap = f"/layers.{below - 1}/norm/LayerNormalization_output_0"
    trunk = _Trunk(folder, tap)
    average = _fit(branch, trunk, recipe, sets)
    branch.load_state_dict(average)
    _write(branch.eval(), trunk, next(one for some, _ in sets for one in some), tap, folder)


def _former(folder: Path | None, state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of the branch in the files in ``folder``; empty if it has none like ``state``."""
    if folder is None or not (folder / EVENTS).exists():
        return {}
    found = shipped.tensors(folder / MODEL, _PREFIX) | shipped.event_tensors(np.load(folder / EVENTS))
    same = all(name in found and found[name].shape == value.shape for name, value in state.items())
    return {name: torch.tensor(found[name]) for name in state} if same else {}


def _fit(
    branch: Branch, trunk: _Trunk, recipe: Recipe, sets: Sequence[tuple[Sequence[Sentence], float]]
) -> dict[str, Tensor]:
    """The averaged weights after the passes of the recipe."""
    wanted = recipe.branch
    paired = [
        ([one for one in some if one.pairs and trunk.model.length(one.words) <= recipe.training.longest], w)
        for some, w in sets
    ]
    paired = [(some, weight) for some, weight in paired if some]
    training = replace(
        recipe.training, processes=1, pieces=wanted.pieces, steps=wanted.steps, warmup=0.05, decay=0.95
    )  # fmt: skip
    layers = [value for name, value in branch.named_parameters() if name.startswith("layers.")]
    head = [value for name, value in branch.named_parameters() if not name.startswith("layers.")]
    optimizer = torch.optim.AdamW(
        [{"params": layers, "rate": wanted.rate}, {"params": head, "rate": wanted.head_rate}],
        lr=wanted.rate, betas=_BETAS, weight_decay=training.weight_decay,
    )  # fmt: skip
    average = {name: value.detach().clone() for name, value in branch.named_parameters()}
    branch.train()
    reading = plan.rounds(paired, trunk.model.length, training)
    with tqdm(total=wanted.steps, desc="branch", file=sys.stderr, mininterval=5) as bar:
        for step in range(wanted.steps):
            (sentences,), position = next(reading)
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * plan.rate(step, training)
            vectors = branch(*trunk.batch(sentences))
            loss = event_loss(branch, vectors, sentences, LABELS)["events"]
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(branch.parameters(), _CLIP)
            optimizer.step()
            with torch.no_grad():
                memory = min(wanted.averaging, (1 + step) / (10 + step))
                torch._foreach_lerp_(list(average.values()), list(branch.parameters()), 1 - memory)
            bar.update()
            if step % _REPORT == 0:
                bar.set_postfix(loss=f"{float(loss.detach()):.2f}", passes=position.passes)
    return average


def _write(branch: Branch, trunk: _Trunk, example: Sentence, tap: str, folder: Path) -> None:
    """Put the branch into the graph in ``folder``, and its head beside it."""
    import onnx

    given = trunk.batch([example, example])
    rows, tokens, words = {0: "B"}, {0: "B", 1: "T"}, {0: "B", 1: "W"}
    axes = {"hidden": tokens, "mask": tokens, "first": words, "last": words, "cls": rows}
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in export.py
        exact, small, whole = (Path(scratch) / name for name in ("exact.onnx", "small.onnx", "whole.onnx"))
        torch.onnx.export(
            branch, given, str(exact), input_names=_INPUTS, output_names=[_OUTPUT], dynamic_axes=axes,
            opset_version=OPSET, dynamo=False,
        )  # fmt: skip
        quantize(exact, small, ())
        onnx.save(joined(onnx.load(str(folder / MODEL)), onnx.load(str(small)), tap), str(whole))
        shutil.copyfile(whole, folder / MODEL)
    np.savez(folder / EVENTS, **cast(Any, event_weights(branch)))


def joined(model: Any, branch: Any, tap: str) -> Any:
    """The graph ``model`` with ``branch`` on its inner value ``tap``, in the place of its output ``ev``."""
    from onnx import compose

    graph = model.graph
    (former,) = (output for output in graph.output if output.name == _OUTPUT)
    graph.output.remove(former)
    _drop_unread(graph)
    added = compose.add_prefix(branch, _PREFIX)
    inputs = {_PREFIX + name: tap if name == "hidden" else name for name in _INPUTS}
    names = inputs | {_PREFIX + _OUTPUT: _OUTPUT}
    for node in added.graph.node:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
    graph.node.extend(added.graph.node)
    graph.output.append(former)
    graph.initializer.extend(added.graph.initializer)
    domains = {one.domain for one in model.opset_import}
    model.opset_import.extend(one for one in added.opset_import if one.domain not in domains)
    return model


def _drop_unread(graph: Any) -> None:
    """Take out what leads to no output: the former head of events, a former branch."""
    read = {output.name for output in graph.output}
    kept = []
    for node in reversed(graph.node):  # a graph is in the order in which it is computed
        if read & set(node.output):
            kept.append(node)
            read.update(node.input)
    values = [value for value in graph.initializer if value.name in read]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(reversed(kept))
    graph.initializer.extend(values)
