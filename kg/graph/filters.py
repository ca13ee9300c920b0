"""What a listing is narrowed to: an entity, a status, a relation, an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, get_args

from kg.errors import KGError
from kg.linking.ids import fold
from kg.types import Entity, Status

Row = dict[str, Any]


class About:
    """Tells whether a row names the wanted entity, by its id, any of its names or the words used.

    Whole words of a name are enough, in any case and with or without marks: ``kim`` finds Kim Jong Un.
    """

    def __init__(self, wanted: str, entities: Iterable[Entity]) -> None:
        self._pattern = re.compile(rf"(?<!\w){re.escape(fold(wanted))}(?!\w)")
        self._ids = {
            entity.id for entity in entities if entity.id == wanted or any(map(self._named, _names(entity)))
        }

    def entity(self, id_: str) -> bool:
        return id_ in self._ids

    def participant(self, row: Row) -> bool:
        """Whether ``row`` (with ``entity`` and ``text``) stands for the wanted one."""
        return row["entity"] in self._ids or self._named(row["text"])

    def claim(self, row: Row) -> bool:
        everyone = [*row["actors"], *row["recipients"], *row["attributed_to"]]
        everyone += [participant for others in row["others"].values() for participant in others]
        everyone += [row["place"]] if row["place"] else []
        return any(map(self.participant, everyone))

    def _named(self, name: str) -> bool:
        return bool(self._pattern.search(fold(name)))


def has_relation(row: Row, wanted: str) -> bool:
    """Whether a claim has the relation, given by its id or its label."""
    return fold(wanted) in (fold(row["relation"]), fold(row["label"]))


def known_status(wanted: str) -> str:
    """The status as it is written in the rows; an unknown one is a KGError that lists them."""
    statuses = get_args(Status)
    if wanted not in statuses:
        raise KGError(f"no status {wanted!r}: choose one of {', '.join(statuses)}")
    return wanted


def _names(entity: Entity) -> list[str]:
    return [name for names in entity.names.values() for name in names]
