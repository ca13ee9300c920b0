"""A graph of two articles, and ``kg serve`` running on it in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from kg.graph.graph import Graph
from kg.graph.record import Record
from tests.explorer.conftest import chromium  # noqa: F401
from tests.graph.samples import accusation, visit

pytest.importorskip("starlette", reason="no starlette: pip install 'kg-builder[serve]' to test serving")
pytest.importorskip("uvicorn", reason="no uvicorn: pip install 'kg-builder[serve]' to test serving")


#: Three times all triples, with nothing to join them by.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }"
#: Seconds that a server of the tests may run.
LONGEST = 600


@dataclass(frozen=True)
class Server:
    """A running server: ``get`` and ``post`` take a path."""

    address: str
    process: subprocess.Popen[str]
    client: httpx.Client

    def get(self, path: str, *, accept: str | None = None, **options: object) -> httpx.Response:
        return self.client.get(path, headers={"Accept": accept} if accept else None, **options)  # type: ignore[arg-type]

    def ask(self, query: str, accept: str | None = None, **fields: object) -> httpx.Response:
        return self.get("/sparql", accept=accept, params={"query": query, **fields})

    def rows(self, query: str) -> list[dict[str, str]]:
        """The values of the rows of a query."""
        answer = self.ask(query)
        assert answer.status_code == 200, answer.text
        return [
            {name: cell["value"] for name, cell in row.items()}
            for row in answer.json()["results"]["bindings"]
        ]


def command(output: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "kg", "serve", "--output", str(output), *options]


@contextmanager
def running(output: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """``kg serve`` with these options, its address, and the process, which does not outlive the test.

    No read of its output can wait for ever: it is killed when it has run for LONGEST seconds.
    """
    with subprocess.Popen(
        command(output, "--port", "0", *options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        late = threading.Timer(LONGEST, process.kill)
        late.start()
        try:
            assert process.stdout is not None and process.stderr is not None
            address = process.stdout.readline().strip()
            assert address, process.stderr.read()
            yield address, process
        finally:
            late.cancel()
            process.kill()


def ended(process: subprocess.Popen[str]) -> str:
    """End it by Ctrl-C; what it said on standard error."""
    process.send_signal(signal.SIGINT)
    return process.communicate(timeout=60)[1]


@contextmanager
def serving(output: Path, *options: str) -> Iterator[Server]:
    """``kg serve`` on a free port, ended by Ctrl-C."""
    with running(output, *options) as (address, process):
        # Proxies of the machine have no business with a server on loopback.
        with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
            yield Server(address, process, client)
        said = ended(process)
        assert process.returncode == 0 and "Traceback" not in said, said


def make(output: Path) -> Path:
    """A graph of the two sample articles."""
    with Record.open(output, write=True) as record:
        record.put(visit())
        record.put(accusation())
    Graph(output).refresh()
    return output


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="session")
def server(output: Path) -> Iterator[Server]:
    """A server that stops a query after 5 seconds and an answer at 1 MB; tests must not change its graph."""
    with serving(output, "--timeout", "5", "--max-mb", "1") as served:
        yield served


@pytest.fixture
def start() -> Iterator[Callable[..., Server]]:
    """Start a server of the test's own."""
    with ExitStack() as servers:
        yield lambda output, *options: servers.enter_context(serving(output, *options))
