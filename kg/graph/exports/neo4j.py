"""CSV files for ``neo4j-admin database import`` (Neo4j 5 Operations Manual, "Import").

Claims, events, entities and articles are nodes.  A claim has its status and points to its parties, so a
denial never is a relationship between two entities; those are the plain edges alone.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.graph.exports.content import Content
from kg.graph.exports.tables import Table, tables, write_csv

Line = tuple[Any, ...]
Edges = tuple[tuple[str, str], Callable[[], Iterator[Line]]]

_COUNTS = {str: "", int: ":int", float: ":double"}
_README = """\
Import into an empty database of Neo4j 5, from this folder:

neo4j-admin database import full --multiline-fields=true \\
  {files} neo4j

(:Claim) has a status.  Only what is asserted is a relationship between two entities.
"""


def write(target: Path, content: Content, suffix: str) -> None:
    """Write the files into the folder ``target``, or into a zip of that name."""
    if suffix == ".neo4j":
        target.mkdir(exist_ok=True)
        _write_files(target, content)
        return
    with tempfile.TemporaryDirectory() as folder:
        _write_files(Path(folder), content)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(Path(folder).iterdir()):
                # The time of packing would make the same graph another file.
                entry = zipfile.ZipInfo(file.name)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with file.open("rb") as source, packed.open(entry, "w", force_zip64=True) as into:
                    while block := source.read(1 << 20):
                        into.write(block)


def _write_files(folder: Path, content: Content) -> None:
    found = {table.name: table for table in tables(content)}
    nodes = {
        "articles": _nodes(found["articles"], "Article"),
        "entities": _nodes(found["entities"], "Entity"),
        "claims": _nodes(found["claims"], "Claim"),
        "events": _nodes(found["events"], "Event"),
    }
    edges: dict[str, Edges] = {
        "claim_article": (("Claim", "Article"), lambda: _told_in(found["claims"])),
        "claim_entity": (("Claim", "Entity"), lambda: _roles(found["participants"], "claim")),
        "event_entity": (("Event", "Entity"), lambda: _roles(found["event_parties"], "event")),
        "event_claim": (("Event", "Claim"), lambda: _told_by(found["event_claims"])),
        "entity_entity": (("Entity", "Entity"), lambda: _facts(found["edges"])),
    }
    known = {row["id"] for row in found["entities"].rows()}
    for name, (head, lines) in nodes.items():
        write_csv(folder / f"{name}.csv", head, lines)
    for name, ((start, end), rows) in edges.items():
        kept = (line for line in rows() if end != "Entity" or line[1] in known)
        write_csv(folder / f"{name}.csv", (f":START_ID({start})", f":END_ID({end})", ":TYPE"), kept)
    files = [f"--nodes={name}.csv" for name in nodes]
    files += [f"--relationships={name}.csv" for name in edges]
    (folder / "README.txt").write_text(_README.format(files=" \\\n  ".join(files)), encoding="utf-8")


def _nodes(table: Table, label: str) -> tuple[list[str], Iterator[Line]]:
    """The head and the lines of a file of nodes; an entity has its type as a second label."""
    head = [f"{name}{_COUNTS[kind]}" for name, kind in table.columns.items()]
    head[0] = f"id:ID({label})"
    kind = list(table.columns).index("type") if label == "Entity" else None
    return [*head, ":LABEL"], (
        (*line, label if kind is None else f"{label};{line[kind]}") for line in table.lines()
    )


def _told_in(claims: Table) -> Iterator[Line]:
    return ((row["id"], row["article"], "TOLD_IN") for row in claims.rows())


def _roles(parties: Table, start: str) -> Iterator[Line]:
    """A line for each entity in a role, once."""
    for _, rows in groupby(parties.rows(), key=lambda row: str(row[start])):
        found = ((row[start], row["entity"], row["role"].upper()) for row in rows if row["entity"])
        yield from dict.fromkeys(found)


def _told_by(claims: Table) -> Iterator[Line]:
    return ((row["event"], row["claim"], "TOLD_BY") for row in claims.rows())


def _facts(edges: Table) -> Iterator[Line]:
    return ((row["who"], row["whom"], row["relation"].upper().replace("-", "_")) for row in edges.rows())
