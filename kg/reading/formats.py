"""The formats of articles: pasted text, HTML pages, JSON Lines and JSON."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import ArticleError
from kg.reading.articles import make
from kg.reading.decode import MAX_BYTES, decode
from kg.types import Article

Read = Iterator[Article | ArticleError]

#: Suffixes of files and the formats they stand for.
SUFFIXES = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
_HTML_START = re.compile(rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)

# trafilatura reports pages without an article as log errors; here they become an ArticleError.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


def sniff(start: bytes) -> str:
    """The format of what begins with ``start``, where no suffix says it."""
    if _HTML_START.match(start):
        return "html"
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "jsonl"
    return "json" if re.match(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{", start) else "text"


def read_stream(stream: BinaryIO, *, kind: str, name: str, source: str, lang: str | None) -> Read:
    """The articles of an open file of the format ``kind`` (a value of SUFFIXES)."""
    if kind == "jsonl":
        yield from _json_lines(stream, source=source, lang=lang)
        return
    data = stream.read(MAX_BYTES + 1) if kind != "json" else stream.read()
    try:
        if kind != "json" and len(data) > MAX_BYTES:
            raise ArticleError(
                f"{source} is larger than the {MAX_BYTES // 1_000_000} MB of one article: split it",
                source=source,
            )
        if kind == "text" and _HTML_START.match(data):
            kind = "html"
        text = decode(data, source, html=kind == "html").replace("\r\n", "\n").replace("\r", "\n")
        if kind == "text":
            yield make({"text": text}, name=name, source=source, lang=lang)
        elif kind == "html":
            yield make(_page(text, source), name=name, source=source, lang=lang)
        else:
            yield from _json_document(text, source=source, lang=lang)
    except ArticleError as error:
        yield error


def _page(page: str, source: str) -> dict[str, Any]:
    """The fields of an HTML page."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            # A date from anywhere on the page (a copyright line, another article) would be invented.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:
        # The parsers under trafilatura raise errors of many kinds on damaged pages.
        raise ArticleError(
            f"{source} is a page that cannot be parsed ({error}): save its text as .txt", source=source
        ) from error
    fields = found.as_dict() if found is not None and not isinstance(found, dict) else found
    if not fields or not (fields.get("text") or "").strip():
        raise ArticleError(
            f"{source} is a page without an article's text: save the text as .txt", source=source
        )
    return {
        "text": fields["text"],
        "title": fields.get("title"),
        "url": fields.get("url"),
        "published": fields.get("date"),
        "source": fields.get("sitename"),
        "byline": fields.get("author"),
    }


def _json_lines(stream: BinaryIO, *, source: str, lang: str | None) -> Read:
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        place = f"{source}, line {number}"
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_BYTES)
            yield ArticleError(
                f"{place} is larger than {MAX_BYTES // 1_000_000} MB: split the article", source=place
            )
        elif line.strip():
            try:
                yield _json_article(_parsed(decode(line, place), place), source=place, lang=lang)
            except ArticleError as error:
                yield error
    if number == 0:
        yield ArticleError(f"{source} is empty: remove it or fill it", source=source)


def _json_document(text: str, *, source: str, lang: str | None) -> Read:
    document = _parsed(text, source)
    if isinstance(document, list) and not document:
        raise ArticleError(f"{source} is an empty list: remove it or fill it", source=source)
    numbered = enumerate(document, 1) if isinstance(document, list) else [(0, document)]
    for number, item in numbered:
        place = f"{source}, article {number}" if number else source
        try:
            yield _json_article(item, source=place, lang=lang)
        except ArticleError as error:
            yield error


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise ArticleError(
            f"{place} is not valid JSON at character {error.pos + 1}: {error.msg}", source=place
        ) from error
    except (RecursionError, ValueError) as error:
        raise ArticleError(f"{place} is not usable JSON: {error}", source=place) from error


def _json_article(item: Any, *, source: str, lang: str | None) -> Article:
    if not isinstance(item, dict):
        raise ArticleError(f'{source} is not a JSON object: write {{"text": "…"}}', source=source)
    return make(item, name="", source=source, lang=lang)
