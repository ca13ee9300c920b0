"""Bodies: nouns that, joined to a country, stand for one of its organs or for the country itself.

"Kemlu Jepang" and "the Japanese Foreign Ministry" are one entity, the foreign ministry of Japan
(:mod:`kg.linking.organs`); "pemerintah Suriah" and "Syrian officials" stand for Syria.  A body without a
country beside it ("the ministry of defence") is that of a country only if the article leaves no doubt:

- it is of the kind of a body before it, and bodies of this kind are of one country in all of the article; or
- the article names one country alone, by whatever is of it, and its dateline is there or a body of that
  country is named before.

Else it stays a noun without an entity: two articles' "Foreign Ministry" are not one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.linking.actors import load_actors
from kg.linking.organs import organ_of
from kg.linking.titles import bodies
from kg.nlp.references import Reference
from kg.nlp.syntax import is_in
from kg.nlp.titles import of_after, of_before, phrase_at, skip, starting
from kg.types import Entity

#: Types of entities that have bodies.
_OF_TYPES = frozenset({"Country", "Organization", "Group"})
#: Words that a body may have beside it and still be that of a country; "local police" is another.
_PLAIN = frozenset({"det", "case", "punct", "cc", "conj", "fixed"})
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "csubj", "obj", "iobj", "obl", "obl:agent", "conj", "root"})
_SCORE = 0.9
_BARE_SCORE = 0.7


@dataclass(frozen=True, slots=True)
class _Body:
    """A listed noun at ``start`` to ``end``: the canonical word, and what it is of, if that is beside it.

    ``close``: nothing but words for "of" stands between them.
    """

    start: int
    end: int
    word: str
    of: Reference | None
    close: bool


@Language.factory("kg_bodies", assigns=["doc._.references"], requires=["doc._.references", "doc._.roles"])
class Bodies:
    """Adds references for bodies."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.actors = load_actors()

    def __call__(self, doc: Doc) -> Doc:
        given = [r for r in doc._.references if not _is_only_body(doc, r)]
        found = list(_found(doc, given))
        made = [self._reference(doc, body, body.of) for body in found if body.of is not None]
        every = sorted([*given, *made], key=lambda r: (r.start, r.end))
        bare = [body for body in found if body.of is None and _stands_alone(doc, body)]
        made += self._of_article(doc, bare, every)
        doc._.references = tuple(sorted([*given, *made], key=lambda r: (r.start, r.end)))
        return doc

    def _reference(self, doc: Doc, body: _Body, of: Reference) -> Reference:
        """The body of what stands beside it: an organ of a country, or the country or body itself."""
        organ = organ_of(body.word)
        name = doc[of.start : of.end].text
        if (
            organ
            and body.close
            and of.type == "Country"
            and not self.actors.is_metonym(name, doc.user_data["lang"])
        ):
            return self._organ(body, str(of.ref), organ.kind, _SCORE, "actor list")
        return Reference(
            start=body.start, end=body.end, type=of.type, ref=of.ref, score=_SCORE, reason="body"
        )

    def _organ(self, body: _Body, country: str, kind: str, score: float, reason: str) -> Reference:
        id = self.actors.organ_of(country, kind)
        return Reference(
            start=body.start, end=body.end, type="Organization", ref=id, score=score, reason=reason
        )

    def _of_article(self, doc: Doc, bare: list[_Body], named: list[Reference]) -> Iterator[Reference]:
        """The bodies without a country beside them whose country the article leaves in no doubt."""
        if not bare:
            return
        only = self._only_country(doc, named)
        organs = [(r.start, *organ) for r in named if r.ref and (organ := self.actors.organ(r.ref))]
        for body in bare:
            meant = organ_of(body.word)
            kind = meant.kind if meant else ""
            same = {country for _, other, country in organs if other == kind}
            before = [(other, country) for start, other, country in organs if start < body.start]
            country = min(same) if len(same) == 1 else None
            if country and (kind, country) in before:
                yield self._organ(body, country, kind, _BARE_SCORE, "body")
            elif only and not same and (_dateline(doc) or any(only == country for _, country in before)):
                yield self._organ(body, only, kind, _BARE_SCORE, "body")

    def _only_country(self, doc: Doc, named: Iterable[Reference]) -> str | None:
        """The one country that all which the article names is of, its dateline too; None if they are more."""
        countries = _countries(self.actors.get(r.ref) for r in named if r.ref)
        line = _dateline(doc)
        if line:
            found = self.actors.find(line, doc.user_data["lang"])
            entities = (self.actors.get(match.ids[0]) for match in found)
            there = _countries(e for e in entities if e is not None and e.type in ("Place", "Country"))
            if not there:
                return None  # somewhere, who knows in which country
            countries |= there
        return f"country/{countries.pop()}" if len(countries) == 1 else None


def _countries(entities: Iterable[Entity | None]) -> set[str]:
    return {entity.country for entity in entities if entity is not None and entity.country}


def _dateline(doc: Doc) -> str:
    """The words of the dateline, empty if there is none."""
    zones = doc.user_data.get("zones", ())
    return " ".join(doc.user_data["text"][start:end] for kind, start, end in zones if kind == "dateline")


def _is_only_body(doc: Doc, reference: Reference) -> bool:
    """Whether what the model took for a name is a mere noun for a body: "the Ministry of Defence"."""
    if reference.reason != "model" or reference.type not in ("Organization", "Group", "Other"):
        return False
    words = list(doc[reference.start : reference.end])
    while words and words[0].pos_ == "DET":
        words.pop(0)
    forms = bodies(doc.user_data["lang"])
    return bool(words) and doc[words[0].i : reference.end].text.casefold() in forms


def _found(doc: Doc, given: list[Reference]) -> Iterator[_Body]:
    """The nouns of the list in the text, with what they are of."""
    forms = bodies(doc.user_data["lang"])
    position = 0
    while position < len(doc):
        listed = _around(doc, given, position) or phrase_at(doc, position, forms)
        if listed is None or any(r.has(position) for r in given) or _individuals(doc[listed[0] - 1]):
            position += 1
            continue
        end, word = listed
        first, last = position, end
        of = next((r for r in given if position < r.start and r.end < end), None)
        if of is None:
            of, first = of_before(doc, given, position)
        if of is None:
            of, last = of_after(doc, given, skip(doc, end))
        if of is None:
            yield _Body(position, end, word, None, False)
        elif of.type in _OF_TYPES and of.ref:
            close = all(is_in(w, "slots", "of") or w.pos_ == "DET" for w in doc[end : max(end, of.start)])
            yield _Body(min(first, position), max(last, end), word, of, close)
        position = end


def _around(doc: Doc, given: list[Reference], start: int) -> tuple[int, str] | None:
    """(end, canonical word) of a noun with a country within it: "Ministerio ruso de Defensa"."""
    country = starting(given, start + 1)
    if country is None or country.type != "Country":
        return None
    forms = bodies(doc.user_data["lang"])
    for end in range(min(country.end + 4, len(doc)), country.end, -1):
        word = forms.get(f"{doc[start].text} {doc[country.end : end].text}".casefold())
        if word is not None:
            return end, word
    return None


def _stands_alone(doc: Doc, body: _Body) -> bool:
    """Whether a body acts or is acted on, and nothing beside it says that it is a part or another one."""
    organ = organ_of(body.word)
    root = doc[body.start : body.end].root
    if (
        organ is None
        or not organ.alone
        or root.dep_.casefold() not in _ARGUMENTS
        or root.pos_ not in {"NOUN", "PROPN"}
    ):
        return False
    beside = (child for child in root.children if not body.start <= child.i < body.end)
    return all(child.dep_ in _PLAIN for child in beside)


def _individuals(noun: Token) -> bool:
    """Whether a noun means some people of a body, not the body: "seorang tentara", "13 soldiers"."""
    counted = any(child.dep_ in {"nummod", "clf"} for child in noun.children) or is_in(
        noun, "pronouns", "one"
    )
    return is_in(noun, "bodies", "individuals", "nouns") and (
        counted or any(is_in(c, "pronouns", "one") for c in noun.children)
    )
