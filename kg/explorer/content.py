"""The tables of the page, made from the rows of the listings; rows point to each other by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kg.explorer.communities import communities, weigh
from kg.explorer.layout import layout
from kg.explorer.pack import table

Row = Mapping[str, Any]

ENTITY_FIELDS = (
    "id",
    "type",
    "name",
    "names",
    "country",
    "roles",
    "mentions",
    "lat",
    "lon",
    "x",
    "y",
    "group",
)
CLAIM_FIELDS = (
    "id", "article", "relation", "label", "event_type", "status", "polarity", "date", "date_precision",
    "date_basis", "trigger", "trigger_length", "score", "event",
)  # fmt: skip
MENTION_FIELDS = ("claim", "role", "entity", "text", "start", "length")
ARTICLE_FIELDS = ("id", "title", "url", "source", "published", "lang")
EVENT_FIELDS = ("id", "status", "date", "date_precision", "reports", "sources")


def content(
    entities: Sequence[Row],
    claims: Sequence[Row],
    articles: Sequence[Row],
    events: Sequence[Row],
    contradictions: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """``entities``, ``claims``, ``mentions``, ``articles``, ``events`` as tables, and who contradicts whom.

    ``texts`` are the sentences of the claims, apart because the page draws before it reads them.

    ``claim``, ``entity``, ``article`` and ``event`` are places in these tables; mentions come claim by claim.
    """
    everyone = [*entities, *_missing_entities(entities, claims)]
    articles = [*articles, *_missing_articles(articles, claims)]
    place = {kind: {row["id"]: at for at, row in enumerate(rows)} for kind, rows in
             (("entity", everyone), ("article", articles), ("claim", claims))}  # fmt: skip
    event_of = {claim: at for at, event in enumerate(events) for claim in event["claims"]}
    return {
        "entities": table(_placed(everyone, claims), ENTITY_FIELDS),
        "claims": table([_claim(claim, place, event_of) for claim in claims], CLAIM_FIELDS),
        "mentions": table(list(_mentions(claims, place["entity"])), MENTION_FIELDS),
        "articles": table(articles, ARTICLE_FIELDS),
        "events": table(events, EVENT_FIELDS),
        "texts": table([_text(claim) for claim in claims], ("quote", "repeats")),
        "contradictions": sorted(
            {
                (place["claim"][a], place["claim"][b])
                for a, b in contradictions
                if {a, b} <= place["claim"].keys()
            }
        ),
    }


def _text(claim: Row) -> Row:
    """The sentence of a claim, and the others of its article that say the same."""
    return {
        "quote": claim["evidence"]["quote"],
        "repeats": [evidence["quote"] for evidence in claim.get("more_evidence", ())] or None,
    }


def parties(claim: Row) -> Iterator[tuple[str, Row]]:
    """Everyone and everything named by a claim, with the role."""
    yield from (("actor", mention) for mention in claim.get("actors", ()))
    yield from (("recipient", mention) for mention in claim.get("recipients", ()))
    yield from (("speaker", mention) for mention in claim.get("attributed_to", ()))
    for role, mentions in claim.get("others", {}).items():
        yield from ((role, mention) for mention in mentions)
    if claim.get("place"):
        yield "place", claim["place"]


def pairs(claim: Row) -> Iterator[tuple[str, str]]:
    """Whom a claim connects: every actor with every recipient."""
    for actor in claim.get("actors", ()):
        for recipient in claim.get("recipients", ()):
            if actor.get("entity") and recipient.get("entity"):
                yield actor["entity"], recipient["entity"]


def _placed(entities: Sequence[Row], claims: Sequence[Row]) -> list[dict[str, Any]]:
    """The entities with position and community, their names without language."""
    connected = [pair for claim in claims for pair in pairs(claim)]
    groups = communities(weigh(connected))
    involved = Counter(
        entity
        for claim in claims
        for entity in {mention.get("entity") for _, mention in parties(claim)} - {None}
    )
    positions = layout((row["id"] for row in entities if involved[row["id"]]), connected, groups)
    rows = []
    for row in entities:
        names = dict.fromkeys(name for names in (row.get("names") or {}).values() for name in names)
        names.pop(row["name"], None)
        x, y = positions.get(row["id"], (None, None))
        roles = list(row.get("roles") or ())
        rows.append(
            {**row, "names": list(names), "roles": roles, "x": x, "y": y, "group": groups.get(row["id"])}
        )
    return rows


def _claim(claim: Row, place: Mapping[str, Mapping[str, int]], event_of: Mapping[str, int]) -> dict[str, Any]:
    evidence, trigger = claim["evidence"], claim.get("trigger")
    return {
        **claim,
        "article": place["article"][claim["article"]],
        # Counted from the beginning of the sentence, as the mentions are.
        "trigger": trigger["start"] - evidence["start"] if trigger else None,
        "trigger_length": trigger["end"] - trigger["start"] if trigger else None,
        "event": event_of.get(claim["id"]),
    }


def _mentions(claims: Sequence[Row], place: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for at, claim in enumerate(claims):
        for role, mention in parties(claim):
            known = place.get(mention.get("entity") or "")
            yield {
                "claim": at,
                "role": role,
                "entity": known,
                # An entity has its name.
                "text": None if known is not None else mention.get("text") or mention.get("name") or "",
                "start": mention["start"] - claim["evidence"]["start"],
                "length": mention["end"] - mention["start"],
            }


def _missing_entities(entities: Iterable[Row], claims: Iterable[Row]) -> list[dict[str, Any]]:
    """Entities that only claims name, so that no claim points into the void."""
    known = {entity["id"] for entity in entities}
    found: dict[str, dict[str, Any]] = {}
    for claim in claims:
        for _, mention in parties(claim):
            entity = mention.get("entity")
            if entity and entity not in known:
                name = mention.get("name") or mention.get("text") or entity
                row = {"id": entity, "type": mention.get("type", "Place"), "name": name}
                found.setdefault(entity, {**row, "lat": mention.get("lat"), "lon": mention.get("lon")})
    return list(found.values())


def _missing_articles(articles: Iterable[Row], claims: Iterable[Row]) -> list[dict[str, Any]]:
    known = {article["id"] for article in articles}
    return [{"id": id_} for id_ in dict.fromkeys(claim["article"] for claim in claims) if id_ not in known]
