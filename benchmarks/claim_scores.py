"""When a claim of the product is a marked one, and what that makes over many.

A claim is found when its type is right and an actor and a recipient stand where they are marked (any role but
actor may hold what is marked as recipient; an unmarked party may be anything).  The level ``parties`` leaves
the type out, ``status`` asks for the right status too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import networkx as nx

from kg.types import Claim, Mention
from training.marked import Marked, Span

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


def figures(counts: Counter[str]) -> dict[str, float]:
    """Precision, recall and F1 of the levels."""
    values = {}
    for level in LEVELS:
        precision = counts[level] / max(counts["told"], 1)
        recall = counts[level] / max(counts["gold"], 1)
        values[f"{level} P"], values[f"{level} R"] = precision, recall
        values[level] = 2 * precision * recall / (precision + recall) if counts[level] else 0.0
    return values
