"""Checkpoints: everything that a killed run needs to go on as if it had not been killed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from kg.errors import PipelineError
from training.config import Recipe
from training.network import Labels, Network, create
from training.plan import Position

LAST, BEST = "last.pt", "best.pt"


def save(
    path: Path, network: Network, average: Mapping[str, Tensor], optimizer: Any, step: int, position: Position
) -> None:
    """Write a checkpoint so that a kill while writing leaves the former one."""
    content = {
        "network": network.state_dict(),
        "average": dict(average),
        "optimizer": optimizer.state_dict(),
        "step": step,
        "position": asdict(position),
        "labels": asdict(network.labels),
    }
    new = path.with_suffix(".new")
    torch.save(content, new)
    os.replace(new, path)


def load(path: Path) -> dict[str, Any]:
    """The content of a checkpoint; raises PipelineError if it cannot be read."""
    try:
        content: dict[str, Any] = torch.load(path, weights_only=True)
    except Exception as error:  # torch raises many kinds
        raise PipelineError(
            f"the checkpoint {path} cannot be read ({error}): train again, or take another one"
        ) from error
    return content


def averaged(path: Path, base_folder: Path, recipe: Recipe) -> Network:
    """The network of a checkpoint with its averaged weights, which are those to evaluate and ship."""
    content = load(path)
    network = create(base_folder, Labels(**content["labels"]), recipe.shape)
    network.load_state_dict({**content["network"], **content["average"]})
    return network.eval()
