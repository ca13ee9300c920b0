"""FollowTheMoney entities: one JSON object a line, as OpenSanctions and Aleph give them to download.

https://followthemoney.tech/explorer/ names the properties.  The library of that name needs ICU, which is
compiled on many machines, so the JSON is read as it is documented.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kg.importing.items import BadLine, Item, clean, countries, settings
from kg.types import EntityRole

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_OPENSANCTIONS = "https://www.opensanctions.org/entities/"


def read(lines: Iterable[str]) -> Iterator[Item | None]:
    """An item for each line of a person or body, None for each of what has no name of its own or no use."""
    for line in lines:
        if line.strip():
            yield _item(_object(line))


def _object(line: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise BadLine(f"it is no JSON object ({error})") from error
    if not isinstance(data, dict) or not isinstance(data.get("properties"), dict):
        raise BadLine("it is no entity of FollowTheMoney: id, schema and properties are needed")
    if not isinstance(data.get("id"), str) or not isinstance(data.get("schema"), str):
        raise BadLine("its id and schema must be texts")
    return data


def _item(data: dict[str, Any]) -> Item | None:
    known = settings("ftm")
    type = known["types"].get(data["schema"])
    properties = data["properties"]

    def values(names: Iterable[str]) -> list[str]:
        found = (properties.get(name, []) for name in names)
        return clean(text for texts in found for text in (texts if isinstance(texts, list) else [texts]))

    names = list(dict.fromkeys([*clean([data.get("caption")]), *values(known["names"])]))
    if type is None or not names:
        return None
    same = [one for one in (data["id"], *values(["wikidataId"])) if _WIKIDATA.fullmatch(one)][:1]
    if "datasets" in data and "referents" in data:  # only OpenSanctions writes both
        same.append(f"{_OPENSANCTIONS}{data['id']}/")
    return Item(
        external=data["id"],
        type=type,
        names=tuple(("und", name) for name in names),
        weak=tuple(values(known["weak"])),
        countries=countries(values(known["countries"])),
        roles=tuple(EntityRole(title=title) for title in dict.fromkeys(values(known["roles"]))),
        same_as=tuple(same),
    )
