"""Who is known: the actor list, and behind it what the user imported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kg.linking.entities import Known
from kg.linking.gazetteer import distance_km
from kg.linking.imported import Candidate, Imported, keys
from kg.linking.places import SAME_PLACE_KM
from kg.types import Entity


class Knowledge:
    """The actor list first, then what was imported.

    A listed entity stays as it is listed; identifiers are added to it, of the one imported entity that has
    its id, or its full name and its country.
    """

    def __init__(self, actors: Known, imported: Imported) -> None:
        self._actors = actors
        self._imported = imported
        self.get = lru_cache(maxsize=100_000)(self._get)

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._actors)

    def is_imported(self, id: str) -> bool:
        """Whether it is an entity that only an import has."""
        return self._actors.get(id) is None and self._imported.get(id) is not None

    def _get(self, id: str) -> Entity | None:
        """The entity of this id, or None if nobody knows it."""
        entity = self._actors.get(id)
        if entity is None:
            return self._imported.get(id)
        other = self._imported.get(id) or self._same(entity)
        if other is None:
            return entity
        same = tuple(dict.fromkeys((*entity.same_as, *other.same_as)))
        return replace(entity, same_as=same, sources=other.sources)

    def _same(self, entity: Entity) -> Entity | None:
        """The imported entity that is the listed one beyond doubt, or None."""
        names = [name for names in entity.names.values() for name in names]
        strong = [key for key, weak in keys(entity.type, names).items() if not weak]
        found = {one.id for key in strong for one in self._imported.candidates(key) if _agrees(one, entity)}
        other = self._imported.get(found.pop()) if len(found) == 1 else None
        return other if other is not None and _is_near(entity, other) else None


def _agrees(one: Candidate, entity: Entity) -> bool:
    """Whether nothing tells an imported entity from a listed one of its name: their country is the same."""
    if one.weak or one.offered:
        return False
    return entity.country in one.countries if entity.country else not one.countries


def _is_near(entity: Entity, other: Entity) -> bool:
    """Whether two places are where one is; other entities need not be anywhere."""
    if entity.type != "Place":
        return True
    if None in (entity.lat, entity.lon, other.lat, other.lon):
        return False
    return distance_km(entity.lat, entity.lon, other.lat, other.lon) <= SAME_PLACE_KM  # type: ignore[arg-type]
