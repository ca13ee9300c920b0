"""What the tests of other stores share: ports, waiting, and the saved queries as such stores take them."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import pytest

import kg
from kg.graph.queries import load, saved
from kg.graph.rows import Result
from kg.graph.terms import prefixes

#: For the parameters that a saved query must be given, by their kind.
GIVEN = {
    "entity": "North Korea", "country": "PRK", "date": "2023", "number": "10", "status": "asserted",
    "text": "meets",
}  # fmt: skip


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the server listens."""
    for _ in range(200):
        assert process.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server does not listen")


def asked(graph: kg.Graph) -> Iterator[tuple[str, str, Result]]:
    """Each saved query: its name, its text with all prefixes declared, and what our own store answers."""
    declared = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes().items())
    given = {**GIVEN, "event": graph.events()[0]["id"]}
    for query in saved():
        params = {one.name: given[one.kind] for one in query.parameters if one.default is None}
        yield query.name, declared + load(query.name, params), graph.query(name=query.name, params=params)


def unordered(rows: list[dict[str, Any]]) -> list[str]:
    """Rows without their order, and without the order inside what GROUP_CONCAT joined, which is free."""
    return sorted(
        str(
            {
                name: sorted(value.split(", ")) if isinstance(value, str) else value
                for name, value in row.items()
            }
        )
        for row in rows
    )
