"""Dates of publication, as pages write them ("Rabu, 26 Juli 2023 14:55 WIB"), to ISO 8601."""

from __future__ import annotations

import functools
import re
from datetime import date, datetime
from typing import Any

#: A date has a day and a year, so it has digits and is short.
MAX_DATE_CHARS = 60

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SEPARATORS = re.compile(r"\s*[|•·–—]\s*|\s+-\s+|\s*/\s+")
# "14.55 WIB": dateparser reads a full stop between hours and minutes only with a colon's help.
_DOTTED_TIME = re.compile(r"(?<![\d.])([01]?\d|2[0-3])\.([0-5]\d)(?![\d.])")


def normalise(text: str, lang: str | None) -> str | None:
    """``text`` as an ISO 8601 date, or date and time with the stated offset; None if it is not a full date.

    Nothing is filled in: a date without its day or year, and a relative one, is no date.
    """
    text = " ".join(text.split())
    if not text or len(text) > MAX_DATE_CHARS or not any(char.isdigit() for char in text):
        return None
    try:
        if _ISO_DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        if _ISO_DAY.match(text):
            return datetime.fromisoformat(text).isoformat()
    except ValueError:
        if _ISO_DAY.fullmatch(text):
            return None
    cleaned = _DOTTED_TIME.sub(r"\1:\2", _SEPARATORS.sub(" ", text))
    found = _parser(lang).get_date_data(cleaned)
    if found.date_obj is None:
        return None
    return str(found.date_obj.isoformat() if found.period == "time" else found.date_obj.date().isoformat())


@functools.lru_cache(maxsize=32)
def _parser(lang: str | None) -> Any:
    """dateparser for the article's language, then English, for full absolute dates only."""
    from dateparser.data.languages_info import language_order
    from dateparser.date import DateDataParser

    languages = [code for code in dict.fromkeys((lang, "en")) if code in language_order]
    return DateDataParser(
        languages=languages,
        settings={
            "PARSERS": ["absolute-time"],
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RETURN_TIME_AS_PERIOD": True,
        },
    )
