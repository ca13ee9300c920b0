"""When and where a claim happened."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.nlp.arguments import references_of
from kg.nlp.references import mention
from kg.nlp.slots import Frame
from kg.nlp.status import Judgement
from kg.nlp.syntax import children, is_form_of, preposition_classes
from kg.nlp.times import Time
from kg.types import Mention

#: Through these dependencies a clause shares the date of the one above it.
_SHARED = frozenset({"conj", "xcomp"})


def time_of(doc: Doc, built: Frame, judged: Judgement, *, dated: bool) -> tuple[str, str, str] | None:
    """(date, precision, basis): stated in the clause, else the day of publication.

    Only an event (``dated``) that is said to have happened gets the day of publication, and says so
    by its basis; text in a caption never does, since pictures may be old.
    """
    for word in _sharing(built):
        stated = [t for t in doc._.times if _governed(doc, t, word)]
        if stated:
            nearest = min(stated, key=lambda t: abs(t.start - word.idx))
            return nearest.value, nearest.precision, nearest.basis
    published = doc.user_data.get("date")
    actual = judged.polarity == "affirmed" and judged.modality == "actual"
    if (
        not dated
        or not published
        or not actual
        or len(published) < 10
        or _in_zone(doc, built.predicate, "caption")
    ):
        return None
    return published[:10], "day", "dateline"


def in_fiction(word: Token) -> bool:
    """Whether what a word tells happens in a story: "in the film, Russia invades Norway"."""
    for clause in (word, *word.ancestors):
        for noun in children(clause, "obl", "nmod"):
            if is_form_of(noun, "status", "fiction", "works") and "in" in preposition_classes(noun):
                return True
    return False


def _sharing(built: Frame) -> list[Token]:
    """The predicate, its light verb, and the clauses above that share its time."""
    words = [built.predicate]
    if built.verb is not built.predicate:
        words.append(built.verb)
    word = built.verb
    if (
        word.pos_ in {"NOUN", "PROPN"}
        and word.head.pos_ == "VERB"
        and word.dep_ in {"obj", "nsubj", "nsubj:pass", "obl"}
    ):
        word = word.head
        words.append(word)
    while word.dep_ in _SHARED and word.head != word:
        word = word.head
        words.append(word)
    return words


def _governed(doc: Doc, time: Time, word: Token) -> bool:
    """Whether the nearest predicate above a date is the word."""
    span = doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None or span.sent.start != word.sent.start:
        return False
    token = span.root
    while token.head != token:
        token = token.head
        if token == word:
            return True
        if token.pos_ == "VERB" or (token.pos_ == "NOUN" and token.dep_ in {"nsubj", "obj"}):
            return False
    return token == word


def _in_zone(doc: Doc, token: Token, kind: str) -> bool:
    return any(
        start <= token.idx < end for name, start, end in doc.user_data.get("zones", ()) if name == kind
    )


def place_of(doc: Doc, built: Frame, taken: set[str | None]) -> Mention | None:
    """The place in which it happened, where the clause names one that is not a participant itself."""
    for head in built.get("in", "obj.in"):
        for reference in references_of(doc, head):
            if reference.type in {"Place", "Country"} and reference.ref and reference.ref not in taken:
                return mention(doc, reference)
    return None
