"""What people add to a graph: actors of their own, and decisions about who and what is one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from kg.graph.folder import GraphFolder
from kg.graph.record import NAME, Record
from kg.graph.rows import Rows
from kg.types import Link


class JudgedGraph(GraphFolder):
    """A graph to which people add actors and decisions; each is taken back without a trace."""

    # Actors that the user brings

    def actors(self) -> Rows:
        """What was imported: one row a source, with file, format, time and counts."""
        from dataclasses import asdict

        from kg.importing import sources

        return Rows(asdict(source) for source in sources(self.output))

    def import_actors(
        self,
        file: str | Path,
        *,
        source: str | None = None,
        type: str | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> dict[str, Any]:
        """Import people, bodies and places from a file of others, and link the graph to them.

        The formats are FollowTheMoney, Wikidata, results of its query service, GeoNames and CSV (README.md).
        ``source`` is the name by which they are listed and removed, else that of the file; what had it before
        is replaced.  ``type`` is that of entities that do not state theirs.  Returns the row of
        :meth:`actors`.  Raises KGError, before anything is changed, for a file that cannot be imported.
        """
        from dataclasses import asdict

        from kg.importing import bring

        made = bring(Path(file), self.output, name=source, type=type, progress=progress)
        self._follow()
        return asdict(made)

    def remove_actors(self, source: str) -> None:
        """Forget a source of :meth:`actors`: the graph is as if it had never been imported."""
        from kg.importing import remove

        remove(self.output, source)
        self._follow()

    def _follow(self) -> None:
        """Bring the store up to date, if anything was built here yet."""
        if (self.output / NAME).is_file():
            self.refresh()

    # Decisions

    def decisions(self) -> Rows:
        """What people decided about entities: one row a decision."""
        from kg.linking.decisions import read

        return Rows(decision.to_json() for decision in read(self.output))

    def doubtful(self, limit: int | None = None) -> Rows:
        """Pairs of entities that may be one, the likeliest first, with score, reason and sentences.

        The right one of a pair may be one that was imported, and that no article is linked to.
        """
        from kg.graph import deciding
        from kg.importing.sources import opened
        from kg.linking.decisions import pair, read
        from kg.linking.doubtful import doubtful
        from kg.linking.offers import offer

        with Record.open(self.output) as record:
            entities, linker = self._entities(record), self._linker(record)
            decided = {frozenset(pair(decision)) for decision in read(self.output)}
            listed = {id for id in entities if linker.listed(id)}
            pairs = doubtful(self._chosen(record), entities, decided, listed)
            offers, offered = offer(entities, linker, opened(self.output), decided)
            chosen = sorted([*pairs, *offers], key=lambda pair: -pair.score)[:limit]
            return Rows(deciding.rows(chosen, self._chosen(record), {**offered, **entities}))

    def look_up(
        self,
        *,
        url: str | None = None,
        contact: str = "",
        most: int = 100,
        accept: float | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> tuple[int, int]:
        """Ask Wikidata who those are that nobody knows; :meth:`doubtful` offers what it finds.

        ``most`` names are asked, the most mentioned first.  ``url`` is the API of Wikidata or of another
        Wikibase, ``contact`` how it can reach you.  Pairs with at least the score ``accept`` are decided at
        once, as the same.  Returns how many names were asked, and how many pairs were decided.  Raises
        KGError if nobody answers; nothing is changed then.
        """
        from kg.graph import deciding
        from kg.importing import online
        from kg.importing.sources import opened
        from kg.linking.decisions import read
        from kg.linking.offers import accepted, unknown

        with Record.open(self.output) as record:
            linker, entities = self._linker(record), self._entities(record)
        asked = unknown([entities[row["id"]] for row in self.entities()], linker)[:most]
        names = online.wanted(asked)
        online.look_up(names, self.output, url=url or online.WIKIDATA, contact=contact, progress=progress)
        if accept is None:
            return len(names), 0
        with Record.open(self.output) as record:
            entities, linker = self._entities(record), self._linker(record)
            links = accepted(entities, linker, opened(self.output), read(self.output), accept, deciding.now())
        return len(names), self.link_all(links)

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
            linker = self._linker(record)
            known = self._entities(record).keys() | linker.standing.everywhere.keys()
            refuse_unknown(links, lambda id: id in known or linker.listed(id) is not None)
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
        Raises KGError for what is no claim of an event, and for a decision that contradicts another.
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
