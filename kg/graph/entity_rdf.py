"""Entities as RDF: names, types, roles, countries and coordinates, in the graph ``entities``."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.terms import Names, date, number, relation_iri, term, text
from kg.linking.actors import load_actors
from kg.linking.codes import code_of_office
from kg.linking.entities import Heard
from kg.linking.ids import fold
from kg.types import Entity, EntityRole


def entity_quads(entities: Iterable[Entity], names: Names) -> Iterator[Quad]:
    """The quads of the entities; each entity is described once."""
    for entity in entities:
        yield from _entity(entity, names)


def _entity(entity: Entity, names: Names) -> Iterator[Quad]:
    graph, node = names.graph("entities"), names.entity(entity.id)
    yield Quad(node, term("rdf:type"), term("kg:Entity"), graph)
    yield Quad(node, term("rdf:type"), relation_iri(entity.type), graph)
    yield Quad(node, term("schema:identifier"), text(entity.id), graph)
    yield Quad(node, term("schema:name"), text(entity.name), graph)
    for lang, known in sorted(entity.names.items()):
        for rank, name in enumerate(dict.fromkeys(known)):
            label = term("skos:altLabel") if rank else term("rdfs:label")
            yield Quad(node, label, text(name, lang), graph)
    if not any(entity.names.values()):
        yield Quad(node, term("rdfs:label"), text(entity.name), graph)
    # As they are looked for (kg.graph.queries): found at once, without a look at every name.
    for name in sorted({fold(name) for name in (entity.id, entity.name, *chain(*entity.names.values()))}):
        yield Quad(node, term("skos:hiddenLabel"), text(name), graph)
    if entity.country:
        yield Quad(node, term("kg:countryCode"), text(entity.country), graph)
    if entity.actor_code:
        yield Quad(node, term("kg:actorCode"), text(entity.actor_code), graph)
    if entity.lat is not None and entity.lon is not None:
        yield Quad(node, term("geo:lat"), number(entity.lat), graph)
        yield Quad(node, term("geo:long"), number(entity.lon), graph)
        if entity.precision:
            yield Quad(node, term("kg:placePrecision"), text(entity.precision), graph)
    for same in entity.same_as:
        yield Quad(node, term("owl:sameAs"), _elsewhere(same, names), graph)
    for source in entity.sources:
        yield Quad(node, term("kg:importedFrom"), text(source), graph)
    for role in entity.roles:
        yield from _role(node, role, entity.country, names)


def _role(holder: NamedNode, role: EntityRole, country: str | None, names: Names) -> Iterator[Quad]:
    graph = names.graph("entities")
    key = hashlib.sha256(json.dumps(role.to_json()).encode()).hexdigest()[:8]
    node = NamedNode(f"{holder.value}#role={key}")
    yield Quad(holder, term("kg:position"), node, graph)
    yield Quad(node, term("rdf:type"), term("kg:Position"), graph)
    yield Quad(node, term("schema:roleName"), text(role.title), graph)
    if role.of:
        yield Quad(node, term("kg:of"), names.entity(role.of), graph)
    if code := code_of_office(role, country, load_actors()):
        yield Quad(node, term("kg:actorCode"), text(code), graph)
    if role.since:
        yield Quad(node, term("schema:startDate"), date(role.since), graph)
    if role.until:
        yield Quad(node, term("schema:endDate"), date(role.until), graph)


def heard_quad(id: str, heard: Heard, names: Names) -> Quad:
    """What articles call an entity, and how often: a change of one of them changes these counts alone."""
    words = json.dumps(heard.to_json(), ensure_ascii=False, separators=(",", ":"))
    said = Literal(text(words).value, datatype=term("rdf:JSON"))
    return Quad(names.entity(id), term("kg:heard"), said, names.graph("entities"))


def _elsewhere(same: str, names: Names) -> NamedNode:
    """The IRI of an identifier: an address as it is, a Wikidata id, else an id of our own."""
    if re.match(r"https?://[^\s<>\"{}|\\^`]+\Z", same):
        return NamedNode(same)
    if re.match(r"Q\d+\Z", same):
        return NamedNode(f"http://www.wikidata.org/entity/{same}")
    return names.entity(same)
