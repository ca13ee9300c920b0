"""The marks by which the furniture of a news page is known: ``ontologies/languages/*/reading.toml``.

The markers of all languages are used together on every article, because the furniture of a page is
often in another language than its text ("SCROLL TO CONTINUE WITH CONTENT" on Indonesian pages).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import ontologies
from kg.errors import PipelineError

#: Kinds of zones that a language file can describe (see kg.types).
KINDS = ("related", "byline", "source", "furniture", "caption", "credit")
_KIND_KEYS = ("lines", "labels", "openings", "inside", "at_end", "endings", "labelled", "bare")
_KEYS: dict[str, tuple[str, ...]] = {
    "language": ("mistaken_for", "own_words", "other_words"),
    "dateline": ("places", "mastheads"),
    "cites": ("before", "before_any", "between", "after"),
    "date": ("labels",),
    **{kind: _KIND_KEYS for kind in KINDS},
}


@dataclass(frozen=True, kw_only=True)
class Markers:
    """What the language files say, made ready for matching.

    ``lines`` maps a whole line (see :func:`plain`) to its kind; ``labels`` and ``openings`` pair a
    kind with a pattern for the beginning of a line; ``inside`` and ``at_end`` with patterns for a
    stretch of a line; ``endings`` are lines after which only furniture follows.  ``agencies`` maps
    the written form of an agency to its canonical name.
    """

    lines: dict[str, str]
    labels: tuple[tuple[str, re.Pattern[str]], ...]
    openings: tuple[tuple[str, re.Pattern[str]], ...]
    inside: tuple[tuple[str, re.Pattern[str]], ...]
    at_end: tuple[tuple[str, re.Pattern[str]], ...]
    endings: frozenset[str]
    credits_labelled: re.Pattern[str]
    credits_bare: re.Pattern[str]
    date_label: re.Pattern[str]
    agencies: dict[str, str]
    places: frozenset[str]
    mastheads: re.Pattern[str]
    cites: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, kw_only=True)
class Relatives:
    """How a language is told from those it is mistaken for, nearest first: its own words, and theirs."""

    mistaken_for: tuple[str, ...]
    own: re.Pattern[str]
    other: re.Pattern[str]


def plain(line: str) -> str:
    """The line as it is compared with whole-line markers: small letters, no punctuation around."""
    return line.strip(" \t\r\u00a0.:!?*-–—|#>»›•").casefold()


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first; one that never matches if there are none."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return (
        "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"
        if ordered
        else "(?!)"
    )


def load() -> Markers:
    """The markers of all languages; raises PipelineError naming the file and what is wrong in it."""
    return _load(ontologies.folder())


def relatives() -> dict[str, Relatives]:
    """The languages that the identifier mistakes for others, by language code."""
    return _relatives(ontologies.folder())


@functools.lru_cache(maxsize=4)
def _load(folder: Path) -> Markers:
    files = _files(folder)
    agencies = {
        form: name for data in files.values() for name, forms in data["agencies"].items() for form in forms
    }
    agency = rf"(?:{any_of(agencies)})"

    def words(section: str, key: str) -> list[str]:
        return [word for data in files.values() for word in data[section][key]]

    def patterns(section: str, key: str) -> list[re.Pattern[str]]:
        found = []
        for lang, data in files.items():
            for text in data[section][key]:
                try:
                    found.append(re.compile(text.replace("{agency}", agency)))
                except re.error as error:
                    raise PipelineError(
                        f"{_name(lang)}: the pattern {text!r} in [{section}] {key}"
                        f" is not a regular expression: {error}"
                    ) from error
        return found

    def merged(section: str, key: str, end: str) -> re.Pattern[str]:
        found = "|".join(f"(?:{pattern.pattern})" for pattern in patterns(section, key))
        return re.compile(f"(?:{found or '(?!)'}){end}")

    def beginnings(key: str, end: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple(
            (kind, re.compile(any_of(words(kind, key)) + end, re.I)) for kind in KINDS if words(kind, key)
        )

    return Markers(
        lines={
            plain(line): kind for kind in KINDS for line in (*words(kind, "lines"), *words(kind, "endings"))
        },
        labels=beginnings("labels", r"\s*[:：]"),
        openings=beginnings("openings", r"\b"),
        inside=tuple((kind, pattern) for kind in KINDS for pattern in patterns(kind, "inside")),
        at_end=tuple(
            (kind, re.compile(f"(?:{pattern.pattern})$"))
            for kind in KINDS
            for pattern in patterns(kind, "at_end")
        ),
        endings=frozenset(plain(line) for kind in KINDS for line in words(kind, "endings")),
        credits_labelled=merged("credit", "labelled", r"[.\s]*$"),
        credits_bare=merged("credit", "bare", r"[.\s]*$"),
        date_label=re.compile(any_of(words("date", "labels")) + r"\b\s*:?\s*", re.I),
        agencies=agencies,
        places=frozenset(words("dateline", "places")),
        mastheads=merged("dateline", "mastheads", ""),
        cites=_cite_patterns(words, agency),
    )


def _cite_patterns(words: Any, agency: str) -> tuple[re.Pattern[str], ...]:
    """Patterns whose group ``name`` is a medium that the article relays."""
    between = rf"(?:{any_of(words('cites', 'between'))}\s+)*"
    any_name = r"[A-Z][\w&'’-]*(?:\.\w+)*(?:\s+[A-Z][\w&'’-]*){0,3}"
    before = rf"(?i:\b{any_of(words('cites', 'before'))}\s+{between})"
    before_any = rf"(?i:\b{any_of(words('cites', 'before_any'))}\s+{between})"
    return (
        re.compile(rf"{before}(?P<name>{agency})(?!\w)"),
        re.compile(rf"{before_any}(?P<name>{any_name})"),
        re.compile(rf"(?<!\w)(?P<name>{agency})\s+(?i:{any_of(words('cites', 'after'))})\b"),
    )


@functools.lru_cache(maxsize=4)
def _relatives(folder: Path) -> dict[str, Relatives]:
    found = {}
    for lang, data in _files(folder).items():
        section = data["language"]
        if section["mistaken_for"]:
            own, other = (
                re.compile(rf"(?<!\w){any_of(section[key])}(?!\w)", re.I)
                for key in ("own_words", "other_words")
            )
            found[lang] = Relatives(mistaken_for=tuple(section["mistaken_for"]), own=own, other=other)
    return found


def _files(folder: Path) -> dict[str, dict[str, Any]]:
    """The checked reading.toml of each language that has one, with every key filled in."""
    langs = sorted(p.parent.name for p in folder.glob("languages/*/reading.toml"))
    return {lang: _checked(lang, ontologies.own_list(lang, "reading")) for lang in langs}


def _checked(lang: str, data: dict[str, Any]) -> dict[str, Any]:
    for section, content in data.items():
        if section != "agencies" and section not in _KEYS:
            raise PipelineError(
                f"{_name(lang)} has an unknown section [{section}]: use {', '.join(_KEYS)} or agencies"
            )
        if not isinstance(content, dict):
            raise PipelineError(f"{_name(lang)}: {section} must be a section, [{section}]")
        for key, words in content.items():
            if section != "agencies" and key not in _KEYS[section]:
                allowed = ", ".join(_KEYS[section])
                raise PipelineError(f"{_name(lang)}: [{section}] has an unknown key {key!r}: use {allowed}")
            if not isinstance(words, list) or not all(
                isinstance(word, str) and word.strip() for word in words
            ):
                raise PipelineError(
                    f"{_name(lang)}: [{section}] {key} must be a list of texts that are not empty"
                )
    filled: dict[str, Any] = {
        section: {key: data.get(section, {}).get(key, []) for key in keys} for section, keys in _KEYS.items()
    }
    return {**filled, "agencies": data.get("agencies", {})}


def _name(lang: str) -> str:
    return f"ontologies/languages/{lang}/reading.toml"
