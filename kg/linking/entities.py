"""Entities merged across articles: what the mentions of one id say together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.linking.actors import Actors
from kg.linking.titles import title_prefixes, title_suffixes, titles
from kg.types import ENTITY_TYPES, Claim, Entity, EntityRole, Extraction, Mention

#: Mentions that point to an entity without naming it.
NOT_NAMES = frozenset({"pronoun", "role", "demonstrative", "both", "body", "misspelling"})

#: The relation of the codebook that says who holds which position: actor, title, recipient.
HOLDS_ROLE = "holds-role"

_TYPE_OF_PREFIX = {type.lower(): type for type in ENTITY_TYPES}


@dataclass(slots=True)
class _Heard:
    """What was heard of one entity: how often each type and each name, and which positions."""

    types: Counter[str] = field(default_factory=Counter)
    names: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    roles: set[tuple[str, str]] = field(default_factory=set)


def resolve(extractions: Iterable[Extraction], actors: Actors) -> dict[str, Entity]:
    """Every entity that the extractions refer to, by id, in the order of ids.

    A listed actor is as the list has it.  Of any other the type is that of most mentions, the
    names are those it was given in the articles of each language (``und`` where an article has
    none), the most frequent first, and the positions are those that claims affirm.  The order of
    the extractions, and one given twice, make no difference.
    """
    heard: dict[str, _Heard] = {}
    seen: set[tuple[str, int, int, str]] = set()
    for extraction in extractions:
        lang = extraction.article.lang or "und"
        for mention in _mentions(extraction):
            evidence = mention.evidence
            if mention.ref is None:
                continue
            entity = heard.setdefault(mention.ref, _Heard())
            key = (evidence.article_id, evidence.start, evidence.end, mention.ref)
            if key in seen:
                continue
            seen.add(key)
            entity.types[mention.type] += 1
            if mention.reason not in NOT_NAMES:
                entity.names[lang][" ".join(evidence.quote.split())] += 1
        for claim in extraction.claims:
            for person, role in _roles(claim, lang):
                heard[person].roles.add(role)
    return {id: actors.get(id) or _entity(id, heard[id]) for id in sorted(heard)}


def _mentions(extraction: Extraction) -> Iterator[Mention]:
    """All mentions of an extraction; those of its list first, as they say how they were found."""
    yield from extraction.mentions
    for claim in extraction.claims:
        yield from (role.mention for role in claim.roles)
        yield from claim.attributed_to
        if claim.place is not None:
            yield claim.place
    for quote in extraction.quotes:
        yield from quote.speaker


def _roles(claim: Claim, lang: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The positions a claim affirms: the person's id, the title and the id of what it is a position in."""
    if claim.relation != HOLDS_ROLE or claim.status != "asserted":
        return
    bodies = [mention.ref or "" for mention in claim.role("recipient")] or [""]
    for person in claim.role("actor"):
        for title in claim.role("title"):
            for body in bodies:
                if person.ref is not None:
                    yield person.ref, (canonical_title(title.evidence.quote, lang), body)


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


def _entity(id: str, heard: _Heard) -> Entity:
    types = _by_frequency(Counter({t: n for t, n in heard.types.items() if t in ENTITY_TYPES}))
    type = types[0] if types else _TYPE_OF_PREFIX.get(id.partition("/")[0], "Other")
    rank = _full_names_first if type == "Person" else _by_frequency
    return Entity(
        id=id,
        type=type,
        names={lang: rank(names) for lang, names in sorted(heard.names.items())},
        roles=tuple(EntityRole(title=title, of=of or None) for title, of in sorted(heard.roles)),
    )


def _by_frequency(counted: Counter[str]) -> tuple[str, ...]:
    """Most frequent first, ties by text."""
    return tuple(sorted(counted, key=lambda text: (-counted[text], text)))


def _full_names_first(counted: Counter[str]) -> tuple[str, ...]:
    """Names of several words before surnames alone, then as :func:`_by_frequency`."""
    return tuple(sorted(_by_frequency(counted), key=lambda text: " " not in text))
