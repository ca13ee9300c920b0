"""The picture in Jupyter: self-contained, and honest about status."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.explorer.notebook import LABELLED, show

from .sample import CLAIMS, ENTITIES, generated

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("pyvis")


def of(*statuses: str) -> list[dict[str, Any]]:
    """The claims of the sample that have one of these statuses."""
    return [row for row in CLAIMS if row["status"] in statuses]


def test_names_nothing_on_the_network() -> None:
    """No script, style, image or frame of the picture comes from elsewhere."""
    page = show(ENTITIES, CLAIMS).html
    assert not re.search(r"<(script|link|img|iframe)\b[^>]*\b(src|href)=", page)
    assert "cdn.jsdelivr.net" not in page and "bootstrap@" not in page


def test_about_keeps_what_one_entity_does_and_what_is_done_to_it() -> None:
    """Of all claims only those with one of the entities on a side are drawn; nobody gives a sentence."""
    view = show(ENTITIES, of("denied", "alleged"), about={"country/PRK"})
    assert view.lines == 2
    assert '"from": "country/PRK"' in view.html and "United States" not in view.html
    nothing = show(ENTITIES, CLAIMS, about=set())
    assert (nothing.names, nothing.lines) == (0, 0)
    assert "Nothing to draw" in nothing._repr_html_() and "<iframe" not in nothing._repr_html_()


def test_denied_is_broken_and_says_so() -> None:
    """What is denied is drawn dashed and its label begins with the word."""
    page = show(ENTITIES, of("denied")).html
    assert "denied: supplies arms to (2)" in page
    assert '"dashes": [8, 5]' in page and '"dashes": false' not in page


def test_a_request_not_to_do_something_says_not() -> None:
    """The status alone would turn it round."""
    claim = next(row for row in CLAIMS if row["status"] == "requested")
    page = show(ENTITIES, [{**claim, "polarity": "negated"}]).html
    assert f"requested: not: {claim['label']}" in page


def test_only_what_is_stated_has_a_solid_line() -> None:
    """In a picture with too many lines for labels, a denial keeps its cross and no other is solid."""
    page = show(ENTITIES, [row for row in CLAIMS if row["status"] != "asserted"] * 2).html
    assert '"dashes": false' not in page
    full = show(ENTITIES, CLAIMS)
    assert full.lines > LABELLED and '"label": "\\u2715"' in full.html
    assert full.html.count('"dashes": false') == sum(
        1
        for pair in {(c["actors"][0]["entity"], c["recipients"][0]["entity"]) for c in of("asserted")}
        if all(pair)
    )


def test_what_is_left_out_is_said() -> None:
    """At most `limit` names are drawn, a line of words counts the rest, and it is always the same picture."""
    entities, claims = generated(300, 800)
    view = show(entities, claims, limit=40)
    assert 0 < view.names <= 40
    assert f"{view.names} of 279 names" in view.words and "limit=40" in view.words
    assert view.words in view.html
    assert view == show(entities, claims, limit=40)
    one_side = next(row for row in CLAIMS if row["recipients"][0]["entity"] is None)
    assert "no line (1)" in show(ENTITIES, [*of("denied"), one_side]).words


def test_a_line_shows_its_sentence(browser: Browser, tmp_path: Path) -> None:
    """With the mouse on the only line, its status and its sentence are read in full."""
    path = tmp_path / "cell.html"
    claim = of("alleged")[0]
    path.write_text(f"<meta charset=utf-8>{show(ENTITIES, [claim])._repr_html_()}", encoding="utf-8")
    page = browser.new_page(viewport={"width": 1100, "height": 700})
    page.goto(path.as_uri())
    frame = page.frames[1]
    frame.wait_for_selector("canvas")
    middle = frame.evaluate(
        "(() => { const at = network.body.edges[Object.keys(network.body.edges)[0]].edgeType.getPoint(0.5);"
        " const p = network.canvasToDOM(at), r = document.querySelector('canvas').getBoundingClientRect();"
        " return [p.x + r.left, p.y + r.top]; })()"
    )
    at = page.locator("iframe").bounding_box()
    assert at is not None
    x, y = middle[0] + at["x"], middle[1] + at["y"]
    page.mouse.move(x + 40, y)
    page.mouse.move(x, y)
    tip = frame.locator(".vis-tooltip")
    tip.wait_for(state="visible")
    assert "ALLEGED" in tip.inner_text() and claim["evidence"]["quote"] in tip.inner_text()
    box = tip.bounding_box()
    assert box is not None and box["width"] < 450
    assert frame.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.vis-tooltip'))")
    page.close()


def test_draws_in_a_frame(browser: Browser, tmp_path: Path) -> None:
    """In a page, as Jupyter shows it, the frame draws without a request and runs no hostile name."""
    entities = [{**ENTITIES[0], "name": "</script><img src=x onerror=alert(1)>"}, *ENTITIES[1:]]
    asked: list[str] = []
    path = tmp_path / "cell.html"
    path.write_text(f"<meta charset=utf-8>{show(entities, CLAIMS)._repr_html_()}", encoding="utf-8")
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (asked.append("dialog"), dialog.dismiss()))
    page.goto(path.as_uri())
    page.wait_for_timeout(500)
    canvas = page.frame_locator("iframe").locator("canvas")
    assert canvas.count() == 1
    assert [url for url in asked if url != path.as_uri() and not url.startswith(("about:", "data:"))] == []
    page.close()
