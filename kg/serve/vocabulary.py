"""What the query page completes: our prefixes, and the properties and classes that the graph uses."""

from __future__ import annotations

import json
from typing import Any

from kg.graph.terms import prefixes
from kg.serve.types import Question

#: Every article has the same kinds of things to say, so a few articles tell them all; a scan of the whole
#: graph would take as long as the graph is large.
ARTICLES, TRIPLES = 50, 50_000

_SAMPLE = f"""
  {{ {{ SELECT ?g {{ ?g a schema:NewsArticle }} LIMIT {ARTICLES} }} GRAPH ?g {{ ?s ?p ?o }} }}
  UNION {{ SELECT ?s ?p ?o {{ GRAPH graph:entities {{ ?s ?p ?o }} }} LIMIT {TRIPLES} }}
  UNION {{ SELECT ?s ?p ?o {{ GRAPH graph:derived {{ ?s ?p ?o }} }} LIMIT {TRIPLES} }}
  UNION {{ GRAPH graph:ontology {{ ?s ?p ?o }} }}
"""
#: Asks for ``term`` (an IRI), ``kind`` (``property`` or ``class``) and ``label``, if it has an English one.
VOCABULARY = Question(
    query=f"""
SELECT ?term ?kind (SAMPLE(?name) AS ?label) {{
  {{ SELECT DISTINCT ?term ("property" AS ?kind) {{
    {{ SELECT (?p AS ?term) {{ {_SAMPLE} }} }}
    UNION {{ GRAPH graph:ontology {{ ?term a ?sort }} VALUES ?sort {{ rdf:Property kg:Relation
             owl:ObjectProperty owl:DatatypeProperty }} }}
  }} }}
  UNION
  {{ SELECT DISTINCT ?term ("class" AS ?kind) {{
    {{ SELECT (?o AS ?term) {{ {_SAMPLE} FILTER(?p = rdf:type) }} }}
    UNION {{ GRAPH graph:ontology {{ ?term a ?sort }} VALUES ?sort {{ rdfs:Class owl:Class }} }}
  }} }}
  OPTIONAL {{ ?term rdfs:label ?name FILTER(LANG(?name) = "en") }}
}} GROUP BY ?term ?kind ORDER BY ?kind ?term
"""
)


def vocabulary(answer: bytes) -> dict[str, Any]:
    """The answer to :data:`VOCABULARY` (JSON results), with the prefixes, those of the longest IRIs first."""
    rows = [
        {name: cell["value"] for name, cell in row.items()}
        for row in json.loads(answer)["results"]["bindings"]
    ]
    longest_first = sorted(prefixes().items(), key=lambda item: -len(item[1]))
    return {"prefixes": dict(longest_first), "terms": rows}
