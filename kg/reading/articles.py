"""Makes an Article of what a format gave: checks the fields, names the language, marks the zones."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from kg.errors import ArticleError
from kg.reading import markers
from kg.reading.cites import cited
from kg.reading.dates import normalise
from kg.reading.decode import MAX_CHARS, writable
from kg.reading.language import identify
from kg.reading.zones import lay_out
from kg.types import Article

#: The fields of an article that a source can give; all others are ignored.
FIELDS = ("id", "url", "title", "text", "lang", "published", "source", "byline")
#: Longest readable part of an id that is made here.
MAX_SLUG_CHARS = 60


def make(fields: Mapping[str, Any], *, name: str, source: str, lang: str | None = None) -> Article:
    """The article of ``fields`` (see FIELDS).

    ``name`` (a file's name or a title) is the readable part of the id where none is given; ``source``
    says in errors where the article came from; ``lang`` is used where ``fields`` names no language.
    Raises ArticleError if a field cannot be used.
    """
    given = {field: _text_field(fields.get(field), field, source) for field in FIELDS}
    text = writable(given["text"] or "")
    if not text.strip("\ufeff\ufffd \t\r\n\u00a0"):
        raise ArticleError(
            f"{source} has no text: give the article's text in the field 'text'", source=source
        )
    if len(text) > MAX_CHARS:
        raise ArticleError(
            f"{source} has {len(text):,} characters, more than the {MAX_CHARS:,} of one article: split it",
            source=source,
        )
    known = markers.load()
    language = _language(given["lang"] or lang, source) or identify(text)
    layout = lay_out(text, known, title=given["title"], lang=language)
    published = layout.published
    if given["published"]:
        published = normalise(given["published"], language)
        if published is None:
            raise ArticleError(
                f"{source} has the date {given['published']!r} in 'published', which is not a full date:"
                " write it like 2023-07-27",
                source=source,
            )
    cites = cited(text, layout.zones, layout.sources, known)
    return Article(
        id=given["id"] or article_id(given["title"] if name == "" else name, text),
        text=text,
        url=given["url"],
        title=given["title"] or layout.title,
        lang=language,
        published=published,
        source=given["source"],
        byline=given["byline"] or layout.byline,
        place=layout.place,
        agency=layout.agency,
        cites=tuple(cite for cite in cites if cite != layout.agency),
        zones=layout.zones,
    )


def article_id(name: str | None, text: str) -> str:
    """A readable id that depends on the name and the text alone, not on the folder or the time."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name or "") if not unicodedata.combining(c))
    slug = re.sub(r"[\W_]+", "-", plain.casefold()).strip("-")[:MAX_SLUG_CHARS].rstrip("-") or "article"
    return f"{slug}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _text_field(value: Any, field: str, source: str) -> str | None:
    """The field as text, None if it is not given; a number is fine as an id."""
    if value is None:
        return None
    if field == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ArticleError(
            f"{source} has a {field!r} that is not text: put it in quotation marks", source=source
        )
    if field == "text":
        return value
    return writable(value) if value.strip() else None


def _language(code: str | None, source: str) -> str | None:
    """ "id-ID" as "id"; raises ArticleError for what is not a language code."""
    if code is None:
        return None
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*", code.strip())
    if not found:
        raise ArticleError(f"{source} has the language {code!r}: give a code such as id or en", source=source)
    return found.group(1).lower()
