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
from kg.graph.queries import ask, load, saved
from kg.graph.store import Store
from tests.graph.reports import reports
from tests.graph.samples import LISTED


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store on disk with the reports."""
    with Store(tmp_path_factory.mktemp("queries"), write=True) as store:
        store.rebuild(reports(), LISTED)
        store.infer()
        yield store


#: Query, parameters, columns to look at, the rows; EVENT is the event with the most reports.
EXPECTED: list[tuple[str, dict[str, str], str, list[tuple[Any, ...]]]] = [
    (
        "accusations",
        {},
        "accuser accused status article",
        [
            (None, "Maria Zakharova", "alleged", "accusation"),
            ("United States", "North Korea", "asserted", "accusation"),
        ],
    ),
    ("accusations", {"accuser": "AS"}, "accuser accused", [("United States", "North Korea")]),
    (
        "alleged",
        {},
        "status cue saidBy recipient article",
        [("alleged", "allegedly", None, "Maria Zakharova", "accusation")],
    ),
    ("alleged", {"by": "Rusia"}, "cue", []),
    (
        "arms",
        {},
        "supplier receiver status saidBy article",
        [
            ("Russia", "North Korea", "denied", "Russia", "aneka"),
            ("Russia", "North Korea", "asserted", None, "antara-1"),
            ("Russia", "North Korea", "asserted", None, "berita-2"),
        ],
    ),
    ("arms", {"status": "denied", "country": "Korut"}, "article", [("aneka",)]),
    (
        "articles",
        {},
        "article publisher origin claims",
        [
            ("aneka", "Kabar Uji", "kabar uji", 6),
            ("accusation", None, "", 4),
            ("kunjungan", "Warta Uji", "kcna, warta uji", 4),
            ("antara-1", "Antara", "antara", 2),
            ("berita-2", "Berita Uji", "berita uji", 2),
        ],
    ),
    ("articles", {"since": "2023-07-27"}, "article", [("aneka",), ("accusation",)]),
    ("attacks", {}, "place country events reports latest", [("North Korea", "PRK", 1, 1, None)]),
    (
        "claims-about",
        {"about": "Amerika Serikat"},
        "role actor relation recipient status",
        [
            ("actor", "United States", "accuses", "North Korea", "asserted"),
            ("attributedTo", "Russia", "leaves", "North Korea", "requested"),
            ("actor", "United States", "mediates", "Russia", "asserted"),
            ("actor", "United States", "meets", "Maria Zakharova", "planned"),
            ("actor", "United States", "imposes sanctions on", "North Korea", "asserted"),
        ],
    ),
    (
        "claims-about",
        {"about": "korut", "until": "2023-07-25"},
        "role date article",
        [
            ("recipient", "2023", "accusation"),
            ("recipient", "2023-07-25", "antara-1"),
            ("recipient", "2023-07-25", "berita-2"),
            ("place", "2023-07-25", "kunjungan"),
            ("recipient", "2023-07-25", "kunjungan"),
        ],
    ),
    (
        "claims-between",
        {"one": "Korut", "other": "Rusia"},
        "actor relation recipient status article",
        [
            ("Russia", "leaves", "North Korea", "requested", "aneka"),
            ("Russia", "supplies weapons to", "North Korea", "denied", "aneka"),
            ("Russia", "supplies weapons to", "North Korea", "asserted", "antara-1"),
            ("Russia", "supplies weapons to", "North Korea", "asserted", "berita-2"),
            ("Russia", "supplies weapons to", "North Korea", "denied", "kunjungan"),
            ("Russia", "meets", "North Korea", "asserted", "accusation"),
        ],
    ),
    ("claims-between", {"one": "Korut", "other": "Rusia", "since": "2023-07"}, "date", [("2023",)]),
    (
        "claims-in-office",
        {"title": "minister"},
        "actor title of relation recipient date article",
        [
            (
                "Sergei Shoigu",
                "Minister of Defence",
                "Russia",
                "visits",
                "North Korea",
                "2023-07-25",
                "antara-1",
            ),
            (
                "Sergei Shoigu",
                "Minister of Defence",
                "Russia",
                "visits",
                "North Korea",
                "2023-07-25",
                "berita-2",
            ),
            (
                "Sergei Shoigu",
                "Minister of Defence",
                "Russia",
                "visits",
                "North Korea",
                "2023-07-25",
                "kunjungan",
            ),
        ],
    ),
    ("claims-in-office", {"title": "minister", "since": "2024"}, "actor", []),
    (
        "claims-of-event",
        {"event": "EVENT"},
        "status saidBy publisher",
        [
            ("denied", "Russia", "Kabar Uji"),
            ("asserted", None, "Antara"),
            ("asserted", None, "Berita Uji"),
            ("denied", "Russia", "Warta Uji"),
        ],
    ),
    (
        "co-mentioned",
        {"about": "Korut"},
        "name articles claims",
        [("Sergei Shoigu", 5, 3), ("Russia", 5, 6), ("United States", 3, 2), ("Maria Zakharova", 2, 0)],
    ),
    (
        "conflict-cooperation",
        {"one": "AS", "other": "Korut"},
        "period events cooperation conflict",
        [("2023-08", 1, 0.0, -8.0)],
    ),
    (
        "contradictions",
        {},
        "actor relation recipient article affirmed negatedBy negatedIn negated",
        [
            (
                "Russia",
                "supplies weapons to",
                "North Korea",
                "antara-1",
                "Rusia memasok senjata ke Korut.",
                "Russia",
                "aneka",
                "Rusia menegaskan tidak memasok senjata ke Korut.",
            ),
            (
                "Russia",
                "supplies weapons to",
                "North Korea",
                "berita-2",
                "Rusia memasok senjata ke Korut.",
                "Russia",
                "aneka",
                "Rusia menegaskan tidak memasok senjata ke Korut.",
            ),
        ],
    ),
    ("contradictions", {"about": "Shoigu"}, "actor", []),
    ("copies", {}, "article copy copyPublisher", [("antara-1", "berita-2", "Berita Uji")]),
    (
        "counts-by-day",
        {},
        "day type events reports",
        [("2023-07-25", "CONSULT", 1, 3), ("2023-08-01", "SANCTION", 1, 1)],
    ),
    (
        "counts-by-month",
        {},
        "period type events reports",
        [("2023", "CONSULT", 1, 1), ("2023-07", "CONSULT", 1, 3), ("2023-08", "SANCTION", 1, 1)],
    ),
    (
        "denied",
        {},
        "deniedBy actor recipient article",
        [("Russia", "Russia", "North Korea", "aneka"), ("Russia", "Russia", "North Korea", "kunjungan")],
    ),
    ("denied", {"by": "rusia"}, "deniedBy article", [("Russia", "aneka"), ("Russia", "kunjungan")]),
    ("denied", {"by": "North Korea"}, "deniedBy", []),
    ("disputed", {}, "relation affirmed negated sources", [("supplies weapons to", 2, 2, 3)]),
    (
        "event-places",
        {},
        "place lat date type reports",
        [("North Korea", 40.0, None, "ASSAULT", 1), ("North Korea", 40.0, "2023-07-25", "CONSULT", 3)],
    ),
    ("event-places", {"type": "ASSAULT"}, "place type", [("North Korea", "ASSAULT")]),
    (
        "events",
        {"country": "PRK", "since": "2023-07-15", "until": "2023-07"},
        "date relation status reports sources",
        [("2023", "meets", "asserted", 1, 1), ("2023-07-25", "visits", "asserted", 3, 2)],
    ),
    (
        "events",
        {"about": "Maria ZAKHAROVA"},
        "relation status",
        [("accuses", "alleged"), ("meets", "planned")],
    ),
    (
        "events",
        {"since": "2023-07", "until": "2023-07-31"},
        "date relation",
        [("2023", "meets"), ("2023-07-25", "visits")],
    ),
    (
        "events-between",
        {"one": "Rusia", "other": "Korut"},
        "date relation status reports sources",
        [(None, "supplies weapons to", "disputed", 4, 3), ("2023", "meets", "asserted", 1, 1)],
    ),
    (
        "first-reports",
        {},
        "relation date reports article",
        [("supplies weapons to", None, 4, "antara-1"), ("visits", "2023-07-25", 3, "antara-1")],
    ),
    ("inferred", {}, "who relation whom", [("North Korea", "receives weapons from", "Russia")]),
    ("leaders", {}, "leader body article", [("Sergei Shoigu", "Russia", "aneka")]),
    ("mediators", {}, "mediator party status", [("United States", "Russia", "asserted")]),
    (
        "most-active",
        {},
        "name acts receives events",
        [
            ("North Korea", 1, 3, 4),
            ("Russia", 2, 1, 3),
            ("United States", 3, 0, 3),
            ("Sergei Shoigu", 1, 0, 1),
        ],
    ),
    ("most-active", {"limit": "1"}, "name", [("North Korea",)]),
    ("most-sources", {}, "relation reports sources", [("visits", 3, 2)]),
    ("no-country", {}, "name articles", [("United States", 3)]),
    (
        "office-holders",
        {"on": "2020"},
        "person title body start",
        [("Sergei Shoigu", "Minister of Defence", "Russia", "2012")],
    ),
    ("office-holders", {"on": "2024-06-01"}, "person", []),
    (
        "one-source-only",
        {},
        "date relation articles",
        [
            (None, "attacks", "aneka"),
            (None, "accuses", "accusation"),
            (None, "mediates between", "aneka"),
            ("2023", "meets", "accusation"),
            ("2023-08-01", "imposes sanctions on", "aneka"),
        ],
    ),
    (
        "only-from",
        {"source": "kabar uji"},
        "relation reports",
        [("attacks", 1), ("mediates between", 1), ("imposes sanctions on", 1)],
    ),
    ("open-relations", {}, "words claims", [("danced", 1)]),
    (
        "partners",
        {"about": "Korut"},
        "partner events cooperation conflict",
        [("United States", 2, 0, 2), ("Russia", 1, 1, 0), ("Sergei Shoigu", 1, 1, 0)],
    ),
    (
        "plain-edges",
        {},
        "actor relation recipient",
        [
            ("North Korea", "meets", "Russia"),
            ("Russia", "meets", "North Korea"),
            ("Russia", "supplies weapons to", "North Korea"),
            ("Sergei Shoigu", "holds a position in", "Russia"),
            ("Sergei Shoigu", "leads", "Russia"),
            ("Sergei Shoigu", "visits", "North Korea"),
            ("United States", "accuses", "North Korea"),
            ("United States", "imposes sanctions on", "North Korea"),
            ("United States", "mediates between", "Russia"),
        ],
    ),
    (
        "plans",
        {},
        "cue actor relation recipient date",
        [("berencana", "United States", "meets", "Maria Zakharova", "2023-08")],
    ),
    (
        "publishers",
        {},
        "publisher articles claims events alone",
        [
            ("Antara", 1, 2, 2, 0),
            ("Berita Uji", 1, 2, 2, 0),
            ("Kabar Uji", 1, 6, 5, 4),
            ("Warta Uji", 1, 4, 3, 1),
        ],
    ),
    (
        "quotes-of",
        {"who": "Shoigu"},
        "speaker said direct",
        [("Sergei Shoigu", "Kami tamu yang sopan", True)],
    ),
    ("quotes-of", {"who": "Maria Zakharova"}, "said", []),
    ("relays", {}, "origin publisher articles", [("kcna", "Warta Uji", 1)]),
    (
        "reports-and-events",
        {},
        "type events reports sources",
        [
            ("CONSULT", 4, 6, 5),
            ("AID", 1, 4, 3),
            ("ACCUSE", 2, 2, 2),
            ("ASSAULT", 1, 1, 1),
            ("RETREAT", 1, 1, 1),
            ("SANCTION", 1, 1, 1),
        ],
    ),
    (
        "requests",
        {},
        "cue saidBy actor relation recipient",
        [("meminta", "United States", "Russia", "leaves", "North Korea")],
    ),
    ("roles", {}, "person title body", [("Sergei Shoigu", "Menteri Pertahanan", "Russia")]),
    ("roles", {"country": "PRK"}, "person", []),
    (
        "said-by",
        {"who": "Rusia"},
        "status actor relation article",
        [
            ("denied", "Russia", "supplies weapons to", "aneka"),
            ("denied", "Russia", "supplies weapons to", "kunjungan"),
        ],
    ),
    ("sanctions", {}, "actor recipient date", [("United States", "North Korea", "2023-08-01")]),
    (
        "status-counts",
        {},
        "status claims",
        [("asserted", 13), ("denied", 2), ("alleged", 1), ("planned", 1), ("requested", 1)],
    ),
    (
        "timeline",
        {},
        "date precision basis actor article",
        [
            ("2023", "year", "stated", "Russia", "accusation"),
            ("2023-07-25", "day", "stated", "Sergei Shoigu", "antara-1"),
            ("2023-07-25", "day", "stated", "Sergei Shoigu", "berita-2"),
            ("2023-07-25", "day", "stated", "Sergei Shoigu", "kunjungan"),
            ("2023-08", "month", "relative", "United States", "kunjungan"),
            ("2023-08-01", "day", "relative", "United States", "aneka"),
        ],
    ),
    ("timeline", {"since": "2023-07-26", "about": "Korea Utara"}, "date", [("2023",), ("2023-08-01",)]),
    (
        "undated",
        {"source": "Warta Uji"},
        "basis actor relation",
        [("none", "Sergei Shoigu", "holds the position"), ("none", "Russia", "supplies weapons to")],
    ),
    ("unnamed-sources", {}, "saidBy status recipient", [(None, "alleged", "Maria Zakharova")]),
    ("unsupported-edges", {}, "actor", []),
    ("unsupported-events", {}, "event status", []),
    (
        "who-met-whom",
        {},
        "date relation status reports",
        [("2023", "meets", "asserted", 1), ("2023-08", "meets", "planned", 1)],
    ),
    (
        "who-visited-whom",
        {},
        "visitor visited status date article",
        [
            ("Sergei Shoigu", "North Korea", "asserted", "2023-07-25", "antara-1"),
            ("Sergei Shoigu", "North Korea", "asserted", "2023-07-25", "berita-2"),
            ("Sergei Shoigu", "North Korea", "asserted", "2023-07-25", "kunjungan"),
            ("Russia", "North Korea", "denied", None, "kunjungan"),
        ],
    ),
    (
        "who-visited-whom",
        {"visitor": "сергей шойгу", "source": "antara"},
        "visitor article",
        [("Sergei Shoigu", "antara-1")],
    ),
    ("who-visited-whom", {"country": "USA"}, "visitor", []),
]


@pytest.mark.parametrize(("name", "params", "columns", "rows"), EXPECTED)
def test_a_saved_query_gives_the_right_rows(
    store: Store, name: str, params: dict[str, str], columns: str, rows: list[tuple[Any, ...]]
) -> None:
    """The rows, whatever their order among equals."""
    if params.get("event") == "EVENT":
        most = max(store.query(load("events")).rows, key=lambda row: int(row["reports"]))
        params = {"event": most["event"]}
    found = ask(store, name, params).rows
    key = lambda row: [str(value) for value in row]  # noqa: E731
    assert sorted((tuple(row[column] for column in columns.split()) for row in found), key=key) == sorted(
        rows, key=key
    )


def test_every_saved_query_is_tested_and_says_what_it_is_for() -> None:
    """A new query needs an expectation above."""
    assert {query.name for query in saved()} == {name for name, *_ in EXPECTED}
    assert all(query.purpose.endswith(".") for query in saved())


@settings(max_examples=60)
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
        ("denied", {"who": "x"}, "no parameter 'who': its parameters are by, country"),
        ("unsupported-edges", {"who": "x"}, "it has none"),
        ("claims-about", {}, "needs about: give whom or what"),
    ],
)
def test_a_wrong_call_says_what_is_right(name: str, params: dict[str, str], message: str) -> None:
    """Unknown queries, unknown parameters and missing ones are named."""
    with pytest.raises(KGError, match=message):
        load(name, params)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"country": "Narnia"}, "no country is called 'Narnia'"),
        ({"since": "25/07/2023"}, "no date: write it as 2023"),
        ({"since": "2023-13"}, "no date: write it as 2023"),
        ({"limit": "0"}, "no whole number from 1"),
        ({"status": "true"}, "asserted"),
        ({"about": "Narnia"}, "nothing in the graph is called 'Narnia'"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_right(store: Store, params: dict[str, str], message: str) -> None:
    """Rather than an empty answer that looks like news."""
    with pytest.raises(KGError, match=message):
        ask(store, "events", params)


def test_every_saved_query_runs_on_an_empty_graph(tmp_path: Path) -> None:
    """With any value of any parameter it may be given."""
    values = {"country": "PRK", "date": "2023-07", "number": "3", "status": "denied", "event": "0a"}
    with Store(tmp_path, write=True) as empty:
        empty.rebuild([], LISTED)
        for query in saved():
            params = {p.name: values.get(p.kind, "Rusia") for p in query.parameters}
            assert empty.query(load(query.name, params)).rows == [], query.name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "does not say what it is for"),
        ("# All.\nSELECT * { ?s ?p $o }", r"\$o, which is not described"),
        ("# All.\n# $o (thing): an object\nSELECT * { ?s ?p $o }", "the kind thing: choose one of entity"),
        ("# All.\n# $name: a name\nSELECT * { ?s ?p $name }", "another meaning: choose another name"),
        ("# All.\n# $o: an object\nSELECT * { ?s ?p ?o }", r"\$o, which is not used"),
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
