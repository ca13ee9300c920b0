"""Saved queries: the files ``ontologies/queries/NAME.rq``.

A file begins with comments: a sentence that says what it is for, then a line for each parameter, and one
with the names of those that many queries have and that need no description (:data:`COMMON`).

    # Who visited whom, with the sentence.
    # $visitor (entity): who travels, default any
    # $country $since $limit

A parameter stands in the query as ``$visitor`` and is filled with what the user gives, else with its
default.  Where that is ``any``, **the line with the parameter is left out**, so that a condition on a line
of its own costs nothing until it is wanted.  ``?name`` is never a parameter.

The kind of a parameter says what may be given, and what stands in the query:

======= ======================================================== =============================
entity  an id or any name, in any language, whatever its case     the name as ``skos:hiddenLabel``
country an alpha-3 code (ISO 3166-1) or a name of the country     the code
event   the id of an event, as queries show it                    its address
date    YYYY, YYYY-MM or YYYY-MM-DD (ISO 8601)                    a string
number  a whole number from 1                                     a number
status  a status of a claim or an event                           a string
text    anything (the kind of parameters that name none)          a string
======= ======================================================== =============================

A date in the graph is as exact as its text: a day, a month or a year.  ``$since`` and ``$until`` keep
whatever may lie in the range, so that 2023-07 lies in what is since 2023-07-15; what has no date is left
out as soon as one of them is given.  A week counts by its Monday, a decade by its first year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kg import ontologies
from kg.errors import KGError, PipelineError
from kg.graph.filters import known_status
from kg.graph.sparql import words
from kg.linking.ids import fold
from kg.types import EventStatus

if TYPE_CHECKING:
    from kg.graph.results import Results
    from kg.graph.store import Store

_HEADER = re.compile(
    r"#\s*\$(?P<name>\w+)(?: \((?P<kind>\w+)\))?:\s*(?P<what>.+?)(?:,\s*default\s+(?P<default>.+))?\s*\Z"
)
_LISTED = re.compile(r"#(\s*\$\w+)+\s*\Z")
_EVENT = re.compile(r"(.*[:/])?(?P<id>[0-9a-f]+)")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
#: Options of the command line and arguments of ``Graph.query``, which no parameter may be called.
_TAKEN = frozenset({"file", "format", "help", "name", "output", "param", "params", "sparql", "text"})


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A parameter of a saved query; ``default`` is None if it must be given, empty for any."""

    name: str
    kind: str = "text"
    what: str
    default: str | None = ""


@dataclass(frozen=True, kw_only=True)
class SavedQuery:
    """A query of the ontologies folder, with what it is for."""

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    text: str


#: The parameters that mean the same in every query.
COMMON = {
    parameter.name: parameter
    for parameter in (
        Parameter(name="country", kind="country", what="only where a party is of this country (PRK, Korut)"),
        Parameter(name="since", kind="date", what="not before this date (2023, 2023-07 or 2023-07-25)"),
        Parameter(name="until", kind="date", what="not after this date"),
        Parameter(name="status", kind="status", what="only this status"),
        Parameter(name="source", what="only what this publisher says"),
        Parameter(name="lang", what="language of the names of relations", default="en"),
        Parameter(name="limit", kind="number", what="at most so many rows"),
    )
}  # fmt: skip


def saved() -> list[SavedQuery]:
    """The saved queries, sorted by name; PipelineError names a file that is not one."""
    return [_read(file) for file in sorted(_folder().glob("*.rq"))]


def find(name: str) -> SavedQuery:
    """The saved query of this name; an unknown one is a KGError that lists them."""
    files = {file.stem: file for file in sorted(_folder().glob("*.rq"))}
    if name not in files:
        raise KGError(f"there is no saved query {name!r}: choose one of {', '.join(files)}")
    return _read(files[name])


def load(name: str, params: Mapping[str, str] | None = None) -> str:
    """The SPARQL text of a saved query with its parameters filled in.

    Raises KGError for an unknown query, an unknown parameter, a missing one or a value of another kind.
    """
    return _fill(*_given(name, params or {}))


def ask(store: Store, name: str, params: Mapping[str, str] | None = None) -> Results:
    """The answer of the store to a saved query; a name that nothing in the graph has is a KGError."""
    for value, known in lookups(name, params).items():
        if not store.query(known).rows[0]["answer"]:
            raise unknown(value)
    return store.query(load(name, params))


def lookups(name: str, params: Mapping[str, str] | None = None) -> dict[str, str]:
    """The names of entities among the parameters, each with the query (ASK) whether the graph knows it."""
    query, values = _given(name, params or {})
    return {
        values[each.name]: f"ASK {{ ?entity skos:hiddenLabel {_term(each, values[each.name])} }}"
        for each in query.parameters
        if each.kind == "entity" and values[each.name]
    }


def unknown(value: str) -> KGError:
    """The error for a name that nothing in the graph has."""
    return KGError(f"nothing in the graph is called {value!r}: see `kg entities --about WORD`")


def _given(name: str, params: Mapping[str, str]) -> tuple[SavedQuery, dict[str, str]]:
    """A saved query and the value of each of its parameters, empty for any."""
    query = find(name)
    names = [parameter.name for parameter in query.parameters]
    for given in params:
        if given not in names:
            choice = f"its parameters are {', '.join(names)}" if names else "it has none"
            raise KGError(f"the query {name!r} has no parameter {given!r}: {choice}")
    values: dict[str, str] = {}
    for parameter in query.parameters:
        value = str(params.get(parameter.name, parameter.default or ""))
        values[parameter.name] = "" if value == "any" else value
        if parameter.default is None and not values[parameter.name]:
            raise KGError(f"the query {name!r} needs {parameter.name}: give {parameter.what}")
    return query, values


def _fill(query: SavedQuery, values: Mapping[str, str]) -> str:
    """The query with its parameters filled in, without the lines whose parameter is any.

    What stands in strings, IRIs and comments is left alone, and a value cannot end its literal.
    """
    terms = {p.name: _term(p, values[p.name]) for p in query.parameters if values[p.name]}
    lines = []
    for line in query.text.splitlines():
        parts = list(words(line))
        if all(word[1:] in terms for kind, word in parts if kind == "parameter"):
            lines.append("".join(terms[word[1:]] if kind == "parameter" else word for kind, word in parts))
    return "\n".join(lines) + "\n"


def _term(parameter: Parameter, value: str) -> str:
    """What stands in the query for a value; KGError if it is none of its kind."""
    return _KINDS[parameter.kind](value.encode(errors="replace").decode())


def _entity(value: str) -> str:
    return str(Literal(fold(value.strip())))


def _country(value: str) -> str:
    from kg.linking.actors import country_called

    code = country_called(value)
    if code is None:
        raise KGError(f"no country is called {value!r}: give its alpha-3 code (ISO 3166-1), such as PRK")
    return str(Literal(code))


def _event(value: str) -> str:
    found = _EVENT.fullmatch(value.strip())
    if not found:
        raise KGError(f"{value!r} is no id of an event: take one that the query events shows")
    return f"occurrence:{found['id']}"


def _date(value: str) -> str:
    try:
        if not _DATE.fullmatch(value):
            raise ValueError
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        raise KGError(f"{value!r} is no date: write it as 2023, 2023-07 or 2023-07-25") from None
    return str(Literal(value))


def _number(value: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]{0,8}", value):
        raise KGError(f"{value!r} is no whole number from 1 to 999999999")
    return value


def _status(value: str) -> str:
    return str(Literal(known_status(value, of=EventStatus)))


_KINDS: dict[str, Callable[[str], str]] = {
    "entity": _entity,
    "country": _country,
    "event": _event,
    "date": _date,
    "number": _number,
    "status": _status,
    "text": lambda value: str(Literal(value)),
}


def _folder() -> Path:
    return ontologies.folder() / "queries"


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
        if found := _HEADER.match(line):
            default = "" if found["default"] == "any" else found["default"]
            kind = found["kind"] or "text"
            parameters.append(Parameter(name=found["name"], kind=kind, what=found["what"], default=default))
        elif _LISTED.match(line):
            listed = [name.lstrip("$") for name in line.lstrip("#").split()]
            parameters += [COMMON.get(name, Parameter(name=name, what="")) for name in listed]
        else:
            purpose.append(line.lstrip("# "))
    query = SavedQuery(
        name=file.stem, purpose=" ".join(purpose).strip(), parameters=tuple(parameters), text=text
    )
    for fault in _faults(query):
        raise PipelineError(f"{file} {fault}")
    return query


def _faults(query: SavedQuery) -> Iterator[str]:
    """What is wrong with a file of a saved query."""
    if not query.purpose:
        yield "does not say what it is for: begin it with a comment of one sentence"
    for parameter in query.parameters:
        if parameter.kind not in _KINDS:
            yield f"gives ${parameter.name} the kind {parameter.kind}: choose one of {', '.join(_KINDS)}"
        if parameter.name in _TAKEN:
            yield f"calls a parameter ${parameter.name}, which has another meaning: choose another name"
    declared = {parameter.name for parameter in query.parameters if parameter.what}
    used = {word[1:] for kind, word in words(query.text) if kind == "parameter"}
    for name in sorted(used ^ declared):
        fault = "is not described in the comments at its top" if name in used else "is not used in the query"
        yield f"has the parameter ${name}, which {fault}"
