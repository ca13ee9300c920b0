"""Looking at the words of a SPARQL query, to refuse what leaves the machine."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from kg.errors import QueryError

#: The words of SPARQL in which a keyword or a parameter cannot be mistaken for something else.  Where one
#: ends follows the grammar (https://www.w3.org/TR/sparql11-query/#sparqlGrammar) and not what a reader
#: sees: in ``?o.SERVICE`` and ``1SERVICE`` a keyword begins, in ``ex:a\#b`` no comment does.
_WORD = re.compile(
    r"""
    (?P<string>\"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
             | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<comment>\#[^\n\r]*)
    | (?P<parameter>\$\w+)
    | (?P<variable>[?$](?:\w|[^\x00-\x7F])+)
    | (?P<language>@[A-Za-z]+(?:-+[A-Za-z0-9]+)*)
    | (?P<name>(?:_|(?:[A-Za-z]|[^\x00-\x7F])(?:[\w.-]|[^\x00-\x7F])*+)?:
               (?:(?:[\w:]|[^\x00-\x7F]|%[0-9A-Fa-f]{2}|\\.)(?:[\w:.-]|[^\x00-\x7F]|%[0-9A-Fa-f]{2}|\\.)*)?)
    | (?P<number>\d[\d.]*(?:[eE][+-]?\d+)?)
    | (?P<keyword>(?:[A-Za-z_]|[^\x00-\x7F])\w*)
    | (?P<space>\s+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_BLANKS = frozenset({"space", "comment"})
_UPDATES = frozenset({"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"})


def words(query: str) -> Iterator[tuple[str, str]]:
    """The kind and the text of each word; joined, the texts are the query."""
    for found in _WORD.finditer(query):
        yield str(found.lastgroup), found[0]


def refuse(query: str) -> None:
    """Raise QueryError if the query would change the graph or ask another server (SERVICE)."""
    found = [(kind, word, position) for kind, word, position in _placed(query) if kind not in _BLANKS]
    first, before = True, ""
    for index, (kind, word, position) in enumerate(found):
        verb, reason = word.upper(), ""
        following = [later for _, later, _ in found[index + 1 : index + 4]]
        if _asks_elsewhere(kind, verb, following):
            reason = "SERVICE asks another server, but queries stay on this machine: take it out"
        elif first and kind == "keyword" and verb in _UPDATES:
            reason = f"{verb} would change the graph, as only `kg build` and `kg remove` do: use SELECT"
        elif word == "\\":
            reason = "a backslash stands outside of a text, where it means nothing: take it out"
        if reason:
            raise QueryError(reason, query=query, place=place_of(query, position))
        first = first and (kind == "iri" or verb in ("PREFIX", "BASE") or before == "PREFIX")
        before = verb


def names_dataset(query: str) -> bool:
    """Whether the query says itself which graphs it asks (FROM, FROM NAMED)."""
    return any(kind == "keyword" and word.upper() == "FROM" for kind, word in words(query))


def _placed(query: str) -> Iterator[tuple[str, str, int]]:
    position = 0
    for kind, word in words(query):
        yield kind, word, position
        position += len(word)


def _asks_elsewhere(kind: str, verb: str, following: Sequence[str]) -> bool:
    """Whether a word is, or hides, the keyword SERVICE.

    The engine needs no space beside a keyword: it reads ``trueSERVICE`` and ``SERVICEex:a {`` as
    one, and ``ex:SERVICE <…> {`` too where ``ex:SERVICE`` gives no valid IRI.
    """
    if kind == "keyword":
        return "SERVICE" in verb
    prefix, _, local = verb.partition(":")
    return kind == "name" and ("SERVICE" in prefix or ("SERVICE" in local and "{" in following))


def syntax_error(query: str, reason: str) -> QueryError:
    """The error for a query of which the engine's parser says ``reason``, with the place if it tells it."""
    found = _PLACE.search(reason)
    if found is None:
        return QueryError(f"the query is not valid SPARQL: {reason}", query=query)
    # The parser lists every token it could have taken; its first words tell enough.
    problem = textwrap.shorten(found[3], 80, placeholder=" …")
    line, column = int(found[1]), int(found[2])
    message = f"the query is not valid SPARQL at line {line}, column {column}: {problem}"
    return QueryError(message, query=query, place=(line, column))


def place_of(query: str, position: int) -> tuple[int, int]:
    """Line and column, both from 1, of a position in the query."""
    before = query[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
