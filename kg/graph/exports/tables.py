"""Tables: CSV and Parquet with one line a claim; SQLite and DuckDB with all of the graph."""

from __future__ import annotations

import csv
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KGError, PipelineError
from kg.graph.exports.content import Content, Row
from kg.graph.listing import flat_claim, names

if TYPE_CHECKING:
    import duckdb

_TYPES = {str: "TEXT", int: "INTEGER", float: "DOUBLE"}


@dataclass(frozen=True)
class Table:
    """A table: its columns with their types, and what makes its rows, with a value for each column."""

    name: str
    columns: dict[str, type]
    rows: Callable[[], Iterator[Row]]

    def lines(self) -> Iterator[tuple[Any, ...]]:
        """The values of each row, in the order of the columns."""
        return (tuple(row[column] for column in self.columns) for row in self.rows())


def tables(content: Content) -> list[Table]:
    """The graph as tables.  ``participants``, ``event_parties`` and ``event_claims`` join the others.

    ``edges`` are the plain edges; all that is denied, alleged, planned and so on is in ``claims`` and
    ``events`` alone, with its status.
    """
    claim = _texts(
        "id article relation label event_type cameo polarity modality status who whom says details date "
        "date_precision date_basis place sentence"
    )
    return [
        Table(
            "articles", {**_texts("id title url source published lang"), "claims": int},
            content.articles,
        ),
        Table(
            "entities",
            {
                **_texts("id type name country actor_code"),
                "lat": float, "lon": float, "articles": int, "mentions": int,
            },
            content.mentioned,
        ),
        Table("names", _texts("entity lang name"), lambda: _names(content)),
        Table(
            "claims", {**claim, "start": int, "end": int, "score": float},
            lambda: map(flat, content.claims()),
        ),
        Table(
            "evidence", {**_texts("claim sentence"), "start": int, "end": int},
            lambda: chain.from_iterable(map(_evidence, content.claims())),
        ),
        Table(
            "participants",
            {**_texts("claim role entity name type words codes"), "start": int, "end": int},
            lambda: chain.from_iterable(map(_participants, content.claims())),
        ),
        Table(
            "events",
            {
                **_texts("id event_type relation status date date_precision date_basis"),
                "reports": int, "sources": int,
            },
            content.events,
        ),
        Table(
            "event_parties", _texts("event role entity name"),
            lambda: chain.from_iterable(map(_parties, content.events())),
        ),
        Table(
            "event_claims", _texts("event claim"),
            lambda: (
                {"event": event["id"], "claim": claim}
                for event in content.events() for claim in event["claims"]
            ),
        ),
        Table(
            "edges", _texts("who relation whom"),
            lambda: (dict(zip(("who", "relation", "whom"), edge, strict=True)) for edge in content.edges()),
        ),
    ]  # fmt: skip


def _texts(names: str) -> dict[str, type]:
    """Columns of text with these names."""
    return dict.fromkeys(names.split(), str)


def write(file: Path, content: Content, suffix: str) -> None:
    """Write ``file``: the claims as CSV or Parquet, all tables as SQLite or DuckDB.

    Raises PipelineError if DuckDB is not installed, KGError if a database cannot be written.
    """
    found = tables(content)
    claims = [table for table in found if table.name == "claims"]
    if suffix == ".csv":
        write_csv(file, claims[0].columns, claims[0].lines())
    elif suffix == ".sqlite":
        _write_sqlite(file, found)
    elif suffix == ".duckdb":
        _write_duckdb(file, found)
    else:
        _write_parquet(file, claims)


def write_csv(file: Path, head: Iterable[str], lines: Iterable[Iterable[Any]]) -> None:
    """A table as CSV (RFC 4180, UTF-8); what is not known is empty."""
    with file.open("w", encoding="utf-8", newline="") as written:
        out = csv.writer(written)
        out.writerow(head)
        out.writerows(lines)


def flat(row: Row) -> Row:
    """A claim's row as one line, with all that the listing says in fields of text and numbers."""
    return {
        **row,
        "who": names(row["actors"]),
        "whom": names(row["recipients"]),
        "says": names(row["attributed_to"]),
        "details": flat_claim(row)["details"],
        "place": row["place"]["name"] if row["place"] else None,
        "sentence": row["evidence"]["quote"],
        "start": row["evidence"]["start"],
        "end": row["evidence"]["end"],
    }


def _names(content: Content) -> Iterator[Row]:
    for row in content.mentioned():
        for lang, known in sorted(row["names"].items()):
            for name in dict.fromkeys(known):
                yield {"entity": row["id"], "lang": lang, "name": name}


def _evidence(row: Row) -> Iterator[Row]:
    """All sentences that make a claim, the one of the table of claims first."""
    for one in (row["evidence"], *row["more_evidence"]):
        yield {"claim": row["id"], "sentence": one["quote"], "start": one["start"], "end": one["end"]}


def _participants(row: Row) -> Iterator[Row]:
    filled = {"actor": row["actors"], "recipient": row["recipients"], **row["others"]}
    filled["attributed_to"] = row["attributed_to"]
    filled["place"] = [{"type": "Place", **row["place"]}] if row["place"] else []
    for role, participants in filled.items():
        for one in participants:
            told = {**one, "codes": ", ".join(one.get("codes", ()))}
            yield {"claim": row["id"], "role": role, "words": one["text"], **told}


def _parties(row: Row) -> Iterator[Row]:
    for role, column in (("actor", "actors"), ("recipient", "recipients"), ("place", "places")):
        for one in row[column]:
            yield {"event": row["id"], "role": role, **one}


def _columns(table: Table) -> str:
    return ", ".join(f'"{name}" {_TYPES[kind]}' for name, kind in table.columns.items())


def _write_sqlite(file: Path, found: list[Table]) -> None:
    try:
        base = sqlite3.connect(file)
        try:
            with base:
                for table in found:
                    base.execute(f"CREATE TABLE {table.name} ({_columns(table)})")
                    marks = ", ".join("?" * len(table.columns))
                    base.executemany(f"INSERT INTO {table.name} VALUES ({marks})", table.lines())
        finally:
            base.close()
    except sqlite3.Error as error:
        raise KGError(f"cannot write {file} ({error}): free space or choose another place") from error


def _write_duckdb(file: Path, found: list[Table]) -> None:
    _in_duckdb(
        file, found, lambda base, table, source: base.execute(f"CREATE TABLE {table.name} AS {source}")
    )


def _write_parquet(file: Path, found: list[Table]) -> None:
    place = str(file).replace("'", "''")
    _in_duckdb(
        None,
        found,
        lambda base, table, source: base.execute(f"COPY ({source}) TO '{place}' (FORMAT parquet)"),
    )


def _in_duckdb(
    file: Path | None, found: list[Table], keep: Callable[[duckdb.DuckDBPyConnection, Table, str], object]
) -> None:
    """Hand each table to DuckDB as lines of JSON, which it reads a hundred times faster than rows."""
    try:
        import duckdb
    except ImportError as error:
        raise PipelineError("Parquet and DuckDB need duckdb: pip install 'kg-builder[tables]'") from error
    with tempfile.TemporaryDirectory() as folder:
        try:
            with duckdb.connect(str(file or ":memory:"), config={"threads": 1}) as base:
                for table in found:
                    lines = Path(folder) / f"{table.name}.jsonl"
                    _write_lines(lines, table)
                    keep(base, table, _read_lines(lines, table))
                    lines.unlink()
        except duckdb.Error as error:
            raise KGError(f"DuckDB cannot write the tables ({error}): choose another place") from error


def _write_lines(file: Path, table: Table) -> None:
    with file.open("w", encoding="utf-8") as written:
        for line in table.lines():
            row = dict(zip(table.columns, line, strict=True))
            written.write(json.dumps(row, ensure_ascii=False).replace("\\u0000", "") + "\n")


def _read_lines(file: Path, table: Table) -> str:
    """The SQL for the rows of a file that :func:`_write_lines` wrote."""
    kinds = ", ".join(f"'{name}': '{_TYPES[kind]}'" for name, kind in table.columns.items())
    place = str(file).replace("'", "''")
    return f"SELECT * FROM read_json('{place}', format = 'newline_delimited', columns = {{{kinds}}})"
