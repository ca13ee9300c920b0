"""The index of a record: where the line of each article stands, what changed when, and counts.

A cache beside the record (SQLite): whatever does not fit the record's file is made anew from it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from kg.linking.appearances import Appearance
from kg.linking.spelling import fingerprint as spelling

NAME = "extractions.index"
_VERSION = 4
_TABLES = """
CREATE TABLE place (article TEXT PRIMARY KEY, start INT, length INT, line INT, digest TEXT, fingerprint TEXT,
                    change INT) WITHOUT ROWID;
CREATE INDEX place_change ON place (change);
CREATE TABLE removed (article TEXT PRIMARY KEY, change INT) WITHOUT ROWID;
CREATE TABLE count (article TEXT, name TEXT, n INT, PRIMARY KEY (article, name)) WITHOUT ROWID;
CREATE TABLE total (name TEXT PRIMARY KEY, n INT) WITHOUT ROWID;
CREATE TABLE appearance (article TEXT, ref TEXT, key TEXT, country TEXT, company TEXT,
                         PRIMARY KEY (article, ref)) WITHOUT ROWID;
CREATE INDEX appearance_key ON appearance (key, ref, country);
CREATE TABLE spelled (key TEXT, ref TEXT, country TEXT, n INT, PRIMARY KEY (key, ref, country)) WITHOUT ROWID;
CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
"""
#: What the table ``spelled`` counts, of one article: so few rows that each change can look through all.
_OF_ARTICLE = "SELECT key, ref, IFNULL(country, '') FROM appearance WHERE article = ?"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the line of an article stands: byte offset, length, line number from 1; and its hashes."""

    start: int
    length: int
    line: int
    digest: str
    fingerprint: str


#: What tells that a file is the one that was indexed: its number on the disk, size, and time of change.
Stamp = tuple[int, int, int]


class Index:
    """The index in a file, or in memory if ``path`` is None.

    ``name`` is new for each index made from nothing, unless set; ``change`` numbers the changes since then.
    """

    def __init__(self, path: Path | None, *, write: bool) -> None:
        """Open an index; raises sqlite3.Error or OSError if it cannot be used."""
        where = ":memory:" if path is None else f"{path.resolve().as_uri()}?mode={'rwc' if write else 'ro'}"
        self._db = sqlite3.connect(where, uri=path is not None, isolation_level=None, timeout=10)
        try:
            self._db.execute("PRAGMA temp_store = MEMORY")
            if write and path is not None:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = NORMAL")  # a lost end is read again from the record
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version != _VERSION or self._get("spelling") != spelling():
                if not write:
                    raise sqlite3.DatabaseError("an index of another version")
                self.clear()
            elif not write:
                self._db.execute("BEGIN")  # the index as it is now, whatever a writer does
                self._db.execute("SELECT 1 FROM state").fetchone()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        self._db.close()

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """All changes inside are made, or none; raises OSError if they cannot be written."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise OSError(errno.ENOSPC if "full" in str(error) else errno.EIO, str(error)) from error

    def clear(self) -> None:
        """Begin anew, under a new name."""
        with self.together():
            tables = self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                self._db.execute(f"DROP TABLE {table}")
            for statement in _TABLES.split(";"):
                self._db.execute(statement)
            self._set("name", uuid.uuid4().hex)
            self._set("change", 0)
            self._set("lines", 0)
            self._set("spelling", spelling())
            self._db.execute(f"PRAGMA user_version = {_VERSION}")

    @property
    def name(self) -> str:
        return str(self._get("name"))

    @name.setter
    def name(self, value: str) -> None:
        self._set("name", value)

    @property
    def change(self) -> int:
        """The number of the last change."""
        return int(self._get("change"))

    @property
    def lines(self) -> int:
        """How many lines the file has, those of removed and replaced articles with them."""
        return int(self._get("lines"))

    @lines.setter
    def lines(self, value: int) -> None:
        self._set("lines", value)

    @property
    def tidy(self) -> int:
        """How many lines the file had when it was rewritten last."""
        return int(self._get("tidy") or 0)

    @tidy.setter
    def tidy(self, value: int) -> None:
        self._set("tidy", value)

    @property
    def stamp(self) -> Stamp | None:
        """The file that was indexed, as it was then."""
        value = self._get("stamp")
        if value is None:
            return None
        number, size, changed = str(value).split()
        return int(number), int(size), int(changed)

    @stamp.setter
    def stamp(self, value: Stamp) -> None:
        self._set("stamp", " ".join(map(str, value)))

    def __len__(self) -> int:
        return int(self._db.execute("SELECT COUNT(*) FROM place").fetchone()[0])

    def get(self, article: str) -> Place | None:
        row = self._db.execute(
            "SELECT start, length, line, digest, fingerprint FROM place WHERE article = ?", (article,)
        ).fetchone()
        return Place(*row) if row else None

    def items(self) -> Iterator[tuple[str, Place]]:
        """Articles and places, sorted by article."""
        rows = self._db.execute(
            "SELECT article, start, length, line, digest, fingerprint FROM place ORDER BY article"
        )
        return ((row[0], Place(*row[1:])) for row in rows.fetchall())

    def put(
        self, article: str, place: Place, counts: Mapping[str, int], appearances: Iterable[Appearance]
    ) -> None:
        """An article is new or changed."""
        self._forget(article)
        self._db.execute("DELETE FROM removed WHERE article = ?", (article,))
        self._db.execute(
            "REPLACE INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", (article, *astuple(place), self._next())
        )
        for name, n in counts.items():
            self._db.execute("INSERT INTO count VALUES (?, ?, ?)", (article, name, n))
            self._db.execute(
                "INSERT INTO total VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET n = n + excluded.n",
                (name, n),
            )
        self._db.executemany(
            "INSERT INTO appearance VALUES (?, ?, ?, ?, ?)",
            ((article, one.ref, one.key, one.country, " ".join(one.company)) for one in appearances),
        )
        self._db.execute(
            f"INSERT INTO spelled SELECT *, 1 FROM ({_OF_ARTICLE}) WHERE true "
            "ON CONFLICT (key, ref, country) DO UPDATE SET n = n + 1",
            (article,),
        )

    def move(self, article: str, start: int, line: int) -> None:
        """The line of an article stands elsewhere, unchanged."""
        self._db.execute("UPDATE place SET start = ?, line = ? WHERE article = ?", (start, line, article))

    def remove(self, article: str) -> None:
        """An article is gone."""
        self._forget(article)
        self._db.execute("DELETE FROM place WHERE article = ?", (article,))
        self._db.execute("REPLACE INTO removed VALUES (?, ?)", (article, self._next()))

    def changed(self, since: int) -> tuple[list[str], list[str]]:
        """Articles that are new or changed, and those removed, after the change of that number."""
        changed, removed = (  # sorted here: told to, SQLite goes through all articles in their order
            sorted(
                row[0] for row in self._db.execute(f"SELECT article FROM {table} WHERE change > ?", (since,))
            )
            for table in ("place", "removed")
        )
        return changed, removed

    def totals(self) -> dict[str, int]:
        """The sums of the counts of all articles."""
        return dict(self._db.execute("SELECT name, n FROM total WHERE n > 0 ORDER BY name").fetchall())

    def namesakes(self, keys: Iterable[str], is_unknown: Callable[[str], bool]) -> Iterator[Appearance]:
        """The appearances of unknown ids with one of ``keys``, or with a key of several ids or countries.

        Of those who are known, most by far, not one row is read.
        """
        shared = self._db.execute(
            "SELECT key FROM spelled GROUP BY key "
            "HAVING COUNT(DISTINCT ref) > 1 OR COUNT(DISTINCT NULLIF(country, '')) > 1"
        )
        wanted = json.dumps(sorted({*keys, *(row[0] for row in shared)}))
        spelled = self._db.execute(
            "SELECT DISTINCT key, ref FROM spelled WHERE key IN (SELECT value FROM json_each(?)) "
            "ORDER BY key, ref",
            (wanted,),
        )
        for key, ref in [(key, ref) for key, ref in spelled if is_unknown(ref)]:
            for article, country, company in self._db.execute(
                "SELECT article, country, company FROM appearance WHERE key = ? AND ref = ? ORDER BY article",
                (key, ref),
            ):
                yield Appearance(article, ref, key, country, tuple(company.split()))

    def known_keys(self) -> list[str]:
        """The keys of all appearances, sorted."""
        return [row[0] for row in self._db.execute("SELECT DISTINCT key FROM spelled ORDER BY key")]

    def _forget(self, article: str) -> None:
        for name, n in self._db.execute("SELECT name, n FROM count WHERE article = ?", (article,)).fetchall():
            self._db.execute("UPDATE total SET n = n - ? WHERE name = ?", (n, name))
        self._db.execute("DELETE FROM count WHERE article = ?", (article,))
        for change in ("UPDATE spelled SET n = n - 1 WHERE", "DELETE FROM spelled WHERE n = 0 AND"):
            self._db.execute(f"{change} (key, ref, country) IN ({_OF_ARTICLE})", (article,))
        self._db.execute("DELETE FROM appearance WHERE article = ?", (article,))

    def _next(self) -> int:
        number = self.change + 1
        self._set("change", number)
        return number

    def _get(self, name: str) -> Any:
        row = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def _set(self, name: str, value: object) -> None:
        self._db.execute("REPLACE INTO state VALUES (?, ?)", (name, value))
