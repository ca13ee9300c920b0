"""Relations of re3d: who takes part in one claim together.

A pair is an actor with whatever else takes part (recipient, other roles, place), and a recipient
with the place; entities and plain noun phrases alike, each pair once.  The types of re3d are not
those of the codebook, so that pairs are measured without type.  Entities are the mentions.
"""

from __future__ import annotations

from itertools import product
from types import ModuleType

from common import Listings, Row

#: Entity types and those of re3d.
TYPES = {
    "Person": "Person",
    "Country": "Location",
    "Place": "Location",
    "Organization": "Organisation",
    "Group": "Organisation",
}


def article(row: Row) -> Row:
    return {
        "id": row["id"],
        "lang": "en",
        "title": row["title"],
        "url": row["url"],
        "source": row["source"],
        "text": row["text"],
    }


def predict(row: Row, found: Listings) -> Row:
    entities = [
        {"start": mention["start"], "end": mention["end"], "type": TYPES[mention["type"]]}
        for mention in found.mentions
        if mention["type"] in TYPES
    ]
    pairs = {
        (one["start"], one["end"], other["start"], other["end"])
        for claim in found.claims
        for one, other in pairs_of(claim)
        if one["end"] <= other["start"] or other["end"] <= one["start"]
    }
    return {"id": row["id"], "entities": entities, "relations": [_relation(row, *p) for p in sorted(pairs)]}


def pairs_of(claim: Row) -> list[tuple[Row, Row]]:
    """The participants of a claim that it brings together."""
    place = [claim["place"]] if claim["place"] else []
    others = [participant for role in claim["others"].values() for participant in role]
    return [
        *product(claim["actors"], [*claim["recipients"], *others, *place]),
        *product(claim["recipients"], place),
    ]


def _relation(row: Row, start: int, end: int, other_start: int, other_end: int) -> Row:
    return {
        "type": "any",
        "source": row["text"][start:end],
        "source_start": start,
        "source_end": end,
        "target": row["text"][other_start:other_end],
        "target_start": other_start,
        "target_end": other_end,
    }


def same(scorer: ModuleType, gold: Row, predicted: Row) -> bool:
    def joins(source: str, target: str) -> bool:
        one, other = ("source", source), ("target", target)
        return bool(scorer.arg(gold, predicted, *one) and scorer.arg(gold, predicted, *other))

    return joins("source", "target") or joins("target", "source")


def show(row: Row, relation: Row) -> str:
    return f"{relation['type']}: {relation['source']} | {relation['target']}"
