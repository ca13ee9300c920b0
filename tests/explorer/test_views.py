"""What a reader does beyond the drawing: time, places, pairs, ways between, and taking the view along."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from benchmarks import synthetic
from kg import Graph
from kg.explorer.page import write_page

from .sample import ARTICLES, CLAIMS, ENTITIES, claim

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("playwright.sync_api")
Visit = Callable[..., "Page"]

NAMES = "() => window.explorer.renderer.getGraph().nodes()"
WORDS = {
    "relation": {"supplies-arms-to": {"en": "supplies arms to", "id": "memasok senjata kepada"}},
    "event": {"AID": {"en": "aid", "id": "memberi bantuan"}, "FIGHT": {"en": "fight"}},
    "cue": {"supplies-arms-to": {"en": "ship weapon", "id": "rudal"}},
    "quad": {"AID": {"en": "material cooperation"}, "FIGHT": {"en": "material conflict"}},
}


def _placed() -> list[dict[str, Any]]:
    """The claims of the sample, one of them in Vladivostok."""
    place = {"entity": "place/vladivostok", "name": "Vladivostok", "text": "there", "start": 0, "end": 0}
    return [{**row, "place": place} if row["id"] == "c10" else row for row in CLAIMS]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a place on the map, events, and claims that contradict each other."""
    path = tmp_path_factory.mktemp("page") / "explorer.html"
    known = {"place/vladivostok": (43.1, 131.9), "country/PRK": (40.0, 127.0)}
    entities = [
        {**row, **dict(zip(("lat", "lon"), known.get(row["id"], (None, None)), strict=True))}
        for row in ENTITIES
    ]
    events = [{"id": "e1", "status": "disputed", "date": "2023-07-27", "date_precision": "day", "reports": 4,
               "sources": 3, "claims": ["c03", "c04", "c05"]}]  # fmt: skip
    write_page(
        path,
        entities=entities,
        claims=_placed(),
        articles=ARTICLES,
        events=events,
        contradictions=[("c03", "c05"), ("c04", "c05")],
        words=WORDS,
    )
    return path


def _rows(page: Page) -> int:
    return page.locator("#list tbody tr").count()


def test_a_pair_shows_who_says_what(visit: Visit, browser: Browser, sample: Path) -> None:
    """Two steps from the search to all sentences on a pair, contradictions side by side."""
    page = visit(browser, sample)
    page.fill("#query", "korut")
    page.keyboard.press("Enter")
    page.locator("#panel .two").get_by_role("button", name="Russia").click()
    told = page.locator("#panel .digest > li", has_text="supplies arms to").inner_text()
    assert re.search(r"DENIED\s+North Korea; Russia", told) and re.search(r"ALLEGED\s+United States", told)
    yes, no = page.locator("#panel .sides > div").all()
    assert "Washington says North Korea is arming Russia" in yes.inner_text()
    assert "Moscow denied" in no.inner_text() and "Pyongyang membantah" in no.inner_text()
    assert page.locator("#panel .sides .claim.asserted").count() == 0


def test_words_lead_to_the_sentences(visit: Visit, browser: Browser, sample: Path) -> None:
    """What is looked for may stand in the names, the relation or what tells of it; sentences are there."""
    page = visit(browser, sample)
    shown = page.locator("#panel .claim")
    for words in ("Россия weapons", "DPRK ship", "rusia rudal"):
        page.fill("#query", words)
        assert page.locator("#suggestions li").all_inner_texts() == [f"claims with\n{words}"]
        page.keyboard.press("Enter")
        assert shown.count() > 0
        assert all(
            "supplies arms to" in text for text in page.locator("#panel .claim .headline").all_inner_texts()
        )
        page.get_by_role("button", name=words).click()
    page.fill("#query", "weapons")
    page.locator("#suggestions li", has_text="supplies arms to").click()
    assert shown.count() == page.locator("#panel .claim .headline", has_text="supplies arms to").count() > 1
    page.fill("#text", '"korea arming"')
    page.keyboard.press("Enter")
    assert shown.count() == 0 and "No claim fits" in page.locator("#panel").inner_text()


def test_neighbourhood_between_and_back(visit: Visit, browser: Browser, sample: Path) -> None:
    """One name shows what is around it, two what is between them, and Back returns."""
    page = visit(browser, sample, "#select=entity&select=country%2FJPN")
    page.get_by_role("button", name="Show neighbourhood").click()
    assert set(page.evaluate(NAMES)) == {
        "country/JPN", "organization/united-nations", "event/harbour-summit", "country/UKR",
    }  # fmt: skip
    page.fill("#query", "Shoigu")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Between this and Japan").click()
    # They never meet: the shortest way leads over what both of them know.
    between = page.evaluate(NAMES)
    assert between[:2] == ["country/JPN", "person/sergei-shoigu"] and "country/PRK" in between
    page.go_back()
    page.go_back()
    assert "country/UKR" in page.evaluate(NAMES) and "country/PRK" not in page.evaluate(NAMES)


def test_a_month_by_search_field_and_brush(visit: Visit, browser: Browser, sample: Path) -> None:
    """A month that is typed, in the search or beside the timeline, and one that is dragged, choose claims."""
    page = visit(browser, sample, "#tab=table")
    everything = _rows(page)
    page.fill("#query", "agustus 2023")
    page.keyboard.press("Enter")
    august = _rows(page)
    assert 0 < august < everything
    assert page.input_value("#period-from") == "2023-08"
    page.fill("#period-from", "July 2023")
    page.keyboard.press("Tab")
    page.fill("#period-to", "2023-07")
    page.keyboard.press("Tab")
    assert _rows(page) == everything - august
    page.click("#any-time")
    assert _rows(page) == everything
    box = page.locator("#timeline .plot").bounding_box()
    assert box
    page.mouse.move(box["x"] + 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 20, steps=4)
    page.mouse.up()
    assert _rows(page) == everything - august
    page.fill("#period-from", "the other day")
    page.keyboard.press("Tab")
    assert page.get_attribute("#period-from", "aria-invalid") == "true"


def test_playing_goes_through_time(visit: Visit, browser: Browser, sample: Path) -> None:
    """Playing moves the window on without filling the history; pressing again stops."""
    page = visit(browser, sample)
    before = page.evaluate("() => history.length")
    page.click("#play")
    first = page.input_value("#period-from")
    page.wait_for_function("(first) => document.getElementById('period-from').value !== first", arg=first)
    page.click("#play")
    assert page.input_value("#period-from") > first
    assert page.evaluate("() => history.length") == before


def test_a_place_on_the_map_opens_its_sentences(visit: Visit, browser: Browser, sample: Path) -> None:
    """The circle of a place leads to what happens there, and is broken where nothing is told as a fact."""
    page = visit(browser, sample, "#tab=map")
    circle = page.get_by_role("button", name="Vladivostok")
    assert "untold" in (circle.get_attribute("class") or "")
    circle.focus()
    page.keyboard.press("Enter")
    assert "Putin will receive Kim there" in page.inner_text("#panel")
    assert page.evaluate("() => document.activeElement.getAttribute('aria-label')").startswith("Vladivostok")
    page.click("#places-parties")
    assert page.get_by_role("button", name=re.compile("^North Korea: ")).count() == 1


def test_sources_make_lines_wide_and_filter(visit: Visit, browser: Browser, sample: Path) -> None:
    """What rests on more independent sources is drawn wider, and can be asked for."""
    page = visit(browser, sample)
    widths = """() => ["country/PRK country/RUS denied", "country/RUS event/harbour-summit negated"].map(
      (id) => window.explorer.renderer.getGraph().getEdgeAttribute(id, "fullSize"))"""
    many, one = page.evaluate(widths)
    assert many > 1.3 * one
    page.select_option("#least-sources", "3")
    page.click("#view-table")
    assert _rows(page) == 3


def test_conflict_and_cooperation_have_colours(visit: Visit, browser: Browser, sample: Path) -> None:
    """Lines can be coloured by conflict and cooperation, and keep the pattern of their status."""
    page = visit(browser, sample, "#colour=kind")
    look = """(id) => {
      const { color, type } = window.explorer.renderer.getGraph().getEdgeAttributes(id);
      return [color, type];
    }"""
    fight = page.evaluate(look, "country/RUS country/UKR asserted")
    denied = page.evaluate(look, "country/PRK country/RUS denied")
    assert fight[0] != denied[0]
    assert (fight[1], denied[1]) == ("asserted", "denied")
    assert page.inner_text("#tools").count("conflict") >= 1


def test_by_keyboard_and_for_screen_readers(visit: Visit, browser: Browser, sample: Path) -> None:
    """Keys move the drawing and walk the panel without losing the place; what opens is said."""
    page = visit(browser, sample)
    camera = "() => window.explorer.renderer.getCamera().getState().x"
    before = page.evaluate(camera)
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(camera) > before
    page.locator("#panel").get_by_role("button", name="North Korea").first.focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#said") == "North Korea"
    assert page.evaluate("() => document.activeElement.id") == "panel"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.getElementById('panel').contains(document.activeElement)")
    page.focus("[data-kind=status] input[value=denied]")
    page.keyboard.press("Space")
    assert page.evaluate("() => document.activeElement.value") == "denied"
    unnamed = """() => [...document.querySelectorAll("button, input, select, a")].filter(
      (one) => !(one.textContent.trim() || one.ariaLabel || one.labels?.length)).length"""
    assert page.evaluate(unnamed) == 0


def test_sorting(visit: Visit, browser: Browser, sample: Path) -> None:
    """A column's head sorts by it, and again the other way round."""
    page = visit(browser, sample, "#tab=table")

    def column() -> list[str]:
        return [
            cell.lower() for cell in page.locator("#list tbody td:nth-child(3)").all_inner_texts() if cell
        ]

    page.click("#sort-whom")
    up = column()
    assert up == sorted(up)
    page.click("#sort-whom")
    assert column() == up[::-1]
    assert page.get_attribute("#list th:nth-child(3)", "aria-sort") == "descending"


def test_right_to_left_sentences(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    """An Arabic sentence runs from right to left, its marks on the right words."""
    told = ("a2", "asserted", None, "attacks", "روسيا قصفت أوكرانيا مجددا", ("country/RUS", "روسيا"), "قصفت",
            ("country/UKR", "أوكرانيا"), None)  # fmt: skip
    path = tmp_path / "arabic.html"
    write_page(path, entities=ENTITIES, claims=[claim("r1", told)], articles=ARTICLES)
    page = visit(browser, path, "#select=claim&select=r1")
    quote = page.locator("#panel blockquote")
    assert quote.evaluate("(element) => getComputedStyle(element).direction") == "rtl"
    assert quote.locator("mark").all_inner_texts() == ["روسيا", "قصفت", "أوكرانيا"]


def _saved(page: Page, kind: str) -> bytes:
    if page.get_attribute("#save details", "open") is None:
        page.click("#save-title")
    with page.expect_download() as coming:
        page.click(f"#save-{kind}")
    return Path(coming.value.path()).read_bytes()


def test_saving_pictures(visit: Visit, browser: Browser, sample: Path) -> None:
    """The drawing and the map are saved as SVG and PNG, with names, legend and broken lines."""
    page = visit(browser, sample)
    drawing = _saved(page, "svg").decode()
    texts = [
        element.text for element in ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert "North Korea" in texts and "denied" in texts
    assert 'stroke-dasharray="8 5"' in drawing and "style=" not in drawing
    assert _saved(page, "png").startswith(b"\x89PNG")
    page.click("#view-map")
    outlines = _saved(page, "svg").decode()
    assert "Vladivostok" in outlines and "Natural Earth" in outlines


@pytest.mark.parametrize(
    "text", ["</text><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a\x0bb\x00&<"]
)
def test_hostile_names_in_saved_pictures(visit: Visit, browser: Browser, tmp_path: Path, text: str) -> None:
    """A name that tries to run, or that no XML may hold, is only text in a picture, a map and a table."""
    entities = [{**row, "name": text, "lat": 1.0, "lon": 1.0} for row in ENTITIES[:2]]
    path = tmp_path / "hostile.html"
    place = {"entity": "country/PRK", "name": text, "text": text, "start": 0, "end": 0}
    write_page(path, entities=entities, claims=[{**CLAIMS[3], "place": place}], articles=ARTICLES)
    page = visit(browser, path)
    for tab in ("graph", "map"):
        page.click(f"#view-{tab}")
        tags = {
            element.tag.rpartition("}")[2] for element in ElementTree.fromstring(_saved(page, "svg")).iter()
        }
        assert tags <= {"svg", "g", "path", "rect", "circle", "text", "title"}
        assert _saved(page, "png").startswith(b"\x89PNG")
    page.click("#view-table")
    assert page.locator("#list img, #list script").count() == 0


def test_a_saved_table_runs_nothing(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    """The CSV has the claims in view, quotes commas and lines, and disarms what a spreadsheet would run."""
    evil = '=HYPERLINK("http://example.org","x"), said\nRussia'
    told = ("a2", "asserted", None, "attacks", evil, (None, "said"), "said", ("country/RUS", "Russia"), None)
    path = tmp_path / "evil.html"
    write_page(path, entities=ENTITIES, claims=[claim("f1", told), *CLAIMS], articles=ARTICLES)
    page = visit(browser, path, "#status=asserted")
    rows = list(csv.DictReader(io.StringIO(_saved(page, "csv").decode("utf-8-sig"), newline="")))
    assert {row["status"] for row in rows} == {"asserted"}
    assert next(row for row in rows if row["id"] == "f1")["sentence"] == "'" + evil


def test_the_saved_query_finds_the_claims_in_view(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    """Asked of the store, the query of a view has the claims of the view, whatever is chosen."""
    graph = Graph(synthetic.write_record(tmp_path / "graph", synthetic.articles(40)))
    page_file = graph.explore()
    country = graph.entities()[0]["country"]
    for fragment in (
        "#status=denied&status=negated",
        "#type=Country&lang=id",
        f"#country={country}&status=asserted",
        "#disputed=contradicted",
        "#from=2021-03&to=2022",
        "#relation=visits&relation=meets",
        "#event=AID&sources=2",
        "#text=korea&score=0.4",
        "#text=mexico+weapon",
        "#text=" + quote('"banga met" alaska'),
        "#select=entity&select=" + graph.entities()[0]["id"].replace("/", "%2F"),
    ):
        page = visit(browser, page_file, fragment)
        seen = {
            row["id"]
            for row in csv.DictReader(io.StringIO(_saved(page, "csv").decode("utf-8-sig"), newline=""))
        }
        found = graph.query(_saved(page, "sparql").decode())
        assert {row["claim"].rpartition("/")[2] for row in found.rows} == seen, fragment
        assert seen, fragment
