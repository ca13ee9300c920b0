"""Event coding: the claims with an event type, as CAMEO codes them, from each actor to each recipient.

- What is asserted is the event.  What is planned is the event for talks; for other cooperation it is
  an expression of intent (CAMEO 03, AGREE), for conflict a threat (13, THREATEN); a plan that is
  negated is a refusal (12, REJECT).
- What is alleged by somebody is not coded: the accusation is a claim of its own.  Nor is what is
  requested (the request is a claim of its own), possible, negated or denied.
- Without a recipient the theme is the target.
- A symmetric relation of the codebook ("meets") goes both ways between all who take part.
- Actor codes are those of the product, at the date of the claim.  Of somebody whose country is not known it
  has the sector alone ("LEG"); the gold sets write signs in the place of a country ("---LEG", "~LEG").
- An event is given once, however often the sentence tells it.
"""

from __future__ import annotations

from itertools import permutations, product
from types import ModuleType

from common import Listings, Row

from kg import ontologies
from kg.nlp.codebook import load_codebook

#: What CAMEO makes of an intention to do something of a type; other types stay as they are.
INTENDED = {
    **dict.fromkeys(("SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"), "AGREE"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "THREATEN"),
}
_NOBODY: list[Row | None] = [None]
#: The codes of sectors, which stand alone where a country is not known.
_SECTORS = frozenset(ontologies.language("en", "sectors")["nouns"])


def article(row: Row) -> Row:
    return {"id": row["id"], "lang": row["lang"], "published": row["date"], "text": row["text"]}


def predict(row: Row, found: Listings) -> Row:
    events: list[Row] = []
    for claim in found.claims:
        kind = event_type(claim)
        for source, target in sides(claim) if kind else ():
            event = {"plover": kind, **_side("source", source, found), **_side("target", target, found)}
            if event not in events:
                events.append(event)
    return {"id": row["id"], "events": events}


def event_type(claim: Row) -> str | None:
    """The PLOVER type under which CAMEO would code a claim; None if it is no event."""
    kind: str | None = claim["event_type"]
    if kind is None:
        return None
    if claim["modality"] == "planned":
        return "REJECT" if claim["polarity"] == "negated" else INTENDED.get(kind, kind)
    happened = claim["status"] == "asserted"
    rumoured = claim["status"] == "alleged" and not claim["attributed_to"]
    return kind if happened or rumoured else None


def sides(claim: Row) -> list[tuple[Row | None, Row | None]]:
    """Who does it to whom."""
    actors, recipients = claim["actors"], claim["recipients"]
    relation = load_codebook().relations.get(claim["relation"])
    if relation is not None and relation.symmetric and len(actors) + len(recipients) > 1:
        return list(permutations([*actors, *recipients], 2))
    targets = recipients or claim["others"].get("theme") or []
    return list(product(actors or _NOBODY, targets or _NOBODY))


def _side(side: str, participant: Row | None, found: Listings) -> Row:
    if participant is None:
        return {f"{side}_text": [], f"{side}_code": []}
    texts = list(dict.fromkeys([participant["text"], participant["name"]]))
    codes = [written for code in participant.get("codes", []) for written in _written(code)]
    return {f"{side}_text": texts, f"{side}_code": codes}


def _written(code: str) -> list[str]:
    """The ways in which the gold sets write a code: before a sector without a country stand signs."""
    return [code, f"---{code}", f"~{code}"] if code[:3] in _SECTORS else [code]


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
