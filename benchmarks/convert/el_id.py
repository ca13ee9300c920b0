"""Who is meant: mentions with the Wikidata ids of their entities.

The actor list has no ids of Wikidata: ``identifiers.csv`` is imported (``kg actors``), which adds those of
the countries (from @rapideditor/country-coder) and of the listed entities that the gold names (checked one by
one).  As in this gold, mentions without a capital letter ("he") are no names, and a capital that stands for
its country ("Jakarta said") is the town.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from types import ModuleType

from common import Listings, Row

from kg.linking import load_actors

IDENTIFIERS = Path(__file__).resolve().parent.parent / "identifiers.csv"


def article(row: Row) -> Row:
    return {"id": row["id"], "lang": row["lang"], "text": row["text"]}


def predict(row: Row, found: Listings) -> Row:
    """Each mention with the id of Wikidata that its entity has, or none."""
    return {
        "id": row["id"],
        "mentions": [
            {"start": mention["start"], "end": mention["end"], "qid": _qid(mention, found)}
            for mention in found.mentions
            if mention["text"] != mention["text"].lower()
        ],
    }


def _qid(mention: Row, found: Listings) -> str | None:
    capital = load_actors().capital_of(mention["entity"] or "")
    if capital is not None:
        named = load_actors().find(mention["text"], "id")
        if len(named) == 1 and capital in named[0].ids:
            return identifiers().get(capital)
    entity = found.entities.get(mention["entity"])
    return next((one for one in entity["same_as"] if re.fullmatch(r"Q\d+", one)), None) if entity else None


@cache
def identifiers() -> dict[str, str]:
    """Listed entities to their ids of Wikidata."""
    with IDENTIFIERS.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["wikidata"] for row in csv.DictReader(file)}


def within_list(row: Row) -> Row:
    """The gold without those whom the list does not have: they are neither missed nor false."""
    listed = {*identifiers().values()}
    mentions = [{**one, "optional": one["optional"] or one["qid"] not in listed} for one in row["mentions"]]
    return {**row, "mentions": mentions}


def same(scorer: ModuleType, gold: Row, predicted: Row) -> bool:
    return bool(scorer.ov(gold, predicted)) and gold["qid"] == predicted["qid"]


def show(row: Row, mention: Row) -> str:
    return f"{row['text'][mention['start'] : mention['end']]} {mention['qid']}"
