"""The web application: which address answers what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.errors import KGError
from kg.graph.folder import PAGE
from kg.graph.queries import load, lookups, saved, unknown
from kg.serve.description import description
from kg.serve.formats import GRAPHS, choose
from kg.serve.pool import Pool
from kg.serve.protocol import QUERY, asked, read_question
from kg.serve.types import Answer, Question
from kg.serve.vocabulary import VOCABULARY, vocabulary

FILES = Path(__file__).parent / "page"
#: The query page runs its own scripts and asks its own server, nothing else.  The hash is that of a style
#: sheet which the table's column-resizer writes into the page.
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SAFE = {"X-Content-Type-Options": "nosniff"}
#: Pages of any origin may read.
_ANYONE = [
    Middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD", "POST"], allow_headers=["*"]
    )
]


def application(output: Path, pool: Pool) -> Starlette:
    """The application for the graph in ``output``, whose store the pool asks."""
    app = Starlette(
        exception_handlers={HTTPException: _refused, KGError: _failed},
        routes=[
            Route("/", _explorer),
            Route("/query", _query_page),
            Route("/sparql", _Endpoint, middleware=_ANYONE),
            Route("/queries", _queries, middleware=_ANYONE),
            Route("/queries/{name}", _saved_query, middleware=_ANYONE),
            Route("/vocabulary", _vocabulary),
            Mount("/files", StaticFiles(directory=FILES)),
        ],
    )
    app.state.output, app.state.pool = output, pool
    return app


class _Endpoint(HTTPEndpoint):
    """``/sparql``."""

    async def get(self, request: Request) -> Response:
        question = await read_question(request)
        if question is not None:
            return _response(await request.app.state.pool.ask(question))
        media = choose(request.headers.get("accept", ""), [*GRAPHS, "text/html"])
        if media == "text/html":
            return RedirectResponse(request.url_for("_query_page"), 303)
        if media is None:
            raise HTTPException(406, f"the endpoint describes itself as {', '.join(GRAPHS)}")
        body = description(str(request.url.replace(query="")), media)
        return Response(body, media_type=media, headers={**_SAFE, "Vary": "Accept"})

    async def post(self, request: Request) -> Response:
        question = await read_question(request)
        assert question is not None
        return _response(await request.app.state.pool.ask(question))

    async def options(self, request: Request) -> Response:
        return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})


def _explorer(request: Request) -> Response:
    page = Path(request.app.state.output) / PAGE
    if not page.is_file():
        raise HTTPException(404, "the explorer page is gone: `kg explore` writes it again")
    return FileResponse(page, headers={**_SAFE, "Cache-Control": "no-cache"})


def _query_page(request: Request) -> Response:
    headers = {**_SAFE, "Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"}
    return FileResponse(FILES / "query.html", headers=headers)


def _queries(request: Request) -> Response:
    """The saved queries: name, purpose, and parameters with ``name``, ``kind``, ``what`` and ``default``."""
    return JSONResponse(
        [
            {"name": query.name, "purpose": query.purpose, "parameters": [*map(asdict, query.parameters)]}
            for query in saved()
        ],
        headers=_SAFE,
    )


async def _saved_query(request: Request) -> Response:
    """Run a saved query, or give its text with the parameters filled in to those who accept only that."""
    pool, name = request.app.state.pool, request.path_params["name"]
    text, names = await run_in_threadpool(_filled, name, dict(request.query_params))
    for value, known in names.items():
        answer = await pool.ask(Question(query=known))
        if answer.status != 200:
            return _response(answer)
        if not json.loads(answer.body)["boolean"]:
            raise HTTPException(400, str(unknown(value)))
    if request.headers.get("accept", "") == QUERY:
        return Response(text, media_type=QUERY, headers=_SAFE)
    return _response(await pool.ask(asked(request, text, {})))


def _filled(name: str, given: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The text of a saved query, and the names in it that the graph must know."""
    if name not in {query.name for query in saved()}:
        raise HTTPException(404, f"there is no saved query {name!r}: /queries lists them")
    try:
        return load(name, given), lookups(name, given)
    except KGError as error:
        raise HTTPException(400, str(error)) from error


async def _vocabulary(request: Request) -> Response:
    """The prefixes, and the properties and classes of the graph, for completion."""
    answer = await request.app.state.pool.ask(VOCABULARY)
    if answer.status != 200:
        return _response(answer)
    return JSONResponse(vocabulary(answer.body), headers={**_SAFE, "Cache-Control": "max-age=60"})


def _response(answer: Answer) -> Response:
    headers = {**_SAFE, "Vary": "Accept"}
    if answer.status == 503:
        headers["Retry-After"] = "5"
    return Response(answer.body, answer.status, media_type=answer.media, headers=headers)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = {**_SAFE, **(error.headers or {})}
    return PlainTextResponse(f"{error.detail}\n", error.status_code, headers=headers)


def _failed(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", 500, headers=_SAFE)
