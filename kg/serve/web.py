"""The web server (uvicorn) around the application: how it begins and ends."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.concurrency import run_in_threadpool

from kg.serve.app import application
from kg.serve.pool import Pool
from kg.serve.types import Limits

#: Seconds that answers have to be sent after Ctrl-C, and requests at one time.
GRACE, CONNECTIONS = 2, 200


class _Server(uvicorn.Server):
    """A server that says when it answers, and that ends its queries first when it ends."""

    def __init__(self, config: uvicorn.Config, pool: Pool, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._pool, self._ready = pool, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await run_in_threadpool(self._pool.close)
        await super().shutdown(sockets)


def run(output: Path, limits: Limits, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Answer at the socket until Ctrl-C; ``ready`` is called once it answers and Ctrl-C is heeded."""
    pool = Pool(output, limits)
    config = uvicorn.Config(
        application(output, pool),
        http="h11",
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=GRACE,
    )
    try:
        # Ctrl-C is raised again once the server has ended.
        with contextlib.suppress(KeyboardInterrupt):
            _Server(config, pool, ready).run(sockets=[listener])
    finally:
        pool.close()
