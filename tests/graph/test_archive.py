"""A graph moves to another machine as one file, and is the same there."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

import kg
from kg.errors import KGError
from kg.graph.record import Record
from tests.graph.exported import written
from tests.graph.samples import Text, visit


@pytest.fixture
def graph(tmp_path: Path) -> kg.Graph:
    """A graph in which somebody decided that two names are one person, and two are not."""
    graph = written(tmp_path / "here")
    graph.link("person/ani-sari", "person/maria-zakharova", "same", by="me")
    graph.link("person/ani-sari", "person/sergei-shoigu", "different", by="me")
    return graph


def nquads(graph: kg.Graph, folder: Path) -> bytes:
    """The exported quads."""
    return graph.export(folder / "all.nq").read_bytes()


def test_an_imported_graph_is_the_same(graph: kg.Graph, tmp_path: Path) -> None:
    """Quads, record, listings, decisions are equal byte for byte, and so is an archive of the archive."""
    file = graph.export(tmp_path / "graph.kg.zip")
    there = kg.Graph(tmp_path / "there")
    assert there.import_(file) == 3
    assert nquads(there, tmp_path) == nquads(graph, tmp_path)
    records = [(one.output / "extractions.jsonl").read_bytes().splitlines() for one in (there, graph)]
    assert records[0] == sorted(records[1], key=lambda line: str(json.loads(line)["article"]["id"]))
    assert there.claims() == graph.claims() and there.events() == graph.events()
    assert there.decisions() == graph.decisions() and len(there.decisions()) == 2
    assert (there.output / "explorer.html").read_bytes() == (graph.output / "explorer.html").read_bytes()
    assert there.export(tmp_path / "again.kg.zip").read_bytes() == file.read_bytes()


def test_decisions_can_be_withdrawn_there(graph: kg.Graph, tmp_path: Path) -> None:
    """Decisions leave no trace in what was found: once withdrawn, the graph is as if undecided."""
    there = kg.Graph(tmp_path / "there")
    there.import_(graph.export(tmp_path / "graph.kg.zip"))
    for decision in there.decisions():
        there.link(decision["left"], decision["right"], "withdrawn")
    assert nquads(there, tmp_path) == nquads(written(tmp_path / "undecided"), tmp_path)


def test_import_joins_two_graphs_and_is_repeatable(graph: kg.Graph, tmp_path: Path) -> None:
    """What is there stays, an article of the same id is replaced, and a second import changes nothing."""
    there = kg.Graph(tmp_path / "there")
    other = Text("lain", "Rusia diam.", lang="id").done()
    with Record.open(there.output, write=True) as record:
        record.put(other)
        record.put(Text(visit().article.id, "Versi lama.", lang="id").done())
    file = graph.export(tmp_path / "graph.kg.zip")
    assert there.import_(file) == 3
    assert [row["id"] for row in there.articles()] == sorted(["lain", *[a["id"] for a in graph.articles()]])
    first = nquads(there, tmp_path)
    there.import_(file)
    assert nquads(there, tmp_path) == first
    there.remove("lain")
    assert nquads(there, tmp_path) == nquads(graph, tmp_path)


def damaged(file: Path, graph: kg.Graph) -> None:
    """An archive that was cut off."""
    whole = graph.export(file).read_bytes()
    file.write_bytes(whole[: len(whole) // 2])


def flipped(file: Path, graph: kg.Graph) -> None:
    """An archive with some other bytes in the middle of what is packed."""
    data = bytearray(graph.export(file).read_bytes())
    data[200:220] = bytes(byte ^ 0xFF for byte in data[200:220])
    file.write_bytes(data)


def other_zip(file: Path, graph: kg.Graph) -> None:
    """A zip of something else."""
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("hello.txt", "hello")


def bad_line(file: Path, graph: kg.Graph) -> None:
    """An archive whose last line is JSON, but no extraction."""
    with zipfile.ZipFile(graph.export(file)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content + (json.dumps({"article": 1}).encode() + b"\n"))


def no_zip(file: Path, graph: kg.Graph) -> None:
    """Text by the name of an archive."""
    file.write_text("no zip")


@pytest.mark.parametrize("spoil", [damaged, flipped, other_zip, bad_line, no_zip])
def test_what_is_no_archive_changes_nothing(graph: kg.Graph, tmp_path: Path, spoil: object) -> None:
    """One sentence, and the graph is as it was."""
    assert callable(spoil)
    file = tmp_path / "bad.kg.zip"
    spoil(file, graph)
    before = nquads(graph, tmp_path)
    with pytest.raises(KGError, match=r"is no whole archive .* of `kg export`"):
        graph.import_(file)
    assert nquads(graph, tmp_path) == before


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Nothing is made."""
    with pytest.raises(KGError, match=r"cannot read .*none\.kg\.zip"):
        kg.Graph(tmp_path / "there").import_(tmp_path / "none.kg.zip")
    assert not (tmp_path / "there").exists()


def test_a_decision_that_contradicts_one_here_is_told(graph: kg.Graph, tmp_path: Path) -> None:
    """Two people decided differently: the sentence names the pair, and nothing was taken over."""
    there = kg.Graph(tmp_path / "there")
    there.import_(graph.export(tmp_path / "graph.kg.zip"))
    there.remove(visit().article.id)
    there.link("person/ani-sari", "person/maria-zakharova", "withdrawn")
    there.link("person/ani-sari", "person/sergei-shoigu", "withdrawn")
    there.link("person/maria-zakharova", "person/sergei-shoigu", "same")
    with pytest.raises(KGError, match="person/ani-sari and person/sergei-shoigu were judged different"):
        there.import_(tmp_path / "graph.kg.zip")
    assert len(there.decisions()) == 1
    assert visit().article.id not in [row["id"] for row in there.articles()]
