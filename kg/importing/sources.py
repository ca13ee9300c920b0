"""Sources: what was imported, one database (SQLite) a source in the folder ``actors`` of an output folder.

A database is made beside the old one and then takes its place, so an import that fails or is killed leaves
all as it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from kg.errors import KGError, StoreError
from kg.importing.files import read
from kg.importing.items import Item
from kg.linking.ids import slug
from kg.linking.imported import FOLDER, SUFFIX, Imported, keys, paths
from kg.linking.spelling import fingerprint as spelling
from kg.types import Entity

#: Raise it when the tables change: sources of another version are made anew from themselves.
_VERSION = 1
_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entity (number INTEGER PRIMARY KEY, id TEXT, type TEXT, countries TEXT, weak TEXT, entity TEXT);
CREATE TABLE name (key TEXT, weak INT, entity INT);
"""
_INDEXES = "CREATE INDEX entity_id ON entity (id); CREATE INDEX name_key ON name (key, weak, entity);"
#: After so many entities progress is told.
_EVERY = 10_000
_ENDINGS = {".gz", ".bz2", ".zip", ".json", ".jsonl", ".ftm", ".csv", ".txt", ".tsv"}

#: An entity as it is kept: its countries, and the names that others bear too.
Kept = tuple[Entity, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is known of a source.  ``left_out`` counts what was no actor, or had no name.

    ``linked`` is False for one whose entities are only offered to people; ``digest`` is of what was read.
    """

    source: str
    file: str
    format: str
    at: str
    entities: int
    names: int
    left_out: int
    linked: bool
    digest: str


def bring(
    file: Path,
    folder: Path,
    *,
    name: str | None = None,
    type: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Source:
    """Import a file into the output folder, under ``name`` or that of the file; the same name is replaced.

    ``type`` is that of entities that do not state theirs.  Raises KGError, before anything is changed, for a
    file that cannot be imported, and StoreError where it cannot be written.
    """
    source = named(file, name)
    format, items = read(file, type)
    left_out = 0

    def kept() -> Iterator[Kept]:
        nonlocal left_out
        for item in items:
            if item is None:
                left_out += 1
            else:
                yield as_kept(item, source)

    try:
        with file.open("rb") as raw:
            digest = hashlib.sha256(hashlib.file_digest(raw, "sha256").digest() + (type or "").encode())
    except OSError as error:
        raise KGError(f"cannot read {file} ({error.strerror}): name a file") from error
    about = Source(
        source=source, file=file.name, format=format, at=now(), entities=0, names=0, left_out=0, linked=True,
        digest=digest.hexdigest()[:16],
    )  # fmt: skip
    return write(folder, about, kept(), lambda: left_out, progress)


def as_kept(item: Item, source: str) -> Kept:
    """An item as it is kept."""
    return item.entity(source), item.countries, item.weak


def named(file: Path, name: str | None = None) -> str:
    """The name of the source that a file is: its own without endings, if no other is given.

    >>> named(Path("default/entities.ftm.json.gz")), named(Path("x.csv"), "My list")
    ('entities', 'my-list')
    """
    path = Path(file.name)
    while name is None and path.suffix.lower() in _ENDINGS and path.stem:
        path = path.with_suffix("")
    return slug(name if name is not None else path.name)


def now() -> str:
    """The time of an import."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def sources(folder: Path) -> list[Source]:
    """What was imported, sorted by name; raises StoreError for a file that cannot be read."""
    return [_about(path) for path in paths(folder)]


def remove(folder: Path, source: str) -> None:
    """Forget a source; raises KGError if there is none of that name."""
    path = _path(folder, source)
    if path not in paths(folder):
        known = ", ".join(one.stem for one in paths(folder)) or "nothing"
        raise KGError(f"no source is called {source!r}: {known} was imported, see `kg actors --list`")
    try:
        path.unlink()
    except OSError as error:
        raise StoreError(f"cannot delete {path} ({error.strerror}): mend its rights") from error


def opened(folder: Path) -> Imported:
    """The sources, to be looked into; those that were made by other rules of spelling are made anew first."""
    for path in paths(folder):
        if _told(path).get("made_by") != _made_by():
            about = _about(path)
            write(folder, about, stored(path), lambda about=about: about.left_out)  # type: ignore[misc]
    return Imported(folder)


def stored(path: Path) -> Iterator[Kept]:
    """The entities of a source as they are kept."""
    with closing(_read_only(path)) as database:
        rows = _ask(database, path, "SELECT entity, countries, weak FROM entity ORDER BY number")
        for entity, countries, weak in rows:
            yield (
                Entity.from_json(json.loads(entity)),
                tuple(countries.split()),
                tuple(json.loads(weak)),
            )


def write(
    folder: Path,
    about: Source,
    kept: Iterable[Kept],
    left_out: Callable[[], int] = lambda: 0,
    progress: Callable[[int], None] | None = None,
) -> Source:
    """Make the database of a source from its entities, all or nothing; returns ``about`` with the counts.

    ``left_out`` is asked when all were read.
    """
    path = _path(folder, about.source)
    fresh = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(fresh, isolation_level=None)) as database:
                done = _fill(database, about, kept, left_out, progress)
            with fresh.open("rb") as file:
                os.fsync(file.fileno())
            os.replace(fresh, path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"cannot write {path} ({error}): free space or mend its rights") from error
    return done


def _fill(
    database: sqlite3.Connection,
    about: Source,
    kept: Iterable[Kept],
    left_out: Callable[[], int],
    progress: Callable[[int], None] | None,
) -> Source:
    database.execute("PRAGMA journal_mode = OFF")  # the file takes its place only when it is whole
    database.execute("PRAGMA synchronous = OFF")
    for statement in _TABLES.split(";"):
        database.execute(statement)
    database.execute("BEGIN")
    entities = names = 0
    for entities, (entity, countries, weak) in enumerate(kept, start=1):
        text = _text(entity)
        row = (entities, entity.id, entity.type, " ".join(countries), json.dumps(weak), text)
        database.execute("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?)", row)
        found = dict.fromkeys(keys(entity.type, weak), True)
        found |= keys(entity.type, chain.from_iterable(entity.names.values()))
        database.executemany(
            "INSERT INTO name VALUES (?, ?, ?)", ((key, weak, entities) for key, weak in found.items())
        )
        names += len(found)
        if progress is not None and entities % _EVERY == 0:
            progress(entities)
    if not entities:
        raise KGError(f"there is no actor in {about.file}: nothing was imported")
    done = replace(about, entities=entities, names=names, left_out=left_out())
    told = {**asdict(done), "made_by": _made_by()}
    database.executemany(
        "INSERT INTO about VALUES (?, ?)", ((name, str(value)) for name, value in told.items())
    )
    database.execute("COMMIT")
    for statement in _INDEXES.split(";"):
        database.execute(statement)
    return done


def _text(entity: Entity) -> str:
    """An entity as JSON without what it does not have, which a half of a million lines would repeat."""
    told = {name: value for name, value in vars(entity).items() if value not in (None, ())}
    if entity.roles:
        told["roles"] = [role.to_json() for role in entity.roles]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _made_by() -> str:
    """What the keys of names depend on."""
    return f"{_VERSION} {spelling()}"


def _path(folder: Path, source: str) -> Path:
    return folder / FOLDER / f"{source}{SUFFIX}"


def _told(path: Path) -> dict[str, str]:
    """What the file says of itself."""
    with closing(_read_only(path)) as database:
        return dict(_ask(database, path, "SELECT name, value FROM about"))


def _about(path: Path) -> Source:
    told = _told(path)
    try:
        whole = {name: int(told[name]) for name in ("entities", "names", "left_out")}
        texts = {field.name: told[field.name] for field in fields(Source) if field.name not in whole}
        return Source(**{**texts, **whole, "linked": texts["linked"] == "True"})  # type: ignore[arg-type]
    except (KeyError, ValueError) as error:
        raise _spoilt(path, error) from error


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _ask(database: sqlite3.Connection, path: Path, query: str) -> Iterator[tuple]:  # type: ignore[type-arg]
    try:
        yield from database.execute(query)
    except sqlite3.Error as error:
        raise _spoilt(path, error) from error


def _spoilt(path: Path, error: Exception) -> StoreError:
    return StoreError(f"{path} is damaged ({error}): import it again, or delete the file")
