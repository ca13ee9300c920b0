"""What Jupyter shows of rows, entities, claims, reports and graphs: escaped, honest about status."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import cards
from kg.graph.rows import Result, Rows

HOSTILE = "<script>alert(1)</script>&<b>"


def test_a_listing_shows_status_and_sentence(examples_graph: kg.Graph) -> None:
    """A listing, and a part of one, is a table with the status and the sentence of every claim."""
    denied = examples_graph.claims(status="denied")
    assert denied == list(denied)
    for rows in (denied, denied[1:3]):
        shown = rows._repr_html_()
        assert shown.count(">denied</td>") == len(rows)
        assert all(cards.escape(row["evidence"]["quote"]) in shown for row in rows)
    assert list(denied.to_pandas()["status"]) == ["denied"] * len(denied)


def test_every_listing_is_a_table(examples_graph: kg.Graph) -> None:
    """All listings can be shown and given to pandas, one line a row, without lists in the cells."""
    for name in ("articles", "claims", "entities", "events", "quotes", "mentions", "decisions"):
        rows = getattr(examples_graph, name)()
        table = rows.to_pandas()
        assert len(table) == len(rows)
        assert not table.map(lambda cell: isinstance(cell, list | dict)).any(axis=None)
        assert ("<table" if rows else "nothing found") in rows._repr_html_()


def test_a_claim_is_a_card(examples_graph: kg.Graph) -> None:
    """A claim alone shows its status, who says so and its sentence; a solid line means asserted."""
    for row in examples_graph.claims():
        card = row._repr_html_()  # type: ignore[attr-defined]
        assert f"<b>{row['status']}</b>" in card
        assert cards.escape(row["evidence"]["quote"]) in card
        assert ("solid" in card) == (row["status"] == "asserted")
        assert all(cards.escape(speaker["name"]) in card for speaker in row["attributed_to"])


def test_an_entity_is_a_card(examples_graph: kg.Graph) -> None:
    """An entity alone shows its id, its names and its offices."""
    (putin,) = examples_graph.entities(about="person/vladimir-putin")
    card = putin._repr_html_()  # type: ignore[attr-defined]
    assert "Vladimir Putin" in card and "president of country/RUS" in card


def test_types_show_themselves_as_the_rows_do(examples_graph: kg.Graph) -> None:
    """A Claim and an Entity have cards too, and a Claim's says "not" where its status does not."""
    from kg.graph.record import Record

    with Record.open(examples_graph.output) as record:
        claims = [claim for extraction in record for claim in extraction.claims]
    for claim in claims:
        card = claim._repr_html_()
        assert f"<b>{claim.status}</b>" in card and cards.escape(claim.evidence.quote) in card
    turned = [c for c in claims if c.polarity == "negated" and c.status not in ("negated", "denied")]
    assert turned and all("not: " in claim._repr_html_() for claim in turned)
    entity = kg.Entity(id="person/x", type="Person", names={"en": (HOSTILE,), "id": ("Si X",)})
    assert "Si X" in entity._repr_html_() and "<script" not in entity._repr_html_()


def test_a_request_not_to_do_something_says_not(examples_graph: kg.Graph) -> None:
    """In tables and CSV, too, the words turn round what the status alone would not."""
    table = examples_graph.to_pandas().set_index("id")
    turned = [
        row["id"]
        for row in examples_graph.claims()
        if row["polarity"] == "negated" and row["status"] not in ("negated", "denied")
    ]
    assert turned and all(table.loc[id_, "what"].startswith("not: ") for id_ in turned)


def test_reports_and_graphs_count(examples_graph: kg.Graph) -> None:
    """A report shows its counts and what failed, a graph where it is and what it holds."""
    report = kg.Report(counts={"new": 2}, errors=(HOSTILE,), seconds={"articles": 1.0})
    assert "<td>2</td>" in report._repr_html_() and cards.escape(HOSTILE) in report._repr_html_()
    shown = examples_graph._repr_html_()
    assert cards.escape(str(examples_graph.output)) in shown
    assert f"<td>{len(examples_graph.articles())}</td>" in shown


def test_dates_narrow_claims_and_pictures(examples_graph: kg.Graph) -> None:
    """`since` and `until` keep what may lie between them; a claim without a date does not."""
    pytest.importorskip("pyvis")
    some = examples_graph.claims(since="2023-09", until="2023-10")
    assert some and all("2023-09" <= row["date"][:7] <= "2023-10" or len(row["date"]) == 4 for row in some)
    every = examples_graph.show(about="Korut")
    later = examples_graph.show(about="Korut", since="2023-10")
    assert 0 < later.lines < every.lines
    # Denials mostly have no date: that they fall out is said, lest the rest look undisputed.
    assert "no date" in later.words and "denied" in later.words and "no date" not in every.words
    with pytest.raises(kg.KGError, match="choose one of"):
        examples_graph.show(status="true")
    assert "Nothing to draw" in examples_graph.show(about="Ruritania").words


def test_rows_survive_copies() -> None:
    """A copy and a pickle of rows are the same rows."""
    rows = Rows([{"a": 1}])
    assert copy.copy(rows) == pickle.loads(pickle.dumps(rows)) == rows
    assert "<td" in copy.deepcopy(rows)._repr_html_()


def test_long_tables_are_cut_and_say_so() -> None:
    """A notebook is not drowned in rows; the rest is counted."""
    shown = Result(("n",), [{"n": n} for n in range(cards.ROWS_SHOWN + 7)])._repr_html_()
    assert shown.count("<td") == cards.ROWS_SHOWN and "7 more" in shown


@given(st.text(), st.text())
def test_no_text_becomes_markup(text: str, name: str) -> None:
    """Whatever an article says stays text: the only tags are ours."""
    roles = ("who", "what", "whom", "says", "quote", "article")
    plain = cards.claim(status="asserted", **dict.fromkeys(roles, "x"))
    made = cards.claim(status="asserted", **{**dict.fromkeys(roles, f"x{text}"), "who": f"x{name}"})
    assert made.count("<") == plain.count("<")
    assert cards.table([text], [{text: name}]).count("<") == cards.table(["x"], [{"x": "y"}]).count("<")
