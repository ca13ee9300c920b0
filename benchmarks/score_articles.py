"""Quality on whole articles annotated by hand: ``python benchmarks/score_articles.py [--details]``.

Builds the gold articles with the product, turns the rows of the command line's listings into the
scorer's prediction format and runs that scorer.  The gold is no part of the project: it is looked
for in ``../shared`` beside the repository or in ``$KG_SHARED``, and without it nothing is measured.
Fails when a score is below its floor in floors.toml.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import ModuleType

from common import (
    Row,
    below_floor,
    figures,
    floors,
    load_scorer,
    read_lines,
    run_scorer,
    shared_folder,
    write_lines,
)

import kg

#: The scorer knows five words; a request is something not done yet, a possibility something not sure.
POLARITY = {"requested": "planned", "possible": "alleged"}
#: The article that is read from a text file, as a user would paste it.
PASTED = "articles/korea-utara-rusia-2023-07-27.txt"


def build_gold(shared: Path, gold: list[Row], work: Path) -> tuple[kg.Graph, dict[str, str]]:
    """Builds the gold articles; returns the graph and article id -> gold id."""
    pasted = (shared / PASTED).read_text(encoding="utf-8")
    lines = work / "gold.jsonl"
    fields = ("id", "lang", "title", "url", "source", "text")
    write_lines(
        lines,
        (
            {key: article[key] for key in fields} | {"published": article["date"]}
            for article in gold
            if article["text"] != pasted
        ),
    )
    report = kg.build([shared / PASTED, lines], work / "output")
    if report.errors:
        sys.exit("\n".join(report.errors))
    graph = kg.open(work / "output")
    ids = {article["id"] for article in gold}
    read = {row["article"] for row in graph.mentions()}
    missing = [article["id"] for article in gold if article["id"] not in read]
    return graph, {id_: id_ if id_ in ids else missing[0] for id_ in sorted(read)}


def predictions(graph: kg.Graph, gold_ids: dict[str, str]) -> dict[str, Row]:
    """What the product found, by gold id, in the scorer's format; the gold annotates no weapons (Other)."""
    found: dict[str, Row] = {id_: {"id": id_, "entities": [], "statements": []} for id_ in gold_ids.values()}
    by_name: dict[tuple[str, str], Row] = {}
    for row in graph.mentions():
        if row["type"] == "Other":
            continue
        gold_id = gold_ids[row["article"]]
        key = (gold_id, row["name"])
        if key not in by_name:
            by_name[key] = {"name": row["name"], "type": row["type"], "mentions": []}
            found[gold_id]["entities"].append(by_name[key])
        by_name[key]["mentions"].append({"start": row["start"], "end": row["end"]})
    for row in graph.claims():
        found[gold_ids[row["article"]]]["statements"] += statements(row)
    return found


def statements(claim: Row) -> list[Row]:
    """One statement for each actor and each recipient (else theme, else content) of a claim."""
    subjects = names(claim["actors"]) or ["unnamed"]
    others = claim["others"]
    told = claim["recipients"] or others.get("theme") or others.get("content") or []
    objects: list[str | None] = [*names(told)] or [None]
    return [
        {
            "claim": claim["id"],
            "subject": subject,
            "plover": claim["event_type"],
            "predicate": claim["label"],
            "object": object_,
            "polarity": POLARITY.get(claim["status"], claim["status"]),
            "speaker": names(claim["attributed_to"]) or None,
            "date": claim["date"],
            "place": claim["place"] and claim["place"]["name"],
            "evidence": claim["evidence"],
        }
        for subject, object_ in product(subjects, objects)
    ]


def names(participants: list[Row]) -> list[str]:
    return [participant["name"] for participant in participants]


def scored(shared: Path, work: Path, found: dict[str, Row]) -> tuple[str, dict[str, float]]:
    """What the scorer prints, and its F1 by level."""
    file = work / "predictions.jsonl"
    write_lines(file, found.values())
    gold = shared / "gold"
    printed = run_scorer([gold / "score_hand.py", gold / "articles.jsonl", file])
    scores = {level: numbers[2] for level, numbers in figures(printed).items()}
    scores["must_not_hits"] = float(printed.split("must_not hits ")[1].split()[0])
    return printed, scores


def core_hits(scorer: ModuleType, gold: Row, found: Row) -> tuple[dict[int, Row], dict[int, Row]]:
    """Core statements of an article that were found, and found with the right status.

    Both map the place of a statement in the gold to the predicted statement that matched, under
    the scorer's own one-to-one matching.
    """
    aliases = scorer.names(gold)
    forbidden = [rule for rule in gold["must_not"] if rule["kind"] == "statement"]

    def allowed(p: Row) -> bool:
        return not any(scorer.bad_statement(aliases, rule, p) for rule in forbidden)

    def same(statement: Row, p: Row) -> bool:
        return bool(scorer.match(aliases, statement, p))

    def same_status(statement: Row, p: Row) -> bool:
        right = [scorer.pol(word) for word in statement["polarity"]]
        return same(statement, p) and scorer.pol(p["polarity"]) in right

    def same_sentence(statement: Row, p: Row) -> bool:
        """Of several matches show the one from the statement's own words, as far as they are core."""
        said, quoted = statement["evidence"], p["evidence"]
        overlap = said["start"] < quoted["end"] and quoted["start"] < said["end"]
        return bool(statement["level"] == "core" and overlap)

    predicted = list(filter(allowed, found["statements"]))
    order = sorted(range(len(gold["statements"])), key=lambda i: gold["statements"][i]["level"] != "core")
    ranked = [gold["statements"][i] for i in order]
    hits = []
    for matches in (same, same_status):
        _, matched = scorer.max_match(ranked, predicted, matches, same_sentence)
        hits.append({order[k]: predicted[j] for k, j in matched.items() if ranked[k]["level"] == "core"})
    return hits[0], hits[1]


def print_details(scorer: ModuleType, gold: Row, found: Row) -> None:
    """Every core statement with what matched it, then the predicted statements no gold asks for."""
    hits, right = core_hits(scorer, gold, found)
    aliases = scorer.names(gold)
    print(f"\n== {gold['id']}")
    for i, statement in enumerate(gold["statements"]):
        if statement["level"] != "core":
            continue
        mark = "ok    " if i in right else "STATUS" if i in hits else "MISSED"
        who, whom = " | ".join(statement["subject"]), " | ".join(statement["object"])
        said = f"{who} -- {statement['predicate']} -> {whom}"
        print(f"{mark} #{i + 1} {said} {statement['plover']} {statement['polarity']}")
        matched = right.get(i) or hits.get(i)
        if matched:
            print(f"         by {_line(matched)}")
        else:
            print(f"         in {statement['evidence']['text']!r}")
    print("-- not in the gold:")
    for p in found["statements"]:
        if not any(scorer.match(aliases, statement, p) for statement in gold["statements"]):
            print(f"   {_line(p)}\n         in {p['evidence']['quote']!r}")
    _print_entities(scorer, gold, found)


def _line(p: Row) -> str:
    speaker = f" says {p['speaker']}" if p["speaker"] else ""
    said = f"{p['subject']} -- {p['predicate']} -> {p['object']}"
    return f"{said} [{p['plover']}] {p['polarity']}{speaker} {p['date']}"


def _print_entities(scorer: ModuleType, gold: Row, found: Row) -> None:
    def same(entity: Row, p: Row) -> bool:
        known = [entity["name"], *entity.get("aliases", [])]
        return bool(scorer.surname(entity, p["name"]) or any(scorer.name_match(n, p["name"]) for n in known))

    _, matched = scorer.max_match(gold["entities"], found["entities"], same)
    missed = [e["name"] for i, e in enumerate(gold["entities"]) if i not in matched and e["level"] == "core"]
    extra = [e["name"] for j, e in enumerate(found["entities"]) if j not in matched.values()]
    print(f"-- entities missed: {missed}\n-- entities not in the gold: {extra}")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What the product found in the gold articles and how good it is.

    ``core`` maps the id of an article to the core statements that were found, those of them with
    the right status, and how many there are.
    """

    gold: list[Row]
    found: dict[str, Row]
    printed: str
    scores: dict[str, float]
    core: dict[str, tuple[int, int, int]]

    def notes(self) -> list[str]:
        """A line an article, and what must not be said."""
        return [
            *(
                f"{id_[:48]:48} core found {hits:2}/{total}, with the right status {right:2}/{total}"
                for id_, (hits, right, total) in self.core.items()
            ),
            f"statements and names that no reader may see: {self.scores['must_not_hits']:g}",
        ]


def measure(shared: Path) -> Measured:
    """Build the gold articles and score them."""
    scorer = load_scorer(shared / "gold", "score_hand")
    gold = read_lines(shared / "gold" / "articles.jsonl")
    pasted = (shared / PASTED).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        graph, gold_ids = build_gold(shared, gold, work)
        found = predictions(graph, gold_ids)
        printed, scores = scored(shared, work, found)
    core = {}
    for article in gold:
        hits, right = core_hits(scorer, article, found[article["id"]])
        total = sum(statement["level"] == "core" for statement in article["statements"])
        core[article["id"]] = len(hits), len(right), total
        if article["text"] == pasted:
            scores |= {"pasted_core": len(hits), "pasted_core_status": len(right)}
    return Measured(gold=gold, found=found, printed=printed, scores=scores, core=core)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--details", action="store_true", help="list what matched, missed and is extra")
    parser.add_argument("--no-floors", action="store_true", help="measure without failing")
    arguments = parser.parse_args()
    shared = shared_folder()
    if shared is None:
        print("skipped: no gold articles (set KG_SHARED to the folder that holds gold/articles.jsonl)")
        return
    measured = measure(shared)
    print(measured.printed, *measured.notes(), sep="\n")
    if arguments.details:
        scorer = load_scorer(shared / "gold", "score_hand")
        for article in measured.gold:
            print_details(scorer, article, measured.found[article["id"]])
    broken = below_floor("articles", measured.scores, floors()["articles"])
    if broken and not arguments.no_floors:
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
