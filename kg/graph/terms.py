"""Names in the graph: prefixes, the addresses (IRIs) of things, and literals.

All IRIs are made from ids and offsets, none is a blank node, so the same input gives the same
graph, byte for byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.errors import PipelineError
from kg.types import ENTITY_TYPES, Evidence, Mention

#: Where data lives unless the user says otherwise.
BASE = "https://kg-builder.org/data/"
KG = "https://kg-builder.org/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"

VOCABULARIES = {
    "kg": KG,
    "plover": "https://kg-builder.org/plover#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": XSD,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "schema": "https://schema.org/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
}

#: One prefix for each kind of thing, so that ``country:PRK`` can be written in a query.
_KINDS = (*(kind.lower() for kind in ENTITY_TYPES), "article", "claim", "graph", "occurrence")

_UNSAFE = re.compile(r"[^\w\-.~/:@!$&'()*+,;=]")
_BASE = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#:]\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_DATES = (
    (re.compile(r"\d{4}-\d\d-\d\d\Z"), "date"),
    (re.compile(r"\d{4}-\d\d\Z"), "gYearMonth"),
    (re.compile(r"\d{4}\Z"), "gYear"),
)


def prefixes(base: str = BASE) -> dict[str, str]:
    """Every prefix that may be used in a query without declaring it."""
    return {**VOCABULARIES, "data": base, **{kind: f"{base}{kind}/" for kind in _KINDS}}


@lru_cache(maxsize=4096)
def term(curie: str) -> NamedNode:
    """The IRI of a name of a vocabulary: ``term("oa:exact")``."""
    prefix, _, name = curie.partition(":")
    return NamedNode(VOCABULARIES[prefix] + name)


def node(found: object) -> NamedNode:
    """What a store gave as a subject or an object, known to be an IRI: our graphs have no blank nodes."""
    assert isinstance(found, NamedNode), found
    return found


def value(found: object) -> str:
    """The address of an IRI or the words of a literal."""
    assert isinstance(found, NamedNode | Literal), found
    return found.value


@lru_cache(maxsize=4096)
def relation_iri(relation: str) -> NamedNode:
    """The IRI of a relation, or of a role, by its id in the codebook."""
    return NamedNode(KG + escape(relation))


@lru_cache(maxsize=16_384)
def escape(text: str) -> str:
    """``text`` as a part of an IRI, one to one; letters of every script stay as they are."""
    return _UNSAFE.sub(lambda found: _percent(found[0]), text)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode(errors="replace"))


def text(value: str, lang: str | None = None) -> Literal:
    """A literal, tagged with its language where that is known and well formed."""
    clean = value.encode(errors="replace").decode()
    if lang and lang != "und" and _LANGUAGE.match(lang):
        return Literal(clean, language=lang)
    return Literal(clean)


def number(value: float) -> Literal:
    """A decimal with at most six places."""
    return Literal(f"{value:.6f}".rstrip("0").rstrip("."), datatype=term("xsd:decimal"))


def whole(value: int) -> Literal:
    """A number of characters."""
    return Literal(str(value), datatype=term("xsd:nonNegativeInteger"))


def boolean(value: bool) -> Literal:
    """True or false."""
    return Literal("true" if value else "false", datatype=term("xsd:boolean"))


def date(value: str) -> Literal:
    """An ISO 8601 date typed by what it states: a day, a month or a year; else plain text.

    A time of day keeps its type only with the day before it (xsd:dateTime).
    """
    for shape, kind in _DATES:
        if shape.match(value):
            return Literal(value, datatype=term(f"xsd:{kind}"))
    if re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", value):
        return Literal(value, datatype=term("xsd:dateTime"))
    return text(value)


@dataclass(frozen=True)
class Names:
    """The addresses of data under a base IRI, which ends in ``/`` or ``#``."""

    base: str = BASE

    def __post_init__(self) -> None:
        if not _BASE.match(self.base):
            raise PipelineError(
                f"{self.base!r} cannot be a base IRI: write one such as https://example.org/kg/"
            )

    def article(self, article_id: str) -> NamedNode:
        """An article, and the named graph of all that it says."""
        return NamedNode(f"{self.base}article/{escape(article_id)}")

    def claim(self, claim_id: str) -> NamedNode:
        """A claim."""
        return NamedNode(f"{self.base}claim/{escape(claim_id)}")

    def event(self, event_id: str) -> NamedNode:
        """What claims tell together; a listed event (a war, a summit) is an entity."""
        return NamedNode(f"{self.base}occurrence/{escape(event_id)}")

    def entity(self, entity_id: str) -> NamedNode:
        """An entity, by an id such as ``country/PRK``."""
        return NamedNode(self.base + escape(entity_id))

    def extractor(self, name: str) -> NamedNode:
        """The program that made a claim."""
        return NamedNode(f"{self.base}extractor/{escape(name)}")

    def graph(self, name: str) -> NamedNode:
        """A graph that is no article's: ``entities``, ``derived`` or ``ontology``."""
        return NamedNode(f"{self.base}graph/{name}")

    def part(self, article_id: str, name: str) -> NamedNode:
        """A part of an article, named by its fragment."""
        return NamedNode(f"{self.base}article/{escape(article_id)}#{name}")

    def span(self, evidence: Evidence) -> NamedNode:
        """A stretch of text, as RFC 5147 writes it: ``#char=12,20``."""
        return self.part(evidence.article_id, f"char={evidence.start},{evidence.end}")

    def mention(self, mention: Mention) -> NamedNode:
        """A mention: two mentions in one place differ when they stand for different things."""
        place = mention.evidence
        what = escape(mention.ref) if mention.ref else mention.type
        return self.part(place.article_id, f"mention={place.start},{place.end},{what}")
