"""What people decide about entities, against a graph: doubtful pairs, files of answers, splits."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.errors import KGError
from kg.linking import Linker
from kg.linking.appearances import is_name
from kg.linking.doubtful import Pair
from kg.linking.entities import mentions_of
from kg.linking.standing import Decision
from kg.types import Entity, Extraction, Link, Split

Row = dict[str, Any]
#: Sentences shown of each of two entities, and characters of one.
SENTENCES, LONGEST = 3, 300
_COLUMNS = ("left", "right", "judgement")
_END = re.compile(r"[.!?…]['\"”’)]*\s+|\n")


def now() -> str:
    """The time of a decision."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def rows(
    pairs: Iterable[Pair], extractions: Iterable[Extraction], entities: Mapping[str, Entity]
) -> list[Row]:
    """Pairs with the names of both and sentences that name them."""
    pairs = list(pairs)
    told = _sentences(extractions, {id for pair in pairs for id in (pair.left, pair.right)})
    return [
        {
            "left": pair.left,
            "right": pair.right,
            "score": pair.score,
            "reason": pair.reason,
            "left_name": entities[pair.left].name,
            "right_name": entities[pair.right].name,
            "left_sentences": told[pair.left],
            "right_sentences": told[pair.right],
        }
        for pair in pairs
    ]


def _sentences(extractions: Iterable[Extraction], wanted: Collection[str]) -> Mapping[str, list[Row]]:
    """Sentences that name each of the wanted, one an article as long as there are articles."""
    found: defaultdict[str, list[tuple[int, str, Row]]] = defaultdict(list)
    for extraction in extractions:
        seen: defaultdict[str, dict[int, Row]] = defaultdict(dict)
        for mention in mentions_of(extraction):
            if mention.ref in wanted and is_name(mention):
                place = mention.evidence
                start, text = sentence(extraction.article.text, place.start, place.end)
                row = {"article": extraction.article.id, "start": start, "text": text}
                seen[mention.ref or ""].setdefault(start, row)
        for id, rows in seen.items():
            found[id] += [(rank, extraction.article.id, row) for rank, row in enumerate(rows.values())]
    return {id: [row for *_, row in sorted(found[id], key=lambda one: one[:2])[:SENTENCES]] for id in wanted}


def sentence(text: str, start: int, end: int) -> tuple[int, str]:
    """Where the sentence around ``text[start:end]`` begins, and its words; a long one is cut."""
    ends = [match.end() for match in _END.finditer(text, max(0, start - LONGEST), start)]
    first = ends[-1] if ends else max(0, start - LONGEST)
    stop = _END.search(text, end)
    last = min(stop.end() if stop else len(text), first + 2 * LONGEST)
    return first, " ".join(text[first:last].split())


def split_of(
    linker: Linker, extractions: Iterable[Extraction], entity: str, articles: Collection[str],
    names: Collection[str], into: str | None, by: str,
) -> Split:  # fmt: skip
    """The decision that takes some mentions away from an entity.

    Raises KGError if these are none, or all there are.
    """
    trial = f"{entity}-{_digest([entity, sorted(articles), sorted(names)])}"
    split = Split(
        entity=entity, into=into or trial, articles=tuple(sorted(articles)), names=tuple(sorted(names)),
        by=by, at=now(),
    )  # fmt: skip
    if (
        not re.fullmatch(r"[a-z]+/\S+", split.into)
        or split.into.partition("/")[0] != entity.partition("/")[0]
    ):
        raise KGError(
            f"{split.into} cannot be split from {entity}: write {entity.partition('/')[0]}/… as its id"
        )
    before, after = Linker(linker.actors, linker.standing), linker.with_split(split)
    kept = moved = 0
    for extraction in extractions:
        for was, is_now in zip(
            before.relinked(extraction).mentions, after.relinked(extraction).mentions, strict=True
        ):
            kept += was.ref == entity and is_now.ref == entity
            moved += was.ref == entity and is_now.ref != entity
    if not kept + moved:
        raise KGError(f"there is no entity {entity} in the graph: `kg entities` shows the ids")
    if not moved:
        raise KGError(
            f"none of the {kept} mentions of {entity} is one of these: see `kg mentions --about {entity}`"
        )
    if not kept:
        raise KGError(f"these are all {moved} mentions of {entity}: leave it some, or nothing is split")
    return split


def split_back(held: Iterable[Decision], into: str, by: str) -> Split:
    """The decision that takes back the split that made ``into``; KGError if none did."""
    for one in held:
        if isinstance(one, Split) and one.into == into:
            return replace(one, judgement="withdrawn", by=by, at=now())
    raise KGError(f"{into} was not split from anything: `kg link --decided` shows what was")


def refuse_unknown(links: Iterable[Link], known: Collection[str]) -> None:
    """Raise KGError for an id that neither the graph nor, before linking, an article has."""
    wanted = {id for link in links if link.judgement != "withdrawn" for id in (link.left, link.right)}
    for id in sorted(wanted - {*known}):
        raise KGError(f"there is no entity {id} in the graph: `kg entities` shows the ids")


def _digest(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:6]


def answers(file: Path, by: str) -> list[Link]:
    """The decisions in a CSV or JSON Lines file: ``left``, ``right``, ``judgement`` and perhaps ``by``.

    Lines without a judgement are left out.  Raises KGError naming the line that is wrong.
    """
    found = []
    for number, line in _lines(file):
        where = f"line {number} of {file}"
        missing = [name for name in _COLUMNS if name not in line]
        if missing:
            raise KGError(f"{where} has no {missing[0]}: give {', '.join(_COLUMNS)} for each pair")
        if not line["judgement"]:
            continue
        try:
            told = {name: str(line[name]).strip() for name in _COLUMNS}
            found.append(Link(**told, by=str(line.get("by") or by), at=now()))  # type: ignore[arg-type]
        except ValueError as error:
            raise KGError(f"{where}: {error}") from error
    return found


def _lines(file: Path) -> list[tuple[int, Row]]:
    """The lines of a file as objects, with their numbers."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KGError(f"cannot read {file} ({error}): name a CSV or JSON Lines file in UTF-8") from error
    if file.suffix == ".csv":
        return list(enumerate(csv.DictReader(text.splitlines()), start=2))
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                data = json.loads(line)
            except ValueError as error:
                raise KGError(f"line {number} of {file} is no JSON: {error}") from error
            if not isinstance(data, dict):
                raise KGError(f'line {number} of {file} is no object: write {{"left": …}}')
            found.append((number, data))
    return found
