"""All quality figures in one table: ``python benchmarks/score_gold.py [--set NAME] [--limit N] [--details]``.

For every development set the texts are built with the product, the rows of its listings are turned
into the scorer's prediction format (convert/) and the scorer is run on them.  The gold is no part of
the project: it is looked for in ``../shared`` beside the repository or in ``$KG_SHARED``, and without
it nothing is measured.  Fails when a score is below its floor in floors.toml.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import score_articles
from common import (
    Listings,
    Row,
    below_floor,
    build,
    figures,
    floors,
    load_scorer,
    read_lines,
    run_scorer,
    shared_folder,
    write_lines,
)
from gold_sets import SETS, GoldSet

ARTICLES = "articles"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table: precision, recall and F1 of a level of the scorer."""

    set: str
    level: str
    measures: str
    figures: tuple[float, float, float]
    items: int
    seconds: float


def measure(gold_set: GoldSet, shared: Path, *, limit: int | None, details: bool) -> list[Line]:
    """Build a set (evenly thinned to about ``limit`` texts) and score it."""
    rows = thinned(read_lines(shared / "gold" / f"{gold_set.name}.jsonl")[:: gold_set.every], limit)
    items = sum(len(row[gold_set.items]) for row in rows)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        found = build([gold_set.article(row) for row in rows], work, gold_set.actors)
        seconds = time.monotonic() - started
        predicted = [gold_set.predict(row, found[row["id"]]) for row in rows]
        scores = scored(gold_set, shared, work, rows, predicted)
        main = gold_set.levels[0]
        for name, predict in gold_set.variants:
            other = [predict(row, found[row["id"]]) for row in rows]
            scores[f"{main} {name}"] = scored(gold_set, shared, work, rows, other)[main]
        for name, reading in gold_set.gold_variants:
            scores[f"{main} {name}"] = scored(gold_set, shared, work, list(map(reading, rows)), predicted)[
                main
            ]
    if details:
        read = gold_set.looked_at or gold_set.predict
        print_details(gold_set, shared, rows, [read(row, found[row["id"]]) for row in rows], found)
    others = (name for name, _ in (*gold_set.variants, *gold_set.gold_variants))
    shown = [*gold_set.levels, *(f"{main} {name}" for name in others)]
    return [
        Line(
            set=gold_set.name,
            level=level,
            measures=gold_set.measures,
            figures=scores[level],
            items=items,
            seconds=seconds,
        )
        for level in shown
    ]


def thinned(rows: list[Row], limit: int | None) -> list[Row]:
    """Every k-th row, so that about ``limit`` are left."""
    return rows if limit is None else rows[:: max(1, len(rows) // limit)]


def scored(
    gold_set: GoldSet, shared: Path, work: Path, rows: list[Row], predicted: list[Row]
) -> dict[str, tuple[float, float, float]]:
    """What the scorer says, by level."""
    gold, predictions = work / "gold.jsonl", work / "predictions.jsonl"
    write_lines(gold, rows)
    write_lines(predictions, predicted)
    script = shared / "gold" / f"{gold_set.scorer}.py"
    return figures(run_scorer([script, gold, predictions]))


def print_details(
    gold_set: GoldSet, shared: Path, rows: list[Row], predicted: list[Row], found: dict[str, Listings]
) -> None:
    """What was missed and what is false, text by text, each with the claims told by the text."""
    scorer, matching = (load_scorer(shared / "gold", name) for name in (gold_set.scorer, "_lib"))
    for row, prediction in zip(rows, predicted, strict=True):
        gold, told = row[gold_set.items], prediction[gold_set.items]
        _, matched = matching.max_match(gold, told, lambda g, p: gold_set.same(scorer, g, p))
        missed = [item for i, item in enumerate(gold) if i not in matched]
        false = [item for j, item in enumerate(told) if j not in matched.values()]
        if not missed and not false:
            continue
        text = row["text"] if len(row["text"]) < 600 else ""
        print(f"\n== {row['id']} {text}")
        for mark, cases in (("MISSED", missed), ("FALSE ", false)):
            for item in cases:
                print(f"{mark} {gold_set.show(row, item)}")
        for claim in found[row["id"]].claims if text else ():
            print(f"       claim {claim_line(claim)}")


def claim_line(claim: Row) -> str:
    who, whom, says = (
        ", ".join(p["name"] for p in claim[role]) for role in ("actors", "recipients", "attributed_to")
    )
    others = "".join(f" {role}={', '.join(p['name'] for p in ps)}" for role, ps in claim["others"].items())
    return (
        f"{claim['status']}: {who} -- {claim['label']} ({claim['trigger']['text']}) -> {whom}{others}"
        f" [{claim['event_type']}]" + (f" says {says}" if says else "")
    )


def measure_articles(shared: Path) -> tuple[list[Line], dict[str, float], list[str]]:
    """The articles annotated by hand: lines of the table, the scores that have floors, and notes."""
    started = time.monotonic()
    measured = score_articles.measure(shared)
    seconds = time.monotonic() - started
    items = sum(total for _, _, total in measured.core.values())
    lines = [
        Line(
            set=ARTICLES,
            level=level,
            measures="whole articles by hand",
            figures=numbers,
            items=items,
            seconds=seconds,
        )
        for level, numbers in figures(measured.printed).items()
    ]
    return lines, measured.scores, measured.notes()


def print_lines(lines: list[Line]) -> None:
    """The lines of one set, its name, items and seconds on the first."""
    for i, line in enumerate(lines):
        head = f"{line.set:24}{line.measures:23}" if i == 0 else " " * 47
        tail = f"{line.items:7}{line.seconds:6.0f}" if i == 0 else ""
        print(
            f"{head}{line.level:24}" + "".join(f"{number:7.3f}" for number in line.figures) + tail, flush=True
        )


def main() -> None:
    names = [ARTICLES, *(gold_set.name for gold_set in SETS)]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", choices=names, action="append", help="only this set; may be repeated")
    parser.add_argument("--limit", type=int, help="about this many texts of a set, evenly taken; no floors")
    parser.add_argument("--details", action="store_true", help="list what was missed and what is false")
    parser.add_argument("--no-floors", action="store_true", help="measure without failing")
    arguments = parser.parse_args()
    shared = shared_folder()
    if shared is None:
        print("skipped: no gold (set KG_SHARED to the folder that holds gold/articles.jsonl)")
        return
    pinned = floors()
    broken: list[str] = []
    notes: list[str] = []
    wanted = arguments.set or names
    for name in wanted:
        if name == ARTICLES:
            measured, scores, notes = measure_articles(shared)
        else:
            gold_set = next(gold_set for gold_set in SETS if gold_set.name == name)
            measured = measure(gold_set, shared, limit=arguments.limit, details=arguments.details)
            scores = {line.level: line.figures[2] for line in measured}
            scores |= {f"{line.level} precision": line.figures[0] for line in measured}
        if name == wanted[0]:
            print(f"{'set':24}{'measures':23}{'level':24}{'P':>7}{'R':>7}{'F1':>7}{'items':>7}{'sec':>6}")
        print_lines(measured)
        if name == ARTICLES or arguments.limit is None:
            broken += below_floor(name, scores, pinned.get(name, {}))
    print("", *notes, sep="\n")
    if broken and not arguments.no_floors:
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
