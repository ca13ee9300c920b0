"""GeoNames dumps (allCountries.txt, cities500.txt, ID.txt, also as .zip): one place a line, 19 columns.

https://download.geonames.org/export/dump/readme.txt names the columns.  GeoNames is CC BY 4.0: credit it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.importing.items import BadLine, Item, country, degrees, settings

#: Columns of a line, and letters of the shortest other name that is read: shorter ones are codes of airports.
COLUMNS, SHORTEST_NAME = 19, 4
_URL = "https://sws.geonames.org/{}/"
_CHANGED = re.compile(r"\d{4}-\d\d-\d\d")


def read(lines: Iterable[str]) -> Iterator[Item]:
    """An item a line."""
    for line in lines:
        if line.strip():
            yield _item(line.rstrip("\r\n").split("\t"))


def is_line(line: str) -> bool:
    """Whether a line looks like one of GeoNames."""
    cells = line.split("\t")
    return len(cells) == COLUMNS and cells[0].isdigit()


def _item(cells: list[str]) -> Item:
    if len(cells) != COLUMNS or not cells[0].isdigit() or not cells[1].strip():
        raise BadLine(f"it is no place of GeoNames: {COLUMNS} columns with tabs between them are needed")
    if not _CHANGED.fullmatch(cells[-1]):
        raise BadLine("its last column is no date: the file may be cut off")
    number, name, ascii, others = cells[:4]
    known = settings("geonames")
    kind = known.get(cells[7]) or known.get(cells[6])
    is_country = cells[7].startswith("PCL")
    code = country(cells[8])
    names = [
        name,
        ascii,
        *(one for one in others.split(",") if len(one) >= SHORTEST_NAME or not one.isascii()),
    ]
    return Item(
        external=number,
        type="Country" if is_country else "Place",
        names=tuple(("und", one) for one in dict.fromkeys(filter(None, map(str.strip, names)))),
        countries=(code,) if code else (),
        same_as=(_URL.format(number),),
        lat=degrees(cells[4], 90, "latitude"),
        lon=degrees(cells[5], 180, "longitude"),
        precision="country" if is_country else (kind or "region"),
    )
