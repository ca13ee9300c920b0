"""The command by which the user brings people, bodies and places of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli import show
from kg.cli.options import OUTPUT, As, Format, Output


def actors(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE…",
            help="FollowTheMoney, Wikidata (dump or query results), GeoNames, CSV; also .gz .bz2 .zip.",
        ),
    ] = None,
    as_: Annotated[
        str | None, typer.Option("--as", metavar="SOURCE", help="Its name, if not that of the file.")
    ] = None,
    type: Annotated[
        str | None, typer.Option(help="Person, Organization, …: of entries that do not say.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List what was imported, as without FILE.")] = False,
    remove: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="Forget what was imported under this name.")
    ] = None,
    output: Output = OUTPUT,
    format: As = Format.table,
) -> None:
    """Import people, bodies and places from files of others, and link the graph to them.

    The same SOURCE again replaces it.
    """
    from kg.graph.graph import Graph
    from kg.importing.sources import named

    if bool(files) + (remove is not None) + list_ > 1:
        raise typer.BadParameter("give one of: FILE, --list, --remove")
    graph = Graph(output)
    if remove is not None:
        graph.remove_actors(remove)
        show.note(f"nothing of {remove} is left")
        return
    if not files:
        show.rows(graph.actors(), format, show.source_cells, show.as_it_is)
        return
    names = [named(file, as_) for file in files]
    if len({*names}) < len(names):
        raise typer.BadParameter(f"two files would be called {names[0]!r}: import them one by one, with --as")
    for file, name in zip(files, names, strict=True):
        _import(graph, file, name, type)


def _import(graph: Any, file: Path, name: str, type: str | None) -> None:
    from kg.cli.progress import so_far

    progress = so_far(f"entities read from {file.name}")
    made = graph.import_actors(file, source=name, type=type, progress=progress)
    left = f", {made['left_out']} entries left out that are no actors" if made["left_out"] else ""
    counts = f"{made['entities']} entities, {made['names']} names"
    show.note(f"{made['source']}: {counts} ({made['format']}){left}")
