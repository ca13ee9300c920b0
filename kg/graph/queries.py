"""Saved queries: the files ``ontologies/queries/NAME.rq``.

A file begins with comments: a sentence that says what it is for, then a line for each parameter.

    # Who visited whom, with the sentence.
    # $actor: name or id of the visitor, default any

A parameter stands in the query as ``$actor`` and becomes a string: what the user gives, else the
default; ``any`` is the empty string, which the query tests for.  ``?name`` is never a parameter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import ontologies
from kg.errors import KGError, PipelineError
from kg.graph.sparql import fill, words

_PARAMETER = re.compile(r"#\s*\$(?P<name>\w+):\s*(?P<what>.+?)(?:,\s*default\s+(?P<default>.+))?\s*\Z")


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A parameter of a saved query; ``default`` is None if it must be given."""

    name: str
    what: str
    default: str | None


@dataclass(frozen=True, kw_only=True)
class SavedQuery:
    """A query of the ontologies folder, with what it is for."""

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    text: str


def saved() -> list[SavedQuery]:
    """The saved queries, sorted by name; PipelineError names a file that is not one."""
    return [_read(file) for file in sorted((ontologies.folder() / "queries").glob("*.rq"))]


def load(name: str, params: Mapping[str, str] | None = None) -> str:
    """The SPARQL text of a saved query with its parameters filled in.

    Raises KGError for an unknown query, an unknown parameter or a missing one.
    """
    known = {query.name: query for query in saved()}
    if name not in known:
        raise KGError(f"there is no saved query {name!r}: choose one of {', '.join(known)}")
    query = known[name]
    names = [parameter.name for parameter in query.parameters]
    for given in params or {}:
        if given not in names:
            choice = f"its parameters are {', '.join(names)}" if names else "it has none"
            raise KGError(f"the query {name!r} has no parameter {given!r}: {choice}")
    values: dict[str, str] = {}
    for parameter in query.parameters:
        value = (params or {}).get(parameter.name, parameter.default)
        if value is None:
            raise KGError(f"the query {name!r} needs {parameter.name}: give {parameter.what}")
        values[parameter.name] = value
    return fill(query.text, values)


def _read(file: Path) -> SavedQuery:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PipelineError(f"cannot read the saved query {file}: {error}") from error
    purpose: list[str] = []
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        found = _PARAMETER.match(line)
        if found:
            default = "" if found["default"] == "any" else found["default"]
            parameters.append(Parameter(name=found["name"], what=found["what"], default=default))
        else:
            purpose.append(line.lstrip("# "))
    _validate(file, text, " ".join(purpose).strip(), {parameter.name for parameter in parameters})
    return SavedQuery(
        name=file.stem, purpose=" ".join(purpose).strip(), parameters=tuple(parameters), text=text
    )


def _validate(file: Path, text: str, purpose: str, declared: set[str]) -> None:
    if not purpose:
        raise PipelineError(f"{file} does not say what it is for: begin it with a comment of one sentence")
    used = {word[1:] for kind, word in words(text) if kind == "parameter"}
    for name in sorted(used ^ declared):
        fault = "is not described in the comments at its top" if name in used else "is not used in the query"
        raise PipelineError(f"{file}: the parameter ${name} {fault}")
