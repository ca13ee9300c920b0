"""Which of the places of one name an article means: London in England or in Ontario.

A name means one place in an article (Gale, Church and Yarowsky 1992).  What speaks for a candidate is its
population, what follows the name ("London, Ontario"), and how many of the article's other places lie in its
country, in its region or near it (as in Leidner 2007).  The weights were chosen on articles of TR-News.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.linking.actors import Actors
from kg.linking.gazetteer import Gazetteer, GazetteerPlace, distance_km
from kg.linking.names import name_key
from kg.types import Entity

#: A listed place and a place of the gazetteer that share a name and are no farther apart are one.
SAME_PLACE_KM = 60.0
#: Places so near each other speak for each other.
NEAR_KM = 150.0
#: Rounds in which the places that were found speak for the others.
ROUNDS = 3
#: Towns with fewer people are believed only if something else in the article speaks for them.
UNKNOWN_BELOW = 30_000
#: What a country counts, as if it had so many people; and a place of the list whose population is not known.
_COUNTRY, _LISTED = 3e8, 1e6
#: Weights of what speaks for a candidate, in powers of ten of its population.
_FOLLOWED, _SAME_COUNTRY, _SAME_REGION, _EACH_NEAR, _MOST_NEAR = 6.0, 2.0, 2.0, 0.6, 1.8
#: What speaks against areas: a name means the town rather than the province around it.
_AREA = {"region": -0.7, "district": -1.5}


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place in an article: its words, what the list says it is, and the name that follows it."""

    name: str
    listed: tuple[str, ...] = ()
    within: str = ""


@dataclass(frozen=True, slots=True)
class _Candidate:
    id: str
    kind: str
    country: str | None
    region: int | None
    lat: float | None
    lon: float | None
    population: float

    def near(self, other: _Candidate) -> bool:
        if self.lat is None or self.lon is None or other.lat is None or other.lon is None:
            return False
        return distance_km(self.lat, self.lon, other.lat, other.lon) <= NEAR_KM


def meant(
    toponyms: Sequence[Toponym], countries: Iterable[str], actors: Actors, gazetteer: Gazetteer
) -> dict[str, str]:
    """The id of the place that each name means, by the key of the name (see :func:`place_key`).

    ``countries`` are the alpha-3 codes of the countries the article names, as often as it does.  A name that
    may mean no known place, or only a small town that nothing speaks for, is left out.
    """
    choices = {place_key(t.name): _candidates(t, actors, gazetteer) for t in toponyms}
    within: dict[str, set[str]] = {}
    for toponym in toponyms:
        if toponym.within:
            within.setdefault(place_key(toponym.name), set()).add(place_key(toponym.within))
            choices.setdefault(
                place_key(toponym.within), _candidates(Toponym(toponym.within), actors, gazetteer)
            )
    named = Counter(countries)
    chosen: dict[str, _Candidate] = {}
    for _ in range(ROUNDS):
        chosen = {
            key: best
            for key, candidates in choices.items()
            if (best := _best(key, candidates, within.get(key, set()), choices, chosen, named)) is not None
        }
    return {key: candidate.id for key, candidate in chosen.items()}


def is_another(name: str, listed: Iterable[str], actors: Actors, gazetteer: Gazetteer) -> bool:
    """Whether a name is known, and none of the places called so is one of those that are ``listed`` (ids)."""
    entities = [entity for id in listed if (entity := actors.get(id)) is not None]
    places = gazetteer.candidates(name)
    return bool(places) and not any(_is_same(place, entity) for place in places for entity in entities)


def place_key(name: str) -> str:
    """What spellings of one name have in common."""
    return " ".join(name_key(name))


def _candidates(toponym: Toponym, actors: Actors, gazetteer: Gazetteer) -> tuple[_Candidate, ...]:
    """What a name may mean; a place that is listed is not taken from the gazetteer again."""
    entities = [entity for id in toponym.listed if (entity := actors.get(id)) is not None]
    places = gazetteer.candidates(toponym.name)
    found = [_listed(entity, places) for entity in entities if entity.type in ("Country", "Place")]
    found += [
        _Candidate(p.id, p.kind, p.country, p.region, p.lat, p.lon, p.population)
        for p in places
        if not any(_is_same(p, entity) for entity in entities)
    ]
    return tuple(found)


def _listed(entity: Entity, places: Sequence[GazetteerPlace]) -> _Candidate:
    same = [place for place in places if _is_same(place, entity)]
    if entity.type == "Country":
        return _Candidate(entity.id, "country", entity.country, None, entity.lat, entity.lon, _COUNTRY)
    population = max((place.population for place in same), default=_LISTED)
    region = next((place.region for place in same), None)
    return _Candidate(
        entity.id, "listed", entity.country, region, entity.lat, entity.lon, max(population, _LISTED)
    )


def _is_same(place: GazetteerPlace, entity: Entity) -> bool:
    if entity.type != "Place" or entity.lat is None or entity.lon is None:
        return False
    return distance_km(place.lat, place.lon, entity.lat, entity.lon) <= SAME_PLACE_KM


def _best(
    key: str,
    candidates: Sequence[_Candidate],
    within: set[str],
    choices: Mapping[str, Sequence[_Candidate]],
    chosen: Mapping[str, _Candidate],
    named: Counter[str],
) -> _Candidate | None:
    """The candidate for which most speaks; None if all are small and nothing speaks for them."""
    others = [other for name, other in chosen.items() if name != key]
    countries = named + Counter(other.country for other in others if other.country)
    regions = Counter(_region(other) for other in others)
    holders = [holder for name in within for holder in choices.get(name, ())]
    best: tuple[float, float, str] | None = None
    winner = None
    for candidate in candidates:
        context = 0.0
        if any(_holds(holder, candidate) for holder in holders):
            context += _FOLLOWED
        if candidate.country and countries.total():
            context += _SAME_COUNTRY * countries[candidate.country] / countries.total()
        region = _region(candidate)
        if region is not None and regions[region]:
            context += _SAME_REGION * regions[region] / regions.total()
        context += min(_MOST_NEAR, _EACH_NEAR * sum(candidate.near(other) for other in others))
        if context == 0 and candidate.population < UNKNOWN_BELOW:
            continue
        size = math.log10(max(candidate.population, 500))
        score = (size + context + _AREA.get(candidate.kind, 0.0), size, candidate.id)
        if best is None or score > best:
            best, winner = score, candidate
    return winner


def _region(candidate: _Candidate) -> int | None:
    if candidate.kind == "region":
        return int(candidate.id.rpartition("-")[2])
    return candidate.region


def _holds(holder: _Candidate, candidate: _Candidate) -> bool:
    """Whether a candidate lies in what follows its name."""
    if holder.id == candidate.id:
        return False
    if holder.kind == "country":
        return candidate.kind != "country" and holder.country == candidate.country
    return holder.kind == "region" and candidate.region == _region(holder)
