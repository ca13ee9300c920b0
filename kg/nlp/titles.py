"""Titles joined to names.

"Presiden Rusia Vladimir Putin" is one reference to Putin that covers its title, and a held role
(president of Russia); "Pemimpin Korea Utara" alone is a role to be filled later, in
:mod:`kg.nlp.coreference`.  What stands next to what decides, not the tree: names in apposition are
where parsers err most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg import ontologies
from kg.linking.actors import load_actors
from kg.linking.titles import bodies, title_prefixes, title_suffixes, titles
from kg.nlp.morphology import fold
from kg.nlp.references import HeldRole, Reference
from kg.nlp.syntax import is_in, word_list

#: Words that may stand between a title and what it is of: "Kepala Badan Intelijen Rusia".
BETWEEN = 4
_OF_TYPES = frozenset({"Country", "Organization", "Place", "Group"})


@Language.factory("kg_titles", assigns=["doc._.references", "doc._.roles"], requires=["doc._.references"])
class Titles:
    """Widens references by titles, adds references for roles, fills ``doc._.roles``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        lang = doc.user_data["lang"]
        found = list(doc._.references)
        roles: list[HeldRole] = []
        position = 0
        while position < len(doc):
            title = phrase_at(doc, position, titles(lang)) or _with_suffix(doc[position])
            body = phrase_at(doc, position, bodies(lang))
            role = (
                _role(doc, found, position, *title) if title and not (body and body[0] >= title[0]) else None
            )
            if role is None:
                position += 1
                continue
            roles.append(role)
            found = [r for r in found if not _only_title(r, role)]
            covered = frozenset(range(role.start, role.end))
            if role.person is not None:
                i = found.index(role.person)
                found[i] = replace(role.person, covers=role.person.covers | covered, type="Person")
                roles[-1] = replace(role, person=found[i])
            else:
                found.append(
                    Reference(
                        start=role.start, end=role.end, type="Person", ref=None, score=0.8, reason="role"
                    )
                )
            position = max(role.end, position + 1)
        roles.extend(_appositions(doc, found, roles))
        doc._.references = tuple(sorted(found, key=lambda r: (r.start, r.end)))
        doc._.roles = tuple(roles)
        return doc


def phrase_at(doc: Doc, start: int, forms: Mapping[str, str]) -> tuple[int, str] | None:
    """(end, canonical form) of the longest listed phrase that starts at a word."""
    for end in range(min(start + 5, len(doc)), start, -1):
        if not doc[end - 1].is_space and not doc[start].is_space:
            canonical = forms.get(doc[start:end].text.casefold())
            if canonical is not None:
                return end, canonical
    return None


def _with_suffix(word: Token) -> tuple[int, str] | None:
    """(end, title) of a word such as "President-elect"."""
    lang = word.doc.user_data["lang"]
    first, dash, last = word.lower_.partition("-")
    if dash and first in titles(lang) and last in title_suffixes(lang):
        return word.i + 1, f"{titles(lang)[first]} {title_suffixes(lang)[last]}"
    return None


def starting(found: list[Reference], i: int) -> Reference | None:
    return next((r for r in found if r.start == i), None)


def _ending(found: list[Reference], i: int) -> Reference | None:
    return next((r for r in found if r.end == i), None)


def skip(doc: Doc, i: int, *texts: str) -> int:
    """The place after any of the signs or words ``texts`` at ``i``, and after a bracket there."""
    while i < len(doc) and (doc[i].lower_ in texts or (doc[i].is_space and "\n" not in doc[i].text)):
        i += 1
    if i + 2 < len(doc) and doc[i].text == "(":
        close = next((k for k in range(i + 1, min(i + 6, len(doc))) if doc[k].text == ")"), None)
        if close is not None:
            return skip(doc, close + 1, *texts)
    return i


def _role(doc: Doc, found: list[Reference], start: int, end: int, title: str) -> HeldRole | None:
    """The title at ``start`` with what it is of and who holds it; None if it has neither."""
    lang = doc.user_data["lang"]
    if any(r.start <= start < r.end and r.end - r.start > 1 for r in found):
        return None  # a part of a name
    first = _with_prefix(doc, start, title_prefixes(lang))
    of, first = of_before(doc, found, first, _for_persons() & {title})
    last = i = skip(doc, end)
    before = of is not None
    changed = title_prefixes(lang).get(doc[first - 1].lower_) if before and first else None
    if before:
        i = _past_posting(doc, found, i)
    if of is None:
        of, last, i = _of_behind(doc, found, i)
    person = _holder(doc, found, i, of)
    if person is not None and of is None and title in _for_persons():
        # "juru bicara Zelensky, Serhii Nykyforov": the first name says whose, the second who.
        of, last = person, person.end
        person = _holder(doc, found, last, of)
    if of is None and person is None:
        return None
    if of is not None and title in _for_towns():
        town = _town(doc, of)
        found[found.index(of)] = of = town
    last_word = max(end, of.start) if of is not None and not before else end
    while last_word > end and is_in(doc[last_word - 1], "slots", "of"):
        last_word -= 1  # "calon presiden dari" is of the party without the preposition
    begin = start if before else first
    return HeldRole(
        start=min(first, start),
        end=max(last if of is not None else end, person.start if person is not None else 0),
        title=" ".join(filter(None, (changed, _title(doc[begin:last_word].text, title, lang)))),
        words=(begin, last_word),
        of=of,
        person=person,
    )


def _for_persons() -> frozenset[str]:
    """Canonical titles held for a person rather than a country."""
    return frozenset(ontologies.language("en", "titles").get("for_persons", {}).get("titles", ()))


def _for_towns() -> frozenset[str]:
    """Canonical titles held of a town, also where its name may mean a country: "Gubernur Jakarta"."""
    return frozenset(ontologies.language("en", "titles").get("for_towns", {}).get("titles", ()))


def _town(doc: Doc, of: Reference) -> Reference:
    """The capital that a title is of, not its country."""
    actors = load_actors()
    metonym = actors.is_metonym(doc[of.start : of.end].text, doc.user_data["lang"])
    capital = actors.capital_of(of.ref or "") if of.type == "Country" and metonym else None
    return replace(of, type="Place", ref=capital) if capital else of


def _of_behind(doc: Doc, found: list[Reference], i: int) -> tuple[Reference | None, int, int]:
    """(what a title is of, where it ends, where its holder may stand) behind the title."""
    of, last = of_after(doc, found, i)
    if of is None:
        return None, i, i
    after = skip(doc, last)
    past = _past_posting(doc, found, after)
    return of, last if past == after else past, past


def _past_posting(doc: Doc, found: list[Reference], i: int) -> int:
    """The place after where somebody is posted: "ambassador to Kenya", "Duta Besar AS untuk PBB"."""
    if i < len(doc) and is_in(doc[i], "slots", "to"):
        other = starting(found, i + 1)
        if other is not None and other.type in _OF_TYPES:
            return skip(doc, other.end)
    return i


def _holder(doc: Doc, found: list[Reference], i: int, of: Reference | None) -> Reference | None:
    """The person named behind a title, at once or after a comma or, without "of", more capitalised words."""
    person = starting(found, _past_honorifics(doc, i))
    if person is None and of is not None:
        # But not "the president, Obama said".
        person = starting(found, _past_honorifics(doc, skip(doc, i, ",")))
    if person is None and of is None:
        person = _person_after(doc, found, i)
    return person if person is not None and person.type == "Person" else None


def _past_honorifics(doc: Doc, i: int) -> int:
    """The place after "Dr." or "KH" before a name."""
    honorifics = word_list(doc.user_data["lang"], "names", "honorifics")
    while i + 1 < len(doc) and fold(doc[i].text).rstrip(".") in honorifics:
        i += 2 if doc[i + 1].text == "." else 1
    return i


def _only_title(reference: Reference, role: HeldRole) -> bool:
    """Whether what the model took for a name is a part of the title ("Pertahanan")."""
    kept = reference in (role.person, role.of)
    return (
        not kept
        and reference.reason == "model"
        and role.start <= reference.start
        and reference.end <= role.end
    )


def _title(text: str, canonical: str, lang: str) -> str:
    """The title in English where known, with a prefix such as deputy; else as it stands."""
    prefixes = title_prefixes(lang)
    first = text.split()[0].casefold() if text.split() else ""
    return f"{prefixes[first]} {canonical}" if first in prefixes and first not in titles(lang) else canonical


def _with_prefix(doc: Doc, start: int, prefixes: Mapping[str, str]) -> int:
    return start - 1 if start and doc[start - 1].lower_ in prefixes else start


def of_before(
    doc: Doc, found: list[Reference], first: int, for_persons: frozenset[str] = frozenset()
) -> tuple[Reference | None, int]:
    """What a title is of where it stands before it: "Russian President", "Zelensky's spokesman"."""
    i = first - 1
    if i >= 0 and doc[i].text in {"'s", "’s", "'", "’"}:
        i -= 1
    elif i < 0 or not _attributive(doc[i]):
        return None, first
    of = _ending(found, i + 1)
    types = _OF_TYPES | {"Person"} if for_persons else _OF_TYPES
    if of is None or of.type not in types or of.reason == "body":
        return None, first
    return of, of.start


def _attributive(word: Token) -> bool:
    """Whether a name before a noun modifies it, as in English; not in languages that put it after."""
    return word.head.i > word.i and word.dep_ in {"amod", "compound", "nmod", "nmod:poss", "flat", "det"}


def of_after(doc: Doc, found: list[Reference], i: int) -> tuple[Reference | None, int]:
    """What a title is of where it stands after it: "Presiden Rusia", "head of the IAEA"."""
    k = i
    while k < len(doc) and k - i <= BETWEEN:
        reference = starting(found, k)
        if reference is not None:
            if reference.type not in _OF_TYPES:
                return None, i
            return reference, reference.end
        if not (_belongs(doc[k]) or _joins_parts(doc, found, k)):
            return None, i
        k += 1
    return None, i


def _person_after(doc: Doc, found: list[Reference], i: int) -> Reference | None:
    """Who holds a long title that is of nothing listed: "Kepala Sekretaris Kabinet Yoshihide Suga"."""
    for k in range(i, min(i + BETWEEN + 1, len(doc))):
        reference = starting(found, k)
        if reference is not None:
            return reference
        if not doc[k].text[0].isupper():
            return None
    return None


def _belongs(word: Token) -> bool:
    """Whether a word may stand inside a title: a capitalised word, "of", "the"."""
    lang = word.doc.user_data["lang"]
    return (
        word.text[0].isupper()
        or word.lower_ in word_list(lang, "slots", "of")
        or word.lower_ in {"the", "negara"}
    )


def _joins_parts(doc: Doc, found: list[Reference], i: int) -> bool:
    """Whether a conjunction stands inside a title: "Menteri Pemuda dan Olahraga RI", not between two."""
    if doc[i].dep_ != "cc" or i + 1 >= len(doc) or not doc[i + 1].text[0].isupper():
        return False
    lang = doc.user_data["lang"]
    return starting(found, i + 1) is None and phrase_at(doc, i + 1, titles(lang)) is None


def _appositions(doc: Doc, found: list[Reference], roles: list[HeldRole]) -> list[HeldRole]:
    """Roles that follow the name: "Vladimir Putin, presiden Rusia," """
    more: list[HeldRole] = []
    for role in roles:
        comma = role.start - 1
        while comma > 0 and doc[comma].pos_ == "DET":
            comma -= 1  # "Putin, the president of Russia,"
        if role.person is None and comma > 0 and doc[comma].text == ",":
            person = _ending(found, comma)
            closed = role.end >= len(doc) or doc[role.end].is_punct or doc[role.end].is_space
            if person is not None and person.type == "Person" and person.reason != "role" and closed:
                more.append(replace(role, person=person))
    for role in more:
        alone = next(r for r in found if r.reason == "role" and r.start == role.start)
        found.remove(alone)
        person = role.person
        if person in found:
            found[found.index(person)] = replace(
                person, covers=person.covers | frozenset(range(role.start, role.end))
            )
        roles.remove(next(r for r in roles if r.start == role.start))
    return more
