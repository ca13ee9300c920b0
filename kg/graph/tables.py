"""Rows as tables: for pandas, and to look at in Jupyter."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from kg.errors import PipelineError

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]


@dataclass(frozen=True)
class Result:
    """What a query found: ``rows`` are dicts with the keys ``columns``."""

    columns: tuple[str, ...]
    rows: list[Row]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a table."""
        return frame(self.rows, self.columns)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_cell(row[column]))}</td>" for column in self.columns) + "</tr>"
            for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def frame(rows: list[Row], columns: tuple[str, ...] | None) -> pandas.DataFrame:
    """The rows as a table; raises PipelineError without pandas."""
    try:
        import pandas
    except ImportError as error:
        raise PipelineError("tables need pandas: pip install 'kg-builder[notebook]'") from error
    return pandas.DataFrame(rows, columns=columns)


def _cell(value: object) -> str:
    return "" if value is None else str(value)
