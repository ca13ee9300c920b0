"""Write the explorer: one HTML file that shows the graph offline and asks the network nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from kg.errors import PipelineError, StoreError
from kg.explorer.content import content
from kg.explorer.pack import compress
from kg.explorer.palette import palette

FOLDER = Path(__file__).parent

#: Our own scripts, in the order in which they are put into one module of the page.
APP = (
    "data.js",
    "dom.js",
    "model.js",
    "state.js",
    "select.js",
    "claims.js",
    "panel.js",
    "search.js",
    "filters.js",
    "table.js",
    "edges.js",
    "scene.js",
    "labels.js",
    "canvas.js",
    "timeline.js",
    "map.js",
    "sparql.js",
    "save.js",
    "main.js",
)

Row = Mapping[str, Any]
#: What relations and event types are called, by kind, id and language: ``words["relation"]["meet"]["id"]``;
#: of the kind ``cue`` the words that tell of a relation.
Words = Mapping[str, Mapping[str, Mapping[str, str]]]


def write_page(
    path: Path,
    *,
    entities: Iterable[Row],
    claims: Iterable[Row],
    articles: Iterable[Row],
    events: Iterable[Row] = (),
    contradictions: Iterable[tuple[str, str]] = (),
    words: Words | None = None,
    title: str = "Knowledge graph",
) -> None:
    """Write the explorer page to ``path``, all at once or not at all.

    ``entities``, ``claims`` and ``events`` are rows of ``kg entities``, ``kg claims`` and ``kg events``
    (``--format jsonl``), ``articles`` rows with ``id, title, url, source, published, lang``,
    ``contradictions`` pairs of ids of claims.  ``words`` names relations, event types and their kinds
    (``quad``: conflict or cooperation).  The same rows always give the same bytes.  Raises StoreError if the
    file cannot be written.
    """
    data = page_data(entities, claims, articles, events, contradictions, words, title)
    _write(path, render(data))


def page_data(
    entities: Iterable[Row],
    claims: Iterable[Row],
    articles: Iterable[Row],
    events: Iterable[Row] = (),
    contradictions: Iterable[tuple[str, str]] = (),
    words: Words | None = None,
    title: str = "Knowledge graph",
) -> dict[str, Any]:
    """What the page's scripts read: tables of the rows, positions, colours, words."""
    claims = list(claims)
    return {
        "title": title,
        **content(list(entities), claims, list(articles), list(events), list(contradictions)),
        "words": _words_for(claims, words or {}),
        "palette": palette(),
        "strings": json.loads(_source("strings.json")),
    }


def _words_for(claims: Iterable[Row], words: Words) -> Words:
    """The words without those of relations that no claim has."""
    told = {claim["relation"] for claim in claims}
    of_relations = {
        kind: {id_: names for id_, names in words[kind].items() if id_ in told}
        for kind in ("relation", "cue")
        if kind in words
    }
    return {**words, **of_relations}


def render(data: Mapping[str, Any]) -> str:
    """The whole page; everything in it that runs is named by its hash in the page's policy."""
    licences = _source("vendor/LICENSES.txt")
    library = f"/*!\n{licences}*/\n{_source('vendor/graph.min.js')}\n{_source('vendor/plain.min.js')}"
    app = "\n".join(_source(f"app/{name}") for name in APP)
    style = _source("style.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(library)} {_hash(app)}",
            f"style-src {_hash(style)}",
            # The picture that is saved is drawn by the page itself.
            "img-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    parts = {
        "policy": policy,
        "title": escape(data["title"]),
        "style": style,
        "data": compress({name: part for name, part in data.items() if name != "texts"}),
        "texts": compress(data["texts"]),
        "library": library,
        "app": app,
    }
    page = []
    for piece in _source("template.html").split("{{"):
        name, closed, rest = piece.partition("}}")
        page.append(parts[name] + rest if closed else piece)
    return "".join(page).encode("utf-8", "replace").decode("utf-8")


def _source(name: str) -> str:
    try:
        return (FOLDER / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PipelineError(f"{FOLDER / name} cannot be read, install the package again: {error}") from error


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _write(path: Path, text: str) -> None:
    """Write beside the file, then rename: a reader never sees half a page."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_text(text, encoding="utf-8", newline="\n")
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"the page {path} cannot be written, choose another output folder: {error}"
        ) from error
