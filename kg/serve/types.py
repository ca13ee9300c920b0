"""What goes to a worker and what comes back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Question:
    """A query and how to answer it.

    ``base`` is what relative IRIs in it are relative to.  The graphs to ask are IRIs; with none of them
    given, all are asked.  ``table`` and ``graph`` are the media types of the two kinds of answers.
    """

    query: str
    base: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    table: str | None = "application/sparql-results+json"
    graph: str | None = "text/turtle"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What goes back: an HTTP status, a media type and the bytes; what went wrong is a sentence of text."""

    status: int
    media: str
    body: bytes


def sentence(status: int, text: str) -> Answer:
    """An answer that says what went wrong."""
    return Answer(status=status, media="text/plain", body=f"{text}\n".encode("utf-8", "replace"))


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a query may take: ``seconds`` of time, and ``megabytes`` (of 10^6 bytes) of answer."""

    seconds: float = 30.0
    megabytes: float = 50.0
