"""Networks of entities and claims: GraphML, GEXF with dates (Gephi's timeline), Cytoscape JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.dates import days
from kg.graph.exports.content import Content, shown
from kg.graph.network import to_networkx

if TYPE_CHECKING:
    import networkx

#: Characters that XML cannot hold.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(file: Path, content: Content, suffix: str) -> None:
    """Write the claims between two entities to ``file``; ``status`` says which of them are facts.

    The label of a claim that is none says so too: "supplies weapons to (denied)".
    """
    import networkx

    graph = _prepared(to_networkx(content.entities, content.raw_claims()))
    if suffix == ".graphml":
        networkx.write_graphml(graph, file, named_key_ids=True, edge_id_from_attribute="id")
    elif suffix == ".gexf":
        _date(graph)
        # The day of the export would make the same graph another file tomorrow.
        text = re.sub(r' lastmodifieddate="[^"]*"', "", "\n".join(networkx.generate_gexf(graph)), count=1)
        file.write_text(f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n", encoding="utf-8")
    else:
        found = networkx.cytoscape_data(graph)
        file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _prepared(graph: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """The graph with an id for each edge, labels that say the status, and texts that XML can hold."""
    for _, values in graph.nodes(data=True):
        _clean(values)
    counted: dict[str, int] = {}
    for _, _, claim, values in graph.edges(keys=True, data=True):
        # A claim of several parties is several edges.
        number = counted[claim] = counted.get(claim, 0) + 1
        values["id"] = claim if number == 1 else f"{claim}-{number}"
        values["claim"] = claim
        values["label"] = shown(values["label"], values["status"])
        _clean(values)
    return graph


def _date(graph: networkx.MultiDiGraph[str]) -> None:
    """Give edges their first and last day; one without a date is there all the time."""
    for _, _, values in graph.edges(data=True):
        found = days(values.get("date"), values.get("date_precision"))
        if found:
            values["start"], values["end"] = (day.isoformat() for day in found)


def _clean(values: dict[str, Any]) -> None:
    """Take out of the texts what XML cannot hold."""
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = _NOT_XML.sub("", value)
