"""The graph as a file for other programs; the suffix of the file says which format."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kg.errors import KGError
from kg.graph.network import to_networkx
from kg.graph.store import Store
from kg.graph.terms import prefixes
from kg.types import Claim, Entity

_RDF = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
}
_NETWORK = (".graphml", ".gexf")
#: The suffixes that :func:`export` knows.
SUFFIXES = (*_RDF, *_NETWORK)

#: Characters that XML cannot hold.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export(
    path: Path | str, *, store: Store, entities: Mapping[str, Entity], claims: Iterable[Claim]
) -> None:
    """Write the graph to ``path``; a file that was there is replaced when the new one is complete.

    RDF formats hold all of the store (Turtle without the names of the graphs); GraphML and GEXF
    hold :func:`~kg.graph.network.to_networkx` of the claims.  Raises KGError for another suffix
    and when the file cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    write: Callable[[Path], None]
    if suffix in _RDF:
        write = lambda file: _write_rdf(file, store, _RDF[suffix])  # noqa: E731
    elif suffix in _NETWORK:
        write = lambda file: _write_network(file, suffix, entities, claims)  # noqa: E731
    else:
        raise KGError(f"cannot export to {path.name!r}: end its name with one of {', '.join(SUFFIXES)}")
    temporary = path.with_name(path.name + ".new")
    try:
        write(temporary)
        os.replace(temporary, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise KGError(f"cannot write {path} ({error.strerror}): choose another place") from error


def _write_rdf(file: Path, store: Store, format: RdfFormat) -> None:
    quads = sorted(store.quads(), key=_order)
    rows = quads if format.supports_datasets else list(dict.fromkeys(quad.triple for quad in quads))
    pyoxigraph.serialize(rows, str(file), format=format, prefixes=prefixes(store.names.base))


def _order(quad: Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


def _write_network(file: Path, suffix: str, entities: Mapping[str, Entity], claims: Iterable[Claim]) -> None:
    import networkx

    graph = to_networkx(entities, claims)
    for _, values in graph.nodes(data=True):
        _clean(values)
    for _, _, values in graph.edges(data=True):
        _clean(values)
    if suffix == ".graphml":
        networkx.write_graphml(graph, file, named_key_ids=True)
    else:
        networkx.write_gexf(graph, file)


def _clean(values: dict[str, object]) -> None:
    """Take out of the texts what XML cannot hold."""
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = _NOT_XML.sub("", value)
