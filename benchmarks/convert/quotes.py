"""Attribution: the rows of ``kg quotes`` as they are.

A row is one attribution: its speakers' words are the source, its content and cue theirs.  Beliefs
and wishes ("hopes that", "wants to"), which this gold also asks for, are found only as far as the
product lists them as quotes; nothing is added from claims.
"""

from __future__ import annotations

from types import ModuleType

from common import Listings, Row


def article(row: Row) -> Row:
    return {"id": row["id"], "lang": "en", "published": row["date"], "text": row["text"]}


def predict(row: Row, found: Listings) -> Row:
    return {"id": row["id"], "attributions": [_attribution(quote) for quote in found.quotes]}


def _attribution(quote: Row) -> Row:
    return {
        "source": [_span(speaker) for speaker in quote["speaker"]],
        "cue": [_span(quote["cue"])] if quote["cue"] else [],
        "content": [_span(quote["content"])],
    }


def _span(words: Row) -> Row:
    return {"start": words["start"], "end": words["end"]}


def same(scorer: ModuleType, gold: Row, predicted: Row) -> bool:
    said, found = scorer.chars(gold["content"]), scorer.chars(predicted["content"])
    by, speaker = scorer.chars(gold["source"]), scorer.chars(predicted["source"])
    return len(said & found) * 2 >= len(said | found) and (bool(by & speaker) or not (by or speaker))


def show(row: Row, attribution: Row) -> str:
    return " ".join(f"{part}: {_words(row, attribution[part])}" for part in ("source", "cue", "content"))


def _words(row: Row, parts: list[Row]) -> str:
    spans = [span for part in parts for span in part.get("spans") or [[part["start"], part["end"]]]]
    return " … ".join(f"[{row['text'][start:end]}]" for start, end in spans) or "–"
