"""What every measurement does: find the gold, build it with the product, run a scorer."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import kg

HERE = Path(__file__).resolve().parent
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Listings:
    """The rows of ``kg claims``, ``kg quotes`` and ``kg mentions`` of one article.

    ``entities`` are the rows of ``kg entities`` of all articles, by id.
    """

    claims: list[Row]
    quotes: list[Row]
    mentions: list[Row]
    entities: dict[str, Row]


def shared_folder() -> Path | None:
    """The folder with the gold, ``../shared`` or ``$KG_SHARED``; None where it is not there."""
    folder = Path(os.environ.get("KG_SHARED") or HERE.parent.parent / "shared")
    return folder if (folder / "gold" / "articles.jsonl").is_file() else None


def read_lines(file: Path) -> list[Row]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def write_lines(file: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSON Lines."""
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def build(articles: list[Row], work: Path, actors: Path | None = None) -> dict[str, Listings]:
    """Build ``articles`` (rows as ``kg build`` reads them) in ``work``: id → what the product lists.

    ``actors`` is a file of actors to import first.
    Ends the program if an article could not be read: a score without it would flatter or blame.
    """
    source = work / "articles.jsonl"
    write_lines(source, articles)
    if actors is not None:
        kg.Graph(work / "output").import_actors(actors)
    report = kg.build([source], work / "output")
    if report.errors:
        sys.exit("\n".join(report.errors))
    graph = kg.open(work / "output")
    claims, quotes, mentions = (
        by_article(rows) for rows in (graph.claims(), graph.quotes(), graph.mentions())
    )
    entities = {row["id"]: row for row in graph.entities()}
    return {
        id_: Listings(claims=claims[id_], quotes=quotes[id_], mentions=mentions[id_], entities=entities)
        for id_ in (article["id"] for article in articles)
    }


def by_article(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    """Rows of a listing by their article."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["article"]].append(row)
    return found


def load_scorer(gold: Path, name: str) -> ModuleType:
    """The scorer ``name``.py of the gold folder as a module, for its matching functions."""
    if str(gold) not in sys.path:
        sys.path.insert(0, str(gold))
    spec = importlib.util.spec_from_file_location(name, gold / f"{name}.py")
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def run_scorer(command: list[str | Path]) -> str:
    """What a scorer prints; ``command`` is the script and its arguments."""
    script, *arguments = map(str, command)
    return subprocess.run(
        [sys.executable, script, *arguments], check=True, capture_output=True, text=True
    ).stdout


def figures(printed: str) -> dict[str, tuple[float, float, float]]:
    """Level → precision, recall, F1 from lines such as ``type: P=0.5 R=0.4 F1=0.44``."""
    found = {}
    for line in printed.splitlines():
        level, _, rest = line.partition(": P=")
        if rest:
            p, r, f = (part.split("=")[-1] for part in rest.split()[:3])
            found[level] = (float(p), float(r), float(f))
    return found


def floors() -> dict[str, dict[str, float]]:
    """The pinned scores: set → score → floor."""
    return tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


def below_floor(name: str, scores: dict[str, float], pinned: dict[str, float]) -> list[str]:
    """A sentence for each score of the set ``name`` that broke its floor; ``*_hits`` are ceilings."""
    broken = []
    for score, floor in pinned.items():
        worse = scores[score] > floor if score.endswith("_hits") else scores[score] < floor
        if worse:
            broken.append(
                f"{name}: {score} is {scores[score]:g}, pinned at {floor:g} in benchmarks/floors.toml"
            )
    return broken
