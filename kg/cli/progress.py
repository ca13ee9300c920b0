"""How far a build is, on standard error: a moving line on a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Self

from kg.build import STEPS

#: Seconds between two lines where standard error is not a terminal.
EVERY = 10.0


class Progress:
    """Called by :func:`kg.build.build` with the step and the counts so far; use it with ``with``."""

    def __init__(self) -> None:
        self.finished = 0
        self._said = time.monotonic()
        self._status: Any = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status("loading the language model")
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()

    def __call__(self, step: str, counts: Counter[str]) -> None:
        self.finished = counts["new"] + counts["changed"]
        skipped = f"{counts['unchanged']} unchanged, {counts['failed']} failed"
        line = f"{STEPS[step]}: {self.finished} read, {skipped}"
        if self._status is not None:
            self._status.update(line)
        elif time.monotonic() - self._said > EVERY:
            self._said = time.monotonic()
            print(line, file=sys.stderr)


def counted(what: str) -> Callable[[int, int], None]:
    """Says now and then, on standard error, how many (of how many, if that is not 0) are done."""
    said = time.monotonic()

    def progress(done: int, of: int) -> None:
        nonlocal said
        if time.monotonic() - said > EVERY:
            said = time.monotonic()
            print(f"{done} of {of} {what}" if of else f"{done} {what}", file=sys.stderr)

    return progress


def so_far(what: str) -> Callable[[int], None]:
    """Says now and then, on standard error, how many are done, where nobody knows how many there are."""
    told = counted(what)
    return lambda done: told(done, 0)
