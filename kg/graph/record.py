"""The record: one JSON line an article with all that was found in it.

The record is the only thing a run must not lose; the store is rebuilt from it.  A line is either
an :class:`~kg.types.Extraction` as JSON or ``{"removed": "<article id>"}``.  Lines are only ever
appended (and forced to disk), a later line of an article replaces the earlier ones, and
:meth:`Record.compact` rewrites the file with one line an article.  An index beside it
(:mod:`kg.graph.index`) spares reading all lines to find one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import sqlite3
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from kg.errors import StoreError
from kg.graph.index import NAME as INDEX
from kg.graph.index import Index, Place, Stamp
from kg.linking.appearances import Appearance, appearances
from kg.types import Extraction, status_of

if TYPE_CHECKING:
    from filelock import FileLock

NAME = "extractions.jsonl"
#: A file of so many bytes is rewritten whenever something was appended, a larger one when so many lines were
#: appended for each article: what that costs is then shared by many.
SMALL, MOST_APPENDED = 8_000_000, 0.2
#: How often, and with which pause in seconds, a reader looks whether a writer is done with a line.
_ATTEMPTS, _PAUSE = 20, 0.02


def encode(extraction: Extraction) -> bytes:
    """The line of an extraction, without its line feed; the same extraction gives the same bytes.

    A lone surrogate (half a character, from a broken decoder) is written as ``?``.
    """
    text = json.dumps(extraction.to_json(), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", errors="replace")


def line_digest(line: bytes) -> str:
    """16 hexadecimal digits that change when a line of the record changes."""
    return hashlib.sha256(line).hexdigest()[:16]


class Record:
    """The extractions in a folder, by article id.  Texts stay on disk, and so does the index of them.

    Open it with ``with Record.open(folder) as record`` to read, and with ``write=True`` to write;
    there is one writer at a time, and readers see what was there when they opened it.
    """

    def __init__(self, path: Path, file: BinaryIO | None, lock: FileLock | None, index: Index) -> None:
        self.path = path
        self._file = file
        self._lock = lock
        self._index = index

    @classmethod
    def open(cls, folder: Path | str, *, write: bool = False) -> Record:
        """The record of the output folder; a folder without one holds no articles.

        Raises StoreError if another run writes to it, or if it is damaged or cannot be opened.
        """
        path = Path(folder) / NAME
        try:
            return cls._writing(path) if write else cls._reading(path)
        except TimeoutError as error:
            raise StoreError(f"another run is writing to {path.parent}: wait until it has ended") from error
        except OSError as error:
            raise _unusable(path, error) from error

    @classmethod
    def _writing(cls, path: Path) -> Record:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = _locked(path)
        try:
            if not path.exists():
                path.touch()  # else its time of change, by which the index knows it, would be another
            index = _index_to_write(path.with_name(INDEX))
            record = cls(path, path.open("rb"), lock, index)
            if index.stamp != record._stamp():
                record._scan()
        except BaseException:
            lock.release()
            raise
        return record

    @classmethod
    def _reading(cls, path: Path) -> Record:
        """Open for reading; where a writer is just between file and index, wait for it a little."""
        if not path.exists():
            return cls(path, None, None, Index(None, write=True))
        for _ in range(_ATTEMPTS):
            record = cls(path, path.open("rb"), None, _index_to_read(path.with_name(INDEX)))
            if record._index.stamp == record._stamp():
                return record
            record.close()
            if not _is_locked(path):
                break
            time.sleep(_PAUSE)
        if _is_whole(
            path
        ):  # a copied folder, say: keep the index for the next time, where that may be written
            with contextlib.suppress(OSError):
                cls._writing(path).close()
                record = cls(path, path.open("rb"), None, _index_to_read(path.with_name(INDEX)))
                if record._index.stamp == record._stamp():
                    return record
                record.close()
        record = cls(path, path.open("rb"), None, Index(None, write=True))
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
        self._index.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __len__(self) -> int:
        return len(self._index)

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self._index.get(article_id) is not None

    def __iter__(self) -> Iterator[Extraction]:
        """The extractions, sorted by article id, read one by one."""
        for _, place in self._index.items():
            yield self._read(place)

    def get(self, article_id: str) -> Extraction | None:
        """The extraction of an article, or None."""
        place = self._index.get(article_id)
        return self._read(place) if place else None

    def fingerprint(self, article_id: str) -> str | None:
        """The fingerprint that the extraction of an article was made with; None for an unknown one."""
        place = self._index.get(article_id)
        return place.fingerprint if place else None

    def digests(self) -> dict[str, str]:
        """Article id to the digest of its line: equal digests, equal extractions."""
        return {article_id: place.digest for article_id, place in self._index.items()}

    @property
    def digest(self) -> str:
        """One hash over all extractions, whatever the order in which they were written."""
        return line_digest(json.dumps(self.digests(), ensure_ascii=False).encode("utf-8", errors="replace"))

    @property
    def version(self) -> tuple[str, int]:
        """The name of the index and the number of its last change: equal versions, equal records."""
        return self._index.name, self._index.change

    def changed(self, since: int) -> tuple[list[str], list[str]]:
        """Articles that are new or changed, and those removed, after the change of that number."""
        return self._index.changed(since)

    def totals(self) -> dict[str, int]:
        """How many mentions there are, and claims by status."""
        return self._index.totals()

    def namesakes(self, keys: Iterable[str], is_unknown: Callable[[str], bool]) -> Iterator[Appearance]:
        """Unknown ones that one of ``keys`` names, or a key that several ids or several countries have."""
        return self._index.namesakes(keys, is_unknown)

    def known_keys(self) -> list[str]:
        """The keys of who is named, sorted."""
        return self._index.known_keys()

    def put(self, extraction: Extraction) -> None:
        """Add the extraction, or replace that of the same article; on disk when this returns."""
        line = encode(extraction)
        known, digest = self._index.get(extraction.article.id), line_digest(line)
        if known is None or known.digest != digest:
            start = self._append(line)
            place = Place(start, len(line), self._index.lines + 1, digest, extraction.fingerprint)
            with self._indexed():
                counts = _counts(extraction.to_json())
                self._index.put(extraction.article.id, place, counts, appearances(extraction))

    def remove(self, article_id: str) -> None:
        """Forget an article; an unknown one is a StoreError."""
        if article_id not in self:
            raise StoreError(f"no article {article_id!r} in {self.path}: `kg articles` shows the known ids")
        self._append(json.dumps({"removed": article_id}).encode())
        with self._indexed():
            self._index.remove(article_id)

    def tidy(self) -> None:
        """Compact the record if it is small, or if much was appended since that was done last."""
        appended = self._index.lines - self._index.tidy
        if appended and (self._stamp()[1] <= SMALL or appended > MOST_APPENDED * len(self)):
            self.compact()

    def compact(self) -> None:
        """Rewrite the record with one line an article, sorted by id; all or nothing."""
        self._writable()
        temporary = self.path.with_name(NAME + ".new")
        try:
            with self._index.together():
                start = 0
                with temporary.open("wb") as file:
                    for number, (article_id, place) in enumerate(self._index.items(), start=1):
                        file.write(self._line(place) + b"\n")
                        self._index.move(article_id, start, number)
                        start += place.length + 1
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(temporary, self.path)
                if self._file is not None:
                    self._file.close()
                self._file = self.path.open("rb")
                self._index.lines = self._index.tidy = len(self)
                self._index.stamp = self._stamp()
        except OSError as error:
            raise _unusable(self.path, error) from error

    def _writable(self) -> None:
        if self._lock is None:
            raise StoreError(f"{self.path} is open for reading only: open it with write=True")

    @contextlib.contextmanager
    def _indexed(self) -> Iterator[None]:
        """Note in the index what was just appended."""
        try:
            with self._index.together():
                yield
                self._index.lines += 1
                self._index.stamp = self._stamp()
        except OSError as error:
            raise _unusable(self.path, error) from error

    def _append(self, line: bytes) -> int:
        """Write a line at the end and force it to disk; returns its byte offset.

        What a failed write left behind is cut off again, so that the next line stands alone.
        """
        self._writable()
        data, start = line + b"\n", 0
        try:
            with self.path.open("ab", buffering=0) as file:
                start = file.tell()
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(file.fileno())
        except OSError as error:
            with contextlib.suppress(OSError):
                os.truncate(self.path, start)
            raise _unusable(self.path, error) from error
        return start

    def _stamp(self) -> Stamp:
        assert self._file is not None
        found = os.fstat(self._file.fileno())
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _scan(self) -> None:
        """Read the file once and index it anew."""
        assert self._file is not None
        self._index.clear()
        end = number = 0
        content = hashlib.sha256()
        with self._index.together():
            self._file.seek(0)
            for line in self._file:
                if not line.endswith(b"\n"):
                    warnings.warn(
                        f"the last line of {self.path} was cut off when a run was stopped; "
                        "its article will be read again",
                        stacklevel=2,
                    )
                    break
                number += 1
                self._note(line.rstrip(b"\n"), end, number)
                end += len(line)
                content.update(line)
            if self._lock is not None:
                os.truncate(self.path, end)
            else:  # never changed: equal contents have one name, so that a store stays current
                self._index.name = content.hexdigest()
            self._index.lines = number
            self._index.stamp = self._stamp()

    def _note(self, line: bytes, start: int, number: int) -> None:
        """Put one line into the index."""
        try:
            data: dict[str, Any] = json.loads(line)
            if "removed" in data:
                self._index.remove(_id(data["removed"]))
            else:
                place = Place(start, len(line), number, line_digest(line), data.get("fingerprint", ""))
                self._index.put(_id(data["article"]["id"]), place, _counts(data), _appearances(data))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._damaged(number) from error

    def _line(self, place: Place) -> bytes:
        if self._file is None:
            raise StoreError(f"the record {self.path} is closed: open it again")
        self._file.seek(place.start)
        return self._file.read(place.length)

    def _read(self, place: Place) -> Extraction:
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


def _id(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("the id of an article is text")
    return value


def _appearances(data: Mapping[str, Any]) -> list[Appearance]:
    """Whom an extraction (as JSON) names; nobody, where it has another shape: who reads it is told."""
    try:
        return appearances(Extraction.from_json(dict(data)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return []


def _counts(data: Mapping[str, Any]) -> dict[str, int]:
    """How many mentions an extraction (as JSON) has, and claims by status."""
    statuses: Counter[str] = Counter(
        status_of(claim["polarity"], claim["modality"], bool(claim["attributed_to"]))
        for claim in data.get("claims", ())
    )
    return {"mentions": len(data.get("mentions", ())), **statuses}


def _index_to_write(path: Path) -> Index:
    """The index beside the record; one that cannot be used is made anew."""
    try:
        return Index(path, write=True)
    except (sqlite3.Error, OSError):
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    try:
        return Index(path, write=True)
    except sqlite3.Error as error:
        raise OSError(errno.ENOSPC if "full" in str(error) else errno.EIO, str(error)) from error


def _index_to_read(path: Path) -> Index:
    """The index beside the record, or an empty one that fits no file."""
    try:
        return Index(path, write=False)
    except sqlite3.Error:
        return Index(None, write=True)


def _is_whole(path: Path) -> bool:
    """Whether the last line was written to its end; to take away a cut one is for the next writer."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


def _is_locked(path: Path) -> bool:
    """Whether a run is writing."""
    if not path.with_name(NAME + ".lock").exists():
        return False
    try:
        _locked(path).release()
    except OSError:
        return True
    return False


def _locked(path: Path) -> FileLock:
    """The right to write; TimeoutError if another run has it."""
    from filelock import FileLock  # slow to load, and a question needs none

    lock = FileLock(path.with_name(NAME + ".lock"))
    lock.acquire(timeout=0)
    return lock


def _unusable(path: Path, error: OSError) -> StoreError:
    """One sentence for what the operating system said about the record."""
    reason = error.strerror or str(error)
    return StoreError(f"cannot use {path} ({reason}): free space or choose another folder with --output")
