"""The picture in Jupyter: self-contained, and honest about status."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import PipelineError
from kg.explorer.notebook import show

from .sample import CLAIMS, ENTITIES, generated

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.importorskip("pyvis")


def test_names_nothing_on_the_network() -> None:
    """No script, style, image or frame of the picture comes from elsewhere."""
    page = show(ENTITIES, CLAIMS).html
    assert not re.search(r"<(script|link|img|iframe)\b[^>]*\b(src|href)=", page)
    assert "cdn.jsdelivr.net" not in page and "bootstrap@" not in page


def test_about_and_status_choose_claims() -> None:
    """`about` takes any name in any language, `status` one word or several."""
    assert show(ENTITIES, CLAIMS, about="Korut", status="denied").lines == 1
    assert show(ENTITIES, CLAIMS, about="country/PRK", status=["denied", "alleged"]).lines == 2
    assert show(ENTITIES, CLAIMS, about="nobody at all").names == 0
    with pytest.raises(PipelineError, match="choose from"):
        show(ENTITIES, CLAIMS, status="true")


def test_denied_is_broken_and_says_so() -> None:
    """What is denied is drawn dashed and its label begins with the word."""
    page = show(ENTITIES, CLAIMS, status="denied").html
    assert "denied: supplies arms to (2)" in page
    assert '"dashes": [8, 5]' in page and '"dashes": false' not in page


def test_limit_and_determinism() -> None:
    """At most `limit` names are drawn, and always the same picture."""
    entities, claims = generated(300, 800)
    view = show(entities, claims, limit=40)
    assert view.names == 40
    assert view == show(entities, claims, limit=40)


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
