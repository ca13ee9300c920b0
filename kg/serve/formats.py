"""Which format an answer is written in: content negotiation (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import QueryResultsFormat, RdfFormat

#: Media types of tables and of yes or no (SELECT, ASK), the preferred one first.
TABLES: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
#: Media types of graphs (CONSTRUCT, DESCRIBE), the preferred one first.
GRAPHS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "text/n3": RdfFormat.N3,
}


def choose(accept: str, offered: Iterable[str]) -> str | None:
    """The media type of ``offered`` that an Accept header likes best; None if it takes none of them.

    Among equals the earlier one of ``offered`` wins.  An empty header takes anything; a part of it that
    cannot be read is passed over.
    """
    wanted = _wishes(accept) if accept.strip() else {"*/*": 1.0}
    best, liking = None, 0.0
    for media in offered:
        quality = _liking(media, wanted)
        if quality > liking:
            best, liking = media, quality
    return best


def _wishes(accept: str) -> dict[str, float]:
    wanted = {}
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            wanted[media] = float(quality)
        except ValueError:
            continue
    return wanted


def _liking(media: str, wanted: Mapping[str, float]) -> float:
    """What the most particular of the wishes that cover ``media`` says."""
    for name in (media, f"{media.partition('/')[0]}/*", "*/*"):
        if name in wanted:
            return wanted[name]
    return 0.0
