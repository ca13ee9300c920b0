"""Asking a person about doubtful pairs, one after another, in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.cli import show
from kg.errors import KGError

Row = dict[str, Any]
_ANSWERS = {"s": "same", "d": "different", "u": "unsure"}
_QUESTION = "same (s), different (d), unsure (u), skip (enter), quit (q)"


def ask(graph: Any, pairs: Sequence[Row], by: str) -> None:
    """Show each pair with the sentences of both side by side, and keep what is answered at once.

    The graph follows when the asking ends, also where it is broken off.
    """
    if not pairs:
        show.note("no doubtful pairs: `kg link --decided` lists what was decided")
        return
    console, decided = Console(), 0
    try:
        for number, pair in enumerate(pairs, start=1):
            console.print(_picture(number, len(pairs), pair))
            answer = _answer()
            if answer == "q":
                break
            if answer in _ANSWERS:
                try:
                    graph.link(pair["left"], pair["right"], _ANSWERS[answer], by=by)
                    decided += 1
                except KGError as error:
                    show.note(f"not kept: {error}")
    except (EOFError, KeyboardInterrupt, typer.Abort):
        show.note("")
    show.note(f"{decided} decided; `kg link --decided` lists them, `kg link A B withdrawn` takes one back")


def _answer() -> str:
    while True:
        given: str = typer.prompt(_QUESTION, default="", show_default=False, prompt_suffix=": ")
        answer = given.strip().casefold()[:1]
        if answer in {"", "q", *_ANSWERS}:
            return answer
        show.note("answer with one of s, d, u, q, or enter")


def _picture(number: int, count: int, pair: Row) -> Table:
    title = f"{number} of {count}: {pair['score']:.2f}, {pair['reason']}"
    table = Table(title=title, title_justify="left", expand=True, show_lines=True)
    for side in ("left", "right"):
        table.add_column(f"{pair[f'{side}_name']}\n{pair[side]}", ratio=1, overflow="fold")
    left, right = (
        [f"{one['text']}\n({one['article']})" for one in pair[f"{side}_sentences"]]
        for side in ("left", "right")
    )
    for row in range(max(len(left), len(right))):
        table.add_row(*(Text(texts[row] if row < len(texts) else "") for texts in (left, right)))
    return table
