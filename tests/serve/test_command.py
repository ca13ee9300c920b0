"""``kg serve`` as a user meets it: how it starts, ends and fails."""

from __future__ import annotations

import base64
import gzip
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.serve.conftest import ENDLESS, command, ended, make, running, serving

if TYPE_CHECKING:
    from tests.serve.conftest import Server


def fails(arguments: list[str]) -> str:
    """What a command that fails with exit code 1 says."""
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1, done.stderr
    assert done.stdout == "" and "Traceback" not in done.stderr
    return done.stderr


def test_ctrl_c_ends_it_in_the_middle_of_a_query(output: Path) -> None:
    """The address stands on standard output; Ctrl-C ends server and workers with exit code 0."""
    with running(output) as (address, server), ThreadPoolExecutor(1) as thread:
        assert address.startswith("http://127.0.0.1:")
        client = httpx.Client(base_url=address, timeout=60, trust_env=False)
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        hanging = thread.submit(client.get, "/sparql", params={"query": ENDLESS})
        with pytest.raises(FutureTimeout):
            hanging.result(timeout=2)
        said = ended(server)
        answer = hanging.result(timeout=60)
    assert (answer.status_code, answer.text) == (503, "the server is ending: ask again when it runs\n")
    assert server.returncode == 0, said
    assert "Traceback" not in said and "sparql" in said


def test_ctrl_c_is_heeded_as_soon_as_the_address_stands_there(output: Path) -> None:
    """Also by a server that a script started in the background, where the shell has Ctrl-C ignored."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with running(output) as (_, server):
            said = ended(server)
    finally:
        signal.signal(signal.SIGINT, before)
    assert server.returncode == 0 and "Traceback" not in said, said


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc to look for processes in")
def test_a_killed_server_leaves_no_worker_behind(output: Path) -> None:
    """Not even one in the middle of a query: all end with their server."""
    with running(output) as (address, server), ThreadPoolExecutor(1) as thread:
        client = httpx.Client(base_url=address, timeout=60, trust_env=False)
        hanging = thread.submit(client.get, "/sparql", params={"query": ENDLESS})
        with pytest.raises(FutureTimeout):
            hanging.result(timeout=3)
        workers = children(server.pid)
        assert workers
        server.kill()
        with pytest.raises(httpx.TransportError):
            hanging.result(timeout=60)
        for _ in range(100):
            if not any(Path(f"/proc/{worker}").exists() for worker in workers):
                return
            time.sleep(0.1)
    pytest.fail("a worker goes on")


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def test_a_taken_port_is_named(server: Server, output: Path) -> None:
    """One sentence that says to choose another."""
    port = server.address.rstrip("/").rpartition(":")[2]
    said = fails(command(output, "--port", port))
    assert f"port {port}" in said and "choose another --port" in said


def test_an_unknown_host_is_named(output: Path) -> None:
    """An address that this machine does not have."""
    assert "no.such.host.invalid" in fails(command(output, "--host", "no.such.host.invalid"))


def test_without_a_graph_it_says_how_to_make_one(tmp_path: Path) -> None:
    """Nothing is served that was not built."""
    assert "kg build" in fails(command(tmp_path / "none"))


def test_without_the_extra_it_says_what_to_install(output: Path) -> None:
    """Starlette and uvicorn are asked for only here."""
    code = (
        "import sys\nsys.modules['uvicorn'] = None\n"
        f"sys.argv = ['kg', 'serve', '--output', {str(output)!r}]\nfrom kg.cli import main\nmain()"
    )
    assert "kg-builder[serve]" in fails([sys.executable, "-c", code])


def test_another_host_is_warned_of(output: Path) -> None:
    """Who opens the graph to the network is told so, on standard error."""
    with running(output, "--host", "0.0.0.0") as (address, server):
        assert address.startswith("http://0.0.0.0:")
        assert "can read the whole graph" in ended(server)
    assert server.returncode == 0


def test_a_missing_explorer_page_is_written(tmp_path: Path) -> None:
    """The page at / is that of the output folder."""
    output = make(tmp_path / "graph")
    (output / "explorer.html").unlink()
    with serving(output) as server:
        page = server.get("/")
        assert page.status_code == 200 and page.content == (output / "explorer.html").read_bytes()
        packed = re.search(r'id="data">([^<]+)</script>', page.text)
        assert packed and b"Sergei Shoigu" in gzip.decompress(base64.b64decode(packed[1]))
