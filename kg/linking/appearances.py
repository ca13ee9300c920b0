"""Appearances: what one article says of one entity, by which those of several articles are compared."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.linking.entities import NOT_NAMES, canonical_title, mentions_of, positions
from kg.linking.spelling import is_full, makes_citizen, spelling_key
from kg.types import Extraction, Mention

#: Types of entities that are compared across articles, by the first part of their ids.  What has the same
#: kind may be one: which of the two a body is, the model often guesses.
KINDS = {"person": "person", "organization": "body", "group": "body"}


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity (``ref``, as the record has it) in one article.

    ``key`` is what spellings of its full name have in common, ``country`` the alpha-3 code of the only
    country that it holds a position of there, ``company`` the codes of all countries that the article names.
    """

    article: str
    ref: str
    key: str
    country: str | None
    company: tuple[str, ...]


def key_of(ref: str) -> str | None:
    """What the ids of one full name have in common; None for what is never linked by its name alone."""
    prefix, _, name = ref.partition("/")
    kind = KINDS.get(prefix)
    if kind is None or (kind == "person" and not is_full(name)):
        return None
    # A body of one word must be written the same: "Hamas" and "Hams" are no spellings of one name.
    return f"{kind} {spelling_key(name) if '-' in name else name}"


def appearances(extraction: Extraction) -> list[Appearance]:
    """The people and bodies that an article names in full, sorted by id."""
    lang = extraction.article.lang or "und"
    found = mentions_of(extraction)
    company = tuple(sorted({_country(mention.ref) for mention in found} - {""}))
    citizen: defaultdict[str, set[str]] = defaultdict(set)
    for claim in extraction.claims:
        for person, title, body in positions(claim):
            if makes_citizen(canonical_title(title, lang)):
                citizen[person].add(_country(body))
    known = {}
    for mention in found:
        key = key_of(mention.ref) if mention.ref and is_name(mention) else None
        if mention.ref and key:
            of = citizen[mention.ref] - {""}
            country = of.pop() if len(of) == 1 else None
            known[mention.ref] = Appearance(extraction.article.id, mention.ref, key, country, company)
    return [known[ref] for ref in sorted(known)]


def is_name(mention: Mention) -> bool:
    """Whether the words of a mention name its entity, as a pronoun does not."""
    return mention.reason not in NOT_NAMES


def _country(id: str | None) -> str:
    prefix, _, code = (id or "").partition("/")
    return code if prefix == "country" else ""
