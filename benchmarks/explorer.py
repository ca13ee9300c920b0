"""The explorer page beside pyvis on the same graphs, and on a large one: ``python benchmarks/explorer.py``.

Pages are made of rows by chance (no language model takes part) and opened in Chromium without a GPU: file
size, seconds until the page answers, memory of its process, and the longest time in which it answered
nothing.  Both draw in one run on one machine, turn by turn, so only the ratios say something.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Row = dict[str, Any]

SIZES = (100, 1_000, 5_000)
LARGE = (20_000, 50_000)
#: Claims for each name.
DENSITY = 2.5
#: Seconds after which a page that does not answer is given up.
PATIENCE = 60
FLAGS = ["--no-sandbox", "--disable-gpu", "--use-gl=angle", "--use-angle=swiftshader",
         "--enable-unsafe-swiftshader", "--enable-precise-memory-info"]  # fmt: skip

TYPES = ("Country", "Person", "Person", "Person", "Organization", "Organization", "Place", "Group")
#: How often each status comes, in 21 claims.
STATUSES = {
    "asserted": 14,
    "alleged": 2,
    "denied": 1,
    "negated": 1,
    "planned": 1,
    "requested": 1,
    "possible": 1,
}
EVENTS = {
    "meets": "CONSULT", "visits": "CONSULT", "accuses": "ACCUSE", "attacks": "ASSAULT", "gives aid to": "AID",
    "sanctions": "SANCTION", "supports": "SUPPORT", "warns": "THREATEN", "asks": "REQUEST",
}  # fmt: skip
SYLLABLES = ["ba", "ber", "dar", "en", "go", "hul", "jat", "ka", "lo", "mang", "mer", "nu", "or", "sel", "tu"]


def world(names: int, count: int, seed: int = 1) -> dict[str, list[Row]]:
    """Rows of ``names`` entities and of ``count`` claims between two of them, with articles and events.

    A few names have most of the claims, most claims stay inside of one of some communities, and a sentence is
    some 24 words long, as in news.
    """
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(6_000)]
    weights = [1 / (rank + 5) for rank in range(len(vocabulary))]
    entities = [_entity(number, vocabulary, chance) for number in range(names)]
    groups = max(names // 250, 4)
    members: list[list[int]] = [[] for _ in range(groups)]
    for number in range(names):
        members[number % groups].append(number)
    articles = [_article(number, vocabulary, chance) for number in range(max(count // 6, 1))]
    claims = []
    for number in range(count):
        actor = int(names * chance.random() ** 3)
        near = members[actor % groups] if chance.random() < 0.8 else range(names)
        recipient = near[int(len(near) * chance.random() ** 3)]
        words = chance.choices(vocabulary, weights, k=24)
        pair = entities[actor], entities[(recipient + (recipient == actor)) % names]
        claims.append(_claim(number, pair, words, articles, chance))
    return {"entities": entities, "claims": claims, "articles": articles, "events": _events(claims, chance)}


def _entity(number: int, vocabulary: list[str], chance: random.Random) -> Row:
    name = " ".join(word.capitalize() for word in chance.choices(vocabulary[200:], k=2))
    kind = TYPES[number % len(TYPES)]
    return {
        "id": f"{kind.lower()}/{name.lower().replace(' ', '-')}-{number}",
        "type": kind,
        "name": name,
        "names": {"en": [name], "id": [f"{name} {chance.choice(vocabulary[:50])}"]},
        "lat": round(chance.uniform(-50, 65), 1),
        "lon": round(chance.uniform(-120, 150), 1),
    }


def _article(number: int, vocabulary: list[str], chance: random.Random) -> Row:
    published = date(2023, 1, 1) + timedelta(days=int(700 * chance.random()))
    return {
        "id": f"a{number}",
        "title": " ".join(chance.choices(vocabulary, k=8)).capitalize(),
        "url": f"https://example.org/{number}",
        "source": f"Publisher {int(30 * chance.random() ** 2)}",
        "published": published.isoformat(),
        "lang": chance.choice(("id", "id", "en")),
    }


def _claim(
    number: int, pair: tuple[Row, Row], words: list[str], articles: list[Row], chance: random.Random
) -> Row:
    article = chance.choice(articles)
    label = chance.choice(list(EVENTS))
    told = [pair[0]["name"], label.split()[0], pair[1]["name"]]
    quote = " ".join([*words[:6], told[0], *words[6:9], told[1], told[2], *words[9:]]) + "."
    starts = [quote.index(word) for word in told]

    def mention(entity: Row, start: int) -> Row:
        end = start + len(entity["name"])
        return {"entity": entity["id"], "name": entity["name"], "type": entity["type"],
                "text": entity["name"], "start": start, "end": end}  # fmt: skip

    status = chance.choices(list(STATUSES), list(STATUSES.values()))[0]
    return {
        "id": f"{number:016x}",
        "article": article["id"],
        "relation": label.replace(" ", "-"),
        "label": label,
        "event_type": EVENTS[label],
        "actors": [mention(pair[0], starts[0])],
        "recipients": [mention(pair[1], starts[2])],
        "others": {},
        "polarity": "negated" if status in ("denied", "negated") else "affirmed",
        "status": status,
        "attributed_to": [],
        "date": article["published"],
        "date_precision": "day",
        "date_basis": "dateline",
        "place": mention(pair[1], starts[2]) if pair[1]["type"] == "Place" else None,
        "evidence": {"start": 0, "end": len(quote), "quote": quote},
        "trigger": {"start": starts[1], "end": starts[1] + len(told[1])},
        "score": round(0.6 + 0.4 * chance.random(), 2),
    }


def _events(claims: list[Row], chance: random.Random) -> list[Row]:
    events = []
    for claim in claims:
        reports = 1 + int(chance.paretovariate(1.5) - 1)
        events.append({"id": f"e{claim['id']}", "status": claim["status"], "date": claim["date"],
                       "date_precision": "day", "reports": reports, "sources": 1 + int(reports * 0.6) // 2,
                       "claims": [claim["id"]]})  # fmt: skip
    return events


def write_ours(path: Path, rows: dict[str, list[Row]]) -> None:
    from kg.explorer import write_page

    write_page(path, **rows)


def write_pyvis(path: Path, rows: dict[str, list[Row]]) -> None:
    """The page of a user who draws all names and lines with pyvis as its manual says, all in one file."""
    from pyvis.network import Network

    network = Network(height="800px", width="100%", directed=True, cdn_resources="in_line")
    for entity in rows["entities"]:
        network.add_node(entity["id"], label=entity["name"], title=entity["type"])
    for claim in rows["claims"]:
        ends = claim["actors"][0]["entity"], claim["recipients"][0]["entity"]
        network.add_edge(*ends, label=claim["label"], title=claim["evidence"]["quote"])
    path.write_text(network.generate_html(), encoding="utf-8")


#: What says that a page answers: ours is drawn, pyvis's has stopped moving its names.
READY = {
    "kg": "() => window.explorer !== undefined",
    "pyvis": "() => typeof network !== 'undefined' && network.physics.stabilized === true",
}


@contextmanager
def opened() -> Iterator[Any]:
    """A fresh browser at a blank page; Debian's chromium, or the one on the path."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("no chromium on the path: install it (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.route("http*://**", lambda route: route.abort())
        page.add_init_script(
            "window.tasks = []; new PerformanceObserver((list) => list.getEntries().forEach("
            "(entry) => window.tasks.push(entry.duration))).observe({ type: 'longtask', buffered: true });"
        )
        yield page
        browser.close()


def measure(page_file: Path, kind: str) -> dict[str, float | None]:
    """File size in MB, seconds until ready (None: not in PATIENCE), memory in MB."""
    with opened() as page:
        started = time.perf_counter()
        page.goto(page_file.resolve().as_uri(), wait_until="commit", timeout=0)
        try:
            page.wait_for_function(READY[kind], timeout=PATIENCE * 1000)
            ready: float | None = time.perf_counter() - started
        except Exception as error:  # Playwright's own timeout; anything else is shown
            if "Timeout" not in str(error):
                raise
            ready = None
        return {
            "size": page_file.stat().st_size / 1e6,
            "ready": ready,
            "memory": memory(page, answers=ready is not None),
        }


def memory(page: Any, *, answers: bool = True) -> float | None:
    """What the process of the page holds, in MB; None where the system does not tell.

    A page that ``answers`` no more is not asked to tidy up before.
    """
    if answers:
        page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
    browser = page.context.browser.new_browser_cdp_session()
    processes = browser.send("SystemInfo.getProcessInfo")["processInfo"]
    files = [Path(f"/proc/{process['id']}/status") for process in processes if process["type"] == "renderer"]
    held = [re.search(r"VmRSS:\s+(\d+) kB", file.read_text()) for file in files if file.is_file()]
    return max((int(found[1]) / 1024 for found in held if found), default=None)


def _drag(page: Any) -> None:
    page.mouse.move(700, 450)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(700 + 8 * step, 450)
    page.mouse.up()


def _search(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("sel")


#: What a reader does in the large graph; each step is timed.
STEPS: dict[str, Callable[[Any], None]] = {
    "drag": _drag,
    "zoom": lambda page: page.mouse.wheel(0, -300),
    "search": _search,
    "choose a name": lambda page: page.keyboard.press("Enter"),
    "neighbourhood": lambda page: page.click("#panel .actions button"),
    "overview": lambda page: page.click("#panel .actions button"),
    "choose a status": lambda page: page.click("[data-kind=status] input[value=denied]"),
    "map": lambda page: page.click("#view-map"),
    "table": lambda page: page.click("#view-table"),
    "words of sentences": lambda page: (page.fill("#text", "mangsel"), page.keyboard.press("Enter")),
}


def large(page_file: Path) -> None:
    """The large graph: what it costs, and the longest pause in each step."""
    print(f"\n{LARGE[0]:,} names, {LARGE[1]:,} lines")
    found = measure(page_file, "kg")
    print(f"{'file MB':>8} {'ready s':>8} {'memory MB':>10}")
    print(_line(found))
    with opened() as page:
        page.goto(page_file.resolve().as_uri())
        page.wait_for_function(READY["kg"], timeout=PATIENCE * 1000)
        page.wait_for_timeout(500)
        print(f"{'longest task while opening':28} {max(page.evaluate('window.tasks') or [0]):6.0f} ms")
        for name, step in STEPS.items():
            page.evaluate("window.tasks.length = 0")
            step(page)
            page.wait_for_timeout(400)
            print(f"{name:28} {max(page.evaluate('window.tasks') or [0]):6.0f} ms")
        print(f"{'memory afterwards':28} {memory(page) or float('nan'):6.0f} MB")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--sizes", type=int, nargs="*", default=SIZES, help="names in the graphs beside pyvis"
    )
    options.add_argument("--no-large", action="store_true", help="leave out the graph of 20,000 names")
    options.add_argument("--folder", type=Path, help="keep the pages there")
    chosen = options.parse_args()
    with TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if chosen.sizes:
            print(f"{'names':>6} {'':6} {'file MB':>8} {'ready s':>8} {'memory MB':>10}")
        for size in chosen.sizes:
            compare(size, folder)
        if not chosen.no_large:
            started = time.perf_counter()
            write_ours(folder / "large.html", world(*LARGE))
            print(f"\nlarge page written in {time.perf_counter() - started:.1f} s")
            large(folder / "large.html")


def compare(size: int, folder: Path) -> None:
    """A line for each of both, and their ratio."""
    rows = world(size, int(size * DENSITY))
    found = {}
    for kind, write in (("kg", write_ours), ("pyvis", write_pyvis)):
        path = folder / f"{kind}-{size}.html"
        write(path, rows)
        found[kind] = measure(path, kind)
        print(f"{size:6} {kind:6} " + _line(found[kind]))
    ours, theirs = found["kg"], {**found["pyvis"], "ready": found["pyvis"]["ready"] or PATIENCE}
    ratios = {name: theirs[name] / ours[name] if ours[name] and theirs[name] else None for name in ours}
    more = ">" if found["pyvis"]["ready"] is None else ""
    print(f"{size:6} {'times':6} " + _line(ratios) + (f"  (ready: {more} the time given)" if more else ""))


def _line(values: dict[str, float | None]) -> str:
    told = ["-" if values[name] is None else f"{values[name]:.2f}" for name in ("size", "ready", "memory")]
    return f"{told[0]:>8} {told[1]:>8} {told[2]:>10}"


if __name__ == "__main__":
    main()
