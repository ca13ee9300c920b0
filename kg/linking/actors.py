"""The actor list: who is known before any article is read."""

from __future__ import annotations

import functools
import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg import ontologies
from kg.linking.actor_files import FILES, Row, names_in, read_countries, read_rows
from kg.linking.gazetteer import load_gazetteer
from kg.linking.ids import fold
from kg.linking.names import NameIndex, NameMatch
from kg.linking.organs import load_organs, organ_entity, organ_id, parts_of
from kg.linking.titles import canonical_titles
from kg.types import Entity, EntityRole

__all__ = ["Actors", "NameMatch", "country_called", "held", "load_actors", "read_actors"]


class Actors:
    """The listed entities, by id, by the names a text gives them and by the positions they held."""

    def __init__(self, rows: Iterable[Row]) -> None:
        rows = list(rows)
        self._entities = {row.entity.id: row.entity for row in rows}
        self._capitals = {row.entity.id: row.capital for row in rows if row.capital}
        self._people = {row.entity.id: row.people for row in rows if row.people}
        self._organs = {
            (row.organ, row.entity.country): row.entity.id for row in rows if row.organ and row.entity.country
        }
        self._kinds = {id: organ for organ, id in self._organs.items()}
        self._made = functools.cache(self._make)
        self._metonym = functools.lru_cache(maxsize=4096)(self._is_metonym)
        self._languages = sorted({lang for row in rows for lang in row.spellings} - {""})
        self._names_in = functools.partial(names_in, rows)
        self._index = NameIndex(self._names_in, rank=[prefix for _, _, prefix in FILES])

    def check_names(self) -> None:
        """Check the names of all languages, also of those that no text was read of."""
        for lang in self._languages:
            self._names_in(lang)

    def get(self, id: str) -> Entity | None:
        """The entity ``id`` of the list, an organ of a country or a place of the gazetteer, else None."""
        return self._entities.get(id) or self._made(id) or load_gazetteer().get(id)

    def _make(self, id: str) -> Entity | None:
        """The organ of a country with the id ``organization/JPN-foreign-ministry``."""
        kind, code = parts_of(id) or ("", "")
        country = self._entities.get(f"country/{code}")
        return organ_entity(kind, country, self._people.get(country.id)) if country else None

    def organ_of(self, country: str, kind: str) -> str:
        """The id of an organ of ``country/JPN``: the listed one of this kind, else one that is made."""
        code = country.partition("/")[2]
        return self._organs.get((kind, code)) or organ_id(kind, code)

    def organ(self, id: str) -> tuple[str, str] | None:
        """The kind of organ that a body is and of which country (``country/JPN``); None for what is none."""
        kind, code = parts_of(id) or self._kinds.get(id) or ("", "")
        country = f"country/{code}"
        return (kind, country) if country in self._entities else None

    def find(self, text: str, lang: str = "") -> list[NameMatch]:
        """The listed names in ``text`` of a language, in its order: whole words, longest first, none
        overlapping.

        Offsets are characters of ``text``.  A person whose full name is not listed may carry a
        listed surname ("Lyudmila Putin"): where a longer name is known from elsewhere, it wins.
        """
        return self._index.find(text, lang)

    def state(self, id: str) -> str:
        """The country that an organ acts for; any other entity is itself."""
        organ = self.organ(id)
        return organ[1] if organ else id

    def is_metonym(self, words: str, lang: str) -> bool:
        """Whether the words are a name that may mean a government: "Kremlin", "Washington"."""
        return self._metonym(words, lang)

    def _is_metonym(self, words: str, lang: str) -> bool:
        return any(
            match.kind == "metonym" and (match.start, match.end) == (0, len(words))
            for match in self.find(words, lang)
        )

    def capital_of(self, country: str) -> str | None:
        """The id of the capital of ``country/PRK``, or None if it has none that is undisputed."""
        return self._capitals.get(country)

    def role_holders(self, title: str, of: str, date: str | None = None) -> list[str]:
        """Ids of the people who held ``title`` (canonical, English) of ``of`` on ``date``, sorted by id.

        ``date`` is ISO 8601, a day, a month or a year; a person who held the position in any part
        of it counts.  Without a date, all who ever held it.  Roles without dates hold at any time.
        """
        return sorted(
            {
                entity.id
                for entity in self._entities.values()
                for role in entity.roles
                if (role.title, role.of) == (title, of) and (date is None or held(role, date))
            }
        )

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())


def held(role: EntityRole, date: str) -> bool:
    """Whether the role was held in a part of ``date`` (ISO 8601); each is cut to what both state."""
    since, until = role.since, role.until
    begun = since is None or since[: len(date)] <= date[: len(since)]
    over = until is not None and until[: len(date)] < date[: len(until)]
    return begun and not over


def read_actors(folder: Path) -> Actors:
    """The actor list in ``folder``; raises PipelineError naming the file and line that is wrong.

    Names of one language are checked when its first text is read, or by ``check_names``.
    """
    with _without_collection():
        return Actors(read_rows(folder, _is_title, lambda kind: kind in load_organs()))


def country_called(name: str) -> str | None:
    """The alpha-3 code (ISO 3166-1) of the country with this code, id or name in any language, else None."""
    wanted = fold(name.strip())
    for entity in read_countries(ontologies.path("actors"), _is_title):
        names = [spelling for given in entity.names.values() for spelling in given]
        if entity.country and wanted in map(fold, (entity.country, entity.id, *names)):
            return entity.country
    return None


def _is_title(title: str) -> bool:
    return title in canonical_titles()


@contextmanager
def _without_collection() -> Iterator[None]:
    """Nothing of the list is garbage: looking for some takes a third of the time of loading it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@functools.cache
def load_actors() -> Actors:
    """The actor list of the ontologies folder, read once."""
    return read_actors(ontologies.path("actors"))
