"""What an export writes: the graph of an output folder as rows, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from kg.graph import listing
from kg.graph.record import Record
from kg.graph.store import Store
from kg.graph.terms import KG
from kg.types import Claim, Entity, Extraction

Row = dict[str, Any]

_EDGES = "SELECT ?who ?does ?whom { ?does a kg:Relation . GRAPH graph:derived { ?who ?does ?whom } }"


@dataclass(frozen=True, kw_only=True)
class Content:
    """A graph that is open.  ``linked`` gives an extraction as people decided whom its mentions mean.

    Each call begins anew; of the articles only one is in memory at a time.
    """

    record: Record
    store: Store
    entities: dict[str, Entity]
    linked: Callable[[Extraction], Extraction]

    def extractions(self) -> Iterator[Extraction]:
        """All that was found, sorted by article."""
        return map(self.linked, self.record)

    def raw_claims(self) -> Iterator[Claim]:
        """The claims as they are kept."""
        return (claim for extraction in self.extractions() for claim in extraction.claims)

    def claims(self) -> Iterator[Row]:
        """The rows of ``kg claims``."""
        return listing.claims(self.extractions(), self.entities)

    def articles(self) -> Iterator[Row]:
        """The articles, without their texts."""
        return listing.articles(self.extractions())

    def mentioned(self) -> Iterator[Row]:
        """The rows of ``kg entities``."""
        return listing.entities(self.extractions(), self.entities)

    def events(self) -> Iterator[Row]:
        """The rows of ``kg events``."""
        return listing.events(self.store.events(), self.entities)

    def edges(self) -> list[tuple[str, str, str]]:
        """The plain edges: ids of who, of the relation and of whom, sorted."""
        base = self.store.names.base
        return sorted(
            (
                unquote(row["who"].removeprefix(base)),
                unquote(row["does"].removeprefix(KG)),
                unquote(row["whom"].removeprefix(base)),
            )
            for row in self.store.query(_EDGES).rows
        )


def shown(label: str, status: str) -> str:
    """A label that cannot be read as a fact where it is none: ``visits (denied)``."""
    return label if status == "asserted" else f"{label} ({status})"
