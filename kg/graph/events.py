"""Events: claims of one occurrence, found by type, parties and date.

Claims of the same event type (PLOVER) with the same actors and recipients tell one event if their dates
agree, as event data are commonly freed of doubles ("one-a-day filtering", Schrodt 2015, "Event Data in
Forecasting Models"), but over articles, languages and dates of differing exactness:

- a claim's date is a stretch of days; one that has only the day of its article may have happened up to
  ``kg.dates.REPORT_LAG`` days before it;
- claims are taken in the order of their dates and join an event as long as all of its stretches have a
  day in common;
- a claim that is dated by month or longer joins the only event that it can mean, or else those with the
  same date; claims without a date, and plans with only the day of their article, are an event of their own.

The result depends on the set of claims alone, not on their order.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.dates import Stretch, overlap, stretch
from kg.linking.ids import fold, joined
from kg.types import Article, Claim, Event, EventStatus

#: A stretch of more days is no date to tell events apart by.
FINE = 7

_ORDER: tuple[EventStatus, ...] = (
    "asserted", "denied", "negated", "alleged", "planned", "requested", "possible",
)  # fmt: skip
_EXACT = ("day", "week", "month", "year", "decade")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the grouping looks at in a claim; parties (see :func:`parties`) and places are entities."""

    claim: str
    article: str
    event_type: str
    relation: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...] = ()
    polarity: str = "affirmed"
    modality: str = "actual"
    status: str = "asserted"
    date: str | None = None
    precision: str | None = None
    basis: str | None = None


def claim_key(claim: Claim, symmetric: Collection[str]) -> str | None:
    """What claims of one event have in common: 16 hexadecimal digits of type and parties.

    Where only one side is known, the relation and the words in the other roles have to be the same too;
    what the codebook does not know is compared by its words.  None for a claim without a known party.
    """
    known = {
        name: [mention.ref for mention in claim.role(name) if mention.ref] for name in ("actor", "recipient")
    }
    actors, recipients = parties(claim.relation, known["actor"], known["recipient"], symmetric)
    if not (actors or recipients):
        return None
    both = (actors and recipients) or (claim.relation in symmetric and len(actors) > 1)
    said = [claim.event_type or "", actors, recipients]
    if claim.relation == "open":
        said += [f"open: {fold(claim.label)}", _words(claim)]
    elif not (claim.event_type and both):
        said += [claim.relation, _words(claim)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def _words(claim: Claim) -> list[str]:
    """The words in the roles that no known entity fills."""
    unknown = (role.mention.evidence.quote for role in claim.roles if not role.mention.ref)
    return sorted(fold(" ".join(words.split())) for words in unknown)


def parties(
    relation: str, actors: Iterable[str], recipients: Iterable[str], symmetric: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actors and recipients, each once and sorted; all are actors where the relation holds both ways."""
    if relation in symmetric:
        actors, recipients = [*actors, *recipients], []
    return tuple(sorted(set(actors))), tuple(sorted(set(recipients)))


def origins(article: Article) -> list[str]:
    """Whom an article depends on: its publisher, and the agencies whose text it is or relays."""
    named = (article.source, article.agency, *article.cites)
    return sorted({fold(name).strip() for name in named if name and name.strip()})


def group(key: str, told: Sequence[Told], keys: Mapping[str, Collection[str]]) -> list[Event]:
    """The events that the claims of one key tell, sorted by id.

    ``keys`` are, for each article, whom it depends on (see :func:`independent`).
    """
    events = [_event(key, start, some, keys) for start, some in _by_date(told)]
    return sorted(events, key=lambda event: event.id)


def contradictions(told: Iterable[Told]) -> list[tuple[str, str]]:
    """Pairs of claims (affirmed, negated) of one key that have the same relation.

    Affirmed is what is told as a fact or alleged; both dates must have a day in common, if both are stated.
    """
    same: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        same[one.relation].append(one)
    return sorted(
        (yes.claim, no.claim)
        for some in same.values()
        for yes in some
        if yes.polarity == "affirmed" and yes.modality in ("actual", "alleged")
        for no in some
        if no.polarity == "negated" and no.modality != "requested" and _may_be_one(yes, no)
    )


def independent(articles: Iterable[str], keys: Mapping[str, Collection[str]]) -> int:
    """How many of the articles depend on no other: those that share a key, at any remove, count once.

    The keys of an article are its publisher, the agencies that it relays and the text that it copies.
    """
    return len(joined({article, *keys.get(article, ())} for article in articles))


def _stretch(one: Told) -> Stretch | None:
    return stretch(one.date, one.precision, one.basis, one.modality)


def _may_be_one(yes: Told, no: Told) -> bool:
    one, other = (_stretch(claim) if claim.basis != "dateline" else None for claim in (yes, no))
    return overlap(one, other)


def _by_date(same: Sequence[Told]) -> Iterator[tuple[str, list[Told]]]:
    """Groups of claims whose dates agree, each with the day or the date that it begins with."""
    dated = [(stretch, one) for one in same if (stretch := _stretch(one))]
    fine = [item for item in dated if (item[0][1] - item[0][0]).days < FINE]
    coarse = [item for item in dated if (item[0][1] - item[0][0]).days >= FINE]
    groups: list[tuple[date, date, date, list[Told]]] = []  # first day of all; days in common; claims
    for (first, last), one in sorted(fine, key=lambda item: (item[0], item[1].claim)):
        if groups and first <= groups[-1][2]:
            begin, start, end, some = groups.pop()
            groups.append((begin, max(start, first), min(end, last), [*some, one]))
        else:
            groups.append((first, first, last, [one]))
    others: defaultdict[str, list[Told]] = defaultdict(list)
    late: list[tuple[int, Told]] = []
    for (first, last), one in coarse:
        meant = [k for k, (_, start, end, _) in enumerate(groups) if first <= end and start <= last]
        if len(meant) == 1:
            late.append((meant[0], one))
        else:
            others[one.date or ""].append(one)
    for k, one in late:
        groups[k][3].append(one)
    yield from ((begin.isoformat(), some) for begin, _, _, some in groups)
    yield from others.items()
    if undated := [one for one in same if _stretch(one) is None]:
        yield "", undated


def _event(key: str, start: str, told: Sequence[Told], keys: Mapping[str, Collection[str]]) -> Event:
    articles = sorted({one.article for one in told})
    relations = Counter(one.relation for one in told)
    best = min(told, key=_best_date)
    dated = _stretch(best) is not None
    return Event(
        id=hashlib.sha256(f"{key} {start}".encode()).hexdigest()[:16],
        event_type=told[0].event_type,
        relation=min(relations, key=lambda relation: (-relations[relation], relation)),
        actors=told[0].actors,
        recipients=told[0].recipients,
        places=tuple(sorted({place for one in told for place in one.places})),
        status=_status(told),
        claims=tuple(sorted(one.claim for one in told)),
        reports=len(articles),
        sources=independent(articles, keys),
        date=best.date if dated else None,
        date_precision=best.precision if dated else None,  # type: ignore[arg-type]
        date_basis=best.basis if dated else None,  # type: ignore[arg-type]
    )


def _best_date(one: Told) -> tuple[bool, bool, int, str, str]:
    """Stated before that of the article, exact before vague, early before late."""
    exactness = _EXACT.index(one.precision) if one.precision in _EXACT else len(_EXACT)
    return (_stretch(one) is None, one.basis == "dateline", exactness, one.date or "", one.claim)


def _status(told: Sequence[Told]) -> EventStatus:
    """Disputed where one says yes and another no, else the firmest of what the claims say."""
    statuses = {one.status for one in told}
    if statuses & {"asserted", "alleged"} and statuses & {"denied", "negated"}:
        return "disputed"
    return next((status for status in _ORDER if status in statuses), "possible")
