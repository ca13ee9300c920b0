"""What a reader sees and does, in a real browser, from disk, with every request forbidden."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from kg.explorer.page import write_page

from .sample import ARTICLES, CLAIMS, ENTITIES, claim, generated

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("playwright.sync_api")
Visit = Callable[..., "Page"]

DRAWN_EDGES = "() => window.explorer.renderer.getGraph().edges()"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's page on disk."""
    path = tmp_path_factory.mktemp("page") / "explorer.html"
    write_page(path, entities=ENTITIES, claims=CLAIMS, articles=ARTICLES, title="Sample")
    return path


def _point(page: Page, script: str) -> dict[str, float]:
    """A place of the drawing as a place on the screen, once the drawing is at rest."""
    page.wait_for_timeout(300)
    box = page.locator("#graph").bounding_box()
    assert box
    at: dict[str, Any] = page.evaluate(script)
    return {"x": box["x"] + at["x"], "y": box["y"] + at["y"]}


def test_opens_and_draws(visit: Visit, browser: Browser, sample: Path) -> None:
    """The page opens from disk without a request or an error and draws every name."""
    page = visit(browser, sample)
    assert page.evaluate("() => window.explorer.renderer.getGraph().order") == len(ENTITIES)
    assert "26 claims about 16 names in 3 articles" in page.inner_text("#totals")
    assert page.locator("#notice").is_hidden()


def test_search_by_a_name_in_another_language(visit: Visit, browser: Browser, sample: Path) -> None:
    """An Indonesian or Russian name finds the entity, and Enter shows its sentences."""
    page = visit(browser, sample)
    page.keyboard.press("/")
    page.keyboard.type("korut")
    assert page.locator("#suggestions [role=option]").first.inner_text().startswith("North Korea")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == "North Korea"
    assert "Sergei Shoigu mengunjungi Korea Utara sejak Selasa pagi." in panel.inner_text()
    marked = panel.locator("li.claim").first.locator("mark")
    assert marked.all_inner_texts() == ["Sergei Shoigu", "mengunjungi", "Korea Utara"]
    page.keyboard.press("Escape")
    assert "Start here" in panel.inner_text()
    page.fill("#query", "РОССИЯ")
    assert page.locator("#suggestions [role=option]").first.inner_text().startswith("Russia")


def test_click_on_a_name_and_on_a_line(visit: Visit, browser: Browser, sample: Path) -> None:
    """Clicking a node of the drawing, then a line, shows its claims, and all claims between the two."""
    page = visit(browser, sample)
    node = """() => {
      const r = window.explorer.renderer;
      return r.graphToViewport(r.getGraph().getNodeAttributes("country/USA"));
    }"""
    at = _point(page, node)
    page.mouse.click(at["x"], at["y"])
    page.wait_for_selector("#panel h2:has-text('United States')")
    line = """() => {
      const r = window.explorer.renderer, g = r.getGraph(), id = "country/USA country/PRK negated";
      const [s, t] = g.extremities(id).map((n) => r.graphToViewport(g.getNodeAttributes(n)));
      const bend = g.getEdgeAttribute(id, "curvature") / 2;
      return { x: (s.x + t.x) / 2 + (t.y - s.y) * bend, y: (s.y + t.y) / 2 - (t.x - s.x) * bend };
    }"""
    at = _point(page, line)
    page.mouse.click(at["x"], at["y"])
    page.wait_for_selector("#panel h2:has-text('↔')")
    assert page.inner_text("#panel h2") == "North Korea ↔ United States"
    assert page.locator("#panel li.claim").count() == 3
    assert page.locator("#panel li.claim.negated").count() == 1
    page.go_back()
    page.wait_for_selector("#panel h2:text-is('United States')")


def test_a_denied_claim_says_who_denies(visit: Visit, browser: Browser, sample: Path) -> None:
    """A card shows the status, who says so, the date's basis, and the article with its link."""
    page = visit(browser, sample, "#select=claim&select=c04")
    card = page.inner_text("#panel li.claim")
    assert "DENIED" in card
    assert re.search(r"Says who\s+Russia", card)
    assert "27 Jul 2023 (date of the article)" in card
    assert page.get_attribute("#panel .article a", "href") == "https://example.org/a2"


def test_an_accuser_who_is_not_named_stays_unknown(visit: Visit, browser: Browser, sample: Path) -> None:
    """An allegation without a speaker is never put into the mouth of the article or of anyone."""
    page = visit(browser, sample, "#select=claim&select=c07")
    assert re.search(r"Says who\s+someone who is not named", page.inner_text("#panel li.claim"))


def test_marks_after_a_character_outside_the_basic_plane(
    visit: Visit, browser: Browser, sample: Path
) -> None:
    """Offsets count characters, so an emoji in the sentence moves no mark."""
    row = claim("e1", ("a2", "asserted", None, "attacks", "🚀🚀 Russia shelled Ukraine 🚀 again.",
                ("country/RUS", "Russia"), "shelled", ("country/UKR", "Ukraine"), None))  # fmt: skip
    path = sample.with_name("emoji.html")
    write_page(path, entities=ENTITIES, claims=[row], articles=ARTICLES)
    page = visit(browser, path, "#select=claim&select=e1")
    assert page.locator("#panel mark").all_inner_texts() == ["Russia", "shelled", "Ukraine"]


def test_status_filter_hides_denied_claims(visit: Visit, browser: Browser, sample: Path) -> None:
    """Choosing a status takes all others from the drawing, the panel and the table."""
    page = visit(browser, sample, "#select=entity&select=" + quote("country/PRK", safe=""))
    assert page.locator("#panel li.claim.denied").count() == 2
    assert any(edge.endswith(" denied") for edge in page.evaluate(DRAWN_EDGES))
    page.locator("[data-kind=status] input[value=alleged]").check()
    assert page.locator("#panel li.claim.denied").count() == 0
    assert "more are hidden by the filters." in page.inner_text("#panel")
    assert not any(edge.endswith(" denied") for edge in page.evaluate(DRAWN_EDGES))
    page.get_by_role("button", name="Table").click()
    assert page.locator("#list tr.denied").count() == 0
    assert page.locator("#list tr.alleged").count() == 1


def test_filters_combine_and_count(visit: Visit, browser: Browser, sample: Path) -> None:
    """Filters narrow together, and each count says what there would be with the other filters as they are."""
    page = visit(browser, sample, "#tab=table")
    rows = page.locator("#list tbody tr")
    assert rows.count() == len(CLAIMS)
    aid = page.locator("[data-kind=event] label", has_text="aid")
    assert aid.locator(".count").inner_text() == "5"
    page.locator("[data-kind=status] input[value=asserted]").check()
    assert aid.locator(".count").inner_text() == "2"
    aid.locator("input").check()
    assert rows.count() == 2
    page.get_by_role("button", name="Clear filters").click()
    page.locator("[data-kind=type] input[value=Country]").check()
    told = rows.all_inner_texts()
    assert told and not any("Kim" in row or "ASEAN" in row for row in told)
    page.go_back()
    assert rows.count() == len(CLAIMS)
    page.go_back()
    assert rows.count() == 2


def test_a_link_restores_the_view(visit: Visit, browser: Browser, sample: Path) -> None:
    """The address of a view, opened anew, shows the same."""
    page = visit(browser, sample)
    page.locator("[data-kind=lang] input[value=id]").check()
    page.fill("#text", "surat")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Table").click()
    page.click("#sort-who")
    page.locator("#list").get_by_role("button", name="sends letter to").click()
    seen = page.inner_text("main")
    assert "Surat Putin diserahkan" in seen
    fragment = page.evaluate("() => location.hash")
    assert visit(browser, sample, fragment).inner_text("main") == seen


def test_not_one_broken_line_is_drawn_unbroken(visit: Visit, browser: Browser, sample: Path) -> None:
    """On the screen a denied line has gaps and an asserted line has none."""
    # Two names, one straight line, and the share of its pixels that are inked.
    pixels = """(status) => new Promise((done) => {
      const r = window.explorer.renderer, g = r.getGraph();
      g.clearEdges();
      const ends = ["country/PRK", "country/USA"];
      ends.forEach((n, i) => g.mergeNodeAttributes(n, { x: i, y: 0, label: "" }));
      g.nodes().filter((n) => !ends.includes(n)).forEach((n) => g.dropNode(n));
      const look = { type: status, size: 3, color: "#000000", curvature: 0.001, words: "" };
      g.addDirectedEdgeWithKey("one", ...ends, look);
      r.once("afterRender", () => {
        const gl = r.getCanvases().edges.getContext("webgl2");
        const [a, b] = ends.map((n) => r.graphToViewport(g.getNodeAttributes(n)));
        const buffer = new Uint8Array(4), inked = [];
        for (let x = a.x + 30; x < b.x - 40; x += 1) {
          const y = Math.round(gl.drawingBufferHeight - a.y);
          gl.readPixels(Math.round(x), y, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, buffer);
          inked.push(buffer[3] > 100);
        }
        done(inked);
      });
      r.refresh();
    })"""
    page = visit(browser, sample)
    for status in ("asserted", "denied", "negated", "alleged", "planned", "requested", "possible"):
        page.reload()
        page.wait_for_function("() => window.explorer !== undefined")
        inked = page.evaluate(pixels, status)
        share = sum(inked) / len(inked)
        if status == "asserted":
            assert share == 1.0
        else:
            assert 0.2 < share < 0.9, status


HOSTILE = (
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "<!--<script>",
    "\u2028document.title='owned'\u2029",
    "{{data}} ${document.title='owned'} javascript:alert(1)",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(visit: Visit, browser: Browser, tmp_path: Path, text: str) -> None:
    """A name, a sentence, a title and an address that try to run are shown as they stand."""
    entities = [{"id": "person/x", "type": text, "name": text, "names": {text: [text]},
                 "roles": [{"title": text, "of": text, "since": text, "until": None}]}]  # fmt: skip
    row = {**CLAIMS[1], "id": text, "label": text, "event_type": text, "date": text, "article": "a9"}
    actor = {"entity": "person/x", "name": text, "type": text, "text": text, "start": 0, "end": len(text)}
    row["actors"] = [actor]
    row["evidence"] = {"start": 0, "end": len(text), "quote": text}
    articles = [{key: text for key in ("title", "source", "published", "lang")}]
    articles[0] |= {"id": "a9", "url": f"javascript:{text}"}
    path = tmp_path / "hostile.html"
    write_page(path, entities=entities, claims=[row], articles=articles, title=text)
    page = visit(browser, path, "#select=entity&select=person%2Fx")
    page.fill("#query", text[:40])
    page.locator("#query").press("Enter")
    page.get_by_role("button", name="Table").click()
    page.wait_for_timeout(200)
    assert page.title() != "owned"
    assert page.locator("img, #panel script, #panel a, #list a").count() == 0
    assert text.strip() in page.locator("#panel blockquote").text_content().strip()


def test_a_hostile_address_selects_nothing(visit: Visit, browser: Browser, sample: Path) -> None:
    """What stands behind # is looked up, never trusted."""
    hostile = (
        "#select=constructor&select=x",
        "#select=entity&select=%E0%A4%A",
        "#select=entity&select=<img src=x onerror=alert(1)>",
        "#select=pair&select=__proto__&select=constructor",
        "#focus=__proto__&tab=constructor&sort=-toString&status=__proto__&from=0000-99&names=-1&score=x",
    )
    for fragment in hostile:
        page = visit(browser, sample, fragment)
        assert "Start here" in page.inner_text("#panel")


def test_language_switch(visit: Visit, browser: Browser, sample: Path) -> None:
    """The interface speaks Indonesian when asked, and at once for an Indonesian browser."""
    page = visit(browser, sample)
    page.select_option("#language", "id")
    assert "Mulai di sini" in page.inner_text("#panel")
    assert "dibantah" in page.inner_text("#filters")
    assert page.get_attribute("html", "lang") == "id"
    assert "26 klaim" in visit(browser, sample, locale="id-ID").inner_text("#totals")


def test_without_webgl_the_rest_works(visit: Visit, launch: Callable[..., Browser], sample: Path) -> None:
    """A browser that cannot draw says so; search, list and sentences are there."""
    page = visit(launch("--disable-3d-apis", "--disable-software-rasterizer"), sample)
    assert "cannot draw the graph" in page.inner_text("#notice")
    assert page.locator("#list tbody tr").count() == len(CLAIMS)
    page.fill("#query", "rusia")
    page.keyboard.press("Enter")
    assert "Moscow denied that North Korea ships shells to Russia." in page.inner_text("#panel")


def test_a_phone_has_no_sideways_scroll(visit: Visit, browser: Browser, sample: Path) -> None:
    """On a narrow screen nothing is wider than the screen, in either view."""
    page = visit(
        browser, sample, "#select=entity&select=country%2FRUS", viewport={"width": 360, "height": 740}
    )
    width = "() => document.documentElement.scrollWidth"
    assert page.evaluate(width) <= 360
    page.get_by_role("button", name="Table").click()
    assert page.evaluate(width) <= 360


def test_two_thousand_names_open(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    """A large graph opens on its most involved names, shows more on demand, and finds any."""
    entities, claims = generated(2000, 5000)
    path = tmp_path / "large.html"
    write_page(path, entities=entities, claims=claims, articles=ARTICLES)
    page = visit(browser, path)
    order = "() => window.explorer.renderer.getGraph().order"
    assert 80 <= page.evaluate(order) <= 100
    page.click("#more")
    assert 160 <= page.evaluate(order) <= 200
    page.fill("#query", entities[1999]["name"])
    page.keyboard.press("Enter")
    assert entities[1999]["name"] in page.inner_text("#panel h2")
