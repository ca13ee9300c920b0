"""Whatever was added, changed, removed, decided and withdrawn: the graph is that of what is left."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.errors import KGError
from kg.graph.grouping import decided
from kg.graph.record import Record
from kg.graph.store import Store
from kg.graph.vocabulary import words
from kg.linking import Linker
from kg.linking.decisions import decide, pair
from kg.linking.decisions import read as held_in
from kg.types import Extraction, Link, Split
from tests.graph.samples import ENTITIES, LISTED, PEOPLE, Listed, Text, extractions, visit

#: With these, ids of articles are linked by their names alone: two spellings of one, and a surname.
NAMESAKES = ("person/sergey-glazyev", "person/sergei-glaziev", "person/bekti")
IDS = (*ENTITIES, *PEOPLE, *NAMESAKES)
ARTICLES = ("a", "b c", "ü#/%")

puts = st.tuples(st.just("put"), extractions(st.sampled_from(ARTICLES), IDS))
#: Articles about few, who often do the same to each other.
near = st.tuples(st.just("put"), extractions(st.sampled_from(ARTICLES), ("country/RUS", "country/PRK")))
removals = st.tuples(st.just("remove"), st.sampled_from(ARTICLES))
judgements = st.sampled_from(["same", "same", "different", "withdrawn"])
parties = st.sampled_from([*PEOPLE, "person/sergei-shoigu", "country/RUS", "person/sergei-glaziev"])
links = st.builds(Link, left=parties, right=parties, judgement=judgements)
splits = st.builds(
    Split,
    entity=parties,
    into=st.sampled_from(["person/other-one", "person/other-two"]),
    articles=st.lists(st.sampled_from(ARTICLES), max_size=2).map(tuple),
    names=st.lists(st.sampled_from(["Ani", "Bekti", "Ümit"]), max_size=2).map(tuple),
    judgement=st.sampled_from(["split", "split", "withdrawn"]),
)
decisions = st.tuples(st.just("decide"), st.one_of(links, splits))
syncs = st.tuples(st.just("sync"), st.none())


@settings(max_examples=60)
@given(steps=st.lists(st.one_of(puts, near, removals, decisions, syncs), max_size=14))
def test_the_way_leaves_no_trace(
    steps: list[tuple[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Promises 4 and 6: the store is byte for byte what a new one built from the remaining articles and
    decisions is, wherever it was brought up to date on the way."""
    folder, other = tmp_path_factory.mktemp("way"), tmp_path_factory.mktemp("direct")
    left: dict[str, Extraction] = {}
    with Record.open(folder, write=True) as record, Store(folder, write=True) as store:
        for step, what in [*steps, ("sync", None)]:
            if isinstance(what, Extraction):
                record.put(what)
                left[what.article.id] = what
            elif isinstance(what, Link | Split):
                with contextlib.suppress(KGError):
                    decide(folder, what)
            elif isinstance(what, str) and left.pop(what, None):
                record.remove(what)
            elif step == "sync":
                linker = Linker.of(folder, Listed(), record)
                store.sync(record, linker)
                assert store.is_current(record)
        with Store(other, write=True) as direct:
            counts = direct.rebuild(reversed(left.values()), linker)
            assert store.counts() == counts
            assert store.nquads() == direct.nquads()


def test_a_decision_withdrawn_leaves_the_graph_as_it_was(tmp_path: Path) -> None:
    """Two people are one as long as the decision holds, in the graph and in what is named by it."""
    with Record.open(tmp_path, write=True) as record, Store(tmp_path, write=True) as store:
        record.put(visit())
        store.sync(record, LISTED)
        before = store.nquads()
        decide(tmp_path, Link(left="person/sergei-shoigu", right="person/maria-zakharova", judgement="same"))
        store.sync(record, Linker.of(tmp_path, Listed(), record))
        assert b"person/sergei-shoigu" not in store.nquads()
        assert store.query("ASK { person:maria-zakharova kg:visit country:PRK }").rows == [{"answer": True}]
        withdrawn = Link(left="person/maria-zakharova", right="person/sergei-shoigu", judgement="withdrawn")
        decide(tmp_path, withdrawn)
        store.sync(record, Linker.of(tmp_path, Listed(), record))
        assert store.nquads() == before and held_in(tmp_path) == []


def test_a_link_withdrawn_gives_back_whom_a_split_had_taken(tmp_path: Path) -> None:
    """By the link the split of the one holds for the other; without it the other is itself again."""
    text = Text("kunjungan", "Bekti Surya mengunjungi Korut.", lang="id")
    parties = ("actor", "Bekti Surya", "person/bekti-surya"), ("recipient", "Korut", "country/PRK")
    text.claim("visit", "mengunjungi", text.article.text, *parties)
    with Record.open(tmp_path, write=True) as record, Store(tmp_path, write=True) as store:
        record.put(text.done())
        decide(tmp_path, Split(entity="person/ani-sari", into="person/other-one", articles=("kunjungan",)))
        store.sync(record, Linker.of(tmp_path, Listed(), record))
        before = store.nquads()
        link = Link(left="person/bekti-surya", right="person/ani-sari", judgement="same")
        decide(tmp_path, link)
        store.sync(record, Linker.of(tmp_path, Listed(), record))
        assert b"person/bekti-surya" not in store.nquads() and b"person/other-one" in store.nquads()
        decide(tmp_path, replace(link, judgement="withdrawn"))
        store.sync(record, Linker.of(tmp_path, Listed(), record))
        assert store.nquads() == before


def test_what_others_say_of_an_edge_outlives_an_article(tmp_path: Path) -> None:
    """That one visits the other stays when it is no more told that the other did, or did it with a third."""

    def visiting(id: str, *parties: tuple[str, str, str]) -> Extraction:
        text = Text(id, f"{' dan '.join(words for _, words, _ in parties)} berkunjung.", lang="id")
        text.claim("visit", "berkunjung", text.article.text, *parties)
        return text.done()

    russia, korea, shoigu = (
        ("Rusia", "country/RUS"), ("Korut", "country/PRK"), ("Shoigu", "person/sergei-shoigu"),
    )  # fmt: skip
    kept = visiting("kept", ("actor", *russia), ("recipient", *korea))
    others = [
        visiting("reverse", ("actor", *korea), ("recipient", *russia)),
        visiting("together", ("actor", *russia), ("actor", *shoigu), ("recipient", *korea)),
    ]
    asked = "ASK { country:RUS kg:visit country:PRK }"
    with Record.open(tmp_path, write=True) as record, Store(tmp_path, write=True) as store:
        record.put(kept)
        store.sync(record, LISTED)
        before = store.nquads()
        for other in others:
            record.put(other)
            store.sync(record, LISTED)
            assert store.query(asked).rows == [{"answer": True}]
            record.remove(other.article.id)
            store.sync(record, LISTED)
            assert store.nquads() == before


@settings(max_examples=40)
@given(
    read=st.lists(extractions(st.sampled_from(ARTICLES), IDS), max_size=3, unique_by=lambda e: e.article.id),
    before=st.lists(st.one_of(links, splits), max_size=3),
    decision=st.one_of(links, splits),
)
def test_any_decision_withdrawn_leaves_the_graph_as_it_was(
    read: list[Extraction],
    before: list[Link | Split],
    decision: Link | Split,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Whatever was decided before, a decision that is taken back leaves byte for byte what there was."""
    folder = tmp_path_factory.mktemp("withdrawn")
    with Record.open(folder, write=True) as record, Store(folder, write=True) as store:
        for extraction in read:
            record.put(extraction)
        for other in before:
            with contextlib.suppress(KGError):
                decide(folder, other)
        about = [pair(held) for held in held_in(folder)]
        assume(pair(decision) not in about and decision.judgement != "withdrawn")
        store.sync(record, Linker.of(folder, Listed(), record))
        whole = store.nquads()
        try:
            decide(folder, decision)
        except KGError:
            return
        store.sync(record, Linker.of(folder, Listed(), record))
        decide(folder, replace(decision, judgement="withdrawn"))
        store.sync(record, Linker.of(folder, Listed(), record))
        assert store.nquads() == whole


def test_decisions_do_not_contradict_each_other(tmp_path: Path) -> None:
    """Two that were judged different cannot become one through a third, and nothing is written then."""
    decide(tmp_path, Link(left="person/a", right="person/b", judgement="different"))
    decide(tmp_path, Link(left="person/a", right="person/c", judgement="same"))
    with pytest.raises(KGError, match="judged different"):
        decide(tmp_path, Link(left="person/c", right="person/b", judgement="same"))
    with pytest.raises(KGError, match="nothing was decided"):
        decide(tmp_path, Link(left="person/c", right="person/b", judgement="withdrawn"))
    assert [link.judgement for link in held_in(tmp_path)] == ["different", "same"]


def test_a_contradiction_goes_with_its_article(tmp_path: Path) -> None:
    """The denial of one article and the fact of another contradict each other as long as both are there."""
    fact = Text("fact", "Rusia memasok senjata ke Korut.", lang="id", published="2023-07-27")
    denied = next(claim for claim in visit().claims if claim.polarity == "negated")
    parties = ("actor", "Rusia", "country/RUS"), ("recipient", "Korut", "country/PRK")
    fact.claim(denied.relation, "memasok", fact.article.text, *parties, event_type=denied.event_type)
    count = "SELECT (COUNT(*) AS ?n) { ?one kg:contradicts ?other }"
    with Record.open(tmp_path, write=True) as record, Store(tmp_path, write=True) as store:
        record.put(visit())
        store.sync(record, LISTED)
        before = store.nquads()
        record.put(fact.done())
        store.sync(record, LISTED)
        assert store.query(count).rows == [{"n": 2}]
        [pair] = store.contradictions()
        assert denied.id in pair
        record.remove("fact")
        store.sync(record, LISTED)
        assert store.query(count).rows == [{"n": 0}] and store.nquads() == before
        assert store.contradictions() == []


def test_relations_and_event_types_have_names_for_readers() -> None:
    """The interface names what the codebook holds in the reader's language, and tells conflict apart."""
    named = words()
    assert named["relation"]["visit"]["id"] == "mengunjungi"
    assert named["event"]["AID"]["en"] == "aid"
    assert "conflict" in named["quad"]["ASSAULT"]["en"]


def meetings() -> Extraction:
    """Four visits of one day by the same, and the call of another day that one of them was."""
    text = Text("visits", "Satu Dua Tiga Empat Lima Shoigu Korut datang.", lang="id", published="2023-07-27")
    parties = ("actor", "Shoigu", "person/sergei-shoigu"), ("recipient", "Korut", "country/PRK")
    days = ("2023-07-25",) * 4 + ("2023-08-25",)
    for word, day in zip(("Satu", "Dua", "Tiga", "Empat", "Lima"), days, strict=True):
        kind = "AID" if word == "Lima" else "CONSULT"
        dated = {"date": day, "date_precision": "day", "date_basis": "stated"}
        text.claim("visit", word, text.article.text, *parties, event_type=kind, **dated)
    return text.done()


CLAIMS = [f"claim/{claim.id}" for claim in (*meetings().claims, *visit().claims[:1])]
about_claims = st.builds(
    Link, left=st.sampled_from(CLAIMS), right=st.sampled_from(CLAIMS), judgement=judgements
)


@settings(max_examples=40)
@given(
    links=st.lists(about_claims, max_size=10),
    at=st.integers(0, 10),
    gone=st.booleans(),
)
def test_decisions_about_claims_hold_and_leave_no_trace(
    links: list[Link], at: int, gone: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Claims judged the same are of one event, those judged different are not, whatever else is decided and
    removed meanwhile; the store is always what a new one is, and once all is withdrawn, what it was."""
    folder, other = tmp_path_factory.mktemp("way"), tmp_path_factory.mktemp("direct")
    with Record.open(folder, write=True) as record, Store(folder, write=True) as store:
        for extraction in (meetings(), visit()):
            record.put(extraction)
        store.sync(record, LISTED)
        before = store.nquads()
        for number, link in enumerate(links):
            with contextlib.suppress(KGError):
                decide(folder, link)
            if number == at and gone:
                record.remove("kunjungan")
            if number % 2:
                store.sync(record, LISTED)
        store.sync(record, LISTED)
        event_of = {f"claim/{claim}": event.id for event in store.events() for claim in event.claims}
        for link in decided(folder):
            if link.left in event_of and link.right in event_of:
                together = event_of[link.left] == event_of[link.right]
                assert together == (link.judgement == "same"), link
        if (folder / "decisions.jsonl").exists():
            shutil.copy(folder / "decisions.jsonl", other)
        with Store(other, write=True) as direct:
            direct.rebuild(record, LISTED)
            assert store.nquads() == direct.nquads()
        for link in decided(folder):
            decide(folder, replace(link, judgement="withdrawn"))
        record.put(visit())
        store.sync(record, LISTED)
        assert store.nquads() == before
        assert store.counts()["events"] == sum(1 for _ in store.events())
