"""Factuality of event words: the status of the claim whose trigger is that word.

``asserted`` is CT+; ``negated`` and ``denied`` are CT-; all else (alleged, planned, requested,
possible) is U.  Of several claims at a word the least certain counts.  A word of speech that is the
cue of a quote, and no claim's trigger, is CT+: the saying happened.  Where the product says
nothing, nothing is predicted.  The texts are given as they are, with spaces between all tokens.
"""

from __future__ import annotations

from types import ModuleType

from common import Listings, Row

from kg.nlp.frames import frame
from kg.nlp.reader import Reader
from kg.nlp.status import judge
from kg.reading.articles import make
from kg.types import status_of

LABELS = {"asserted": "CT+", "negated": "CT-", "denied": "CT-"}
#: What counts when claims at one word differ, first wins.
ORDER = ("U", "CT-", "CT+")


def article(row: Row) -> Row:
    return {"id": row["id"], "lang": "en", "text": row["text"]}


def predict(row: Row, found: Listings) -> Row:
    """Labels for the words that the gold asks about, as far as the product speaks of them."""
    starts = token_starts(row)
    targets = []
    for target in row["targets"]:
        start = starts[target["start"]]
        end = starts[target["end"] - 1] + len(row["tokens"][target["end"] - 1])
        label = label_of(start, end, found)
        if label is not None:
            targets.append({"start": target["start"], "end": target["end"], "label": label})
    return {"id": row["id"], "targets": targets}


def predict_by_default(row: Row, found: Listings) -> Row:
    """The same, and CT+ for every word on which the product is silent, as a plain reader would."""
    said = {target["start"]: target["label"] for target in predict(row, found)["targets"]}
    return {
        "id": row["id"],
        "targets": [
            {"start": t["start"], "end": t["end"], "label": said.get(t["start"], "CT+")}
            for t in row["targets"]
        ],
    }


def predict_by_rules(row: Row, found: Listings) -> Row:
    """What the status rules say of each word; ``found`` is not needed."""
    reader = Reader()
    doc = reader.doc(make(article(row), name="", source=row["id"]))
    starts = token_starts(row)
    targets = []
    for target in row["targets"]:
        start, last = starts[target["start"]], target["end"] - 1
        words = doc.char_span(start, starts[last] + len(row["tokens"][last]), alignment_mode="expand")
        assert words is not None  # the tokens are the text
        judged = judge(doc, frame(words.root))
        status = status_of(judged.polarity, judged.modality, bool(judged.attributed_to))
        why = ", ".join([status, *judged.cues])
        span = {"start": target["start"], "end": target["end"]}
        targets.append({**span, "label": LABELS.get(status, "U"), "why": why})
    return {"id": row["id"], "targets": targets}


def token_starts(row: Row) -> list[int]:
    """Where each token starts in the text, which is the tokens with a space between them."""
    starts, position = [], 0
    for token in row["tokens"]:
        starts.append(position)
        position += len(token) + 1
    return starts


def label_of(start: int, end: int, found: Listings) -> str | None:
    labels = {
        LABELS.get(claim["status"], "U")
        for claim in found.claims
        if claim["trigger"]["start"] < end and start < claim["trigger"]["end"]
    }
    if not labels:
        cues = [quote["cue"] for quote in found.quotes if quote["cue"]]
        labels = {"CT+" for cue in cues if cue["start"] < end and start < cue["end"]}
    return next((label for label in ORDER if label in labels), None)


def same(scorer: ModuleType, gold: Row, predicted: Row) -> bool:
    return (gold["start"], gold["end"], scorer.lab(gold)) == (
        predicted["start"],
        predicted["end"],
        predicted["label"],
    )


def show(row: Row, target: Row) -> str:
    words = " ".join(row["tokens"][target["start"] : target["end"]])
    return f"{words}: {target.get('label') or target['factuality']} {target.get('why', '')}"
