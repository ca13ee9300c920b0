"""From the heads of phrases to mentions: who or what fills a slot."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.nlp.references import Reference, mention, plain
from kg.nlp.syntax import is_in, phrase
from kg.types import Mention

#: Parts of speech that name neither somebody nor something.
_NOBODY = frozenset({"PRON", "DET", "ADP", "PUNCT", "VERB", "AUX", "CCONJ", "SCONJ", "ADV", "PART"})


def references_of(doc: Doc, head: Token) -> list[Reference]:
    """The references that a phrase is: its own, or that of a name set beside its head ("kota Kayseri")."""
    own = [r for r in doc._.references if r.start <= head.i < r.end]
    if own:
        # A role that is not known to be anybody must not hide the country it is of.
        own = [r for r in own if r.ref or r.reason == "role"] or own
        shortest = min(r.end - r.start for r in own)
        return [r for r in own if r.end - r.start == shortest]
    covering = [r for r in doc._.references if head.i in r.covers]
    if covering:
        return covering[:1]
    for child in head.children:
        if child.dep_ in {"flat", "appos", "compound"} and child.i > head.i:
            beside = [r for r in doc._.references if r.start <= child.i < r.end and r.ref]
            if beside:
                return beside[:1]
    if is_in(head, "bodies", "individuals", "nouns"):
        # The fighters of an armed group are the group; people of a country are not the country.
        beside = [r for c in head.children for r in doc._.references if r.start <= c.i < r.end]
        groups = [r for r in beside if r.type == "Group" and r.ref]
        if groups:
            return groups[:1]
    # "SSRC adalah badan yang memimpin …": what is said of the noun is said of its subject.
    subjects = [child for child in head.children if child.dep_ == "nsubj"] if head.pos_ == "NOUN" else []
    return [r for child in subjects for r in references_of(doc, child)]


def mentions_of(doc: Doc, heads: Iterable[Token]) -> list[Mention]:
    """The mentions that phrases are, plain ones included; unresolved pronouns stand for nothing."""
    found: list[Mention] = []
    for head in heads:
        references = references_of(doc, head)
        if references:
            known = [mention(doc, r) for r in references if r.ref]
            found.extend(known or [plain(doc, list(doc[references[0].start : references[0].end]))])
        elif head.pos_ not in _NOBODY:
            found.append(plain(doc, phrase(head)))
    unique: dict[object, Mention] = {}
    for one in found:  # "UEA atau Persatuan Emirat Arab" is one participant
        unique.setdefault(one.ref or (one.evidence.start, one.evidence.end), one)
    # "militer Israel" is the army alone, even where the tree hangs both words on the same noun.
    return [
        one for one in unique.values() if not any(_inside(one, other) for other in entities(unique.values()))
    ]


def _inside(one: Mention, other: Mention) -> bool:
    """Whether the words of a mention are a part of those of another."""
    inner, outer = one.evidence, other.evidence
    return outer.start <= inner.start and inner.end <= outer.end and len(inner.quote) < len(outer.quote)


def entities(mentions: Iterable[Mention]) -> list[Mention]:
    """Only the mentions that stand for an entity."""
    return [one for one in mentions if one.ref is not None]
