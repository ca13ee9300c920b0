"""The record and the decisions in one file, to take a graph to another machine.

All the rest follows from these two, so a graph that is imported from such a file is the same graph,
byte for byte.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from pathlib import Path

from kg.errors import KGError
from kg.graph.exports.content import Content
from kg.graph.record import NAME, Record, encode
from kg.linking.decisions import NAME as DECISIONS
from kg.linking.decisions import decide_all, from_json, read
from kg.linking.standing import Decision
from kg.types import Extraction

#: What reading raises where a file is no archive, is cut off, or holds something else.
_SPOILT = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, ValueError, TypeError, AttributeError,
)  # fmt: skip


def write(file: Path, content: Content, suffix: str) -> None:
    """Write what was found in the articles, and what people decided, to ``file``."""
    with zipfile.ZipFile(file, "w") as packed:
        with packed.open(_entry(NAME), "w", force_zip64=True) as lines:
            for extraction in content.record:
                lines.write(encode(extraction) + b"\n")
        with packed.open(_entry(DECISIONS), "w") as lines:
            for decision in read(content.record.path.parent):
                lines.write(json.dumps(decision.to_json(), ensure_ascii=False).encode() + b"\n")


def unpack(file: Path, output: Path) -> int:
    """Take the articles and decisions of ``file`` into the folder ``output``; returns how many articles.

    Articles that are there already are replaced.  Raises KGError, before anything is changed, for a file that
    :func:`write` did not write and for a decision that contradicts one that is there.
    """
    decisions = _read(file)
    with Record.open(output, write=True) as record, zipfile.ZipFile(file) as packed:
        decide_all(output, decisions)
        count = 0
        for line in packed.open(NAME):
            record.put(Extraction.from_json(json.loads(line)))
            count += 1
        record.tidy()
    return count


def _read(file: Path) -> list[Decision]:
    """The decisions of an archive, after all of it was read once."""
    try:
        with zipfile.ZipFile(file) as packed:
            for line in packed.open(NAME):
                Extraction.from_json(json.loads(line))
            return [from_json(json.loads(line)) for line in packed.open(DECISIONS)]
    except OSError as error:
        raise KGError(f"cannot read {file} ({error.strerror}): name a file that `kg export` wrote") from error
    except _SPOILT as error:
        raise KGError(f"{file} is no whole archive (.kg.zip) of `kg export`: export it again") from error


def _entry(name: str) -> zipfile.ZipInfo:
    """A member that does not tell when it was packed."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
