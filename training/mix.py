"""Mixes trained weights with those that training started from, and fits the heads again that only they have.

Fine-tuned weights are better on what they learnt from and worse beside it; on the way back to the weights
before lie some that keep most of the first and regain the second ("WiSE-FT", Wortsman et al. 2022, "Robust
fine-tuning of zero-shot models").  Here a part of the way is gone.  The heads of events, features and
beginnings of words are not in the weights before: they are fitted to the mixed encoder, which stays as it is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from training import base, checkpoint, plan
from training.batch import collate, losses, run
from training.config import Recipe
from training.data import Sentence
from training.network import Network, create, embeddings
from training.pieces import Pieces

MIXED = "mixed.pt"
_HEADS = ("event_", "features.", "starts.")
_TASKS = ("events", "features", "starts")
#: How much of the sentences without events is read beside those with events.
OTHERS = 0.2


def mix(folder: Path, name: str, recipe: Recipe, sets: Sequence[Sequence[Sentence]]) -> None:
    """Write ``mixed.pt`` from the checkpoint ``name`` in ``folder`` and the base weights beside it."""
    network = checkpoint.averaged(folder / name, folder / "base", recipe)
    towards_base(network, folder / "base", recipe)
    if recipe.mix.steps:
        _fit_heads(network, folder / "base", recipe, _with_labels(sets))
    average = {name: value.detach() for name, value in network.named_parameters()}
    optimizer = torch.optim.SGD(network.parameters())  # nothing is learnt after this, a checkpoint has one
    checkpoint.save(folder / MIXED, network, average, optimizer, recipe.training.steps, plan.Position())


def towards_base(network: Network, folder: Path, recipe: Recipe) -> None:
    """Go ``[mix] share`` of the way to the base weights in ``folder``, with all weights that they have."""
    before = create(folder, network.labels, recipe.shape).state_dict()
    known = set(np.load(folder / base.WEIGHTS).files) & set(before)
    with torch.no_grad():
        for name, value in network.named_parameters():
            if name in known:
                value.lerp_(before[name], recipe.mix.share)


def _with_labels(sets: Sequence[Sequence[Sentence]]) -> list[tuple[list[Sentence], float]]:
    """The sentences that the fitted heads learn from, those with events apart."""
    every = [sentence for sentences in sets for sentence in sentences]
    events = [sentence for sentence in every if sentence.pairs]
    others = [s for s in every if not s.pairs and (s.marks or s.starts is not None)]
    return [(some, weight) for some, weight in ((events, 1.0), (others, OTHERS)) if some]


def _fit_heads(
    network: Network, folder: Path, recipe: Recipe, sets: list[tuple[list[Sentence], float]]
) -> None:
    fitted = [value for name, value in network.named_parameters() if name.startswith(_HEADS)]
    network.requires_grad_(False)
    for value in fitted:
        value.requires_grad_(True)
    training = replace(recipe.training, processes=1, steps=recipe.mix.steps, decay=0.5)
    torch.set_num_threads(os.cpu_count() or 1)
    torch.manual_seed(training.seed)
    pieces, table = Pieces(folder / base.TOKENIZER), embeddings(folder)
    optimizer = torch.optim.AdamW(fitted, lr=recipe.mix.rate, weight_decay=training.weight_decay)
    network.train()
    reading = plan.rounds(sets, pieces.length, training)
    for step in tqdm(range(training.steps), desc="fitting heads", file=sys.stderr, mininterval=5):
        (sentences,), _ = next(reading)
        batch = collate(sentences, pieces)
        found = losses(network, run(network, table, batch), batch, recipe)
        told = [loss * recipe.losses[task] for task, loss in found.items() if task in _TASKS]
        if not told:
            continue
        for group in optimizer.param_groups:
            group["lr"] = recipe.mix.rate * plan.rate(step, training)
        optimizer.zero_grad()
        torch.stack(told).sum().backward()
        optimizer.step()
    network.eval().requires_grad_(True)
