"""Rows as Python and Jupyter see them: plain lists and dicts that show themselves as tables and cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, SupportsIndex, overload

from kg import cards
from kg.errors import PipelineError

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]


class Rows(list[Row]):
    """The rows of a listing.  ``flat`` makes one line of a table of a row: text and numbers, no lists."""

    def __init__(self, rows: Iterable[Row] = (), flat: Callable[[Row], Row] = dict) -> None:
        super().__init__(rows)
        self.flat = flat

    @overload
    def __getitem__(self, index: SupportsIndex) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: SupportsIndex | slice) -> Row | Self:
        """A part of the rows is rows again, so that Jupyter shows it as a table too."""
        found = super().__getitem__(index)
        return type(self)(found, self.flat) if isinstance(found, list) else found

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a table, names instead of lists."""
        return frame([self.flat(row) for row in self])

    def _repr_html_(self) -> str:
        shown = [self.flat(row) for row in self]
        filled = [name for name in (shown[0] if shown else ()) if any(row[name] for row in shown)]
        return cards.table(filled, shown)


@dataclass(frozen=True)
class Result:
    """What a query found: ``rows`` are dicts with the keys ``columns``."""

    columns: tuple[str, ...]
    rows: list[Row]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a table."""
        return frame(self.rows, self.columns)

    def _repr_html_(self) -> str:
        return cards.table(self.columns, self.rows)


def frame(rows: Sequence[Row], columns: Sequence[str] | None = None) -> pandas.DataFrame:
    """Rows as a DataFrame; raises PipelineError if pandas is not installed."""
    try:
        import pandas
    except ImportError as error:
        raise PipelineError("tables need pandas: pip install 'kg-builder[notebook]'") from error
    return pandas.DataFrame(list(rows), columns=None if columns is None else list(columns))
