"""Claims of our own corpus (training/claims): ``python benchmarks/score_claims.py [--part held]``.

Each entry is read as an article of its own.  A claim is found when its type is right and an actor and a
recipient stand where they are marked (any role but actor may hold what is marked as recipient; an unmarked
party may be anything).  ``parties`` leaves the type out, ``status`` asks for the right status too.  Precision
counts all claims of a type that the product tells.  Rules are written from the part ``learn`` only; ``held``
is for measuring.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import networkx as nx
from common import below_floor, floors

from kg.nlp.reader import Reader
from kg.types import Article, Claim, Mention
from training import marked
from training.marked import NONE, Entry, Marked, Span

LEVELS = ("parties", "found", "status")


def told(claim: Claim) -> str:
    """The status as the corpus writes it: whoever says that it is not so."""
    return "negated" if claim.status == "denied" else claim.status


def touches(spans: Sequence[Span], mentions: Iterable[Mention]) -> bool:
    """Whether a mention stands where a party is marked; an unmarked party may be anything."""
    return not spans or any(
        m.evidence.start < end and m.evidence.end > start for m in mentions for start, end in spans
    )


def same(gold: Marked, claim: Claim, level: str) -> bool:
    """Whether a claim of the product is a marked one, on a level of LEVELS."""
    others = [role.mention for role in claim.roles if role.name != "actor"]
    parties = touches(gold.actors, claim.role("actor")) and touches(gold.recipients, others)
    mutual = gold.type in ("CONSULT", "AGREE", "COOPERATE")
    if not parties and mutual:  # they do the same: either may be told first
        parties = touches(gold.recipients, claim.role("actor")) and touches(gold.actors, others)
    if level == "parties":
        return parties
    return parties and gold.type == claim.event_type and (level == "found" or gold.status == told(claim))


def matched(gold: Sequence[Marked], claims: Sequence[Claim], level: str) -> dict[int, int]:
    """Most pairs of marked and told claims, each once: index of the marked one → of the told one."""
    graph = nx.Graph()
    graph.add_nodes_from(("gold", k) for k in range(len(gold)))
    graph.add_edges_from(
        (("gold", k), ("claim", j))
        for k, one in enumerate(gold) for j, claim in enumerate(claims) if same(one, claim, level)
    )  # fmt: skip
    pairs = nx.bipartite.hopcroft_karp_matching(graph, [("gold", k) for k in range(len(gold))])
    return {k: other[1] for (side, k), other in pairs.items() if side == "gold"}


def score(
    entries: Sequence[Entry], read: Callable[[Entry], list[Claim]], *, details: bool
) -> dict[str, Counter[str]]:
    """Counts by language: marked and told claims, and those that are right on each level."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        gold = [claim for claim in entry.claims if claim.type != NONE]
        claims = [claim for claim in read(entry) if claim.event_type]
        own = counts[entry.language]
        own.update(gold=len(gold), told=len(claims))
        for level in LEVELS:
            found = matched(gold, claims, level)
            own[level] += len(found)
            if details and level == "status" and (len(found) < len(gold) or len(found) < len(claims)):
                show(entry, gold, claims, found)
    return counts


def show(entry: Entry, gold: Sequence[Marked], claims: Sequence[Claim], found: dict[int, int]) -> None:
    """What was missed and what is told beyond the marked claims."""

    def words(spans: Sequence[Span]) -> str:
        return " + ".join(entry.text[start:end] for start, end in spans) or "?"

    print(f"\n[{entry.language}] {entry.text}")
    for k, one in enumerate(gold):
        trigger = words([one.trigger] if one.trigger else [])
        mark = "ok     " if k in found else "MISSED "
        print(f"  {mark}{one.type} {trigger}: {words(one.actors)} > {words(one.recipients)} = {one.status}")
    for j, claim in enumerate(claims):
        if j not in found.values():
            parties = {
                name: " + ".join(m.evidence.quote for m in claim.role(name)) or "?"
                for name in ("actor", "recipient")
            }
            theme = " + ".join(r.mention.evidence.quote for r in claim.roles if r.name not in parties)
            print(
                f"  false  {claim.event_type} {claim.trigger.quote} ({claim.relation}): {parties['actor']} > "
                f"{parties['recipient']} [{theme}] = {claim.status} {claim.cue or ''}"
            )


def figures(counts: Counter[str]) -> dict[str, float]:
    """Precision, recall and F1 of the levels."""
    values = {}
    for level in LEVELS:
        precision = counts[level] / max(counts["told"], 1)
        recall = counts[level] / max(counts["gold"], 1)
        values[f"{level} P"], values[f"{level} R"] = precision, recall
        values[level] = 2 * precision * recall / (precision + recall) if counts[level] else 0.0
    return values


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=("held", "learn"), default="held")
    parser.add_argument("--lang", action="append", help="only this language; may be repeated")
    parser.add_argument("--limit", type=int, help="so many entries of a language")
    parser.add_argument("--details", action="store_true", help="list what was missed and what is false")
    parser.add_argument("--no-floors", action="store_true", help="measure without failing")
    options = parser.parse_args()
    reader = Reader()

    def read(entry: Entry) -> list[Claim]:
        article = Article(id="entry", text=entry.text, lang=entry.language, published="2024-03-14")
        return list(reader.extract(article).claims)

    entries = [entry for entry in marked.read(options.lang or ()) if entry.held == (options.part == "held")]
    if options.limit:
        by_language: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_language[entry.language].append(entry)
        entries = [entry for some in by_language.values() for entry in some[: options.limit]]
    counts = score(entries, read, details=options.details)
    print(f"\n{'':8}{'marked':>7}{'told':>7}" + "".join(f"{level:>9} P     R    F1" for level in LEVELS))
    broken = []
    for language, own in counts.items():
        values = figures(own)
        cells = "".join(
            f"{values[f'{level} P']:11.2f}{values[f'{level} R']:6.2f}{values[level]:6.2f}" for level in LEVELS
        )
        print(f"{language:8}{own['gold']:7}{own['told']:7}{cells}")
        if options.part == "held" and not options.limit:
            broken += below_floor(f"claims_{language}", values, floors().get(f"claims_{language}", {}))
    if broken and not options.no_floors:
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
