"""Events in the columns of POLECAT (Halterman, Bagozzi, Beger, Schrodt & Scarborough 2023), and some more.

As there, fields are separated by tabs, several values by "; ", and what is not known is ``None``.  Event
Type, Intensity and Quad Code are POLECAT's only where the event is asserted: any other event is of the type
"AID (denied)" and has neither, so that no count and no sum takes it for a fact.  Where a relation holds both
ways (to meet), all parties are actors.  Event Date is a day or ``None``; Date holds what is known.  The
columns after Version are our own.  Countries and sectors are those of the actor
codes at the date of the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.graph.exports.content import Content, Row, shown
from kg.graph.terms import KG
from kg.linking.codes import country_of, sector_of
from kg.types import Entity

#: The columns of the yearly files on https://doi.org/10.7910/DVN/AJGVIT, in their order.
POLECAT = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations",
    "Story Locations", "Language", "Version",
)  # fmt: skip
OURS = (
    "Status", "Relation", "Date", "Date Precision", "Date Basis", "Reports", "Independent Sources",
    "Said By", "Sentence", "Claims",
)  # fmt: skip
NONE = "None"
_ROLES = ("actors", "recipients")

_CODES = """
SELECT ?relation ?weight ?quad {
  ?relation a kg:Relation ; kg:eventType ?type .
  OPTIONAL { ?relation kg:weight ?weight }
  OPTIONAL { ?type kg:quadClass ?quad . FILTER(LANG(?quad) = "en") }
}
"""


@dataclass(frozen=True)
class _Telling:
    """What an event takes over from one of its claims."""

    article: str
    sentence: str
    actors: str
    recipients: str
    codes: dict[str, list[str]]
    unnamed: dict[str, list[str]]
    said_by: str
    place: str


def write(file: Path, content: Content, suffix: str) -> None:
    """Write one line an event to ``file``."""
    articles = {row["id"]: row for row in content.articles()}
    told = {row["id"]: _telling(row) for row in content.claims()}
    codes = {row["relation"].removeprefix(KG): row for row in content.store.query(_CODES).rows}
    with file.open("w", encoding="utf-8", newline="") as written:
        written.write("\t".join((*POLECAT, *OURS)) + "\n")
        for event in content.events():
            values = dict(_values(event, told, articles, content.entities, codes.get(event["relation"], {})))
            written.write("\t".join(_cell(values.get(name)) for name in (*POLECAT, *OURS)) + "\n")


def _telling(row: Row) -> _Telling:
    def words(participants: Iterable[Row]) -> str:
        return "; ".join(dict.fromkeys(one["text"] for one in participants))

    return _Telling(
        article=row["article"],
        sentence=row["evidence"]["quote"],
        actors=words(row["actors"]),
        recipients=words(row["recipients"]),
        codes={one["entity"]: one["codes"] for role in _ROLES for one in row[role] if one["entity"]},
        unnamed={role: _codes(one for one in row[role] if not one["entity"]) for role in _ROLES},
        said_by="; ".join(dict.fromkeys(one["name"] for one in row["attributed_to"])),
        place=words([row["place"]] if row["place"] else []),
    )


def _values(
    event: Row, told: dict[str, _Telling], articles: dict[str, Row], entities: dict[str, Entity], codes: Row
) -> Iterator[tuple[str, Any]]:
    asserted = event["status"] == "asserted"
    tellings = [told[claim] for claim in event["claims"]]
    sources = [articles[article] for article in dict.fromkeys(telling.article for telling in tellings)]
    yield "Event ID", event["id"]
    yield "Event Date", event["date"] if event["date_precision"] == "day" else None
    yield "Event Type", shown(event["event_type"], event["status"])
    if asserted:
        yield "Intensity", codes.get("weight")
        yield "Quad Code", str(codes.get("quad") or "").upper()
    for side, column in (("Actor", "actors"), ("Recipient", "recipients")):
        coded = _codes_of(event[column], tellings) or tellings[0].unnamed[column]
        yield from _party(side, event[column], coded)
        yield f"{side} Name Raw", getattr(tellings[0], column)
    yield from _place(event["places"], entities)
    yield "Raw Placename", tellings[0].place
    yield "Source", _joined(article["source"] for article in sources)
    yield "Publication Date", _joined((article["published"] or "")[:10] for article in sources)
    yield "Language", _joined(article["lang"] for article in sources)
    yield "Status", event["status"]
    yield "Relation", event["relation"]
    yield "Date", event["date"]
    yield "Date Precision", event["date_precision"]
    yield "Date Basis", event["date_basis"]
    yield "Reports", event["reports"]
    yield "Independent Sources", event["sources"]
    yield "Said By", _joined(telling.said_by for telling in tellings)
    yield "Sentence", tellings[0].sentence
    yield "Claims", _joined(event["claims"])


def _party(side: str, parties: list[Row], codes: list[str]) -> Iterator[tuple[str, Any]]:
    sectors = [sector for code in codes if (sector := sector_of(code))]
    yield f"{side} Name", _joined(one["name"] for one in parties)
    yield f"{side} Country", _joined(map(country_of, codes))
    yield f"Primary {side} Sector", sectors[0] if sectors else None
    yield f"{side} Sectors", _joined(sectors)


def _codes_of(parties: list[Row], tellings: list[_Telling]) -> list[str]:
    """The codes of the parties of an event, each as the first claim that has it."""
    known = {id: codes for telling in reversed(tellings) for id, codes in telling.codes.items()}
    return [code for one in parties for code in known.get(one["entity"], ())]


def _codes(parties: Iterable[Row]) -> list[str]:
    return [code for one in parties for code in one["codes"]]


def _place(places: list[Row], entities: dict[str, Entity]) -> Iterator[tuple[str, Any]]:
    known = [entities[one["entity"]] for one in places if one["entity"] in entities]
    yield "Placename", _joined(one["name"] for one in places)
    yield "Country", _joined(entity.country for entity in known)
    if len(known) == 1:
        yield "Latitude", known[0].lat
        yield "Longitude", known[0].lon


def _joined(values: Iterable[str | None]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def _cell(value: Any) -> str:
    """A value as it stands between two tabs, on one line."""
    return " ".join(str(value).split()) if value not in (None, "") else NONE
