"""Rows on standard output (table, JSON Lines, CSV), everything else on standard error."""

from __future__ import annotations

import csv
import json
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kg.graph.listing import flat_claim
from kg.types import Report

Row = dict[str, Any]
#: Cuts a row to the cells of a line; the keys are the heads of the columns.
Cells = Callable[[Row], Row]

#: Width of a table that is not written to a terminal, in characters.
WIDTH = 160
#: How the columns of long texts share the width that the others leave.
LONG = {"claim": 3, "before": 3, "after": 3, "sentence": 4, "content": 4, "also": 3}


def rows(found: Sequence[Row], format: str, cells: Cells, csv_cells: Cells | None = None) -> None:
    """Print rows in the format ``table``, ``jsonl`` or ``csv``; CSV takes other cells if given."""
    if format == "jsonl":
        for row in found:
            print(json.dumps(row, ensure_ascii=False))
    elif format == "csv":
        _csv([(csv_cells or cells)(row) for row in found])
    else:
        _table([cells(row) for row in found])
    sys.stdout.flush()


def claim_cells(row: Row) -> Row:
    """A claim as one line to read: what is said, by whom, about when and where, and the sentence."""
    flat = flat_claim(row)
    claim = " ".join(filter(None, (flat["who"] or "?", flat["what"], flat["whom"])))
    return {
        "status": flat["status"],
        "claim": f"{claim} ({flat['details']})" if flat["details"] else claim,
        "says": flat["says"],
        "when, where": ", ".join(filter(None, (flat["date"], flat["place"]))),
        "sentence": flat["sentence"],
        "article": flat["article"],
    }


def query_cells(row: Row) -> Row:
    """A row of a query with short addresses: ``person:kim-jong-un``, ``kg:visit``."""
    from kg.graph.terms import prefixes

    longest_first = sorted(prefixes().items(), key=lambda item: -len(item[1]))

    def short(value: Any) -> Any:
        for prefix, address in longest_first:
            if isinstance(value, str) and value.startswith(address):
                return f"{prefix}:{value.removeprefix(address)}"
        return value

    return {name: short(value) for name, value in row.items()}


def pair_cells(row: Row) -> Row:
    """A doubtful pair with a sentence of each."""
    left, right = (next((s["text"] for s in row[side]), "") for side in ("left_sentences", "right_sentences"))
    return {
        "left": row["left"],
        "right": row["right"],
        "score": f"{row['score']:.2f}",
        "reason": row["reason"],
        "sentence": left,
        "content": right,
    }


def flat_pair(row: Row) -> Row:
    """A doubtful pair as a line of CSV, whose judgement is to be filled in for ``kg link --from``."""
    cells = pair_cells(row)
    sentences = {"left_sentence": cells.pop("sentence"), "right_sentence": cells.pop("content")}
    return {**cells, **sentences, "judgement": ""}


def decision_cells(row: Row) -> Row:
    """A decision of either kind as one line."""
    what = [*row.get("articles", ()), *row.get("names", ())]
    return {
        "left": row.get("left") or row["entity"],
        "right": row.get("right") or row["into"],
        "judgement": row["judgement"],
        "articles or names": ", ".join(what),
        "by": row["by"],
        "at": row["at"],
    }


def source_cells(row: Row) -> Row:
    """An imported source as one line."""
    return {name: row[name] for name in ("source", "file", "format", "at", "entities", "names", "left_out")}


def as_it_is(row: Row) -> Row:
    return row


def note(sentence: str) -> None:
    """Say something that is not part of the answer."""
    print(sentence, file=sys.stderr)


def summary(report: Report, output: Path) -> None:
    """What a build did and where to look next."""
    from kg.graph.folder import PAGE_LIMIT

    for error in report.errors:
        note(f"not read: {error}")
    counts = report.counts
    note(
        f"{_counted(counts['read'], 'article')}: {counts['new']} new, {counts['changed']} changed, "
        f"{counts['unchanged']} unchanged, {counts['failed']} failed "
        f"({report.seconds['articles'] + report.seconds['graph']:.1f} s)"
    )
    statuses = ", ".join(f"{counts[name]} {name}" for name in STATUSES if counts.get(name))
    note(
        f"the graph: {_counted(counts['claims'], 'claim')} ({statuses or 'none'}), "
        f"{counts['entities']} people, places and bodies, {_counted(counts['events'], 'event')}, "
        f"{_counted(counts['edges'], 'plain edge')}"
    )
    where = "" if output == Path("output") else f" --output {shlex.quote(str(output))}"
    if counts["articles"] <= PAGE_LIMIT:
        note(f"look at it: {output / 'explorer.html'} in a browser, or")
    else:
        note(f"the graph is large: write its page with `kg explore{where}`, or look at it with")
    for command in ("kg claims", "kg claims --status denied", "kg query"):
        note(f"  {command}{where}")


STATUSES = ("asserted", "denied", "negated", "alleged", "planned", "requested", "possible")


def _csv(lines: list[Row]) -> None:
    if lines:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _table(lines: list[Row]) -> None:
    """A table as wide as the terminal, without columns that are empty everywhere."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not lines:
        note("nothing found")
        return
    console = Console()
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDTH
    columns = [name for name in lines[0] if any(filled(line[name]) for line in lines)]
    long = [name for name in columns if name in LONG]
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=bool(long), show_lines=len(long) > 1
    )
    for name in columns:
        if name == "article":
            table.add_column(name, no_wrap=True, max_width=18, overflow="ellipsis")
        else:
            table.add_column(
                name, ratio=LONG.get(name), overflow="fold", max_width=None if name in LONG else 30
            )
    for line in lines:
        table.add_row(*(Text(str(line[name]) if filled(line[name]) else "") for name in columns))
    console.print(table)


def filled(value: Any) -> bool:
    return value is not None and value != ""


def saved_queries(format: str) -> None:
    """What can be asked by name; a parameter in angle brackets must be given."""
    from kg.graph.queries import saved

    listed = []
    for query in saved():
        params = [f"<{p.name}>" if p.default is None else p.name for p in query.parameters]
        listed.append({"name": query.name, "for": query.purpose, "params": ", ".join(params)})
    rows(listed, format, as_it_is)


def parameters(name: str, format: str) -> None:
    """What a saved query may be given."""
    from kg.graph.queries import find

    query = find(name)
    note(query.purpose)
    rows(
        [
            {
                "option": f"--{p.name}",
                "kind": p.kind,
                "what": p.what,
                "default": "must be given" if p.default is None else p.default or "any",
            }
            for p in query.parameters
        ],
        format,
        as_it_is,
    )
