"""A simple CSV, for lists made by hand: one entity a line, ``name`` is the only column it needs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from kg.importing.items import BadLine, Item, clean, countries, degrees, identifier
from kg.linking.ids import slug
from kg.types import ENTITY_TYPES, EntityRole

#: The columns; a cell with several values separates them by "|".
COLUMNS = (
    "id", "name", "aliases", "lang", "type", "country", "position", "wikidata", "same_as", "lat", "lon",
)  # fmt: skip


def read(lines: Iterable[str], type: str | None = None) -> Iterator[Item]:
    """An item a line; ``type`` is that of lines that do not give theirs."""
    rows = csv.DictReader(lines, strict=True)
    try:
        for column in rows.fieldnames or ():
            if column not in COLUMNS:
                raise BadLine(f"no column is called {column!r}: use {', '.join(COLUMNS)}")
        for cells in rows:
            if None in cells or None in cells.values():
                raise BadLine("it must have as many cells as the first line")
            yield _item({name: cell.strip() for name, cell in cells.items()}, type)
    except csv.Error as error:
        raise BadLine(f"it is no CSV ({error})") from error


def _item(cells: dict[str, str], type: str | None) -> Item:
    def several(column: str) -> list[str]:
        cell = cells.get(column)
        return clean(cell.split("|")) if cell else []

    name, lang = " ".join(cells.get("name", "").split()), cells.get("lang") or "und"
    if not name:
        raise BadLine("it has no name")
    kind = cells.get("type") or (cells.get("id") or "").partition("/")[0].capitalize() or type or ""
    kind = kind if kind in ENTITY_TYPES else (type or kind)
    if kind not in ENTITY_TYPES:
        raise BadLine(
            f"its type is {kind!r}: give one of {', '.join(ENTITY_TYPES)} in a column type, or by --type"
        )
    codes = countries(several("country"))
    if len(codes) < len(several("country")):
        raise BadLine(f"{cells['country']!r} is no country: give its code (ISO 3166-1) or its English name")
    has_place = bool(cells.get("lat") or cells.get("lon"))
    return Item(
        external=cells.get("id") or cells.get("wikidata") or slug(" ".join([name, *codes])),
        type=kind,
        names=tuple((lang, one) for one in dict.fromkeys([name, *several("aliases")])),
        countries=codes,
        roles=tuple(EntityRole(title=title) for title in several("position")),
        same_as=tuple(dict.fromkeys(map(identifier, [*several("wikidata"), *several("same_as")]))),
        lat=degrees(cells.get("lat"), 90, "latitude") if has_place else None,
        lon=degrees(cells.get("lon"), 180, "longitude") if has_place else None,
        precision="point" if has_place else None,
    )
