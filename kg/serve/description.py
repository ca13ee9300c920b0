"""What the endpoint says of itself (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

from kg.graph.terms import term
from kg.serve.formats import GRAPHS, TABLES

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
#: The names of the formats that W3C lists, by their media types.
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
    "text/n3": "N3",
}


def description(address: str, media: str) -> bytes:
    """The description of the endpoint at ``address`` in the RDF format of ``media``."""
    service, dataset, graph = NamedNode(address), BlankNode("dataset"), BlankNode("graph")
    said: list[tuple[NamedNode | BlankNode, NamedNode, NamedNode | BlankNode | Literal]] = [
        (service, term("rdf:type"), _sd("Service")),
        (service, _sd("endpoint"), service),
        (service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        (service, _sd("feature"), _sd("UnionDefaultGraph")),
        (service, _sd("defaultDataset"), dataset),
        (dataset, term("rdf:type"), _sd("Dataset")),
        (dataset, term("rdfs:label"), Literal("claims, one named graph an article", language="en")),
        (dataset, _sd("defaultGraph"), graph),
        (graph, term("rdf:type"), _sd("Graph")),
    ]
    formats = [NamedNode(FORMATS + _NAMES[media]) for media in (*TABLES, *GRAPHS) if media in _NAMES]
    said += [(service, _sd("resultFormat"), each) for each in formats]
    triples = [Triple(*parts) for parts in said]
    return serialize(triples, format=GRAPHS[media], prefixes={"sd": SD, "formats": FORMATS}) or b""


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)
