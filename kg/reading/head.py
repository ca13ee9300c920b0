"""The head of an article: its headline, the date line and the dateline that opens the body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.reading.dates import MAX_DATE_CHARS, normalise
from kg.reading.lines import Line
from kg.reading.markers import Markers

#: A longer first line is no headline.
MAX_HEADLINE_CHARS = 200
#: How many lines a page's head can have (sections, headline, date, byline, caption).
HEAD_LINES = 12
#: The longest dateline ("JAKARTA, KOMPAS.com - ").
MAX_DATELINE_CHARS = 90

_WORD = re.compile(r"\w+")
_TIME_ONLY = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# "July 24, 20235:12 AM": what a page shows on two lines is pasted as one.
_GLUED_TIME = re.compile(r"(?<=[ /.-](?:19|20)\d\d)(?=[0-2]?\d:\d\d)")
_DASH = r"(?:\s+(?:--|[-–—])\s*|\s*(?:--|[–—])\s*)"
_NAME = r"[^\W\d_][\w.'’-]*"
_PLACE_SHAPE = re.compile(rf"{_NAME}(?: {_NAME}){{0,3}}")
_DAY_SHAPE = re.compile(r"(?:\w{3,9}\.? \d{1,2}|\d{1,2} \w{3,9})(?:,? \d{4})?")
_DOMAIN = re.compile(r"[A-Za-z][\w-]*(?:\.[A-Za-z]{2,10}){1,2}")
_PARENTHESIS = re.compile(r"\s*\((?P<agency>[^()]{2,40})\)$")
_SEPARATOR = re.compile(rf"{_DASH}(?=[\"“'‘«„(\[]?[A-Z0-9\u00c0-\uffff]|$)")


@dataclass(frozen=True, kw_only=True)
class Dateline:
    """The first ``length`` characters of the body's first line, and what they say."""

    length: int
    place: str | None
    agency: str | None


def words(text: str) -> list[str]:
    """The words of a text in small letters, by which two forms of one title are compared."""
    return _WORD.findall(text.casefold())


def headline_length(first: Line, following: Line | None, title: str | None) -> int:
    """How many characters of the line ``first`` are the article's headline; 0 if it is not one.

    With a known ``title`` only that counts, alone on its line or followed by a sentence's end; without
    one, a first line that looks like a title does.
    """
    if title:
        if words(first.text) == words(title):
            return len(first.text)
        stripped = title.strip()
        rest = first.text[len(stripped) :]
        return len(stripped) + 1 if first.text.startswith(stripped) and rest[:2] in (". ", "! ", "? ") else 0
    title_like = len(first.text) <= MAX_HEADLINE_CHARS and not first.is_statement and first.begins_sentence
    return len(first.text) if title_like and following is not None and following.begins_sentence else 0


def date_line(line: Line, lang: str | None, markers: Markers) -> str | None:
    """The ISO date of a line that is nothing but a date, perhaps behind a label or a source's name."""
    text = _GLUED_TIME.sub(" ", line.text)
    second = markers.date_label.search(text, 1)
    text = text[: second.start()] if second and _YEAR.search(text[: second.start()]) else text
    if (
        len(text) > MAX_DATE_CHARS + 40
        or not _YEAR.search(text)
        or not (_TIME_ONLY.search(text) or len(text) <= 40)
    ):
        return None
    for start in _date_starts(text, markers):
        if date := normalise(text[start:], lang):
            return date
    return None


def _date_starts(text: str, markers: Markers) -> list[int]:
    label = markers.date_label.match(text)
    starts = [0] + ([label.end()] if label else [])
    # "Kompas.com - 27/07/2023, 14:55 WIB", "CNN Indonesia | Rabu, 26 Jul 2023 14:55 WIB"
    source = re.match(r"[^\d]{2,40}?\s*[-–—|]\s*(?=\w+,|\d)", text)
    return starts + ([source.end()] if source else [])


def dateline(line: Line, markers: Markers) -> Dateline | None:
    """The dateline that opens a body's first line; None if the line just begins.

    A dateline is a prefix of places, an agency and perhaps a day, then a dash.  What says that it is one:
    a known agency, a web address, a masthead, or a place in capitals or of the lists.
    """
    head = line.text[: MAX_DATELINE_CHARS + 10]
    for separator in _SEPARATOR.finditer(head):
        if separator.start() <= MAX_DATELINE_CHARS:
            found = _read_prefix(head[: separator.start()].strip(), markers)
            if found:
                place, agency = found
                return Dateline(length=separator.end(), place=place, agency=agency)
    return _without_dash(line.text, markers)


def _without_dash(text: str, markers: Markers) -> Dateline | None:
    """ "Washington (CNN)" alone on its line, or "WASHINGTON Barack Obama said"."""
    if len(text) <= MAX_DATELINE_CHARS and (parenthesis := _PARENTHESIS.search(text)):
        found = _read_prefix(text, markers)
        if found and parenthesis.group("agency") in markers.agencies:
            return Dateline(length=len(text), place=found[0], agency=found[1])
    capitals = re.match(
        r"([A-Z]{3,}(?: [A-Z]{2,}){0,2}(?:, [A-Z][a-z]+)?) (?=[A-Z\"“](?:[a-z ]|\.[A-Z]))", text
    )
    if capitals and capitals.group(1).split(",")[0].title() in markers.places:
        return Dateline(length=capitals.end(), place=_readable(capitals.group(1)), agency=None)
    return None


def _read_prefix(prefix: str, markers: Markers) -> tuple[str | None, str | None] | None:
    """The place and the agency of a dateline's words; None if they are not a dateline."""
    if markers.mastheads.fullmatch(prefix):
        return None, prefix
    agency = None
    if parenthesis := _PARENTHESIS.search(prefix):
        agency = _agency(parenthesis.group("agency"), markers)
        if agency is None:
            return None
        prefix = prefix[: parenthesis.start()]
    places: list[str] = []
    for part in (part.strip() for part in prefix.split(",")):
        if agency is None and (named := _agency(part, markers)):
            agency = named
        elif _DAY_SHAPE.fullmatch(part) and places:
            continue
        elif _PLACE_SHAPE.fullmatch(part) and part[0].isupper():
            places.append(part)
        else:
            return None
    # The parts of a bare prefix ("Putin, Xi - ") must be known or written as datelines are.
    if agency is None and not (places and _dateline_place(places[0], markers)):
        return None
    return (_readable(", ".join(places)) or None), agency


def _agency(text: str, markers: Markers) -> str | None:
    return markers.agencies.get(text.strip()) or (text.strip() if _DOMAIN.fullmatch(text.strip()) else None)


def _dateline_place(place: str, markers: Markers) -> bool:
    return place in markers.places or place.title() in markers.places or (place.isupper() and len(place) > 4)


def _readable(place: str) -> str:
    """ "NEW YORK" as "New York"; short names in capitals (AS, UK) stay."""
    parts = place.split(", ")
    return ", ".join(part.title() if part.isupper() and len(part) > 3 else part for part in parts)
