"""Looking at the words of a SPARQL query: fill in parameters, and refuse what leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal

from kg.errors import QueryError

#: The words of SPARQL in which a keyword or a parameter cannot be mistaken for something else.
_WORD = re.compile(
    r"""
    (?P<string>\"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
             | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | (?P<iri><[^<>"{}|^`\\\s]*>)
    | (?P<comment>\#[^\n]*)
    | (?P<parameter>\$\w+)
    | (?P<name>[?:]?[\w.-]*:?\w[\w:.\-%]*|[?:]\w*)
    | (?P<space>\s+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_UPDATES = frozenset({"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"})


def words(query: str) -> Iterator[tuple[str, str]]:
    """The kind and the text of each word; joined, the texts are the query."""
    for found in _WORD.finditer(query):
        yield str(found.lastgroup), found[0]


def fill(query: str, values: Mapping[str, str]) -> str:
    """The query with each ``$name`` that ``values`` has replaced by a string literal.

    What stands in strings, IRIs and comments is left alone, and a value cannot end its literal.
    """
    return "".join(
        str(Literal(values[word[1:]].encode(errors="replace").decode()))
        if kind == "parameter" and word[1:] in values
        else word
        for kind, word in words(query)
    )


def refuse(query: str) -> None:
    """Raise QueryError if the query would change the graph or ask another server (SERVICE)."""
    position, first, before = 0, True, ""
    for kind, word in words(query):
        if kind == "name":
            verb, reason = word.upper(), ""
            if verb == "SERVICE":
                reason = "SERVICE asks another server, but queries stay on this machine: take it out"
            elif first and verb in _UPDATES:
                reason = f"{verb} would change the graph, as only `kg build` and `kg remove` do: use SELECT"
            if reason:
                raise QueryError(reason, query=query, place=place_of(query, position))
            first = first and (verb in ("PREFIX", "BASE") or before == "PREFIX")
            before = verb
        position += len(word)


def place_of(query: str, position: int) -> tuple[int, int]:
    """Line and column, both from 1, of a position in the query."""
    before = query[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
