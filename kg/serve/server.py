"""Start the server and end it."""

from __future__ import annotations

import ipaddress
import socket
import warnings
from collections.abc import Callable
from pathlib import Path

from kg.errors import KGError, PipelineError
from kg.graph.folder import PAGE
from kg.graph.graph import open_graph
from kg.serve.types import Limits


def serve(
    output: str | Path = "output",
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits = Limits(),  # noqa: B008 - it is frozen
    started: Callable[[str], None] = print,
) -> None:
    """Answer requests about the graph in ``output`` until Ctrl-C.

    The store is brought up to date first, and the explorer page is written if it is missing; then
    ``started`` is told the address.  ``port`` 0 takes a free one.  Raises StoreError if there is no graph,
    PipelineError if the extra ``serve`` is not installed, and KGError if the address cannot be used.
    """
    graph = open_graph(output)
    try:
        from kg.serve.web import run
    except ImportError as error:
        raise PipelineError("serving needs starlette and uvicorn: pip install 'kg-builder[serve]'") from error
    with _listening(host, port) as listener:
        with graph._store():
            if not (graph.output / PAGE).is_file():
                graph.explore()
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listener.getsockname()[1]}/"
        run(Path(graph.output), limits, listener, lambda: started(address))


def _listening(host: str, port: int) -> socket.socket:
    """A socket bound to the address; warns if other machines can reach it."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family)
    except (OSError, OverflowError) as error:
        reason = f"cannot serve at {host}, port {port} ({error})"
        raise KGError(f"{reason}: choose another --port or --host") from error
    if not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback:
        warnings.warn(f"whoever reaches {host} over the network can read the whole graph", stacklevel=2)
    return listener
