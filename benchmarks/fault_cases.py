"""What else can go wrong with a folder: each case returns what it found wrong, in sentences."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import kg
from benchmarks import synthetic
from benchmarks.fault_tools import (
    Failed,
    Seen,
    Tell,
    apart,
    build,
    command,
    difference,
    fresh,
    look,
    mounted,
    one_sentence,
    start,
)
from kg.graph.record import NAME, encode
from kg.types import Article, Extraction

COUNT = 12
NO_MOUNT = "this system does not let its users mount a folder for themselves (unshare -Urm)"
#: Size of the small disk in MB, and the bytes left on it, from too few for a line on.
DISK, LEFT = 48, (0, 4_000, 20_000, 60_000, 150_000, 400_000, 1_000_000, 3_000_000)


class Skipped(Exception):
    """The machine lacks what a case needs; the text says what."""


def articles(count: int = COUNT, start: int = 0) -> list[Extraction]:
    return list(synthetic.articles(count, start=start))


@contextmanager
def built() -> Iterator[tuple[Path, Path, Seen]]:
    """A graph of twelve articles, the source it was built from, and what it holds."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        folder.chmod(0o755)
        output, source = folder / "graph", folder / "articles.jsonl"
        synthetic.write_source(source, articles())
        done = apart(build, output, source, articles())
        seen = apart(look, output)
        if isinstance(done, Failed) or isinstance(seen, Failed):
            raise AssertionError(f"nothing to spoil: {done or seen}")
        yield output, source, seen


def _again(output: Path, source: Path, whole: Seen) -> list[str]:
    """What is wrong after building once more: all must be as it was."""
    done = apart(build, output, source, articles())
    if isinstance(done, Failed):
        return [f"building again: {done}"]
    other = difference(apart(look, output), whole)
    return [f"building again: {other}"] if other else []


# ------------------------------------------------------------------ the record


def cut_at_the_end() -> list[str]:
    """The last line of the record is half a line, or a run of zero bytes as a loss of power leaves it."""
    wrong = []
    for tail in (encode(articles(1, COUNT)[0])[:500], bytes(4096)):
        with built() as (output, source, whole):
            with (output / NAME).open("ab") as file:
                file.write(tail)
            listed = command("claims", "--output", output)
            if listed.returncode != 0 or not listed.stdout or "Traceback" in listed.stderr:
                wrong.append(f"kg claims with {tail[:10]!r}… at the end: {listed.stderr[-300:]}")
            other = difference(apart(look, output), whole)
            wrong += [f"with {tail[:10]!r}… at the end: {other}"] if other else []
            wrong += _again(output, source, whole)
    return wrong


def _noise(line: bytes) -> bytes:
    return line[:100] + bytes(range(128, 160)) + line[132:]


def _misshapen(line: bytes) -> bytes:
    return line.replace(b'"claims":[', b'"claims":[7,', 1)


GARBLE: dict[str, Callable[[bytes], bytes]] = {
    "cut in half": lambda line: line[: len(line) // 2],
    "noise": _noise,
    "a list": lambda line: b"[1,2]",
    "no article": lambda line: b'{"claims":[]}',
    "an object as id": lambda line: b'{"article":{"id":{}}}',
    "a number among the claims": _misshapen,
}


def garbled_line() -> list[str]:
    """A line in the middle of the record is cut in half or garbled: it is named, and nothing else is lost."""
    wrong = []
    for what, garble in GARBLE.items():
        with built() as (output, source, whole):
            record = output / NAME
            lines = record.read_bytes().splitlines()
            lines[4] = garble(lines[4])
            record.write_bytes(b"".join(line + b"\n" for line in lines))
            spoiled = record.read_bytes()
            for words in (("claims",), ("query", "--name", "status-counts"), ("remove", "s0000002")):
                done = command(*words, "--output", output)
                if what == "a number among the claims" and words[0] != "claims" and done.returncode == 0:
                    continue  # nothing had to read that line's claims
                wrong += [f"{what}, kg {words[0]}: {fault}" for fault in one_sentence(done, "line 5", NAME)]
                if words[0] != "remove" and record.read_bytes() != spoiled:
                    wrong.append(f"{what}: kg {words[0]} changed the record")
            failed = apart(build, output, source, articles())
            if isinstance(failed, Failed) and not failed.told:
                wrong.append(f"{what}, kg build: {failed}")
            rest = [line for line in record.read_bytes().splitlines() if line != lines[4]]
            record.write_bytes(b"".join(line + b"\n" for line in rest))
            wrong += [f"{what}, line deleted: {fault}" for fault in _again(output, source, whole)]
    return wrong


# ------------------------------------------------------------------ the store and other caches


def _half(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(byte ^ 0xFF for byte in data[middle : middle + 64])
    file.write_bytes(data)


def _delete(file: Path) -> None:
    file.unlink()


def export(output: Path, tell: Tell) -> bytes:
    """The whole graph, as ``kg export`` writes it."""
    file = output.parent / "all.nq"
    kg.open(output).export(file)
    return b"".join(sorted(file.read_bytes().splitlines(keepends=True)))


def damaged_cache() -> list[str]:
    """Each file beside the record is cut, garbled or deleted: the right answer, or one sentence; and once the
    store is deleted, as the sentence says, all is as it was."""
    wrong = []
    with built() as (output, _, _):
        kept = output.rename(output.parent / "kept")
        right = apart(export, kept)
        more = articles(COUNT + 1)
        source = synthetic.write_source(output.parent / "more.jsonl", more)
        files = [file for file in sorted(kept.rglob("*")) if file.is_file() and file.stat().st_size]
        for file in files:
            if file.name in (NAME, "explorer.html"):
                continue
            for spoil in (_half, _flip, _delete):
                for doing in ("asked", "built"):
                    shutil.rmtree(output, ignore_errors=True)
                    shutil.copytree(kept, output)
                    spoil(output / file.relative_to(kept))
                    found = apart(export, output) if doing == "asked" else apart(build, output, source, more)
                    said = _after_damage(output, found, right if doing == "asked" else None)
                    what = f"{file.relative_to(kept)}, {spoil.__name__[1:]}, {doing}"
                    wrong += [f"{what}: {fault}"[:500] for fault in said]
    return wrong


def _after_damage(output: Path, found: object, right: object) -> list[str]:
    """What is wrong with the answer to a damaged graph, and with the graph once its store was deleted."""
    wrong = []
    if isinstance(found, Failed):
        wrong += [] if found.told else [str(found)]
    elif right is not None:
        wrong += [] if found == right else ["another answer, and no error"]
    else:
        seen = apart(look, output)
        other = difference(seen, fresh(output, output.parent))
        wrong += [f"built without an error, then: {other}"] if other and not _told(seen) else []
    shutil.rmtree(output / "store", ignore_errors=True)
    seen = apart(look, output)
    other = difference(seen, fresh(output, output.parent))
    if not other and len(seen.articles) < COUNT:
        other = f"{len(seen.articles)} articles are left"
    return wrong + ([f"store deleted: {other}"] if other else [])


def _told(seen: object) -> bool:
    return isinstance(seen, Failed) and seen.told


def damaged_store_command() -> list[str]:
    """What a user sees of a store whose tables are cut: one sentence, exit code 1."""
    with built() as (output, _, whole):
        asked = ("query", "--name", "status-counts", "--output", output)
        for table in (output / "store").glob("*.sst"):
            _half(table)
        wrong = one_sentence(command(*asked), "damaged", "store")
        shutil.rmtree(output / "store")
        done = command(*asked)
        if done.returncode != 0:
            wrong.append(f"after the store was deleted: {done.stderr[-300:]}")
        other = difference(apart(look, output), whole)
        return wrong + ([f"after the store was deleted: {other}"] if other else [])


# ------------------------------------------------------------------ others at work


class _Waiting(synthetic.Reader):
    """Reads one article, says so, and waits to be killed."""

    def __init__(self, extractions: list[Extraction], tell: Tell) -> None:
        super().__init__(extractions)
        self._tell = tell

    def pipe(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        yield next(super().pipe(articles))
        self._tell("waiting")
        threading.Event().wait()


def _build_and_wait(output: Path, source: Path, extractions: list[Extraction], tell: Tell) -> None:
    kg.build(source, output, reader=_Waiting(extractions, tell))


def second_writer() -> list[str]:
    """While one run writes, another is sent away with a sentence, and readers go on."""
    with built() as (output, source, _):
        more = articles(COUNT + 3)
        synthetic.write_source(source, more)
        process, here = start(_build_and_wait, output, source, more)
        here.recv()
        try:
            wrong = one_sentence(command("remove", "s0000001", "--output", output), "another run", "wait")
            second = apart(build, output, source, more)
            if not isinstance(second, Failed) or not second.told:
                wrong.append(f"a second build: {second}")
            for words in (("claims",), ("query", "--name", "status-counts"), ("entities",)):
                done = command(*words, "--output", output)
                if done.returncode != 0 or not done.stdout:
                    wrong.append(f"kg {words[0]} beside a writer: {done.stderr[-300:]}")
        finally:
            process.kill()
            process.join()
        done = apart(build, output, source, more)
        if isinstance(done, Failed):
            wrong.append(f"after the first was killed: {done}")
        other = difference(apart(look, output), fresh(output, output.parent))
        wrong += [f"after the first was killed: {other}"] if other else []
        return wrong


# ------------------------------------------------------------------ the disk


def read_only() -> list[str]:
    """A folder that cannot be written can be read, and a change is refused in one sentence."""
    with built() as (output, source, whole):
        within = mounted('mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"', output)
        if not within:
            raise Skipped(NO_MOUNT)
        before = _files(output)
        wrong = []
        for words in (("claims",), ("query", "--name", "status-counts"), ("entities",)):
            done = command(*words, "--output", output, before=within)
            if done.returncode != 0 or not done.stdout:
                wrong.append(f"kg {words[0]}: {done.stderr[-300:]}")
        for words in (("remove", "s0000001"), ("explore",)):
            done = command(*words, "--output", output, before=within)
            wrong += [f"kg {words[0]}: {fault}" for fault in one_sentence(done, "cannot")]
        wrong += ["files changed"] if _files(output) != before else []
        return wrong + _again(output, source, whole)


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def full_disk() -> list[str]:
    """A disk that fills up while a run writes: one in memory, of a few MB."""
    with tempfile.TemporaryDirectory() as folder:
        within = mounted(f'mount -t tmpfs -o size={DISK}m none "$0"', Path(folder))
        if not within:
            raise Skipped(NO_MOUNT)
        tool = [sys.executable, str(Path(__file__).with_name("faults.py")), "--full-disk", folder]
        done = subprocess.run([*within, *tool], capture_output=True, text=True, timeout=1800)
        if done.returncode:
            return [f"the case itself failed: {done.stderr[-500:]}"]
        return [line for line in done.stdout.splitlines() if line]


def on_full_disk(disk: Path) -> list[str]:
    """The case :func:`full_disk`, on the disk it mounted; ends with what was wrong."""
    wrong = []
    first, more = articles(), articles(COUNT + 12)
    with tempfile.TemporaryDirectory() as elsewhere:
        source, whole = Path(elsewhere) / "more.jsonl", Path(elsewhere) / "whole"
        base, filler, output = Path(elsewhere) / "base", disk / "filler", disk / "graph"
        synthetic.write_source(source, first)
        apart(build, base, source, first)
        synthetic.write_source(source, more)
        apart(build, whole, source, more)
        end = apart(look, whole)
        for left in LEFT:
            shutil.copytree(base, output)
            with filler.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, max(1, shutil.disk_usage(disk).free - left))
            done = apart(build, output, source, more)
            if isinstance(done, Failed) and not (done.told and ("space" in done.text or "full" in done.text)):
                wrong.append(f"{left} bytes left, kg build: {done}"[:400])
            listed = apart(_claims, output)
            if isinstance(listed, Failed) and not listed.told:
                wrong.append(f"{left} bytes left, kg claims afterwards: {listed}"[:400])
            filler.unlink()
            seen = apart(look, output)
            other = difference(seen, fresh(output, Path(elsewhere)))
            if not other and len(seen.articles) < COUNT:
                other = f"{len(seen.articles)} articles are left"
            wrong += [f"{left} bytes left, asked once there is space: {other}"] if other else []
            again = apart(build, output, source, more)
            other = str(again) if isinstance(again, Failed) else difference(apart(look, output), end)
            wrong += [f"{left} bytes left, built once there is space: {other}"] if other else []
            shutil.rmtree(output)
    return wrong


def _claims(output: Path, tell: Tell) -> int:
    return len(kg.open(output).claims())


CASES: dict[str, Callable[[], list[str]]] = {
    case.__name__.replace("_", "-"): case
    for case in (
        cut_at_the_end,
        garbled_line,
        damaged_cache,
        damaged_store_command,
        second_writer,
        read_only,
        full_disk,
    )
}
