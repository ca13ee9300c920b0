"""What follows from the plain edges by the ontology (OWL 2 RL), in a graph of its own.

Only plain edges are reasoned from, never claims: what is denied or alleged gives rise to nothing.  The axioms
are those that ``kg.ttl`` and ``relations.ttl`` state of relations: ``owl:inverseOf``, ``rdfs:subPropertyOf``,
``owl:TransitiveProperty``, ``owl:SymmetricProperty``.  Profile: https://www.w3.org/TR/owl2-profiles/#OWL_2_RL
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kg.errors import PipelineError
from kg.graph.terms import Names, node, term

if TYPE_CHECKING:
    import rdflib

_AXIOMS = ("owl:inverseOf", "rdfs:subPropertyOf")
_TRAITS = ("owl:TransitiveProperty", "owl:SymmetricProperty")


def inferred(store: pyoxigraph.Store, names: Names) -> Iterator[Quad]:
    """The edges that follow and that no claim states, for the graph ``inferred``, sorted.

    Raises PipelineError if the reasoner is not installed.
    """
    relations = {
        node(quad.subject)
        for quad in store.quads_for_pattern(
            None, term("rdf:type"), term("kg:Relation"), names.graph("ontology")
        )
    }
    edges = {
        (node(quad.subject), relation, node(quad.object))
        for relation in relations
        for quad in store.quads_for_pattern(None, relation, None, names.graph("derived"))
    }
    found = _reason({*edges, *_axioms(store, names, relations)})
    for subject, relation, other in sorted(found - edges, key=str):
        if relation in relations and subject != other:
            yield Quad(subject, relation, other, names.graph("inferred"))


def _axioms(
    store: pyoxigraph.Store, names: Names, relations: set[NamedNode]
) -> Iterator[tuple[NamedNode, NamedNode, NamedNode]]:
    """What the ontology says of relations."""
    graph = names.graph("ontology")
    for predicate in map(term, _AXIOMS):
        for quad in store.quads_for_pattern(None, predicate, None, graph):
            if quad.subject in relations and quad.object in relations:
                yield node(quad.subject), predicate, node(quad.object)
    for trait in map(term, _TRAITS):
        for quad in store.quads_for_pattern(None, term("rdf:type"), trait, graph):
            if quad.subject in relations:
                yield node(quad.subject), term("rdf:type"), trait


def _reason(
    triples: set[tuple[NamedNode, NamedNode, NamedNode]],
) -> set[tuple[NamedNode, NamedNode, NamedNode]]:
    try:
        import rdflib
        import reasonable  # type: ignore[import-untyped]
    except ImportError as error:
        raise PipelineError(
            "inference needs reasonable: install it with `pip install kg-builder[infer]`"
        ) from error
    graph = rdflib.Graph()
    for triple in triples:
        graph.add(tuple(rdflib.URIRef(part.value) for part in triple))  # type: ignore[arg-type]
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graph)
    return {_named(triple) for triple in reasoner.reason() if _is_named(triple)}


def _is_named(triple: tuple[rdflib.term.Node, ...]) -> bool:
    import rdflib

    return all(isinstance(part, rdflib.URIRef) for part in triple)


def _named(triple: tuple[rdflib.term.Node, ...]) -> tuple[NamedNode, NamedNode, NamedNode]:
    subject, predicate, other = (NamedNode(str(part)) for part in triple)
    return subject, predicate, other
