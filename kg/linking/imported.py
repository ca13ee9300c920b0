"""Actors that the user imported, looked up by name in the databases that :mod:`kg.importing` makes.

Nothing of them is loaded before a name is looked for.  Each source is a file ``actors/NAME.sqlite`` beside
the graph.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.errors import StoreError
from kg.linking.appearances import whole_key
from kg.linking.ids import slug
from kg.linking.spelling import is_full
from kg.types import Entity

FOLDER, SUFFIX = "actors", ".sqlite"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An imported entity that may be meant by a name.

    ``weak`` says that the name alone tells little: an abbreviation, a single word, a name of many.
    ``offered`` ones are for people to decide, and never linked by the program.
    """

    id: str
    type: str
    countries: tuple[str, ...]
    weak: bool
    offered: bool
    source: str


def keys(type: str, names: Iterable[str]) -> dict[str, bool]:
    """The keys by which names of an entity are looked up, each with whether it is weak."""
    found: dict[str, bool] = {}
    for name in names:
        known = slug(name)
        key = whole_key(type.lower(), known)
        if key is not None:
            single = type not in ("Place", "Country") and not is_full(known)
            found[key] = found.get(key, True) and single
    return found


class Imported:
    """The sources in an output folder; without any it knows nobody."""

    def __init__(self, folder: Path) -> None:
        """Raises StoreError for a source that cannot be read."""
        self.sources: dict[str, _Source] = {}
        for path in paths(folder):
            self.sources[path.stem] = _Source(path)
        self.candidates = lru_cache(maxsize=100_000)(self._candidates)
        self.get = lru_cache(maxsize=100_000)(self._get)

    def __bool__(self) -> bool:
        return bool(self.sources)

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that change when a source does; empty without any."""
        told = [
            f"{name} {source.about('digest')} {source.about('made_by')}"
            for name, source in self.sources.items()
        ]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16] if told else ""

    def _candidates(self, key: str) -> tuple[Candidate, ...]:
        """Who has a name with this key (:func:`keys`), each id once, sorted."""
        found: dict[str, Candidate] = {}
        for source in self.sources.values():
            for one in source.candidates(key):
                known = found.get(one.id)
                found[one.id] = one if known is None else _joined(known, one)
        return tuple(found[id] for id in sorted(found))

    def _get(self, id: str) -> Entity | None:
        """The entity of this id with what all sources say of it, or None."""
        found = [entity for source in self.sources.values() for entity in source.get(id)]
        if not found:
            return None
        first, *others = found
        for other in others:
            first = _merged(first, other)
        return first


def paths(folder: Path) -> list[Path]:
    """The files of the sources in an output folder, sorted."""
    return sorted((folder / FOLDER).glob(f"*{SUFFIX}"))


def fingerprint(folder: Path) -> str:
    """That of :class:`Imported`, without opening the sources for longer."""
    return Imported(folder).fingerprint if paths(folder) else ""


class _Source:
    """One file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._offered = self.about("linked") != "True"

    def about(self, name: str) -> str:
        """What the file says of itself."""
        rows = self._rows("SELECT value FROM about WHERE name = ?", name)
        return str(rows[0][0]) if rows else ""

    def candidates(self, key: str) -> Iterator[Candidate]:
        rows = self._rows(
            "SELECT e.id, e.type, e.countries, n.weak FROM name n JOIN entity e ON e.number = n.entity "
            "WHERE n.key = ?",
            key,
        )
        for id, type, countries, weak in rows:
            yield Candidate(id, type, tuple(countries.split()), bool(weak), self._offered, self.path.stem)

    def get(self, id: str) -> list[Entity]:
        rows = self._rows("SELECT entity FROM entity WHERE id = ? ORDER BY number", id)
        return [Entity.from_json(json.loads(row[0])) for row in rows]

    def _rows(self, query: str, value: str) -> Sequence[tuple]:  # type: ignore[type-arg]
        try:
            return self._db.execute(query, (value,)).fetchall()
        except sqlite3.Error as error:
            raise StoreError(
                f"{self.path} cannot be read ({error}): import it again, or delete the file"
            ) from error


@dataclass(frozen=True, slots=True)
class Choice:
    """Who of the candidates is meant (None: it is not clear), how sure that is (0 to 1), and why."""

    candidate: Candidate | None
    score: float
    reason: str


def choose(candidates: Sequence[Candidate], positions: Collection[str], company: Collection[str]) -> Choice:
    """Who is meant by a name that ``candidates`` have.

    ``positions`` are the countries that whom the articles call so holds positions of, ``company`` those that
    the articles name.  One of several, and a weak name or one of a place, need a country that agrees.
    """
    fitting = [one for one in candidates if not (one.countries and positions) or _of(one, positions)]
    if not fitting:
        return Choice(None, 0.3, f"one name, but positions of {', '.join(sorted(positions))}")
    held = [one for one in fitting if _of(one, positions)]
    if len(held) == 1:
        return Choice(held[0], 0.95, f"{_has(held[0])}, and positions of {_agreed(held[0], positions)}")
    near = [one for one in fitting if _of(one, company)]
    if len(near) == 1 and not held:
        return Choice(near[0], 0.85, f"{_has(near[0])}, and its articles name {_agreed(near[0], company)}")
    first, several = fitting[0], len(fitting)
    if several > 1:
        return Choice(None, 0.5, f"one of {several} of that name that were imported")
    if first.weak or first.type == "Place":
        return Choice(None, 0.5, f"{_has(first)}, but the name alone tells little")
    if first.countries and company:
        return Choice(None, 0.55, f"{_has(first)}, but no article names {'/'.join(first.countries)}")
    return Choice(first, 0.8, f"is the only one of that name in {first.source}")


def _has(one: Candidate) -> str:
    return f"has the name in {one.source}"


def _of(one: Candidate, countries: Collection[str]) -> bool:
    return any(code in countries for code in one.countries)


def _agreed(one: Candidate, countries: Collection[str]) -> str:
    return ", ".join(code for code in one.countries if code in countries)


def _joined(one: Candidate, other: Candidate) -> Candidate:
    """What two sources say of one entity."""
    return replace(
        one,
        countries=tuple(dict.fromkeys((*one.countries, *other.countries))),
        weak=one.weak and other.weak,
        offered=one.offered and other.offered,
    )


def _merged(one: Entity, other: Entity) -> Entity:
    """Two descriptions of one entity; what the first has stays."""
    langs = dict.fromkeys((*one.names, *other.names))
    names = {lang: (*one.names.get(lang, ()), *other.names.get(lang, ())) for lang in langs}
    return replace(
        one,
        names={lang: tuple(dict.fromkeys(found)) for lang, found in names.items()},
        roles=tuple(dict.fromkeys((*one.roles, *other.roles))),
        country=one.country or other.country,
        same_as=tuple(dict.fromkeys((*one.same_as, *other.same_as))),
        lat=other.lat if one.lat is None else one.lat,
        lon=other.lon if one.lat is None else one.lon,
        precision=other.precision if one.lat is None else one.precision,
        sources=tuple(dict.fromkeys((*one.sources, *other.sources))),
    )
