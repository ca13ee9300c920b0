"""The store: the graph on disk (Oxigraph), a cache that is rebuilt from the record."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.errors import StoreError
from kg.graph import vocabulary
from kg.graph.derive import Derivation, Gathered, Touched
from kg.graph.engine import load, to_read, to_write, told
from kg.graph.event_rdf import read_events
from kg.graph.grouping import Grouping
from kg.graph.hearing import heard_in
from kg.graph.infer import inferred
from kg.graph.rdf import article_quads
from kg.graph.record import Record
from kg.graph.renew import Linker, counted, decided_anew, described, renew
from kg.graph.results import Results, collect
from kg.graph.sparql import refuse, syntax_error
from kg.graph.terms import BASE, Names, node, prefixes, term, value
from kg.linking.decisions import fingerprint
from kg.linking.entities import Heard
from kg.linking.imported import fingerprint as imported
from kg.linking.standing import Standing
from kg.types import Event, Extraction

NAME, STAMP, JOURNAL = "store", "kg.stamp", "kg.journal"
#: Part of the stamp; raise it when the shape of the graph changes.
FORMAT = 7


class Store:
    """The graph in an output folder, one named graph an article.

    Open it with ``write=True`` to change it: there is one writer, readers may look on.  A stamp says
    which state of the record the store holds, and a journal what a change is about to renew, so that a
    run that was killed is noticed and its work finished by the next.
    """

    def __init__(self, folder: Path | str, *, write: bool = False, base: str = BASE) -> None:
        """Open the store of an output folder.

        Raises StoreError if there is none (when reading), or if it is locked, damaged or full.
        """
        self.path = Path(folder) / NAME
        self.names = Names(base)
        self._write = write
        self._stamp = self.path / STAMP
        self._journal = self.path / JOURNAL
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
        """Whether the store holds the record as it is now, under its decisions, these ontologies and base."""
        return is_current(self.path.parent, record, self.names)

    def sync(self, record: Record, linker: Linker) -> None:
        """Make the store hold the record: only what changed since the last time is written again.

        A store without a valid stamp, or from other ontologies, is rebuilt as a whole.
        """
        stamp, wanted = self._stamped(), _wanted(self.path.parent, record, self.names)
        with told(self.path):
            if stamp.get("schema") != wanted["schema"]:
                counts = self.rebuild(record, linker)
            elif not self.is_current(record):
                known = stamp["change"] if stamp["record"] == wanted["record"] else None
                changed, removed = self._differing(record) if known is None else record.changed(known)
                decided = decided_anew(self._opened, self.names, self._standing(), linker.standing)
                counts = self._renew(record, {*changed, *decided} - {*removed}, removed, linker)
            else:
                return
            grouping = self._grouping().to_json()
            stamp = {**wanted, "standing": linker.standing.to_json(), "grouping": grouping, "counts": counts}
            self._seal(stamp)

    def rebuild(self, extractions: Iterable[Extraction], linker: Linker) -> dict[str, int]:
        """Build the store anew beside the old one, then put it in its place; returns :meth:`counts`."""
        self._writable()
        fresh, old = self.path.with_name(NAME + ".new"), self.path.with_name(NAME + ".old")
        with told(self.path):
            self._stamp.unlink(missing_ok=True)
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)
            store = pyoxigraph.Store(str(fresh))
            gathered = Gathered(store, self.names, self._grouping())
            heard = defaultdict[str, Heard](Heard)
            articles = self._article_quads(extractions, linker, heard)
            load(store, gathered.gather(chain(vocabulary.ontology_quads(self.names), articles)))
            load(store, self._entity_quads(heard, linker))
            derived = dict.fromkeys(gathered.quads())
            load(store, derived)
            store.flush()
            del store
            self._store = None
            os.replace(self.path, old)
            os.replace(fresh, self.path)
            shutil.rmtree(old, ignore_errors=True)
        self._store = self._open()
        return {**counted(derived, self.names), "entities": len(heard)}

    def _renew(
        self, record: Record, changed: Iterable[str], removed: Iterable[str], linker: Linker
    ) -> dict[str, int]:
        """Replace the graphs of articles, then all that depends on what they said and say.

        What that is stands in the journal before anything is changed: after a kill the next run renews it.
        """
        heard = defaultdict[str, Heard](Heard)
        graphs: dict[NamedNode, list[Quad]] = {self.names.article(article): [] for article in removed}
        for article in sorted(changed):
            extraction = record.get(article)
            if extraction is not None:
                graphs[self.names.article(article)] = list(
                    article_quads(extraction, self.names, linker.relinked)
                )
        again, touched = self._journal.exists(), self._noted()
        for graph, quads in graphs.items():
            with told(self.path):
                before = list(self._opened.quads_for_pattern(None, None, None, graph))
            for some, times in ((quads, 1), (before, -1)):
                touched.add(some)
                for entity, said in heard_in(some, self.names).items():
                    heard[entity].add(said, times)
        grouping = self._grouping()
        touched.keys.update(self._regrouped(grouping))
        self._note(touched)
        self.forget_inferred()
        with told(self.path):
            for graph, quads in graphs.items():
                self._opened.remove_graph(graph)
                self._opened.extend(quads)
            more = renew(self._opened, self.names, touched, linker, grouping, None if again else heard)
            self._opened.flush()
            if again:  # a part of it was done already, nobody knows which
                graphs_of = (self.names.graph(name) for name in ("entities", "derived"))
                quads_of = (self._opened.quads_for_pattern(None, None, None, graph) for graph in graphs_of)
                return dict(counted(chain.from_iterable(quads_of), self.names))
        known = self.counts()
        return {name: known.get(name, 0) + n for name, n in more.items()}

    def infer(self) -> int:
        """Add what follows from the plain edges (:mod:`kg.graph.infer`); returns how many edges that are.

        They are gone with the next change of the graph, as with :meth:`forget_inferred`.
        """
        self._writable()
        with told(self.path):
            found = list(inferred(self._opened, self.names))
            self.forget_inferred()
            self._opened.extend(found)
            self._opened.flush()
            self._mark()
        return len(found)

    def forget_inferred(self) -> None:
        """Take out what was inferred."""
        self._writable()
        with told(self.path):
            self._opened.remove_graph(self.names.graph("inferred"))
            self._opened.flush()
            self._mark()

    def _mark(self) -> None:
        """Give the stamp a new time, by which readers that stay open (``kg serve``) notice a change."""
        with contextlib.suppress(FileNotFoundError):  # a store without a stamp is of no use to them
            os.utime(self._stamp)

    # ------------------------------------------------------------------ asking

    def query(self, sparql: str) -> Results:
        """The answer to a SPARQL query over the union of all graphs.

        The prefixes of :func:`kg.graph.terms.prefixes` need no declaration.  Raises QueryError,
        with line and column, for a bad query, an update, or one that asks another server.
        """
        refuse(sparql)
        try:
            with told(self.path):
                return collect(self._ask(sparql))
        except SyntaxError as error:
            raise syntax_error(sparql, str(error)) from error

    def counts(self) -> dict[str, int]:
        """How many entities, events and plain edges there are."""
        return dict(self._stamped().get("counts", {}))

    def digests(self) -> dict[str, str]:
        """Article id to the digest of the line of the record it was made from."""
        held = self._ask(
            "SELECT ?id ?digest { ?a schema:identifier ?id . ?r prov:used ?a ; kg:recordDigest ?digest }"
        )
        return {row["id"]: row["digest"] for row in collect(held).rows}

    def events(self) -> Iterator[Event]:
        """The events, sorted by id."""
        with told(self.path):
            yield from read_events(self._opened, self.names)

    def contradictions(self) -> list[tuple[str, str]]:
        """Pairs of ids of claims of which one says what the other denies, each once, sorted."""
        before = self.names.claim("").value
        with told(self.path):
            quads = self._opened.quads_for_pattern(None, term("kg:contradicts"), None, None)
            pairs = {tuple(sorted((value(quad.subject), value(quad.object)))) for quad in quads}
        return sorted((a.removeprefix(before), b.removeprefix(before)) for a, b in pairs)

    def graphs(self) -> list[NamedNode]:
        """The named graphs, sorted."""
        with told(self.path):
            return sorted((node(graph) for graph in self._opened.named_graphs()), key=str)

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """All quads, or those of one graph."""
        with told(self.path):
            yield from self._opened.quads_for_pattern(None, None, None, graph)

    def nquads(self) -> bytes:
        """The whole store as sorted N-Quads: equal stores give equal bytes."""
        with told(self.path):
            dump = self._opened.dump(format=RdfFormat.N_QUADS) or b""
        return b"".join(sorted(dump.splitlines(keepends=True)))

    # ------------------------------------------------------------------ inside

    @property
    def _opened(self) -> pyoxigraph.Store:
        if self._store is None:
            raise StoreError(f"the store {self.path} is closed: open it again")
        return self._store

    def _open(self) -> pyoxigraph.Store:
        with told(self.path):
            if self._write:
                self.path.mkdir(parents=True, exist_ok=True)
                return to_write(self.path, whole=self._stamp.exists())
            if not self.path.is_dir():
                raise StoreError(f"there is no graph at {self.path}: make one with `kg build SOURCE`")
            return to_read(self.path)

    def _writable(self) -> None:
        if not self._write:
            raise StoreError(f"{self.path} is open for reading only: open it with write=True")

    def _note(self, touched: Touched) -> None:
        """Keep what is about to be renewed."""
        self._writable()
        self._put_in_place(self._journal, touched.to_json())

    def _noted(self) -> Touched:
        """What a run that was killed was about to renew."""
        touched = Touched()
        with contextlib.suppress(FileNotFoundError):
            touched.update(json.loads(self._journal.read_text(encoding="utf-8")))
        return touched

    def _seal(self, stamp: dict[str, Any]) -> None:
        """Say what the store holds now."""
        self._put_in_place(self._stamp, stamp)
        with told(self.path):
            self._journal.unlink(missing_ok=True)

    def _put_in_place(self, file: Path, content: object) -> None:
        with told(self.path):
            temporary = file.with_name(file.name + ".new")
            with temporary.open("w", encoding="utf-8") as written:
                json.dump(content, written)
                written.flush()
                os.fsync(written.fileno())
            os.replace(temporary, file)

    def _article_quads(
        self, extractions: Iterable[Extraction], linker: Linker, heard: defaultdict[str, Heard]
    ) -> Iterator[Quad]:
        """The quads of the articles; ``heard`` takes what they say of entities."""
        for extraction in extractions:
            quads = list(article_quads(extraction, self.names, linker.relinked))
            for entity, said in heard_in(quads, self.names).items():
                heard[entity].add(said)
            yield from quads

    def _entity_quads(self, heard: Mapping[str, Heard], linker: Linker) -> Iterator[Quad]:
        for address in sorted(heard):
            id = unquote(address.removeprefix(self.names.base))
            yield from described(id, linker.listed(id), heard[address], self.names)

    def _grouping(self) -> Grouping:
        """What people decided about claims, as it is now."""
        return Grouping.of(self.path.parent, self.names.base)

    def _regrouped(self, grouping: Grouping) -> set[str]:
        """The keys of claims about which something else was decided when the store was brought up to date."""
        before = Grouping.from_json(self._stamped().get("grouping", ()))
        derivation = Derivation(self._opened, self.names)
        return {key for claim in grouping.unlike(before) if (key := derivation.key(claim))}

    def _differing(self, record: Record) -> tuple[list[str], list[str]]:
        """Articles whose line in the record is not what the store holds, and those it should not hold."""
        held, wanted = self.digests(), record.digests()
        changed = [article for article, digest in wanted.items() if held.get(article) != digest]
        return changed, sorted(held.keys() - wanted.keys())

    def _ask(
        self, sparql: str
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        with told(self.path):
            return self._opened.query(
                sparql, prefixes=prefixes(self.names.base), use_default_graph_as_union=True
            )

    def _standing(self) -> Standing:
        """Which entities stand for which others in the store."""
        return Standing.from_json(self._stamped().get("standing", {}))

    def _stamped(self) -> dict[str, Any]:
        return _stamped(self.path)


def is_current(folder: Path, record: Record, names: Names | None = None) -> bool:
    """Whether the store of an output folder holds the record, told by its stamp without opening it."""
    path = folder / NAME
    stamp = _stamped(path)
    wanted = _wanted(folder, record, names or Names())
    return all(stamp.get(name) == found for name, found in wanted.items()) and not (path / JOURNAL).exists()


def _wanted(folder: Path, record: Record, names: Names) -> dict[str, Any]:
    """The stamp of a store that holds the record: besides it, all that shapes the graph."""
    state = f"{FORMAT} {names.base} {vocabulary.fingerprint()} {imported(folder)}".rstrip()
    schema = hashlib.sha256(state.encode()).hexdigest()[:16]
    name, change = record.version
    return {"schema": schema, "record": name, "change": change, "decisions": fingerprint(folder)}


def _stamped(path: Path) -> dict[str, Any]:
    """What the stamp of a store says; empty if there is none or it cannot be read."""
    try:
        stamp = json.loads((path / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}
