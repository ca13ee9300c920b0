"""The server beside a build: it answers from the last finished state, and soon from the new one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kg.graph.graph import Graph
from kg.graph.record import Record
from kg.graph.store import JOURNAL, NAME, STAMP
from tests.graph.samples import accusation
from tests.graph.test_infer import bombing
from tests.serve.conftest import make

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serve.conftest import Server

CLAIMS = "SELECT (COUNT(?c) AS ?n) { ?c a kg:Claim }"


def add(output: Path) -> None:
    """Read the second article again."""
    with Record.open(output, write=True) as record:
        record.put(accusation())
        Graph(output).refresh()


def claims(server: Server) -> int:
    return int(server.rows(CLAIMS)[0]["n"])


def test_what_is_removed_and_added_is_seen(start: Callable[..., Server], tmp_path: Path) -> None:
    """The question after a change has the answer of the new state, without a restart."""
    output = make(tmp_path / "graph")
    server = start(output)
    assert claims(server) == 8
    Graph(output).remove("accusation")
    assert claims(server) == 4
    add(output)
    assert claims(server) == 8


def test_what_is_inferred_is_seen(start: Callable[..., Server], tmp_path: Path) -> None:
    """`kg infer` changes the graph without an article; the next question sees it, and sees it gone."""
    pytest.importorskip("reasonable", reason="no reasonable: pip install 'kg-builder[infer]' to test it")
    output = make(tmp_path / "graph")
    with Record.open(output, write=True) as record:
        record.put(bombing("affirmed", "actual").done())
    Graph(output).refresh()
    server = start(output)
    inferred = "SELECT (COUNT(*) AS ?n) { GRAPH graph:inferred { ?s ?p ?o } }"
    assert server.rows(inferred) == [{"n": "0"}]
    assert Graph(output).infer() == 1
    assert server.rows(inferred) == [{"n": "1"}]
    Graph(output).forget_inferred()
    assert server.rows(inferred) == [{"n": "0"}]


def test_a_rebuild_that_swaps_the_store_is_survived(start: Callable[..., Server], tmp_path: Path) -> None:
    """A store without a stamp is built anew beside the old one and put in its place."""
    output = make(tmp_path / "graph")
    server = start(output)
    assert claims(server) == 8
    before = (output / NAME).stat().st_ino
    Graph(output).remove("accusation")
    (output / NAME / STAMP).unlink()
    Graph(output).refresh()
    assert (output / NAME).stat().st_ino != before
    assert claims(server) == 4


def test_an_unfinished_change_is_not_shown(start: Callable[..., Server], tmp_path: Path) -> None:
    """While the journal of a change stands, what was read before is answered; a new reader is put off."""
    output = make(tmp_path / "graph")
    server = start(output)
    assert claims(server) == 8
    (output / NAME / JOURNAL).write_text("{}")
    assert claims(server) == 8
    crash = f"SELECT ({'(' * 100_000}1{')' * 100_000} AS ?x) {{}}"
    assert server.client.post("/sparql", data={"query": crash}).status_code == 503  # ends the reader
    answer = server.ask(CLAIMS)
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert "being written" in answer.text
    (output / NAME / JOURNAL).unlink()
    assert claims(server) == 8


def test_readers_go_on_while_articles_come_and_go(start: Callable[..., Server], tmp_path: Path) -> None:
    """Every answer shows a finished state, with or without the article, and none is an error."""
    output = make(tmp_path / "graph")
    server = start(output)
    assert claims(server) == 8
    finished = threading.Event()
    seen: list[int] = []
    failures: list[str] = []

    def read() -> None:
        while not finished.is_set():
            answer = server.ask(CLAIMS)
            if answer.status_code == 200:
                seen.append(int(answer.json()["results"]["bindings"][0]["n"]["value"]))
            elif "being written" not in answer.text:  # a reader that began while a change was under way
                failures.append(answer.text)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(5):
            Graph(output).remove("accusation")
            add(output)
    finally:
        finished.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert set(seen) == {4, 8} or set(seen) == {8}
    assert claims(server) == 8
