"""What a query gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from kg.graph.terms import XSD

Term = NamedNode | BlankNode | Literal | Triple

_NUMBERS = {
    **{XSD + name: int for name in ("integer", "nonNegativeInteger", "int", "long")},
    **{XSD + name: float for name in ("decimal", "double", "float")},
}


@dataclass(frozen=True)
class Results:
    """The rows of a SELECT; an ASK is one row ``answer``, a CONSTRUCT has a row for each triple.

    ``variables`` are the columns; ``terms`` has, for each row, one RDF term or None for each column.
    """

    variables: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as plain values: text, numbers, true or false; None where nothing is bound."""
        return [dict(zip(self.variables, [plain(term) for term in row], strict=True)) for row in self.terms]

    def __len__(self) -> int:
        return len(self.terms)


def collect(answer: QuerySolutions | QueryBoolean | QueryTriples) -> Results:
    """All of what the store answers."""
    if isinstance(answer, QueryBoolean):
        literal = Literal(bool(answer))
        return Results(("answer",), ((literal,),))
    if isinstance(answer, QueryTriples):
        triples = sorted(((t.subject, t.predicate, t.object) for t in answer), key=str)
        return Results(("subject", "predicate", "object"), tuple(triples))
    variables = tuple(variable.value for variable in answer.variables)
    return Results(variables, tuple(tuple(row[name] for name in variables) for row in answer))


def plain(term: Term | None) -> Any:
    """A term as a Python value; dates stay text."""
    if term is None or isinstance(term, Triple):
        return None if term is None else str(term)
    if isinstance(term, Literal):
        kind = term.datatype.value
        if kind == XSD + "boolean":
            return term.value in ("true", "1")
        return _NUMBERS[kind](term.value) if kind in _NUMBERS else term.value
    return term.value
