"""The commands by which people decide: which entities are one, which are two, which claims are one event."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import show
from kg.cli.options import OUTPUT, As, Format, Output, graph_in


class Judgement(StrEnum):
    """What may be decided about two entities."""

    same = "same"
    different = "different"
    unsure = "unsure"
    withdrawn = "withdrawn"


def link(
    left: Annotated[str | None, typer.Argument(help="The id of an entity.")] = None,
    right: Annotated[str | None, typer.Argument(help="The id of another.")] = None,
    judgement: Annotated[
        Judgement | None, typer.Argument(help="Whether they are one; withdrawn takes a decision back.")
    ] = None,
    by: Annotated[str, typer.Option(help="Who decides.")] = "",
    from_: Annotated[
        Path | None,
        typer.Option("--from", help="Decide by a CSV or JSON Lines file: left, right, judgement."),
    ] = None,
    decided: Annotated[bool, typer.Option("--decided", help="List what was decided.")] = False,
    limit: Annotated[int | None, typer.Option(help="At most so many pairs.", min=1)] = None,
    output: Output = OUTPUT,
    format: As = Format.table,
) -> None:
    """Decide whether two entities are one; without arguments, go through the doubtful pairs.

    In a terminal each pair is shown with its sentences and asked about; elsewhere the pairs are listed.
    """
    if sum((left is not None, from_ is not None, decided)) > 1:
        raise typer.BadParameter("give one of: two ids, --from, --decided")
    graph = graph_in(output)
    if decided:
        show.rows(graph.decisions(), format, show.decision_cells)
        return
    if from_ is not None:
        from kg.graph.deciding import answers

        show.note(f"{graph.link_all(answers(from_, by))} new decisions from {from_}")
        return
    if left is None:
        pairs = graph.doubtful(limit)
        if format is Format.table and sys.stdin.isatty() and sys.stdout.isatty():
            from kg.cli.asking import ask

            ask(graph, pairs, by)
        else:
            show.rows(pairs, format, show.pair_cells, show.flat_pair)
        return
    if right is None or judgement is None:
        raise typer.BadParameter("give two ids and same, different, unsure or withdrawn")
    graph.link(left, right, judgement.value, by=by)
    show.note(f"{left} and {right}: {judgement.value}")


def group(
    left: Annotated[str | None, typer.Argument(help="The id of a claim or an event.")] = None,
    right: Annotated[str | None, typer.Argument(help="The id of another.")] = None,
    judgement: Annotated[
        Judgement | None, typer.Argument(help="Whether they tell of one event; withdrawn takes it back.")
    ] = None,
    by: Annotated[str, typer.Option(help="Who decides.")] = "",
    output: Output = OUTPUT,
    format: As = Format.table,
) -> None:
    """Decide whether two claims, or events, are of one event; without arguments, list these decisions."""
    graph = graph_in(output)
    if left is None:
        show.rows(graph.groupings(), format, show.as_it_is)
        return
    if right is None or judgement is None:
        raise typer.BadParameter("give two ids and same, different, unsure or withdrawn")
    link = graph.group(left, right, judgement.value, by=by)
    show.note(f"{link['left']} and {link['right']}: {link['judgement']}")


def split(
    entity: Annotated[str, typer.Argument(help="The id of an entity that is two.")],
    article: Annotated[
        list[str] | None, typer.Option(help="Its mentions in this article; repeatable.")
    ] = None,
    name: Annotated[list[str] | None, typer.Option(help="Its mentions by this name; repeatable.")] = None,
    into: Annotated[str | None, typer.Option(help="The id of the other one; a new one is made up.")] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="ENTITY was split off: let it go back.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who decides.")] = "",
    output: Output = OUTPUT,
) -> None:
    """Take an entity apart: its mentions in some articles, or by some name, are another one."""
    if withdraw == bool(article or name) or (withdraw and into):
        raise typer.BadParameter("give --article or --name, or only --withdraw")
    graph = graph_in(output)
    made = graph.split(entity, articles=article or (), names=name or (), into=into, by=by, withdraw=withdraw)
    show.note(f"{made} is one with what it was split from" if withdraw else f"{made} was split from {entity}")
