"""Places: the mentions of countries and places, with the coordinates of their entities.

Demonyms ("Turkish") count as places in this gold.  Mentions without a capital letter ("the country")
are no names and left out.  A mention without coordinates is given for its detection.  A capital that
stands for its country ("Ottawa said") is given where it lies, as in this gold.  The GeoNames ids of the
product are not compared: a place is right when it lies within the scorer's 161 km.
"""

from __future__ import annotations

from types import ModuleType

from common import Listings, Row

from kg.linking import load_actors

TYPES = frozenset({"Country", "Place"})


def article(row: Row) -> Row:
    return {
        "id": row["id"],
        "lang": "en",
        "title": row["title"],
        "url": row["url"],
        "published": row["date"],
        "text": row["text"],
    }


def predict(row: Row, found: Listings) -> Row:
    toponyms = []
    for mention in found.mentions:
        if mention["type"] in TYPES and mention["text"] != mention["text"].lower():
            lat, lon = _coordinates(mention, found)
            toponyms.append({"start": mention["start"], "end": mention["end"], "lat": lat, "lon": lon})
    return {"id": row["id"], "toponyms": toponyms}


def _coordinates(mention: Row, found: Listings) -> tuple[float | None, float | None]:
    """Where the words of a mention lie: its entity, or the capital that stands for it."""
    actors = load_actors()
    entity = found.entities.get(mention["entity"], {"lat": None, "lon": None})
    capital = actors.capital_of(mention["entity"] or "")
    if capital is not None:
        named = actors.find(mention["text"], "en")
        town = actors.get(capital)
        if town is not None and len(named) == 1 and capital in named[0].ids:
            return town.lat, town.lon
    return entity["lat"], entity["lon"]


def same(scorer: ModuleType, gold: Row, predicted: Row) -> bool:
    overlap = gold["start"] < predicted["end"] and predicted["start"] < gold["end"]
    return overlap and bool(scorer.near(gold, predicted))


def show(row: Row, toponym: Row) -> str:
    words = row["text"][toponym["start"] : toponym["end"]]
    return f"{words} ({toponym.get('lat')}, {toponym.get('lon')})"
