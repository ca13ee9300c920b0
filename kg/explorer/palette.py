"""Colours and line patterns by status and by type: one file for the page and the notebook."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from kg.errors import PipelineError


@functools.cache
def palette() -> dict[str, dict[str, dict[str, Any]]]:
    """``statuses`` and ``types`` of palette.json; raises PipelineError if the file is unusable."""
    file = Path(__file__).with_name("palette.json")
    try:
        colours: dict[str, dict[str, dict[str, Any]]] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PipelineError(f"{file} cannot be read, install the package again: {error}") from error
    return colours
