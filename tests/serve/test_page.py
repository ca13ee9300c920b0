"""The query page in a real browser: saved queries, completion, errors, and nobody else is asked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from tests.explorer.conftest import FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serve.conftest import Server


@pytest.fixture
def visit(chromium: str, server: Server) -> Callable[[Callable[[Page], Any]], Any]:
    """Open /query and do something there; a request to elsewhere or an error on the console fails the test.

    In a thread of its own: one thread holds one Playwright, and the tests of the explorer have theirs.
    """
    api = pytest.importorskip("playwright.sync_api")

    def run(act: Callable[[Page], Any]) -> Any:
        wrong: list[str] = []
        with api.sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": 1360, "height": 850})
            page.on("request", lambda asked: asked.url.startswith((server.address, "data:"))
                    or wrong.append(f"request to {asked.url}"))  # fmt: skip
            page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.goto(f"{server.address}query")
            page.wait_for_selector("#saved li")
            found = act(page)
            browser.close()
        # A refused query is an error to the browser's console as well.
        return found, [line for line in wrong if "status of 400" not in line]

    def begin(act: Callable[[Page], Any]) -> Any:
        with ThreadPoolExecutor(1) as threads:
            found, wrong = threads.submit(run, act).result()
        assert wrong == []
        return found

    return begin


def write(page: Page, query: str) -> None:
    """Type a query into the empty editor."""
    page.evaluate("page.yasqe.setValue('')")
    page.click(".CodeMirror")
    page.keyboard.type(query)


def test_a_saved_query_is_one_click(visit: Callable[..., Any]) -> None:
    """Its purpose is told, and a click shows its rows and its text."""

    def act(page: Page) -> tuple[str, str, str]:
        item = page.locator("#saved li", has_text="status-counts")
        item.locator("button.name").click()
        page.wait_for_selector("table.dataTable tbody tr")
        return item.inner_text(), page.inner_text("table.dataTable"), page.evaluate("page.yasqe.getValue()")

    purpose, table, text = visit(act)
    assert "How many claims have which status." in purpose
    assert "asserted" in table and "denied" in table
    assert "kg:status" in text


def test_parameters_are_filled_in(visit: Callable[..., Any]) -> None:
    """A query with a parameter that must be given asks for it, and finds what it is given."""

    def act(page: Page) -> str:
        item = page.locator("#saved li", has_text="claims-about")
        item.locator("button.name").click()
        item.locator("input[name=about]").fill("Korut")
        item.get_by_role("button", name="Run").click()
        page.wait_for_selector("table.dataTable tbody tr")
        return page.inner_text("table.dataTable")

    assert "Rusia membantah memasok senjata ke Korut." in visit(act)


def test_completion_knows_the_graph(visit: Callable[..., Any]) -> None:
    """Properties are offered by the beginning of their name, and by a word of their label."""

    def act(page: Page) -> tuple[list[str], list[str]]:
        offered = []
        for typed in ("SELECT * { ?x kg:attrib", "SELECT * { ?x visit"):
            write(page, typed)
            page.keyboard.press("Control+Space")
            page.wait_for_selector(".CodeMirror-hints li")
            offered.append(page.locator(".CodeMirror-hints li").all_inner_texts())
            page.keyboard.press("Escape")
        return offered[0], offered[1]

    by_name, by_label = visit(act)
    assert any(line.startswith("kg:attributedTo") for line in by_name)
    assert any(line.startswith("kg:visit") for line in by_label)


def test_our_prefixes_need_no_declaration_and_data_can_be_followed(visit: Callable[..., Any]) -> None:
    """The editor marks no error for them; a click on an address asks what the graph says of it."""

    def act(page: Page) -> tuple[int, str]:
        write(page, "SELECT ?who { ?c kg:actor ?who ; kg:status 'denied' }")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("table.dataTable a.iri")
        marks = page.locator(".parseErrorIcon").count()
        page.locator("table.dataTable a.iri", has_text="country:RUS").click()
        page.wait_for_selector("table.dataTable >> text=predicate")
        return marks, page.inner_text("table.dataTable")

    marks, described = visit(act)
    assert marks == 0
    assert "Rusia" in described


def test_a_shared_link_brings_its_query(visit: Callable[..., Any]) -> None:
    """The button gives a link to this page, and the page that it opens shows the query."""

    def act(page: Page) -> tuple[str, str]:
        page.evaluate("page.yasqe.setValue('ASK { ?x kg:visit ?y }')")
        page.click(".yasqe_share")
        link = page.input_value(".yasqe_sharePopup input")
        page.goto("about:blank")
        page.goto(link)
        page.wait_for_selector("#saved li")
        return link, page.evaluate("page.yasqe.getValue()")

    link, query = visit(act)
    assert "/query#" in link
    assert query == "ASK { ?x kg:visit ?y }"


def test_a_bad_query_is_told_its_place(visit: Callable[..., Any]) -> None:
    """The sentence of the endpoint is shown."""

    def act(page: Page) -> str:
        page.evaluate("page.yasqe.setValue('SELECT * {\\n ?x'); page.yasqe.query().catch(() => {})")
        page.wait_for_selector("#results >> text=not valid SPARQL")
        return page.inner_text("#results")

    assert "line 2" in visit(act)


def test_the_page_runs_only_its_own_scripts(server: Server) -> None:
    """The policy allows no inline script, no eval, and no server but this one."""
    policy = server.get("/query").headers["Content-Security-Policy"]
    assert (
        "default-src 'none'" in policy and "script-src 'self';" in policy and "connect-src 'self';" in policy
    )
    assert "unsafe" not in policy and "http" not in policy
