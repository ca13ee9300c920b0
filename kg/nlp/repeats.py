"""Headline, caption, lead and body often tell the same: it becomes one claim with several pieces of evidence.

Claims of an article are one where relation, parties, status and speaker are the same and nothing else
stands against it: dates that have no day in common, two places, or another theme keep them apart.  A vague
claim that could repeat two different ones repeats neither.  The result depends on the set of claims, not on
their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from kg.dates import Stretch, overlap, stretch
from kg.linking.actors import load_actors
from kg.linking.ids import fold
from kg.types import Claim, Mention

_PARTIES = ("actor", "recipient")
_EXACT = ("day", "week", "month", "year", "decade")


def merged(claims: Iterable[Claim], symmetric: Collection[str]) -> tuple[Claim, ...]:
    """The claims with repetitions joined; ``symmetric`` are the relations that hold both ways."""
    found: list[Claim] = []
    same: defaultdict[object, list[Claim]] = defaultdict(list)
    for claim in claims:
        key = _key(claim, symmetric)
        if key is None:
            found.append(claim)
        else:
            same[key].append(claim)
    for some in same.values():
        found.extend(_one(group) for group in _groups(some))
    return tuple(sorted(found, key=lambda claim: (claim.trigger.start, claim.id)))


def _key(claim: Claim, symmetric: Collection[str]) -> object:
    """What repetitions have in common; None for a claim about nobody who is known.

    Where only one side is known, all words have to be the same: two claims become one here only where
    :func:`kg.graph.events.claim_key` takes them for reports on one event.
    """
    actors, recipients = (claim.role(name) for name in _PARTIES)
    sides = [_known(actors), _known(recipients)]
    if not any(sides):
        return None
    mutual = claim.relation in symmetric
    both = len(sides[0] | sides[1]) > 1 if mutual else all(sides)
    told = claim.relation, fold(claim.label), claim.event_type, claim.polarity, claim.modality
    unknown = None
    if claim.relation == "open" or not both:
        unknown = tuple(sorted(_words(role.mention) for role in claim.roles if not role.mention.ref))
    who = _meant(actors), _meant(recipients)
    return *told, frozenset().union(*who) if mutual else who, _meant(claim.attributed_to), unknown


def _known(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(load_actors().state(mention.ref) for mention in mentions if mention.ref)


def _meant(mentions: Iterable[Mention]) -> frozenset[str]:
    """Entities, and the words of those that are none."""
    return frozenset(mention.ref or f'"{_words(mention)}' for mention in mentions)


def _words(mention: Mention) -> str:
    return " ".join(fold(mention.evidence.quote).split())


@dataclass(frozen=True)
class _Details:
    """What a claim says besides its key; equal details, equal claims."""

    roles: tuple[tuple[str, frozenset[str]], ...]
    date: Stretch | None
    place: str | None

    @property
    def known(self) -> int:
        return len(self.roles) + (self.date is not None) + (self.place is not None)

    def fits(self, other: _Details) -> bool:
        """Whether both may be said of one occurrence."""
        others = dict(other.roles)
        return (
            overlap(self.date, other.date)
            and (self.place is None or other.place is None or self.place == other.place)
            and all(
                words <= others[name] or others[name] <= words for name, words in self.roles if name in others
            )
        )


def _details(claim: Claim) -> _Details:
    names = sorted({role.name for role in claim.roles} - set(_PARTIES))
    return _Details(
        roles=tuple(
            (name, frozenset(word for m in claim.role(name) for word in (m.ref or _words(m)).split()))
            for name in names
        ),
        date=stretch(claim.date, claim.date_precision, claim.date_basis, claim.modality),
        place=(claim.place.ref or _words(claim.place)) if claim.place else None,
    )


def _groups(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims of one key by what they tell: the most detailed first, the vaguer ones where they belong."""
    alike: defaultdict[_Details, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=_place):
        alike[_details(claim)].append(claim)
    groups: list[tuple[list[_Details], list[Claim]]] = []
    for details, some in sorted(alike.items(), key=lambda item: (-item[0].known, _place(item[1][0]))):
        fitting = [group for group in groups if all(details.fits(other) for other in group[0])]
        if len(fitting) == 1:
            fitting[0][0].append(details)
            fitting[0][1].extend(some)
        else:
            groups.append(([details], list(some)))
    return [group for _, group in groups]


def _place(claim: Claim) -> tuple[int, int, str]:
    return claim.evidence.start, claim.trigger.start, claim.id


def _one(group: Sequence[Claim]) -> Claim:
    """The claim that tells most, with the sentences of the others and what they know better."""
    main = min(
        group, key=lambda claim: (-_details(claim).known, claim.date_basis == "dateline", _place(claim))
    )
    dated = min(group, key=lambda claim: (*_vagueness(claim), claim.id != main.id, _place(claim)))
    placed = next((claim for claim in (main, *sorted(group, key=_place)) if claim.place), main)
    sentences = {
        (one.start, one.end): one for claim in group for one in (claim.evidence, *claim.more_evidence)
    }
    del sentences[main.evidence.start, main.evidence.end]
    return replace(
        main,
        more_evidence=tuple(sentences[place] for place in sorted(sentences)),
        date=dated.date,
        date_precision=dated.date_precision,
        date_basis=dated.date_basis,
        place=placed.place,
    )


def _vagueness(claim: Claim) -> tuple[bool, bool, int]:
    """Stated before that of the article, exact before vague."""
    exactness = _EXACT.index(claim.date_precision) if claim.date_precision in _EXACT else len(_EXACT)
    return claim.date is None, claim.date_basis == "dateline", exactness
