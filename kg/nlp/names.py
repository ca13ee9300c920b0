"""Names: the actor list first, then the model; one reference for each.

The list outranks the model on what it knows.  A model's longer person or body ("Bank
Ekspor-Impor AS") outranks the listed name inside it, and so does a longer place ("Jawa Tengah" is
another one than Jawa).  A capital that acts stands for its government, one that something happens in
is the place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.linking.actors import Actors, NameMatch, load_actors
from kg.linking.fuzzy import is_short_form, same_person
from kg.linking.gazetteer import load_gazetteer
from kg.linking.ids import make_id, slug
from kg.linking.names import is_currency
from kg.linking.places import is_another
from kg.linking.spelling import is_full
from kg.linking.titles import bodies
from kg.nlp import abbreviations
from kg.nlp.matching import event_of
from kg.nlp.references import Reference
from kg.nlp.syntax import is_in, preposition_classes
from kg.nlp.tokens import spaced, without_suffix

#: The model's score from which its longer name outranks a listed name inside it, and from which an
#: unlisted name is believed at all.
LONGER_SCORE = 0.6
NAME_SCORE = 0.5
#: Preposition classes that make a capital a place rather than its government.
_PLACE_CLASSES = frozenset({"in", "from"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@Language.factory("kg_names", assigns=["doc._.references"], requires=["doc.ents", "token.dep", "token.head"])
class Names:
    """Fills ``doc._.references`` with the names of the article."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.actors = load_actors()

    def __call__(self, doc: Doc) -> Doc:
        matches = _listed(doc, self.actors)
        scores: dict[tuple[int, int], float] = doc.user_data.get("name_scores", {})
        found: list[Reference] = []
        taken: set[int] = set()
        for span in sorted(
            [*doc.ents, *_other_places(doc, matches)], key=lambda s: (s.start - s.end, s.start)
        ):
            score = scores.get((span.start, span.end), 0.0)
            inside = [m for m, s in matches if s.start < span.end and s.end > span.start]
            if not taken & set(range(span.start, span.end)) and _outranks(span, inside, matches, score):
                known = _known_person(span, inside, self.actors)
                found.append(_reference(span, known, score))
                taken |= set(range(span.start, span.end))
        for match, span in matches:
            if not taken & set(range(span.start, span.end)):
                found.append(_from_list(match, span, self.actors))
                taken |= set(range(span.start, span.end))
        found.sort(key=lambda r: r.start)
        surnames = {span.start: match.ids for match, span in matches if match.kind == "short"}
        doc._.references = tuple(abbreviations.united(doc, _unite_people(doc, found, surnames)))
        return doc


def _listed(doc: Doc, actors: Actors) -> list[tuple[NameMatch, Span]]:
    """The listed names in the parts of the text that are read, with their words."""
    skipped = doc.user_data.get("skipped", ())
    found: list[tuple[NameMatch, Span]] = []
    for match in _whole_words(doc, actors):
        if any(start < match.end and match.start < end for start, end in skipped):
            continue
        span = doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is not None and not any(other.end > span.start for _, other in found[-1:]):
            found.append((match, span))
    return found


def _whole_words(doc: Doc, actors: Actors) -> Iterator[NameMatch]:
    """The listed names; without spaces between words those that end where a word does.

    "俄罗斯外交部长" names Russia, not its ministry ("俄罗斯外交部"): the minister is one word.
    """
    text, lang = doc.user_data["text"], doc.user_data["lang"]
    for match in actors.find(text, lang):
        if spaced(lang) or doc.char_span(match.start, match.end) is not None:
            yield match
            continue
        inner = doc.char_span(match.start, match.end, alignment_mode="contract")
        if inner is None:
            continue
        for part in actors.find(inner.text, lang):
            start, end = inner.start_char + part.start, inner.start_char + part.end
            if doc.char_span(start, end) is not None:
                yield replace(part, start=start, end=end)


def _outranks(
    span: Span, inside: list[NameMatch], matches: list[tuple[NameMatch, Span]], score: float
) -> bool:
    """Whether the model's name is to be kept in spite of the listed names in it."""
    if not any(c.isalnum() for c in span.text) or span.text.islower():
        return False
    if is_currency(span.doc.user_data["text"], span.end_char):
        return False
    if not inside:
        return score >= NAME_SCORE
    overlapping = [s for m, s in matches if m in inside]
    if len(overlapping) == 1 and _is_body(span, overlapping[0]):
        return False
    covered = all(span.start <= s.start and s.end <= span.end for s in overlapping)
    if not covered or sum(len(s) for s in overlapping) >= len(span):
        return False
    if span.label_ == "Place":
        ids = [id for match in inside for id in match.ids]
        known = is_another(span.text, ids, load_actors(), load_gazetteer())
        return known or _is_other_place(span, overlapping)
    return score >= LONGER_SCORE and span.label_ in {"Person", "Organization"}


def _other_places(doc: Doc, matches: list[tuple[NameMatch, Span]]) -> Iterator[Span]:
    """Listed places with a word that makes them another one, in capitals too: "Jakarta Selatan"."""
    for match, span in matches:
        start = span.start - (span.start > 0 and _makes_other(doc[span.start - 1], "part_before"))
        end = span.end + (span.end < len(doc) and _makes_other(doc[span.end], "part_after"))
        if any(id.startswith("place/") for id in match.ids) and end - start > len(span):
            yield Span(doc, start, end, label="Place")


def _is_other_place(span: Span, listed: list[Span]) -> bool:
    """Whether words beside the listed name make the span the name of another place."""
    beside = [
        _makes_other(token, "part_before" if token.i < listed[0].start else "part_after")
        for token in span
        if not listed[0].start <= token.i < listed[0].end
    ]
    return len(listed) == 1 and all(beside)


def _makes_other(token: Token, which: str) -> bool:
    return token.text[0].isupper() and is_in(token, "names", which)


def _is_body(span: Span, country: Span) -> bool:
    """Whether a name is only a body and its country, joined later: "Kementerian Pertahanan Kenya"."""
    rest = [token for token in span if not country.start <= token.i < country.end]
    while rest and (rest[0].pos_ == "DET" or is_in(rest[0], "slots", "of")):
        rest.pop(0)
    while rest and (rest[-1].text in _POSSESSIVE or rest[-1].pos_ == "DET" or is_in(rest[-1], "slots", "of")):
        rest.pop()
    text = "".join(token.text_with_ws for token in rest).strip()
    return text.casefold() in bodies(span.doc.user_data["lang"])


def _known_person(span: Span, inside: list[NameMatch], actors: Actors) -> str | None:
    """The listed person whose name the span is a form of: "Tayyip Erdogan" with "Erdogan" listed."""
    if span.label_ != "Person":
        return None
    words = {slug(token.text) for token in span if token.text[0].isalnum()}
    for match in inside:
        for id in match.ids:
            entity = actors.get(id)
            if entity is not None and entity.type == "Person":
                known = {
                    part
                    for names in entity.names.values()
                    for name in names
                    for part in slug(name).split("-")
                }
                if words <= known:
                    return id
    return None


def _reference(span: Span, known: str | None, score: float) -> Reference:
    name = " ".join(token.text for token in span if not token.is_space)
    name = without_suffix(name, span.doc.user_data["lang"])
    return Reference(
        start=span.start,
        end=span.end,
        type=span.label_,
        ref=known or make_id(span.label_, name),
        score=score,
        reason="actor list" if known else "model",
    )


def _from_list(match: NameMatch, span: Span, actors: Actors) -> Reference:
    id = match.ids[0]
    if match.kind == "metonym" and len(match.ids) > 1 and not stands_for_place(span.root):
        countries = [other for other in match.ids if other.startswith("country/")]
        id = countries[0] if countries else id
    entity = actors.get(id)
    assert entity is not None  # the index holds ids of the list only
    return Reference(start=span.start, end=span.end, type=entity.type, ref=id, score=1.0, reason="actor list")


def stands_for_place(root: Token) -> bool:
    """Whether the name of a capital is used for the town: it has a preposition of place.

    "To" is one with verbs that take places (travel to Moscow), not with others (sell to Moscow).
    """
    if _is_in_body(root):
        return True
    if root.dep_ in {"nsubj", "nsubj:pass", "obj", "obl:agent"}:
        return False
    if root.dep_ in {"appos", "flat"} and root.head != root:
        return stands_for_place(root.head) or root.head.ent_type_ == "Place"
    classes = preposition_classes(root)
    if "to" in classes and "in" not in classes:
        event = event_of(root.head) or event_of(root.head.head)
        return event is None or event[0].allows("recipient", "Place")
    return bool(classes & _PLACE_CLASSES)


def _is_in_body(root: Token) -> bool:
    """Whether the name follows that of a body right away, of which it is a part: "LRT Jakarta"."""
    before = root.doc[root.left_edge.i - 1] if root.left_edge.i else root
    return before.ent_type_ == "Organization" and before in {root.head, *root.head.subtree} - {root}


def _unite_people(doc: Doc, found: list[Reference], surnames: Mapping[int, Sequence[str]]) -> list[Reference]:
    """Surnames, first names and misspellings of one article point to the full name.

    ``surnames`` are the words at which a surname of the list stands alone, with whom it may mean.
    """
    full: dict[str, str] = {}  # who -> the full name by which the article first calls them
    for reference in found:
        words = doc[reference.start : reference.end].text
        if reference.type == "Person" and reference.ref and is_full(words):
            full.setdefault(reference.ref, words)
    united = [
        _of_surname(doc, reference, surnames[reference.start], full)
        if reference.reason == "actor list" and reference.start in surnames
        else _united(doc, reference, found, full)
        for reference in found
    ]
    return _first_names(doc, united, full)


def _first_names(doc: Doc, found: list[Reference], full: dict[str, str]) -> list[Reference]:
    """Listed places that are the first name of somebody in the article: "Georgia Stevens", then "Georgia".

    Not where the article names the place in another way too, or says that something is in it.
    """
    first: dict[str, list[str]] = {}
    for ref, name in full.items():
        first.setdefault(name.split()[0], []).append(ref)
    places = [r for r in found if r.type in {"Country", "Place"} and r.reason == "actor list"]
    called: dict[str | None, set[str]] = {}
    for reference in places:
        span = doc[reference.start : reference.end]
        words = span.text if not preposition_classes(span.root) & _PLACE_CLASSES else ""
        called.setdefault(reference.ref, set()).add(words)
    people = {ref: next(iter(words)) for ref, words in called.items() if len(words) == 1}
    return [
        replace(r, type="Person", ref=bearers[0], score=r.score * 0.9, reason="short form of the name")
        if r in places and len(bearers := first.get(people.get(r.ref, ""), [])) == 1
        else r
        for r in found
    ]


def _of_surname(doc: Doc, reference: Reference, meant: Sequence[str], full: dict[str, str]) -> Reference:
    """Whom a surname of the list means, if that leaves no doubt: who is named in full in the article, too.

    Where only others of that surname are, or several of the list bear it, it is nobody's.
    """
    surname = doc[reference.start : reference.end].text
    named = [ref for ref, name in full.items() if is_short_form(surname, name)]
    fitting = [ref for ref in meant if ref in named] if named else list(meant)
    if len(fitting) == 1:
        return replace(reference, ref=fitting[0])
    return replace(reference, ref=make_id("Person", surname), score=NAME_SCORE, reason="model")


def _united(doc: Doc, reference: Reference, found: list[Reference], full: dict[str, str]) -> Reference:
    """The reference, pointing to the full name that it shortens or misspells, if there is just one."""
    words = doc[reference.start : reference.end].text
    single = not is_full(words)  # a surname with its particle ("de Jong") is one
    if reference.reason != "model" or not (
        reference.type == "Person" or (single and reference.type != "Other")
    ):
        return reference
    if not single and not _once(found, reference):
        return reference  # what is written twice is no slip
    others = {name: ref for ref, name in full.items() if ref != reference.ref}
    name = same_person(words, list(others)) or (_first_bearer(doc, words, found, others) if single else None)
    if name is None:
        return reference
    return replace(
        reference,
        type="Person",
        ref=others[name],
        score=reference.score * 0.9,
        reason="short form of the name" if single else "misspelling",
    )


def _first_bearer(doc: Doc, surname: str, found: list[Reference], others: Mapping[str, str]) -> str | None:
    """Who of several people of one surname the article calls by it: "Mario Cuomo … Cuomo … Chris Cuomo".

    It is the one whom the article calls so before it names the next one, who is then named in full each time
    (as style guides of news agencies ask for).  A first name or a family name that is first tells nothing.
    """
    texts = [doc[r.start : r.end].text for r in found]
    bearers = [name for name in others if name.split()[-1] == surname and is_short_form(surname, name)]
    named = sorted((texts.index(name), name) for name in bearers if name in texts)
    alone = texts.index(surname) if surname in texts else 0
    return named[0][1] if len(named) > 1 and named[0][0] < alone < named[1][0] else None


def _once(found: list[Reference], reference: Reference) -> bool:
    return sum(other.ref == reference.ref for other in found) == 1
