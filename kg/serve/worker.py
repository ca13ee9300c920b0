"""The process that asks the store.  It may be killed at any moment: the engine cannot stop a query."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import threading
from collections.abc import Iterable
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from kg.errors import QueryError, StoreError
from kg.graph.sparql import names_dataset, refuse, syntax_error
from kg.graph.store import JOURNAL, NAME, STAMP, Store
from kg.graph.terms import prefixes
from kg.serve.formats import GRAPHS, TABLES
from kg.serve.types import Answer, Limits, Question, sentence

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

#: Bytes a worker may hold, so that one query cannot take all memory of the machine.
MEMORY = 2 << 30
#: How often a question is asked again when a writer tidied away a file that it needed.
ATTEMPTS = 3

#: The state of a store: the place, time and length of its stamp.
Version = tuple[int, int, int]


class Changing(StoreError):
    """The store is being written, so that no state of it can be read as a whole."""


class TooLarge(Exception):
    """The answer is larger than the limit."""


class Reader:
    """The store of a folder as it was after the last finished build."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._store: Store | None = None
        self._version: Version | None = None

    def answer(self, question: Question) -> Answer:
        """The answer, in the format asked for; what goes wrong is an answer too."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._answer(question)
            except QueryError as error:
                return sentence(400, _with_place(error))
            except TooLarge:
                most = f"{self._limits.megabytes:g} MB"
                return sentence(403, f"the answer is larger than {most}: ask for less, or add LIMIT")
            except Changing as error:
                return sentence(503, str(error))
            except RuntimeError as error:  # the query asks for what the engine does not have
                return sentence(400, f"the query cannot be answered: {error}")
            except (StoreError, OSError) as error:
                self._store = self._version = None  # opened anew
                if attempt == ATTEMPTS:
                    return sentence(500, f"the store could not answer: {error}")
        raise AssertionError("the last attempt answers")

    def _answer(self, question: Question) -> Answer:
        refuse(question.query)
        store = self._current()
        graphs: list[NamedNode | BlankNode | DefaultGraph] = [*map(_graph, question.default_graphs)]
        named: list[NamedNode | BlankNode] = [*map(_graph, question.named_graphs)]
        told = bool(graphs or named)
        try:
            found = store._opened.query(
                question.query,
                base_iri=question.base,
                prefixes=prefixes(store.names.base),
                use_default_graph_as_union=not told and not names_dataset(question.query),
                default_graph=graphs if told else None,
                named_graphs=named if told else None,
            )
        except SyntaxError as error:
            raise syntax_error(question.query, str(error)) from error
        return self._written(found, question)

    def _written(self, found: QuerySolutions | QueryBoolean | QueryTriples, question: Question) -> Answer:
        body = _Body(int(self._limits.megabytes * 1e6))
        if isinstance(found, QueryTriples):
            media = question.graph
            if media is None:
                return _in_no_format(GRAPHS)
            found.serialize(body, GRAPHS[media])
        else:
            media = question.table
            if media is None:
                return _in_no_format(TABLES)
            found.serialize(body, TABLES[media])
        return Answer(status=200, media=media, body=body.getvalue())

    def _current(self) -> Store:
        """The store, opened again if a build has finished since; a writer at work does not disturb it."""
        before = self._settled()
        if self._store is not None and before in (None, self._version):
            return self._store
        store = Store(self._folder)
        if before is None or self._settled() != before:
            raise Changing(
                "the graph is being written: ask again in a moment, or run `kg build` again if it was stopped"
            )
        self._store, self._version = store, before
        return store

    def _settled(self) -> Version | None:
        """The version of the store on disk; None while a writer is at work or after one was killed."""
        folder = self._folder / NAME
        try:
            stamp = (folder / STAMP).stat()
        except FileNotFoundError:
            return None
        return None if (folder / JOURNAL).exists() else (stamp.st_ino, stamp.st_mtime_ns, stamp.st_size)


class _Body(io.BytesIO):
    """Bytes up to a limit."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Buffer, /) -> int:
        written = super().write(data)
        if self.tell() > self._most:
            raise TooLarge
        return written


def _in_no_format(known: Iterable[str]) -> Answer:
    return sentence(406, f"this query is answered as {', '.join(known)}: name one of them in Accept")


def _with_place(error: QueryError) -> str:
    if error.place is None or "line" in str(error):
        return str(error)
    return f"line {error.place[0]}, column {error.place[1]}: {error}"


def _graph(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri!r} is no address of a graph: give an absolute IRI", query="") from error


def work(line: Connection, folder: Path, limits: Limits) -> None:
    """Answer the questions that come down the line until it is closed or the server has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    threading.Thread(target=_end_with_server, daemon=True).start()
    _bound_memory()
    reader = Reader(folder, limits)
    line.send(None)
    with contextlib.suppress(EOFError):
        while True:
            line.send(reader.answer(line.recv()))


def _end_with_server() -> None:
    server = parent_process()
    if server is not None:
        server.join()
        os._exit(0)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where a query is bounded by its time alone
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
