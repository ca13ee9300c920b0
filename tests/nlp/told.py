"""Reads sentences with the whole pipeline and writes what was found so that a person can compare it.

A claim is written ``IRN --supply-weapons--> RUS | denied by IRN``: who does what to whom, its status,
and who says so.  Entities stand by the last part of their id, other words between angle brackets,
``?`` stands for an actor who is not named.
"""

from __future__ import annotations

import functools
from typing import Any

import pytest

from kg.nlp import Reader
from kg.types import Article, Claim, Extraction, Mention, Zone

#: The day on which the sentences of the tests were published, a Wednesday.
PUBLISHED = "2023-05-17"


@functools.cache
def reader() -> Reader:
    """The real reader, loaded once for all tests."""
    return Reader()


@functools.cache
def read(text: str, lang: str, published: str | None = PUBLISHED, zones: tuple[Zone, ...] = ()) -> Extraction:
    """What is found in a text; a text is read once."""
    return reader().extract(Article(id="a", text=text, lang=lang, published=published, zones=zones))


def words(text: str, lang: str) -> list[str]:
    """The words of a text, white space left out."""
    article = Article(id="a", text=text, lang=lang)
    return [token.text for token in reader()._words(article) if not token.is_space]


def who(mention: Mention) -> str:
    """The last part of the entity's id; the words of the text where there is none."""
    return mention.ref.rpartition("/")[2] if mention.ref else f"<{mention.evidence.quote}>"


def names(mentions: tuple[Mention, ...]) -> str:
    """Several of them, in the order of the text."""
    return ", ".join(who(m) for m in mentions)


def line(claim: Claim) -> str:
    """A claim as one line."""
    recipients = names(claim.role("recipient"))
    by = f" by {names(claim.attributed_to)}" if claim.attributed_to else ""
    arrow = f"{names(claim.role('actor')) or '?'} --{claim.relation}-->"
    return f"{arrow} {recipients} | {claim.status}{by}".replace("  ", " ")


def claims(text: str, lang: str, relation: str | None = None) -> list[str]:
    """The claims of a text as lines, all or those of one relation."""
    return [line(c) for c in read(text, lang).claims if relation in (None, c.relation)]


def mentions(text: str, lang: str) -> list[str]:
    """The mentions of a text as ``words = entity``."""
    return [f"{m.evidence.quote} = {who(m)}" for m in read(text, lang).mentions]


def wrong(*values: Any, because: str) -> Any:
    """A case that the product gets wrong today, with the cause in a word; it fails once that is mended."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=because))
