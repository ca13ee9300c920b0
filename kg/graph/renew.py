"""Renew what depends on articles that changed: their entities, their events, their plain edges."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph.derive import Derivation, Touched
from kg.graph.entity_rdf import entity_quads, heard_quad
from kg.graph.grouping import Grouping
from kg.graph.terms import Names, node, term, value
from kg.linking.entities import Heard, describe
from kg.linking.standing import Standing
from kg.types import Entity, Extraction, Split

_KEY, _HEARD = term("kg:sameEventKey"), term("kg:heard")


class Linker(Protocol):
    """Says whom the mentions stand for; :class:`kg.linking.Linker` is one."""

    @property
    def standing(self) -> Standing: ...

    def relinked(self, extraction: Extraction) -> Extraction: ...

    def entity(self, article: str, ref: str) -> str: ...

    def listed(self, id: str) -> Entity | None: ...


def renew(
    store: Store,
    names: Names,
    touched: Touched,
    linker: Linker,
    grouping: Grouping,
    more_heard: Mapping[str, Heard] | None,
) -> Counter[str]:
    """Make anew what was touched; the graphs of the articles are as they should be already.

    ``more_heard`` is what they say of entities beyond what they said before; None if nobody knows, then what
    all articles say is read again.  Returns by how much the counts of :func:`counted` changed.
    """
    derivation, more = Derivation(store, names, grouping), Counter[str]()
    touched.keys.update(_joined(derivation, touched.keys))
    for address in sorted(touched.entities):
        entity = NamedNode(address)
        gone = dict.fromkeys(_described(store, names, entity))
        heard = None if more_heard is None else _heard_before(gone)
        if heard is not None and more_heard is not None:
            heard.add(more_heard.get(address, Heard()))
        now = dict.fromkeys(_description(derivation, entity, linker, heard))
        _swap(store, gone, now, names, more)
    gone = dict.fromkeys(_derived(store, names, touched))
    _swap(store, gone, dict.fromkeys(_derive(derivation, touched)), names, more)
    return more


def decided_anew(store: Store, names: Names, before: Standing, now: Standing) -> set[str]:
    """The articles whose mentions may stand for others now than when the store was brought up to date."""
    held = _unlike(before.everywhere, now.everywhere)
    stood = {before.everywhere.get(id, id) for id in held}
    held |= {split.into for split, entity in _splits(before) if entity in stood}  # a split hid whom it was
    articles = _unlike(before.within, now.within)
    for split, entity in {*_splits(before)} ^ {*_splits(now)}:
        articles.update(split.articles)
        if split.names:
            held |= {entity, split.into}
    return articles | _mentioning(store, names, held | {before.everywhere.get(id, id) for id in held})


def _splits(standing: Standing) -> list[tuple[Split, str]]:
    """The splits, each with the entity that it takes apart."""
    return [(split, standing.everywhere.get(split.entity, split.entity)) for split in standing.splits]


def _unlike(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """The keys that have another value, or none, in one of both."""
    return {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}


def _mentioning(store: Store, names: Names, entities: Iterable[str]) -> set[str]:
    """The articles that mention one of the entities, as the store has it."""
    graphs = {
        node(quad.graph_name)
        for entity in entities
        for quad in store.quads_for_pattern(None, term("oa:hasBody"), names.entity(entity), None)
    }
    return {
        value(quad.object)
        for graph in graphs
        for quad in store.quads_for_pattern(graph, term("schema:identifier"), None, graph)
    }


def counted(quads: Iterable[Quad], names: Names) -> Counter[str]:
    """How many entities, events and plain edges the quads of ``entities`` and ``derived`` tell of."""
    derived, kinds = names.graph("derived"), {term("kg:Entity"): "entities", term("sem:Event"): "events"}
    others = tuple(f"{names.base}{kind}/" for kind in ("occurrence", "claim", "article"))
    found: Counter[str] = Counter(entities=0, events=0, edges=0)
    for quad in quads:
        if quad.predicate == term("rdf:type"):
            kind = kinds.get(node(quad.object))
            if kind:
                found[kind] += 1
        elif quad.graph_name == derived and not node(quad.subject).value.startswith(others):
            found["edges"] += 1
    return found


def _described(store: Store, names: Names, entity: NamedNode) -> Iterator[Quad]:
    """What is said of an entity now."""
    graph = names.graph("entities")
    for quad in store.quads_for_pattern(entity, None, None, graph):
        yield quad
        if quad.predicate == term("kg:position"):
            yield from store.quads_for_pattern(node(quad.object), None, None, graph)


def _heard_before(described: Iterable[Quad]) -> Heard | None:
    """What was heard of an entity until now, if that is known."""
    for quad in described:
        if quad.predicate == _HEARD:
            return Heard.from_json(json.loads(value(quad.object)))
    return None


def _description(
    derivation: Derivation, entity: NamedNode, linker: Linker, heard: Heard | None
) -> Iterator[Quad]:
    """What is to be said of it: nothing, if no article mentions it any more."""
    if derivation.is_mentioned(entity):
        id = unquote(entity.value.removeprefix(derivation.names.base))
        listed = linker.listed(id)
        yield from described(
            id, listed, None if listed else heard or derivation.heard(entity), derivation.names
        )


def described(id: str, listed: Entity | None, heard: Heard | None, names: Names) -> Iterator[Quad]:
    """An entity as the list has it, else as what was heard of it says, with which it is kept."""
    if listed is not None:
        yield from entity_quads([listed], names)
    elif heard is not None:
        yield from entity_quads([describe(id, heard)], names)
        yield heard_quad(id, heard, names)


def _joined(derivation: Derivation, keys: Iterable[str]) -> set[str]:
    """The keys, and those whose claims are, or are to be, in one event with claims of theirs."""
    found, waiting = set[str](), list(keys)
    graph = derivation.graph
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found.add(key)
        waiting += derivation.beside(key)
        for event in derivation.store.quads_for_pattern(None, _KEY, Literal(key), graph):
            of_event = derivation.store.quads_for_pattern(event.subject, _KEY, None, graph)
            waiting += [value(quad.object) for quad in of_event]
    return found


def _derived(store: Store, names: Names, touched: Touched) -> Iterator[Quad]:
    """What was derived from what is touched."""
    graph = names.graph("derived")
    for predicate, ends in (("kg:sameText", touched.articles), ("kg:contradicts", touched.claims)):
        for end in map(NamedNode, ends):
            yield from store.quads_for_pattern(end, term(predicate), None, graph)
            yield from store.quads_for_pattern(None, term(predicate), end, graph)
    for key in touched.keys:
        for event in store.quads_for_pattern(None, _KEY, Literal(key), graph):
            yield from store.quads_for_pattern(event.subject, None, None, graph)
    for edge in touched.edges:
        who, does, whom = (NamedNode(part) for part in edge)
        yield from store.quads_for_pattern(who, does, whom, graph)
        yield from store.quads_for_pattern(whom, does, who, graph)


def _derive(derivation: Derivation, touched: Touched) -> Iterator[Quad]:
    """What is derived from it now."""
    for edge in sorted(touched.edges):
        yield from derivation.edges_between(*edge)
    for keys in derivation.together(touched.keys):
        yield from derivation.of_keys(keys)
    for article in sorted(touched.articles):
        yield from derivation.of_article(NamedNode(article))


def _swap(
    store: Store, before: Mapping[Quad, None], after: Mapping[Quad, None], names: Names, more: Counter[str]
) -> None:
    """Take out the quads that are gone and put in the new ones; those in both stay."""
    for quad in before:
        if quad not in after:
            store.remove(quad)
    store.extend([quad for quad in after if quad not in before])
    more.update(counted(after, names))
    more.subtract(counted(before, names))
