"""The record and the decisions in one file, to take a graph to another machine.

All the rest follows from these two, so a graph that is imported from such a file is the same graph,
byte for byte.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from kg.errors import KGError
from kg.graph.exports.content import Content
from kg.graph.record import NAME, Record, encode
from kg.linking.decisions import NAME as DECISIONS
from kg.linking.decisions import decide, read
from kg.types import Extraction, Link


def write(file: Path, content: Content, suffix: str) -> None:
    """Write what was found in the articles, and what people decided, to ``file``."""
    with zipfile.ZipFile(file, "w") as packed:
        with packed.open(_entry(NAME), "w", force_zip64=True) as lines:
            for extraction in content.record:
                lines.write(encode(extraction) + b"\n")
        with packed.open(_entry(DECISIONS), "w") as lines:
            for link in read(content.record.path.parent):
                lines.write(json.dumps(link.to_json(), ensure_ascii=False).encode() + b"\n")


def unpack(file: Path, output: Path) -> int:
    """Take the articles and decisions of ``file`` into the folder ``output``; returns how many articles.

    Articles that are there already are replaced.  Raises KGError for a file that :func:`write` did not
    write, before anything is changed, and for a decision that contradicts one that is there.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            links = [Link.from_json(json.loads(line)) for line in packed.open(DECISIONS)]
            for line in packed.open(NAME):
                Extraction.from_json(json.loads(line))
            return _take(packed, links, output)
    except OSError as error:
        raise KGError(f"cannot read {file} ({error.strerror}): name a file that `kg export` wrote") from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError) as error:
        raise KGError(f"{file} is no whole archive (.kg.zip) of `kg export`: export it again") from error


def _take(packed: zipfile.ZipFile, links: list[Link], output: Path) -> int:
    count = 0
    with Record.open(output, write=True) as record:
        for line in packed.open(NAME):
            record.put(Extraction.from_json(json.loads(line)))
            count += 1
        known = read(output)
        for link in links:
            if link not in known:
                decide(output, link)
        record.tidy()
    return count


def _entry(name: str) -> zipfile.ZipInfo:
    """A member that does not tell when it was packed."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
