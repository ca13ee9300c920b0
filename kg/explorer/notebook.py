"""A small picture of the graph inside Jupyter, drawn by vis-network through pyvis, without a network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from kg.errors import PipelineError
from kg.explorer.layout import layout
from kg.explorer.palette import palette

Row = Mapping[str, Any]
Line = tuple[str, str, str, bool]  # actor, recipient, status, whether it is about not doing it

HEIGHT = 560
#: Pixels of the picture for one unit of the layout; a notebook is wider than high.
ACROSS, UP = 480, 300
#: Lines above which the relation is not written beside each, but shown when the mouse is on it.
LABELLED = 20
DASHES: dict[str, bool | list[int]] = {"solid": False, "dashed": [8, 5], "dotted": [2, 4]}
#: pyvis leaves Bootstrap's address and a path of its own build in the page even when asked for one file.
REMOTE = re.compile(r"<link\b[^>]*\bhref=[^>]*>|<script\b[^>]*\bsrc=[^>]*>\s*</script>", re.IGNORECASE)
#: The frame may draw; it may ask nobody for anything.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
#: White also where the notebook is dark: the colours are those of the light theme.
STYLE = """<style>
body { background: #fff; margin: 0; overflow: hidden }
center { display: none }
#mynetwork, .card { border: 0 !important; float: none !important }
.words { font: 12px sans-serif; margin: 4px; color: #1f2733 }
.words span { margin-right: 10px; white-space: nowrap }
div.vis-tooltip { white-space: pre-wrap !important; max-width: 400px; font: 12px sans-serif !important }
</style>"""


@dataclass(frozen=True, kw_only=True)
class View:
    """A picture that Jupyter shows: ``html`` is its page, ``names`` and ``lines`` count what it draws.

    ``words`` says what is drawn and what is left out; without a name there is no picture.
    """

    html: str = field(repr=False)
    names: int
    lines: int
    words: str

    def _repr_html_(self) -> str:
        """A frame that holds the page; scripts run inside of it only."""
        if not self.names:
            return f"<p>{escape(self.words)}</p>"
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts" title="knowledge graph" '
            f'width="100%" height="{HEIGHT + 80}" style="border: 0"></iframe>'
        )


def show(
    entities: Iterable[Row],
    claims: Iterable[Row],
    *,
    about: Collection[str] | None = None,
    undated: Iterable[Row] = (),
    limit: int = 50,
) -> View:
    """The most involved names and the claims between them, as a picture for Jupyter.

    ``entities`` and ``claims`` are rows of ``kg entities`` and ``kg claims``.  ``about`` are ids of
    entities: only claims of which one is a party are drawn.  ``undated`` are claims that a choice of dates
    left out; denials mostly have no date, so these are counted in words.  ``limit`` is the number of names
    drawn.  Raises PipelineError if pyvis is not installed.
    """
    lines: dict[Line, list[Row]] = {}
    paired = alone = 0
    for claim in claims:
        pairs = _chosen(claim, about)
        for actor, recipient in pairs:
            lines.setdefault((actor, recipient, claim["status"], _turned(claim)), []).append(claim)
        paired += bool(pairs)
        alone += not _pairs(claim) and (about is None or bool(_known(claim) & {*about}))
    counts = Counter({end: 0 for line in lines for end in line[:2]})
    for line, told in lines.items():
        for end in line[:2]:
            counts[end] += len(told)
    ranked = sorted(counts, key=lambda end: (end not in (about or ()), -counts[end], end))
    first = {*ranked[:limit]}
    kept = {line: told for line, told in lines.items() if {*line[:2]} <= first}
    # A name whose partners are all left out would stand there without a line.
    drawn = {end: counts[end] for end in ranked if any(end in line[:2] for line in kept)}
    shown = len({claim["id"] for told in kept.values() for claim in told})
    words = _words((len(drawn), len(counts)), (shown, paired), alone, limit)
    if missing := Counter(claim["status"] for claim in undated if _chosen(claim, about)):
        told_apart = ", ".join(f"{count} {status}" for status, count in sorted(missing.items()))
        words += f" Left out for they have no date: {told_apart}."
    known = {entity["id"]: entity for entity in entities}
    html = _html(known, drawn, kept, words) if drawn else ""
    return View(html=html, names=len(drawn), lines=len(kept), words=words)


def _words(names: tuple[int, int], claims: tuple[int, int], alone: int, limit: int) -> str:
    """What is drawn and what is not; ``names`` and ``claims`` count both: drawn, and all there are."""
    if not names[0]:
        words = "Nothing to draw: there is no such claim between two known names."
    elif names[0] == names[1]:
        words = f"All {names[1]} names and the {claims[1]} claims between two of them."
    else:
        words = f"{names[0]} of {names[1]} names and {claims[0]} of {claims[1]} claims between two of them: "
        words += f"the less involved are left out (limit={limit})."
    if alone:
        words += f" Claims that name at most one known party have no line ({alone})."
    return f"{words} Sentences: mouse on a line." if names[0] else words


def _chosen(claim: Row, about: Collection[str] | None) -> set[tuple[str, str]]:
    """The pairs of a claim that are asked for."""
    return {pair for pair in _pairs(claim) if about is None or {*pair} & {*about}}


def _turned(claim: Row) -> bool:
    """Whether it is about not doing something, which its status (planned, requested …) does not say."""
    return claim.get("polarity") == "negated" and claim["status"] not in ("negated", "denied")


def _known(claim: Row) -> set[str]:
    parties = [*claim.get("actors", ()), *claim.get("recipients", ())]
    return {mention["entity"] for mention in parties if mention.get("entity")}


def _pairs(claim: Row) -> set[tuple[str, str]]:
    actors, recipients = (
        {mention["entity"] for mention in claim.get(role, ()) if mention.get("entity")}
        for role in ("actors", "recipients")
    )
    return {(actor, recipient) for actor in actors for recipient in recipients if actor != recipient}


def _html(
    known: Mapping[str, Row], drawn: Mapping[str, int], lines: Mapping[Line, list[Row]], words: str
) -> str:
    try:
        from pyvis.network import Network  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise PipelineError("pictures in Jupyter need pyvis: pip install 'kg-builder[notebook]'") from error
    network = Network(
        height=f"{HEIGHT}px", width="100%", directed=True, notebook=True, cdn_resources="in_line"
    )
    network.toggle_physics(False)
    places = layout(drawn, [line[:2] for line, told in lines.items() for _ in told])
    types = palette()["types"]
    for end, count in drawn.items():
        entity = known.get(end, {})
        x, y = places[end]
        network.add_node(
            end,
            label=str(entity.get("name") or end),
            title=f"{entity.get('type', 'Other')} · claims here: {count}",
            color=types.get(entity.get("type", "Other"), types["Other"])["light"],
            size=6 + 2.5 * count**0.5,
            font={"strokeWidth": 4, "strokeColor": "#ffffff"},
            x=x * ACROSS,
            # Upwards is minus in vis-network.
            y=-y * UP,
        )
    beside: Counter[frozenset[str]] = Counter()
    for line, told in sorted(lines.items()):
        actor, recipient, status, turned = line
        look = _look(status, turned, told, beside[frozenset((actor, recipient))])
        if len(lines) > LABELLED:
            look["label"] = "✕" if palette()["statuses"][status].get("crossed") else ""
            look["font"]["size"] = 20
        network.add_edge(actor, recipient, **look)
        beside[frozenset((actor, recipient))] += 1
    page = REMOTE.sub("", network.generate_html(notebook=True))
    head = f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}">{STYLE}'
    legend = _legend({line[2] for line in lines}, {known.get(end, {}).get("type", "Other") for end in drawn})
    above = f'<p class="words">{legend}</p><p class="words">{escape(words)}</p>'
    return page.replace("<head>", head, 1).replace("<body>", f"<body>{above}", 1)


def _look(status: str, turned: bool, told: list[Row], beside: int) -> dict[str, Any]:
    """How a line is drawn; ``beside`` is the number of lines between the same two names before it."""
    look = palette()["statuses"][status]
    labels = ", ".join(sorted({claim["label"] for claim in told})[:2])
    said = "" if status == "asserted" else f"{'✕ ' if look.get('crossed') else ''}{status}: "
    text = f"{said}{'not: ' if turned else ''}{labels}"
    quotes = [f"“{claim['evidence']['quote']}” ({claim['article']})" for claim in told[:3]]
    more = [f"… and {len(told) - 3} more"] if len(told) > 3 else []
    return {
        "label": text + (f" ({len(told)})" if len(told) > 1 else ""),
        "title": "\n\n".join([text.upper(), *quotes, *more]),
        "color": look["light"],
        "width": look["width"],
        "dashes": DASHES[look["line"]],
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
        "font": {"color": look["light"], "size": 11, "strokeWidth": 4, "align": "horizontal"},
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.12 + 0.14 * beside},
    }


def _legend(statuses: Collection[str], types: Collection[str]) -> str:
    """What the lines and colours of the picture mean."""
    lines = [
        f'<span style="border-bottom: 2px {look["line"]} {look["light"]}; color: {look["light"]}">'
        f"{'✕ ' if look.get('crossed') else ''}{escape(status)}</span>"
        for status, look in palette()["statuses"].items()
        if status in statuses
    ]
    dots = [
        f'<span style="color: {look["light"]}">● {escape(kind)}</span>'
        for kind, look in palette()["types"].items()
        if kind in types
    ]
    return " ".join([*lines, *dots])
