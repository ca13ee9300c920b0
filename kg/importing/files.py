"""Opening a file of others: packed or not, which format it has, and where it is wrong."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import KGError
from kg.importing import csv_file, ftm, geonames, sparql, wikidata
from kg.importing.items import BadLine, Item

#: Format to what reads it, with the type of items that do not state theirs.
Read = Callable[[Iterable[str], str | None], Iterable[Item | None]]
FORMATS: dict[str, Read] = {
    "FollowTheMoney": lambda lines, type: ftm.read(lines),
    "Wikidata": lambda lines, type: wikidata.read(lines),
    "SPARQL results": sparql.read,
    "GeoNames": lambda lines, type: geonames.read(lines),
    "CSV": csv_file.read,
}
_WANTED = (
    "FollowTheMoney entities (JSON lines), a Wikidata dump or results of its query service (JSON), "
    "a GeoNames dump or a CSV with a column name"
)
#: What reading raises where a packed file is cut off or is none.
_SPOILT = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile)


class _Lines:
    """The lines of a text, counted."""

    def __init__(self, text: Iterable[str]) -> None:
        self.number = 0
        self._text = text

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.number += 1
            yield line


def read(file: Path, type: str | None = None) -> tuple[str, Iterator[Item | None]]:
    """The format of a file, and its items one after another (None for what is no actor).

    Raises KGError, with the line, for a file that is none of FORMATS, or is damaged or cut off; also while
    the items are taken.
    """
    with _reported(file), _opened(file) as text:
        format = _format(file.name, text)
    if format is None:
        raise KGError(f"{file} is nothing that can be imported: give {_WANTED}")
    return format, _items(file, format, type)


def _items(file: Path, format: str, type: str | None) -> Iterator[Item | None]:
    with _reported(file) as at, _opened(file) as text:
        at.append(lines := _Lines(text))
        yield from FORMATS[format](lines, type)


def _format(name: str, text: Iterable[str]) -> str | None:
    """The format that the first lines show, or None."""
    lines = (line.strip() for line in text)
    first = next((line for line in lines if line), "")
    if not first:
        return None
    if ".ftm." in name or ('"schema"' in first and '"properties"' in first):
        return "FollowTheMoney"
    if geonames.is_line(first):
        return "GeoNames"
    if first.startswith(("{", "[")):
        line = first if first.startswith("{") else next(lines, "")
        try:
            data = json.loads(line.rstrip(","))
        except ValueError:
            return "SPARQL results"  # JSON over several lines, or all in one array
        if isinstance(data, dict) and ("labels" in data or "claims" in data):
            return "Wikidata"
        return "SPARQL results" if "results" in data or first == "[" else None
    return "CSV" if "name" in next(csv.reader([first]), []) else None


@contextmanager
def _opened(file: Path) -> Iterator[Iterable[str]]:
    """The text of a file, also of one that is packed (gzip, bzip2, zip)."""
    with file.open("rb") as raw:
        magic = raw.read(4)
        raw.seek(0)
        if magic.startswith(b"PK"):
            with zipfile.ZipFile(raw) as packed, packed.open(_member(file, packed)) as member:
                yield _text(member)
        elif magic.startswith(b"\x1f\x8b"):
            with gzip.open(raw) as unpacked:
                yield _text(unpacked)
        elif magic.startswith(b"BZh"):
            with bz2.open(raw) as unpacked:
                yield _text(unpacked)
        else:
            yield _text(raw)


def _text(raw: Any) -> Iterable[str]:
    return io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")


def _member(file: Path, packed: zipfile.ZipFile) -> str:
    """The one file in an archive; GeoNames adds a readme."""
    names = [name for name in packed.namelist() if not name.endswith("/") and "readme" not in name.lower()]
    if len(names) != 1:
        raise KGError(f"{file} holds {len(names)} files: unpack it, and name those to import")
    return names[0]


@contextmanager
def _reported(file: Path) -> Iterator[list[_Lines]]:
    """Errors in the words of the user; what is put into the list says at which line."""
    at: list[_Lines] = []
    try:
        yield at
    except BadLine as error:
        where = f"line {at[0].number} of {file}" if at else str(file)
        raise KGError(f"{where}: {error}; nothing was imported") from error
    except UnicodeDecodeError as error:
        raise KGError(f"{file} is no text in UTF-8 ({error.reason}): convert it, or name another") from error
    except _SPOILT as error:
        raise KGError(f"{file} is damaged or cut off ({error}): download it again") from error
    except OSError as error:
        raise KGError(f"cannot read {file} ({error.strerror or error}): name a file") from error
