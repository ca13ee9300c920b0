"""A real browser, and the page of the sample opened in it from disk."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run", "--disable-gpu"]  # fmt: skip
WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


def _found() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _install() -> None:
    """Debian's own chromium, where this may be installed."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        subprocess.run(
            command,
            check=False,
            capture_output=True,
            timeout=600,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the test is skipped, or fails where KG_REQUIRE_BROWSER=1."""
    if not _found():
        _install()
    path = _found()
    if path:
        return path
    word = "no chromium: install it (`apt-get install chromium`, or your system's package) to test the page"
    if os.environ.get("KG_REQUIRE_BROWSER") == "1":
        pytest.fail(word)
    pytest.skip(word)


@pytest.fixture(scope="session")
def launch(chromium: str) -> Iterator[Callable[..., Browser]]:
    """Start browsers by their extra flags, each once."""
    playwright_api = pytest.importorskip("playwright.sync_api")
    started: dict[tuple[str, ...], Browser] = {}
    with playwright_api.sync_playwright() as playwright:

        def start(*flags: str) -> Browser:
            if flags not in started:
                started[flags] = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *flags])
            return started[flags]

        yield start
        for running in started.values():
            running.close()


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Browser:
    """A browser that can draw (WebGL in software)."""
    return launch(*WEBGL)


@pytest.fixture
def visit() -> Iterator[Callable[..., Page]]:
    """Open a file in a browser; any request but for the file, and any console error, fails the test."""
    wrong: list[str] = []
    contexts = []

    def open_page(browser: Browser, file: Path, fragment: str = "", **options: Any) -> Page:
        context = browser.new_context(
            **{"locale": "en-GB", "viewport": {"width": 1360, "height": 850}, **options}
        )
        contexts.append(context)
        page = context.new_page()
        address = file.resolve().as_uri()

        def check(route: Any) -> None:
            if route.request.url.split("#")[0] == address:
                route.continue_()
            else:
                wrong.append(f"request to {route.request.url}")
                route.abort()

        context.route("**/*", check)
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append("dialog"), dialog.dismiss()))
        page.goto(address + fragment)
        page.wait_for_function("() => window.explorer !== undefined")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
