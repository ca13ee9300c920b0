"""A small picture of the graph inside Jupyter, drawn by vis-network through pyvis, without a network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from kg.errors import PipelineError
from kg.explorer.layout import layout
from kg.explorer.palette import palette

Row = Mapping[str, Any]
Line = tuple[str, str, str]  # actor, recipient, status

HEIGHT = 560
#: Pixels of the picture for one unit of the layout.
UNIT = 300
DASHES: dict[str, bool | list[int]] = {"solid": False, "dashed": [8, 5], "dotted": [2, 4]}
#: pyvis leaves Bootstrap's address and a path of its own build in the page even when asked for one file.
REMOTE = re.compile(r"<link\b[^>]*\bhref=[^>]*>|<script\b[^>]*\bsrc=[^>]*>\s*</script>", re.IGNORECASE)
#: The frame may draw; it may ask nobody for anything.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, kw_only=True)
class View:
    """A picture that Jupyter shows: ``html`` is its page, ``names`` and ``lines`` count what it draws."""

    html: str
    names: int
    lines: int

    def _repr_html_(self) -> str:
        """A frame that holds the page; scripts run inside of it only."""
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts" title="knowledge graph" '
            f'width="100%" height="{HEIGHT + 60}" style="border: 0"></iframe>'
        )


def show(
    entities: Iterable[Row],
    claims: Iterable[Row],
    *,
    about: str | None = None,
    status: str | Collection[str] | None = None,
    limit: int = 100,
) -> View:
    """The most involved names and the claims between them, as a picture for Jupyter.

    ``entities`` and ``claims`` are rows of ``kg entities`` and ``kg claims``.  ``about`` keeps the
    claims of one entity (its id or any of its names), ``status`` those of one or several statuses;
    ``limit`` is the number of names drawn.  Raises PipelineError if pyvis is not installed, or if
    a status does not exist.
    """
    known = {entity["id"]: entity for entity in entities}
    wanted = _statuses(status)
    ids = _ids(known.values(), about)
    lines: dict[Line, list[Row]] = {}
    for claim in claims:
        for actor, recipient in _pairs(claim):
            if claim["status"] in wanted and (ids is None or ids & {actor, recipient}):
                lines.setdefault((actor, recipient, claim["status"]), []).append(claim)
    counts = Counter({end: 0 for line in lines for end in line[:2]})
    for line, told in lines.items():
        for end in line[:2]:
            counts[end] += len(told)
    ranked = sorted(counts, key=lambda end: (-counts[end], end))
    drawn = {end: counts[end] for end in ranked[:limit]}
    kept = {line: told for line, told in lines.items() if line[0] in drawn and line[1] in drawn}
    return View(html=_html(known, drawn, kept), names=len(drawn), lines=len(kept))


def _statuses(status: str | Collection[str] | None) -> frozenset[str]:
    every = frozenset(palette()["statuses"])
    wanted = every if status is None else frozenset([status] if isinstance(status, str) else status)
    if wanted - every:
        raise PipelineError(
            f"no status {', '.join(sorted(wanted - every))}: choose from {', '.join(sorted(every))}"
        )
    return wanted


def _ids(entities: Iterable[Row], about: str | None) -> set[str] | None:
    """The entities that ``about`` names by id or by any name; None where nothing is asked."""
    if about is None:
        return None
    asked = about.casefold()
    found = {about}
    for entity in entities:
        names = [name for names in entity.get("names", {}).values() for name in names]
        if any(name.casefold() == asked for name in [*names, entity.get("name") or ""]):
            found.add(entity["id"])
    return found


def _pairs(claim: Row) -> set[tuple[str, str]]:
    actors, recipients = (
        {mention["entity"] for mention in claim.get(role, ()) if mention.get("entity")}
        for role in ("actors", "recipients")
    )
    return {(actor, recipient) for actor in actors for recipient in recipients if actor != recipient}


def _html(known: Mapping[str, Row], drawn: Mapping[str, int], lines: Mapping[Line, list[Row]]) -> str:
    try:
        from pyvis.network import Network  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise PipelineError("pictures in Jupyter need pyvis: pip install pyvis") from error
    network = Network(
        height=f"{HEIGHT}px", width="100%", directed=True, notebook=True, cdn_resources="in_line"
    )
    network.toggle_physics(False)
    places = layout(drawn, [(source, target) for (source, target, _), told in lines.items() for _ in told])
    types = palette()["types"]
    for end, count in drawn.items():
        entity = known.get(end, {})
        x, y = places[end]
        network.add_node(
            end,
            label=str(entity.get("name") or end),
            title=f"{entity.get('type', 'Other')} · {count}",
            color=types.get(entity.get("type", "Other"), types["Other"])["light"],
            size=7 + 4 * count**0.5,
            font={"strokeWidth": 4, "strokeColor": "#ffffff"},
            x=x * UNIT,
            # Upwards is minus in vis-network.
            y=-y * UNIT,
        )
    beside: Counter[tuple[str, str]] = Counter()
    for (actor, recipient, status), told in sorted(lines.items()):
        network.add_edge(actor, recipient, **_look(status, told, beside[actor, recipient]))
        beside[actor, recipient] += 1
    page = REMOTE.sub("", network.generate_html(notebook=True))
    head = f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    # White also where the notebook is dark: the colours are those of the light theme.
    head += "<style>body { background: #fff }</style>"
    return page.replace("<head>", head, 1).replace("<body>", f"<body>{_legend()}", 1)


def _look(status: str, told: list[Row], beside: int) -> dict[str, Any]:
    """How a line is drawn; ``beside`` is the number of lines between the same two names before it."""
    look = palette()["statuses"][status]
    labels = ", ".join(sorted({claim["label"] for claim in told})[:2])
    prefix = "" if status == "asserted" else f"{'✕ ' if look.get('crossed') else ''}{status}: "
    quotes = [claim["evidence"]["quote"] for claim in told[:3]]
    return {
        "label": f"{prefix}{labels}" + (f" ({len(told)})" if len(told) > 1 else ""),
        "title": "\n".join([status.upper(), *quotes]),
        "color": look["light"],
        "width": look["width"],
        "dashes": DASHES[look["line"]],
        "font": {"color": look["light"], "size": 11, "strokeWidth": 4, "align": "horizontal"},
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.12 + 0.14 * beside},
    }


def _legend() -> str:
    """What the lines and colours mean, above the picture."""
    lines = [
        f'<span style="border-bottom: 2px {look["line"]} {look["light"]}; color: {look["light"]}">'
        f"{'✕ ' if look.get('crossed') else ''}{escape(status)}</span>"
        for status, look in palette()["statuses"].items()
    ]
    dots = [
        f'<span style="color: {look["light"]}">● {escape(kind)}</span>'
        for kind, look in palette()["types"].items()
    ]
    return f'<p style="font: 12px sans-serif; margin: 4px; word-spacing: 4px">{" ".join([*lines, *dots])}</p>'
