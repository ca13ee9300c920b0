"""What a listing is narrowed to: an entity, a status, a relation, an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, get_args

from kg.dates import days
from kg.errors import KGError
from kg.linking.actors import load_actors
from kg.linking.ids import fold
from kg.types import Entity, Status

Row = dict[str, Any]


class About:
    """Tells whether a row names the wanted entity.

    An id or a whole name (``country/PRK``, ``Korut``) means that entity alone, a country with its organs
    (its army, its ministries).  Anything else finds all whose names, or the words used for them, hold it:
    ``kim`` finds Kim Jong Un and the group "Kim's advisers".  Case and marks on letters do not matter.
    """

    def __init__(self, wanted: str, entities: Iterable[Entity]) -> None:
        known = list(entities)
        folded = fold(wanted)
        self._pattern = re.compile(rf"(?<!\w){re.escape(folded)}(?!\w)")
        self._ids = {e.id for e in known if e.id == wanted or folded in map(fold, _names(e))}
        self._exact = bool(self._ids)
        organs = ((e.id, load_actors().organ(e.id)) for e in known)
        self._ids |= {id for id, organ in organs if organ and organ[1] in self._ids}
        if not self._exact:
            self._ids = {e.id for e in known if any(map(self._named, _names(e)))}

    def entity(self, id_: str) -> bool:
        return id_ in self._ids

    def participant(self, row: Row) -> bool:
        """Whether ``row`` (with ``entity`` and ``text``) stands for the wanted one."""
        return row["entity"] in self._ids or (not self._exact and self._named(row["text"]))

    def claim(self, row: Row) -> bool:
        everyone = [*row["actors"], *row["recipients"], *row["attributed_to"]]
        everyone += [participant for others in row["others"].values() for participant in others]
        everyone += [row["place"]] if row["place"] else []
        return any(map(self.participant, everyone))

    def event(self, row: Row) -> bool:
        """Whether the wanted one is a party or the place of an event."""
        return any(self.entity(one["entity"]) for one in [*row["actors"], *row["recipients"], *row["places"]])

    def _named(self, name: str) -> bool:
        return bool(self._pattern.search(fold(name)))


def has_relation(row: Row, wanted: str) -> bool:
    """Whether a claim has the relation, given by its id or its label."""
    return fold(wanted) in (fold(row["relation"]), fold(row["label"]))


def known_status(wanted: str, of: Any = Status) -> str:
    """The status as it is written in the rows; an unknown one is a KGError that lists them."""
    statuses = get_args(of)
    if wanted not in statuses:
        raise KGError(f"no status {wanted!r}: choose one of {', '.join(statuses)}")
    return wanted


def between(row: Row, since: str | None, until: str | None) -> bool:
    """Whether the row's date may lie in the time from ``since`` to ``until``, both included."""
    if since is None and until is None:
        return True
    first, last = (_days(limit) if limit else None for limit in (since, until))
    found = days(row["date"], row["date_precision"])
    if found is None:
        return False
    return (first is None or first[0] <= found[1]) and (last is None or found[0] <= last[1])


def _days(limit: str) -> tuple[date, date]:
    found = days(limit, None) if re.fullmatch(r"\d{4}(-\d\d){0,2}", limit) else None
    if found is None:
        raise KGError(f"{limit!r} is no date: write it as 2023, 2023-07 or 2023-07-25")
    return found


def _names(entity: Entity) -> list[str]:
    return [name for names in entity.names.values() for name in names]
