"""RDF: Turtle, TriG, N-Quads and JSON-LD, and on request what the claims say as RDF 1.2 reifiers.

    claim:9f… rdf:reifies <<( person:sergei-shoigu kg:visit country:PRK )>> .

A reifier says nothing about whether the triple holds (RDF 1.2 Concepts, "Triple Terms and Reification"):
a denied claim has one too.  The triples that hold are the plain edges in the graph ``derived``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from kg.errors import KGError
from kg.graph.exports.content import Content
from kg.graph.store import Store
from kg.graph.terms import prefixes, term

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
}
_ROLES = ("kg:actor", "kg:recipient")


def write(file: Path, content: Content, suffix: str, *, reify: bool = False) -> None:
    """Write the store to ``file``, graph by graph; Turtle holds the triples without their graphs.

    Raises KGError where the format cannot hold reifiers.
    """
    format = FORMATS[suffix]
    if reify and format == RdfFormat.JSON_LD:
        raise KGError("JSON-LD cannot hold reifiers: export to .ttl, .trig or .nq, or leave out --reify")
    quads = _sorted(content.store, reify)
    # Generators all the way: the largest graph is in memory, not the whole store.
    rows = quads if format.supports_datasets else (quad.triple for quad in quads)
    pyoxigraph.serialize(rows, str(file), format=format, prefixes=prefixes(content.store.names.base))


def _sorted(store: Store, reify: bool) -> Iterator[Quad]:
    described = store.quads(store.names.graph("entities")) if reify else ()
    entities: set[object] = {quad.subject for quad in described}
    for graph in store.graphs():
        quads = list(store.quads(graph))
        if reify:
            quads += _reifiers(quads, entities)
        yield from sorted(quads, key=_order)


def _reifiers(quads: list[Quad], entities: set[object]) -> list[Quad]:
    """For each claim of a graph, the triples that it is about: those between two entities."""
    said: dict[object, dict[str, list[NamedNode]]] = {}
    named = {term(name): name for name in (*_ROLES, "kg:relation")}
    for quad in quads:
        name = named.get(quad.predicate)
        if name and isinstance(quad.object, NamedNode):
            said.setdefault(quad.subject, {}).setdefault(name, []).append(quad.object)
    found = []
    for claim, parts in said.items():
        actors, recipients = ([one for one in parts.get(role, ()) if one in entities] for role in _ROLES)
        for actor, relation, recipient in product(actors, parts.get("kg:relation", ()), recipients):
            if relation != term("kg:open") and isinstance(claim, NamedNode):
                told = Triple(actor, relation, recipient)
                found.append(Quad(claim, term("rdf:reifies"), told, quads[0].graph_name))
    return found


def _order(quad: Quad) -> tuple[str, str, str]:
    return str(quad.subject), str(quad.predicate), str(quad.object)
