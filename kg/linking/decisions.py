"""What people decided about entities: same, different or unsure.  Kept in ``decisions.jsonl``.

A line is a :class:`~kg.types.Link`.  Lines are only ever appended; the last line about a pair counts, and one
with the judgement ``withdrawn`` takes the earlier ones back.  No rebuild touches the file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kg.errors import KGError, StoreError
from kg.linking.ids import joined
from kg.types import Extraction, Link, Mention

NAME = "decisions.jsonl"


def read(folder: Path) -> list[Link]:
    """The decisions that hold, sorted by pair; raises StoreError naming a line that is none."""
    path = folder / NAME
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"cannot read {path} ({error}): mend it, or move it away") from error
    held: dict[tuple[str, str], Link] = {}
    for number, line in enumerate(lines, start=1):
        try:
            link = Link.from_json(json.loads(line))
        except (ValueError, TypeError) as error:
            wrong = f"line {number} of {path} is no decision ({error}): mend or delete it"
            raise StoreError(wrong) from error
        held.pop((link.left, link.right), None)
        if link.judgement != "withdrawn":
            held[link.left, link.right] = link
    return [held[pair] for pair in sorted(held)]


def fingerprint(folder: Path) -> str:
    """16 hexadecimal digits that change when a decision is added; empty without any."""
    path = folder / NAME
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else ""
    except OSError as error:
        raise StoreError(f"cannot read {path} ({error.strerror}): mend its rights") from error


def decide(folder: Path, link: Link) -> None:
    """Append a decision; on disk when this returns.

    Raises KGError for one that contradicts another, for a pair of one, and for withdrawing what was not
    decided.
    """
    link = replace(link, left=min(link.left, link.right), right=max(link.left, link.right))
    known = read(folder)
    others = [one for one in known if (one.left, one.right) != (link.left, link.right)]
    if link.left == link.right:
        raise KGError(f"{link.left} is one entity: name two")
    if link.judgement == "withdrawn" and len(others) == len(known):
        raise KGError(f"nothing was decided about {link.left} and {link.right}: `kg link` shows what was")
    standing = canonical([*others, link], lambda id: False)
    for one in [*others, link]:
        left, right = (standing.get(id, id) for id in (one.left, one.right))
        if one.judgement == "different" and left == right:
            raise KGError(
                f"{one.left} and {one.right} were judged different, but would become one: "
                "withdraw one of the decisions first"
            )
    path = folder / NAME
    try:
        with path.open("ab") as file:
            file.write(json.dumps(link.to_json(), ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreError(f"cannot write {path} ({error.strerror}): free space or mend its rights") from error


def canonical(links: Iterable[Link], is_listed: Callable[[str], bool]) -> dict[str, str]:
    """Id to the id that stands for it, for those that another one stands for.

    Of those that are the same, the listed one stands for all, else the first in the order of ids.
    """
    found = {}
    for group in joined({link.left, link.right} for link in links if link.judgement == "same"):
        first = min(group, key=lambda id: (not is_listed(id), id))
        found.update({id: first for id in sorted(group) if id != first})
    return found


def relinked(extraction: Extraction, standing: Mapping[str, str]) -> Extraction:
    """The extraction with mentions that point to whom ``standing`` says."""
    if not standing:
        return extraction

    def meant(mention: Mention) -> Mention:
        other = standing.get(mention.ref or "")
        return replace(mention, ref=other, reason="decision") if other else mention

    claims = tuple(
        replace(
            claim,
            roles=tuple(replace(role, mention=meant(role.mention)) for role in claim.roles),
            attributed_to=tuple(map(meant, claim.attributed_to)),
            place=meant(claim.place) if claim.place else None,
        )
        for claim in extraction.claims
    )
    quotes = tuple(replace(quote, speaker=tuple(map(meant, quote.speaker))) for quote in extraction.quotes)
    return replace(extraction, mentions=tuple(map(meant, extraction.mentions)), claims=claims, quotes=quotes)
