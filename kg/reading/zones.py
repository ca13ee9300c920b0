"""Marks an article's headline, date, dateline, captions, links and footer, so that each is read as
what it is or not at all.  No character is cut or moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.reading import furniture, head
from kg.reading.lines import Line, lines
from kg.reading.markers import Markers
from kg.types import Zone

#: Longest subheading, in words.
SUBHEADING_WORDS = 10


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The zones of a text, sorted and apart from each other, and what its head and footer say."""

    zones: tuple[Zone, ...]
    title: str | None
    published: str | None
    place: str | None
    agency: str | None
    byline: str | None
    sources: tuple[str, ...]


def lay_out(text: str, markers: Markers, *, title: str | None = None, lang: str | None = None) -> Layout:
    """The layout of ``text``; ``title`` and ``lang`` help to find its headline and its date."""
    found = list(lines(text))
    kinds = furniture.line_kinds(found, markers)
    published = _mark_dates(found, kinds, markers, lang)
    headline = _cut_headline(found, kinds, markers, title)
    opening, dateline = _cut_dateline(found, kinds, markers)
    captions = list(furniture.captions(found, kinds, markers))
    kinds.update(
        {i: "caption" for i, line in enumerate(found) if any(z.start == line.start for z in captions)}
    )
    zones = [*headline, *dateline, *captions, *furniture.stretches(found, kinds, markers)]
    kinds.update({index: "headline" for index in _subheadings(found, kinds)})
    placed = {zone.start for zone in zones}
    whole_lines = (Zone(kind=kinds[i], start=found[i].start, end=found[i].end) for i in sorted(kinds))
    zones += [zone for zone in whole_lines if zone.start not in placed]
    return Layout(
        zones=_apart(zones),
        title=title or next((text[zone.start : zone.end] for zone in headline), None),
        published=published,
        place=opening.place if opening else None,
        agency=opening.agency if opening else None,
        byline=next(iter(_named(found, kinds, "byline", markers)), None),
        sources=tuple(_named(found, kinds, "source", markers)),
    )


def _mark_dates(found: list[Line], kinds: dict[int, str], markers: Markers, lang: str | None) -> str | None:
    """Marks the date lines of the page's head in ``kinds``; the first date is that of publication."""
    published = None
    for index, line in enumerate(found[: head.HEAD_LINES]):
        if index not in kinds and (date := head.date_line(line, lang, markers)):
            kinds[index] = "date"
            published = published or date
    return published


def _cut_headline(
    found: list[Line], kinds: dict[int, str], markers: Markers, title: str | None
) -> list[Zone]:
    """The headline, if the text begins with it; what follows it on its line stays in ``found``."""
    free = [i for i in range(len(found)) if i not in kinds]
    if not free or head.dateline(found[free[0]], markers):
        return []
    first = found[free[0]]
    if furniture.photo_credit(first, free[0], markers) is not None:
        return []
    length = head.headline_length(first, found[free[1]] if len(free) > 1 else None, title)
    if length == len(first.text):
        kinds[free[0]] = "headline"
    elif length:
        found[free[0]] = _after(first, length)
    return [Zone(kind="headline", start=first.start, end=first.start + length)] if length else []


def _cut_dateline(
    found: list[Line], kinds: dict[int, str], markers: Markers
) -> tuple[head.Dateline | None, list[Zone]]:
    """The dateline that opens the body, behind any captions; the rest of its line stays in ``found``."""
    for index, line in enumerate(found):
        if index in kinds:
            continue
        if opening := head.dateline(line, markers):
            zone = Zone(
                kind="dateline", start=line.start, end=line.start + len(line.text[: opening.length].rstrip())
            )
            if opening.length == len(line.text):
                kinds[index] = "dateline"
            else:
                found[index] = _after(line, opening.length)
            return opening, [zone]
        if line.is_paragraph and furniture.photo_credit(line, index, markers) is None:
            return None, []
    return None, []


def _after(line: Line, length: int) -> Line:
    """What is left of a line after its first ``length`` characters."""
    rest = line.text[length:].lstrip()
    return Line(start=line.end - len(rest), end=line.end, text=rest)


def _subheadings(found: list[Line], kinds: dict[int, str]) -> Iterable[int]:
    """Short lines between paragraphs that are no sentences: headings inside the article."""
    body = [i for i in range(len(found)) if i not in kinds]
    for before, index, after in zip(body, body[1:], body[2:], strict=False):
        line = found[index]
        short = len(line.text.split()) <= SUBHEADING_WORDS and len(line.text) < 80
        ends_open = line.text[-1].isalnum() or (line.text[0] in "'‘" and line.text[-1] in "'’")
        between = found[before].is_sentence and found[after].is_sentence and found[after].begins_sentence
        if short and ends_open and line.begins_sentence and between:
            yield index


def _named(found: list[Line], kinds: dict[int, str], kind: str, markers: Markers) -> list[str]:
    """Whom the lines of a kind name: behind a label ("Editor: …") or as ``name`` in a pattern ("By …")."""
    names = []
    for line in (found[i] for i in sorted(kinds) if kinds[i] == kind):
        label = next((m for k, p in markers.labels if k == kind and (m := p.match(line.text))), None)
        pattern = next((m for k, p in markers.inside if k == kind and (m := p.fullmatch(line.text))), None)
        name = line.text[label.end() :] if label else pattern.groupdict().get("name") if pattern else None
        if name and name.strip():
            names.append(name.strip())
    return names


def _apart(zones: list[Zone]) -> tuple[Zone, ...]:
    """The zones in order; of two that overlap the earlier, and of these the longer, stays."""
    kept: list[Zone] = []
    for zone in sorted(zones, key=lambda zone: (zone.start, -zone.end)):
        if not kept or zone.start >= kept[-1].end:
            kept.append(zone)
    return tuple(kept)
