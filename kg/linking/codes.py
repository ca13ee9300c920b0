"""Actor codes at the date of a claim: PRKGOV, USAMIL, IGOUNO, RUS, REB (see ontologies/actors/codes.toml).

A code is a country and a sector, each left out where it is not known.  It comes from

- the office that a person held on the date: of the actor list, else as the article calls them;
- the code that the list gives a body or a group, and the offices that a group held (who ruled);
- the words: an organ of a country ("tentara Sudan"), people without a name ("warga Georgia"), a name
  that stands for a government ("Kremlin").

Only the actor list and the article itself count, never another article: the code is that of the day.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.linking.actors import Actors, held
from kg.linking.code_book import CodeBook, load_code_book, words_of
from kg.linking.entities import canonical_title, positions
from kg.linking.titles import title_changes, title_prefixes
from kg.types import Entity, EntityRole, Extraction, Mention

#: Types of entities that act; a name of another type (a war, a language) has no code.
_ACTORS = frozenset({"Person", "Country", "Place", "Organization", "Group"})
#: Mentions whose words say of which office or organ they speak.
_BY_OFFICE = frozenset({"role", "body"})
#: Words straight before a name that may be a title; a full stop only ends an abbreviation (Sen.).
_LAST_WORDS = re.compile(r"(?:[^\W\d_][\w'’-]*\.?[ \u00a0]+){1,5}\Z")
_TITLE_WIDTH = 60


@dataclass(frozen=True, kw_only=True)
class Context:
    """What decides the codes of an article: its language, its mentions, and who holds which office in it."""

    lang: str
    published: str | None
    mentions: tuple[Mention, ...]
    offices: Mapping[str, tuple[EntityRole, ...]]
    actors: Actors


@dataclass(frozen=True, kw_only=True)
class DatedCode:
    """The code that an entity has from one date to another (ISO 8601, None: open)."""

    code: str
    since: str | None = None
    until: str | None = None


def context_of(extraction: Extraction, actors: Actors) -> Context:
    """What decides the codes of the mentions of an article."""
    lang = extraction.article.lang or "und"
    offices: defaultdict[str, list[EntityRole]] = defaultdict(list)
    for claim in extraction.claims:
        for person, _, body in positions(claim):
            # The label has the title in English with what changes it, also where a country stands between
            # them ("former US president").
            title = claim.label.removeprefix("is ").removesuffix(" of")
            offices[person].append(EntityRole(title=title, of=body or None))
    claimed = frozenset(offices)
    for mention in extraction.mentions:
        if mention.type == "Person" and mention.ref and mention.ref not in claimed:
            end = mention.evidence.start
            called = _title_before(extraction.article.text[max(end - _TITLE_WIDTH, 0) : end], lang)
            if called:
                offices[mention.ref].append(EntityRole(title=called))
    published = extraction.article.published
    return Context(
        lang=lang,
        published=published[:10] if published else None,
        mentions=extraction.mentions,
        offices={person: tuple(dict.fromkeys(roles)) for person, roles in offices.items()},
        actors=actors,
    )


def codes_of(mention: Mention, date: str | None, context: Context) -> tuple[str, ...]:
    """The codes of a party of a claim, mostly one; several for "US and British activists".

    ``date`` is that of the claim (ISO 8601, may be cut); without it the day of publication counts.
    """
    entity = context.actors.get(mention.ref) if mention.ref else None
    on = date or context.published
    if mention.ref is None:
        return _of_words(mention, context, by_office=mention.reason in _BY_OFFICE)
    if mention.type == "Person" and (entity is None or entity.type == "Person"):
        code = _of_person(mention.ref, entity, on, context)
    elif entity is None:
        return _of_words(mention, context) if mention.type in ("Organization", "Group") else ()
    elif entity.type == "Country":
        code = _joined(entity.country, _acting_as(mention, context))
    else:
        code = _of_body(entity, on, context)
    return (code,) if code else ()


def dated_codes(entity: Entity, actors: Actors) -> tuple[DatedCode, ...]:
    """All codes that an entity has, by its offices, each once; without an office the one it has as such."""
    if entity.type not in _ACTORS:
        return ()
    by_office = (
        DatedCode(code=code, since=role.since, until=role.until)
        for role in entity.roles
        if (code := code_of_office(role, entity.country, actors))
    )
    own = base_of(entity) if entity.type == "Person" else entity.actor_code or entity.country
    return tuple(dict.fromkeys(by_office)) or ((DatedCode(code=own),) if own else ())


def code_of_office(role: EntityRole, country: str | None, actors: Actors) -> str | None:
    """The code of who holds an office: of a country its sector there, of a body the body's code.

    ``country`` is that of the holder, for offices in a body of none.
    """
    sector = _sector_of_title(role.title)
    body = actors.get(role.of) if role.of else None
    if body is None:
        return _joined(country, sector)
    if body.actor_code and body.type not in ("Country", "Place") and sector != load_code_book().out_of_office:
        return body.actor_code
    return _joined(base_of(body) or country, sector)


def base_of(entity: Entity) -> str | None:
    """What a code begins with: the country, or for a body of none its own code (IGOUNO)."""
    listed = entity.actor_code or ""
    return listed if listed[:3] in load_code_book().non_state else entity.country


def sector_of(code: str) -> str | None:
    """The sector in a code: GOV in PRKGOV, REB in REB, IGO in IGOUNO, none in PRK."""
    book = load_code_book()
    if code[-3:] in book.sectors:
        return code[-3:]
    return code[:3] if code[:3] in book.non_state else None


def country_of(code: str) -> str | None:
    """The country in a code: PRK in PRKGOV, none in REB and IGOUNO."""
    book = load_code_book()
    return None if code[:3] in book.non_state or code[:3] in book.sectors else code[:3]


def _joined(base: str | None, sector: str | None) -> str | None:
    return "".join(filter(None, (base, sector))) or None


def _of_person(id: str, entity: Entity | None, on: str | None, context: Context) -> str | None:
    """By an office held on the date, else by one in the article, else as somebody out of office."""
    listed = entity.roles if entity else ()
    country = entity.country if entity else None
    current = [role for role in listed if (held(role, on) if on else not (role.since or role.until))]
    for roles in (current, context.offices.get(id, ())):
        codes = [code for role in roles if (code := code_of_office(role, country, context.actors))]
        best = min(codes, key=lambda code: load_code_book().rank(sector_of(code)), default=None)
        if best and best != country:
            return best
    if on and any(role.until and role.until[: len(on)] < on[: len(role.until)] for role in listed):
        return _joined(country, load_code_book().out_of_office)
    return country or (entity.actor_code if entity else None)


def _title_before(text: str, lang: str) -> str | None:
    """The canonical title at the end of a text, of somebody whose name follows: "Senator", "mantan Menlu"."""
    book = load_code_book()
    match = _LAST_WORDS.search(text)
    words = match.group().split() if match else []
    for start in range(len(words)):
        title = canonical_title(" ".join(words[start:]), lang)
        if _sector_of_title(title) is not None:
            before = (title_prefixes(lang).get(word.casefold()) for word in words[:start])
            past = next((word for word in before if word in book.past), None)
            return f"{past} {title}" if past else title
    return None


def _of_body(entity: Entity, on: str | None, context: Context) -> str | None:
    """By what a group held on the date, else as listed."""
    if entity.type not in _ACTORS:
        return None
    ruling = [role for role in entity.roles if on and held(role, on)]
    codes = [code for role in ruling if (code := code_of_office(role, entity.country, context.actors))]
    return codes[0] if codes else entity.actor_code or entity.country


def _acting_as(mention: Mention, context: Context) -> str | None:
    """As what a country acts: its organ that the words name, or its government for a name that means that."""
    book = load_code_book()
    if mention.reason == "body":
        return _sector_in(mention.evidence.quote, context.lang, by_office=True)
    named = context.actors.is_metonym(mention.evidence.quote, context.lang)
    return book.government if named else None


def _of_words(mention: Mention, context: Context, *, by_office: bool = False) -> tuple[str, ...]:
    """The country that a phrase names with the sector of its first word that has one: "pemberontak Suriah".

    What is no people is its country's, as in CAMEO: "parts of Iraq" is IRQ.
    """
    sector = _sector_in(mention.evidence.quote, context.lang, by_office=by_office) or ""
    bases = tuple(dict.fromkeys(_named_in(mention, context)))
    return tuple(f"{base}{sector}" for base in bases) or ((sector,) if sector else ())


def _named_in(phrase: Mention, context: Context) -> Iterator[str]:
    """The countries, or bodies of none, that are named in a phrase."""
    start, end = phrase.evidence.start, phrase.evidence.end
    for mention in context.mentions:
        if start <= mention.evidence.start and mention.evidence.end <= end and mention.ref:
            entity = context.actors.get(mention.ref)
            if entity is not None and entity.type in _ACTORS and (base := base_of(entity)):
                yield base


def _sector_in(text: str, lang: str, *, by_office: bool) -> str | None:
    """The sector of the first word or phrase in ``text`` that has one; with ``by_office`` also of titles."""
    book = load_code_book()
    known = book.words(lang, by_office=by_office)
    words = words_of(text)
    for start in range(len(words)):
        for end in range(min(start + CodeBook.LONGEST, len(words)), start, -1):
            sector = known.get(" ".join(words[start:end]))
            if sector is not None:
                before = title_prefixes(lang).get(words[start - 1]) if start else None
                if before in book.not_yet:
                    return None
                return book.out_of_office if before in book.past else sector
    return None


@functools.lru_cache(maxsize=4096)
def _sector_of_title(title: str) -> str | None:
    """The sector of a canonical title, also of a changed one: "deputy minister", "former president"."""
    book = load_code_book()
    changes = title_changes()
    words = re.split(r"[ -]", title)
    if book.past & {words[0], words[-1]}:
        return book.out_of_office
    if book.not_yet & {words[0], words[-1]}:
        return None
    while title not in book.titles and title.partition(" ")[0] in changes:
        title = title.partition(" ")[2]
    return book.titles.get(title)
