"""Claims as a networkx graph: entities are nodes, each claim is an edge from actor to recipient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.types import Claim, Entity, Mention

if TYPE_CHECKING:
    import networkx


def to_networkx(entities: Mapping[str, Entity], claims: Iterable[Claim]) -> networkx.MultiDiGraph[str]:
    """The claims that have an entity on both sides, with their status: a denied claim is an edge
    too, with ``status="denied"``.  Filter on it before counting edges as facts.

    Nodes are entity ids with ``label``, ``type`` and, where known, ``country``.  The key of an edge
    is the id of its claim.  What is not known is left out, not None.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for claim in sorted(claims, key=lambda claim: (claim.article_id, claim.evidence.start, claim.id)):
        for actor in claim.role("actor"):
            for recipient in claim.role("recipient"):
                if actor.ref and recipient.ref:
                    graph.add_node(actor.ref, **_node(actor, entities))
                    graph.add_node(recipient.ref, **_node(recipient, entities))
                    graph.add_edge(actor.ref, recipient.ref, key=claim.id, **_edge(claim, entities))
    return graph


def _node(mention: Mention, entities: Mapping[str, Entity]) -> dict[str, Any]:
    entity = entities.get(mention.ref or "")
    if entity is None:
        return {"label": mention.evidence.quote, "type": mention.type}
    return _known(label=entity.name, type=entity.type, country=entity.country)


def _edge(claim: Claim, entities: Mapping[str, Entity]) -> dict[str, Any]:
    said_by = [_node(mention, entities)["label"] for mention in claim.attributed_to]
    return _known(
        relation=claim.relation,
        label=claim.label,
        event_type=claim.event_type,
        status=claim.status,
        attributed_to="; ".join(said_by) or None,
        date=claim.date,
        date_precision=claim.date_precision,
        date_basis=claim.date_basis,
        quote=claim.evidence.quote,
        article=claim.article_id,
        score=claim.score,
    )


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
