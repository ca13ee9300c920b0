"""Which claims are one event, how many sources it has, and which texts are copies."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.dates import days
from kg.graph import copies
from kg.graph.check import check
from kg.graph.events import Told, claim_key, contradictions, group, independent
from kg.graph.record import Record
from kg.graph.store import Store
from kg.graph.terms import BASE, KG
from kg.types import Article, Claim, Event, Zone
from tests.graph.samples import LISTED, LONG, Text, accusation, visit


def told(
    claim: str, date: str | None, precision: str | None = "day", basis: str = "stated", **more: Any
) -> Told:
    """Russia visits North Korea, as an article of the claim's own tells it."""
    fields = {
        "key": "key", "article": f"article-{claim}", "event_type": "CONSULT", "relation": "visit",
        "actors": ("country/RUS",), "recipients": ("country/PRK",),
    }  # fmt: skip
    return Told(claim=claim, date=date, precision=precision, basis=basis, **{**fields, **more})


def claims_of(events: list[Event]) -> set[tuple[str, ...]]:
    return {event.claims for event in events}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        # the same day; another day
        ([told("a", "2023-07-25"), told("b", "2023-07-25"), told("c", "2023-07-26")], {("a", "b"), ("c",)}),
        # a report of two days later that states no date, and one of a week later
        (
            [told("a", "2023-07-25"), told("b", "2023-07-27", basis="dateline"),
             told("c", "2023-08-01", basis="dateline")],
            {("a", "b"), ("c",)},
        ),
        # reports follow each other day by day: the chain ends where no day is common to all
        (
            [told(str(day), f"2023-07-{day}", basis="dateline") for day in (10, 12, 14, 16)],
            {("10", "12"), ("14", "16")},
        ),
        # the month can only mean the one event in it; with two it stays apart
        ([told("a", "2023-07-25"), told("b", "2023-07", "month")], {("a", "b")}),
        (
            [told("a", "2023-07-05"), told("b", "2023-07-25"), told("c", "2023-07", "month")],
            {("a",), ("b",), ("c",)},
        ),
        # no date; a plan that has only the day of its article did not happen on that day
        (
            [told("a", "2023-07-25"), told("b", None, None),
             told("c", "2023-07-25", basis="dateline", modality="planned", status="planned")],
            {("a",), ("b", "c")},
        ),
    ],
)  # fmt: skip
def test_dates_that_agree_make_one_event(claims: list[Told], expected: set[tuple[str, ...]]) -> None:
    """In whatever order the claims come, with the same ids."""
    found = [group(order, {}) for order in permutations(claims)]
    assert claims_of(found[0]) == expected
    assert all(events == found[0] for events in found)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["asserted", "planned"], "asserted"),
        (["alleged", "denied"], "disputed"),
        (["asserted", "negated"], "disputed"),
        (["planned", "denied"], "denied"),
        (["possible", "requested"], "requested"),
    ],
)
def test_an_event_is_as_firm_as_its_claims(statuses: list[str], expected: str) -> None:
    """Promise 2: a denial is never lost beside a fact, and nothing less than a fact makes a fact."""
    claims = [told(str(k), "2023-07-25", status=status) for k, status in enumerate(statuses)]
    assert [event.status for event in group(claims, {})] == [expected]


def test_the_date_of_an_event_is_the_surest() -> None:
    """A stated day outranks a stated month, and both the day of an article."""
    claims = [
        told("a", "2023-07-26", basis="dateline"), told("b", "2023-07", "month"), told("c", "2023-07-25"),
    ]  # fmt: skip
    event = group(claims, {})[0]
    assert (event.date, event.date_precision, event.date_basis, event.reports) == (
        "2023-07-25", "day", "stated", 3,
    )  # fmt: skip


def test_dependent_articles_count_once() -> None:
    """A shared publisher, agency or text, at any remove."""
    keys = {"a": {"antara"}, "b": {"antara", "reuters"}, "c": {"reuters"}, "d": {"rt"}, "e": set[str]()}
    assert independent("abcde", keys) == 3
    assert independent("abc", keys) == 1 and independent("ac", keys) == 2


def test_yes_and_no_contradict_each_other() -> None:
    """Also an allegation; not what was only planned, not another relation, not another stated day."""
    no = told("no", "2023-07-25", polarity="negated", status="denied")
    others = [
        told("fact", "2023-07-25"),
        told("alleged", None, None, modality="alleged", status="alleged"),
        told("planned", "2023-07-25", modality="planned"),
        told("other", "2023-07-25", relation="meet"),
        told("later", "2023-08-25"),
        told("reported", "2023-08-25", basis="dateline"),
    ]
    assert contradictions([no, *others]) == [("alleged", "no"), ("fact", "no"), ("reported", "no")]


def made(relation: str, *roles: tuple[Any, ...], **fields: Any) -> Claim:
    """A claim of a sentence that has all these words."""
    text = Text("a", "Rusia Korut AS kapal jembatan menyerang.")
    text.claim(relation, "menyerang", text.article.text, *roles, **fields)
    return text.claims[0]


RUSSIA = ("actor", "Rusia", "country/RUS")
KOREA = ("recipient", "Korut", "country/PRK")


def test_claims_of_one_event_have_one_key() -> None:
    """Type and parties tell where both are known, else relation and words; open relations their words."""
    symmetric = {"meet"}

    def key(*given: Any, **fields: Any) -> str | None:
        return claim_key(made(*given, **fields), symmetric)

    both = key("visit", RUSSIA, KOREA, event_type="CONSULT")
    assert both == key("call", RUSSIA, KOREA, event_type="CONSULT", polarity="negated")
    assert both != key("visit", RUSSIA, KOREA, event_type="ASSAULT")
    turned = (("actor", "Korut", "country/PRK"), ("recipient", "Rusia", "country/RUS"))
    assert both != key("visit", *turned, event_type="CONSULT")
    assert key("meet", RUSSIA, KOREA, event_type="CONSULT") == key("meet", *turned, event_type="CONSULT")
    ship, bridge, typed = ("recipient", "kapal"), ("recipient", "jembatan"), {"event_type": "ASSAULT"}
    assert key("attack", RUSSIA, ship, **typed) == key("attack", RUSSIA, ship, **typed)
    assert key("attack", RUSSIA, ship, **typed) != key("attack", RUSSIA, bridge, **typed)
    assert key("attack", RUSSIA, **typed) != key("bomb", RUSSIA, **typed)
    assert key("open", RUSSIA, KOREA, label="hugs") != key("open", RUSSIA, KOREA, label="pats")
    assert key("attack", ship) is None


@pytest.mark.parametrize("value", ["", "heute", "2023-13-01", "0000", "9999-12-31T", None])
def test_what_is_no_date_does_no_harm(value: str | None) -> None:
    """A date that the calendar does not have is as good as none; the ends of the calendar are no trap."""
    found = days(value, "decade")
    assert found is None or found[0] <= found[1]
    first = group([told("a", "0001-01-01", basis="dateline")], {})
    assert first[0].claims == ("a",)


def test_a_copy_is_known_and_another_text_is_not() -> None:
    """Some words more or less make no other text; what is not read (furniture) does not count."""
    one = Article(id="a", text=LONG)
    furniture = "BACA JUGA " * 40
    zone = Zone(kind="related", start=len(LONG), end=len(LONG) + len(furniture))
    other = Article(id="b", text=LONG + furniture, zones=(zone,))
    longer = Article(id="c", text=f"Jakarta. {LONG}")
    different = Article(id="d", text=" ".join(f"Kalimat lain nomor {k} tentang hal lain." for k in range(20)))
    sketch = copies.bands(one)
    assert copies.bands(other) == sketch
    assert copies.alike(sketch, copies.bands(longer))
    assert not copies.alike(sketch, copies.bands(different))
    assert copies.bands(Article(id="e", text="Terlalu pendek.")) == []


def test_every_word_of_the_graph_is_explained(tmp_path: Path) -> None:
    """Each property of ours in what is said of articles, entities and events has a label in the ontology."""
    with Record.open(tmp_path, write=True) as record, Store(tmp_path, write=True) as store:
        record.put(visit())
        record.put(accusation())
        store.sync(record, LISTED)
        told = [quad for quad in store.quads() if quad.graph_name != NamedNode(f"{BASE}graph/ontology")]
        used = {quad.predicate.value for quad in told if quad.predicate.value.startswith(KG)}
        rows = store.query("SELECT ?p { GRAPH graph:ontology { ?p rdfs:label ?label } }").rows
    explained = {row["p"] for row in rows}
    unknown = {name for name in used - explained if not name.endswith("Mention")}  # the words of a role
    assert unknown == set()


def test_an_event_that_no_claim_bears_out_is_reported(tmp_path: Path) -> None:
    """Promise 2 for events: a fact needs a claim that states it."""
    with Record.open(tmp_path, write=True) as record, Store(tmp_path, write=True) as store:
        record.put(visit())
        store.sync(record, LISTED)
        assert check(record, store) == []
        event = next(event for event in store.events() if event.status == "asserted")
        node = NamedNode(f"{BASE}occurrence/{event.id}")
        graph = NamedNode(f"{BASE}graph/derived")
        for claim in event.claims:
            it = NamedNode(f"{BASE}claim/{claim}")
            store._opened.remove(Quad(node, NamedNode(f"{KG}hasClaim"), it, graph))
        assert check(record, store) == [f"no claim of {node.value} bears out that it is asserted"]
        store._opened.remove(Quad(node, NamedNode(f"{KG}eventStatus"), Literal("asserted"), graph))
        assert check(record, store) == []
