"""The seven promises of the project, each proved through the public interface on the examples."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import ontologies

PACKAGE = Path(kg.__file__).parent
Row = dict[str, Any]


def texts(graph: kg.Graph) -> dict[str, str]:
    """The texts of the articles, from the record."""
    lines = (graph.output / "extractions.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line)["article"] for line in lines]
    return {article["id"]: article["text"] for article in articles}


def plain_edges(graph: kg.Graph) -> set[tuple[str, str, str]]:
    """The edges that are drawn as facts: actor, relation, recipient."""
    rows = graph.query("SELECT ?who ?does ?whom { ?does a kg:Relation . ?who ?does ?whom }").rows
    return {(short(row["who"]), short(row["does"]), short(row["whom"])) for row in rows}


def short(address: str) -> str:
    return re.sub(r"^https?://[^#]*#|^https?://.*/data/", "", address)


def snapshot(graph: kg.Graph, work: Path) -> dict[str, str]:
    """A hash of every result of a build: record, page and quads."""
    graph.export(work / "graph.nq")
    found = [graph.output / "extractions.jsonl", graph.output / "explorer.html", work / "graph.nq"]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in found}


def test_promise_1_no_claim_without_its_sentence(examples_graph: kg.Graph) -> None:
    """Every claim, name and quotation stands in the text at exactly the place that is given."""
    known = texts(examples_graph)
    claims = examples_graph.claims()
    assert claims
    for row in claims:
        text = known[row["article"]]
        evidence = row["evidence"]
        assert evidence["quote"].strip() and text[evidence["start"] : evidence["end"]] == evidence["quote"]
        spans = [row["trigger"], *row["actors"], *row["recipients"], *row["attributed_to"]]
        spans += [one for others in row["others"].values() for one in others]
        spans += [row["place"]] if row["place"] else []
        assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
    for row in examples_graph.mentions():
        assert known[row["article"]][row["start"] : row["end"]] == row["text"]
    for row in examples_graph.quotes():
        content = row["content"]
        assert known[row["article"]][content["start"] : content["end"]] == content["text"]


def test_promise_2_no_denial_drawn_as_a_fact(examples_graph: kg.Graph) -> None:
    """Each plain edge has an affirmed and actual claim; what is only denied or alleged has no edge."""
    supported: set[tuple[str, str, str]] = set()
    doubtful: set[tuple[str, str, str]] = set()
    for row in examples_graph.claims():
        edges = {
            (actor["entity"], row["relation"], recipient["entity"])
            for actor in row["actors"]
            for recipient in row["recipients"]
            if actor["entity"] and recipient["entity"]
        }
        edges |= {(whom, relation, who) for who, relation, whom in edges}  # relations that hold both ways
        (supported if row["status"] == "asserted" else doubtful).update(edges)
    drawn = plain_edges(examples_graph)
    assert drawn
    assert drawn <= supported
    assert doubtful - supported, "the examples hold claims that must not be drawn"
    assert not drawn & (doubtful - supported)
    assert {"denied", "alleged", "planned", "requested"} <= {r["status"] for r in examples_graph.claims()}


def test_promise_3_nothing_is_invented(tmp_path: Path) -> None:
    """An unnamed accuser stays unknown, and a date that is not stated says where it comes from."""
    rows = [
        {"id": "accused", "lang": "id", "text": "Korea Utara dituduh memasok senjata kepada Rusia."},
        {"id": "undated", "lang": "en", "text": "Vladimir Putin visited China."},
        {
            "id": "dated",
            "lang": "en",
            "text": "Vladimir Putin visited China.",
            "published": "2024-05-17",
        },
    ]
    lines = tmp_path / "articles.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    kg.build(lines, tmp_path / "out")
    graph = kg.open(tmp_path / "out")
    accusations = [row for row in graph.claims(article="accused") if row["event_type"] == "ACCUSE"]
    supplies = [row for row in graph.claims(article="accused") if row["event_type"] == "AID"]
    assert all(row["actors"] == [] for row in accusations)
    assert [row["status"] for row in supplies] == ["alleged"]
    assert supplies[0]["attributed_to"] == []
    undated, dated = (graph.claims(article=id_, relation="visit") for id_ in ("undated", "dated"))
    assert [row["date"] for row in undated] == [None]
    assert [(row["date"], row["date_basis"]) for row in dated] == [("2024-05-17", "dateline")]


def test_promise_4_twice_changes_nothing_and_removal_leaves_no_trace(examples: Path, tmp_path: Path) -> None:
    """Building again gives the same bytes; with an article removed it is as if it was never read."""
    folder = tmp_path / "articles"
    shutil.copytree(examples, folder)
    output = tmp_path / "out"
    first = kg.build(folder, output)
    assert not first.errors
    before = snapshot(kg.open(output), tmp_path)
    again = kg.build(folder, output)
    assert again.counts["unchanged"] == again.counts["read"] == first.counts["new"]
    assert snapshot(kg.open(output), tmp_path) == before
    extra = tmp_path / "extra.jsonl"
    article = {"id": "extra", "lang": "en", "text": "Xi Jinping visited Ruritania. Ruritania thanked China."}
    extra.write_text(json.dumps(article), encoding="utf-8")
    kg.build(extra, output)
    assert snapshot(kg.open(output), tmp_path) != before
    kg.remove("extra", output)
    assert snapshot(kg.open(output), tmp_path) == before


def test_promise_5_a_bad_article_never_stops_a_run(examples: Path, tmp_path: Path) -> None:
    """Bad files among the examples are reported by name; the rest is read; mended they are read too."""
    folder = tmp_path / "articles"
    shutil.copytree(examples, folder)
    (folder / "broken.jsonl").write_text("{not json\n", encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    good = kg.build(examples, tmp_path / "good")
    report = kg.build(folder, tmp_path / "out")
    assert report.counts["failed"] == 2
    assert all(any(name in error for error in report.errors) for name in ("broken.jsonl", "picture.txt"))
    assert report.counts["claims"] == good.counts["claims"]
    (folder / "picture.txt").unlink()
    (folder / "broken.jsonl").write_text('{"id": "m", "text": "Putin visited China."}\n', encoding="utf-8")
    mended = kg.build(folder, tmp_path / "out")
    assert (mended.counts["new"], mended.counts["failed"]) == (1, 0)


def test_promise_6_offline(examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building, asking and exporting open no connection."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    kg.build(examples, tmp_path / "out")
    graph = kg.open(tmp_path / "out")
    assert graph.query(name="denied").rows
    page = graph.explore().read_text(encoding="utf-8")
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)\s*=\s*[\"']?(?:https?:)?//", page)


def test_promise_6_same_input_same_bytes(examples: Path, examples_graph: kg.Graph, tmp_path: Path) -> None:
    """Another process, with other hash seeds, writes the same record, page and quads."""
    command = [sys.executable, "-m", "kg", "build", str(examples), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, env={"PYTHONHASHSEED": "7", "PATH": ""})
    assert done.returncode == 0, done.stderr
    mine, other = tmp_path / "mine", tmp_path / "other"
    mine.mkdir()
    other.mkdir()
    assert snapshot(kg.open(tmp_path / "out"), other) == snapshot(examples_graph, mine)


def test_promise_7_no_language_in_the_rules() -> None:
    """The code that reads holds no test for a language and no word of one: these are data."""
    codes = "|".join(ontologies.languages())
    asks = re.compile(rf"lang(?:uage)?\w*\s*(?:==|!=|in)\s*[\[({{]?\s*[\"'](?:{codes})[\"']")
    words = re.compile(r"[\"'](?:tidak|bukan|akan|mengatakan|membantah|said|yang)[\"']")
    files = [file for folder in ("nlp", "linking") for file in (PACKAGE / folder).rglob("*.py")]
    assert files
    found = [
        f"{file.name}: {hit[0]}"
        for file in files
        for pattern in (asks, words)
        for hit in pattern.finditer(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_promise_7_one_reading_of_both_languages(tmp_path: Path) -> None:
    """The same news in Indonesian and in English gives the same claims."""
    pairs = {
        "visit": ("Sergei Shoigu mengunjungi Korea Utara.", "Sergei Shoigu visited North Korea."),
        "denial": (
            "Korea Utara membantah memasok senjata kepada Rusia.",
            "North Korea denied supplying weapons to Russia.",
        ),
    }
    for name, (indonesian, english) in pairs.items():
        lines = tmp_path / f"{name}.jsonl"
        rows = [{"id": "id", "lang": "id", "text": indonesian}, {"id": "en", "lang": "en", "text": english}]
        lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        kg.build(lines, tmp_path / name)
        graph = kg.open(tmp_path / name)
        assert told(graph.claims(article="id")) == told(graph.claims(article="en")) != []


def told(claims: list[Row]) -> list[tuple[object, ...]]:
    """What claims say, without the words they say it with."""
    return [
        (
            row["relation"],
            row["status"],
            [one["entity"] for one in row["actors"]],
            [one["entity"] for one in row["recipients"]],
            [one["entity"] for one in row["attributed_to"]],
        )
        for row in claims
    ]
