"""Ids of entities: a type and a slug (``person/kim-jong-un``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

#: Letters that NFKD leaves whole although readers write them as plain Latin letters.
_PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "ae", "œ": "oe"}
)


def fold(text: str) -> str:
    """``text`` without case and without marks on its letters: ``Erdoğan`` becomes ``erdogan``."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    if decomposed.isalpha():  # no marks, which are no letters: nothing to take away
        return decomposed.casefold().translate(_PLAIN)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_PLAIN)


def slug(text: str) -> str:
    """``text`` as a part of an id: folded, with ``-`` for all that is no letter or digit.

    >>> slug("Tsai Ing-wen")
    'tsai-ing-wen'

    Letters of scripts without case or Latin forms stay as they are; a text without any letter or
    digit gives ``x`` and the hexadecimal numbers of its characters, so that no id is empty.
    """
    words = re.sub(r"[\W_]+", "-", fold(re.sub(r"(?<=\w)['’‘ʼ`](?=\w)", "", text))).strip("-")
    return words or "x" + "-".join(f"{ord(c):x}" for c in text)


def make_id(type: str, name: str) -> str:
    """The id of an entity that the actor list does not know: ``make_id("Person", "Tsai Ing-wen")``."""
    return f"{type.lower()}/{slug(name)}"


def joined(groups: Iterable[set[str]]) -> list[set[str]]:
    """The groups, those that have a member in common, at any remove, made one.

    >>> joined([{"a", "b"}, {"c"}, {"b", "d"}]) == [{"c"}, {"a", "b", "d"}]
    True
    """
    found: list[set[str]] = []
    for group in groups:
        whole = set(group)
        apart = []
        for other in found:
            if other & whole:
                whole |= other
            else:
                apart.append(other)
        found = [*apart, whole]
    return found
