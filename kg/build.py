"""Build a graph: read articles, extract what they claim, keep the record, derive the rest from it."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from kg.errors import ArticleError
from kg.graph.graph import Graph, open_graph
from kg.graph.record import Record
from kg.types import Article, Extraction, Report

#: Called with the name of the step (``articles`` or ``graph``) and the counts so far.
Progress = Callable[[str, Counter[str]], None]
#: The steps in words.
STEPS = {"articles": "reading", "graph": "building the graph"}


class Reads(Protocol):
    """What finds the claims of an article; :class:`kg.nlp.Reader` is one."""

    @property
    def fingerprint(self) -> str: ...

    def pipe(self, articles: Iterable[Article]) -> Iterator[Extraction | ArticleError]: ...


def build(
    sources: str | Path | Iterable[str | Path],
    output: str | Path = "output",
    *,
    lang: str | None = None,
    progress: Progress | bool = False,
    reader: Reads | None = None,
) -> Report:
    """Read ``sources`` (a file, folder, glob or ``-``, or several) into the graph of ``output``.

    ``lang`` is the ISO 639-1 code of texts that do not state theirs; without it it is recognised.
    ``progress`` True shows on standard error how far it is, also in Jupyter; a function is called instead.
    An article that was read before and has not changed is skipped; one that cannot be read is
    reported and tried again the next time.  Every finished article is on disk before the next one
    starts, so a run that is stopped goes on where it was.

    Raises PipelineError or StoreError when no article could be read this way.
    """
    from kg.reading import read

    started = time.monotonic()
    if reader is None:
        from kg.nlp import Reader

        reader = Reader()
    given = [sources] if isinstance(sources, str | Path) else list(sources)
    with Record.open(output, write=True) as record, _shown(progress) as told:
        run = _Run(told)
        wanted = run.to_read(read(given, lang=lang), record, reader.fingerprint)
        for found in reader.pipe(wanted):
            run.keep(found, record, reader.fingerprint)
        record.tidy()
        read_at = time.monotonic()
        run.progress("graph", run.counts)
        graph = Graph(output)
        graph.refresh()
        counts = graph.counts()
    done = time.monotonic()
    return Report(
        counts={**run.article_counts(), **counts},
        errors=tuple(run.errors),
        versions={"kg": _version(), "reader": reader.fingerprint},
        seconds={"articles": round(read_at - started, 3), "graph": round(done - read_at, 3)},
    )


def remove(article: str, output: str | Path = "output") -> None:
    """Forget an article: the graph is as if it had never been read.

    Raises StoreError if there is no such article.
    """
    open_graph(output).remove(article)


def fingerprint(article: Article, reader: str) -> str:
    """16 hexadecimal digits that change when the article, or what reads it, changes."""
    said = json.dumps([article.to_json(), reader], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


@contextmanager
def _shown(progress: Progress | bool) -> Iterator[Progress]:
    """Whom to tell how far it is: the given function, a line on standard error, or nobody."""
    if not isinstance(progress, bool):
        yield progress
    elif not progress:
        yield lambda step, counts: None
    else:
        from tqdm import tqdm

        # How many articles there will be is not known: a source may be a stream.
        look = "{desc}: {n_fmt}{unit} [{elapsed}, {rate_fmt}]"
        with tqdm(desc=STEPS["articles"], unit=" articles", bar_format=look, mininterval=0.5) as bar:

            def told(step: str, counts: Counter[str]) -> None:
                bar.update(sum(counts.values()) - bar.n)
                if bar.desc != STEPS[step]:
                    bar.set_description_str(STEPS[step])

            yield told


class _Run:
    """What one run has done so far."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.counts: Counter[str] = Counter()
        self.errors: list[str] = []
        self._seen: dict[str, str] = {}
        self._given: set[str] = set()

    def to_read(
        self, items: Iterable[Article | ArticleError], record: Record, reader: str
    ) -> Iterator[Article]:
        """The articles that are new or changed; counts the others and notes what failed."""
        for item in items:
            if isinstance(item, ArticleError):
                self._failed(item)
                continue
            made = fingerprint(item, reader)
            seen = self._seen.setdefault(item.id, made)
            if seen != made:
                clash = f"another article with the id {item.id!r} came first in this run: give each its own"
                self._failed(ArticleError(clash, source=item.id))
            elif item.id in self._given or record.fingerprint(item.id) == made:
                self._count("unchanged")
            else:
                self._given.add(item.id)
                yield item

    def keep(self, found: Extraction | ArticleError, record: Record, reader: str) -> None:
        """Put what was found in an article on disk."""
        if isinstance(found, ArticleError):
            self._failed(found)
            return
        kind = "changed" if found.article.id in record else "new"
        record.put(replace(found, fingerprint=fingerprint(found.article, reader)))
        self._count(kind)

    def article_counts(self) -> dict[str, int]:
        counts = {name: self.counts[name] for name in ("new", "changed", "unchanged", "failed")}
        return {"read": sum(counts.values()), **counts}

    def _failed(self, error: ArticleError) -> None:
        self.errors.append(str(error))
        self._count("failed")

    def _count(self, name: str) -> None:
        self.counts[name] += 1
        self.progress("articles", self.counts)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow to load, and only builds need it

    try:
        return version("kg-builder")
    except PackageNotFoundError:
        return "not installed"
