"""Where the knowledge lives: the ``ontologies`` folder that an analyst can read and edit."""

from __future__ import annotations

import functools
import os
import tomllib
from pathlib import Path
from typing import Any

from kg.errors import PipelineError


def folder() -> Path:
    """The ontologies folder: ``$KG_ONTOLOGIES``, else the installed one, else the repository's.

    Raises PipelineError if there is none.
    """
    package = Path(__file__).parent
    named = os.environ.get("KG_ONTOLOGIES")
    candidates = [Path(named)] if named else [package / "_ontologies", package.parent / "ontologies"]
    for candidate in candidates:
        if (candidate / "kg.ttl").is_file():
            return candidate
    raise PipelineError(
        f"no ontologies folder at {candidates[-1]}: set KG_ONTOLOGIES to a copy of it, "
        "or install the package again"
    )


def path(*parts: str) -> Path:
    """The file ``parts`` of the ontologies folder; raises PipelineError if it is missing."""
    found = folder().joinpath(*parts)
    if not found.exists():
        raise PipelineError(f"{'/'.join(parts)} is missing from the ontologies folder {folder()}")
    return found


def toml(*parts: str) -> dict[str, Any]:
    """The TOML file ``parts`` of the ontologies folder; raises PipelineError if it is missing or wrong."""
    return _toml(path(*parts))


@functools.cache
def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PipelineError(f"{file} is not valid TOML: {error}") from error


def language(lang: str, name: str) -> dict[str, Any]:
    """The word list ``name`` of a language (``languages/id/status.toml``); empty if it has none."""
    file = folder() / "languages" / lang / f"{name}.toml"
    return _toml(file) if file.is_file() else {}


def languages() -> tuple[str, ...]:
    """The languages that have word lists, sorted."""
    return tuple(sorted(p.name for p in (folder() / "languages").iterdir() if p.is_dir()))
