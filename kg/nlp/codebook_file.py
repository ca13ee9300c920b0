"""Reads ``relations.ttl`` into plain entries: an id and, for each property, its values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph

from kg.errors import PipelineError

KG = "https://kg-builder.org/ontology#"
PLOVER = "https://kg-builder.org/plover#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = {
    "http://www.w3.org/2000/01/rdf-schema#label": "rdfs:label",
    "http://www.w3.org/2004/02/skos/core#definition": "skos:definition",
    "http://www.w3.org/2004/02/skos/core#scopeNote": "skos:scopeNote",
    "http://www.w3.org/2002/07/owl#inverseOf": "owl:inverseOf",
}


@dataclass(frozen=True)
class Value:
    """An object of a triple: its text (a local name for kg: and plover: terms) and its language."""

    text: str
    lang: str = ""


@dataclass
class Entry:
    """One thing described in the file: property (``kg:cue``, ``rdfs:label``) to values.

    ``declared`` says whether it is ``a kg:Relation``, as all have to be.
    """

    id: str
    values: dict[str, list[Value]] = field(default_factory=dict)
    declared: bool = False


def _short(iri: str) -> str:
    """The name of a property as the file writes it, or the whole IRI of an unknown one."""
    return f"kg:{iri.removeprefix(KG)}" if iri.startswith(KG) else _NAMES.get(iri, iri)


def _value(term: object) -> Value:
    if isinstance(term, pyoxigraph.Literal):
        return Value(term.value, term.language or "")
    if isinstance(term, pyoxigraph.NamedNode):
        return Value(term.value.removeprefix(KG).removeprefix(PLOVER))
    return Value(str(term))


def read_entries(path: Path) -> tuple[Entry, ...]:
    """All kg: things of a Turtle file in its order; raises PipelineError if it cannot be read or parsed."""
    entries: dict[str, Entry] = {}
    try:
        for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            subject = getattr(triple.subject, "value", "")
            if not subject.startswith(KG):
                continue
            entry = entries.setdefault(subject, Entry(subject.removeprefix(KG)))
            if triple.predicate.value == _RDF_TYPE:
                entry.declared |= _value(triple.object).text == "Relation"
            else:
                entry.values.setdefault(_short(triple.predicate.value), []).append(_value(triple.object))
    except (OSError, SyntaxError, ValueError) as error:
        raise PipelineError(f"{path} cannot be read as Turtle: {error}") from error
    return tuple(entries.values())


def line_of(text: str, entry: str, value: Value | None = None) -> int | None:
    """The line, from 1, of an entry of a Turtle file, or of one of its values; None if it is not found.

    A parser of RDF forgets lines: they are looked for in the text, where each entry begins a line.
    """
    start = re.search(rf"^kg:{re.escape(entry)}(?=\s)", text, re.MULTILINE)
    if start is None:
        return None
    place = start.start()
    if value is not None:
        following = re.compile(r"^kg:", re.MULTILINE).search(text, start.end())
        written = f'"{value.text}"' + (f"@{value.lang}" if value.lang else "")
        found = text.find(written, place, following.start() if following else len(text))
        place = max(place, found)
    return text.count("\n", 0, place) + 1
