"""What follows from plain edges, and what must not."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.graph.check import check
from kg.graph.record import Record
from kg.graph.store import Store
from tests.graph.reports import reports
from tests.graph.samples import LISTED, Text, visit

FOLLOWS = "SELECT ?a ?p ?b { GRAPH graph:inferred { ?a ?p ?b } } ORDER BY ?a ?p ?b"
RUSSIA, KOREA = ("Rusia", "country/RUS"), ("Korut", "country/PRK")


def bombing(polarity: str, modality: str) -> Text:
    """Russia bombs North Korea, told one way or another."""
    text = Text("bombing", "Rusia mengebom Korut.", lang="id", published="2023-07-27")
    text.claim("bomb", "mengebom", text.article.text, ("actor", *RUSSIA), ("recipient", *KOREA),
               label="bombs", event_type="ASSAULT", polarity=polarity, modality=modality)  # fmt: skip
    return text


def test_inverses_and_wider_relations_follow(tmp_path: Path) -> None:
    """Who bombs attacks, who is supplied receives; what follows stands nowhere else and passes the checks."""
    with Record.open(tmp_path, write=True) as record, Store(tmp_path, write=True) as store:
        for extraction in [*reports(), bombing("affirmed", "actual").done()]:
            record.put(extraction)
        store.sync(record, LISTED)
        before = store.nquads()
        assert store.infer() == store.infer() == 2
        assert [(row["a"], row["p"], row["b"]) for row in store.query(FOLLOWS).rows] == [
            ("https://kg-builder.org/data/country/PRK", "https://kg-builder.org/ontology#receive-weapons",
             "https://kg-builder.org/data/country/RUS"),
            ("https://kg-builder.org/data/country/RUS", "https://kg-builder.org/ontology#attack",
             "https://kg-builder.org/data/country/PRK"),
        ]  # fmt: skip
        assert check(record, store) == []
        store.forget_inferred()
        assert store.nquads() == before


@pytest.mark.parametrize(
    ("polarity", "modality"),
    [("negated", "actual"), ("affirmed", "alleged"), ("affirmed", "planned"), ("affirmed", "requested")],
)
def test_nothing_follows_from_what_is_no_fact(polarity: str, modality: str, tmp_path: Path) -> None:
    """Promise 2 holds for what is inferred too."""
    with Store(tmp_path, write=True) as store:
        store.rebuild([bombing(polarity, modality).done()], LISTED)
        assert store.infer() == 0


def test_what_was_inferred_goes_with_a_change(tmp_path: Path) -> None:
    """It followed from a graph that is no longer there."""
    with Record.open(tmp_path, write=True) as record, Store(tmp_path, write=True) as store:
        record.put(bombing("affirmed", "actual").done())
        store.sync(record, LISTED)
        assert store.infer() == 1
        record.put(visit())
        store.sync(record, LISTED)
        assert store.query(FOLLOWS).rows == []


def test_the_command_adds_and_clears(tmp_path: Path) -> None:
    """`kg infer`, the saved query that shows it, and `kg infer --clear`; also in a copied folder."""
    with Record.open(tmp_path / "first", write=True) as record:
        record.put(bombing("affirmed", "actual").done())
    copy = (tmp_path / "first").rename(tmp_path / "moved")
    (copy / "extractions.jsonl").write_bytes((copy / "extractions.jsonl").read_bytes())
    runner, graph = CliRunner(), kg.open(copy)
    assert runner.invoke(app, ["infer", "-o", str(copy)]).exit_code == 0
    assert [row["relation"] for row in graph.query(name="inferred", lang="id").rows] == ["menyerang"]
    assert graph.query("ASK { GRAPH graph:inferred { ?a kg:attack ?b } }").rows == [{"answer": True}]
    assert runner.invoke(app, ["infer", "--clear", "-o", str(copy)]).exit_code == 0
    assert graph.query(name="inferred").rows == []
