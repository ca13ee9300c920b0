"""The output folder of a graph: its record, the store and the page that follow it, and what it lists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.graph import listing
from kg.graph.filters import About, between, has_relation, known_status
from kg.graph.record import Record
from kg.graph.rows import Rows
from kg.types import Entity, EventStatus, Extraction

if TYPE_CHECKING:
    from kg.graph.store import Store
    from kg.linking import Linker

PAGE = "explorer.html"
#: Articles up to which the page is written whenever the graph changes.
PAGE_LIMIT = 1_000


class GraphFolder:
    """Listings of the graph in an output folder, and what keeps its store and its page up to date."""

    def __init__(self, output: str | Path = "output") -> None:
        self.output = Path(output)
        self._linked: tuple[object, Linker] | None = None
        self._known: tuple[object, dict[str, Entity]] = (None, {})

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

    def counts(self) -> dict[str, int]:
        """How many articles, mentions, entities, events and plain edges there are, and claims by status."""
        with Record.open(self.output) as record:
            articles, totals = len(record), record.totals()
        mentions = totals.pop("mentions", 0)
        with self._store() as store:
            counted = store.counts()
        claims = {"claims": sum(totals.values()), **totals}
        return {"articles": articles, "mentions": mentions, **claims, **counted}

    # The page and the store, which follow the record

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
        from kg.graph.store import is_current

        return (self.output / STORE).is_dir() and is_current(self.output, record)

    def _linker(self, record: Record) -> Linker:
        """Who stands for whom, with the record and the decisions as they are now."""
        from kg.importing.sources import opened
        from kg.linking import Linker, load_actors
        from kg.linking.decisions import fingerprint

        imported = opened(self.output)
        state = (record.version, fingerprint(self.output), imported.fingerprint)
        if self._linked is None or self._linked[0] != state:
            self._linked = (state, Linker.of(self.output, load_actors(), record, imported))
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


def _chosen(record: Record, article: str | None) -> Iterator[Any]:
    """The extractions of the record, or that of one article; an unknown one is a StoreError."""
    if article is None:
        yield from record
        return
    extraction = record.get(article)
    if extraction is None:
        raise StoreError(f"there is no article {article!r}: `kg mentions` shows the ids of articles")
    yield extraction
