"""What the graphs of articles say of each entity: what it is called, as what, and which positions it holds.

An entity that the actor list does not have is described by that.  It is counted for each article alone, so
that a changed article changes the counts by what it says now and said before, however many others speak of
it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from pyoxigraph import Literal, Quad

from kg.graph.terms import KG, Names, term, value
from kg.linking.entities import HOLDS_ROLE, Heard

#: A part of the address of a mention, which is what fills a role that no entity fills.
MENTION = "#mention="
_BODY, _LABEL = term("oa:hasBody").value, term("rdfs:label").value
_LOOKED_AT = {_BODY, _LABEL} | {
    KG + name
    for name in (
        "mentionType", "reason", "relation", "status", "actor", "recipient", "recipientMention",
        "titleMention",
    )
}  # fmt: skip

_Said = Mapping[str, list[Quad]]


def heard_in(quads: Iterable[Quad], names: Names) -> dict[str, Heard]:
    """What is heard of each entity, by its address, in the quads of articles."""
    said: defaultdict[str, defaultdict[str, list[Quad]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if quad.predicate.value in _LOOKED_AT:
            said[value(quad.subject)][quad.predicate.value].append(quad)
    heard: defaultdict[str, Heard] = defaultdict(Heard)
    for about in said.values():
        for body in _values(about, _BODY):
            words, lang = _label(about)
            kind, reason = _one(about, f"{KG}mentionType"), _one(about, f"{KG}reason")
            heard[body].mention(kind.removeprefix(KG), reason, words, lang)
        if (
            _values(about, f"{KG}relation") == [f"{KG}{HOLDS_ROLE}"]
            and _one(about, f"{KG}status") == "asserted"
        ):
            _positions(about, said, heard, names)
    return dict(heard)


def _positions(claim: _Said, said: Mapping[str, _Said], heard: defaultdict[str, Heard], names: Names) -> None:
    """The positions that a claim affirms."""
    recipients = _values(claim, f"{KG}recipient")
    known = {found for found in recipients if MENTION not in found}
    bodies = {unquote(found.removeprefix(names.base)) for found in known}
    if len(known) < len(recipients) or not _values(claim, f"{KG}recipientMention"):
        bodies.add("")
    holders = [found for found in _values(claim, f"{KG}actor") if MENTION not in found]
    for title in _values(claim, f"{KG}titleMention"):
        words, lang = _label(said.get(title, {}))
        for holder in holders:
            for body in bodies:
                heard[holder].role(words, lang, body)


def _values(about: _Said, predicate: str) -> list[str]:
    return [value(quad.object) for quad in about.get(predicate, ())]


def _one(about: _Said, predicate: str) -> str:
    return next(iter(_values(about, predicate)), "")


def _label(about: _Said) -> tuple[str, str]:
    """The words of a mention and their language."""
    for quad in about.get(_LABEL, ()):
        if isinstance(quad.object, Literal):
            return quad.object.value, quad.object.language or "und"
    return "", "und"
