"""Where the knowledge lives: the ``ontologies`` folder that an analyst can read and edit."""

from __future__ import annotations

import functools
import os
import tomllib
from pathlib import Path
from typing import Any

from kg.errors import PipelineError

#: Before a word or a cue that a language does not take over from the language it is like.
MINUS = "-"


def folder() -> Path:
    """The ontologies folder: ``$KG_ONTOLOGIES``, else the installed one, else the repository's.

    Raises PipelineError if there is none.
    """
    return _folder(os.environ.get("KG_ONTOLOGIES"))


@functools.cache
def _folder(named: str | None) -> Path:
    """The folder is looked for once: it is asked for at every other word that is read."""
    package = Path(__file__).parent
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


@functools.cache
def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PipelineError(f"{file} is not valid TOML: {error}") from error


def like(languages: Path, lang: str) -> str:
    """The language that ``lang`` differs little from, as its ``language.toml`` says; "" without one."""
    file = languages / lang / "language.toml"
    if not file.is_file():
        return ""
    data = _toml(file)
    other = data.get("like", "")
    if set(data) != {"like"} or other == lang or not (languages / str(other)).is_dir():
        raise PipelineError(f'{file} must say like = "…" and nothing else, with a folder of {languages}')
    if (languages / other / "language.toml").is_file():
        raise PipelineError(f"{file}: {other} is itself like another language; name that one")
    return str(other)


def own_list(lang: str, name: str) -> dict[str, Any]:
    """The word list ``name`` that stands in a language's own folder; empty if it has none."""
    return _list(folder() / "languages", lang, name)


def language(lang: str, name: str) -> dict[str, Any]:
    """The word list ``name`` of a language (``languages/id/status.toml``); empty if it has none.

    A language that is like another one adds its own list to the other's (:func:`added`).
    """
    return _language(folder(), lang, name)


@functools.cache
def _language(ontologies: Path, lang: str, name: str) -> dict[str, Any]:
    languages = ontologies / "languages"
    own, other = _list(languages, lang, name), like(languages, lang)
    try:
        return added(_list(languages, other, name), own) if other else own
    except ValueError as error:
        raise PipelineError(f"languages/{lang}/{name}.toml: {error}") from error


def _list(languages: Path, lang: str, name: str) -> dict[str, Any]:
    file = languages / lang / f"{name}.toml"
    return _toml(file) if file.is_file() else {}


def added(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The list ``base`` with what ``own`` changes: tables are joined, anything else of ``own`` replaces.

    Lists of words or of tables are joined too, the own entries first; a word with a minus before it
    ("-pejabat") is taken out.  Raises ValueError if it is not there to be taken out.
    """
    joined = dict(base)
    for key, value in own.items():
        before = base.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            joined[key] = added(before, value)
        elif isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            joined[key] = without(before or [], value)
        elif isinstance(before, list) and value and isinstance(value[0], dict):
            joined[key] = [*value, *before]
        else:
            joined[key] = value
    return joined


def without(base: list[str], own: list[str]) -> list[str]:
    """The words of ``own`` and those of ``base`` that ``own`` does not take out with a minus."""
    taken = {word[1:] for word in own if word.startswith(MINUS)}
    missing = sorted(taken - set(base))
    if missing:
        raise ValueError(f"{MINUS}{missing[0]} takes out a word that is not there; correct or delete it")
    kept = [word for word in own if not word.startswith(MINUS)]
    return [*kept, *(word for word in base if word not in taken and word not in kept)]


def languages() -> tuple[str, ...]:
    """The languages that have word lists, sorted."""
    return tuple(sorted(p.name for p in (folder() / "languages").iterdir() if p.is_dir()))


def table(name: str) -> dict[str, Any]:
    """The file ``name.toml`` of the ontologies folder (``linking``, ``actors/codes``), read once.

    Raises PipelineError if it is missing or wrong.
    """
    return _toml(path(f"{name}.toml"))
