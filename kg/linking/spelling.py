"""One name in several spellings and scripts: what they have in common, by ``ontologies/linking.toml``."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from dataclasses import dataclass

from anyascii import anyascii

from kg import ontologies
from kg.errors import PipelineError
from kg.linking.ids import fold

#: Characters from which a name in a script without spaces has more than a surname (习近平, 김정은).
_FULL_UNSPACED = 3
_UNSPACED = ("CJK UNIFIED", "HIRAGANA", "KATAKANA", "HANGUL")


@dataclass(frozen=True)
class _Rules:
    order: tuple[tuple[str, str], ...]
    same: dict[str, str]
    left_out: frozenset[str]
    particles: frozenset[str]
    abroad: frozenset[str]


@functools.cache
def _rules() -> _Rules:
    data = ontologies.table("linking")
    try:
        order = tuple((str(old), str(new)) for old, new in data["spelling"]["order"])
        names = data["names"]
        same = {word: group[0] for group in names["same"] for word in group}
        left_out, particles = frozenset(names["left_out"]), frozenset(names["particles"])
        return _Rules(order, same, left_out, particles, frozenset(data["titles"]["abroad"]))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise PipelineError(
            f"ontologies/linking.toml lacks or mistakes an entry ({error}): compare it with the original"
        ) from error


@functools.cache
def fingerprint() -> str:
    """16 hexadecimal digits that change when the rules do."""
    return hashlib.sha256(ontologies.path("linking.toml").read_bytes()).hexdigest()[:16]


def latin(name: str) -> list[str]:
    """The words of a name in small plain Latin letters; other scripts are transliterated (anyascii).

    >>> latin("Сергей Лавров"), latin("Recep Tayyip Erdoğan")
    (['sergey', 'lavrov'], ['recep', 'tayyip', 'erdogan'])
    """
    plain = name if name.isascii() else anyascii(re.sub(r"(?<=\w)['’‘ʼ`](?=\w)", "", fold(name)))
    return re.findall(r"[a-z0-9]+", re.sub(r"(?<=\w)'(?=\w)", "", plain).casefold())


@functools.lru_cache(maxsize=100_000)
def _sound(word: str) -> str:
    rules = _rules()
    known = rules.same.get(word)
    sound = f"{known or word} "
    for old, new in rules.order:
        sound = sound.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", sound.strip()) or word


def sounds(name: str) -> list[str]:
    """The words of a name as they sound, however they are spelled, without articles (al-).

    >>> sounds("Sergey Shoygu") == sounds("Sergei Shoigu") == sounds("Сергей Шойгу")
    True
    """
    words = latin(name)
    return [_sound(word) for word in words if word not in _rules().left_out] or words


def spelling_key(name: str) -> str:
    """What all spellings of a full name have in common; equal keys, one name.

    Hyphens and spaces do not count (Kim Jong-un, Kim Jong Un, Kim Jongun).
    """
    return "".join(sounds(name))


def is_full(name: str) -> bool:
    """Whether a person's name has more than a surname or a first name.

    >>> is_full("Walsh"), is_full("de Jong"), is_full("Marty Walsh"), is_full("习近平")
    (False, False, True, True)
    """
    words = re.findall(r"[^\W_]+", fold(name))
    if len([word for word in words if word not in _rules().particles and len(word) > 1]) > 1:
        return True
    return any(len(word) >= _FULL_UNSPACED and _is_unspaced(word) for word in words)


def _is_unspaced(word: str) -> bool:
    return all(unicodedata.name(c, "").startswith(_UNSPACED) for c in unicodedata.normalize("NFC", word))


def makes_citizen(title: str) -> bool:
    """Whether who holds a (canonical) title of a country is likely of that country: no ambassador."""
    words = title.split()
    return not any(words[-1:] == [other] for other in _rules().abroad)
