"""What people decided about entities.  Kept in ``decisions.jsonl``.

A line is a :class:`~kg.types.Link` (two entities are the same, different or unsure) or a
:class:`~kg.types.Split` (some mentions stand for another entity).  Lines are only ever appended; the last
line about a pair counts, and one with the judgement ``withdrawn`` takes the earlier ones back.  No rebuild
touches the file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg.errors import KGError, StoreError
from kg.linking.standing import Decision, canonical
from kg.types import Link, Split

NAME = "decisions.jsonl"


def from_json(data: Any) -> Decision:
    """The decision that a line holds; raises ValueError or TypeError for what is none."""
    if not isinstance(data, dict):
        raise TypeError("no object")
    return Split.from_json(data) if "entity" in data else Link.from_json(data)


def read(folder: Path) -> list[Decision]:
    """The decisions that hold, sorted by pair; raises StoreError naming a line that is none."""
    path = folder / NAME
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"cannot read {path} ({error}): mend it, or move it away") from error
    held: dict[tuple[str, str], Decision] = {}
    for number, line in enumerate(lines, start=1):
        try:
            decision = from_json(json.loads(line))
        except (ValueError, TypeError) as error:
            wrong = f"line {number} of {path} is no decision ({error}): mend or delete it"
            raise StoreError(wrong) from error
        held.pop(pair(decision), None)
        if decision.judgement != "withdrawn":
            held[pair(decision)] = decision
    return [held[key] for key in sorted(held)]


def pair(decision: Decision) -> tuple[str, str]:
    """What a decision is about; a later one about the same takes its place."""
    if isinstance(decision, Split):
        return decision.entity, decision.into
    return min(decision.left, decision.right), max(decision.left, decision.right)


def fingerprint(folder: Path) -> str:
    """16 hexadecimal digits that change when a decision is added; empty without any."""
    path = folder / NAME
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.exists() else ""
    except OSError as error:
        raise StoreError(f"cannot read {path} ({error.strerror}): mend its rights") from error


def decide(folder: Path, decision: Decision) -> None:
    """Append a decision; on disk when this returns.

    Raises KGError for one that contradicts another, for a pair of one, and for withdrawing what was not
    decided.
    """
    if isinstance(decision, Link):
        left, right = pair(decision)
        decision = replace(decision, left=left, right=right)
    _check(decision, read(folder))
    path = folder / NAME
    try:
        with path.open("ab") as file:
            file.write(json.dumps(decision.to_json(), ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StoreError(f"cannot write {path} ({error.strerror}): free space or mend its rights") from error


def decide_all(folder: Path, decisions: Sequence[Decision]) -> int:
    """Append those of the decisions that do not hold already, all or none; returns how many.

    Raises KGError as :func:`decide` does.
    """
    known = read(folder)
    new = [decision for decision in decisions if decision not in known]
    if not new:
        return 0
    kept = folder / NAME
    try:
        with TemporaryDirectory(dir=folder) as apart:
            if kept.exists():
                shutil.copy(kept, apart)
            for decision in new:
                decide(Path(apart), decision)
            os.replace(Path(apart) / NAME, kept)
    except OSError as error:
        raise StoreError(f"cannot write {kept} ({error.strerror}): free space or mend its rights") from error
    return len(new)


def _check(decision: Decision, known: Sequence[Decision]) -> None:
    """Refuse what cannot hold together with what was decided before."""
    one, other = pair(decision)
    others = [held for held in known if pair(held) != (one, other)]
    if one == other:
        raise KGError(f"{one} is one entity: name two")
    if decision.judgement == "withdrawn" and len(others) == len(known):
        raise KGError(f"nothing was decided about {one} and {other}: `kg link --decided` shows what was")
    if isinstance(decision, Split) and decision.judgement == "split":
        if not (decision.articles or decision.names):
            raise KGError(f"say which mentions of {one} stand for another: give articles or names")
        taken = [held for held in others if isinstance(held, Split) and held.into == other]
        if taken:
            raise KGError(f"{other} was split from {taken[0].entity} already: choose another id")
    for left, right, why in _apart([*others, decision]):
        raise KGError(
            f"{left} and {right} were {why}, but would become one: withdraw one of the decisions first"
        )


def _apart(decisions: Iterable[Decision]) -> Iterable[tuple[str, str, str]]:
    """Pairs that are held apart by one decision and made one by others."""
    decisions = list(decisions)
    same = [set(pair(held)) for held in decisions if held.judgement == "same"]
    standing = canonical(same, lambda id: False)
    for held in decisions:
        why = {"different": "judged different", "split": "split"}.get(held.judgement)
        left, right = pair(held)
        if why and standing.get(left, left) == standing.get(right, right):
            yield left, right, why
