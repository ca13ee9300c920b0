"""Event coding: the claims with an event type, from each actor to each recipient.

As CAMEO codes them: what is asserted or alleged is coded as what happened; what is planned is coded
as an event too (the future of a visit is a visit); what is negated, denied, requested or merely
possible is not an event.  Without a recipient the theme is the target.  Several who do
something together without a recipient do it with each other, where the event is talk or
cooperation.  An event is given once, however often the sentence tells it.
"""

from __future__ import annotations

from itertools import permutations, product
from types import ModuleType

from common import Listings, Row

#: Statuses of claims that are coded as events.
EVENTS = frozenset({"asserted", "alleged", "planned"})
#: Types that are done with each other.
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_NOBODY: list[Row | None] = [None]


def article(row: Row) -> Row:
    return {"id": row["id"], "lang": row["lang"], "published": row["date"], "text": row["text"]}


def predict(row: Row, found: Listings) -> Row:
    events: list[Row] = []
    for claim in found.claims:
        if claim["event_type"] and claim["status"] in EVENTS:
            for source, target in sides(claim):
                event = {
                    "plover": claim["event_type"],
                    **_side("source", source, found),
                    **_side("target", target, found),
                }
                if event not in events:
                    events.append(event)
    return {"id": row["id"], "events": events}


def sides(claim: Row) -> list[tuple[Row | None, Row | None]]:
    """Who does it to whom."""
    actors = claim["actors"]
    targets = claim["recipients"] or claim["others"].get("theme") or []
    if not targets and len(actors) > 1 and claim["event_type"] in MUTUAL:
        return list(permutations(actors, 2))
    return list(product(actors or _NOBODY, targets or _NOBODY))


def _side(side: str, participant: Row | None, found: Listings) -> Row:
    if participant is None:
        return {f"{side}_text": [], f"{side}_code": []}
    texts = list(dict.fromkeys([participant["text"], participant["name"]]))
    entity = found.entities.get(participant["entity"])
    code = entity and (entity["actor_code"] or entity["country"])
    return {f"{side}_text": texts, f"{side}_code": [code] if code else []}


def same(scorer: ModuleType, gold: Row, predicted: Row) -> bool:
    kind = scorer.typ(gold)
    sides_match = all(scorer.side(gold, predicted, side) for side in ("source", "target"))
    return kind is not None and kind == scorer.typ(predicted) and sides_match


def show(row: Row, event: Row) -> str:
    who, whom = (
        ", ".join([*event.get(f"{side}_text", []), *event.get(f"{side}_code", [])]) or "?"
        for side in ("source", "target")
    )
    words = event.get("event_text")
    return f"{event['plover']}: {who} -> {whom}" + (f" [{words}]" if words else "")
