"""Events as RDF (Simple Event Model, van Hage et al. 2011), in the graph ``derived``, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph.terms import KG, Names, date, node, relation_iri, term, text, value, whole
from kg.types import Event


def event_quads(event: Event, keys: Iterable[str], names: Names) -> Iterator[Quad]:
    """The quads of an event, its parties and claims given by their addresses; ``keys`` are its claims'."""
    pairs: list[tuple[str, NamedNode | Literal]] = [
        ("rdf:type", term("sem:Event")),
        *(("kg:sameEventKey", text(key)) for key in keys),
        ("sem:eventType", term(f"plover:{event.event_type}")),
        ("kg:eventRelation", relation_iri(event.relation)),
        ("kg:eventStatus", text(event.status)),
        ("kg:reports", whole(event.reports)),
        ("kg:independentSources", whole(event.sources)),
        *(("sem:hasActor", NamedNode(actor)) for actor in event.actors),
        *(("kg:hasRecipient", NamedNode(recipient)) for recipient in event.recipients),
        *(("sem:hasPlace", NamedNode(place)) for place in event.places),
        *(("kg:hasClaim", NamedNode(claim)) for claim in event.claims),
    ]
    if event.date:
        pairs.append(("sem:hasTimeStamp", date(event.date)))
    if event.date_precision:
        pairs.append(("kg:eventDatePrecision", text(event.date_precision)))
    if event.date_basis:
        pairs.append(("kg:eventDateBasis", text(event.date_basis)))
    graph, about = names.graph("derived"), names.event(event.id)
    yield from (Quad(about, term(name), found, graph) for name, found in pairs)


def read_events(store: Store, names: Names) -> Iterator[Event]:
    """The events of a store, sorted by id, with ids of entities and claims."""
    graph = names.graph("derived")
    nodes = store.quads_for_pattern(None, term("rdf:type"), term("sem:Event"), graph)
    for event in sorted((node(quad.subject) for quad in nodes), key=str):
        said: dict[str, list[str]] = {}
        for quad in store.quads_for_pattern(event, None, None, graph):
            said.setdefault(quad.predicate.value, []).append(value(quad.object))
        yield _event(event, said, names)


def _event(address: NamedNode, said: Mapping[str, list[str]], names: Names) -> Event:
    def ids(name: str, kind: str = "") -> tuple[str, ...]:
        found = said.get(term(name).value, ())
        return tuple(sorted(unquote(one.removeprefix(names.base + kind)) for one in found))

    def one(name: str) -> str | None:
        return next(iter(said.get(term(name).value, ())), None)

    return Event(
        id=address.value.removeprefix(names.event("").value),
        event_type=str(one("sem:eventType")).rpartition("#")[2],
        relation=str(one("kg:eventRelation")).removeprefix(KG),
        actors=ids("sem:hasActor"),
        recipients=ids("kg:hasRecipient"),
        places=ids("sem:hasPlace"),
        status=one("kg:eventStatus"),  # type: ignore[arg-type]
        claims=ids("kg:hasClaim", "claim/"),
        reports=int(one("kg:reports") or 0),
        sources=int(one("kg:independentSources") or 0),
        date=one("sem:hasTimeStamp"),
        date_precision=one("kg:eventDatePrecision"),  # type: ignore[arg-type]
        date_basis=one("kg:eventDateBasis"),  # type: ignore[arg-type]
    )
