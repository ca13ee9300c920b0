"""Where each entity stands on the page: computed once, so that the page opens at rest."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kg.explorer.communities import weigh

Positions = dict[str, tuple[float, float]]

#: So many of the most involved entities get a force-directed layout (about 0.4 s); the time
#: grows with the square, and nobody reads more at once.  The others go beside their neighbours.
CORE = 200
#: Width by height.
SHAPE = 1.25
#: So much stronger do nodes of one community attract each other.
INSIDE = 3.0
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def layout(
    nodes: Iterable[str], pairs: Iterable[tuple[str, str]], community: Mapping[str, int] | None = None
) -> Positions:
    """Coordinates in [-1, 1] or a little outside for every node.

    ``pairs`` are the connected nodes, repeated as often as there are claims between them; nodes of one
    ``community`` keep closer together.  The same input always gives the same positions.
    """
    weights = weigh(pairs)
    near: dict[str, set[str]] = defaultdict(set)
    degree: Counter[str] = Counter()
    for (a, b), weight in weights.items():
        near[a].add(b)
        near[b].add(a)
        degree[a] += weight
        degree[b] += weight
    ranked = sorted(set(nodes) | set(near), key=lambda node: (-degree[node], node))
    linked = [node for node in ranked if near[node]]
    placed = _force(linked[:CORE], weights, degree, community or {})
    for node in linked[CORE:]:
        _place_beside(node, near, placed)
    _place_around([node for node in ranked if not near[node]], placed)
    return {node: (round(x, 4), round(y, 4)) for node, (x, y) in sorted(placed.items())}


def _force(
    core: list[str],
    weights: Mapping[tuple[str, str], int],
    degree: Mapping[str, int],
    community: Mapping[str, int],
) -> Positions:
    """ForceAtlas2 of the core, scaled into [-1, 1], nodes on top of each other moved apart."""
    import networkx as nx  # type: ignore[import-untyped, unused-ignore]
    import numpy as np

    if not core:
        return {}
    graph = nx.Graph()
    graph.add_nodes_from(core)
    for (a, b), weight in sorted(weights.items()):
        if a in graph and b in graph:
            together = community.get(a) == community.get(b)
            graph.add_edge(a, b, weight=(1 + math.log(weight)) * (INSIDE if together else 1))
    found = nx.forceatlas2_layout(
        graph, max_iter=200, seed=1, scaling_ratio=3.0, gravity=1.5, strong_gravity=False, weight="weight"
    )
    points = np.array([found[node] for node in core], dtype=float)
    points -= points.mean(axis=0)
    if len(core) > 2:
        # Turned so that it is widest from left to right, and stretched upwards to a screen's shape.
        points = points @ np.linalg.svd(points, full_matrices=False)[2].T
        spread = np.maximum(points.std(axis=0), 1e-9)
        points[:, 1] *= min(spread[0] / spread[1] / SHAPE, 3.0)
    # A few far-flung nodes must not press the others into a dot: square roots pull them in.
    radius = np.linalg.norm(points, axis=1, keepdims=True)
    radius[radius == 0] = 1.0
    points *= np.sqrt(radius / radius.max()) / radius
    # Room for the more involved ones, which are drawn larger and with their names.
    size = np.sqrt(np.array([degree[node] for node in core], dtype=float))
    size = 0.75 + 1.5 * size / size.max()
    gap = min(1.6 / math.sqrt(len(core)), 0.4) * (size[:, None] + size[None, :]) / 2
    for _ in range(80):
        delta = points[:, None, :] - points[None, :, :]
        distance = np.linalg.norm(delta, axis=2)
        np.fill_diagonal(distance, np.inf)
        distance = np.maximum(distance, 1e-9)
        push = np.clip(gap - distance, 0, None) / distance
        points += 0.3 * (delta * push[:, :, None]).sum(axis=1)
    return {node: (float(x), float(y)) for node, (x, y) in zip(core, points, strict=True)}


def _place_beside(node: str, near: Mapping[str, set[str]], placed: Positions) -> None:
    """Put a node on a spiral about the middle of its placed neighbours (or of everything)."""
    known = [placed[other] for other in sorted(near[node]) if other in placed]
    x = sum(point[0] for point in known) / len(known) if known else 0.0
    y = sum(point[1] for point in known) / len(known) if known else 0.0
    turn = len(placed)
    reach = 0.06 + 0.12 * math.sqrt((turn * 0.618) % 1)
    placed[node] = (x + reach * math.cos(turn * GOLDEN_ANGLE), y + reach * math.sin(turn * GOLDEN_ANGLE))


def _place_around(alone: list[str], placed: Positions) -> None:
    """Put the nodes without any edge on a ring outside."""
    for index, node in enumerate(alone):
        reach = 1.25 + 0.02 * math.sqrt(index)
        placed[node] = (reach * math.cos(index * GOLDEN_ANGLE), reach * math.sin(index * GOLDEN_ANGLE))
