"""Every saved query runs and gives the rows an analyst would expect."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ontologies
from kg.errors import KGError, PipelineError
from kg.graph.queries import load, saved
from kg.graph.store import Store
from tests.graph.samples import ENTITIES, accusation, visit


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store on disk with the two samples."""
    with Store(tmp_path_factory.mktemp("queries"), write=True) as store:
        store.rebuild([visit(), accusation()], ENTITIES)
        yield store


VISIT = "Shoigu mengunjungi Korea Utara pada 25 Juli 2023."
DENIAL = "Rusia membantah memasok senjata ke Korut."
ACCUSED = "The United States accused North Korea of piracy."

#: Query, parameters, columns to look at, the rows.
EXPECTED: list[tuple[str, dict[str, str], str, list[tuple[Any, ...]]]] = [
    (
        "who-visited-whom",
        {},
        "visitor visited status date sentence",
        [
            ("Sergei Shoigu", "North Korea", "asserted", "2023-07-25", VISIT),
            ("Russia", "North Korea", "denied", None, DENIAL),
        ],
    ),
    ("who-visited-whom", {"visitor": "сергей шойгу"}, "visitor", [("Sergei Shoigu",)]),
    ("who-visited-whom", {"country": "USA"}, "visitor", []),
    (
        "who-visited-whom",
        {"country": "PRK", "visitor": "person/sergei-shoigu"},
        "visited",
        [("North Korea",)],
    ),
    ("denied", {}, "deniedBy actor recipient sentence", [("Russia", "Russia", "North Korea", DENIAL)]),
    ("denied", {"by": "rusia"}, "deniedBy", [("Russia",)]),
    ("denied", {"by": "North Korea"}, "deniedBy", []),
    (
        "accusations",
        {},
        "accuser accused status sentence",
        [
            (None, "Maria Zakharova", "alleged", "Zakharova was allegedly blamed."),
            ("United States", "North Korea", "asserted", ACCUSED),
        ],
    ),
    ("accusations", {"accuser": "AS"}, "accuser accused", [("United States", "North Korea")]),
    (
        "alleged",
        {},
        "status cue saidBy actor recipient",
        [("alleged", "allegedly", None, None, "Maria Zakharova")],
    ),
    (
        "claims-about",
        {"about": "Amerika Serikat"},
        "role actor relation recipient status",
        [
            ("actor", "United States", "accuses", "North Korea", "asserted"),
            ("actor", "United States", "meets", "Maria Zakharova", "planned"),
        ],
    ),
    ("claims-about", {"about": "nobody"}, "role", []),
    (
        "between",
        {"one": "Korut", "other": "Rusia"},
        "actor relation recipient status",
        [
            ("Russia", "supplies weapons to", "North Korea", "denied"),
            ("Russia", "meets", "North Korea", "asserted"),
        ],
    ),
    ("roles", {}, "person title body", [("Sergei Shoigu", "Menteri Pertahanan", "Russia")]),
    ("roles", {"country": "PRK"}, "person", []),
    (
        "plans",
        {},
        "status cue actor recipient date",
        [
            ("planned", "berencana", "United States", "Maria Zakharova", "2023-08"),
        ],
    ),
    (
        "quotes-of",
        {"who": "Shoigu"},
        "speaker said direct",
        [("Sergei Shoigu", "Kami tamu yang sopan", True)],
    ),
    ("quotes-of", {"who": "Zakharova"}, "said", []),
    (
        "sources",
        {},
        "article publisher date claims",
        [
            ("accusation", None, "2023-07-28", 4),
            ("kunjungan", "Warta Uji", "2023-07-26", 4),
        ],
    ),
    ("status-counts", {}, "status claims", [("asserted", 5), ("alleged", 1), ("denied", 1), ("planned", 1)]),
    (
        "timeline",
        {},
        "date precision basis actor",
        [
            ("2023", "year", "stated", "Russia"),
            ("2023-07-25", "day", "stated", "Sergei Shoigu"),
            ("2023-08", "month", "relative", "United States"),
        ],
    ),
    ("timeline", {"from": "2023-07", "about": "Korea Utara"}, "date", [("2023-07-25",)]),
    (
        "one-source-only",
        {},
        "actor relation recipient article",
        [
            ("Russia", "meets", "North Korea", "accusation"),
            ("Sergei Shoigu", "holds the position", "Russia", "kunjungan"),
            ("Sergei Shoigu", "visits", "North Korea", "kunjungan"),
            ("United States", "accuses", "North Korea", "accusation"),
        ],
    ),
    ("disputed", {}, "actor", []),
    (
        "plain-edges",
        {},
        "actor recipient",
        [
            ("North Korea", "Russia"),
            ("Russia", "North Korea"),
            ("Sergei Shoigu", "Russia"),
            ("Sergei Shoigu", "North Korea"),
            ("United States", "North Korea"),
        ],
    ),
    ("unsupported-edges", {}, "actor", []),
    ("unsupported-events", {}, "event status", []),
]


@pytest.mark.parametrize(("name", "params", "columns", "rows"), EXPECTED)
def test_a_saved_query_gives_the_right_rows(
    store: Store, name: str, params: dict[str, str], columns: str, rows: list[tuple[Any, ...]]
) -> None:
    """The rows, whatever their order among equals."""
    found = store.query(load(name, params)).rows
    key = lambda row: [str(value) for value in row]  # noqa: E731
    assert sorted((tuple(row[column] for column in columns.split()) for row in found), key=key) == sorted(
        rows, key=key
    )


def test_every_saved_query_is_tested_and_says_what_it_is_for() -> None:
    """A new query needs an expectation above."""
    assert {query.name for query in saved()} == {name for name, *_ in EXPECTED}
    assert all(query.purpose.endswith(".") for query in saved())


@settings(max_examples=60, deadline=None)
@given(
    value=st.text()
    | st.sampled_from(['" } #', "' OR", "\\", '"""', "\\u0022", "?x } UNION { ?s ?p ?o", "$about"])
)
def test_a_parameter_cannot_break_out(store: Store, value: str) -> None:
    """Whatever a user types is a name to look for, and finds nothing if nobody has it."""
    assert store.query(load("claims-about", {"about": f"{value}¤"})).rows == []


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("no-such", {}, "choose one of .*who-visited-whom"),
        ("denied", {"who": "x"}, "no parameter 'who': its parameters are by"),
        ("status-counts", {"who": "x"}, "it has none"),
        ("claims-about", {}, "needs about: give name or id"),
    ],
)
def test_a_wrong_call_says_what_is_right(name: str, params: dict[str, str], message: str) -> None:
    """Unknown queries, unknown parameters and missing ones are named."""
    with pytest.raises(KGError, match=message):
        load(name, params)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "does not say what it is for"),
        ("# All.\nSELECT * { ?s ?p $o }", r"\$o is not described"),
        ("# All.\n# $o: an object\nSELECT * { ?s ?p ?o }", r"\$o is not used"),
    ],
)
def test_a_bad_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    """An analyst who adds a query is told what is missing in it."""
    shutil.copy(ontologies.path("kg.ttl"), tmp_path)
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "mine.rq").write_text(text)
    monkeypatch.setenv("KG_ONTOLOGIES", str(tmp_path))
    with pytest.raises(PipelineError, match=rf"mine\.rq.*{message}"):
        saved()
