"""Entities merged across articles: what the mentions of one id say together."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from kg.linking.spelling import is_full
from kg.linking.titles import title_prefixes, title_suffixes, titles
from kg.types import ENTITY_TYPES, Claim, Entity, EntityRole, Extraction, Mention

#: Mentions that point to an entity without naming it.
NOT_NAMES = frozenset({"pronoun", "first person", "role", "demonstrative", "both", "body", "misspelling"})

#: The relation of the codebook that says who holds which position: actor, title, recipient.
HOLDS_ROLE = "holds-role"

_TYPE_OF_PREFIX = {type.lower(): type for type in ENTITY_TYPES}


class Known(Protocol):
    """The actor list; :class:`kg.linking.Actors` is one."""

    def get(self, id: str) -> Entity | None: ...

    def __iter__(self) -> Iterator[Entity]: ...

    def __hash__(self) -> int: ...


@dataclass(slots=True)
class Heard:
    """What was heard of one entity: how often each type, each name in each language, and each position."""

    types: Counter[str] = field(default_factory=Counter)
    names: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    roles: Counter[tuple[str, str]] = field(default_factory=Counter)

    def mention(self, type: str, reason: str, words: str, lang: str) -> None:
        """It is mentioned by these words in an article in the language ``lang``, ``und`` if unknown."""
        self.types[type] += 1
        if reason not in NOT_NAMES:
            self.names[lang][" ".join(words.split())] += 1

    def role(self, title: str, lang: str, body: str) -> None:
        """It holds the position ``title``, in words of ``lang``, in the entity ``body`` (empty: unknown)."""
        self.roles[canonical_title(title, lang), body] += 1

    def add(self, other: Heard, times: int = 1) -> None:
        """It was heard besides, or (-1 times) it is not heard any more; what was never heard is forgotten."""
        names = ((self.names[lang], counts) for lang, counts in other.names.items())
        counted: Iterable[tuple[Counter[Any], Counter[Any]]]
        counted = ((self.types, other.types), (self.roles, other.roles), *names)
        for own, more in counted:
            for what, n in more.items():
                own[what] += times * n
                if not own[what]:
                    del own[what]

    def to_json(self) -> dict[str, Any]:
        """As JSON, the same for the same."""
        return {
            "names": {
                lang: dict(sorted(self.names[lang].items()))
                for lang in sorted(self.names)
                if self.names[lang]
            },
            "roles": [[*role, n] for role, n in sorted(self.roles.items())],
            "types": dict(sorted(self.types.items())),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Heard:
        heard = cls(types=Counter(data["types"]), roles=Counter({(t, of): n for t, of, n in data["roles"]}))
        for lang, names in data["names"].items():
            heard.names[lang] = Counter(names)
        return heard


def resolve(extractions: Iterable[Extraction], actors: Known) -> dict[str, Entity]:
    """Every entity that the extractions refer to, by id, in the order of ids.

    A listed actor is as the list has it, for others see :func:`describe`.  The order of the extractions,
    and one given twice, make no difference.
    """
    heard: defaultdict[str, Heard] = defaultdict(Heard)
    seen: set[str] = set()
    for extraction in extractions:
        if extraction.article.id in seen:
            continue
        seen.add(extraction.article.id)
        lang = extraction.article.lang or "und"
        for mention in mentions_of(extraction):
            if mention.ref is not None:
                heard[mention.ref].mention(mention.type, mention.reason, mention.evidence.quote, lang)
        for claim in extraction.claims:
            for person, title, body in positions(claim):
                heard[person].role(title, lang, body)
    return {id: actors.get(id) or describe(id, heard[id]) for id in sorted(heard)}


def describe(id: str, heard: Heard) -> Entity:
    """The entity that an id stands for which the list of actors does not have.

    The type is that of most mentions, the
    names are those it was given in the articles of each language, the most frequent first, and the
    positions are those that claims affirm.
    """
    types = _by_frequency(Counter({t: n for t, n in heard.types.items() if t in ENTITY_TYPES}))
    type = types[0] if types else _TYPE_OF_PREFIX.get(id.partition("/")[0], "Other")
    rank = _full_names_first if type == "Person" else _by_frequency
    return Entity(
        id=id,
        type=type,
        names={lang: rank(names) for lang, names in sorted(heard.names.items()) if names},
        roles=tuple(EntityRole(title=title, of=of or None) for title, of in sorted(heard.roles)),
    )


def mentions_of(extraction: Extraction) -> list[Mention]:
    """The mentions of an extraction, also those that only claims and quotes hold, each once.

    Where one mention was made twice, with another score or reason, the higher score stays.
    """
    every = list(extraction.mentions)
    for claim in extraction.claims:
        every += [role.mention for role in claim.roles]
        every += claim.attributed_to
        every += [claim.place] if claim.place else []
    for quote in extraction.quotes:
        every += quote.speaker
    best: dict[tuple[int, int, str], Mention] = {}
    for mention in every:
        key = (mention.evidence.start, mention.evidence.end, mention.ref or mention.type)
        known = best.get(key)
        if known is None or (mention.score, mention.reason, mention.type) > (
            known.score,
            known.reason,
            known.type,
        ):
            best[key] = mention
    return [best[key] for key in sorted(best)]


def positions(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """The positions a claim affirms: the person's id, the words for the title, the id of the body or ""."""
    if claim.relation != HOLDS_ROLE or claim.status != "asserted":
        return
    bodies = [mention.ref or "" for mention in claim.role("recipient")] or [""]
    for person in claim.role("actor"):
        for title in claim.role("title"):
            for body in bodies:
                if person.ref is not None:
                    yield person.ref, title.evidence.quote, body


@functools.lru_cache(maxsize=4096)
def canonical_title(text: str, lang: str) -> str:
    """The title ``text`` in canonical English where the word list knows it, else as it stands.

    >>> canonical_title("Mantan Menlu", "id")
    'former foreign minister'
    """
    words = " ".join(text.split()).casefold()
    known = titles(lang)
    if words in known:
        return known[words]
    for prefix, canonical in title_prefixes(lang).items():
        rest = words.removeprefix(prefix).lstrip(" -")
        if words.startswith(prefix) and rest != words and rest in known:
            return f"{canonical} {known[rest]}"
    for suffix, canonical in title_suffixes(lang).items():
        rest = words.removesuffix(suffix).rstrip(" -")
        if words.endswith(suffix) and rest != words and rest in known:
            return f"{known[rest]}-{canonical}"
    return " ".join(text.split())


def _by_frequency(counted: Counter[str]) -> tuple[str, ...]:
    """Most frequent first, ties by text."""
    return tuple(sorted(counted, key=lambda text: (-counted[text], text)))


def _full_names_first(counted: Counter[str]) -> tuple[str, ...]:
    """Full names before surnames alone, then as :func:`_by_frequency`."""
    return tuple(sorted(_by_frequency(counted), key=lambda text: not is_full(text)))
