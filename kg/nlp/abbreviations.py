"""Abbreviations that an article introduces: "Badan Nasional Penanggulangan Bencana (BNPB) …, BNPB …".

Whether a short form in brackets is made of the letters of the name before it is decided as in Schwartz &
Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical text": from its end
to its beginning each letter is found in the name, and the first one begins a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.nlp.references import Reference
from kg.nlp.tokens import spaced

#: Letters of a short form.
_SHORTEST, _LONGEST = 2, 10
#: What its first letter may begin: one of so many first words of the name ("the", a first name).
_FIRST_WORDS = 3
_LISTED, REASON = "actor list", "abbreviation"


def is_short_for(short: str, name: str) -> bool:
    """Whether a short form is made of the letters of a name.

    >>> is_short_for("BNPB", "Badan Nasional Penanggulangan Bencana")
    True
    >>> is_short_for("Jokowi", "Joko Widodo")
    True
    >>> is_short_for("PDIP", "Budi Santoso"), is_short_for("Iran", "Iran")
    (False, False)
    """
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    text = name.casefold()
    if not _SHORTEST <= len(letters) <= _LONGEST or short.islower() or short.casefold() in text.split():
        return False
    at = len(text)
    for place, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and (text[at] != letter or (place == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
    return len(text[:at].split()) < _FIRST_WORDS


def united(doc: Doc, found: Sequence[Reference]) -> list[Reference]:
    """The references, with the short forms that a bracket introduces pointing to whom they shorten.

    Where the list knows one of both, it is that; where it knows both, they stay what they are.
    """
    meant = _introduced(doc, found) if spaced(doc.user_data["lang"]) else {}
    listed = {doc[r.start : r.end].text: r for r in found if r.reason == _LISTED}
    for short, name in meant.items():
        if name.reason != _LISTED and short in listed and listed[short].type == name.type:
            renamed = listed[short].ref
            found = [replace(r, ref=renamed, reason=REASON) if r.ref == name.ref else r for r in found]
    told = [
        _short(meant[words], r.start)
        if (words := doc[r.start : r.end].text) in meant and words not in listed
        else r
        for r in found
    ]
    covered = {i for reference in told for i in range(reference.start, reference.end)}
    unnamed = (token for token in doc if token.text in meant and token.i not in covered)
    return sorted(
        [*told, *(_short(meant[token.text], token.i) for token in unnamed)], key=lambda r: (r.start, r.end)
    )


def _introduced(doc: Doc, found: Sequence[Reference]) -> dict[str, Reference]:
    """Each short form with the name that an article gives for it first."""
    meant: dict[str, Reference] = {}
    for reference in found:
        bracket = reference.end
        if bracket + 2 < len(doc) and doc[bracket].text == "(" and doc[bracket + 2].text == ")":
            short = doc[bracket + 1].text
            if is_short_for(short, doc[reference.start : reference.end].text):
                meant.setdefault(short, reference)
    return meant


def _short(name: Reference, i: int) -> Reference:
    return replace(name, start=i, end=i + 1, score=name.score * 0.95, reason=REASON, covers=frozenset())
