"""Attribution: the rows of ``kg quotes``, and beside them the claims that tell what somebody says.

Quotes with one and the same cue ("…," he said. "…") are one attribution with several contents; the
speakers' words are the source.  This gold also asks for promises, wishes, demands and accusations;
the product tells these as claims with a content ("Qatar promises: expel …"), so that in a second
reading each such claim is one more attribution, unless a quote has that content already.
"""

from __future__ import annotations

from types import ModuleType

from common import Listings, Row


def article(row: Row) -> Row:
    return {"id": row["id"], "lang": "en", "published": row["date"], "text": row["text"]}


def predict(row: Row, found: Listings) -> Row:
    return {"id": row["id"], "attributions": quotes(found)}


def predict_with_claims(row: Row, found: Listings) -> Row:
    """Quotes and claims with a content."""
    told = quotes(found)
    for claim in found.claims:
        content = [_span(part) for part in claim["others"].get("content", ())]
        if content and claim["actors"] and not any(_meet(content, other["content"]) for other in told):
            told.append(
                {
                    "source": list(map(_span, claim["actors"])),
                    "cue": [_span(claim["trigger"])],
                    "content": content,
                }
            )
    return {"id": row["id"], "attributions": told}


def quotes(found: Listings) -> list[Row]:
    """The quotes of an article, those of one cue together."""
    attributions: list[Row] = []
    by_cue: dict[tuple[int, int], Row] = {}
    for quote in found.quotes:
        cue = quote["cue"]
        where = (cue["start"], cue["end"]) if cue else None
        if where is not None and where in by_cue:
            by_cue[where]["content"].append(_span(quote["content"]))
            continue
        attribution = {
            "source": [_span(speaker) for speaker in quote["speaker"]],
            "cue": [_span(cue)] if cue else [],
            "content": [_span(quote["content"])],
        }
        attributions.append(attribution)
        if where is not None:
            by_cue[where] = attribution
    return attributions


def _meet(spans: list[Row], others: list[Row]) -> bool:
    return any(one["start"] < two["end"] and two["start"] < one["end"] for one in spans for two in others)


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
