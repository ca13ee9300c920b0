"""Small pieces of HTML for Jupyter: what a claim, an entity, a table or a list of counts looks like there.

All text is escaped.  There are no colours but those of the page around, so that it is readable on dark and on
light; what is not stated as a fact has a broken line, and its status as a word, which survives where styles
are taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

#: Rows of a table that are shown; the others are counted.
ROWS_SHOWN = 50


def claim(
    *,
    status: str,
    who: str,
    what: str,
    whom: str,
    details: str = "",
    says: str = "",
    when: str | None = None,
    where: str | None = None,
    quote: str,
    article: str,
) -> str:
    """A claim: its status, who did what to whom, who says so, and the sentence."""
    line = "solid" if status == "asserted" else "dashed"
    said = f" &mdash; says {escape(says)}" if says else ""
    more = f" ({escape(details)})" if details else ""
    setting = ", ".join(escape(part) for part in (when, where, f"article {article}") if part)
    return (
        f'<div style="border-left: 4px {line}; margin: 8px 0; padding: 0 10px">'
        f"<b>{escape(status)}</b>: {escape(who or '?')} <i>{escape(what)}</i> {escape(whom)}{more}{said}"
        f'<blockquote dir="auto" style="margin: 4px 0 4px 12px">{escape(quote)}</blockquote>'
        f"<small>{setting}</small></div>"
    )


def entity(
    *, id: str, type: str, name: str, also: str = "", country: str | None = None, offices: str = ""
) -> str:
    """An entity: its name, its id, its other names and what offices it held."""
    lines = [f"<b>{escape(name)}</b> <code>{escape(id)}</code> {escape(type)}"]
    lines += [f"country: {escape(country)}"] if country else []
    lines += [f'also: <span dir="auto">{escape(also)}</span>'] if also else []
    lines += [f"offices: {escape(offices)}"] if offices else []
    return f'<div style="border-left: 4px double; padding: 0 10px">{"<br>".join(lines)}</div>'


def offices(roles: Iterable[Mapping[str, Any]]) -> str:
    """Roles of an entity in words: ``president of country/RUS 2012-05-07..``."""
    return "; ".join(
        " ".join(filter(None, (role["title"], role["of"] and f"of {role['of']}", _years(role))))
        for role in roles
    )


def _years(role: Mapping[str, Any]) -> str:
    since, until = role["since"] or "", role["until"] or ""
    return f"{since}..{until}" if since or until else ""


def table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """A table of the first ROWS_SHOWN rows, with a word about the rest."""
    if not rows:
        return "<p>nothing found</p>"
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td{LEFT}>{_text(row.get(column))}</td>" for column in columns) + "</tr>"
        for row in rows[:ROWS_SHOWN]
    )
    left = len(rows) - ROWS_SHOWN
    rest = f"<p>&hellip; and {left} more: <code>.to_pandas()</code> has all.</p>" if left > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def counts(title: str, counted: Mapping[str, int], problems: Iterable[str] = ()) -> str:
    """A title, a count a line, and then what went wrong."""
    rows = "".join(
        f"<tr><td{LEFT}>{escape(name)}</td><td>{count}</td></tr>" for name, count in counted.items()
    )
    wrong = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    below = f"<p>Not read:</p><ul>{wrong}</ul>" if wrong else ""
    return f"<p>{escape(title)}</p><table><tbody>{rows}</tbody></table>{below}"


#: Sentences are read from their own side, and Jupyter would set all cells to the right.
LEFT = ' dir="auto" style="text-align: start; vertical-align: top"'


def _text(value: object) -> str:
    return "" if value is None else escape(str(value))
