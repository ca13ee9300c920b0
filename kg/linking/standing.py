"""Whom the ids of the record stand for, over all articles.

In the record the id of an entity that the actor list does not have is what one article calls it.  Two
articles mean the same one if they give it the same full name, in whatever spelling or script, and nothing
speaks against it: positions of different countries do, and an article that names both.  A surname alone never
means the same: it becomes an id of its article.  Decisions of people outrank all this.
"""

from __future__ import annotations

import functools
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kg import ontologies
from kg.linking.appearances import Appearance, key_of
from kg.linking.entities import Known
from kg.linking.ids import joined, slug
from kg.linking.imported import Candidate, choose
from kg.linking.spelling import is_full
from kg.types import Link, Split

Decision = Link | Split

#: Who an id is of: the actor list, what was imported, or neither.
LISTED, IMPORTED, UNKNOWN = range(3)


class Appearances(Protocol):
    """Where appearances are looked up: the record."""

    def namesakes(self, keys: Iterable[str], is_unknown: Callable[[str], bool]) -> Iterable[Appearance]:
        """Those with one of ``keys``, or with a key that several ids or several countries have."""
        ...

    def known_keys(self) -> Iterable[str]:
        """All keys that there are."""
        ...


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two ids are one entity, or why they are not though their names say so."""

    left: str
    right: str
    same: bool
    score: float
    reason: str


@dataclass(frozen=True)
class Standing:
    """Which ids stand for others: ``everywhere``, ``within`` an article, and where people split one.

    ``reasons`` tells of each link that the program made or refused.
    """

    everywhere: Mapping[str, str] = field(default_factory=dict)
    within: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    splits: tuple[Split, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """All but the reasons, as JSON."""
        splits = [split.to_json() for split in self.splits]
        return {"everywhere": dict(self.everywhere), "within": dict(self.within), "splits": splits}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Standing:
        splits = tuple(map(Split.from_json, data.get("splits", ())))
        return cls(data.get("everywhere", {}), data.get("within", {}), splits)

    def entity(self, article: str, ref: str, is_listed: Callable[[str], bool]) -> str:
        """Whom ``ref`` stands for in an article, splits aside."""
        found = self.within.get(article, {}).get(ref) or own_id(article, ref, is_listed)
        return self.everywhere.get(found, found)


def own_id(article: str, ref: str, is_listed: Callable[[str], bool]) -> str:
    """The id of one whom only a surname names: that of the article is added to it, other ids stay.

    >>> own_id("a1", "person/walsh", lambda id: False), own_id("a1", "person/marty-walsh", lambda id: False)
    ('person/walsh-f55ff1', 'person/marty-walsh')
    """
    prefix, _, name = ref.partition("/")
    if prefix != "person" or is_full(name) or is_listed(ref):
        return ref
    return f"{ref}-{hashlib.sha256(article.encode('utf-8', 'replace')).hexdigest()[:6]}"


def stand(
    decisions: Iterable[Decision], found: Appearances, listed: Mapping[str, Sequence[str]],
    rank: Callable[[str], int], country_of: Callable[[str], str | None],
    imported: Callable[[str], Sequence[Candidate]] | None = None,
) -> Standing:  # fmt: skip
    """Whom all ids stand for.

    ``listed`` maps keys (:func:`key_of`) to the ids of the actor list, ``imported`` to who of what the user
    brought has them; ``rank`` is LISTED, IMPORTED or UNKNOWN.
    """
    links = [one for one in decisions if isinstance(one, Link)]
    splits = tuple(one for one in decisions if isinstance(one, Split))
    apart = {frozenset((one.left, one.right)) for one in links if one.judgement in ("different", "unsure")}
    by_key: defaultdict[str, list[Appearance]] = defaultdict(list)
    brought = {key: those for key in found.known_keys() if (those := imported(key))} if imported else {}
    for one in found.namesakes({*listed, *brought}, lambda id: rank(id) == UNKNOWN):
        by_key[one.key].append(one)
    groups: list[set[str]] = []
    within: defaultdict[str, dict[str, str]] = defaultdict(dict)
    reasons: list[Reason] = []
    for key, several in sorted(by_key.items()):
        namesakes = _Namesakes(several, listed.get(key, ()), country_of, brought.get(key, ()))
        for article, ref, id in namesakes.divided():
            within[article][ref] = id
        for reason in namesakes.links():
            refused = frozenset((reason.left, reason.right)) in apart
            if refused or not reason.same:
                decided = "people decided otherwise" if refused else reason.reason
                reasons.append(Reason(reason.left, reason.right, False, reason.score, decided))
            else:
                groups.append({reason.left, reason.right})
                reasons.append(reason)
    same = [{one.left, one.right} for one in links if one.judgement == "same"]
    everywhere = canonical([*same, *_lawful(groups, same, apart)], rank)
    return Standing(everywhere, dict(within), splits, tuple(reasons))


def canonical(groups: Iterable[set[str]], rank: Callable[[str], int]) -> dict[str, str]:
    """Id to the id that stands for it, for those that another one stands for.

    Of those that are the same, the listed one stands for all, else one that was imported, else the first in
    the order of ids.
    """
    found = {}
    for group in joined(groups):
        first = min(group, key=lambda id: (rank(id), id))
        found.update({id: first for id in sorted(group) if id != first})
    return found


def _lawful(
    groups: list[set[str]], decided: list[set[str]], apart: set[frozenset[str]]
) -> Iterable[set[str]]:
    """The links of the program that do not, together with decisions, make one what people held apart."""
    if not apart:
        return groups
    wholes = joined([*groups, *decided])
    broken = [whole for whole in wholes if any(pair <= whole for pair in apart)]
    return [group for group in groups if not any(group <= whole for whole in broken)]


class _Namesakes:
    """The appearances with one key, and the listed and the imported entities that have it too."""

    def __init__(
        self, found: list[Appearance], listed: Sequence[str], country_of: Callable[[str], str | None],
        imported: Sequence[Candidate],
    ) -> None:  # fmt: skip
        self.found = sorted(found, key=lambda one: (one.article, one.ref))
        self.refs = sorted({one.ref for one in found})
        self.listed = listed
        self.country_of = country_of
        self.imported = [one for one in imported if not one.offered]
        self.countries = sorted({one.country for one in found if one.country})

    def divided(self) -> Iterable[tuple[str, str, str]]:
        """Article, ref and the id it stands for there, where namesakes hold positions of several countries.

        An article that says nothing of a position, but names just one of these countries, means that one;
        else the id stays as it is, and is linked to nobody.
        """
        if len(self.countries) < 2:
            return
        for one in self.found:
            named = [code for code in self.countries if code in one.company]
            country = one.country or (named[0] if len(named) == 1 else None)
            if country:
                yield one.article, one.ref, f"{self.refs[0]}-{country.lower()}"

    def links(self) -> Iterable[Reason]:
        """What is to be linked, and what is not though the names agree."""
        first, *others = self.refs
        if len(self.countries) > 1:
            why = f"one name, but positions of {', '.join(self.countries)}"
            yield from (Reason(first, other, False, 0.3, why) for other in others)
            return
        rivals = self._rivals()
        for other in others:
            yield Reason(first, other, not rivals, *self._judged(first, other, rivals))
        if not self.listed and not rivals:
            yield from self._imported(first)
        if len(self.listed) != 1 or rivals:
            return
        (known,) = self.listed
        country = self.country_of(known)
        if self.countries and country and self.countries != [country]:
            why = f"one name, but positions of {self.countries[0]} and {country}"
            yield Reason(known, first, False, 0.3, why)
        else:
            yield Reason(known, first, True, *self._judged(known, first, None))

    def _imported(self, ref: str) -> Iterable[Reason]:
        """Who of those that were imported is meant, or why that is not clear."""
        if self.imported:
            company = {code for one in self.found for code in one.company}
            choice = choose(self.imported, self.countries, company)
            for one in [choice.candidate] if choice.candidate else self.imported:
                yield Reason(ref, one.id, choice.candidate is not None, choice.score, choice.reason)

    def _judged(self, left: str, right: str, rivals: str | None) -> tuple[float, str]:
        if rivals:
            return 0.4, f"one name, but {rivals} names both"
        name = "the same name" if _name(left) == _name(right) else "one name in two spellings"
        agreed = f", holds positions of {self.countries[0]}" if self.countries else ""
        score = (0.9 if agreed else 0.8) + (0.1 if _name(left) == _name(right) else 0.05)
        return round(score, 2), name + agreed

    def _rivals(self) -> str | None:
        """An article that names two of them, in two spellings: it means two people."""
        spelled: dict[str, str] = {}
        for one in self.found:
            if spelled.setdefault(one.article, _name(one.ref)) != _name(one.ref):
                return one.article
        return None


def _name(id: str) -> str:
    return id.partition("/")[2]


@functools.cache
def _is_spaced(lang: str) -> bool:
    return bool(ontologies.language(lang, "tokens").get("spaces", True))


@functools.lru_cache(maxsize=1)
def keys_of(actors: Known) -> dict[str, list[str]]:
    """Keys to the ids of listed people, by their names in scripts that are written with spaces.

    Bodies are left out: what the list has of them is found in the text, and their names in other spellings
    are too often those of others ("the Foreign Ministry").  So are names in the others: spelled out in Latin
    letters, they are not what texts in Latin letters have.
    """
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entity in actors:
        if entity.type != "Person":
            continue
        written = (names for lang, names in entity.names.items() if _is_spaced(lang))
        for slugged in dict.fromkeys(slug(name) for names in written for name in names):
            if key := key_of(f"person/{slugged}"):
                found[key][entity.id] = None
    return {key: list(ids) for key, ids in found.items()}
