"""The graph of an output folder, as Python sees it; its methods are named like the commands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import cards
from kg.errors import QueryError, StoreError
from kg.graph import listing
from kg.graph.filters import About, between, has_relation, known_status
from kg.graph.record import NAME, Record
from kg.graph.rows import Result, Rows
from kg.types import Entity, EventStatus, Extraction, Link

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

    from kg.explorer.notebook import View
    from kg.graph.remote import Address, Pushed
    from kg.graph.store import Store
    from kg.linking import Linker

PAGE = "explorer.html"
#: Articles up to which the page is written whenever the graph changes.
PAGE_LIMIT = 1_000


def open_graph(output: str | Path = "output") -> Graph:
    """The graph that ``kg build`` wrote to the folder ``output``.

    Raises StoreError if nothing was built there.
    """
    if not (Path(output) / NAME).is_file():
        raise StoreError(f"there is no graph in {output}: build one with `kg build SOURCE --output {output}`")
    return Graph(output)


class Graph:
    """The graph in an output folder.  Nothing is held in memory between two calls but names.

    Listings come from the record, queries and exports from the store, which is brought up to date
    first.  To read articles use :func:`kg.build`.
    """

    def __init__(self, output: str | Path = "output") -> None:
        self.output = Path(output)
        self._known: tuple[object, dict[str, Entity]] = (None, {})

    def __repr__(self) -> str:
        return f"Graph({str(self.output)!r})"

    # Listings

    def articles(self) -> Rows:
        """The articles that were read, without their texts."""
        with Record.open(self.output) as record:
            return Rows(listing.articles(record))

    def claims(
        self,
        *,
        about: str | None = None,
        status: str | None = None,
        relation: str | None = None,
        article: str | None = None,
        since: str | None = None,
        until: str | None = None,
        min_score: float = 0.0,
    ) -> Rows:
        """Who did what to whom, and who says so: one row a claim, with its sentence.

        ``about`` is the id or a name of anyone named in the claim, ``relation`` an id or a label,
        ``since`` and ``until`` are as in :meth:`events`;
        ``min_score`` leaves out claims that are less likely right (0 to 1).
        """
        wanted = known_status(status) if status else None
        with Record.open(self.output) as record:
            entities = self._entities(record)
            rows = listing.claims(self._chosen(record, article), entities)
            about_whom = About(about, entities.values()) if about else None
            kept = (
                row
                for row in rows
                if (about_whom is None or about_whom.claim(row))
                and (wanted is None or row["status"] == wanted)
                and (relation is None or has_relation(row, relation))
                and between(row, since, until)
                and row["score"] >= min_score
            )
            return Rows(kept, listing.flat_claim)

    def entities(self, *, about: str | None = None, article: str | None = None) -> Rows:
        """Who and what is mentioned: one row an entity, the most mentioned first."""
        with Record.open(self.output) as record:
            entities = self._entities(record)
            rows = listing.entities(self._chosen(record, article), entities)
            about_whom = About(about, entities.values()) if about else None
            kept = (row for row in rows if about_whom is None or about_whom.entity(row["id"]))
            return Rows(kept, listing.flat_entity)

    def mentions(self, *, about: str | None = None, article: str | None = None) -> Rows:
        """Where entities are mentioned: one row a mention, with its offsets."""
        with Record.open(self.output) as record:
            entities = self._entities(record)
            rows = listing.mentions(self._chosen(record, article), entities)
            about_whom = About(about, entities.values()) if about else None
            return Rows(row for row in rows if about_whom is None or about_whom.participant(row))

    def quotes(self, *, about: str | None = None, article: str | None = None) -> Rows:
        """Who says what: one row a quotation.  ``about`` is the speaker."""
        with Record.open(self.output) as record:
            entities = self._entities(record)
            rows = listing.quotes(self._chosen(record, article), entities)
            about_whom = About(about, entities.values()) if about else None
            kept = (
                row for row in rows if about_whom is None or any(map(about_whom.participant, row["speaker"]))
            )
            return Rows(kept, listing.flat_quote)

    def events(
        self,
        *,
        about: str | None = None,
        status: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Rows:
        """What happened, told by one or more claims: one row an event, by date.

        ``status`` is that of the event, also ``disputed``.  ``since`` and ``until`` are dates (2023, 2023-07,
        2023-07-25); an event that may have happened in between is listed, one without a date is not.
        """
        wanted = known_status(status, of=EventStatus) if status else None
        with Record.open(self.output) as record, self._store() as store:
            entities = self._entities(record)
            about_whom = About(about, entities.values()) if about else None
            kept = (
                row
                for row in listing.events(store.events(), entities)
                if (about_whom is None or about_whom.event(row))
                and (wanted is None or row["status"] == wanted)
                and between(row, since, until)
            )
            return Rows(kept, listing.flat_event)

    # The store: SPARQL, exports, checks

    def query(
        self,
        sparql: str | None = None,
        *,
        name: str | None = None,
        params: Mapping[str, str] | None = None,
        **more: str,
    ) -> Result:
        """Ask in SPARQL, or by the ``name`` of a saved query: ``query(name="events", country="PRK")``.

        Parameters of a saved query are given by name or in ``params``.  Raises QueryError, with line and
        column where known, and KGError for what is wrong with a parameter.
        """
        from kg.graph.queries import ask

        if (sparql is None) == (name is None):
            raise QueryError("give either the text of a query or the name of a saved one", query=sparql or "")
        given = {**(params or {}), **more}
        if given and name is None:
            raise QueryError(f"{', '.join(given)}: only saved queries have parameters", query=sparql or "")
        with self._store() as store:
            found = store.query(sparql) if sparql is not None else ask(store, str(name), given)
        return Result(found.variables, found.rows)

    def export(self, path: str | Path, *, reify: bool = False) -> Path:
        """Write the graph to ``path``; its suffix says the format (see kg.graph.exports.SUFFIXES).

        ``reify`` adds, in RDF, the triples that claims are about, whatever their status (RDF 1.2).
        """
        from kg.graph.exports import Content, export

        linked = self._linker().relinked
        with Record.open(self.output) as record, self._store() as store:
            entities = self._entities(record)
            content = Content(record=record, store=store, entities=entities, linked=linked)
            export(path, content, reify=reify)
        return Path(path)

    def import_(self, file: str | Path) -> int:
        """Take the articles and decisions of an archive (.kg.zip of ``export``) into this graph.

        Articles that are here already are replaced.  Returns how many there are in the archive.  Raises
        KGError for a file that is no archive, before anything is changed.
        """
        from kg.graph.exports.archive import unpack

        count = unpack(Path(file), self.output)
        self.refresh()
        return count

    def push(self, target: Address, progress: Callable[[int, int], None] | None = None) -> Pushed:
        """Make another store hold this graph: ``push(kg.graph.remote.address("http://localhost:7878"))``."""
        from kg.graph.remote import push

        with self._store() as store:
            return push(store, target, progress)

    def to_rdflib(self) -> rdflib.Dataset:
        """The graph as an rdflib Dataset in memory, whose default graph is the union of all."""
        import rdflib

        with self._store() as store:
            return rdflib.Dataset(default_union=True).parse(data=store.nquads(), format="nquads")

    def infer(self) -> int:
        """Add what follows from the plain edges by the ontology; returns how many edges that are.

        They stand in a graph of their own, ``graph:inferred``, until the graph changes.
        """
        from kg.graph.store import Store

        with self._store():
            pass  # up to date
        with Store(self.output, write=True) as store:
            return store.infer()

    def forget_inferred(self) -> None:
        """Take out what :meth:`infer` added."""
        from kg.graph.store import Store

        with Store(self.output, write=True) as store:
            store.forget_inferred()

    def check(self) -> list[str]:
        """What is wrong with the graph: a sentence a problem, none if all is well."""
        from kg.graph.check import check

        with Record.open(self.output) as record, self._store() as store:
            return check(record, store)

    def remove(self, article: str) -> None:
        """Forget an article: the graph is as if it had never been read; an unknown one is a StoreError."""
        with Record.open(self.output, write=True) as record:
            record.remove(article)
            record.compact()
        self.refresh()

    # Looking at it

    def explore(self) -> Path:
        """Write the explorer page of the graph; returns its path."""
        from kg.explorer import write_page
        from kg.graph.vocabulary import words

        path = self.output / PAGE
        with self._store() as store:
            contradictions = list(store.contradictions())
        write_page(
            path,
            entities=self.entities(),
            claims=self.claims(),
            articles=self.articles(),
            events=self.events(),
            contradictions=contradictions,
            words=words(),
        )
        return path

    def show(
        self,
        *,
        about: str | None = None,
        status: str | Collection[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 50,
    ) -> View:
        """A picture for Jupyter: the ``limit`` most involved names and the claims between them.

        ``about`` keeps what one entity (an id or a name) does and what is done to it, ``status`` one status
        or several; ``since`` and ``until`` are as in :meth:`claims`.
        """
        from kg.explorer import show

        wanted = {known_status(one) for one in ([status] if isinstance(status, str) else status or ())}
        every = [row for row in self.claims() if not wanted or row["status"] in wanted]
        claims = [row for row in every if between(row, since, until)]
        undated = [row for row in every if row["date"] is None] if since or until else []
        ids = None if about is None else {row["id"] for row in self.entities(about=about)}
        return show(self.entities(), claims, about=ids, undated=undated, limit=limit)

    def _repr_html_(self) -> str:
        return cards.counts(f"Graph in {self.output}", self.counts())

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """The entities as nodes and the claims between two of them as edges, with their status."""
        from kg.graph.network import to_networkx

        with Record.open(self.output) as record:
            claims = [claim for extraction in self._chosen(record) for claim in extraction.claims]
            return to_networkx(self._entities(record), claims)

    def to_pandas(self) -> pandas.DataFrame:
        """The claims as a table: names instead of lists, one line a claim."""
        return self.claims().to_pandas()

    def counts(self) -> dict[str, int]:
        """How many articles, mentions, entities, events and plain edges there are, and claims by status."""
        with Record.open(self.output) as record:
            articles, totals = len(record), record.totals()
        mentions = totals.pop("mentions", 0)
        with self._store() as store:
            counted = store.counts()
        claims = {"claims": sum(totals.values()), **totals}
        return {"articles": articles, "mentions": mentions, **claims, **counted}

    def refresh(self) -> None:
        """Bring the store up to date with the record, and with it the explorer page.

        The page of a graph of more than PAGE_LIMIT articles takes long: it is left as it is.
        """
        with self._store(), Record.open(self.output) as record:
            if len(record) <= PAGE_LIMIT:
                self.explore()

    @contextmanager
    def _store(self) -> Iterator[Store]:
        """The store, open for reading, after it was brought up to date with the record."""
        from kg.graph.store import Store

        with Record.open(self.output) as record:
            if not self._is_current(record):
                with Store(self.output, write=True) as store:
                    store.sync(record, self._linker())
        with Store(self.output) as store:
            yield store

    def _is_current(self, record: Record) -> bool:
        from kg.graph.store import NAME as STORE
        from kg.graph.store import Store

        if not (self.output / STORE).is_dir():
            return False
        with Store(self.output) as store:
            return store.is_current(record)

    def _linker(self) -> Linker:
        """Who stands for whom, with the decisions as they are now."""
        from kg.linking import Linker, load_actors

        return Linker.of(self.output, load_actors())

    def _entities(self, record: Record) -> dict[str, Entity]:
        """Whom the mentions of the record refer to, merged across articles."""
        linker = self._linker()
        state = (record.version, tuple(linker.standing.items()))
        if self._known[0] != state:
            self._known = (state, linker.resolve(record))
        return self._known[1]

    def _chosen(self, record: Record, article: str | None = None) -> Iterator[Extraction]:
        """The extractions of the record, or that of one article, linked as people decided."""
        return map(self._linker().relinked, _chosen(record, article))

    # Decisions

    def decisions(self) -> Rows:
        """What people decided about entities: one row a pair."""
        from kg.linking.decisions import read

        return Rows(link.to_json() for link in read(self.output))

    def link(self, left: str, right: str, judgement: str, *, by: str = "") -> None:
        """Decide that two entities (ids) are ``same``, ``different`` or ``unsure``; ``withdrawn`` undoes it.

        The graph follows at once; withdrawing leaves it as it was.  Raises KGError for a decision that
        contradicts another.
        """
        from kg.linking.decisions import decide

        at = datetime.now(UTC).isoformat(timespec="seconds")
        with Record.open(self.output, write=True):
            decide(self.output, Link(left=left, right=right, judgement=judgement, by=by, at=at))  # type: ignore[arg-type]
        self.refresh()


def _chosen(record: Record, article: str | None) -> Iterator[Any]:
    """The extractions of the record, or that of one article; an unknown one is a StoreError."""
    if article is None:
        yield from record
        return
    extraction = record.get(article)
    if extraction is None:
        raise StoreError(f"there is no article {article!r}: `kg mentions` shows the ids of articles")
    yield extraction
