"""Results of the Wikidata query service: SPARQL 1.1 Query Results JSON, or the flat JSON of its page.

Variables that are read: ``?item`` and ``?itemLabel`` (both needed), ``?itemAltLabel``, ``?type``,
``?country`` (an item of a country, its code or name), ``?positionLabel`` and ``?coord``.
Rows of one item are joined.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.importing.items import BadLine, Item, clean, country, degrees, identifier, settings
from kg.types import ENTITY_TYPES, EntityRole

_POINT = re.compile(r"Point\((\S+) (\S+)\)", re.I)
_WIKIDATA = re.compile(r"Q\d+")
Row = Mapping[str, tuple[str, str]]


def read(lines: Iterable[str], type: str | None = None) -> Iterator[Item]:
    """An item for each ``?item``; ``type`` is that of items whose rows do not say."""
    try:
        data = json.loads("".join(lines))
    except ValueError as error:
        raise BadLine(f"the results are no whole JSON ({error}): download them again") from error
    rows: dict[str, list[Row]] = {}
    for number, row in enumerate(_rows(data), start=1):
        if "item" not in row or "itemLabel" not in row:
            raise BadLine(f"result {number} lacks ?item or ?itemLabel: ask for both")
        rows.setdefault(identifier(row["item"][0]), []).append(row)
    for id, found in rows.items():
        yield _item(id, found, type)


def _rows(data: Any) -> Iterator[Row]:
    """Each row as variables with their value and language, in either of the two shapes."""
    try:
        if isinstance(data, list):
            for row in data:
                yield {name: (str(value), "en") for name, value in row.items()}
            return
        for row in data["results"]["bindings"]:
            yield {name: (term["value"], term.get("xml:lang", "und")) for name, term in row.items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise BadLine("it is no result of a SELECT query in JSON") from error


def _item(id: str, rows: list[Row], type: str | None) -> Item:
    def values(name: str) -> list[tuple[str, str]]:
        return list(dict.fromkeys(row[name] for row in rows if row.get(name, ("", ""))[0].strip()))

    kinds = {_kind(text) for text, _ in values("type")} - {None} or {type}
    kind = kinds.pop()
    if kind not in ENTITY_TYPES or kinds:
        raise BadLine(
            f"the type of {id} is not clear: ask for ?type ({', '.join(ENTITY_TYPES)}), or give --type"
        )
    labels = [(lang, text) for text, lang in values("itemLabel") if not _WIKIDATA.fullmatch(text)]
    others = [(lang, one) for text, lang in values("itemAltLabel") for one in clean(text.split(","))]
    coord = next((_POINT.fullmatch(text) for text, _ in values("coord")), None)
    items = settings("wikidata")["items"]
    codes = [items.get(identifier(text)) or country(text) for text, _ in values("country")]
    return Item(
        external=id,
        type=kind,
        names=tuple(dict.fromkeys(labels + others)) or (("und", id),),
        countries=tuple(dict.fromkeys(code for code in codes if code)),
        roles=tuple(EntityRole(title=text) for text, _ in values("positionLabel")),
        same_as=(id,),
        lat=degrees(coord[2], 90, "latitude") if coord else None,
        lon=degrees(coord[1], 180, "longitude") if coord else None,
        precision="region" if coord else None,
    )


def _kind(text: str) -> str | None:
    """The type that a value of ?type means: its name, or an item that says it (Q5, human)."""
    if text.strip().capitalize() in ENTITY_TYPES:
        return text.strip().capitalize()
    rules = settings("wikidata")["types"]
    return next((rule["type"] for rule in rules if rule.get("value") == identifier(text)), None)
