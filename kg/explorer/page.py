"""Write the explorer: one HTML file that shows the graph offline and asks the network nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from kg.errors import PipelineError, StoreError
from kg.explorer.layout import layout
from kg.explorer.palette import palette

FOLDER = Path(__file__).parent

#: Our own scripts, in the order in which they are put into one module of the page.
APP = (
    "dom.js",
    "model.js",
    "claims.js",
    "panel.js",
    "search.js",
    "filters.js",
    "table.js",
    "edges.js",
    "canvas.js",
    "main.js",
)
ENTITY_FIELDS = ("id", "type", "name", "names", "country", "roles", "same_as", "mentions")
CLAIM_FIELDS = (
    "id", "article", "relation", "label", "event_type", "actors", "recipients", "others", "status",
    "attributed_to", "date", "date_precision", "date_basis", "place", "evidence",
    "more_evidence", "trigger",
)  # fmt: skip
ARTICLE_FIELDS = ("id", "title", "url", "source", "published", "lang")

Row = Mapping[str, Any]


def write_page(
    path: Path,
    *,
    entities: Iterable[Row],
    claims: Iterable[Row],
    articles: Iterable[Row],
    title: str = "Knowledge graph",
) -> None:
    """Write the explorer page to ``path``, all at once or not at all.

    ``entities`` and ``claims`` are rows of ``kg entities`` and ``kg claims`` (``--format jsonl``),
    ``articles`` rows with ``id, title, url, source, published, lang``.  The same rows always give
    the same bytes.  Raises StoreError if the file cannot be written.
    """
    data = page_data(entities, claims, articles, title)
    _write(path, render(data))


def page_data(
    entities: Iterable[Row], claims: Iterable[Row], articles: Iterable[Row], title: str
) -> dict[str, Any]:
    """What the page's scripts read: the rows cut to what is shown, positions, colours, words."""
    kept_claims = [_cut(claim, CLAIM_FIELDS) for claim in claims]
    kept_entities = [_cut(entity, ENTITY_FIELDS) for entity in entities]
    kept_entities += _missing_entities(kept_entities, kept_claims)
    involved = Counter(entity for claim in kept_claims for entity in set(_participants(claim)))
    places = layout(
        (entity["id"] for entity in kept_entities if involved[entity["id"]]),
        (pair for claim in kept_claims for pair in _pairs(claim)),
    )
    for entity in kept_entities:
        if entity["id"] in places:
            entity["x"], entity["y"] = places[entity["id"]]
    return {
        "title": title,
        "entities": kept_entities,
        "claims": kept_claims,
        "articles": [_cut(article, ARTICLE_FIELDS) for article in articles],
        "palette": palette(),
        "strings": json.loads(_source("strings.json")),
    }


def render(data: Mapping[str, Any]) -> str:
    """The whole page; everything in it that runs is named by its hash in the page's policy."""
    licences = _source("vendor/LICENSES.txt")
    library = f"/*!\n{licences}*/\n{_source('vendor/graph.min.js')}"
    app = "\n".join(_source(f"app/{name}") for name in APP)
    style = _source("style.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(library)} {_hash(app)}",
            f"style-src {_hash(style)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    parts = {
        "policy": policy,
        "title": escape(data["title"]),
        "style": style,
        "data": _json(data),
        "library": library,
        "app": app,
    }
    page = []
    for piece in _source("template.html").split("{{"):
        name, closed, rest = piece.partition("}}")
        page.append(parts[name] + rest if closed else piece)
    return "".join(page)


def _cut(row: Row, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: row[field] for field in fields if row.get(field) not in (None, [], {}, "")}


def _mentions(claim: Row) -> list[Row]:
    """Everyone and everything named by a claim."""
    others = [mention for mentions in claim.get("others", {}).values() for mention in mentions]
    place = [claim["place"]] if claim.get("place") else []
    return [
        *claim.get("actors", ()),
        *claim.get("recipients", ()),
        *claim.get("attributed_to", ()),
        *others,
        *place,
    ]


def _participants(claim: Row) -> list[str]:
    return [mention["entity"] for mention in _mentions(claim) if mention.get("entity")]


def _missing_entities(entities: list[dict[str, Any]], claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entities that only claims name, so that no claim points into the void."""
    known = {entity["id"] for entity in entities}
    found: dict[str, dict[str, Any]] = {}
    for claim in claims:
        for mention in _mentions(claim):
            entity = mention.get("entity")
            if entity and entity not in known:
                name = mention.get("name") or mention.get("text") or entity
                found.setdefault(entity, {"id": entity, "type": mention.get("type", "Place"), "name": name})
    return list(found.values())


def _pairs(claim: Row) -> list[tuple[str, str]]:
    return [
        (actor["entity"], recipient["entity"])
        for actor in claim.get("actors", ())
        for recipient in claim.get("recipients", ())
        if actor.get("entity") and recipient.get("entity")
    ]


def _source(name: str) -> str:
    try:
        return (FOLDER / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PipelineError(f"{FOLDER / name} cannot be read, install the package again: {error}") from error


def _json(data: Mapping[str, Any]) -> str:
    """JSON that cannot end its script element: no ``<``, and no line end that only scripts know."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # A lone surrogate (broken input text) has no UTF-8 form.
    return text.encode("utf-8", "replace").decode("utf-8")


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
