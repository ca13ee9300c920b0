"""Dates as stretches of days, to tell whether two of them can mean the same time."""

from __future__ import annotations

from datetime import date, timedelta

#: Days by which a report that states no date may follow what it reports.
REPORT_LAG = 3

Stretch = tuple[date, date]


def days(value: str | None, precision: str | None) -> Stretch | None:
    """First and last day of a date that is cut to its precision; None if it is no date."""
    if not value:
        return None
    try:
        year, month, day = (int(part) for part in f"{value[:10]}-1-1".split("-")[:3])
        first = date(year, month, day)
        if precision == "decade":
            return first, date(year + 9, 12, 31)
        if len(value) == 4:
            return first, date(year, 12, 31)
        if len(value) == 7:
            return first, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return first, first + timedelta(days=6 if precision == "week" else 0)
    except ValueError:  # a year or a day that the calendar does not have
        return None


def stretch(value: str | None, precision: str | None, basis: str | None, modality: str) -> Stretch | None:
    """The days on which a claim says that it happened; fields as in :class:`kg.types.Claim`."""
    found = days(value, precision)
    if found and basis == "dateline":
        if modality not in ("actual", "alleged"):
            return None  # what is planned did not happen on the day of its announcement
        return date.fromordinal(max(found[0].toordinal() - REPORT_LAG, 1)), found[1]
    return found


def overlap(one: Stretch | None, other: Stretch | None) -> bool:
    """Whether two stretches have a day in common; what is not known may be any day."""
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])
