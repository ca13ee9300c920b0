"""Tables and lines for other programs: SQL databases, CSV, Neo4j, POLECAT's columns, FollowTheMoney."""

from __future__ import annotations

import csv
import re
import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pytest

import kg
from kg.graph.exports.polecat import OURS, POLECAT
from tests.graph.exported import written

CLAIMS = "SELECT id, status, who, whom, date, sentence, score FROM {} ORDER BY id"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """A graph on disk with claims of every status."""
    return written(tmp_path_factory.mktemp("tables"))


def claims(graph: kg.Graph) -> list[tuple[Any, ...]]:
    """What CLAIMS should find."""
    return sorted(
        (
            row["id"], row["status"],
            ", ".join(one["name"] for one in row["actors"]),
            ", ".join(one["name"] for one in row["recipients"]),
            row["date"], row["evidence"]["quote"], row["score"],
        )
        for row in graph.claims()
    )  # fmt: skip


def without_nul(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """DuckDB's text cannot hold NUL."""
    return [tuple(v.replace("\0", "") if isinstance(v, str) else v for v in row) for row in rows]


def test_sqlite_answers_as_the_listing(graph: kg.Graph, tmp_path: Path) -> None:
    """SQLite holds every claim with its status and sentence, joined to whom it names."""
    base = sqlite3.connect(graph.export(tmp_path / "graph.sqlite"))
    assert base.execute(CLAIMS.format("claims")).fetchall() == claims(graph)
    joined = base.execute(
        "SELECT c.status, a.source FROM claims c JOIN participants p ON p.claim = c.id "
        "JOIN articles a ON a.id = c.article "
        "WHERE p.role = 'actor' AND p.entity = 'country/RUS' AND c.relation = 'visit'"
    ).fetchall()
    assert joined == [("denied", "Warta Uji")]
    names = {lang for (lang,) in base.execute("SELECT lang FROM names WHERE name = 'Korut'")}
    assert "id" in names
    base.close()


def test_plain_edges_of_the_tables_are_those_of_the_store(graph: kg.Graph, tmp_path: Path) -> None:
    """``edges`` are the plain edges, none of them from a claim that is not asserted."""
    base = sqlite3.connect(graph.export(tmp_path / "graph.sqlite"))
    edges = set(base.execute("SELECT who, relation, whom FROM edges"))
    base.close()
    asserted = {
        (actor["entity"], row["relation"], recipient["entity"])
        for row in graph.claims(status="asserted")
        for actor in row["actors"]
        for recipient in row["recipients"]
    }
    both_ways = {(whom, relation, who) for who, relation, whom in asserted if relation == "meet"}
    assert edges and edges <= asserted | both_ways
    assert ("person/sergei-shoigu", "visit", "country/PRK") in edges
    assert ("country/RUS", "visit", "country/PRK") not in edges
    counted = graph.query(name="plain-edges").rows
    assert len(counted) == len(edges) == graph.counts()["edges"]


def test_duckdb_answers_as_the_listing(graph: kg.Graph, tmp_path: Path) -> None:
    """DuckDB holds the same tables as SQLite, with the same rows."""
    file = graph.export(tmp_path / "graph.duckdb")
    lite = sqlite3.connect(graph.export(tmp_path / "graph.sqlite"))
    with duckdb.connect(str(file), read_only=True) as base:
        assert base.execute(CLAIMS.format("claims")).fetchall() == without_nul(claims(graph))
        tables = {name for (name,) in base.execute("SHOW TABLES").fetchall()}
        assert tables == {name for (name,) in lite.execute("SELECT name FROM sqlite_master")}
        for name in tables:
            ours = base.execute(f"SELECT * FROM {name}").fetchall()
            assert ours == without_nul(lite.execute(f"SELECT * FROM {name}").fetchall()), name
    lite.close()


def test_parquet_answers_as_the_listing(graph: kg.Graph, tmp_path: Path) -> None:
    """A Parquet file, whatever its path, is a table of all claims."""
    folder = tmp_path / "it's here"
    folder.mkdir()
    file = graph.export(folder / "claims.parquet")
    place = "'" + str(file).replace("'", "''") + "'"
    assert duckdb.sql(CLAIMS.format(place)).fetchall() == without_nul(claims(graph))


def test_csv_has_a_line_a_claim(graph: kg.Graph, tmp_path: Path) -> None:
    """The csv module reads back every claim, also those with quotes and line breaks."""
    with graph.export(tmp_path / "claims.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    read = [
        (row["id"], row["status"], row["who"], row["whom"], row["date"] or None, row["sentence"])
        for row in rows
    ]
    assert sorted(read, key=lambda row: row[0]) == [row[:6] for row in claims(graph)]


def read_nodes(folder: Path, name: str) -> dict[str, dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    head = next(column for column in rows[0] if column.startswith("id:ID"))
    return {row[head]: row for row in rows}


def test_neo4j_files_fit_together(graph: kg.Graph, tmp_path: Path) -> None:
    """Both ends of every relationship are nodes, and only plain edges join two entities."""
    folder = graph.export(tmp_path / "graph.neo4j")
    nodes = {
        kind: read_nodes(folder, name)
        for kind, name in [
            ("Article", "articles"), ("Entity", "entities"), ("Claim", "claims"), ("Event", "events"),
        ]
    }  # fmt: skip
    told = set()
    for file in folder.glob("*_*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            start, end, kind = next(reader := csv.reader(lines))
            rows = list(reader)
        assert rows and kind == ":TYPE" and len({tuple(row) for row in rows}) == len(rows)
        ends = [re.fullmatch(r":(START|END)_ID\((\w+)\)", column) for column in (start, end)]
        for row in rows:
            assert all(found and row[k] in nodes[found[2]] for k, found in enumerate(ends))
        if file.stem == "entity_entity":
            told = {tuple(row) for row in rows}
        assert file.name in (folder / "README.txt").read_text(encoding="utf-8")
    assert ("person/sergei-shoigu", "country/PRK", "VISIT") in told
    assert ("country/RUS", "country/PRK", "VISIT") not in told and len(told) == graph.counts()["edges"]
    assert {id: row["status"] for id, row in nodes["Claim"].items()} == {
        row["id"]: row["status"] for row in graph.claims()
    }
    assert nodes["Entity"]["country/PRK"][":LABEL"] == "Entity;Country"


def test_polecat_lines_are_the_events(graph: kg.Graph, tmp_path: Path) -> None:
    """One line an event; a type as POLECAT has it, intensity, quad code are for asserted events only."""
    file = graph.export(tmp_path / "graph.polecat.tsv")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    events = {event["id"]: event for event in graph.events()}
    assert [row["Event ID"] for row in rows] == list(events)
    for row in rows:
        event = events[row["Event ID"]]
        assert tuple(row) == (*POLECAT, *OURS) and row["Status"] == event["status"]
        if event["status"] == "asserted":
            assert row["Event Type"] == (event["event_type"] or "None")
        else:
            assert row["Event Type"] == f"{event['event_type']} ({event['status']})"
            assert row["Intensity"] == row["Quad Code"] == "None"
        assert row["Event Date"] == (event["date"] if event["date_precision"] == "day" else "None")
        assert row["Claims"].split("; ") == event["claims"]
    visit = next(row for row in rows if row["Relation"] == "visit" and row["Status"] == "asserted")
    assert (visit["Actor Name"], visit["Actor Country"]) == ("Sergei Shoigu", "RUS")
    assert (visit["Recipient Name"], visit["Recipient Country"]) == ("North Korea", "PRK")
    assert (visit["Event Date"], visit["Country"], visit["Placename"]) == ("2023-07-25", "PRK", "North Korea")
    assert (visit["Quad Code"], visit["Source"], visit["Language"]) == (
        "VERBAL COOPERATION",
        "Warta Uji",
        "id",
    )
    assert float(visit["Intensity"]) > 0
