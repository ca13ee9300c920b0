"""The check finds what is broken and is silent about what is sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from pyoxigraph import NamedNode, Quad

from kg.graph.check import check
from kg.graph.store import Store
from kg.graph.terms import BASE, KG
from kg.types import Extraction
from tests.graph.samples import LISTED, accusation, extractions, visit


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store on disk with the two samples."""
    with Store(tmp_path, write=True) as store:
        store.rebuild([visit(), accusation()], LISTED)
        yield store


def spoiled(**fields: Any) -> Extraction:
    """The article of the visit with another first claim."""
    sound = visit()
    return replace(sound, claims=(replace(sound.claims[0], **fields), *sound.claims[1:]))


def test_a_sound_graph_has_no_problem(store: Store) -> None:
    """Nothing is reported without cause."""
    assert check([visit(), accusation()], store) == []


@settings(max_examples=10)
@given(extraction=extractions())
def test_whatever_is_well_formed_passes(
    extraction: Extraction, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Random articles with odd names and ids keep the shapes, unless a claim came twice."""
    unique = {claim.id: claim for claim in extraction.claims}
    extraction = replace(extraction, claims=tuple(unique.values()))
    with Store(tmp_path_factory.mktemp("store"), write=True) as store:
        store.rebuild([extraction], LISTED)
        assert check([extraction], store) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"evidence": replace(visit().claims[0].evidence, start=1)}, "which does not stand there"),
        (
            {"evidence": replace(visit().claims[0].evidence, article_id="other")},
            "recorded under another article",
        ),
        ({"polarity": "maybe"}, "a claim is affirmed or negated"),
        ({"modality": "dreamt"}, "a claim has one modality"),
        ({"date_basis": None}, "a date has a basis"),
        ({"date_precision": "hour"}, "a date has one precision"),
        ({"place": replace(visit().claims[0].roles[0].mention, score=1.5)}, "a score lies between 0 and 1"),
        ({"place": replace(visit().claims[0].roles[0].mention, type="Wraith")}, "one of the known types"),
    ],
)
def test_a_broken_claim_is_reported(tmp_path: Path, fields: dict[str, Any], message: str) -> None:
    """Promise 1 and the shapes: each break is one sentence."""
    broken = spoiled(**fields)
    with Store(tmp_path, write=True) as store:
        store.rebuild([broken], LISTED)
        assert [problem for problem in check([broken], store) if message in problem]


def test_a_claim_that_stands_twice_is_reported(tmp_path: Path) -> None:
    """One claim counts once."""
    sound = visit()
    double = replace(sound, claims=(*sound.claims, sound.claims[0]))
    with Store(tmp_path, write=True) as store:
        store.rebuild([double], LISTED)
        assert check([double], store) == [f"claim {sound.claims[0].id} stands 2 times"]


def test_a_store_behind_the_record_is_reported(store: Store) -> None:
    """Articles that are missing, changed or left over are named."""
    changed = replace(accusation(), fingerprint="f2")
    assert check([changed], store) == [
        "the store is not up to date with article accusation: run `kg build` again",
        "the store is not up to date with article kunjungan: run `kg build` again",
    ]


def test_an_edge_without_a_fact_and_a_doubled_triple_are_reported(store: Store) -> None:
    """Promise 2 on the finished store, and no triple in two graphs."""
    edge = [NamedNode(f"{BASE}country/RUS"), NamedNode(f"{KG}visit"), NamedNode(f"{BASE}country/PRK")]
    for graph in ("derived", "entities"):
        store._opened.add(Quad(*edge, NamedNode(f"{BASE}graph/{graph}")))
    problems = check([visit(), accusation()], store)
    assert len(problems) == 2
    assert problems[0].startswith("no affirmed actual claim supports") and "country/RUS" in problems[0]
    assert problems[1].startswith("this triple stands in two graphs")
