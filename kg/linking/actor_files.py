"""Reading and checking the actor list: the CSV files of ``ontologies/actors``."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast, get_args

from kg.errors import PipelineError
from kg.linking.names import CAREFUL, Name, NameKind, make_name
from kg.types import Entity, EntityRole, PlacePrecision

#: The files of the list: name, type of the entities, first part of their ids.  Their order is also
#: that of the candidates of one name (Georgia is the country before it is anything else).
FILES = (
    ("countries.csv", "Country", "country"),
    ("people.csv", "Person", "person"),
    ("organizations.csv", "Organization", "organization"),
    ("groups.csv", "Group", "group"),
    ("places.csv", "Place", "place"),
    ("events.csv", "Event", "event"),
    ("other.csv", "Other", "other"),
)

#: Columns of names in a language, and how these name the entity.
_BY_LANGUAGE = re.compile(r"(names|forms|demonym|metonyms)_([a-z]{2,3})")
_KINDS: dict[str, NameKind] = {
    "names": "name",
    "forms": "name",
    "demonym": "demonym",
    "metonyms": "metonym",
    "short": "short",
}
#: Names in these languages are found in texts of every language; others in texts of their own only, since
#: a name is too often an ordinary word elsewhere ("Island" is Iceland in German).
EVERYWHERE = frozenset({"en", "id", "es"})
_PLAIN_COLUMNS = {
    "id",
    "short",
    "metonyms",
    "capital",
    "country",
    "roles",
    "organ",
    "actor_code",
    "lat",
    "lon",
    "precision",
}
_ROLE = re.compile(
    r"(?P<title>[\w' -]+?) of (?P<of>[a-z]+/[\w-]+)(?: (?P<since>[\d-]*)\.\.(?P<until>[\d-]*))?"
)
_LIMITS = {"lat": 90.0, "lon": 180.0}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: the entity, how texts of each language name it, and where it stands.

    ``spellings`` are the names as they are listed, by language; those of ``""`` are looked for in texts of
    every language.  ``capital`` and ``people`` (its adjective in English) are of a country, ``organ`` is the
    kind of organ that a body is of its country.
    """

    entity: Entity
    spellings: Mapping[str, Sequence[tuple[NameKind, str]]]
    capital: str | None
    people: str | None
    organ: str | None
    where: str


def read_rows(
    folder: Path, known_title: Callable[[str], bool], known_organ: Callable[[str], bool]
) -> list[Row]:
    """All rows of the files in ``folder``, checked one by one and against each other.

    ``known_title`` says whether a title of a role is one of the word list, ``known_organ`` whether there
    is such a kind of organ.  Raises PipelineError, which names the file and the line, for anything that is
    wrong.
    """
    rows = [row for file, type, prefix in FILES for row in _file(folder / file, type, prefix, known_title)]
    by_id: dict[str, Row] = {}
    for row in rows:
        other = by_id.setdefault(row.entity.id, row)
        if other is not row:
            raise PipelineError(f"{row.where}: the id {row.entity.id} is already in {other.where}")
    for row in rows:
        for id in [row.capital, *(role.of for role in row.entity.roles)]:
            if id is not None and id not in by_id:
                raise PipelineError(f"{row.where}: {id} is not in the actor list; add it or correct the id")
        country = row.entity.country
        if country is not None and f"country/{country}" not in by_id:
            raise PipelineError(f"{row.where}: {country} is not the code of a country in countries.csv")
    _refuse_wrong_organs(rows, known_organ)
    return rows


def names_in(rows: Iterable[Row], lang: str) -> list[Name]:
    """All names that are looked for in texts of ``lang`` alone; for ``""``, in texts of every language.

    Names are most of the list, and a run reads few languages: they are made, and checked, by language.
    Raises PipelineError, which names the file and the line, for what is no name and for a name of two.
    """
    found: list[Name] = []
    owners: dict[tuple[str, tuple[str, ...]], Row] = {}
    for row in rows:
        for kind, text in row.spellings.get(lang, ()):
            name = make_name(text, row.entity.id, kind, lang)
            if not name.words:
                raise PipelineError(f"{row.where}: {text!r} is no name, it has no letter or digit")
            if kind != "short":
                _refuse_second(name, row, owners.setdefault((row.entity.type, name.key), row))
            found.append(name)
    return found


def _refuse_second(name: Name, row: Row, owner: Row) -> None:
    """One name of one type must mean one entity; only surnames (``short``) may be shared."""
    if owner is not row:
        raise PipelineError(
            f"{row.where}: the name {' '.join(name.words)!r} already belongs to {owner.entity.id} "
            f"({owner.where}); remove it from one of them"
        )


def read_countries(folder: Path, known_title: Callable[[str], bool]) -> list[Entity]:
    """The countries of the list alone, which is a small part of it; raises PipelineError as ``read_rows``."""
    file, type, prefix = FILES[0]
    return [row.entity for row in _file(folder / file, type, prefix, known_title)]


def _refuse_wrong_organs(rows: list[Row], known: Callable[[str], bool]) -> None:
    """The organs of a country are of a kind that organs.toml has, one of each."""
    owners: dict[tuple[str, str | None], Row] = {}
    for row in rows:
        if row.organ is None:
            continue
        if not known(row.organ):
            raise PipelineError(f"{row.where}: {row.organ!r} is no kind of organ of organs.toml")
        if row.entity.country is None:
            raise PipelineError(f"{row.where}: {row.entity.id} is an organ, so it needs a country")
        owner = owners.setdefault((row.organ, row.entity.country), row)
        if owner is not row:
            raise PipelineError(
                f"{row.where}: {owner.entity.id} ({owner.where}) is already the {row.organ} of "
                f"{row.entity.country}; keep one"
            )


def _file(file: Path, type: str, prefix: str, known_title: Callable[[str], bool]) -> Iterator[Row]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            for column in reader.fieldnames or ():
                if column not in _PLAIN_COLUMNS and not _BY_LANGUAGE.fullmatch(column):
                    raise PipelineError(f"{file.name}, line 1: no column is called {column!r}, see README.md")
            for cells in reader:
                where = f"{file.name}, line {reader.line_num}"
                if None in cells or None in cells.values():
                    raise PipelineError(f"{where}: it must have as many cells as the first line")
                stripped = {key: value.strip() for key, value in cells.items()}
                yield _row(stripped, type, prefix, where, known_title)
    except FileNotFoundError as error:
        raise PipelineError(f"{file} is missing: the actor list needs it") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise PipelineError(f"{file} cannot be read as a CSV file in UTF-8: {error}") from error


def _row(
    cells: Mapping[str, str], type: str, prefix: str, where: str, known_title: Callable[[str], bool]
) -> Row:
    id = cells.get("id", "")
    if not re.fullmatch(rf"{prefix}/[\w-]+", id):
        raise PipelineError(f"{where}: the id {id!r} must be {prefix}/ and letters, digits or hyphens")
    listed: dict[str, tuple[str, ...]] = {}
    spellings: dict[str, list[tuple[NameKind, str]]] = {}
    for column, cell in cells.items():
        values = _split(cell) if cell else []
        if not values:
            continue
        group, lang = _group(column)
        if group == "names":
            listed[lang] = tuple(value.removeprefix(CAREFUL) for value in values)
        if kind := _KINDS.get(group):
            own = spellings.setdefault("" if lang in EVERYWHERE else lang, [])
            own += [(kind, value) for value in values]
    if not listed:
        raise PipelineError(f"{where}: {id} has no name")
    roles = [text.strip() for text in cells.get("roles", "").split(";") if text.strip()]
    entity = Entity(
        id=id,
        type=type,
        names=listed,
        roles=tuple(_role(text, where, known_title) for text in roles),
        country=id.partition("/")[2] if type == "Country" else cells.get("country") or None,
        actor_code=cells.get("actor_code") or None,
        lat=_degrees(cells, "lat", where),
        lon=_degrees(cells, "lon", where),
        precision=_precision(cells, type, where),
    )
    return Row(
        entity=entity,
        spellings=spellings,
        capital=cells.get("capital") or None,
        people=next((word.removeprefix(CAREFUL) for word in _split(cells.get("demonym_en", ""))), None),
        organ=cells.get("organ") or None,
        where=where,
    )


@functools.cache
def _group(column: str) -> tuple[str, str]:
    """What a column holds, and in which language; those without a language count as English."""
    match = _BY_LANGUAGE.fullmatch(column)
    return (match[1], match[2]) if match else (column, "en")


def _split(cell: str) -> list[str]:
    return [value.strip() for value in cell.split("|") if value.strip()]


def _role(text: str, where: str, known_title: Callable[[str], bool]) -> EntityRole:
    match = _ROLE.fullmatch(text)
    if match is None:
        raise PipelineError(
            f"{where}: the role {text!r} must look like 'president of country/RUS 2000-05-07..2008-05-07'"
        )
    if not known_title(match["title"]):
        raise PipelineError(f"{where}: add the title {match['title']!r} to languages/en/titles.toml first")
    since, until = (_date(match[end] or "", where) for end in ("since", "until"))
    if since and until and until < since:
        raise PipelineError(f"{where}: the role {text!r} ends before it begins")
    return EntityRole(title=match["title"], of=match["of"], since=since, until=until)


def _date(text: str, where: str) -> str | None:
    """An ISO date that may be cut to its month or year; empty means open."""
    if not text:
        return None
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text)
    except ValueError:
        raise PipelineError(f"{where}: {text!r} is not a date such as 2012-05-07, 2012-05 or 2012") from None
    return text


def _precision(cells: Mapping[str, str], type: str, where: str) -> PlacePrecision | None:
    """What the coordinates are the middle of; a place that does not say it is taken for a region."""
    text = cells.get("precision", "")
    if text and text not in get_args(PlacePrecision):
        known = ", ".join(get_args(PlacePrecision))
        raise PipelineError(f"{where}: precision must be one of {known}, not {text!r}")
    if not cells.get("lat"):
        return None
    return cast(PlacePrecision, text or ("country" if type == "Country" else "region"))


def _degrees(cells: Mapping[str, str], column: str, where: str) -> float | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) <= _LIMITS[column]:
        limit = f"{_LIMITS[column]:g}"
        raise PipelineError(f"{where}: {column} must be a number from -{limit} to {limit}, not {text!r}")
    return value
