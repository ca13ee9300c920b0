"""The store: the graph on disk (Oxigraph), a cache that is rebuilt from the record."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import textwrap
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.errors import PipelineError, QueryError, StoreError
from kg.graph import vocabulary
from kg.graph.entity_rdf import entity_quads
from kg.graph.rdf import article_quads
from kg.graph.record import Record
from kg.graph.results import Results, collect
from kg.graph.sparql import refuse
from kg.graph.terms import BASE, Names, prefixes
from kg.types import Entity, Extraction

NAME = "store"
#: Part of the stamp; raise it when the shape of the graph changes.
FORMAT = 1

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)

#: How often, and with which pause in seconds, a reader tries to open the store beside a writer.
READ_ATTEMPTS, READ_PAUSE = 10, 0.05


class Store:
    """The graph in an output folder, one named graph an article.

    Open it with ``write=True`` to change it: there is one writer, readers may look on.  Every
    change takes away the stamp that says what the store was built from, and only :meth:`sync`
    puts it back at its end, so that a run that was killed is noticed and repaired by the next.
    """

    def __init__(self, folder: Path | str, *, write: bool = False, base: str = BASE) -> None:
        """Open the store of an output folder.

        Raises StoreError if there is none (when reading), or if it is locked, damaged or full.
        """
        self.path = Path(folder) / NAME
        self.names = Names(base)
        self._write = write
        self._stamp = self.path / "kg.stamp"
        self._store: pyoxigraph.Store | None = self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the next writer in."""
        self._store = None

    # ------------------------------------------------------------------ building

    def is_current(self, record: Record) -> bool:
        """Whether the store holds the record as it is now, under these ontologies and this base."""
        return self._stamped() == {"schema": self._schema(), "record": record.digest}

    def sync(self, record: Record, entities: Mapping[str, Entity]) -> None:
        """Make the store hold the record: only articles that changed are written again.

        A store without a valid stamp, or from other ontologies, is rebuilt as a whole.
        """
        if self._stamped().get("schema") != self._schema():
            self.rebuild(record, entities)
        else:
            self._sync_articles(record)
            self.update_entities(entities)
            self.derive()
        stamp = {"schema": self._schema(), "record": record.digest}
        with _told(self.path):
            temporary = self.path / "kg.stamp.new"
            temporary.write_text(json.dumps(stamp), encoding="utf-8")
            os.replace(temporary, self._stamp)

    def rebuild(self, extractions: Iterable[Extraction], entities: Mapping[str, Entity]) -> None:
        """Build the store anew beside the old one, then put it in its place."""
        self._change()
        fresh, old = self.path.with_name(NAME + ".new"), self.path.with_name(NAME + ".old")
        with _told(self.path):
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
            store = pyoxigraph.Store(str(fresh))
            store.bulk_extend(self._all_quads(extractions, entities))
            store.flush()
            del store
            self._store = None
            os.replace(self.path, old)
            os.replace(fresh, self.path)
            shutil.rmtree(old, ignore_errors=True)
        self._store = self._open()
        self.derive()

    def replace(self, extraction: Extraction) -> None:
        """Put in the graph of an article, in the place of what was there."""
        graph = self.names.article(extraction.article.id)
        self._replace_graph(graph, article_quads(extraction, self.names))

    def remove(self, article_id: str) -> None:
        """Take out the graph of an article; nothing happens if there is none."""
        with _told(self.path):
            self._change().remove_graph(self.names.article(article_id))

    def update_entities(self, entities: Mapping[str, Entity]) -> None:
        """Describe these entities and no others."""
        self._replace_graph(self.names.graph("entities"), self._entity_quads(entities))

    def derive(self) -> None:
        """Make the plain edges anew from the rules in ``ontologies/rules``."""
        graph = self.names.graph("derived")
        quads: set[Quad] = set()
        for rule in vocabulary.rules():
            try:
                answer = self._ask(vocabulary.read(rule))
            except SyntaxError as error:
                raise PipelineError(f"the rule {rule} is not valid SPARQL: {error}") from error
            if not isinstance(answer, pyoxigraph.QueryTriples):
                raise PipelineError(f"the rule {rule} is no CONSTRUCT query: write it as one")
            quads.update(Quad(t.subject, t.predicate, t.object, graph) for t in answer)
        self._replace_graph(graph, quads)

    # ------------------------------------------------------------------ asking

    def query(self, sparql: str) -> Results:
        """The answer to a SPARQL query over the union of all graphs.

        The prefixes of :func:`kg.graph.terms.prefixes` need no declaration.  Raises QueryError,
        with line and column, for a bad query, an update, or one that asks another server.
        """
        refuse(sparql)
        try:
            with _told(self.path):
                return collect(self._ask(sparql))
        except SyntaxError as error:
            message, place = _bad_query(str(error))
            raise QueryError(message, query=sparql, place=place) from error

    def digests(self) -> dict[str, str]:
        """Article id to the digest of the line of the record it was made from."""
        held = self._ask(
            "SELECT ?id ?digest { ?a schema:identifier ?id . ?r prov:used ?a ; kg:recordDigest ?digest }"
        )
        return {row["id"]: row["digest"] for row in collect(held).rows}

    def quads(self) -> Iterator[Quad]:
        """All quads."""
        with _told(self.path):
            yield from self._opened.quads_for_pattern(None, None, None, None)

    def nquads(self) -> bytes:
        """The whole store as sorted N-Quads: equal stores give equal bytes."""
        with _told(self.path):
            dump = self._opened.dump(format=RdfFormat.N_QUADS) or b""
        return b"".join(sorted(dump.splitlines(keepends=True)))

    # ------------------------------------------------------------------ inside

    @property
    def _opened(self) -> pyoxigraph.Store:
        if self._store is None:
            raise StoreError(f"the store {self.path} is closed: open it again")
        return self._store

    def _open(self) -> pyoxigraph.Store:
        with _told(self.path):
            if self._write:
                self.path.mkdir(parents=True, exist_ok=True)
                return pyoxigraph.Store(str(self.path))
            if not self.path.is_dir():
                raise StoreError(f"there is no graph at {self.path}: make one with `kg build SOURCE`")
            return _read_only(self.path)

    def _change(self) -> pyoxigraph.Store:
        """The store, about to be changed: it is no longer what its stamp says."""
        if not self._write:
            raise StoreError(f"{self.path} is open for reading only: open it with write=True")
        with _told(self.path):
            self._stamp.unlink(missing_ok=True)
        return self._opened

    def _replace_graph(self, graph: NamedNode, quads: Iterable[Quad]) -> None:
        store = self._change()
        with _told(self.path):
            store.remove_graph(graph)
            store.extend(quads)

    def _all_quads(self, extractions: Iterable[Extraction], entities: Mapping[str, Entity]) -> Iterator[Quad]:
        articles = (article_quads(extraction, self.names) for extraction in extractions)
        return chain(
            vocabulary.ontology_quads(self.names), self._entity_quads(entities), chain.from_iterable(articles)
        )

    def _entity_quads(self, entities: Mapping[str, Entity]) -> Iterator[Quad]:
        return entity_quads((entities[key] for key in sorted(entities)), self.names)

    def _sync_articles(self, record: Record) -> None:
        """Replace and remove the articles whose line in the record is not what the store holds."""
        held, wanted = self.digests(), record.digests()
        for article_id in sorted(held.keys() - wanted.keys()):
            self.remove(article_id)
        for article_id, digest in wanted.items():
            extraction = record.get(article_id) if held.get(article_id) != digest else None
            if extraction is not None:
                self.replace(extraction)

    def _ask(
        self, sparql: str
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        with _told(self.path):
            return self._opened.query(
                sparql, prefixes=prefixes(self.names.base), use_default_graph_as_union=True
            )

    def _schema(self) -> str:
        """A hash of what shapes the graph besides the record."""
        state = f"{FORMAT} {self.names.base} {vocabulary.fingerprint()}"
        return hashlib.sha256(state.encode()).hexdigest()[:16]

    def _stamped(self) -> dict[str, str]:
        """What the stamp says; empty if there is none or it cannot be read."""
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell errors of the disk and of the store in one sentence."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # Oxigraph raises RuntimeError for damaged files
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> StoreError:
    reason = str(error)
    if "lock" in reason.lower():
        return StoreError(f"another run is using {path}: wait until it has ended")
    if "No space" in reason:
        return StoreError(f"the disk with {path} is full: free some space and run `kg build` again")
    if isinstance(error, PermissionError) or "Permission denied" in reason or "Read-only" in reason:
        return StoreError(f"{path} cannot be written: choose another folder with --output")
    return StoreError(f"{path} is damaged ({reason}): delete it, then `kg build` rebuilds it from the record")


def _read_only(path: Path) -> pyoxigraph.Store:
    """Open beside a writer, which may tidy a file away between its being listed and its being opened."""
    for _ in range(READ_ATTEMPTS - 1):
        try:
            return pyoxigraph.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            if "No such file" not in str(error):
                raise
            time.sleep(READ_PAUSE)
    return pyoxigraph.Store.read_only(str(path))


def _bad_query(reason: str) -> tuple[str, tuple[int, int] | None]:
    """A sentence for what the parser said, and the place."""
    found = _PLACE.search(reason)
    if found is None:
        return f"the query is not valid SPARQL: {reason}", None
    # The parser lists every token it could have taken; its first words tell enough.
    problem = textwrap.shorten(found[3], 80, placeholder=" …")
    line, column = int(found[1]), int(found[2])
    return f"the query is not valid SPARQL at line {line}, column {column}: {problem}", (line, column)
