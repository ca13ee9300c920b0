"""The graph in another store: a real Oxigraph server, and servers that refuse."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

import kg
from kg.errors import KGError, StoreError
from kg.graph.record import Record
from kg.graph.remote import Address, Pushed, Remote, address
from kg.graph.terms import Names
from tests.graph.exported import written
from tests.graph.samples import Text, visit
from tests.graph.servers import asked, free_port, unordered, wait_for

PUSHED = Names().graph("pushed").value


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of an Oxigraph server with an empty store on disk."""
    program = Path(sys.executable).with_name("oxigraph")
    found = str(program) if program.exists() else shutil.which("oxigraph")
    if not found:
        pytest.skip("no oxigraph server: pip install oxigraph")
    port = free_port()
    place = ["--location", str(tmp_path / "server"), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [found, "serve", *place, "--union-default-graph"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def graph(tmp_path: Path) -> kg.Graph:
    """A graph on disk with claims of every status."""
    return written(tmp_path / "output")


def by_store(url: str) -> Address:
    """Graph Store HTTP."""
    return address(url)


def by_update(url: str) -> Address:
    """SPARQL updates, for a server without a graph store."""
    return address(url, "sparql", query=f"{url}/query", update=f"{url}/update")


def held(url: str) -> bytes:
    """All that the server holds but its notes, as sorted N-Quads."""
    answer = httpx.get(f"{url}/store", headers={"Accept": "application/n-quads"}, trust_env=False)
    lines = answer.raise_for_status().content.splitlines(keepends=True)
    return b"".join(sorted(line for line in lines if f"<{PUSHED}> .".encode() not in line))


def stored(graph: kg.Graph) -> bytes:
    """All quads of the store, sorted."""
    with graph._store() as store:
        return store.nquads()


@pytest.mark.parametrize("way", [by_store, by_update])
def test_the_other_store_holds_the_same_and_only_changes_are_sent(
    server: str, graph: kg.Graph, way: Callable[[str], Address]
) -> None:
    """The same quads, byte for byte; again, nothing is sent; then what changed, and what is gone goes."""
    target = way(server)
    steps: list[tuple[int, int]] = []
    done = graph.push(target, lambda sent, of: steps.append((sent, of)))
    assert done == Pushed(sent=6, removed=0, unchanged=0)  # three articles, entities, derived, ontology
    assert steps == [(number, 6) for number in range(1, 7)]
    assert held(server) == stored(graph)
    assert graph.push(target) == Pushed(sent=0, removed=0, unchanged=6)

    with Record.open(graph.output, write=True) as record:
        record.put(Text("lain", "Rusia diam.", lang="id").done())
    assert graph.push(target) == Pushed(sent=1, removed=0, unchanged=6)
    assert held(server) == stored(graph)

    graph.remove(visit().article.id)
    done = graph.push(target)
    assert done.removed == 1 and 1 <= done.sent <= 2 and done.unchanged == 6 - done.sent
    assert held(server) == stored(graph)


def test_saved_queries_have_the_same_answers_there(server: str, examples_graph: kg.Graph) -> None:
    """Every saved query finds the same rows in the other store as in ours."""
    examples_graph.push(address(server))
    answered = 0
    with Remote(address(server)) as other:
        for name, text, ours in asked(examples_graph):
            theirs = other.query(text)
            assert theirs.variables == ours.columns, name
            assert unordered(theirs.rows) == unordered(ours.rows), name
            answered += bool(ours.rows)
    assert answered > 5


def test_graphs_of_others_are_left_alone(server: str, graph: kg.Graph) -> None:
    """What somebody else keeps in the same store stays, whatever is pushed."""
    theirs = b"<http://example.org/a> <http://example.org/b> <http://example.org/c> ."
    where = {"graph": "http://example.org/mine"}
    kind = {"Content-Type": "application/n-triples"}
    httpx.put(
        f"{server}/store", params=where, content=theirs, headers=kind, trust_env=False
    ).raise_for_status()
    graph.push(address(server))
    graph.remove(visit().article.id)
    graph.push(address(server))
    left = httpx.get(f"{server}/store", params=where, headers={"Accept": "text/plain"}, trust_env=False)
    assert left.text.strip() == theirs.decode()


def test_a_push_that_was_broken_off_goes_on(
    server: str, graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was noted by then is not sent again, and in the end all is there."""
    monkeypatch.setattr("kg.graph.remote.NOTED", 2)

    def stop(sent: int, of: int) -> None:
        if sent == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        graph.push(address(server), stop)
    assert graph.push(address(server)) == Pushed(sent=2, removed=0, unchanged=4)
    assert held(server) == stored(graph)


def test_large_graphs_are_sent_in_parts(
    server: str, graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A graph that does not fit one request is whole there, also when it is replaced."""
    for name in ("UPLOADED", "INSERTED", "ASKED"):
        monkeypatch.setattr(f"kg.graph.remote.{name}", 3 if name == "ASKED" else 100)
    graph.push(address(server))
    assert held(server) == stored(graph)
    graph.link("person/ani-sari", "person/maria-zakharova", "same")
    assert 0 < graph.push(by_update(server)).sent < 6
    assert held(server) == stored(graph)
    assert graph.push(address(server)).sent == 0


def test_push_command_says_what_it_did(server: str, graph: kg.Graph) -> None:
    """``kg push`` tells on standard error what was sent, and nothing on standard output."""
    command = [sys.executable, "-m", "kg", "push", server, "-o", str(graph.output)]
    said = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2)]
    assert "6 graphs sent, 0 removed, 0 unchanged" in said[0].stderr
    assert "0 graphs sent, 0 removed, 6 unchanged" in said[1].stderr
    assert said[0].stdout == said[1].stdout == ""


def test_build_pushes_what_it_read(server: str, tmp_path: Path) -> None:
    """``kg build --push`` ends with the graph in the other store."""
    article = tmp_path / "a.txt"
    article.write_text("Vladimir Putin visited North Korea on 19 June 2024.", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        str(article),
        "-o",
        str(tmp_path / "built"),
        "--push",
        server,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "4 graphs sent" in done.stderr
    assert held(server) == stored(kg.open(tmp_path / "built"))


def test_a_server_that_is_not_there_is_one_sentence(graph: kg.Graph) -> None:
    """The command ends with 1, names the address and what to do."""
    url = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "kg", "push", url, "-o", str(graph.output)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout == "" and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"cannot reach {url}/query" in done.stderr and "see that the server runs there" in done.stderr


class Refusing(BaseHTTPRequestHandler):
    """Answers a POST to /STATUS/… with that status, and PUT too; /200 is a page that is no endpoint."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(int(self.path.split("/")[1]))
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html>no\nendpoint</html>")

    do_PUT = do_POST

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def refusing() -> Iterator[str]:
    """The address of a server that answers as it is asked to."""
    server = HTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "does not let you in .* --user"),
        (403, "does not let you in .* --user"),
        (404, "check the address"),
        (413, "takes no .* raise the limit"),
        (500, "answered 500: <html>no endpoint"),
        (200, "did not answer as a SPARQL endpoint does: check the address"),
    ],
)
def test_refusals_are_a_sentence(graph: kg.Graph, refusing: str, status: int, said: str) -> None:
    """Each says what to do; none shows the password."""
    target = address(f"{refusing}/{status}", user="me", password="hush-hush")
    with pytest.raises(StoreError, match=said) as error:
        graph.push(target)
    assert "\n" not in str(error.value)
    assert "hush-hush" not in f"{error.value} {target!r}"


@pytest.mark.parametrize(
    "url", ["localhost:7878", "ftp://example.org", "http://", "http://h:99999", "http://[", "http://a b"]
)
def test_what_is_no_address_is_told(url: str) -> None:
    """One sentence with an example."""
    with pytest.raises(KGError, match="is no address of a server: write it as http://localhost:7878"):
        address(url)


def test_addresses_hold_no_password_and_kinds_are_known() -> None:
    """A password in an address would be shown in messages; an unknown kind names the known ones."""
    with pytest.raises(KGError, match="leave it out") as error:
        address("http://me:hush@localhost:7878")
    assert "hush" not in str(error.value)
    with pytest.raises(KGError, match="oxigraph, fuseki, rdf4j, virtuoso, sparql"):
        address("http://localhost:7878", "blazegraph")
    assert address("http://h/ds", "fuseki").graphs == "http://h/ds/data"
    assert address("http://h", graphs="http://h/other").graphs == "http://h/other"
