"""The graph in a real Virtuoso (Debian: virtuoso-opensource-7-bin), with a password by HTTP Digest."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import StoreError
from kg.graph.remote import Address, Pushed, Remote, address
from tests.graph.exported import written
from tests.graph.samples import visit
from tests.graph.servers import asked, free_port, unordered, wait_for

INI = """\
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The address of a Virtuoso with an empty database, as its administrator."""
    program = shutil.which("virtuoso-t")
    if not program:
        pytest.skip("no Virtuoso: apt-get install virtuoso-opensource-7-bin")
    folder: Path = tmp_path_factory.mktemp("virtuoso")
    port = free_port()
    (folder / "v.ini").write_text(INI.format(sql=free_port(), http=port), encoding="utf-8")
    process = subprocess.Popen(
        [program, "+configfile", "v.ini", "+foreground"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port, process)
        yield address(f"http://127.0.0.1:{port}", "virtuoso", user="dba", password="dba")
    finally:
        process.terminate()
        process.wait(timeout=60)


def test_virtuoso_holds_the_same_and_only_changes_are_sent(server: Address, tmp_path: Path) -> None:
    """Every graph has the same values there; again, nothing is sent; what is gone is removed."""
    graph = written(tmp_path / "output")
    assert graph.push(server) == Pushed(sent=6, removed=0, unchanged=0)
    assert graph.push(server) == Pushed(sent=0, removed=0, unchanged=6)
    graph.remove(visit().article.id)
    done = graph.push(server)
    assert done.removed == 1 and 1 <= done.sent <= 2
    with Remote(server) as other, graph._store() as store:
        for name in store.graphs():
            every = f"SELECT ?s ?p ?o {{ GRAPH {name} {{ ?s ?p ?o }} }}"
            ours, theirs = store.query(every).rows, other.query(every).rows
            assert ours and set(map(str, theirs)) == set(map(str, ours)), name


def test_saved_queries_have_the_same_answers_in_virtuoso(server: Address, examples_graph: kg.Graph) -> None:
    """Every saved query finds the same rows as in our own store."""
    examples_graph.push(server)
    wrong, answered = {}, 0
    with Remote(server) as other:
        for name, text, ours in asked(examples_graph):
            try:
                theirs = unordered(other.query(text).rows)
            except StoreError as error:
                theirs = [str(error)]
            if theirs != unordered(ours.rows):
                wrong[name] = theirs[:2], ours.rows[:2]
            else:
                answered += bool(ours.rows)
    assert not wrong
    assert answered > 5


def test_a_wrong_password_is_one_sentence(server: Address, tmp_path: Path) -> None:
    """The sentence says what to give, and does not show the password."""
    url = server.query.removesuffix("/sparql")
    with pytest.raises(StoreError, match=r"does not let you in .* --user") as error:
        written(tmp_path / "output").push(address(url, "virtuoso", user="dba", password="hush"))
    assert "hush" not in str(error.value)
