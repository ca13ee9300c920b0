"""What is exported can be read by other programs and says the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import networkx
import pyoxigraph
import pytest
import rdflib

from kg.errors import KGError
from kg.graph.export import SUFFIXES, export
from kg.graph.network import to_networkx
from kg.graph.store import Store
from tests.graph.samples import ENTITIES, accusation, visit

CLAIMS = [*visit().claims, *accusation().claims]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store on disk with the two samples."""
    with Store(tmp_path_factory.mktemp("export"), write=True) as store:
        store.rebuild([visit(), accusation()], ENTITIES)
        yield store


@pytest.mark.parametrize("suffix", ["trig", "nq", "jsonld"])
def test_formats_with_graphs_give_back_the_store(store: Store, tmp_path: Path, suffix: str) -> None:
    """Loaded into an empty store, the file gives the same quads, byte for byte."""
    file = tmp_path / f"graph.{suffix}"
    export(file, store=store, entities=ENTITIES, claims=CLAIMS)
    back = pyoxigraph.Store()
    back.load(path=str(file))
    dump = back.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b""
    assert b"".join(sorted(dump.splitlines(keepends=True))) == store.nquads()


@pytest.mark.parametrize(("suffix", "format"), [("ttl", "turtle"), ("jsonld", "json-ld"), ("trig", "trig")])
def test_another_library_reads_the_same_triples(
    store: Store, tmp_path: Path, suffix: str, format: str
) -> None:
    """rdflib finds as many triples as the store has."""
    file = tmp_path / f"graph.{suffix}"
    export(file, store=store, entities=ENTITIES, claims=CLAIMS)
    read = rdflib.Dataset(default_union=True).parse(file, format=format)
    assert len(set(read.triples((None, None, None)))) == len(list(store.quads()))


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_network_formats_give_back_nodes_and_edges(store: Store, tmp_path: Path, suffix: str) -> None:
    """Names, statuses and sentences survive, control characters do not."""
    odd = replace(CLAIMS[0], label="visits\x0b & \ud800<hosts>")
    file = tmp_path / f"graph.{suffix}"
    export(file, store=store, entities=ENTITIES, claims=[odd, *CLAIMS[1:]])
    read = (
        networkx.read_graphml(file, force_multigraph=True)
        if suffix == "graphml"
        else networkx.read_gexf(file)
    )
    made = to_networkx(ENTITIES, CLAIMS)
    assert set(read.nodes) == set(made.nodes) and read.number_of_edges() == made.number_of_edges() == 6
    assert read.nodes["country/PRK"]["label"] == "North Korea"
    statuses = sorted(values["status"] for _, _, values in read.edges(data=True))
    assert statuses == ["asserted", "asserted", "asserted", "asserted", "denied", "planned"]
    assert {values["quote"] for _, _, values in read.edges(data=True)} >= {CLAIMS[0].evidence.quote}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_graph_gives_the_same_file(store: Store, tmp_path: Path, suffix: str) -> None:
    """Promise 6, and a file that was there is replaced."""
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix.upper()}"
    two.write_text("old")
    export(one, store=store, entities=ENTITIES, claims=CLAIMS)
    export(two, store=store, entities=ENTITIES, claims=reversed(CLAIMS))
    assert one.read_bytes() == two.read_bytes()
    assert sorted(tmp_path.iterdir()) == [one, two]


def test_unknown_suffixes_and_places_say_what_to_do(store: Store, tmp_path: Path) -> None:
    """The possible suffixes are listed; a folder that is not there is named."""
    with pytest.raises(KGError, match=r"\.ttl, \.trig, \.nq, \.jsonld, \.graphml, \.gexf"):
        export(tmp_path / "graph.doc", store=store, entities=ENTITIES, claims=CLAIMS)
    for suffix in SUFFIXES:
        with pytest.raises(KGError, match=r"cannot write .* choose another place"):
            export(tmp_path / f"none/graph{suffix}", store=store, entities=ENTITIES, claims=CLAIMS)
