"""The graph of an output folder, as Python sees it; its methods are named like the commands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
        self._linked: tuple[object, Linker] | None = None
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

        with Record.open(self.output) as record, self._store() as store:
            entities, linked = self._entities(record), self._linker(record).relinked
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
                    store.sync(record, self._linker(record))
        with Store(self.output) as store:
            yield store

    def _is_current(self, record: Record) -> bool:
        from kg.graph.store import NAME as STORE
        from kg.graph.store import Store

        if not (self.output / STORE).is_dir():
            return False
        with Store(self.output) as store:
            return store.is_current(record)

    def _linker(self, record: Record) -> Linker:
        """Who stands for whom, with the record and the decisions as they are now."""
        from kg.linking import Linker, load_actors
        from kg.linking.decisions import fingerprint

        state = (record.version, fingerprint(self.output))
        if self._linked is None or self._linked[0] != state:
            self._linked = (state, Linker.of(self.output, load_actors(), record))
        return self._linked[1]

    def _entities(self, record: Record) -> dict[str, Entity]:
        """Whom the mentions of the record refer to, merged across articles."""
        linker = self._linker(record)
        if self._known[0] is not linker:
            self._known = (linker, linker.resolve(record))
        return self._known[1]

    def _chosen(self, record: Record, article: str | None = None) -> Iterator[Extraction]:
        """The extractions of the record, or that of one article, linked as people decided."""
        return map(self._linker(record).relinked, _chosen(record, article))

    # Decisions

    def decisions(self) -> Rows:
        """What people decided about entities: one row a decision."""
        from kg.linking.decisions import read

        return Rows(decision.to_json() for decision in read(self.output))

    def doubtful(self, limit: int | None = None) -> Rows:
        """Pairs of entities that may be one, the likeliest first, with score, reason and sentences."""
        from kg.graph import deciding
        from kg.linking.decisions import pair, read
        from kg.linking.doubtful import doubtful

        with Record.open(self.output) as record:
            entities, linker = self._entities(record), self._linker(record)
            decided = {frozenset(pair(decision)) for decision in read(self.output)}
            listed = {id for id in entities if linker.listed(id)}
            pairs = doubtful(self._chosen(record), entities, decided, listed)[:limit]
            return Rows(deciding.rows(pairs, self._chosen(record), entities))

    def why(self, entity: str) -> list[str]:
        """Why names are one entity, in lines of plain words: its mentions, links and decisions."""
        from kg.graph.why import why
        from kg.linking.decisions import read

        with Record.open(self.output) as record:
            entities, linker = self._entities(record), self._linker(record)
            return list(why(entity, record, entities, linker, read(self.output)))

    def link(self, left: str, right: str, judgement: str, *, by: str = "") -> None:
        """Decide that two entities (ids) are ``same``, ``different`` or ``unsure``; ``withdrawn`` undoes it.

        The graph follows at once; withdrawing leaves it as it was.  Raises KGError for an id that the graph
        does not have and for a decision that contradicts another.
        """
        from kg.graph.deciding import now

        self.link_all([Link(left=left, right=right, judgement=judgement, by=by, at=now())])  # type: ignore[arg-type]

    def link_all(self, links: Sequence[Link]) -> int:
        """Decide about several pairs at once, all or none; returns how many decisions were new."""
        from kg.graph.deciding import refuse_unknown
        from kg.linking.decisions import decide_all

        with Record.open(self.output, write=True) as record:
            known = self._entities(record).keys() | self._linker(record).standing.everywhere.keys()
            refuse_unknown(links, known)
            count = decide_all(self.output, links)
        self.refresh()
        return count

    def split(
        self,
        entity: str,
        *,
        articles: Collection[str] = (),
        names: Collection[str] = (),
        into: str | None = None,
        by: str = "",
        withdraw: bool = False,
    ) -> str:
        """Take an entity apart: its mentions in ``articles`` (ids), or by ``names``, are another one.

        Returns the id of that one, ``into`` or a new one.  With ``withdraw``, ``entity`` is one that was
        split off and goes back.  Raises KGError for what cannot be split.
        """
        from kg.graph.deciding import split_back, split_of
        from kg.linking.decisions import decide, read

        with Record.open(self.output, write=True) as record:
            if withdraw:
                decision = split_back(read(self.output), entity, by)
            else:
                decision = split_of(self._linker(record), record, entity, articles, names, into, by)
            decide(self.output, decision)
        self.refresh()
        return decision.into

    def group(self, left: str, right: str, judgement: str, *, by: str = "") -> dict[str, Any]:
        """Decide whether two claims, or two events (ids), are of one occurrence: ``same`` or ``different``.

        An event stands for its first claim, so that the decision outlives it.  ``unsure`` is kept and changes
        nothing, ``withdrawn`` leaves the graph as it was.  Returns the decision, about claims.
        Raises KGError
        for what is no claim of an event, and for a decision that contradicts another.
        """
        from kg.graph.grouping import decide_on

        with self._store() as store, Record.open(self.output, write=True):
            link = decide_on(store, left, right, judgement, by)
        self.refresh()
        return link.to_json()

    def groupings(self) -> Rows:
        """What people decided about claims (:meth:`group`): one row a pair."""
        from kg.graph.grouping import decided

        return Rows(link.to_json() for link in decided(self.output))


def _chosen(record: Record, article: str | None) -> Iterator[Any]:
    """The extractions of the record, or that of one article; an unknown one is a StoreError."""
    if article is None:
        yield from record
        return
    extraction = record.get(article)
    if extraction is None:
        raise StoreError(f"there is no article {article!r}: `kg mentions` shows the ids of articles")
    yield extraction
