"""What the fault tool stands on: work done in processes that may die, and a look at what they left."""

from __future__ import annotations

import hashlib
import multiprocessing
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import kg
from benchmarks.synthetic import Reader
from kg.graph.record import NAME, Record
from kg.graph.store import Store
from kg.types import Article, Extraction

#: Forked, so that a run begins at once; this process never opens a store, whose threads would not be forked.
PROCESSES = multiprocessing.get_context("fork")
#: Seconds after which a process hangs.
PATIENCE = 180.0
#: Bytes of address space of a process: a damaged store may make the engine ask for all there is.
MEMORY = 6 << 30

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Seen:
    """What an output folder holds: article id → digest of its line, and a hash of the sorted N-Quads."""

    articles: dict[str, str]
    quads: str


@dataclass(frozen=True)
class Failed:
    """How a process ended that gave no answer: the type and the text of its error, or its exit code."""

    kind: str
    text: str

    @property
    def told(self) -> bool:
        """Whether the error is one of ours, in one line."""
        return self.kind in ("StoreError", "PipelineError", "ArticleError") and "\n" not in self.text

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


class TellingReader(Reader):
    """Tells the id of each article once it is finished, which is when the next one is asked for."""

    def __init__(self, extractions: Iterable[Extraction], tell: Tell) -> None:
        super().__init__(extractions)
        self._tell = tell

    def pipe(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for found in super().pipe(articles):
            yield found
            self._tell(found.article.id)


def start(work: Callable[..., Any], *given: Any) -> tuple[Any, Connection]:
    """``work(*given, tell)`` in a process of its own, and the end of a pipe where it tells.

    It tells ("told", word), and at the end ("done", answer) or ("failed", kind, text).
    """
    here, there = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=_work, args=(there, work, given))
    process.start()
    there.close()
    return process, here


def _work(there: Connection, work: Callable[..., Any], given: tuple[Any, ...]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        answer = work(*given, lambda word: there.send(("told", word)))
    except BaseException as error:  # a panic of the store is no Exception, and a finding
        there.send(("failed", type(error).__name__, str(error)))
    else:
        there.send(("done", answer))


def apart(work: Callable[..., Any], *given: Any) -> Any:
    """The answer of ``work(*given, tell)`` from a process of its own, or how it Failed."""
    process, here = start(work, *given)
    said: tuple[Any, ...] = ("failed", "no answer", "")
    try:
        while here.poll(PATIENCE):
            said = here.recv()
            if said[0] != "told":
                break
        else:
            said = ("failed", "hangs", f"nothing for {PATIENCE:g} s")
    except EOFError:
        process.join()
        said = ("failed", "died", f"exit code {process.exitcode}")
    process.kill()
    process.join()
    return said[1] if said[0] == "done" else Failed(*said[1:])


def look(output: Path, tell: Tell) -> Seen:
    """What a user would find: the record, listed and asked, and the store as it is after that."""
    if not (output / NAME).is_file():
        return Seen({}, "")
    graph = kg.open(output)
    listed = sorted(row["id"] for row in graph.articles())
    claims = sorted(row["id"] for row in graph.claims())
    asked = graph.query("SELECT ?id { ?a a schema:NewsArticle ; schema:identifier ?id } ORDER BY ?id")
    told = graph.query("SELECT (REPLACE(STR(?c), '.*/', '') AS ?id) { ?c a kg:Claim } ORDER BY ?id")
    with Record.open(output) as record:
        articles = dict(record.digests())
    if not sorted(articles) == listed == [row["id"] for row in asked.rows]:
        raise AssertionError("record, listing and store do not hold the same articles")
    if claims != sorted(row["id"] for row in told.rows):
        raise AssertionError("listing and store do not hold the same claims")
    with Store(output) as store:
        return Seen(articles, hashlib.sha256(store.nquads()).hexdigest())


def fresh(output: Path, work: Path) -> Seen | Failed:
    """What a graph built anew from the record of ``output`` holds; equal records are built once."""
    if not (output / NAME).is_file():
        return Seen({}, "")
    record = output / NAME
    folder = work / "fresh" / hashlib.sha256(b"".join(sorted(record.open("rb")))).hexdigest()[:16]
    if not folder.is_dir():
        folder.mkdir(parents=True)
        shutil.copy(record, folder / NAME)
    seen: Seen | Failed = apart(look, folder)
    return seen


def difference(one: Seen | Failed, other: Seen | Failed) -> str:
    """What two looks differ in; empty if in nothing."""
    if isinstance(one, Failed) or isinstance(other, Failed):
        return str(one if isinstance(one, Failed) else other)[:400]
    articles = sorted({id for id, _ in one.articles.items() ^ other.articles.items()})
    if articles:
        return f"other articles: {', '.join(articles)}"
    return "" if one == other else "the store is not what a new one is"


def build(output: Path, source: Path, extractions: list[Extraction], tell: Tell) -> None:
    """``kg build SOURCE`` with a reader that needs no time."""
    kg.build(
        source, output, reader=TellingReader(extractions, tell), progress=lambda step, _: tell(f"({step})")
    )


def command(*words: str | Path, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """A ``kg`` command as a user runs it; ``before`` are words that stand before it."""
    limit = ["prlimit", f"--as={MEMORY}"] if shutil.which("prlimit") else []
    line = [*before, *limit, sys.executable, "-m", "kg", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, timeout=PATIENCE)


def mounted(mount: str, folder: Path) -> list[str]:
    """Words that run a command where ``mount`` (a line of shell, ``$0`` is the folder) was done, out of the
    sight of others and without special rights; empty where the system does not allow that."""
    words = ["unshare", "-Urm", "sh", "-c", f'{mount} && exec "$@"', str(folder)]
    try:
        subprocess.run([*words, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return []
    return words


def one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> list[str]:
    """What is wrong with how a command failed: it must say one sentence with ``words`` and end with 1."""
    said = done.stderr.strip()
    if done.returncode != 1:
        return [f"exit code {done.returncode} instead of 1: {said[-300:]}"]
    if not said.startswith("kg: ") or "\n" in said:
        return [f"not one sentence: {said[-300:]}"]
    return [f"{word!r} is not in: {said[-300:]}" for word in words if word not in said]
