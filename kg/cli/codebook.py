"""``kg codebook``: what is wrong with the codebook, and what a change of it would change."""

from __future__ import annotations

from collections import Counter

import typer

from kg.cli import show
from kg.cli.options import OUTPUT, As, Format, InArticle, Output
from kg.cli.progress import counted
from kg.errors import KGError

app = typer.Typer(help="Look after the codebook and the word lists (ontologies/).", no_args_is_help=True)


@app.command()
def check() -> None:
    """Check relations.ttl, the word lists and the actor list: one line for each fault, with file and line."""
    from kg.codebook import check as run

    found = run()
    for line in found:
        print(line)
    if found:
        number = "1 fault" if len(found) == 1 else f"{len(found)} faults"
        raise KGError(f"the codebook has {number}: correct the lines above")
    show.note("no faults")


@app.command()
def diff(output: Output = OUTPUT, format: As = Format.table, article: InArticle = None) -> None:
    """Show which claims of a graph the present codebook and word lists would change; changes nothing."""
    from kg.codebook import diff as run

    rows = run(output, article=article, progress=counted("articles looked at"))
    show.rows(rows, format, _cells)
    kinds = Counter(row["change"] for row in rows)
    show.note(
        f"{kinds['gone']} gone, {kinds['new']} new, {kinds['changed']} changed, "
        f"in {len({row['article'] for row in rows})} articles"
    )


def _cells(row: show.Row) -> show.Row:
    """Both claims side by side, with the sentence."""
    before, after = (_claim(row[side]) for side in ("before", "after"))
    return {
        "change": ", ".join([row["change"], *row["fields"]]),
        "before": before,
        "after": after,
        "sentence": (row["after"] or row["before"])["evidence"]["quote"],
        "article": row["article"],
    }


def _claim(row: show.Row | None) -> str:
    if row is None:
        return ""
    cells = show.claim_cells(row)
    said_by = f", says {cells['says']}" if cells["says"] else ""
    return (
        f"{cells['claim']} [{row['relation']}, {row['event_type'] or 'no event'}, {cells['status']}{said_by}]"
    )
