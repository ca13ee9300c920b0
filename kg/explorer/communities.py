"""Who belongs together: communities of entities that have more to do with each other than with others."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping

Pair = tuple[str, str]


def communities(weights: Mapping[Pair, int]) -> dict[str, int]:
    """The community of each entity, by number, the one with most claims first.

    ``weights`` are the claims between two entities.  Leiden algorithm on modularity (Traag, Waltman & van Eck
    2019, "From Louvain to Leiden"), as igraph has it; the same input always gives the same communities.
    """
    import igraph

    pairs = sorted(weights)
    names = sorted({end for pair in pairs for end in pair})
    if not names:
        return {}
    place = {name: at for at, name in enumerate(names)}
    graph = igraph.Graph(len(names), [(place[a], place[b]) for a, b in pairs])
    igraph.set_random_number_generator(random.Random(1))
    found = graph.community_leiden(
        objective_function="modularity",
        # A pair with a hundred claims is closer than one with ten, but not ten times.
        weights=[1 + math.log(weights[pair]) for pair in pairs],
        n_iterations=5,
    ).membership
    igraph.set_random_number_generator(random)
    return _numbered(dict(zip(names, found, strict=True)), weights)


def _numbered(found: Mapping[str, int], weights: Mapping[Pair, int]) -> dict[str, int]:
    claims: Counter[int] = Counter()
    for (a, b), weight in weights.items():
        claims[found[a]] += weight
        claims[found[b]] += weight
    first: dict[int, str] = {}
    for name, community in found.items():
        first[community] = min(name, first.get(community, name))
    order = sorted(claims, key=lambda community: (-claims[community], first[community]))
    number = {community: at for at, community in enumerate(order)}
    return {name: number[community] for name, community in found.items()}


def weigh(pairs: Iterable[Pair]) -> Counter[Pair]:
    """How often each two entities stand together, whichever is named first."""
    return Counter((a, b) if a <= b else (b, a) for a, b in pairs if a != b)
