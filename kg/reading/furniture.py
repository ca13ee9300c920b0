"""Lines and stretches of lines that are no part of the article: links, credits, bylines, sources, buttons."""

from __future__ import annotations

from collections.abc import Iterator

from kg.reading.lines import Line
from kg.reading.markers import Markers, plain
from kg.types import Zone

#: A longer line is a paragraph of the article, whatever it begins with.
MAX_MARKED_CHARS = 220
#: How far into the article a bare photo credit is looked for, in lines.
HEAD_LINES = 6


def line_kinds(found: list[Line], markers: Markers) -> dict[int, str]:
    """The kind of each whole line that is furniture, by its index."""
    kinds: dict[int, str] = {}
    body_seen = False
    for index, line in enumerate(found):
        if index in kinds:
            continue
        kind = _kind(line, markers)
        after = index + 1
        if kind and body_seen and plain(line.text) in markers.endings:
            after = _end_of_list(found, index)
        elif kind == "related" and _is_label_only(line, markers):
            after = _end_of_link(found, index)
        if kind:
            kinds.update(dict.fromkeys(range(index, after), kind))
        body_seen = body_seen or (kind is None and line.is_paragraph)
    return kinds


def _end_of_list(found: list[Line], index: int) -> int:
    """The index after a list of links or tags that begins at ``index``: the next full sentence ends it."""
    after = index + 1
    while after < len(found) and not (found[after].is_statement or found[after].is_paragraph):
        after += 1
    return after


def _end_of_link(found: list[Line], index: int) -> int:
    """The index after the link that follows a label alone on its line ("Baca juga:")."""
    following = found[index + 1] if index + 1 < len(found) else None
    link = following and not following.is_statement and len(following.text) <= MAX_MARKED_CHARS
    return index + 2 if link else index + 1


def _kind(line: Line, markers: Markers) -> str | None:
    if len(line.text) > MAX_MARKED_CHARS:
        return None
    if kind := markers.lines.get(plain(line.text)):
        return kind
    if line.text in markers.agencies:
        return "source"
    for kind, pattern in markers.inside:
        if pattern.fullmatch(line.text):
            return kind
    for kind, pattern in markers.labels:
        if pattern.match(line.text):
            return kind
    if not line.is_statement:
        for kind, pattern in markers.openings:
            if pattern.match(line.text):
                return kind
    return None


def _is_label_only(line: Line, markers: Markers) -> bool:
    return any(
        (found := pattern.match(line.text)) and found.end() == len(line.text) for _, pattern in markers.labels
    )


def stretches(found: list[Line], kinds: dict[int, str], markers: Markers) -> Iterator[Zone]:
    """The stretches inside the lines that ``kinds`` leaves to the article: embeds, initials, copyright."""
    rest = [line for index, line in enumerate(found) if index not in kinds]
    for line in rest:
        for kind, pattern in markers.inside:
            for match in pattern.finditer(line.text):
                yield Zone(kind=kind, start=line.start + match.start(), end=line.start + match.end())
    for line in rest[-1:]:
        for kind, pattern in markers.at_end:
            ending = pattern.search(line.text)
            if ending and _after_sentence(line.text[: ending.start()]):
                yield Zone(kind=kind, start=line.start + ending.start(), end=line.end)


def _after_sentence(before: str) -> bool:
    return not before.strip() or before.rstrip().endswith((".", "!", "?", '"', "”", "…", "*"))


def photo_credit(line: Line, index: int, markers: Markers) -> int | None:
    """Where in the line its photo credit begins; None if it has none.

    A labelled credit ("(Foto: …)") counts everywhere, a bare one ("/KCNA via Reuters") near the top of
    the page, where ``index`` counts the lines.
    """
    found = markers.credits_labelled.search(line.text)
    if found is None and index < HEAD_LINES:
        found = markers.credits_bare.search(line.text)
    return found.start() if found else None


def captions(found: list[Line], kinds: dict[int, str], markers: Markers) -> Iterator[Zone]:
    """Photo credits and, before them, the captions that they end.

    A line in the middle of a sentence (text with hard line breaks) is no caption of its own.
    """
    for index, line in enumerate(found):
        if kinds.get(index) not in (None, "caption"):
            continue
        credit = photo_credit(line, index, markers)
        if credit is None:
            continue
        caption = line.text[:credit].rstrip()
        whole = line.begins_sentence and (index == 0 or index - 1 in kinds or found[index - 1].is_sentence)
        if caption and whole:
            yield Zone(kind="caption", start=line.start, end=line.start + len(caption))
        yield Zone(kind="credit", start=line.start + credit, end=line.end)
