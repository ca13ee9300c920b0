"""The training: processes that each take a batch a step and share gradients.

One thread a process holds its speed where others use the same cores: threads of one process wait for each
other in every matrix product, processes only once a step.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor

from training import checkpoint, decode, evaluate, plan
from training.base import TOKENIZER
from training.batch import collate, losses, run
from training.config import Recipe
from training.data import Sentence
from training.network import Labels, Network, create, embeddings
from training.pieces import Pieces

LOG = "log.jsonl"
LOG_EVERY = 20  # steps
_CLIP = 1.0  # the norm of gradients
_BETAS = (0.9, 0.98)


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a training needs; ``stop`` ends it after that step (the schedule is that of the recipe)."""

    recipe: Recipe
    base: Path
    folder: Path
    train: Sequence[tuple[Sequence[Sentence], float]]
    dev: dict[str, list[Sentence]]
    stop: int | None = None


def train(job: Job) -> None:
    """Train, or go on from the last checkpoint in ``job.folder``, to the end of the recipe's steps."""
    job.folder.mkdir(parents=True, exist_ok=True)
    count = job.recipe.training.processes
    if count == 1:
        _work(0, job)
        return
    meeting = job.folder / f"meeting-{os.getpid()}"
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    os.environ["OMP_NUM_THREADS"] = str(job.recipe.training.threads)
    try:
        torch.multiprocessing.spawn(_join, (job, meeting), nprocs=count)
    finally:
        meeting.unlink(missing_ok=True)


def _join(rank: int, job: Job, meeting: Path) -> None:
    # Torch sends this signal when the parent dies; a shell may have told background jobs to ignore it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    count = job.recipe.training.processes
    dist.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=count)
    try:
        _work(rank, job)
    finally:
        dist.destroy_process_group()


def _work(rank: int, job: Job) -> None:
    """One process of the training; the first of them evaluates, logs and saves."""
    training = job.recipe.training
    torch.set_num_threads(training.threads)
    torch.manual_seed(training.seed)
    pieces = Pieces(job.base / TOKENIZER)
    table = embeddings(job.base)
    last = job.folder / checkpoint.LAST
    content = checkpoint.load(last) if last.exists() else None
    labels = Labels(**content["labels"]) if content else _labels(job)
    network = create(job.base, labels, job.recipe.shape)
    optimizer = _optimizer(network, job.recipe)
    average = {name: value.detach().clone() for name, value in network.named_parameters()}
    step, position = 0, plan.Position()
    if content:
        network.load_state_dict(content["network"])
        optimizer.load_state_dict(content["optimizer"])
        average = content["average"]
        step, position = content["step"], plan.Position(**content["position"])
    log = _Log(job.folder / LOG) if rank == 0 else None
    best = _best(job.folder / LOG)
    end = min(training.steps, job.stop or training.steps)
    for batches, after in plan.rounds(job.train, pieces.length, training, position):
        if step >= end:
            break
        position = after
        found, size = _step(network, optimizer, table, pieces, batches[rank], job, step, rank)
        step += 1
        _remember(average, network, _memory(step, training.averaging))
        if log:
            log.note(step, found, size * training.processes, plan.rate(step, training))
        if step % training.evaluate_every == 0 or step == end:
            if log and job.dev:
                figures = _evaluate(network, average, table, pieces, job)
                log.write({"step": step, "passes": position.passes, "dev": figures})
                value = sum(figures.values()) / len(figures)
                if value > best:
                    best = value
                    checkpoint.save(job.folder / checkpoint.BEST, network, average, optimizer, step, position)
            _wait(job)
        if rank == 0 and (step % training.save_every == 0 or step == end):
            checkpoint.save(last, network, average, optimizer, step, position)
    _wait(job)


def _wait(job: Job) -> None:
    if job.recipe.training.processes > 1:
        dist.barrier()


def _step(
    network: Network, optimizer: Any, table: Tensor, pieces: Pieces, sentences: Sequence[Sentence],
    job: Job, step: int, rank: int,
) -> tuple[dict[str, float], int]:  # fmt: skip
    """Learn from one batch; returns the losses and the number of pieces read."""
    training = job.recipe.training
    # Chance depends on the step alone, not on what was drawn before: a resumed run draws the same.
    torch.manual_seed(training.seed * 1_000_003 + step * training.processes + rank)
    for group in optimizer.param_groups:
        group["lr"] = group["rate"] * plan.rate(step, training)
    network.train()
    batch = collate(sentences, pieces)
    conventions = decode.convention_indices(network.labels, sentences)
    known = torch.rand(len(sentences)) >= training.source_dropout
    scores = run(network, table, batch, conventions * known)
    found = losses(network, scores, batch, job.recipe)
    total = torch.stack([loss * job.recipe.losses[name] for name, loss in found.items()]).sum()
    optimizer.zero_grad(set_to_none=False)
    total.backward()
    _share_gradients(network, training.processes)
    torch.nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
    optimizer.step()
    return {name: float(loss.detach()) for name, loss in found.items()}, batch.pieces


def _share_gradients(network: Network, processes: int) -> None:
    """The mean over processes, in one exchange."""
    for parameter in network.parameters():
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
    if processes == 1:
        return
    gradients = [parameter.grad for parameter in network.parameters() if parameter.grad is not None]
    flat = torch.cat([gradient.view(-1) for gradient in gradients])
    dist.all_reduce(flat)
    flat /= processes
    for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(part.view_as(gradient))


def _optimizer(network: Network, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW with smaller rates for lower layers (Howard & Ruder 2018) and a larger one for the heads."""
    training, depth = recipe.training, len(network.layers)
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if name.startswith("layers."):
            value = training.encoder_rate * training.layer_decay ** (depth - 1 - int(name.split(".")[1]))
        elif name in ("positions", "norm.weight", "norm.bias"):
            value = training.encoder_rate * training.layer_decay**depth
        else:
            value = training.head_rate
        decay = training.weight_decay if parameter.dim() > 1 else 0.0
        groups.setdefault((value, decay), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": some, "rate": value, "weight_decay": decay} for (value, decay), some in groups.items()],
        lr=training.head_rate, betas=_BETAS, fused=True,
    )  # fmt: skip


def _labels(job: Job) -> Labels:
    trees = [sentence for sentences, _ in job.train for sentence in sentences if sentence.tree]
    dependencies = {label for sentence in trees if sentence.tree for label in sentence.tree.labels}
    return Labels.of(job.recipe, sorted(dependencies), [sentence.convention for sentence in trees])


def _memory(step: int, averaging: float) -> float:
    """How much of the average is kept: less at the beginning, when the weights still move far."""
    return min(averaging, (1 + step) / (10 + step))


def _remember(average: dict[str, Tensor], network: Network, memory: float) -> None:
    """Move the averaged weights towards the present ones."""
    with torch.no_grad():
        torch._foreach_lerp_(list(average.values()), list(network.parameters()), 1 - memory)


def _evaluate(
    network: Network, average: dict[str, Tensor], table: Tensor, pieces: Pieces, job: Job
) -> dict[str, float]:
    """Figures of the averaged weights; the network goes on with its own."""
    own = {name: value.detach().clone() for name, value in network.named_parameters()}
    network.load_state_dict(average)
    found = evaluate.together(
        evaluate.figures(lambda some: decode.read(network, table, pieces, some), job.dev),
        evaluate.event_figures(lambda some: decode.events(network, table, pieces, some), job.dev),
    )
    network.load_state_dict(own)
    return evaluate.summary(found)


def _best(log: Path) -> float:
    """The best mean of figures that a former part of the run reached."""
    if not log.exists():
        return float("-inf")
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    means = [sum(entry["dev"].values()) / len(entry["dev"]) for entry in entries if "dev" in entry]
    return max(means, default=float("-inf"))


class _Log:
    """A line of JSON now and then: losses, speed, figures."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.smooth: dict[str, float] = {}
        self.pieces, self.since = 0, time.monotonic()

    def note(self, step: int, found: dict[str, float], pieces: int, rate: float) -> None:
        for name, loss in found.items():
            self.smooth[name] = 0.97 * self.smooth.get(name, loss) + 0.03 * loss
        self.pieces += pieces
        if step % LOG_EVERY == 0:
            speed = self.pieces / (time.monotonic() - self.since)
            self.write(
                {"step": step, "rate": round(rate, 4), "pieces/s": round(speed)}
                | {name: round(loss, 4) for name, loss in sorted(self.smooth.items())}
            )
            self.pieces, self.since = 0, time.monotonic()

    def write(self, entry: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        print(json.dumps(entry, ensure_ascii=False), flush=True)
