"""Small files in the formats of others, as their documentation describes them; names are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HUMAN, INDONESIA = "Q5", "Q252"


def ftm(**fields: Any) -> str:
    """A line as OpenSanctions writes it."""
    entity = {
        "id": "NK-xara1",
        "caption": "Xara Qunde",
        "schema": "Person",
        "referents": [],
        "datasets": ["t"],
    }
    properties = {"name": ["Xara Qunde"], "country": ["id"], "position": ["Minister of Defence"]}
    return json.dumps({**entity, "properties": properties, **fields}, ensure_ascii=False)


def wikidata(id: str, label: str, claims: dict[str, Any], aliases: tuple[str, ...] = ()) -> dict[str, Any]:
    """An entity as a dump and the API give it."""
    return {
        "type": "item",
        "id": id,
        "labels": {"en": {"language": "en", "value": label}},
        "aliases": {"id": [{"language": "id", "value": alias} for alias in aliases]},
        "descriptions": {"en": {"language": "en", "value": "invented"}},
        "claims": {name: [_claim(name, value) for value in values] for name, values in claims.items()},
        "sitelinks": {},
    }


def _claim(property: str, value: Any) -> dict[str, Any]:
    is_item = isinstance(value, str) and value.startswith("Q")
    held = {"entity-type": "item", "numeric-id": int(value[1:]), "id": value} if is_item else value
    return {
        "mainsnak": {"snaktype": "value", "property": property, "datavalue": {"value": held}},
        "type": "statement",
        "rank": "normal",
    }


PERSON = wikidata("Q990000001", "Xara Qunde", {"P31": [HUMAN], "P27": [INDONESIA]}, ("Xara Q. Bawar",))
BODY = wikidata("Q990000002", "Garda Samudra Institute", {"P159": ["Q990000009"], "P17": [INDONESIA]})
TOWN = wikidata(
    "Q990000003", "Tunggalwaru", {"P1566": ["99000003"], "P625": [{"latitude": -7.5, "longitude": 110.5}]}
)
OTHER = wikidata("Q990000004", "a colour", {"P279": ["Q1075"]})


def dump(*entities: dict[str, Any]) -> str:
    """A dump: an array with one entity a line."""
    return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in entities) + "\n]\n"


def geonames(id: str = "99000003", name: str = "Tunggalwaru", code: str = "ID", **cells: str) -> str:
    """A line of a GeoNames dump."""
    columns = {
        "id": id, "name": name, "ascii": name, "others": f"{name} Kidul,TGW", "lat": "-7.5", "lon": "110.5",
        "class": "P", "feature": "PPL",
        "country": code, "cc2": "", "admin1": "07", "admin2": "", "admin3": "",
        "admin4": "", "population": "2400", "elevation": "", "dem": "210", "zone": "Asia/Jakarta",
        "changed": "2021-05-04",
    }  # fmt: skip
    return "\t".join({**columns, **cells}.values()) + "\n"


def results(*rows: dict[str, str]) -> str:
    """What the query service answers: SPARQL 1.1 Query Results JSON."""
    bindings = [
        {
            name: {"type": "uri", "value": value}
            if value.startswith("http")
            else {"type": "literal", "value": value, "xml:lang": "id"}
            for name, value in row.items()
        }
        for row in rows
    ]
    head = {"vars": sorted({name for row in rows for name in row})}
    return json.dumps({"head": head, "results": {"bindings": bindings}}, indent=1)


def put(folder: Path, name: str, text: str) -> Path:
    """A file of this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
