"""Imported entities that may be meant by names of the graph, for a person to decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from kg.linking.decisions import pair
from kg.linking.doubtful import LEAST, Pair
from kg.linking.imported import Candidate, Imported, choose, keys
from kg.linking.spelling import is_full, makes_citizen
from kg.linking.standing import Decision
from kg.types import Entity, Link

#: Who made a decision that only a score made; the score follows.
BY = "kg link --accept"
#: Types of entities that others are asked about.
_ASKED = frozenset({"Person", "Organization", "Group", "Place"})
#: Candidates that are offered for one entity.
MOST = 5
#: Scores of :func:`kg.linking.imported.choose` from 0 to 1 become at least LEAST: each is worth a look.
_SPAN = 1 - LEAST


class Linker(Protocol):
    def listed(self, id: str) -> Entity | None: ...


def offer(
    entities: Mapping[str, Entity],
    linker: Linker,
    imported: Imported,
    decided: Collection[frozenset[str]] = (),
) -> tuple[list[Pair], dict[str, Entity]]:
    """Pairs of an entity that nobody knows and an imported one of its name; and the imported ones by id.

    Pairs in ``decided`` are left out.  No more than MOST are offered for one entity.
    """
    pairs: list[Pair] = []
    offered: dict[str, Entity] = {}
    if not imported:
        return pairs, offered
    for id in sorted(entities):
        if linker.listed(id) is not None:
            continue
        found = [one for one in _candidates(entities[id], imported) if frozenset((id, one.id)) not in decided]
        choice = choose(found, _positions(entities[id]), ()) if found else None
        for one in found[:MOST]:
            other = imported.get(one.id)
            if other is not None and choice is not None:
                offered[one.id] = other
                sure = choice.score if choice.candidate in (None, one) else 0.0
                pairs.append(Pair(id, one.id, round(LEAST + _SPAN * sure, 2), _about(one, other)))
    return pairs, offered


def unknown(entities: Iterable[Entity], linker: Linker) -> list[tuple[str, str]]:
    """Full names, with their language, of people and bodies that nobody knows, and of places."""
    found = []
    for entity in entities:
        lang = next((lang for lang, names in entity.names.items() if entity.name in names), "und")
        is_whole = entity.type == "Place" or is_full(entity.name)
        if entity.type in _ASKED and is_whole and linker.listed(entity.id) is None:
            found.append((entity.name, lang))
    return found


def accepted(
    entities: Mapping[str, Entity], linker: Linker, imported: Imported, held: Iterable[Decision],
    least: float, at: str,
) -> list[Link]:  # fmt: skip
    """Decisions for the pairs of :func:`offer` that score at least ``least``, one for each entity.

    An entity about which something like it was decided already is left alone.
    """
    decided = [frozenset(pair(one)) for one in held]
    pairs, _ = offer(entities, linker, imported, decided)
    touched = {id for both in decided for id in both}
    best: dict[str, list[Pair]] = {}
    for one in pairs:
        if one.score >= least and one.left not in touched:
            best.setdefault(one.left, []).append(one)
    return [
        Link(left=left, right=several[0].right, judgement="same", by=f"{BY} {several[0].score:.2f}", at=at)
        for left, several in best.items()
        if len(several) == 1
    ]


def _candidates(entity: Entity, imported: Imported) -> list[Candidate]:
    """Who of the imported has one of its names, each once, sorted by id."""
    names = [name for several in entity.names.values() for name in several]
    kind = entity.id.partition("/")[0].capitalize()
    found = {one.id: one for key in keys(kind, names) for one in imported.candidates(key)}
    return [found[id] for id in sorted(found)]


def _positions(entity: Entity) -> set[str]:
    """The countries that it holds positions of."""
    bodies = (role.of or "" for role in entity.roles if makes_citizen(role.title))
    return {body.partition("/")[2] for body in bodies if body.startswith("country/")}


def _about(one: Candidate, entity: Entity) -> str:
    """Who that is, in words."""
    parts = [
        f"in {one.source}",
        entity.type,
        "/".join(one.countries),
        *(role.title for role in entity.roles[:3]),
    ]
    return ", ".join(part for part in [*parts, *entity.same_as] if part)
