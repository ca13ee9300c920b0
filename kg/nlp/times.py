"""Dates in the text, resolved against the date of publication, with their precision and basis.

What a language writes is data (``time.toml``): month and weekday names, units, and patterns.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg import ontologies
from kg.errors import PipelineError
from kg.nlp.tokens import spaced
from kg.types import DateBasis, DatePrecision

#: A day and month without a year is of last year if it lies further ahead than this.
AHEAD = timedelta(days=60)
_NUMBERS = {
    "day": r"(?P<day>3[01]|[12]\d|0?[1-9])",
    "monthnumber": r"(?P<monthnumber>1[0-2]|0?[1-9])",
    "year": r"(?P<year>1[5-9]\d\d|20\d\d)",
    "decade": r"(?P<decade>1[5-9]\d0|20\d0)",
}


@dataclass(frozen=True, kw_only=True)
class Time:
    """A date at characters ``start`` to ``end``; ``value`` is ISO 8601, cut to its precision."""

    start: int
    end: int
    value: str
    precision: DatePrecision
    basis: DateBasis


@dataclass(frozen=True)
class _Pattern:
    regex: re.Pattern[str]
    shift: str | None
    unit: str | None


@dataclass(frozen=True)
class _Rules:
    patterns: tuple[_Pattern, ...]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]


@functools.cache
def _rules(lang: str) -> _Rules | None:
    """The compiled rules of a language; None if it has no ``time.toml``."""
    data = ontologies.language(lang, "time")
    if not data:
        return None
    months = {name: i for i, names in enumerate(data["months"], start=1) for name in names}
    weekdays = {name: i for i, names in enumerate(data["weekdays"]) for name in names}
    groups = {
        **_NUMBERS,
        "month": _alternatives("month", months),
        "weekday": _alternatives("weekday", weekdays),
        "number": _alternatives("number", data["numbers"], r"|\d+"),
        "unit": _alternatives("unit", data["units"]),
    }
    patterns = tuple(_pattern(lang, entry, groups) for entry in data["pattern"])
    return _Rules(patterns, months, weekdays, data["numbers"], data["units"])


def _alternatives(name: str, words: Mapping[str, Any], more: str = "") -> str:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return f"(?P<{name}>{listed}{more})"


def _pattern(lang: str, entry: dict[str, str], groups: Mapping[str, str]) -> _Pattern:
    try:
        text = (
            re.sub(r"\{(\w+)\}", lambda found: groups[found[1]], entry["text"])
            .replace(" ?", r"\s*")
            .replace(" ", r"\s+")
        )
        if spaced(lang):
            text = rf"(?<!\w)(?:{text})(?!\w)"
        return _Pattern(re.compile(text, re.IGNORECASE), entry.get("shift"), entry.get("unit"))
    except (KeyError, re.error) as error:
        raise PipelineError(
            f"languages/{lang}/time.toml: pattern {entry.get('text')!r} is wrong: {error}"
        ) from error


def find_times(text: str, lang: str, published: date | None) -> list[Time]:
    """The dates in a text, in its order, none overlapping.

    Without ``published`` only dates that state their year are found.
    """
    rules = _rules(lang)
    if rules is None:
        return []
    found: list[Time] = []
    for pattern in rules.patterns:
        for match in pattern.regex.finditer(text):
            if any(match.start() < time.end and time.start < match.end() for time in found):
                continue
            resolved = _resolve(match.groupdict(), pattern, rules, published)
            if resolved is not None:
                value, precision, basis = resolved
                found.append(
                    Time(start=match.start(), end=match.end(), value=value, precision=precision, basis=basis)
                )
    return sorted(found, key=lambda time: time.start)


def time_spans(text: str, lang: str) -> list[tuple[int, int]]:
    """Where any date or time stands, also those that cannot be resolved."""
    rules = _rules(lang)
    return [m.span() for pattern in rules.patterns for m in pattern.regex.finditer(text)] if rules else []


_Resolved = tuple[str, DatePrecision, DateBasis]


def _resolve(
    parts: dict[str, str], pattern: _Pattern, rules: _Rules, published: date | None
) -> _Resolved | None:
    parts = {name: value.casefold() for name, value in parts.items() if value}
    month = rules.months[parts["month"]] if "month" in parts else int(parts.get("monthnumber", 0))
    try:
        if "decade" in parts:
            return parts["decade"], "decade", "stated"
        if "year" in parts:
            return _stated(int(parts["year"]), month, int(parts.get("day", 0)))
        if published is None:
            return None
        if "day" in parts:
            day = date(published.year, month, int(parts["day"]))
            year = published.year - 1 if day - published > AHEAD else published.year
            return date(year, month, int(parts["day"])).isoformat(), "day", "stated"
    except ValueError:  # 31 June is no date
        return None
    if month:
        return _named_month(month, pattern.shift or "last", published)
    if "weekday" in parts:
        return _weekday(rules.weekdays[parts["weekday"]], pattern.shift or "latest", published)
    unit = pattern.unit or rules.units[parts["unit"]]
    number = parts.get("number", "1")
    count = int(number) if number.isdigit() else rules.numbers[number]
    by = {"back": -count, "back one": -1, "on one": 1, "none": 0}[pattern.shift or "none"]
    return _shifted(published, unit, by)


def _stated(year: int, month: int, day: int) -> _Resolved:
    if day:
        return date(year, month, day).isoformat(), "day", "stated"
    return (f"{year}-{month:02}", "month", "stated") if month else (str(year), "year", "stated")


def _named_month(month: int, shift: str, published: date) -> _Resolved:
    if shift == "next":
        year = published.year + (month <= published.month)
    else:
        year = published.year - (month > published.month)
    return f"{year}-{month:02}", "month", "relative"


def _weekday(weekday: int, shift: str, published: date) -> _Resolved:
    back = (published.weekday() - weekday) % 7
    if shift == "next":
        day = published + timedelta(days=(weekday - published.weekday()) % 7 or 7)
    elif shift == "last week":
        day = published - timedelta(days=published.weekday() + 7 - weekday)
    elif shift == "last":
        day = published - timedelta(days=back or 7)
    else:
        day = published - timedelta(days=back)
    return day.isoformat(), "day", "relative"


def _shifted(published: date, unit: str, by: int) -> _Resolved | None:
    if unit == "day":
        return (published + timedelta(days=by)).isoformat(), "day", "relative"
    if unit == "week":
        monday = published + timedelta(days=7 * by - published.weekday())
        return monday.isoformat(), "week", "relative"
    if unit == "month":
        months = published.year * 12 + published.month - 1 + by
        return f"{months // 12}-{months % 12 + 1:02}", "month", "relative"
    if unit == "year":
        return str(published.year + by), "year", "relative"
    return f"{(published.year // 10 + by) * 10}", "decade", "relative"


@Language.factory("kg_times", assigns=["doc._.times"], requires=["doc._.references"])
class Times:
    """Fills ``doc._.times``; dates inside a name ("Perang Korea 1950-1953") are part of the name."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        stated = doc.user_data.get("date")
        published = date.fromisoformat(stated[:10]) if stated and len(stated) >= 10 else None
        names = [(doc[r.start].idx, doc[r.end - 1].idx + len(doc[r.end - 1])) for r in doc._.references]
        doc.user_data["time_spans"] = time_spans(doc.user_data["text"], doc.user_data["lang"])
        doc._.times = tuple(
            time
            for time in find_times(doc.user_data["text"], doc.user_data["lang"], published)
            if not any(start <= time.start and time.end <= end for start, end in names)
        )
        return doc
