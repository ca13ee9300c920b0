"""What people decided about claims: which tell of one event, and which do not.

Such a decision is a :class:`~kg.types.Link` of ``decisions.jsonl`` like those about entities, between
``claim/<id>`` and ``claim/<id>``: claims keep their ids, while those of events follow from their claims.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KGError
from kg.linking.decisions import decide, read
from kg.linking.ids import joined
from kg.types import Link

if TYPE_CHECKING:
    from kg.graph.store import Store

_CLAIM = "claim/"
_ID = re.compile(r"(?:.*[:/])?([0-9a-f]{16})")


@dataclass(frozen=True)
class Grouping:
    """Pairs of claims and what was decided about them; claims are given by their addresses."""

    pairs: frozenset[tuple[str, str, str]] = frozenset()

    @classmethod
    def of(cls, folder: Path, base: str) -> Grouping:
        """The decisions of an output folder, in a graph whose data live under ``base``."""
        return cls(
            frozenset((base + link.left, base + link.right, link.judgement) for link in decided(folder))
        )

    @classmethod
    def from_json(cls, data: Iterable[Iterable[str]]) -> Grouping:
        return cls(frozenset((left, right, judgement) for left, right, judgement in data))

    def to_json(self) -> list[list[str]]:
        return sorted(map(list, self.pairs))

    def unlike(self, other: Grouping) -> set[str]:
        """The claims about which the two say something else."""
        return {claim for left, right, _ in self.pairs ^ other.pairs for claim in (left, right)}

    @cached_property
    def same(self) -> Mapping[str, tuple[str, ...]]:
        """A claim to all that tell of the same event, itself among them."""
        groups = joined({left, right} for left, right, judgement in self.pairs if judgement == "same")
        return {claim: tuple(sorted(group)) for group in groups for claim in group}

    @cached_property
    def _different(self) -> Mapping[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for left, right, judgement in self.pairs:
            if judgement == "different":
                for one in self.same.get(left, (left,)):
                    for other in self.same.get(right, (right,)):
                        found[one].add(other)
                        found[other].add(one)
        return found

    def apart(self, claim: str, others: Iterable[str]) -> bool:
        """Whether a claim tells of another event than one of the others does."""
        different = self._different.get(claim)
        return different is not None and not different.isdisjoint(others)


#: Where nothing was decided.
UNDECIDED = Grouping()


def decided(folder: Path) -> list[Link]:
    """The decisions about claims that hold, sorted by pair."""
    return [link for link in read(folder) if isinstance(link, Link) and link.left.startswith(_CLAIM)]


def decide_on(store: Store, left: str, right: str, judgement: Any, by: str = "") -> Link:
    """Decide whether two claims, or two events, are of one event; an event stands for its first claim.

    Raises KGError for an id that is neither, for a claim that tells of no event, and for a decision that
    contradicts another.
    """
    folder = store.path.parent
    known = {id for link in decided(folder) for id in (link.left, link.right)}
    one, other = sorted(_claim(store, id, known if judgement == "withdrawn" else ()) for id in (left, right))
    at = datetime.now(UTC).isoformat(timespec="seconds")
    link = Link(left=one, right=other, judgement=judgement, by=by, at=at)
    decide(folder, link)
    return link


def _claim(store: Store, id: str, known: Collection[str]) -> str:
    """The id of a claim (``claim/…``), from that of a claim or an event as listings and queries show it."""
    found = _ID.fullmatch(id.strip())
    if found and _CLAIM + found[1] in known:
        return _CLAIM + found[1]
    if found and store.query(f"ASK {{ claim:{found[1]} a kg:Claim }}").rows[0]["answer"]:
        if not store.query(f"ASK {{ ?event kg:hasClaim claim:{found[1]} }}").rows[0]["answer"]:
            raise KGError(f"the claim {id} tells of no event: it needs a known party and a type of event")
        return _CLAIM + found[1]
    if found:
        rows = store.query(
            f"SELECT ?claim {{ occurrence:{found[1]} kg:hasClaim ?claim }} ORDER BY ?claim"
        ).rows
        if rows:
            return _CLAIM + str(rows[0]["claim"]).rpartition("/")[2]
    raise KGError(
        f"{id!r} is no claim and no event: `kg events` and `kg claims --format jsonl` show their ids"
    )
