"""``kg codebook``: what is wrong with the codebook, and what a change of it would change."""

from __future__ import annotations

import typer

from kg.cli import show
from kg.errors import KGError

app = typer.Typer(help="Look after the codebook and the word lists (ontologies/).", no_args_is_help=True)


@app.command()
def check() -> None:
    """Check relations.ttl and the word lists: one line for each fault, with file and line."""
    from kg.codebook import check as run

    found = run()
    for line in found:
        print(line)
    if found:
        number = "1 fault" if len(found) == 1 else f"{len(found)} faults"
        raise KGError(f"the codebook has {number}: correct the lines above")
    show.note("no faults")
