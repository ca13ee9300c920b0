"""The data of the page in little room: tables by column, words once, all of it compressed.

A column is a list of its values, or, where most values come again, ``{"of": words, "at": places}`` with
``value[i] == words[places[i]]``.  ``app/data.js`` is the other side.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Column = list[Any] | dict[str, list[Any]]


def table(rows: Sequence[Mapping[str, Any]], fields: Iterable[str]) -> dict[str, Any]:
    """The rows as ``{"size": …, "columns": {field: column}}``; what a row lacks is null."""
    return {
        "size": len(rows),
        "columns": {field: _column([row.get(field) for row in rows]) for field in fields},
    }


def compress(data: Mapping[str, Any]) -> str:
    """JSON, gzip, base64: text that can stand anywhere in a page, and the same for the same data."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate (broken input text) has no UTF-8 form.
    return base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), 9, mtime=0)).decode()


def _column(values: list[Any]) -> Column:
    """Only text is worth a list of words; numbers are as short as their places."""
    if not all(value is None or isinstance(value, str) for value in values):
        return values
    words = list(dict.fromkeys(values))
    if 2 * len(words) > len(values):
        return values
    place = {word: at for at, word in enumerate(words)}
    return {"of": words, "at": [place[value] for value in values]}
