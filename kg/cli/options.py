"""Options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


Output = Annotated[Path, typer.Option("--output", "-o", help="Folder of the graph.")]
As = Annotated[Format, typer.Option("--format", "-f", help="How to print the rows.")]
AboutWhom = Annotated[str | None, typer.Option("--about", help="Only what names this entity (id or name).")]
InArticle = Annotated[str | None, typer.Option("--article", help="Only this article (its id).")]
OUTPUT = Path("output")


def graph_in(output: Path) -> Any:
    """The graph in the folder of ``--output``; raises StoreError if nothing was built there."""
    from kg.graph.graph import open_graph

    return open_graph(output)
