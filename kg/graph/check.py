"""Is the graph sound?  The promises that can be tested on what was built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from kg import ontologies
from kg.errors import PipelineError
from kg.graph.queries import load
from kg.graph.rdf import article_quads
from kg.graph.record import encode, line_digest
from kg.graph.store import Store
from kg.graph.terms import XSD
from kg.types import Evidence, Extraction, Mention

if TYPE_CHECKING:
    import rdflib

#: Articles validated at a time: pyshacl has a fixed cost a call, and rdflib holds them in memory.
_BATCH = 50

_DOUBLES = """
SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }
GROUP BY ?s ?p ?o HAVING (COUNT(?g) > 1) ORDER BY ?s ?p ?o
"""


def check(extractions: Iterable[Extraction], store: Store) -> list[str]:
    """One sentence for each problem; empty if all is well.

    Looks at every quote (promise 1), at the plain edges (promise 2), at claims and triples that
    stand twice, at whether the store holds the same articles, and at ``shapes.ttl`` (SHACL).
    """
    problems: list[str] = []
    claims: Counter[str] = Counter()
    digests: dict[str, str] = {}
    remaining = iter(extractions)
    while batch := list(islice(remaining, _BATCH)):
        for extraction in batch:
            problems += _quotes(extraction)
            claims.update(claim.id for claim in extraction.claims)
            digests[extraction.article.id] = line_digest(encode(extraction))
        problems += _shapes(batch, store)
    problems += [f"claim {claim} stands {count} times" for claim, count in claims.items() if count > 1]
    return [*problems, *_articles(digests, store), *_edges(store), *_doubles(store)]


def _quotes(extraction: Extraction) -> Iterator[str]:
    """Evidence whose words are not what the article says at that place."""
    article = extraction.article
    for what, evidence in _evidence(extraction):
        place = f"{evidence.article_id}, {evidence.start}-{evidence.end}"
        if evidence.article_id != article.id:
            yield f"{what} ({place}) is recorded under another article, {article.id}"
        elif not evidence.quote or article.text[evidence.start : evidence.end] != evidence.quote:
            yield f"{what} ({place}) quotes {evidence.quote!r}, which does not stand there"


def _evidence(extraction: Extraction) -> Iterator[tuple[str, Evidence]]:
    """Every stretch of text that the extraction points to, with a name for it."""
    for mention in extraction.mentions:
        yield "a mention", mention.evidence
    for claim in extraction.claims:
        yield f"the sentence of claim {claim.id}", claim.evidence
        for evidence in claim.more_evidence:
            yield f"a further sentence of claim {claim.id}", evidence
        yield f"the trigger of claim {claim.id}", claim.trigger
        others: list[Mention] = [role.mention for role in claim.roles]
        others += [*claim.attributed_to, *([claim.place] if claim.place else [])]
        for mention in others:
            yield f"a participant of claim {claim.id}", mention.evidence
    for quote in extraction.quotes:
        yield "a quotation", quote.content
        if quote.cue:
            yield "the cue of a quotation", quote.cue
        for mention in quote.speaker:
            yield "the speaker of a quotation", mention.evidence


def _articles(digests: dict[str, str], store: Store) -> Iterator[str]:
    """Articles that the store lacks, holds differently, or should not hold."""
    held = store.digests()
    for article in sorted(digests.keys() | held.keys()):
        if digests.get(article) != held.get(article):
            yield f"the store is not up to date with article {article}: run `kg build` again"


def _edges(store: Store) -> Iterator[str]:
    """Plain edges, and events told as facts, that no claim supports."""
    for row in store.query(load("unsupported-edges")).rows:
        yield f"no affirmed actual claim supports {row['actor']} {row['relation']} {row['recipient']}"
    for row in store.query(load("unsupported-events")).rows:
        yield f"no claim of {row['event']} bears out that it is {row['status']}"


def _doubles(store: Store) -> Iterator[str]:
    """Triples that stand in two graphs and would be counted twice."""
    for row in store.query(_DOUBLES).rows:
        yield f"this triple stands in two graphs: {row['s']} {row['p']} {row['o']}"


def _shapes(extractions: list[Extraction], store: Store) -> Iterator[str]:
    """What breaks the shapes in the graphs of these articles."""
    try:
        import pyshacl
        import rdflib
    except ImportError as error:
        raise PipelineError(
            "checking needs pyshacl: install it with `pip install kg-builder[check]`"
        ) from error
    data = rdflib.Graph()
    for extraction in extractions:
        for quad in article_quads(extraction, store.names):
            data.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    try:
        shapes = rdflib.Graph().parse(ontologies.path("shapes.ttl"))
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    except Exception as error:  # pyshacl and rdflib raise errors of many unrelated classes
        raise PipelineError(f"ontologies/shapes.ttl cannot be used: {error}") from error
    sh = rdflib.SH
    if isinstance(report, rdflib.Graph):
        found = {
            (str(report.value(result, sh.focusNode)), str(report.value(result, sh.resultMessage)))
            for result in report.subjects(rdflib.RDF.type, sh.ValidationResult)
        }
        yield from (f"{node}: {message}" for node, message in sorted(found))


def _term(term: object) -> rdflib.term.Node:
    """An rdflib term for one of pyoxigraph."""
    import pyoxigraph
    import rdflib

    if isinstance(term, pyoxigraph.Literal):
        plain = term.language or term.datatype.value == f"{XSD}string"  # untyped, as in the shapes
        datatype = None if plain else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype)
    return rdflib.URIRef(term.value)  # type: ignore[attr-defined]
