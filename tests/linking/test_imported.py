"""Imported actors in a graph: linked with evidence only, behind the actor list, and gone without a trace."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import KGError
from kg.graph.record import Record
from tests.graph.samples import ENTITIES, PEOPLE, Text, extractions
from tests.importing.files import put

XARA, GARDA, TOWN = "person/xara-qunde", "organization/garda-samudra-institute", "place/tunggalwaru"
HEAD = "name,aliases,type,country,wikidata\n"


def graph_of(folder: Path, *articles: tuple[str, str, str]) -> kg.Graph:
    """A graph whose articles (id, name, its id) name one entity and North Korea."""
    with Record.open(folder, write=True) as record:
        for id, name, ref in articles:
            text = Text(id, f"Pagi ini {name} tiba di Korut.", lang="id")
            place = ("recipient", "Korut", "country/PRK")
            text.claim("visit", "tiba", f"Pagi ini {name} tiba di Korut.", ("actor", name, ref), place)
            record.put(text.done())
    return kg.open(folder)


def bring(graph: kg.Graph, *lines: str, source: str = "mine") -> None:
    path = put(graph.output, f"{source}.csv", HEAD + "".join(f"{line}\n" for line in lines))
    graph.import_actors(path)


def who(graph: kg.Graph) -> set[str]:
    """The entities of the graph but North Korea."""
    return {row["id"] for row in graph.entities()} - {"country/PRK"}


def test_names_in_all_spellings_become_the_imported_one(tmp_path: Path) -> None:
    """Two names that an import gives one person make one node, with its id elsewhere and its source."""
    graph = graph_of(tmp_path, ("a", "Xara Qunde", XARA), ("b", "Xara Bawar", "person/xara-bawar"))
    assert who(graph) == {XARA, "person/xara-bawar"}
    bring(graph, "Xara Qunde,Xara Bawar,Person,PRK,Q990000001")
    (row,) = [row for row in graph.entities() if row["type"] == "Person"]
    assert (row["id"], row["same_as"], row["articles"]) == ("person/q990000001", ["Q990000001"], 2)
    asked = graph.query(
        'SELECT ?same ?from { ?e schema:name "Xara Qunde" ; owl:sameAs ?same ; kg:importedFrom ?from }'
    )
    assert asked.rows == [{"same": "http://www.wikidata.org/entity/Q990000001", "from": "mine: Q990000001"}]
    told = "\n".join(graph.why("person/q990000001"))
    assert "imported from mine: Q990000001, the same as Q990000001" in told
    assert "person/q990000001 is person/xara-bawar: has the name in mine, and its articles name PRK" in told


@pytest.mark.parametrize(
    ("name", "ref", "lines"),
    [
        ("Xara Qunde", XARA, ["Xara Qunde,,Person,IDN,Q1", "Xara Kunde,,Person,IDN,Q2"]),  # two, or more
        ("Xara Qunde", XARA, ["Xara Qunde,,Person,PRK,Q1", "Xara Qunde,,Person,PRK,Q2"]),
        ("Xara Qunde", XARA, ["Xara Qunde,,Person,IDN,Q1"]),  # of a country that no article names
        ("Garda", "organization/garda", ["Garda,,Organization,,Q1"]),  # one word, nothing else
        ("Tunggalwaru", TOWN, ["Tunggalwaru,,Place,IDN,Q1"]),
    ],
)
def test_without_evidence_a_name_is_offered_and_not_linked(
    name: str, ref: str, lines: list[str], tmp_path: Path
) -> None:
    """Namesakes, names of one word and other countries are for a person to decide; the answer is kept."""
    graph = graph_of(tmp_path, ("a", name, ref))
    bring(graph, *lines)
    assert who(graph) == {ref}
    pairs = [(row["left"], row["right"]) for row in graph.doubtful()]
    prefix = ref.partition("/")[0]
    assert pairs == [(ref, f"{prefix}/q{n}") for n in range(1, len(lines) + 1)]
    if prefix != "place":
        assert graph.doubtful()[0]["left_sentences"][0]["text"] == f"Pagi ini {name} tiba di Korut."
    graph.link(*pairs[-1], "same")
    assert who(graph) == {pairs[-1][1]}
    graph.link(*pairs[-1], "withdrawn")
    assert who(graph) == {ref}


@pytest.mark.parametrize(
    ("name", "ref", "line"),
    [
        ("Xara Qunde", XARA, "Xara Qunde,,Person,,Q1"),  # the only one, and nothing speaks against it
        ("Garda", "organization/garda", "Garda,,Organization,PRK,Q1"),
        ("Tunggalwaru", TOWN, "Tunggalwaru,,Place,PRK,Q1"),
        ("Garda Samudra Institute", GARDA, "Garda Samudra Institute,,Organization,,Q1"),
    ],
)
def test_with_evidence_it_is_linked(name: str, ref: str, line: str, tmp_path: Path) -> None:
    """A full name that only one has, or a country that the article names, is enough."""
    graph = graph_of(tmp_path, ("a", name, ref))
    bring(graph, line)
    assert who(graph) == {f"{ref.partition('/')[0]}/q1"}


def test_a_country_tells_namesakes_apart(tmp_path: Path) -> None:
    """Of two of one name the one is meant whose country the articles name."""
    graph = graph_of(tmp_path, ("a", "Xara Qunde", XARA))
    bring(graph, "Xara Qunde,,Person,IDN,Q1", "Xara Qunde,,Person,PRK,Q2")
    assert who(graph) == {"person/q2"}


def test_the_actor_list_outranks_imports(tmp_path: Path) -> None:
    """A listed person stays as listed; an import of the same name and country adds its identifiers only."""
    putin = ("a", "Vladimir Putin", "person/vladimir-putin")
    graph = graph_of(tmp_path, putin, ("b", "Wladimir Putin", "person/wladimir-putin"))
    bring(graph, "Vladimir Putin,Voldemort Putin,Person,RUS,Q7747")
    (row,) = [row for row in graph.entities() if row["type"] == "Person"]
    assert (row["id"], row["same_as"]) == ("person/vladimir-putin", ["Q7747"])
    assert "Voldemort Putin" not in str(row["names"])
    bring(graph, "Vladimir Putin,,Person,PRK,Q8")
    (row,) = [row for row in graph.entities() if row["type"] == "Person"]
    assert (row["id"], row["same_as"]) == ("person/vladimir-putin", [])


def test_people_outrank_imports(tmp_path: Path) -> None:
    """Whom a person holds apart is not linked by an import; an id that nobody has is refused."""
    graph = graph_of(tmp_path, ("a", "Xara Qunde", XARA))
    bring(graph, "Xara Qunde,,Person,PRK,Q1")
    graph.link(XARA, "person/q1", "different")
    assert who(graph) == {XARA}
    with pytest.raises(KGError, match="there is no entity person/q2"):
        graph.link(XARA, "person/q2", "same")


def test_two_sources_of_one_person_are_one(tmp_path: Path) -> None:
    """What two sources say of one Wikidata item is said of one node."""
    graph = graph_of(tmp_path, ("a", "Xara Qunde", XARA))
    bring(graph, "Xara Qunde,,Person,PRK,Q1", source="one")
    bring(graph, "Xara Qunde,Xara Q. Bawar,Person,,Q1", source="two")
    (row,) = [row for row in graph.entities() if row["type"] == "Person"]
    assert (row["id"], row["sources"]) == ("person/q1", ["one: Q1", "two: Q1"])
    assert row["names"]["und"] == ["Xara Qunde", "Xara Q. Bawar"]


NAMES = st.sampled_from(
    ["Ani Sari", "Bekti Surya", "Sergei Shoigu", "Maria Zakharova", "Xara Qunde", "Korut"]
)
LINES = st.lists(
    st.builds(
        "{},{},{},{},{}".format,
        NAMES,
        NAMES,
        st.sampled_from(["Person", "Organization", "Place", "Country"]),
        st.sampled_from(["", "RUS", "PRK", "IDN"]),
        st.sampled_from(["", "Q1", "Q2", "Q3"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=8, deadline=None)
@given(st.lists(extractions(ids=(*ENTITIES, *PEOPLE)), min_size=1, max_size=3), LINES)
def test_an_import_that_is_removed_leaves_no_trace(articles: list, lines: list[str]) -> None:  # type: ignore[type-arg]
    """The graph is then as it was before, byte for byte; an import does the same whenever it comes."""
    with tempfile.TemporaryDirectory() as work:
        first, second = Path(work, "first"), Path(work, "second")
        for folder in (first, second):
            with Record.open(folder, write=True) as record:
                for extraction in articles[: None if folder == first else 1]:
                    record.put(extraction)
        graph, other = kg.open(first), kg.open(second)
        before = quads(graph)
        bring(graph, *lines)
        with_import = quads(graph)
        bring(other, *lines)
        with Record.open(second, write=True) as record:
            for extraction in articles:
                record.put(extraction)
        assert quads(kg.open(second)) == with_import
        graph.remove_actors("mine")
        assert quads(graph) == before
        assert quads(kg.open(first)) == before


def quads(graph: kg.Graph) -> bytes:
    graph.export(graph.output / "all.nq")
    return (graph.output / "all.nq").read_bytes()
