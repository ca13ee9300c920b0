"""Reads ``relations.ttl`` into plain entries: an id and, for each property, its values."""

from __future__ import annotations

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
    """One relation as it stands in the file: property (``kg:cue``, ``rdfs:label``) to values."""

    id: str
    values: dict[str, list[Value]] = field(default_factory=dict)


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
    """All relations of a Turtle file in its order.

    Raises PipelineError if the file cannot be read or parsed, or describes a kg: thing that is not
    declared ``a kg:Relation``.
    """
    entries: dict[str, Entry] = {}
    relations: set[str] = set()
    try:
        for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            subject = getattr(triple.subject, "value", "")
            if not subject.startswith(KG):
                continue
            entry = entries.setdefault(subject, Entry(subject.removeprefix(KG)))
            if triple.predicate.value == _RDF_TYPE:
                if _value(triple.object).text == "Relation":
                    relations.add(subject)
            else:
                entry.values.setdefault(_short(triple.predicate.value), []).append(_value(triple.object))
    except (OSError, SyntaxError, ValueError) as error:
        raise PipelineError(f"{path} cannot be read as Turtle: {error}") from error
    for subject, entry in entries.items():
        if subject not in relations:
            raise PipelineError(
                f"{path.name}: kg:{entry.id} is not declared 'a kg:Relation'; add that to its entry"
            )
    return tuple(entries.values())
