"""The record: one JSON line an article with all that was found in it.

The record is the only thing a run must not lose; the store is rebuilt from it.  A line is either
an :class:`~kg.types.Extraction` as JSON or ``{"removed": "<article id>"}``.  Lines are only ever
appended (and forced to disk), a later line of an article replaces the earlier ones, and
:meth:`Record.compact` rewrites the file with one line an article.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from filelock import FileLock, Timeout

from kg.errors import StoreError
from kg.types import Extraction

NAME = "extractions.jsonl"


def encode(extraction: Extraction) -> bytes:
    """The line of an extraction, without its line feed; the same extraction gives the same bytes.

    A lone surrogate (half a character, from a broken decoder) is written as ``?``.
    """
    text = json.dumps(extraction.to_json(), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", errors="replace")


def line_digest(line: bytes) -> str:
    """16 hexadecimal digits that change when a line of the record changes."""
    return hashlib.sha256(line).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the line of an article stands: byte offset, length, line number from 1."""

    start: int
    length: int
    line: int
    digest: str
    fingerprint: str


class Record:
    """The extractions in a folder, by article id.  Texts stay on disk; memory holds an index.

    Open it with ``with Record.open(folder) as record`` to read, and with ``write=True`` to write;
    there is one writer at a time, and readers see what was there when they opened it.
    """

    def __init__(self, path: Path, file: BinaryIO | None, lock: FileLock | None) -> None:
        self.path = path
        self._file = file
        self._lock = lock
        self._places: dict[str, _Place] = {}
        self._lines = 0
        self._end = 0

    @classmethod
    def open(cls, folder: Path | str, *, write: bool = False) -> Record:
        """The record of the output folder; a folder without one holds no articles.

        Raises StoreError if another run writes to it, or if it is damaged or cannot be opened.
        """
        path = Path(folder) / NAME
        lock = None
        try:
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                lock = FileLock(path.with_name(NAME + ".lock"))
                lock.acquire(timeout=0)
                path.touch()
            file = path.open("rb") if path.exists() else None
        except Timeout as error:
            raise StoreError(f"another run is writing to {path.parent}: wait until it has ended") from error
        except OSError as error:
            if lock is not None:
                lock.release()
            raise _unusable(path, error) from error
        record = cls(path, file, lock)
        try:
            record._scan()
        except BaseException:
            record.close()
            raise
        return record

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the next writer in."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._places

    def __iter__(self) -> Iterator[Extraction]:
        """The extractions, sorted by article id, read one by one."""
        for article_id in sorted(self._places):
            yield self._read(self._places[article_id])

    def get(self, article_id: str) -> Extraction | None:
        """The extraction of an article, or None."""
        place = self._places.get(article_id)
        return self._read(place) if place else None

    def fingerprints(self) -> dict[str, str]:
        """Article id to the fingerprint its extraction was made with."""
        return {article_id: place.fingerprint for article_id, place in sorted(self._places.items())}

    def digests(self) -> dict[str, str]:
        """Article id to the digest of its line: equal digests, equal extractions."""
        return {article_id: place.digest for article_id, place in sorted(self._places.items())}

    @property
    def digest(self) -> str:
        """One hash over all extractions, whatever the order in which they were written."""
        return line_digest(json.dumps(self.digests(), ensure_ascii=False).encode("utf-8", errors="replace"))

    def put(self, extraction: Extraction) -> None:
        """Add the extraction, or replace that of the same article; on disk when this returns."""
        line = encode(extraction)
        known = self._places.get(extraction.article.id)
        if known is None or known.digest != line_digest(line):
            start = self._append(line)
            self._places[extraction.article.id] = _Place(
                start, len(line), self._lines, line_digest(line), extraction.fingerprint
            )

    def remove(self, article_id: str) -> None:
        """Forget an article; an unknown one is a StoreError."""
        if article_id not in self._places:
            raise StoreError(f"no article {article_id!r} in {self.path}: `kg claims` shows the known ids")
        self._append(json.dumps({"removed": article_id}).encode())
        del self._places[article_id]

    def compact(self) -> None:
        """Rewrite the record with one line an article, sorted by id; all or nothing."""
        self._writable()
        temporary = self.path.with_name(NAME + ".new")
        try:
            with temporary.open("wb") as file:
                for article_id in sorted(self._places):
                    file.write(self._line(self._places[article_id]) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self.path)
            if self._file is not None:
                self._file.close()
            self._file = self.path.open("rb")
        except OSError as error:
            raise _unusable(self.path, error) from error
        self._scan()

    def _writable(self) -> None:
        if self._lock is None:
            raise StoreError(f"{self.path} is open for reading only: open it with write=True")

    def _append(self, line: bytes) -> int:
        """Write a line at the end and force it to disk; returns its byte offset.

        What a failed write left behind is cut off again, so that the next line stands alone.
        """
        self._writable()
        start, data = self._end, line + b"\n"
        try:
            with self.path.open("ab", buffering=0) as file:
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):
                os.truncate(self.path, start)
            raise _unusable(self.path, error) from error
        self._end += len(data)
        self._lines += 1
        return start

    def _scan(self) -> None:
        """Read the file once and note where the line of each article stands."""
        self._places, self._lines, self._end = {}, 0, 0
        if self._file is None:
            return
        try:
            self._file.seek(0)
            for line in self._file:
                if not self._note(line):
                    break
            if self._lock is not None:
                os.truncate(self.path, self._end)
        except OSError as error:
            raise _unusable(self.path, error) from error

    def _note(self, line: bytes) -> bool:
        """Put one line into the index; False if it is a half line at the end."""
        body = line.rstrip(b"\n")
        number = self._lines + 1
        if not line.endswith(b"\n"):
            warnings.warn(
                f"the last line of {self.path} was cut off when a run was stopped; "
                "its article will be read again",
                stacklevel=2,
            )
            return False
        try:
            data: dict[str, Any] = json.loads(body)
            if "removed" in data:
                self._places.pop(data["removed"], None)
            else:
                place = _Place(self._end, len(body), number, line_digest(body), data.get("fingerprint", ""))
                self._places[data["article"]["id"]] = place
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._damaged(number) from error
        self._lines = number
        self._end += len(line)
        return True

    def _line(self, place: _Place) -> bytes:
        if self._file is None:
            raise StoreError(f"the record {self.path} is closed: open it again")
        self._file.seek(place.start)
        return self._file.read(place.length)

    def _read(self, place: _Place) -> Extraction:
        try:
            return Extraction.from_json(json.loads(self._line(place)))
        except OSError as error:
            raise _unusable(self.path, error) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._damaged(place.line) from error

    def _damaged(self, number: int) -> StoreError:
        return StoreError(
            f"line {number} of {self.path} is damaged: delete that line and build again from its article"
        )


def _unusable(path: Path, error: OSError) -> StoreError:
    """One sentence for what the operating system said about the record."""
    reason = error.strerror or str(error)
    return StoreError(f"cannot use {path} ({reason}): free space or choose another folder with --output")
