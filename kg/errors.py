"""The errors of the project.  No foreign exception leaves the package.

KGError
├── ArticleError    one article could not be read; the run goes on
├── PipelineError   a model, component or ontology is unusable; stop
├── StoreError      the store or the record is locked, damaged or full; stop
└── QueryError      a query is wrong; carries the query and the place in it
"""

from __future__ import annotations


class KGError(Exception):
    """Something went wrong; the message is one plain sentence that says what to do."""


class ArticleError(KGError):
    """One article could not be read; ``source`` says where it came from."""

    def __init__(self, message: str, *, source: str) -> None:
        super().__init__(message)
        self.source = source


class PipelineError(KGError):
    """A model, a component or an ontology file is unusable."""


class StoreError(KGError):
    """The store or the record cannot be opened, read or written."""


class QueryError(KGError):
    """A query is wrong; ``query`` is its text, ``place`` (line, column) where known."""

    def __init__(self, message: str, *, query: str, place: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.query = query
        self.place = place
