"""What imported actors and linking cost: ``python benchmarks/linking.py [--names N]``.

First N synthetic names (500,000) are written as a CSV and imported, then opened and looked up, each in a
process of its own: seconds and peak memory.  Then the examples are read and linked in one process, and the
share of linking in the whole time of the build is printed: finding listed names, places, whom names stand for
across articles.  Only compare figures of one run.
"""

from __future__ import annotations

import argparse
import csv
import functools
import importlib
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SYLLABLES = ("ka", "ri", "mo", "shi", "tan", "du", "ver", "lo", "pe", "nga", "bo", "zu", "ye", "rik", "sta")
#: Names that are looked up, half of them imported.
LOOKED_UP = 10_000


def names(count: int) -> list[str]:
    """So many invented names of two words; always the same."""
    drawn = random.Random(1)

    def word() -> str:
        return "".join(drawn.choices(SYLLABLES, k=drawn.randint(2, 5))).capitalize()

    words = [word() for _ in range(60_000)]
    return [f"{drawn.choice(words)} {drawn.choice(words)}" for _ in range(count)]


def write(file: Path, count: int) -> None:
    """A CSV of ``count`` people."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["id", "name", "type", "country"])
        rows.writerows([number, name, "Person", "IDN"] for number, name in enumerate(names(count)))


def import_names(folder: Path, count: int) -> None:
    from kg.importing import bring

    bring(folder / "names.csv", folder)


def look_up(folder: Path, count: int) -> None:
    from kg.importing.sources import opened
    from kg.linking.imported import keys

    imported = opened(folder)
    wanted = names(count)[: LOOKED_UP // 2] + [f"Nobody {name}" for name in names(LOOKED_UP // 2)]
    started = time.perf_counter()
    found = sum(bool(imported.candidates(key)) for name in wanted for key in keys("Person", [name]))
    assert found >= LOOKED_UP // 2
    print(time.perf_counter() - started)


def nothing(folder: Path, count: int) -> None:
    """What the modules cost alone."""
    importlib.import_module("kg.importing.sources")


STEPS: dict[str, Callable[[Path, int], None]] = {
    "nothing": nothing, "import": import_names, "look up": look_up,
}  # fmt: skip


def in_process(step: str, folder: Path, count: int) -> tuple[float, float, str]:
    """Seconds, peak megabytes and output of a step in a process of its own."""
    started = time.perf_counter()
    command = [sys.executable, __file__, "--step", step, "--names", str(count), "--folder", str(folder)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    *said, peak = ran.stdout.split()
    return time.perf_counter() - started, float(peak), " ".join(said)


def imports(count: int) -> None:
    """Print what importing and looking up cost."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        write(folder / "names.csv", count)
        size = (folder / "names.csv").stat().st_size / 1e6
        print(f"{count:,} names, a CSV of {size:.0f} MB\n")
        print(f"{'step':34}{'seconds':>9}{'peak MB':>9}")
        bare, memory, _ = in_process("nothing", folder, count)
        print(f"{'start of Python and modules alone':34}{bare:9.1f}{memory:9.0f}")
        seconds, memory, _ = in_process("import", folder, count)
        print(f"{'import':34}{seconds:9.1f}{memory:9.0f}")
        _, memory, took = in_process("look up", folder, count)
        print(f"{f'open, look up {LOOKED_UP:,} names':34}{float(took):9.2f}{memory:9.0f}")
        database = (folder / "actors" / "names.sqlite").stat().st_size / 1e6
        print(f"\nthe database has {database:.0f} MB")


class Clock:
    """Adds up the time spent in functions, those inside one another once."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._depth = 0

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def run(*arguments: Any, **named: Any) -> Any:
            self._depth += 1
            started = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += time.perf_counter() - started

        return run


def share() -> None:
    """Print the share of linking in the time of a build of the examples."""
    import kg
    from kg.linking import Actors, Linker, load_actors
    from kg.nlp import Reader, names, places

    reader = Reader()
    load_actors()
    clock = Clock()
    for owner, method in (
        (Actors, "find"), (Linker, "resolve"), (Linker, "relinked"), (places.Places, "__call__"),
    ):  # fmt: skip
        setattr(owner, method, clock.timed(getattr(owner, method)))
    Linker.of = clock.timed(Linker.of)  # type: ignore[method-assign]
    names._unite_people = clock.timed(names._unite_people)
    with tempfile.TemporaryDirectory() as work:
        kg.build([EXAMPLES], Path(work) / "warm", reader=reader)
        clock.seconds, started = 0.0, time.perf_counter()
        kg.build([EXAMPLES], Path(work) / "output", reader=reader)
        whole = time.perf_counter() - started
    part = clock.seconds / whole
    print(f"\nbuild of the examples: {whole:.1f} s, linking {clock.seconds:.2f} s, {part:.1%} of it")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--names", type=int, default=500_000)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        STEPS[options.step](options.folder, options.names)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    imports(options.names)
    share()


if __name__ == "__main__":
    main()
