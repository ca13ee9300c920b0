"""Places: the mentions of countries and places, with the coordinates of their entities.

Demonyms ("Turkish") count as places in this gold.  Mentions without a capital letter ("the country")
are no names and left out.  A mention without coordinates is given for its detection.  No GeoNames ids
exist, so that a place is right when it lies within the scorer's 161 km.
"""

from __future__ import annotations

from types import ModuleType

from common import Listings, Row

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
            entity = found.entities.get(mention["entity"], {"lat": None, "lon": None})
            toponyms.append(
                {
                    "start": mention["start"],
                    "end": mention["end"],
                    "lat": entity["lat"],
                    "lon": entity["lon"],
                }
            )
    return {"id": row["id"], "toponyms": toponyms}


def same(scorer: ModuleType, gold: Row, predicted: Row) -> bool:
    overlap = gold["start"] < predicted["end"] and predicted["start"] < gold["end"]
    return overlap and bool(scorer.near(gold, predicted))


def show(row: Row, toponym: Row) -> str:
    words = row["text"][toponym["start"] : toponym["end"]]
    return f"{words} ({toponym.get('lat')}, {toponym.get('lon')})"
