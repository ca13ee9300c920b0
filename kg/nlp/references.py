"""References: stretches of words that stand for an entity, as the components pass them on.

``doc._.references`` is the list of them in the order of the text; :func:`at` finds the one that a
word belongs to.  They become :class:`kg.types.Mention` when the extraction is done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.nlp.tokens import without_suffix
from kg.types import Evidence, Mention

Doc.set_extension("references", default=(), force=True)
Doc.set_extension("roles", default=(), force=True)
Doc.set_extension("sayings", default=(), force=True)
Doc.set_extension("times", default=(), force=True)
Doc.set_extension("claims", default=(), force=True)


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Words ``start`` to ``end`` (exclusive) that stand for ``ref``.

    ``covers`` are further words of the same phrase, such as the title before a name.
    """

    start: int
    end: int
    type: str
    ref: str | None
    score: float
    reason: str
    covers: frozenset[int] = frozenset()

    def has(self, i: int) -> bool:
        """Whether the word ``i`` belongs to it."""
        return self.start <= i < self.end or i in self.covers


@dataclass(frozen=True, kw_only=True)
class HeldRole:
    """A title joined to who holds it, or to what it is of: "Presiden Rusia Vladimir Putin"."""

    start: int
    end: int
    title: str
    words: tuple[int, int]
    of: Reference | None
    person: Reference | None


def at(doc: Doc, token: Token) -> Reference | None:
    """The shortest reference that the word belongs to, names before the titles that cover them."""
    own = [r for r in doc._.references if r.start <= token.i < r.end]
    found = own or [r for r in doc._.references if token.i in r.covers]
    return min(found, key=lambda r: (r.end - r.start, r.start)) if found else None


def evidence(doc: Doc, start: int, end: int) -> Evidence:
    """The text of the words ``start`` to ``end`` (exclusive), as evidence."""
    first, last = doc[start], doc[end - 1]
    stop = last.idx + len(last)
    return Evidence(
        article_id=doc.user_data["article_id"],
        start=first.idx,
        end=stop,
        quote=doc.user_data["text"][first.idx : stop],
    )


def mention(doc: Doc, reference: Reference) -> Mention:
    """The reference as it stands in the text, without the suffix that a sign sets apart ("Ankara'da")."""
    whole = evidence(doc, reference.start, reference.end)
    quote = without_suffix(whole.quote, doc.user_data["lang"])
    return Mention(
        evidence=replace(whole, end=whole.start + len(quote), quote=quote),
        type=reference.type,
        ref=reference.ref,
        score=round(reference.score, 3),
        reason=reference.reason,
    )


def plain(doc: Doc, words: list[Token]) -> Mention:
    """A noun phrase that is no entity; white space at its ends is no part of it."""
    told = [word for word in words if not word.is_space] or words
    return Mention(
        evidence=evidence(doc, told[0].i, told[-1].i + 1),
        type="Phrase",
        ref=None,
        score=1.0,
        reason="phrase",
    )
