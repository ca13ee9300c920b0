"""FollowTheMoney entities, one JSON object a line, as Aleph and OpenSanctions tools read them.

An asserted claim between two parties is an UnknownLink, whose role is the relation.  FollowTheMoney has no
edge that may not hold: every other claim is an Event, whose name begins with its status ("Denied: …") and
that is linked to no one but by name.  https://followthemoney.tech/explorer/
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from kg.dates import days
from kg.graph.exports.content import Content, Row
from kg.graph.listing import names
from kg.types import Article, Entity, EntityRole

#: A country as a party is its government; a group is an organisation without papers.
SCHEMATA = {
    "Person": "Person",
    "Organization": "Organization",
    "Group": "Organization",
    "Country": "PublicBody",
    "Place": "Address",
    "Event": "Event",
}
Proxy = dict[str, Any]

_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?)?)?)?")
#: Characters that FollowTheMoney takes out of texts.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LEGAL = frozenset({"Person", "Organization", "PublicBody"})


def write(file: Path, content: Content, suffix: str) -> None:
    """Write entities, articles and claims to ``file``."""
    with file.open("w", encoding="utf-8") as written:
        for proxy in proxies(content):
            written.write(json.dumps(proxy, ensure_ascii=False) + "\n")


def proxies(content: Content) -> Iterator[Proxy]:
    """The entities of FollowTheMoney, each once."""
    known = {entity.id: entity for entity in content.entities.values() if entity.type in SCHEMATA}
    for id_ in sorted(known):
        yield from _entity(known[id_], content.entities)
    articles = {}
    for extraction in content.extractions():
        article = extraction.article
        articles[article.id] = {"url": article.url, "source": article.source}
        yield _article(article)
    for row in content.claims():
        yield from _claim(row, known, articles[row["article"]])


def key(id_: str) -> str:
    """An id that FollowTheMoney takes: ``country.PRK``; one with other letters becomes a hash."""
    readable = id_.replace("/", ".", 1)
    if _ID.fullmatch(readable):
        return readable
    return "kg-" + hashlib.sha1(id_.encode("utf-8", "replace")).hexdigest()


def _proxy(id_: str, schema: str, **values: str | Iterable[str | None] | None) -> Proxy:
    """An entity of FollowTheMoney; what is not known is left out."""
    properties = {}
    for name, value in values.items():
        found = [value] if isinstance(value, str) else value or []
        texts = (" ".join(_CONTROL.sub("", one).split()) for one in found if one)
        if clean := list(dict.fromkeys(text for text in texts if text)):
            properties[name] = clean
    return {"id": id_, "schema": schema, "properties": properties}


def _entity(entity: Entity, entities: dict[str, Entity]) -> Iterator[Proxy]:
    schema = SCHEMATA[entity.type]
    others = [name for known in entity.names.values() for name in known if name != entity.name]
    values: dict[str, Any] = {
        "name": entity.name,
        "alias": others,
        "country": alpha2(entity.country),
        "wikidataId": [same for same in entity.same_as if re.fullmatch(r"Q\d+", same)],
    }
    if schema == "Address":
        values["full"] = entity.name
        if entity.lat is not None and entity.lon is not None:
            values |= {"latitude": str(entity.lat), "longitude": str(entity.lon)}
    yield _proxy(key(entity.id), schema, **values)
    if schema == "Person":
        for role in entity.roles:
            yield from _position(entity, role, entities)


def _position(holder: Entity, role: EntityRole, entities: dict[str, Entity]) -> Iterator[Proxy]:
    of = entities.get(role.of or "")
    name = f"{role.title}, {of.name}" if of else role.title
    post = key(f"position/{role.title} {role.of or ''}")
    yield _proxy(post, "Position", name=name, country=alpha2(of.country) if of else None)
    said = json.dumps([holder.id, role.to_json()])
    yield _proxy(
        key(f"occupancy/{said}"), "Occupancy",
        holder=key(holder.id), post=post, startDate=_dated(role.since), endDate=_dated(role.until),
    )  # fmt: skip


def _article(article: Article) -> Proxy:
    return _proxy(
        key(f"article/{article.id}"), "Article",
        title=article.title,
        name=article.title or article.id,
        fileName=article.id,
        publishedAt=_dated(article.published),
        author=article.byline,
        publisher=article.source,
        sourceUrl=_url(article.url),
    )  # fmt: skip


def _claim(row: Row, known: dict[str, Entity], article: Row) -> Iterator[Proxy]:
    values: dict[str, Any] = {
        "summary": row["evidence"]["quote"],
        "proof": key(f"article/{row['article']}"),
        "publisher": article["source"],
        "sourceUrl": _url(article["url"]),
        "recordId": row["id"],
        **_when(row),
    }
    pairs = [
        (known[actor].id, known[recipient].id)
        for actor, recipient in product(_ids(row["actors"], known), _ids(row["recipients"], known))
    ]
    said_by = names(row["attributed_to"])
    if row["status"] == "asserted" and pairs:
        for number, (actor, recipient) in enumerate(dict.fromkeys(pairs), start=1):
            yield _proxy(
                key(f"claim/{row['id']}-{number}"), "UnknownLink",
                subject=key(actor), object=key(recipient), role=row["label"], status=row["status"],
                description=f"according to {said_by}" if said_by else None, **values,
            )  # fmt: skip
        return
    yield _event(row, said_by, known, values)


def _event(row: Row, said_by: str, known: dict[str, Entity], values: dict[str, Any]) -> Proxy:
    """A claim as an event; only what is asserted involves its parties."""
    told = " ".join(part for part in (names(row["actors"]), row["label"], names(row["recipients"])) if part)
    asserted = row["status"] == "asserted"
    everyone = [*_ids(row["actors"], known), *_ids(row["recipients"], known)]
    involved = [key(id_) for id_ in everyone if SCHEMATA[known[id_].type] in _LEGAL]
    everyone_named = [one["name"] for one in (*row["actors"], *row["recipients"])]
    return _proxy(
        key(f"claim/{row['id']}"), "Event",
        name=told if asserted else f"{row['status'].capitalize()}: {told}",
        involved=involved if asserted else None,
        namesMentioned=everyone_named,
        keywords=[f"status: {row['status']}", row["event_type"]],
        notes=f"according to {said_by}" if said_by else None,
        location=row["place"]["name"] if row["place"] else None,
        **values,
    )  # fmt: skip


def _ids(participants: Iterable[Row], known: dict[str, Entity]) -> list[str]:
    return [one["entity"] for one in participants if one["entity"] in known]


def _when(row: Row) -> dict[str, str | None]:
    """A day, month or year as it is; a week or a decade as a stretch of time."""
    if row["date_precision"] not in ("week", "decade"):
        return {"date": _dated(row["date"])}
    found = days(row["date"], row["date_precision"])
    return dict(zip(("startDate", "endDate"), map(str, found), strict=True)) if found else {}


def _dated(value: str | None) -> str | None:
    """The part of an ISO 8601 date that FollowTheMoney takes."""
    found = _DATE.match(value or "")
    return found[0] if found else None


def _url(value: str | None) -> str | None:
    return value if value and re.match(r"https?://[^\s/]+\.[^\s]+\Z", value) else None


@lru_cache(maxsize=1024)
def alpha2(country: str | None) -> str | None:
    """The two letters (ISO 3166-1) of a country of three, in lower case; None for one that has none."""
    import countrynames

    code = countrynames.to_code(country) if country else None
    return code.lower() if code and len(code) == 2 else None
