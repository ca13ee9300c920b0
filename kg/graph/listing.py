"""The rows that every listing shows: plain dicts whose keys are the command line's contract.

Names are the canonical English ones where an entity is known, else the words of the text.
Rows come article by article, as the extractions do, and inside an article in the order of the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from kg import cards
from kg.linking.actors import load_actors
from kg.linking.codes import Context, codes_of, context_of, dated_codes
from kg.types import Claim, Entity, Event, Evidence, Extraction, Mention, Quote

Row = dict[str, Any]
Entities = dict[str, Entity]


class ClaimRow(Row):
    """A row of :func:`claims`; alone in a cell of Jupyter it is a card with status and sentence."""

    def _repr_html_(self) -> str:
        flat = flat_claim(self)
        when = self["date"] and f"{self['date']} ({self['date_basis']})"
        told = {name: flat[name] for name in ("status", "who", "what", "whom", "details", "says", "article")}
        return cards.claim(**told, when=when, where=flat["place"], quote=flat["sentence"])


class EntityRow(Row):
    """A row of :func:`entities`; alone in a cell of Jupyter it is a card with its names and offices."""

    def _repr_html_(self) -> str:
        offices = cards.offices(self["roles"])
        told = {name: self[name] for name in ("id", "type", "name", "country")}
        return cards.entity(**told, also=flat_entity(self)["also"], offices=offices)


def claims(extractions: Iterable[Extraction], entities: Entities) -> Iterator[Row]:
    """One row a claim; ``entities`` maps what the mentions refer to."""
    for extraction in extractions:
        context = context_of(extraction, load_actors())
        for claim in sorted(extraction.claims, key=_claim_order):
            yield _claim(claim, entities, context)


def entities(extractions: Iterable[Extraction], entities: Entities) -> Iterator[Row]:
    """One row an entity that is mentioned, the most mentioned first.

    ``articles`` and ``mentions`` are counts, ``codes`` the actor codes with the dates
    from and to which each holds.
    """
    mentions: Counter[str] = Counter()
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for extraction in extractions:
        for mention in extraction.mentions:
            entity = _entity(mention, entities)
            if entity is not None:
                mentions[entity.id] += 1
                articles[entity.id].add(extraction.article.id)
    known = {entity.id: entity for entity in entities.values()}
    for id_, count in sorted(mentions.items(), key=lambda item: (-item[1], item[0])):
        entity = known[id_]
        yield EntityRow(
            id=entity.id,
            type=entity.type,
            name=entity.name,
            names={lang: list(names) for lang, names in entity.names.items()},
            country=entity.country,
            actor_code=entity.actor_code,
            codes=[asdict(code) for code in dated_codes(entity, load_actors())],
            roles=[role.to_json() for role in entity.roles],
            same_as=list(entity.same_as),
            sources=list(entity.sources),
            lat=entity.lat,
            lon=entity.lon,
            precision=entity.precision,
            articles=len(articles[id_]),
            mentions=count,
        )


def mentions(extractions: Iterable[Extraction], entities: Entities) -> Iterator[Row]:
    """One row a mention of an entity, known or not."""
    for extraction in extractions:
        for mention in sorted(extraction.mentions, key=lambda m: (m.evidence.start, m.evidence.end)):
            who = _participant(mention, entities)
            yield {
                "article": extraction.article.id,
                "start": mention.evidence.start,
                "end": mention.evidence.end,
                "text": mention.evidence.quote,
                "type": mention.type,
                "entity": who["entity"],
                "name": who["name"],
                "score": mention.score,
            }


def quotes(extractions: Iterable[Extraction], entities: Entities) -> Iterator[Row]:
    """One row a quotation, direct or indirect; an unknown speaker is an empty list."""
    for extraction in extractions:
        for quote in sorted(extraction.quotes, key=lambda q: (q.content.start, q.content.end)):
            yield _quote(quote, entities)


def events(events: Iterable[Event], entities: Entities) -> Iterator[Row]:
    """One row an event, by date, those without one last; parties and places with their names."""
    known = {entity.id: entity for entity in entities.values()}

    def named(ids: Iterable[str]) -> list[Row]:
        return [{"entity": id_, "name": known[id_].name if id_ in known else id_} for id_ in ids]

    for event in sorted(events, key=lambda event: (event.date is None, event.date or "", event.id)):
        yield {
            "id": event.id,
            "date": event.date,
            "date_precision": event.date_precision,
            "date_basis": event.date_basis,
            "event_type": event.event_type,
            "relation": event.relation,
            "status": event.status,
            "actors": named(event.actors),
            "recipients": named(event.recipients),
            "places": named(event.places),
            "reports": event.reports,
            "sources": event.sources,
            "claims": list(event.claims),
        }


def articles(extractions: Iterable[Extraction]) -> Iterator[Row]:
    """One row an article, without its text."""
    for extraction in extractions:
        article = extraction.article
        yield {
            "id": article.id,
            "title": article.title,
            "url": article.url,
            "source": article.source,
            "published": article.published,
            "lang": article.lang,
            "claims": len(extraction.claims),
        }


def flat_claim(row: Row) -> Row:
    """A claim's row as one line of a table: who, what, to whom, who says so, the sentence.

    ``details`` holds the other roles: ``theme: a letter; purpose: to keep the peace``.  Where somebody is
    asked, or plans, *not* to do something, ``what`` begins with "not:", since the status does not say so.
    """
    turned = row["polarity"] == "negated" and row["status"] not in ("negated", "denied")
    return {
        "id": row["id"],
        "status": row["status"],
        "who": names(row["actors"]),
        "what": f"not: {row['label']}" if turned else row["label"],
        "whom": names(row["recipients"]),
        "details": "; ".join(f"{role}: {names(others)}" for role, others in row["others"].items()),
        "says": names(row["attributed_to"]),
        "date": row["date"],
        "place": row["place"]["name"] if row["place"] else None,
        "event": row["event_type"],
        "sentence": row["evidence"]["quote"],
        "article": row["article"],
        "who_codes": codes(row["actors"]),
        "whom_codes": codes(row["recipients"]),
    }


def flat_entity(row: Row) -> Row:
    """An entity's row as one line of a table."""
    also = dict.fromkeys(name for given in row["names"].values() for name in given if name != row["name"])
    return {
        "entity": row["id"],
        "name": row["name"],
        "type": row["type"],
        "country": row["country"],
        "mentions": row["mentions"],
        "articles": row["articles"],
        "also": ", ".join(also),
    }


def flat_event(row: Row) -> Row:
    """An event's row as one line of a table."""
    return {
        "event": row["id"],
        "date": row["date"],
        "type": row["event_type"],
        "who": names(row["actors"]) or "?",
        "what": row["relation"],
        "whom": names(row["recipients"]),
        "where": names(row["places"]),
        "status": row["status"],
        "reports": row["reports"],
        "sources": row["sources"],
    }


def flat_quote(row: Row) -> Row:
    """A quotation's row as one line of a table."""
    return {
        "speaker": names(row["speaker"]) or "?",
        "cue": row["cue"]["text"] if row["cue"] else None,
        "content": row["content"]["text"],
        "direct": "direct" if row["direct"] else "indirect",
        "article": row["article"],
    }


def names(participants: Iterable[Row]) -> str:
    """The names of participants, each once, with commas between them."""
    return ", ".join(dict.fromkeys(participant["name"] for participant in participants))


def codes(participants: Iterable[Row]) -> str:
    """The actor codes of participants of a claim, each once, with commas between them."""
    return ", ".join(dict.fromkeys(code for participant in participants for code in participant["codes"]))


def _claim_order(claim: Claim) -> tuple[int, int, str]:
    return claim.evidence.start, claim.trigger.start, claim.id


def _claim(claim: Claim, entities: Entities, context: Context) -> Row:
    filled: defaultdict[str, list[Row]] = defaultdict(list)
    for role in claim.roles:
        filled[role.name].append(_party(role.mention, claim, entities, context))
    return ClaimRow(
        id=claim.id,
        article=claim.article_id,
        relation=claim.relation,
        label=claim.label,
        event_type=claim.event_type,
        cameo=claim.cameo,
        actors=filled.pop("actor", []),
        recipients=filled.pop("recipient", []),
        others=dict(filled),
        polarity=claim.polarity,
        modality=claim.modality,
        status=claim.status,
        attributed_to=[_party(mention, claim, entities, context) for mention in claim.attributed_to],
        date=claim.date,
        date_precision=claim.date_precision,
        date_basis=claim.date_basis,
        place=_place(claim.place, entities),
        evidence=_sentence(claim.evidence),
        more_evidence=[_sentence(evidence) for evidence in claim.more_evidence],
        trigger=_span(claim.trigger),
        score=claim.score,
    )


def _party(mention: Mention, claim: Claim, entities: Entities, context: Context) -> Row:
    """A participant of a claim, with the actor codes at its date."""
    return {**_participant(mention, entities), "codes": list(codes_of(mention, claim.date, context))}


def _quote(quote: Quote, entities: Entities) -> Row:
    return {
        "article": quote.article_id,
        "speaker": [_participant(mention, entities) for mention in quote.speaker],
        "cue": _span(quote.cue) if quote.cue else None,
        "content": _span(quote.content),
        "direct": quote.direct,
    }


def _entity(mention: Mention, entities: Entities) -> Entity | None:
    return entities.get(mention.ref) if mention.ref else None


def _participant(mention: Mention, entities: Entities) -> Row:
    entity = _entity(mention, entities)
    return {
        "entity": entity.id if entity else mention.ref,
        "name": entity.name if entity else mention.evidence.quote,
        "type": entity.type if entity else mention.type,
        "text": mention.evidence.quote,
        "start": mention.evidence.start,
        "end": mention.evidence.end,
    }


def _place(mention: Mention | None, entities: Entities) -> Row | None:
    if mention is None:
        return None
    entity = _entity(mention, entities)
    place = _participant(mention, entities)
    del place["type"]
    lat, lon, precision = (entity.lat, entity.lon, entity.precision) if entity else (None, None, None)
    return {**place, "lat": lat, "lon": lon, "precision": precision}


def _sentence(evidence: Evidence) -> Row:
    return {"start": evidence.start, "end": evidence.end, "quote": evidence.quote}


def _span(evidence: Evidence) -> Row:
    return {"start": evidence.start, "end": evidence.end, "text": evidence.quote}
