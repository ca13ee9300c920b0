"""The store holds what the record says, and the promises of the graph."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ontologies
from kg.errors import PipelineError, QueryError, StoreError
from kg.graph.record import Record
from kg.graph.store import Store
from kg.graph.terms import BASE, KG, VOCABULARIES
from kg.linking import Linker
from kg.types import Entity, Extraction
from tests.graph.samples import LISTED, accusation, extractions, visit


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store on disk with the two samples."""
    with Store(tmp_path, write=True) as store:
        store.rebuild([visit(), accusation()], LISTED)
        yield store


class Stopping:
    """A list of actors that is stopped when it is asked."""

    def get(self, id: str) -> Entity | None:
        raise KeyboardInterrupt


def edges(store: Store) -> set[tuple[str, str, str]]:
    """The plain edges, as ids."""
    rows = store.query("SELECT ?s ?p ?o { GRAPH graph:derived { ?s ?p ?o } ?p a kg:Relation }").rows
    return {
        (row["s"].removeprefix(BASE), row["p"].removeprefix(KG), row["o"].removeprefix(BASE)) for row in rows
    }


def test_plain_edges_come_from_affirmed_actual_claims_only(store: Store) -> None:
    """The visit and the position are edges, the meeting both ways; the denial and the plan are not."""
    assert edges(store) == {
        ("person/sergei-shoigu", "visit", "country/PRK"),
        ("person/sergei-shoigu", "holds-role", "country/RUS"),
        ("country/USA", "accuse", "country/PRK"),
        ("country/RUS", "meet", "country/PRK"),
        ("country/PRK", "meet", "country/RUS"),
    }


@settings(max_examples=25)
@given(found=st.lists(extractions(), max_size=4, unique_by=lambda e: e.article.id))
def test_no_claim_that_is_not_a_fact_draws_an_edge(
    found: list[Extraction], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Promise 2: the edges are exactly those of affirmed actual claims of known relations."""
    expected = set()
    for claim in (claim for extraction in found for claim in extraction.claims):
        known = claim.relation in ("visit", "meet", "accuse", "holds-role")
        if known and (claim.polarity, claim.modality) == ("affirmed", "actual"):
            for actor, recipient in product(claim.role("actor"), claim.role("recipient")):
                if actor.ref and recipient.ref:
                    expected.add((actor.ref, claim.relation, recipient.ref))
                    if claim.relation == "meet":
                        expected.add((recipient.ref, claim.relation, actor.ref))
    with Store(tmp_path_factory.mktemp("store"), write=True) as store:
        store.rebuild(found, LISTED)
        assert edges(store) == expected


def test_no_triple_stands_in_two_graphs(store: Store) -> None:
    """Oxigraph would count it twice."""
    triples = [quad.triple for quad in store.quads()]
    assert len(triples) == len(set(triples)) > 300


def test_nothing_in_an_articles_graph_is_described_elsewhere(store: Store) -> None:
    """A named graph holds its article only, and there is no blank node anywhere."""
    lines = store.nquads().decode().splitlines()
    assert not [line for line in lines if line.startswith("_:") or " _:" in line.split('"')[0]]
    graphs = store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g").rows
    names = ("article/accusation", "article/kunjungan", "graph/derived", "graph/entities", "graph/ontology")
    assert [row["g"] for row in graphs] == [BASE + name for name in names]


def test_a_role_gives_both_the_entity_and_the_words(store: Store) -> None:
    """The actor of the visit is Shoigu, and the words that say so stand at their place."""
    rows = store.query("""
        SELECT ?name ?words ?start ?end {
          ?claim kg:relation kg:visit ; kg:status "asserted" ; kg:actor/schema:name ?name ;
            kg:actorMention/oa:hasTarget/oa:hasSelector ?q, ?p .
          ?q oa:exact ?words . ?p oa:start ?start ; oa:end ?end }""").rows
    assert rows == [{"name": "Sergei Shoigu", "words": "Shoigu", "start": 0, "end": 6}]


def test_plain_words_in_a_role_have_a_name(store: Store) -> None:
    """What is not an entity is still readable in its role."""
    rows = store.query("SELECT ?name { ?claim kg:theme/schema:name ?name }").rows
    assert rows == [{"name": "senjata"}]


def test_dates_are_as_exact_as_they_are_stated(store: Store) -> None:
    """A day, a month and a year are typed as such, with their basis."""
    found = store.query(
        "SELECT (STR(?d) AS ?date) (DATATYPE(?d) AS ?type) ?b { ?c kg:date ?d ; kg:dateBasis ?b }"
    )
    assert {(row["date"], row["type"].rpartition("#")[2], row["b"]) for row in found.rows} == {
        ("2023-07-25", "date", "stated"),
        ("2023-08", "gYearMonth", "relative"),
        ("2023", "gYear", "stated"),
    }


def test_another_base_names_all_data(tmp_path: Path) -> None:
    """With a base of one's own, no data stands under ours."""
    with Store(tmp_path, write=True, base="https://example.org/kg/") as store:
        store.rebuild([visit()], LISTED)
        assert BASE.encode() not in store.nquads()
        assert store.query("ASK { person:sergei-shoigu kg:visit country:PRK }").rows == [{"answer": True}]
    with pytest.raises(PipelineError, match="cannot be a base IRI"):
        Store(tmp_path, base="no iri")


def test_a_killed_run_is_noticed_and_repaired(tmp_path: Path) -> None:
    """Whatever half work is left, the store is not current, and the next sync makes it whole."""
    with Record.open(tmp_path, write=True) as record, Store(tmp_path, write=True) as store:
        record.put(visit())
        record.put(accusation())
        store.sync(record, LISTED)
        whole = store.nquads()
        record.remove("accusation")
        assert not store.is_current(record)
        with pytest.raises(KeyboardInterrupt):
            store.sync(record, Linker(Stopping()))
        assert not store.is_current(record)
        record.put(accusation())
        store.sync(record, LISTED)
        assert store.nquads() == whole and store.is_current(record)
        store.close()
        shutil.rmtree(tmp_path / "store")
        with Store(tmp_path, write=True) as empty:
            assert not empty.is_current(record)
            empty.sync(record, LISTED)
            assert empty.nquads() == whole


def test_a_changed_ontology_makes_the_store_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the codebook was edited, the store is built again from the record."""
    folder = tmp_path / "ontologies"
    shutil.copytree(ontologies.folder(), folder)
    monkeypatch.setenv("KG_ONTOLOGIES", str(folder))
    with Record.open(tmp_path, write=True) as record, Store(tmp_path, write=True) as store:
        record.put(visit())
        store.sync(record, LISTED)
        (folder / "rules" / "plain-edges.rq").unlink()
        assert not store.is_current(record)
        store.sync(record, LISTED)
        assert edges(store) == set()
        (folder / "rules" / "bad.rq").write_text("CONSTRUCT nothing")
        with pytest.raises(PipelineError, match=r"bad\.rq is not valid SPARQL"):
            store.sync(record, LISTED)


def test_there_is_one_writer_and_readers_may_look_on(store: Store, tmp_path: Path) -> None:
    """A second writer is told to wait; a reader sees the graph and cannot change it."""
    with pytest.raises(StoreError, match="another run is using"):
        Store(tmp_path, write=True)
    with Store(tmp_path) as reader:
        assert reader.query("ASK { ?c a kg:Claim }").rows == [{"answer": True}]
        with pytest.raises(StoreError, match="reading only"):
            reader.rebuild([], LISTED)


def test_a_reader_keeps_its_graph_while_it_is_rebuilt(store: Store, tmp_path: Path) -> None:
    """Who reads during a rebuild goes on reading what was there."""
    with Store(tmp_path) as reader:
        before = reader.nquads()
        store.rebuild([visit()], LISTED)
        assert reader.nquads() == before
    with Store(tmp_path) as reader:
        assert reader.nquads() == store.nquads() != before


def test_a_missing_or_damaged_store_says_what_to_do(tmp_path: Path) -> None:
    """No store and a broken one are told in one sentence each."""
    with pytest.raises(StoreError, match="make one with `kg build SOURCE`"):
        Store(tmp_path)
    with Record.open(tmp_path, write=True) as record, Store(tmp_path, write=True) as store:
        record.put(visit())
        store.sync(record, LISTED)
    for file in (tmp_path / "store").glob("MANIFEST-*"):
        file.write_bytes(b"broken")
    with pytest.raises(StoreError, match=r"damaged .* `kg build` rebuilds it"):
        Store(tmp_path, write=True)


@pytest.mark.parametrize(
    ("query", "message", "place"),
    [
        ("SELECT ?x\nWHERE { ?x ?y }", "line 2, column 16", (2, 16)),
        ("DROP ALL", "would change the graph", (1, 1)),
        ("PREFIX drop: <x:y>\nLOAD <http://example.org/>", "would change the graph", (2, 1)),
        ("SELECT * {} ; DROP ALL", "not valid SPARQL", (1, 19)),
        ("SELECT * {\n  SERVICE <http://example.org/> { ?s ?p ?o } }", "stay on this machine", (2, 3)),
        ("SELECT * { service silent ?where { ?s ?p ?o } }", "stay on this machine", (1, 12)),
    ],
)
def test_a_query_that_cannot_be_run_says_where(
    store: Store, query: str, message: str, place: tuple[int, int]
) -> None:
    """Mistakes, changes and questions to other servers are refused with their place."""
    with pytest.raises(QueryError, match=message) as caught:
        store.query(query)
    assert (caught.value.query, caught.value.place) == (query, place)


def test_the_word_service_in_a_text_is_no_question_to_a_server(store: Store) -> None:
    """Strings, comments and names may hold it."""
    query = 'SELECT ?service { BIND("SERVICE <x>" AS ?service) } # SERVICE'
    assert store.query(query).rows == [{"service": "SERVICE <x>"}]


def test_a_construct_answers_triples_and_labels_come_from_the_ontology(store: Store) -> None:
    """Triples are rows; relations and event types have names in both languages."""
    found = store.query(
        "CONSTRUCT { ?t skos:prefLabel ?l } WHERE { kg:visit kg:eventType ?t . ?t skos:prefLabel ?l }"
    )
    assert {row["object"] for row in found.rows} == {"consult", "berkonsultasi"}
    assert {row["predicate"] for row in found.rows} == {VOCABULARIES["skos"] + "prefLabel"}


def test_plover_has_its_sixteen_types(store: Store) -> None:
    """Each with a name and a definition in two languages and a CAMEO code."""
    found = store.query("""
        SELECT ?type {
          ?type skos:inScheme plover:scheme ; skos:prefLabel ?l ; skos:definition ?d ; skos:notation ?c .
        FILTER(LANG(?l) = "id" && LANG(?d) = "en") } GROUP BY ?type""")
    assert len(found) == 16
