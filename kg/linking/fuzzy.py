"""Misspelt and shortened names of people, within one article.

A wrong link costs more than a missing one: what could be two people is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from kg.linking.ids import fold

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior"})
_FATHER_FOLLOWS = frozenset({"bin", "ibn", "binti", "bint"})
_ARTICLES = frozenset({"al", "el", "de", "von", "van", "der", "la", "bin", "ben", "di", "da"})
_SHORTEST_TO_MISSPELL = 5  # letters of a word below which another letter is another name (Jong, Yong)
_SHORTEST_ALONE = 6  # the same for a name of a single word
_EDITS = 2  # in the whole name; one in each word


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(re.sub(r"(?<=\w)['’‘ʼ`](?=\w)", "", name)))


def same_person(name: str, known: Sequence[str]) -> str | None:
    """The full name of ``known`` that ``name`` misspells or shortens, or None if none or several.

    >>> same_person("Vladimir Putih", ["Vladimir Putin", "Sergey Shoigu"])
    'Vladimir Putin'
    >>> same_person("Shoigu", ["Vladimir Putin", "Sergey Shoigu"])
    'Sergey Shoigu'
    """
    words = _words(name)
    if not words:
        return None
    full = {other: _words(other) for other in dict.fromkeys(known)}
    equal = [other for other, theirs in full.items() if theirs == words]
    candidates = equal or [
        other
        for other, theirs in full.items()
        if theirs and (_shortens(words, theirs) or _misspells(words, theirs))
    ]
    return candidates[0] if len(candidates) == 1 else None


def is_short_form(name: str, full: str) -> bool:
    """Whether a name is the other with names left out, letter by letter.

    >>> is_short_form("Kellogg", "Nancy Kellogg"), is_short_form("Shoygu", "Sergei Shoigu")
    (True, False)
    """
    words = _words(name)
    return bool(words) and _shortens(words, _words(full))


def _shortens(words: list[str], full: list[str]) -> bool:
    """Whether one name is the other with names left out (Sergey, Shoigu, Vladimir Vladimirovich Putin)."""
    if len(words) == 1 and len(full) > 1:
        return words[0] in _names_alone(full)
    if _marks(words) != _marks(full):
        return False
    short, long = sorted((words, full), key=len)
    if len(short) < 2 or len(short) == len(long) or not _in_order(short, long):
        return False
    return len(words) < len(full) or (short[0] == long[0] and short[-1] == long[-1])


def _names_alone(full: list[str]) -> list[str]:
    """The words of a full name that may stand for it alone: the first one and the surname.

    The last word is no surname where it names the father (Mohammed bin Salman).
    """
    plain = [word for word in full if word not in _SUFFIXES]
    alone = plain[:1] if len(plain) > 1 and plain[-2] in _FATHER_FOLLOWS else plain[:1] + plain[-1:]
    return [word for word in alone if word not in _ARTICLES]


def _marks(words: list[str]) -> list[str]:
    """What tells namesakes apart: initials and suffixes (George H. W. Bush, Donald Trump Jr.)."""
    return [word for word in words if len(word) == 1 or word in _SUFFIXES]


def _in_order(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def _misspells(words: list[str], full: list[str]) -> bool:
    """Whether the names are the same but for a letter in one or two words (Putih, Shoygu)."""
    if len(words) == 1 and len(full) > 1:
        long_enough = len(words[0]) >= _SHORTEST_ALONE
        return long_enough and any(_like(words[0], word) for word in _names_alone(full))
    if len(words) != len(full):
        return False
    unlike = [(mine, theirs) for mine, theirs in zip(words, full, strict=True) if mine != theirs]
    return len(words) > 1 and len(unlike) <= _EDITS and all(_like(mine, theirs) for mine, theirs in unlike)


def _like(left: str, right: str) -> bool:
    """Whether one word may misspell the other: one edit, same first letter, both long enough.

    A final -a is no slip: it tells women's names from men's (Navalny, Navalnaya; Daniel, Daniela).
    """
    if min(len(left), len(right)) < _SHORTEST_TO_MISSPELL or left[0] != right[0]:
        return False
    if left.endswith("a") != right.endswith("a"):
        return False
    return Levenshtein.distance(left, right, score_cutoff=1) <= 1
