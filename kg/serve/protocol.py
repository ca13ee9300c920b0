"""A request read as a question, by the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.serve.formats import GRAPHS, TABLES, choose
from kg.serve.types import Question

#: Bytes of the longest query, and of what is still read of a longer one before its sender is told.
LONGEST, READ_ON = 1_000_000, 32_000_000
FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
NO_UPDATE = (
    "this endpoint only answers: the graph is made from its articles, so change it with "
    "`kg build` and `kg remove`"
)

Parameters = Mapping[str, Sequence[str]]


async def read_question(request: Request) -> Question | None:
    """The question of a request to the endpoint; None if it is a GET without one.

    Raises HTTPException with the status that the protocol asks for and a sentence.
    """
    given: Parameters = _fields(request.url.query.encode("ascii", "replace"))
    if request.method == "POST":
        given = await _posted(request, given)
    if "update" in given:
        raise HTTPException(403, NO_UPDATE)
    queries = given.get("query", ())
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise HTTPException(400, f"a request carries one query, and this one carries {len(queries)}")
    return asked(request, queries[0], given)


def asked(request: Request, query: str, given: Parameters) -> Question:
    """The question about ``query`` in the format that the request accepts."""
    accept = request.headers.get("accept", "")
    return Question(
        query=query,
        base=str(request.url.replace(query="")),
        default_graphs=tuple(given.get("default-graph-uri", ())),
        named_graphs=tuple(given.get("named-graph-uri", ())),
        table=choose(accept, TABLES),
        graph=choose(accept, GRAPHS),
    )


async def _posted(request: Request, given: Parameters) -> Parameters:
    """The parameters of the address and those of the body."""
    media, *options = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    if media not in (FORM, QUERY, UPDATE):
        raise HTTPException(415, f"a POST carries {FORM} or {QUERY}: say which in Content-Type")
    if media == UPDATE:
        raise HTTPException(403, NO_UPDATE)
    charset = next((option[8:].strip('"') for option in options if option.startswith("charset=")), "utf-8")
    if charset not in ("utf-8", "utf8"):
        raise HTTPException(415, f"queries are read in UTF-8, not in {charset}")
    body = await _body(request)
    if media == FORM:
        fields = _fields(body)
        return {name: [*given.get(name, ()), *fields.get(name, ())] for name in {**given, **fields}}
    if "query" in given:
        raise HTTPException(400, "the query stands in the body and in the address: give it once")
    try:
        return {**given, "query": [body.decode("utf-8")]}
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the query is not UTF-8: {error}") from error


async def _body(request: Request) -> bytes:
    """The body; of one that is too long some more is read, so that its sender hears the answer."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size <= LONGEST:
            parts.append(part)
        elif size > READ_ON:
            break
    if size > LONGEST:
        raise HTTPException(413, f"the request is longer than {LONGEST:,} bytes: ask a shorter query")
    return b"".join(parts)


def _fields(encoded: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise HTTPException(400, f"the parameters are not URL-encoded UTF-8: {error}") from error
