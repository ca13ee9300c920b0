"""``kg codebook diff``: what a changed codebook would change in the claims of a graph, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg import codebook, ontologies
from kg.nlp.codebook import load_codebook

TEXTS = {"a": "Japan visited Vietnam on Monday. Peru accused Chile of theft.", "b": "Kenya visited Somalia."}


@pytest.fixture
def graph(tmp_path: Path) -> kg.Graph:
    """A graph of two articles, read with the codebook as it is."""
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    kg.build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "output", lang="en")
    return kg.open(tmp_path / "output")


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The codebook in a copy, which is in use from here on."""
    copy = tmp_path / "ontologies"
    shutil.copytree(ontologies.folder(), copy)
    monkeypatch.setenv("KG_ONTOLOGIES", str(copy))
    load_codebook.cache_clear()
    yield copy / "relations.ttl"
    load_codebook.cache_clear()


def test_the_same_codebook_changes_nothing(graph: kg.Graph) -> None:
    """An article that was read with the present files is not read again."""
    assert codebook.diff(graph.output) == []


def test_a_cue_that_moves_changes_the_relation(graph: kg.Graph, edited: Path) -> None:
    """Both claims stand side by side; the graph itself stays as it was; other claims are not told."""
    text = edited.read_text(encoding="utf-8")
    assert '"visit"@en, ' in text
    text = text.replace('"visit"@en, ', "", 1)
    edited.write_text(
        text
        + '\nkg:drop-in a kg:Relation ; rdfs:label "drops in on"@en ; skos:definition "A visits B."@en ;\n'
        '    kg:eventType plover:CONSULT ; kg:recipient "obj" ; kg:cue "visit/verb"@en .\n',
        encoding="utf-8",
    )
    before = graph.claims()
    rows = codebook.diff(graph.output)
    assert [row["change"] for row in rows] == ["changed", "changed"]
    for row in rows:
        assert row["fields"] == ["relation"]
        assert (row["before"]["relation"], row["after"]["relation"]) == ("visit", "drop-in")
        assert row["before"]["evidence"] == row["after"]["evidence"]
    assert graph.claims() == before
    assert {row["article"] for row in codebook.diff(graph.output, article=rows[0]["article"])} == {
        rows[0]["article"]
    }


def test_an_unknown_article_is_refused(graph: kg.Graph) -> None:
    """One sentence says where the ids are."""
    with pytest.raises(kg.KGError, match="no article 'nobody'"):
        codebook.diff(graph.output, article="nobody")
