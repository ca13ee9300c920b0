"""What is exported can be read by other programs and says the same: RDF, networks, and what all share."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import networkx
import pyoxigraph
import pytest
import rdflib

import kg
from kg.errors import KGError
from kg.graph.exports import SUFFIXES
from kg.graph.exports.content import shown
from tests.graph.exported import written

#: Statuses of the claims between two entities in the samples; three are of one claim with two actors.
EDGES = ["asserted"] * 6 + ["denied", "planned", "possible", "requested"]
RDF = {"ttl": "turtle", "trig": "trig", "nq": "nquads", "jsonld": "json-ld"}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """A graph on disk with claims of every status."""
    return written(tmp_path_factory.mktemp("export"))


def stored(graph: kg.Graph) -> bytes:
    """All quads of the store, sorted."""
    with graph._store() as store:
        return store.nquads()


def sorted_lines(nquads: bytes) -> bytes:
    return b"".join(sorted(nquads.splitlines(keepends=True)))


@pytest.mark.parametrize("suffix", ["trig", "nq", "jsonld"])
def test_formats_with_graphs_give_back_the_store(graph: kg.Graph, tmp_path: Path, suffix: str) -> None:
    """Loaded into an empty store, the file gives the same quads, byte for byte."""
    file = graph.export(tmp_path / f"graph.{suffix}")
    back = pyoxigraph.Store()
    back.load(path=str(file))
    dump = back.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b""
    assert sorted_lines(dump) == stored(graph)


@pytest.mark.parametrize("suffix", RDF)
def test_rdflib_reads_the_same_statements(graph: kg.Graph, tmp_path: Path, suffix: str) -> None:
    """rdflib reads each statement of the store and no other, in its graph where there are graphs."""
    file = graph.export(tmp_path / f"graph.{suffix}")
    read, own = (rdflib.Dataset(default_union=True) for _ in range(2))
    read.parse(file, format=RDF[suffix])
    own.parse(data=stored(graph), format="nquads")
    if suffix == "ttl":
        assert set(read.triples((None, None, None))) == set(own.triples((None, None, None)))
    else:
        assert set(read.quads()) == set(own.quads())


def test_to_rdflib_answers_as_the_store_does(graph: kg.Graph) -> None:
    """The Dataset gives the same rows to a query over all graphs, and holds the graphs apart."""
    asked = """
        PREFIX kg: <https://kg-builder.org/ontology#>
        SELECT ?claim ?status { ?claim a kg:Claim ; kg:status ?status } ORDER BY ?claim
    """
    dataset = graph.to_rdflib()
    rows = [{str(name): str(value) for name, value in row.asdict().items()} for row in dataset.query(asked)]
    assert rows == graph.query(asked).rows and len(rows) == len(graph.claims())
    derived = dataset.graph(rdflib.URIRef("https://kg-builder.org/data/graph/derived"))
    denied = "https://kg-builder.org/data/country/RUS", "https://kg-builder.org/data/country/PRK"
    visit = rdflib.URIRef("https://kg-builder.org/ontology#visit")
    assert (rdflib.URIRef(denied[0]), visit, rdflib.URIRef(denied[1])) not in dataset
    assert len(list(derived.subject_objects(visit))) == 1


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq"])
def test_reifiers_tell_what_claims_are_about_and_state_nothing(
    graph: kg.Graph, tmp_path: Path, suffix: str
) -> None:
    """With ``reify`` only rdf:reifies is added; the triple of a denied claim is quoted, not stated."""
    plain = set(pyoxigraph.parse(path=str(graph.export(tmp_path / f"plain.{suffix}"))))
    more = set(pyoxigraph.parse(path=str(graph.export(tmp_path / f"more.{suffix}", reify=True)))) - plain
    assert {quad.predicate.value.rpartition("#")[2] for quad in more} == {"reifies"}
    told = {(quad.subject.value.rpartition("/")[2], quad.object) for quad in more}
    denied = next(row for row in graph.claims(status="denied") if row["relation"] == "visit")
    triple = next(triple for claim, triple in told if claim == denied["id"])
    assert isinstance(triple, pyoxigraph.Triple)
    assert [part.value.rpartition("/")[2] for part in (triple.subject, triple.object)] == ["RUS", "PRK"]
    assert triple not in {quad.triple for quad in plain}
    between = [row for row in graph.claims() if row["actors"] and row["recipients"]]
    assert {claim for claim, _ in told} == {row["id"] for row in between}


def test_reifiers_are_for_rdf_that_can_hold_them(graph: kg.Graph, tmp_path: Path) -> None:
    """Other formats say which ones can; nothing is written."""
    for suffix in ("jsonld", "csv", "graphml"):
        with pytest.raises(KGError, match=r"\.ttl, \.trig"):
            graph.export(tmp_path / f"graph.{suffix}", reify=True)
    assert not list(tmp_path.iterdir())


def read_network(file: Path) -> networkx.MultiDiGraph[str]:
    """The file as networkx reads it."""
    if file.suffix == ".graphml":
        return networkx.read_graphml(file, force_multigraph=True)
    if file.suffix == ".gexf":
        return networkx.read_gexf(file)
    return networkx.cytoscape_graph(json.loads(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "cyjs"])
def test_networks_give_back_nodes_edges_and_statuses(graph: kg.Graph, tmp_path: Path, suffix: str) -> None:
    """Parties, statuses, sentences survive, control characters do not; a label says what is no fact."""
    read = read_network(graph.export(tmp_path / f"graph.{suffix}"))
    made = graph.to_networkx()
    assert set(read.nodes) == set(made.nodes) and read.is_multigraph() and read.is_directed()
    assert read.nodes["country/PRK"]["label"] == "North Korea"
    edges = [(one, other, values) for one, other, values in read.edges(data=True)]
    assert sorted(values["status"] for _, _, values in edges) == EDGES
    claims = {row["id"]: row for row in graph.claims()}
    for one, other, values in edges:
        claim = claims[values["claim"]]
        assert one in [party["entity"] for party in claim["actors"]]
        assert other in [party["entity"] for party in claim["recipients"]]
        assert values["status"] == claim["status"]
        assert values["quote"] == re.sub("[\x00\x0b]", "", claim["evidence"]["quote"])
        assert values["label"] == shown(claim["label"].replace("\x0b", ""), claim["status"])
        assert claim["status"] == "asserted" or values["label"].endswith(f" ({claim['status']})")
        assert values.get("date") == claim["date"]


def test_gexf_has_the_days_of_claims_for_a_timeline(graph: kg.Graph, tmp_path: Path) -> None:
    """The file is dynamic; a day, a week, a month, a decade are stretches of days; no date is no stretch."""
    file = graph.export(tmp_path / "graph.gexf")
    text = file.read_text(encoding="utf-8")
    assert 'mode="dynamic"' in text and 'timeformat="date"' in text
    found = {
        values["date"]: (values["start"], values["end"])
        for _, _, values in networkx.read_gexf(file).edges(data=True)
        if "start" in values
    }
    assert found == {
        "2023-07-25": ("2023-07-25", "2023-07-25"),
        "2023-07-24": ("2023-07-24", "2023-07-30"),
        "2023-08": ("2023-08-01", "2023-08-31"),
        "2023": ("2023-01-01", "2023-12-31"),
        "1950": ("1950-01-01", "1959-12-31"),
    }


def test_decisions_hold_in_every_network(tmp_path: Path) -> None:
    """Whom people decided to be one is one node."""
    graph = written(tmp_path / "output")
    graph.link("person/ani-sari", "person/maria-zakharova", "same")
    for suffix in ("graphml", "gexf", "cyjs"):
        read = read_network(graph.export(tmp_path / f"graph.{suffix}"))
        assert "person/ani-sari" not in read.nodes and "person/maria-zakharova" in read.nodes


#: DuckDB files hold the places of blocks; they are compared by what they answer.
STEADY = [suffix for suffix in SUFFIXES if suffix not in (".neo4j", ".duckdb")]


@pytest.mark.parametrize("suffix", STEADY)
def test_the_same_graph_gives_the_same_file(graph: kg.Graph, tmp_path: Path, suffix: str) -> None:
    """Promise 6, and a file that was there is replaced."""
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix.upper()}"
    two.write_text("old")
    graph.export(one)
    written(tmp_path / "again").export(two)
    assert one.read_bytes() == two.read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["again", one.name, two.name]


def test_a_folder_keeps_what_else_is_in_it(graph: kg.Graph, tmp_path: Path) -> None:
    """The Neo4j files are the same in a folder and in a zip, and another file in the folder stays."""
    folder = tmp_path / "graph.neo4j"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    (folder / "claims.csv").write_text("old")
    graph.export(folder)
    with zipfile.ZipFile(graph.export(tmp_path / "graph.neo4j.zip")) as packed:
        names = packed.namelist()
        assert {name: packed.read(name) for name in names} == {
            name: (folder / name).read_bytes() for name in names
        }
    assert {file.name for file in folder.iterdir()} == {*names, "mine.txt"}


def test_unknown_suffixes_and_places_say_what_to_do(graph: kg.Graph, tmp_path: Path) -> None:
    """The possible suffixes are listed; a folder that is not there is named, and nothing is left behind."""
    with pytest.raises(KGError, match=r"\.ttl, \.trig, \.nq, \.jsonld, \.graphml, \.gexf"):
        graph.export(tmp_path / "graph.doc")
    for suffix in SUFFIXES:
        with pytest.raises(KGError, match=r"cannot write .*: .*choose another place|: choose another place"):
            graph.export(tmp_path / f"none/graph{suffix}")
    assert not list(tmp_path.iterdir())
