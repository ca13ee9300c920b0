"""The graph beside the engine under it: ``python benchmarks/graph.py --sizes 1000 10000``.

On graphs of synthetic articles, all in one run and turn by turn, medians are measured of

- loading quads that are in memory, beside raw pyoxigraph loading the same quads (``bulk_extend``, up to
  10,000 articles);
- making the store anew from the record, which has to read it and make the quads, beside raw pyoxigraph
  loading those quads: from a file of N-Quads (``bulk_load``), from memory, and as they are made from the
  record one by one (``bulk_extend``, the graphs of the articles only);
- every saved query through ``Graph.query``, beside the same text on raw pyoxigraph, both from a closed store
  to all rows in Python;
- ``kg query --name`` in a fresh process (of one country; of all: ten rows, as JSON Lines, as a table), beside
  ``python -c "import pyoxigraph"``;
- adding an article to graphs of each size, and removing it, beside the first size.  The reader is one that
  needs no time, so this is what record, store and page cost; writing the page is also measured alone, up to
  10,000 articles.

Graphs are made in ``--folder`` and used again by the next run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph

import kg
from benchmarks import synthetic
from kg.errors import KGError
from kg.graph import engine
from kg.graph.queries import SavedQuery, load, saved
from kg.graph.rdf import article_quads
from kg.graph.record import NAME, Record
from kg.graph.store import NAME as STORE
from kg.graph.store import Store
from kg.graph.terms import Names, prefixes
from kg.linking import load_actors

#: What is asked: shares of the speed of the engine, multiples of its time, seconds.
LOAD, QUERY, START, GROWTH = 0.8, 1.2, 0.6, 1.5
#: Most articles whose quads are held in memory; a query that takes longer (seconds) is asked once.
IN_MEMORY, SLOW = 10_000, 5.0
#: The number of the first article that is added: the same ones to each graph.
NEW = 1_000_000
ASK = "ASK { ?s ?p ?o }"

Timings = defaultdict[str, list[float]]


def timed(work: Callable[..., object], *given: object) -> float:
    """Seconds that ``work(*given)`` takes."""
    begun = time.perf_counter()
    work(*given)
    return time.perf_counter() - begun


def graph_of(size: int, folder: Path) -> kg.Graph:
    """The graph of so many synthetic articles, with its store and page."""
    output = folder / str(size)
    if not (output / NAME).is_file():
        begun = time.monotonic()
        synthetic.write_record(folder / "unfinished", synthetic.articles(size)).rename(output)
        say(f"{size:,} articles written in {time.monotonic() - begun:.0f} s")
    graph = kg.open(output)
    graph.query(ASK)
    return graph


def say(line: str) -> None:
    """Progress goes to standard error, the table to standard output."""
    print(line, file=sys.stderr, flush=True)


def line(what: str, ours: str, other: str = "", ratio: str = "", asked: str = "", kept: bool = True) -> None:
    """A line of the table."""
    print(f"{what:44}{ours:>12}{other:>12}{ratio:>8}  {asked}{'' if kept else '  MISSED'}", flush=True)


# ------------------------------------------------------------------ loading


def loading(graph: kg.Graph, size: int, rounds: int) -> None:
    """The store made anew, beside raw loads of the same quads."""
    times: Timings = defaultdict(list)
    with tempfile.TemporaryDirectory(dir=graph.output) as work:
        file = Path(work) / "quads.nq"
        with Store(graph.output) as store, file.open("wb") as out:
            pyoxigraph.serialize(store.quads(), out, format=pyoxigraph.RdfFormat.N_QUADS)
        in_memory = list(pyoxigraph.parse(path=file)) if size <= IN_MEMORY else []
        ours = Path(work) / "ours"
        ours.mkdir()
        shutil.copy(graph.output / NAME, ours)
        kg.open(ours).claims(article="s0000000")  # the index of the record is made, as it is in use
        for number in range(rounds):
            say(f"loading {size:,} articles, round {number + 1}")
            shutil.rmtree(ours / STORE, ignore_errors=True)
            times["ours"].append(timed(lambda: kg.open(ours).query(ASK)))
            times["file"].append(timed(_raw, Path(work), lambda raw: raw.bulk_load(path=file)))
            times["made"].append(timed(_raw, Path(work), lambda raw: raw.bulk_extend(_made(ours))))
            if in_memory:
                times["memory"].append(timed(_raw, Path(work), lambda raw: raw.bulk_extend(in_memory)))
                times["same"].append(timed(_raw, Path(work), lambda raw: engine.load(raw, in_memory)))
        with Store(ours) as store:
            count = sum(1 for _ in store.quads())
        times["reading"].append(timed(_read, ours))
        times["making"].append(timed(lambda: deque(_made(ours), maxlen=0)))
    middle = {name: statistics.median(found) for name, found in times.items()}
    print(f"\n{size:,} articles, {count:,} quads; seconds")
    if "same" in middle:
        speed = middle["memory"] / middle["same"]
        line(
            "the same quads loaded | bulk_extend",
            f"{middle['same']:.2f}",
            f"{middle['memory']:.2f}",
            f"{speed:.2f}",
            f"speed ≥ {LOAD}",
            speed >= LOAD,
        )
    for name, what in (
        ("file", "bulk_load of a file"),
        ("memory", "bulk_extend from memory"),
        ("made", "bulk_extend as made"),
    ):
        if name in middle:
            speed = middle[name] / middle["ours"]
            line(
                f"store made from the record | {what}",
                f"{middle['ours']:.2f}",
                f"{middle[name]:.2f}",
                f"{speed:.2f}",
                f"speed ≥ {LOAD}",
                speed >= LOAD,
            )
    line("reading the record alone", f"{middle['reading']:.2f}")
    line("reading it and making the articles' quads", f"{middle['making']:.2f}")


def _read(output: Path) -> None:
    with Record.open(output) as record:
        deque(record, maxlen=0)


def _made(output: Path) -> Iterator[pyoxigraph.Quad]:
    """The quads of the articles of a record."""
    with Record.open(output) as record:
        for extraction in record:
            yield from article_quads(extraction, Names())


def _raw(work: Path, load: Callable[[pyoxigraph.Store], None]) -> None:
    folder = work / "raw"
    shutil.rmtree(folder, ignore_errors=True)
    store = pyoxigraph.Store(str(folder))
    load(store)
    store.flush()


# ------------------------------------------------------------------ asking


def asking(graph: kg.Graph, size: int, rounds: int) -> None:
    """The saved queries, beside their text on raw pyoxigraph."""
    parties = [row["id"] for row in islice(graph.entities(), 2)]
    times: Timings = defaultdict(list)
    failed: dict[str, str] = {}
    event = next(row["id"] for row in graph.events())
    given = {query.name: _values(query, parties, event) for query in saved()}
    for number in range(rounds):
        say(f"asking {size:,} articles, round {number + 1}")
        for name, values in given.items():
            if name in failed or (times[name] and times[name][0] > SLOW):
                continue
            try:
                times[name].append(timed(_ask, graph, name, values))
            except KGError as error:
                failed[name] = str(error)
                continue
            times[f"raw {name}"].append(timed(_ask_raw, graph.output, load(name, values)))
    print(f"\n{size:,} articles, saved queries; milliseconds")
    ratios = []
    for name in given:
        if name in failed:
            line(name, "failed", asked=failed[name], kept=False)
            continue
        ours, raw = (statistics.median(times[key]) for key in (name, f"raw {name}"))
        ratios.append(ours / raw)
        asked = f"≤ {QUERY}"
        line(name, f"{ours * 1000:.1f}", f"{raw * 1000:.1f}", f"{ours / raw:.2f}", asked, ours / raw <= QUERY)
    total, raw_total = (
        sum(statistics.median(times[f"{prefix}{name}"]) for name in given if name not in failed)
        for prefix in ("", "raw ")
    )
    ratio = total / raw_total
    line(
        "all together",
        f"{total * 1000:.0f}",
        f"{raw_total * 1000:.0f}",
        f"{ratio:.2f}",
        f"≤ {QUERY}",
        ratio <= QUERY,
    )
    line("median of the ratios", "", "", f"{statistics.median(ratios):.2f}")


def _values(query: SavedQuery, parties: list[str], event: str) -> dict[str, str]:
    """Values for the parameters that must be given: the parties most talked of, a day, an event, any word."""
    names = iter(parties * len(query.parameters))
    of_kind = {"date": "2023-07-27", "event": event, "text": "Antara"}
    return {
        parameter.name: of_kind.get(parameter.kind) or next(names)
        for parameter in query.parameters
        if parameter.default is None
    }


def _ask(graph: kg.Graph, name: str, values: dict[str, str]) -> object:
    return graph.query(name=name, params=values)


def _ask_raw(output: Path, text: str) -> list[list[object]]:
    store = pyoxigraph.Store.read_only(str(output / STORE))
    answer = store.query(text, prefixes=prefixes(), use_default_graph_as_union=True)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return [list(solution) for solution in answer]


def _run(words: list[str]) -> None:
    """As users run it, with compiled modules, which some environments forbid Python to keep."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env=kept)


def from_the_command_line(graph: kg.Graph, size: int, name: str, rounds: int) -> None:
    """A saved query in a fresh process."""
    ours = [sys.executable, "-m", "kg", "query", "--name", name, "--output", str(graph.output)]
    commands = {
        "engine": [sys.executable, "-c", "import pyoxigraph"],
        "--country PRK": [*ours, "--country", "PRK"],
        "--limit 10": [*ours, "--limit", "10"],
        "--format jsonl": [*ours, "--format", "jsonl"],
        "as a table": ours,
    }
    times: Timings = defaultdict(list)
    for number in range(rounds + 1):
        for key, words in commands.items():
            seconds = timed(_run, words)
            if number:  # the first round compiles
                times[key].append(seconds)
    rows = len(graph.query(name=name).rows)
    print(f"\n{size:,} articles, kg query --name {name} in a fresh process, {rows} rows; seconds")
    other = statistics.median(times.pop("engine"))
    for key, found in times.items():
        seconds = statistics.median(found)
        line(
            f"{key} | import pyoxigraph",
            f"{seconds:.2f}",
            f"{other:.2f}",
            f"{seconds / other:.1f}",
            f"< {START} s",
            seconds < START,
        )


# ------------------------------------------------------------------ changing


def changing(graphs: dict[int, kg.Graph], rounds: int) -> None:
    """One article added to each graph, and removed, with and without the page."""
    times: Timings = defaultdict(list)
    with tempfile.TemporaryDirectory() as work:
        for number in range(rounds + 1):
            say(f"adding and removing, round {number}")
            for size, graph in graphs.items():
                found = _change(graph, NEW + number, Path(work), page=size <= IN_MEMORY)
                if number:  # the first round warms up
                    for what, seconds in found.items():
                        times[f"{what} {size}"].append(seconds)
    print("\nOne article; milliseconds, ratio to the smallest graph")
    smallest = min(graphs)
    for what in ("kg build", "record and store", "kg remove", "page alone"):
        if not times[f"{what} {smallest}"]:
            continue
        first = statistics.median(times[f"{what} {smallest}"])
        for size in (size for size in graphs if times[f"{what} {size}"]):
            ours = statistics.median(times[f"{what} {size}"])
            grows = what != "page alone"
            asked = f"≤ {GROWTH}" if grows and size != smallest else ""
            kept = not asked or ours / first <= GROWTH
            line(f"{what}, {size:,} articles", f"{ours * 1000:.1f}", "", f"{ours / first:.2f}", asked, kept)


def _change(graph: kg.Graph, number: int, work: Path, *, page: bool) -> dict[str, float]:
    """Seconds of each way to add and remove the article of that number, which the graph lacks."""
    new = synthetic.article(number)
    source = synthetic.write_source(work / "new.jsonl", [new])
    reader = synthetic.Reader([new])
    found = {
        "kg build": timed(lambda: kg.build(source, graph.output, reader=reader)),
        "kg remove": timed(kg.remove, new.article.id, graph.output),
    }
    with Record.open(graph.output, write=True) as record:
        putting = timed(record.put, new)
    found["record and store"] = putting + timed(graph.query, ASK)
    with Record.open(graph.output, write=True) as record:
        record.remove(new.article.id)
    graph.query(ASK)
    if page:
        found["page alone"] = timed(graph.explore)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000], help="articles of the graphs"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path("output/bench"), help="where the graphs are kept")
    parser.add_argument("--query", default="who-visited-whom", help="the saved query of the fresh process")
    parser.add_argument(
        "--only", choices=("load", "query", "start", "change"), nargs="+", help="only these measurements"
    )
    options = parser.parse_args()
    load_actors()
    wanted = options.only or ("load", "query", "start", "change")
    options.folder.mkdir(parents=True, exist_ok=True)
    graphs = {size: graph_of(size, options.folder) for size in sorted(options.sizes)}
    line("", "ours", "engine", "ratio", "asked")
    for size, graph in graphs.items():
        if "load" in wanted:
            loading(graph, size, options.rounds)
        if "query" in wanted:
            asking(graph, size, options.rounds)
        if "start" in wanted:
            from_the_command_line(graph, size, options.query, max(5, options.rounds))
    if "change" in wanted:
        changing(graphs, options.rounds)


if __name__ == "__main__":
    main()
