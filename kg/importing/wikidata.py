"""Wikidata entities as JSON: dumps (an array with one entity a line), lines, and what the API answers.

https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html describes the format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.importing.items import BadLine, Item, clean, country, degrees, settings

_END = "]"


def read(lines: Iterable[str]) -> Iterator[Item | None]:
    """An item for each entity that is a person, body, place or country; None for each other one."""
    array = ended = False
    for line in lines:
        text = line.strip().rstrip(",")
        if text == "[":
            array = True
        elif text == _END:
            ended = True
        elif text:
            try:
                data = json.loads(text)
            except ValueError as error:
                raise BadLine(f"it is no entity of Wikidata: no JSON ({error})") from error
            yield item(data)
    if array and not ended:
        raise BadLine(f"the file ends without {_END!r}, so a part of it is missing: download it again")


def item(data: Any) -> Item | None:
    """The item that an entity of Wikidata is; None for one that is nothing we know, or has no name."""
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        raise BadLine("it is no entity of Wikidata: id, labels, aliases and claims are needed")
    claims, type = data.get("claims") or {}, None
    try:
        type = _type(claims)
        names = _names(data)
        if type is None or not names:
            return None
        lat, lon = _coordinates(claims)
        places = [value for value in _values(claims, "P1566") if isinstance(value, str)]
        return Item(
            external=data["id"],
            type=type,
            names=tuple(names),
            countries=_countries(claims, type),
            same_as=(data["id"], *(f"https://sws.geonames.org/{number}/" for number in places[:1])),
            lat=lat,
            lon=lon,
            precision=None if lat is None else ("country" if type == "Country" else "region"),
        )
    except (AttributeError, TypeError, KeyError) as error:
        raise BadLine(f"{data['id']} is not as Wikidata writes its entities ({error})") from error


def _names(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Labels, English first, then other names, as pairs of a language and a name."""
    labels, aliases = data.get("labels") or {}, data.get("aliases") or {}
    every = [(lang, label["value"]) for lang, label in labels.items()]
    every += [(lang, alias["value"]) for lang, several in aliases.items() for alias in several]
    named = [(lang, name) for lang, text in every for name in clean([text])]
    order = {"en": 0, "mul": 1}
    return sorted(dict.fromkeys(named), key=lambda pair: order.get(pair[0], 2))


def _values(claims: Mapping[str, Any], property: str) -> list[Any]:
    """The values of a property that hold: the preferred ones, else all that are not deprecated."""
    found = [claim for claim in claims.get(property, ()) if claim.get("rank") != "deprecated"]
    found = [claim for claim in found if claim.get("rank") == "preferred"] or found
    snaks = [claim["mainsnak"] for claim in found]
    return [snak["datavalue"]["value"] for snak in snaks if snak.get("snaktype") == "value"]


def _type(claims: Mapping[str, Any]) -> str | None:
    for rule in settings("wikidata")["types"]:
        values = _values(claims, rule["property"])
        wanted = rule.get("value")
        if values and (wanted is None or wanted in _ids(values)):
            return str(rule["type"])
    return None


def _ids(values: Iterable[Any]) -> list[str]:
    return [value["id"] for value in values if isinstance(value, dict) and "id" in value]


def _countries(claims: Mapping[str, Any], type: str) -> tuple[str, ...]:
    """The alpha-3 codes of the countries that an item is of; of a country its own."""
    if type == "Country":
        found = [code for text in _values(claims, "P298") if (code := country(text))]
        return tuple(dict.fromkeys(found))
    known = settings("wikidata")
    properties = (_ids(_values(claims, name)) for name in known["countries"])
    items = [id for ids in properties for id in ids]
    return tuple(dict.fromkeys(known["items"][id] for id in items if id in known["items"]))


def _coordinates(claims: Mapping[str, Any]) -> tuple[float | None, float | None]:
    for value in _values(claims, "P625"):
        return degrees(value["latitude"], 90, "latitude"), degrees(value["longitude"], 180, "longitude")
    return None, None
