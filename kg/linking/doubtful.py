"""Pairs of entities that may be one: for a person to decide, the likeliest first.

Names that share a word in any spelling (or initials: BA, British Airways) make a pair; how alike they are,
countries, positions and the company they keep make its score.  The program links none of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from math import log, sqrt

from rapidfuzz import fuzz

from kg.linking.appearances import KINDS, is_name
from kg.linking.entities import mentions_of
from kg.linking.spelling import is_full, makes_citizen, sounds
from kg.types import Entity, Extraction, Mention

#: Score (0 to 1) from which a pair is worth a look.
LEAST = 0.6
#: A word that more entities than these have in their names tells nothing.
COMMON = 60
#: Letters of the shortest word, and of the shortest initials, that make a pair.
SHORTEST_WORD, SHORTEST_INITIALS = 3, 2
#: What a score gains or loses: a country or position in common, other countries, one article that names both.
SAME_COUNTRY, SAME_POSITION, OTHER_COUNTRY, TOGETHER = 0.08, 0.12, -0.3, -0.25
#: The most that company in common adds, and how alike names are of which one is a part of the other.
MOST_COMPANY, PART, INITIALS, SAME_WORD = 0.15, 0.72, 0.68, 0.75


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ids that may be one entity, from 0 to 1, and why."""

    left: str
    right: str
    score: float
    reason: str


@dataclass(slots=True)
class _Seen:
    """What is known of an entity that may be one with another."""

    names: dict[str, str] = field(default_factory=dict)  # how they sound, how they are written
    initials: set[str] = field(default_factory=set)  # of names of several words
    short: set[str] = field(default_factory=set)  # abbreviations
    articles: set[str] = field(default_factory=set)
    company: Counter[str] = field(default_factory=Counter)
    mentions: int = 0


def doubtful(
    extractions: Iterable[Extraction],
    entities: Mapping[str, Entity],
    decided: Collection[frozenset[str]] = (),
    is_listed: Collection[str] = (),
) -> list[Pair]:
    """The pairs, best first.  ``extractions`` are linked; pairs in ``decided``, and of two that are in
    ``is_listed``, are left out."""
    seen, with_name = _look(extractions, entities)
    rare = {id: 1 / log(2 + len(articles)) for id, articles in with_name.items()}
    pairs = []
    for left, right in _candidates(seen):
        if frozenset((left, right)) in decided or (left in is_listed and right in is_listed):
            continue
        pair = _judged(left, right, seen, entities, rare)
        if pair.score >= LEAST:
            pairs.append(pair)
    weight = {id: one.mentions for id, one in seen.items()}
    return sorted(pairs, key=lambda p: (-p.score, -min(weight[p.left], weight[p.right]), p.left, p.right))


def _look(
    extractions: Iterable[Extraction], entities: Mapping[str, Entity]
) -> tuple[dict[str, _Seen], dict[str, set[str]]]:
    """What is known of the people and bodies, and which articles name each entity."""
    seen: defaultdict[str, _Seen] = defaultdict(_Seen)
    with_name: defaultdict[str, set[str]] = defaultdict(set)
    said: defaultdict[str, set[str]] = defaultdict(set)
    for extraction in extractions:
        named: list[Mention] = [m for m in mentions_of(extraction) if m.ref in entities and is_name(m)]
        here = {mention.ref for mention in named if mention.ref}
        for id in here:
            with_name[id].add(extraction.article.id)
        for mention in named:
            if mention.ref and mention.ref.partition("/")[0] in KINDS:
                one = seen[mention.ref]
                one.mentions += 1
                said[mention.ref].add(mention.evidence.quote)
                if extraction.article.id not in one.articles:
                    one.articles.add(extraction.article.id)
                    one.company.update(here - {mention.ref})
    for id, one in seen.items():
        names = sorted(_full(id, said[id], entities[id]), reverse=True)
        one.names = {sound: name for name in names if (sound := " ".join(sounds(name)))}
        if not id.startswith("person/"):
            one.initials = {initials for name in said[id] if (initials := _initials(name))}
            one.short = {name for name in said[id] if _is_abbreviation(name)}
    return dict(seen), dict(with_name)


def _full(id: str, said: set[str], entity: Entity) -> set[str]:
    """The names of an entity, said of it and listed; of a person no surname, if the full name is known."""
    names = said | {name for names in entity.names.values() for name in names}
    full = {name for name in names if is_full(name)}
    return full if full and id.startswith("person/") else names


def _initials(name: str) -> str | None:
    """The initials of a body: BA of British Airways."""
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())
    return initials if len(initials) >= SHORTEST_INITIALS else None


def _is_abbreviation(name: str) -> bool:
    return name.isalpha() and name.isupper() and len(name) >= SHORTEST_INITIALS


def _candidates(seen: Mapping[str, _Seen]) -> Iterator[tuple[str, str]]:
    """Pairs of one kind whose names share a word or initials, each once, sorted."""
    having: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for id, one in seen.items():
        kind = KINDS[id.partition("/")[0]]
        for name in one.names:
            for word in name.split():
                if len(word) >= SHORTEST_WORD:
                    having[kind, word].add(id)
        for initials in one.initials | one.short:
            having["initials", initials].add(id)
    found = {
        pair for ids in having.values() if len(ids) <= COMMON for pair in combinations(sorted(ids), 2)
    }  # fmt: skip
    return iter(sorted(found))


def _judged(
    left: str,
    right: str,
    seen: Mapping[str, _Seen],
    entities: Mapping[str, Entity],
    rare: Mapping[str, float],
) -> Pair:
    one, other = seen[left], seen[right]
    score, why = _names(one.names, other.names)
    if score < INITIALS and (short := one.short & other.initials | one.initials & other.short):
        score, why = INITIALS, f"the initials of one are {min(short)}"
    reasons = [why]
    countries = [_countries(entities[id]) for id in (left, right)]
    if common := countries[0] & countries[1]:
        score += SAME_COUNTRY
        reasons.append(f"both of {', '.join(sorted(common))}")
    elif all(countries):
        score += OTHER_COUNTRY
        reasons.append(f"{'/'.join(sorted(countries[0]))} and {'/'.join(sorted(countries[1]))}")
    positions = [{(role.title, role.of) for role in entities[id].roles} for id in (left, right)]
    if held := positions[0] & positions[1]:
        score += SAME_POSITION
        reasons.append("both " + ", ".join(sorted(f"{title} of {of or '?'}" for title, of in held)))
    together = one.articles & other.articles
    if together and score < SAME_WORD:
        score += TOGETHER
        reasons.append(f"named side by side in {min(together)}")
    else:
        alike, common = _company(one.company, other.company, rare)
        score += MOST_COMPANY * alike
        if common:
            names = sorted(common, key=lambda id: (-rare[id], id))[:3]
            reasons.append("company in common: " + ", ".join(entities[id].name for id in names))
    return Pair(left, right, round(min(max(score, 0.0), 1.0), 2), "; ".join(reasons))


def _names(left: Mapping[str, str], right: Mapping[str, str]) -> tuple[float, str]:
    """How alike the most alike two names are (0 to 1), and in which way."""
    pairs = product(sorted(left.items()), sorted(right.items()))
    return max((_alike(*one, *other) for one, other in pairs), default=(0.0, ""))


def _alike(one: str, name: str, other: str, other_name: str) -> tuple[float, str]:
    """How alike two names are that sound as ``one`` and ``other``."""
    if one == other:
        words = "the same name" if " " in one else "the same single word"
        spelled = f'"{name}"' if name == other_name else f'"{name}", "{other_name}"'
        return 0.9 if " " in one else SAME_WORD, f"{words} {spelled}"
    left, right = {*one.split()}, {*other.split()}
    if left < right:
        return PART, f'"{name}" is a part of "{other_name}"'
    if right < left:
        return PART, f'"{other_name}" is a part of "{name}"'
    ratio = max(fuzz.ratio(one, other), 0.97 * fuzz.token_sort_ratio(one, other)) / 100
    return 0.9 * ratio**2, f'"{name}" and "{other_name}" are {ratio:.2f} alike'


def _countries(entity: Entity) -> set[str]:
    found = {entity.country} if entity.country else set()
    bodies = (role.of or "" for role in entity.roles if makes_citizen(role.title))
    return found | {body.partition("/")[2] for body in bodies if body.startswith("country/")}


def _company(one: Counter[str], other: Counter[str], rare: Mapping[str, float]) -> tuple[float, set[str]]:
    """How alike the company of two is (cosine, rare names weigh more), and which names they share."""
    common = one.keys() & other.keys()
    if not common:
        return 0.0, set()
    shared = sum(rare[id] ** 2 for id in common)
    whole = sqrt(sum(rare[id] ** 2 for id in one)) * sqrt(sum(rare[id] ** 2 for id in other))
    return shared / whole, set(common)
