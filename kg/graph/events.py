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

What people decided (:mod:`kg.graph.grouping`) outranks this: what was judged different is never one event and
the events of claims that were judged the same are one, whatever their types, parties and dates.  Where that
would bring together what was judged different, these claims alone are one.

The result depends on the set of claims and decisions alone, not on their order.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kg.dates import Stretch, overlap, stretch
from kg.graph.grouping import UNDECIDED, Grouping
from kg.linking.actors import load_actors
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
    """What the grouping looks at in a claim; parties (see :func:`parties`) and places are entities.

    ``key`` is the claim's :func:`claim_key`.
    """

    key: str
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

    What the organ of a country does is done by the country: "Ukraine's army attacked" and "Ukraine attacked".
    Where only one side is known, the relation and the words in the other roles have to be the same too;
    what the codebook does not know is compared by its words.  None for a claim without a known party.
    """
    known = {
        name: [load_actors().state(mention.ref) for mention in claim.role(name) if mention.ref]
        for name in ("actor", "recipient")
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


def edge_key(actor: str, relation: str, recipient: str) -> str:
    """What claims of one plain edge have in common, whoever else takes part: 16 hexadecimal digits.

    The three are the addresses of actor, relation and recipient.
    """
    return hashlib.sha256(json.dumps([actor, relation, recipient]).encode()).hexdigest()[:16]


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


def group(
    told: Iterable[Told], keys: Mapping[str, Collection[str]], grouping: Grouping = UNDECIDED
) -> list[Event]:
    """The events that claims tell, sorted by id: all claims of some keys, and of those joined to them.

    ``keys`` are, for each article, whom it depends on (see :func:`independent`).
    """
    same: defaultdict[str, list[Told]] = defaultdict(list)
    for one in sorted(told, key=lambda one: one.claim):
        same[one.key].append(one)
    groups = [some for key in sorted(same) for some in _named(key, _by_date(same[key], grouping))]
    events = [_event(some, keys) for some in _joined(groups, grouping)]
    return sorted(events, key=lambda event: event.id)


def contradictions(told: Iterable[Told], grouping: Grouping = UNDECIDED) -> list[tuple[str, str]]:
    """Pairs of claims (affirmed, negated) of one key that have the same relation.

    Affirmed is what is told as a fact or alleged; both dates must have a day in common, if both are stated.
    What was judged to be of different events does not contradict each other.
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
        if not grouping.apart(yes.claim, (no.claim,))
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


@dataclass
class _Group:
    """Claims of one event in the making, the day or date they begin with, and the days in common to all."""

    begin: str
    told: list[Told]
    first: date = date.min
    last: date = date.max
    name: str = ""

    def takes(self, one: Told, grouping: Grouping) -> bool:
        return not grouping.apart(one.claim, (other.claim for other in self.told))


@dataclass
class _Groups:
    """Groups that differ in nothing but what people decided; a claim joins the first that takes it."""

    begin: str
    groups: list[_Group] = field(default_factory=list)

    def add(self, one: Told, grouping: Grouping) -> None:
        found = next((some for some in self.groups if some.takes(one, grouping)), None)
        if found:
            found.told.append(one)
        else:
            self.groups.append(_Group(self.begin, [one]))


def _by_date(same: Sequence[Told], grouping: Grouping) -> list[_Group]:
    """Groups of claims (sorted) of one key whose dates agree."""
    dated = [(stretch, one) for one in same if (stretch := _stretch(one))]
    fine = [item for item in dated if (item[0][1] - item[0][0]).days < FINE]
    coarse = [item for item in dated if (item[0][1] - item[0][0]).days >= FINE]
    groups: list[_Group] = []
    open: list[_Group] = []
    for (first, last), one in sorted(fine, key=lambda item: (item[0], item[1].claim)):
        open = [some for some in open if first <= some.last]
        found = next((some for some in open if some.takes(one, grouping)), None)
        if found:
            found.told.append(one)
            found.first, found.last = max(found.first, first), min(found.last, last)
        else:
            open.append(_Group(first.isoformat(), [one], first, last))
            groups.append(open[-1])
    others: dict[str, _Groups] = {}
    late: list[tuple[_Group, Told]] = []
    for (first, last), one in coarse:
        meant = [
            some for some in groups if some.first <= last and first <= some.last and some.takes(one, grouping)
        ]
        if len(meant) == 1:
            late.append((meant[0], one))
        else:
            others.setdefault(one.date or "", _Groups(one.date or "")).add(one, grouping)
    for some, one in late:
        if some.takes(one, grouping):
            some.told.append(one)
        else:
            others.setdefault(one.date or "", _Groups(one.date or "")).add(one, grouping)
    undated = _Groups("")
    for one in same:
        if _stretch(one) is None:
            undated.add(one, grouping)
    return [*groups, *(some for parts in (*others.values(), undated) for some in parts.groups)]


def _named(key: str, groups: Iterable[_Group]) -> Iterator[_Group]:
    """The groups of one key with a name each: that of what a decision took off has its first claim too."""
    seen = set()
    for some in groups:
        some.name = f"{key} {some.begin}"
        if some.name in seen:
            some.name += f" {some.told[0].claim}"
        seen.add(some.name)
        yield some


def _joined(groups: list[_Group], grouping: Grouping) -> list[_Group]:
    """The groups after those of claims that were judged the same became one."""
    decided = {grouping.same[one.claim] for some in groups for one in some.told if one.claim in grouping.same}
    for claims in sorted(decided):
        parts = [some for some in groups if any(one.claim in claims for one in some.told)]
        told = [one for some in parts for one in some.told]
        if len(parts) < 2:
            continue
        if any(grouping.apart(one.claim, (other.claim for other in told)) for one in told):
            told = [one for one in told if one.claim in claims]
            for some in parts:
                some.told = [one for one in some.told if one.claim not in claims]
            one = min(told, key=lambda one: one.claim)
            groups.append(_Group("", told, name=f"{one.key} decided {one.claim}"))
        else:
            parts[0].told = told
            for some in parts[1:]:
                some.told = []
        groups = [some for some in groups if some.told]
    return groups


def _event(some: _Group, keys: Mapping[str, Collection[str]]) -> Event:
    told = some.told
    articles = sorted({one.article for one in told})
    best = min(told, key=_best_date)
    dated = _stretch(best) is not None
    return Event(
        id=hashlib.sha256(some.name.encode()).hexdigest()[:16],
        event_type=_commonest(one.event_type for one in told),
        relation=_commonest(one.relation for one in told),
        actors=tuple(sorted({actor for one in told for actor in one.actors})),
        recipients=tuple(sorted({recipient for one in told for recipient in one.recipients})),
        places=tuple(sorted({place for one in told for place in one.places})),
        status=_status(told),
        claims=tuple(sorted(one.claim for one in told)),
        reports=len(articles),
        sources=independent(articles, keys),
        date=best.date if dated else None,
        date_precision=best.precision if dated else None,  # type: ignore[arg-type]
        date_basis=best.basis if dated else None,  # type: ignore[arg-type]
    )


def _commonest(words: Iterable[str]) -> str:
    counts = Counter(words)
    return min(counts, key=lambda word: (-counts[word], word))


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
