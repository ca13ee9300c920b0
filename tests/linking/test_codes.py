"""Actor codes at the date of a claim, on articles in Indonesian and English."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import ontologies
from kg.errors import PipelineError
from kg.linking.actors import load_actors
from kg.linking.code_book import load_code_book, sectors_of
from kg.linking.codes import DatedCode, code_of_office, country_of, dated_codes, sector_of
from kg.types import EntityRole

ID = (
    "Presiden Rusia Vladimir Putin bertemu Pemimpin Korea Utara Kim Jong Un di Vladivostok. "
    "Tentara Sudan menyerang pemberontak. Polisi Hong Kong menangkap 10 demonstran. "
    "Warga Georgia mengecam Kremlin. Pemberontak Suriah menculik wartawan. "
    "Mantan Presiden Korea Selatan Moon Jae-in mengkritik Jepang. "
    "Menteri Pertahanan Kenya Baraka Ndolo mengunjungi Somalia. Greenpeace mengecam Pertamina."
)
EN = (
    "Dmitry Medvedev criticized the United States. US and British activists protested against China. "
    "Insurgents attacked Syrian soldiers. The Hong Kong police arrested students. "
    "Ban Ki-moon condemned the Islamic State. Senator John Ashbrook-Lyle visited Jordan. "
    "Former US president Jimmy Carter visited North Korea. The Taliban attacked Pakistan. CNN accused Japan."
)
ARTICLES = (
    {"id": "id", "text": ID, "lang": "id", "published": "2023-07-27"},
    {"id": "en", "text": EN, "lang": "en", "published": "2014-05-01"},
    {"id": "later", "text": EN, "lang": "en", "published": "2023-05-01"},
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    """The graph of the three articles."""
    folder = tmp_path_factory.mktemp("codes")
    lines = (json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES)
    (folder / "articles.jsonl").write_text("".join(lines), encoding="utf-8")
    assert not kg.build([folder / "articles.jsonl"], folder / "output").errors
    yield kg.open(folder / "output")


def coded(graph: kg.Graph, article: str) -> set[str]:
    """Who does it to whom in an article, by codes: ``RUSGOV meet PRKGOV``."""

    def codes(parties: list[dict[str, object]]) -> str:
        return "+".join(str(code) for party in parties for code in party["codes"])  # type: ignore[attr-defined]

    return {
        f"{codes(row['actors'])} {row['relation']} {codes(row['recipients'])}"
        for row in graph.claims(article=article)
    }


@pytest.mark.parametrize(
    ("article", "claim"),
    [
        ("id", "RUSGOV meet PRKGOV"),
        ("id", "SDNMIL attack REB"),
        ("id", "HKGCOP arrest OPP"),
        ("id", "GEOCVL criticise RUSGOV"),
        ("id", "SYRREB kidnap JRN"),
        ("id", "KORCVL criticise JPN"),
        ("id", "KENGOV visit SOM"),
        ("id", "NGO criticise IDNBUS"),
        ("en", "RUSGOV criticise USA"),
        ("en", "USAOPP+GBROPP protest-against CHN"),
        ("en", "REB attack SYRMIL"),
        ("en", "HKGCOP arrest EDU"),
        ("en", "IGOUNO criticise IMG"),
        ("en", "LEG visit JOR"),
        ("en", "USACVL visit PRK"),
        ("en", "AFGREB attack PAK"),
        ("en", "USAJRN accuse JPN"),
    ],
)
def test_parties_have_codes(graph: kg.Graph, article: str, claim: str) -> None:
    """Office, organ, people without a name, name of a government, listed body: each has its code."""
    assert claim in coded(graph, article)


def test_codes_are_those_of_the_day(graph: kg.Graph) -> None:
    """The same words nine years later: offices have changed hands, and rebels rule."""
    later = coded(graph, "later")
    assert {"RUSCVL criticise USA", "AFGGOV attack PAK"} <= later
    assert not {"RUSGOV criticise USA", "AFGREB attack PAK"} & later


def test_the_graph_has_the_codes_of_the_listing(graph: kg.Graph) -> None:
    """SPARQL finds on a claim the codes that its row has."""
    query = "SELECT ?id ?code { ?claim kg:codedActor ?code . BIND(STRAFTER(STR(?claim), 'claim/') AS ?id) }"
    found = {(row["id"], row["code"]) for row in graph.query(query).rows}
    listed = {
        (row["id"], code) for row in graph.claims() for party in row["actors"] for code in party["codes"]
    }
    assert found == listed != set()


def test_offices_have_codes_with_dates(graph: kg.Graph) -> None:
    """An entity's codes say from when to when each holds; what has no office has one without dates."""
    rows = {row["id"]: row["codes"] for row in graph.entities()}
    assert {"code": "IGOUNO", "since": "2007-01-01", "until": "2016-12-31"} in rows["person/ban-ki-moon"]
    assert rows["country/PRK"] == [{"code": "PRK", "since": None, "until": None}]
    query = "SELECT ?code { ?who schema:identifier 'person/ban-ki-moon' ; kg:position/kg:actorCode ?code }"
    assert [row["code"] for row in graph.query(query).rows] == ["IGOUNO"]


def test_polecat_has_the_sectors(graph: kg.Graph, tmp_path: Path) -> None:
    """The export has country and sector of the day, also of parties without a name."""
    lines = graph.export(tmp_path / "graph.polecat.tsv").read_text(encoding="utf-8").splitlines()
    head, *rows = (line.split("\t") for line in lines)
    sides = ("Actor Country", "Primary Actor Sector", "Recipient Country", "Primary Recipient Sector")
    found = {tuple(row[head.index(name)] for name in sides) for row in rows}
    assert ("SDN", "MIL", "None", "REB") in found
    assert ("PRK; RUS", "GOV", "None", "None") in found  # a meeting: both are actors
    assert ("None", "IGO", "None", "IMG") in found


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("president", "USAGOV"),
        ("deputy foreign minister", "USAGOV"),
        ("acting police chief", "USACOP"),
        ("former president", "USACVL"),
        ("president-elect", "USA"),
        ("designate defence minister", "USA"),
        ("founder", "USA"),
    ],
)
def test_what_changes_a_title_changes_the_code(title: str, code: str) -> None:
    """A deputy has the sector of the office; who held it once is a civilian, who will hold it has none."""
    role = EntityRole(title=title, of="country/USA")
    assert code_of_office(role, None, load_actors()) == code


SECTORS = st.sampled_from(load_code_book().sectors)
COUNTRIES = st.sampled_from(sorted(e.country for e in load_actors() if e.type == "Country" and e.country))


@given(country=COUNTRIES, sector=SECTORS)
def test_a_code_comes_apart_as_it_was_joined(country: str, sector: str) -> None:
    """Country and sector are found again in any code; neither is taken for the other."""
    assert (country_of(country + sector), sector_of(country + sector)) == (country, sector)
    assert (country_of(country), sector_of(country)) == (country, None)
    assert (country_of(sector), sector_of(sector)) == (None, sector)


def test_every_listed_code_is_of_the_code_book() -> None:
    """What the column actor_code says begins with a country or a non-state code and goes on with a sector."""
    actors, book = load_actors(), load_code_book()
    countries = {entity.country for entity in actors if entity.type == "Country"}
    for entity in actors:
        code = entity.actor_code
        if code and code[:3] not in book.non_state:
            assert country_of(code) in {*countries, None}, (entity.id, code)
            assert len(code) == 3 or code[-3:] in book.sectors, (entity.id, code)


def test_nobody_has_a_code_before_an_office() -> None:
    """Each dated code of a person is that of one of the offices, none is made up."""
    putin = load_actors().get("person/vladimir-putin")
    assert putin is not None
    codes = dated_codes(putin, load_actors())
    assert DatedCode(code="RUSGOV", since="2000-05-07", until="2008-05-07") in codes
    assert {code.code for code in codes} == {"RUSGOV"}


@pytest.mark.parametrize("lang", ["de", "en", "es", "fr", "id", "pt"])
def test_word_lists_are_right(lang: str) -> None:
    """The list of each language loads, and repeats nothing of the list of organs."""
    nouns = ontologies.language(lang, "sectors")["nouns"]
    listed = {
        form.casefold() for forms in ontologies.language(lang, "bodies")["bodies"].values() for form in forms
    }
    assert load_code_book().words(lang, by_office=False)
    assert not {word.casefold() for words in nouns.values() for word in words} & listed


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"XXX": ["rebels"]}, "'XXX'"),
        ({"REB": ["rebels"], "MIL": ["Rebels"]}, "keep one"),
        ({"REB": "rebels"}, "needs a list"),
        ({"REB": ["one two three four five six"]}, "more than 5 words"),
    ],
)
def test_a_wrong_word_list_is_refused(table: dict[str, object], says: str) -> None:
    """A list that cannot be meant is refused with the file and what is wrong."""
    with pytest.raises(PipelineError, match=says) as caught:
        sectors_of("languages/xx/sectors.toml", "nouns", table, load_code_book().sectors)
    assert "languages/xx/sectors.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('PTY = ["candidate"', 'PTY = ["candidat"', "'candidat' in \\[titles\\]"),
        ('REB = ["military wing"]', 'REB = ["wing"]', "'wing' in \\[bodies\\]"),
        ('words = ["former"', 'words = ["formerly"', "'formerly' in \\[out_of_office\\]"),
        ('sector = "CVL"', 'sector = "ELI"', "one of \\[sectors\\]"),
        ("[non_state]", "[none_state]", "\\[non_state\\] is missing"),
    ],
)
def test_a_wrong_code_book_is_refused(
    right: str, wrong: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake in codes.toml is told in one sentence when it is loaded."""
    folder = Path(shutil.copytree(ontologies.folder(), tmp_path / "ontologies"))
    file = folder / "actors" / "codes.toml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    monkeypatch.setenv("KG_ONTOLOGIES", str(folder))
    with pytest.raises(PipelineError, match=says):
        load_code_book.__wrapped__()
