"""Kills and spoils: ``python benchmarks/faults.py --times 300``.

First ``kill -9`` at random moments of building, adding, removing and catching up (a store that is behind its
record), sometimes twice in a row.  After each kill the folder must open, hold every article that was told
finished, and its store must be what a new one built from the same record is, byte for byte in sorted N-Quads;
the same command once more must then end where an undisturbed run ends, and leave no file behind.  Then full
disks, folders that may not be written, two writers, and damaged stores and records (``fault_cases.py``).

A killed process does not lose what the system holds for it, so this says nothing about a loss of power.
Violations are printed with the folder as the kill left it; the exit code is then 1.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import kg
import kg.reading  # imported before anything is forked, as is all that a run needs
from benchmarks import fault_cases, synthetic
from benchmarks.fault_tools import Failed, Seen, Tell, apart, build, difference, fresh, look, start
from kg.errors import StoreError
from kg.graph.record import Record
from kg.linking import load_actors
from kg.types import Extraction

#: Seconds after a message within which every second kill falls.
SOON = 0.01


@dataclass(frozen=True)
class Task:
    """Something to disturb: ``run(output, *given, tell)`` in a copy of the folder ``base``."""

    name: str
    base: Path
    run: Callable[..., Any]
    given: tuple[Any, ...]
    before: Seen
    after: Seen
    files: frozenset[str]
    seconds: float
    messages: int


def remove(output: Path, article: str, tell: Tell) -> None:
    """``kg remove ARTICLE``; fine if an earlier try has done it."""
    try:
        kg.remove(article, output)
    except StoreError:
        if article in {row["id"] for row in kg.open(output).articles()}:
            raise
    tell(article)


def catch_up(output: Path, tell: Tell) -> None:
    """A question to a graph whose store is behind its record."""
    kg.open(output).query("ASK { ?s ?p ?o }")


def get_ahead(output: Path, extractions: list[Extraction], tell: Tell) -> None:
    """Add to the record without telling the store."""
    with Record.open(output, write=True) as record:
        for extraction in extractions:
            record.put(extraction)


def tasks(work: Path, count: int) -> list[Task]:
    """The tasks, each run undisturbed to know how long it takes and where it ends."""
    base = list(synthetic.articles(count))
    more = [synthetic.changed(base[1]), *synthetic.articles(3, start=count), synthetic.changed(base[-1])]
    (work / "empty").mkdir()
    first, second = work / "first.jsonl", work / "second.jsonl"
    synthetic.write_source(first, base)
    synthetic.write_source(second, more)
    built, ahead = work / "built", work / "ahead"
    _must(apart(build, built, first, base))
    shutil.copytree(built, ahead)
    _must(apart(get_ahead, ahead, more))
    return [
        _undisturbed(work, "build", work / "empty", build, first, base),
        _undisturbed(work, "add", built, build, second, more),
        _undisturbed(work, "remove", built, remove, base[2].article.id),
        _undisturbed(work, "catch up", ahead, catch_up),
    ]


def _undisturbed(work: Path, name: str, base: Path, run: Callable[..., Any], *given: Any) -> Task:
    lengths: list[float] = []
    messages = 0
    output = work / "undisturbed"
    for _ in range(3):
        _copy(base, output)
        begun = time.monotonic()
        process, here = start(run, output, *given)
        messages = sum(kind == "told" for kind, *_ in _told(here))
        lengths.append(time.monotonic() - begun)
        process.join()
    before, after = (_must(fresh(folder, work)) for folder in (base, output))
    if _must(apart(look, output)) != after:
        sys.exit(f"{name}: even undisturbed the store is not what a new one is")
    files = frozenset(path.name for path in output.iterdir())
    return Task(name, base, run, given, before, after, files, median(lengths), messages)


def _must(answer: Any) -> Any:
    if isinstance(answer, Failed):
        sys.exit(f"nothing to disturb: {answer}")
    return answer


def _copy(folder: Path, to: Path) -> None:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to)


def kill(task: Task, output: Path, random: Random) -> tuple[str, set[str]]:
    """Begin the task and kill it; returns the phase it was in, and the articles it had told finished."""
    process, here = start(task.run, output, *task.given)
    messages, delay = 0, random.random() * 1.05 * task.seconds
    if random.random() < 0.5:
        messages, delay = random.randrange(task.messages + 1), random.random() * SOON
    said = list(islice(_told(here), messages))
    process.join(delay)
    process.kill()
    process.join()
    said += _told(here)
    words = [word for kind, word, *_ in said if kind == "told"]
    if said and said[-1][0] != "told":
        phase = "ended before the kill"
    elif task.run is build:
        phase = "making the graph" if "(graph)" in words else "reading articles"
    else:
        phase = "at work"
    return phase, {word for word in words if not word.startswith("(")}


def _told(here: Connection) -> Iterator[tuple[Any, ...]]:
    """What a process tells until it ends."""
    try:
        while True:
            yield here.recv()
    except EOFError:
        return


def disturb(task: Task, work: Path, random: Random) -> tuple[str, list[str]]:
    """One round: the phase of the (last) kill, and what was wrong afterwards."""
    output = work / "disturbed"
    _copy(task.base, output)
    phase, finished = kill(task, output, random)
    if random.random() < 0.3:
        phase, again = kill(task, output, random)
        finished |= again
    _copy(output, work / "killed")
    seen = apart(look, output)
    wrong = [] if isinstance(seen, Failed) else _consistent(task, seen, finished)
    wrong += [f"after the kill: {what}" for what in [difference(seen, fresh(output, work))] if what]
    again = apart(task.run, output, *task.given)
    if isinstance(again, Failed):
        wrong.append(f"the next run: {again}")
    end = difference(apart(look, output), task.after)
    wrong += [f"the next run ends elsewhere: {end}"] if end else []
    left = {path.name for path in output.iterdir()} - task.files
    if left:
        wrong.append(f"left behind: {', '.join(sorted(left))}")
    return phase, wrong


def _consistent(task: Task, seen: Seen, finished: set[str]) -> list[str]:
    """What is wrong with a record between the beginning and the end of a task."""
    before, after = task.before.articles, task.after.articles
    wrong = []
    for article in sorted(before.keys() | after.keys() | seen.articles.keys()):
        is_now, was, will_be = (held.get(article) for held in (seen.articles, before, after))
        if article in finished and is_now != will_be:
            wrong.append(f"{article} was finished and is lost")
        elif is_now not in (was, will_be):
            wrong.append(f"{article} is neither as it was nor as it is to be")
    return wrong


def kills(times: int, count: int, seed: int, keep: Path) -> int:
    """Kill ``times`` times, print counts by task and phase; returns the number of violations."""
    counts: Counter[tuple[str, str]] = Counter()
    violations = 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        chosen = tasks(work, count)
        for number in range(times):
            task = chosen[number % len(chosen)]
            phase, wrong = disturb(task, work, Random(f"{seed} {number}"))
            counts[task.name, phase] += 1
            if wrong:
                violations += 1
                _copy(work / "killed", keep / f"{number}-{task.name.replace(' ', '-')}")
                print(f"VIOLATION in round {number} ({task.name}, {phase}): {'; '.join(wrong)}", flush=True)
    for (name, phase), n in sorted(counts.items()):
        print(f"{name:10}{phase:24}{n:6} kills")
    return violations


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=300, help="how many kills")
    parser.add_argument("--articles", type=int, default=24, help="how many articles a build reads")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("output/faults"), help="where violations are kept")
    parser.add_argument("--case", choices=sorted(fault_cases.CASES), action="append", help="only these cases")
    parser.add_argument("--no-cases", action="store_true", help="kills only")
    parser.add_argument("--full-disk", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    load_actors()
    if options.full_disk:
        print("\n".join(fault_cases.on_full_disk(options.full_disk)))
        return
    violations = kills(options.times, options.articles, options.seed, options.keep) if options.times else 0
    for name in () if options.no_cases else options.case or fault_cases.CASES:
        try:
            wrong = fault_cases.CASES[name]()
        except fault_cases.Skipped as reason:
            print(f"{name:24}skipped: {reason}")
            continue
        violations += len(wrong)
        print(f"{name:24}{'ok' if not wrong else f'{len(wrong)} wrong'}", flush=True)
        for sentence in wrong:
            print(f"  VIOLATION {sentence}")
    print(f"{violations} violations; what a kill left before one is in {options.keep}")
    sys.exit(1 if violations else 0)


if __name__ == "__main__":
    main()
