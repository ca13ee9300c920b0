"""Building: what is kept, skipped, reported and removed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import kg
from kg.nlp import Reader

VISIT = "Menteri Pertahanan Rusia Sergei Shoigu mengunjungi Korea Utara pada 26 Juli 2023."
DENIAL = "North Korea denied supplying weapons to Russia. Kim Jong Un met Sergei Shoigu in Pyongyang."


def write(folder: Path, **texts: str) -> Path:
    """A JSON Lines file with an article for each keyword."""
    lines = folder / "articles.jsonl"
    rows = [{"id": id_, "text": text, "published": "2023-07-27"} for id_, text in texts.items()]
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return lines


def files(output: Path) -> dict[str, bytes]:
    """What a build left for the reader: the record, the page and the store's quads."""
    graph = kg.open(output)
    quads = graph.export(output.parent / "all.nq").read_bytes()
    return {
        "record": (output / "extractions.jsonl").read_bytes(),
        "page": (output / "explorer.html").read_bytes(),
        "quads": quads,
    }


class Stopped:
    """The real reader, stopped by Ctrl-C after some articles."""

    def __init__(self, after: int) -> None:
        self.reader = Reader()
        self.after = after

    @property
    def fingerprint(self) -> str:
        return self.reader.fingerprint

    def pipe(self, articles: Iterable[kg.Article]) -> Iterator[kg.Extraction | kg.ArticleError]:
        for number, article in enumerate(articles):
            if number == self.after:
                raise KeyboardInterrupt
            yield self.reader.extract(article)


def test_report_counts(tmp_path: Path) -> None:
    """The report says how many articles were new, changed, unchanged and failed, and what they claim."""
    source = write(tmp_path, a=VISIT, b=DENIAL)
    first = kg.build(source, tmp_path / "out")
    assert (first.counts["read"], first.counts["new"], first.counts["failed"]) == (2, 2, 0)
    assert first.counts["claims"] == len(kg.open(tmp_path / "out").claims()) > 0
    write(tmp_path, a=VISIT, b=DENIAL + " Putin was not there.")
    second = kg.build(source, tmp_path / "out")
    assert (second.counts["changed"], second.counts["unchanged"]) == (1, 1)


def test_bad_articles_are_reported_and_tried_again(tmp_path: Path) -> None:
    """One bad line does not stop the others, is named, and is read once it was mended."""
    source = write(tmp_path, a=VISIT)
    good = source.read_text(encoding="utf-8")
    source.write_text(good + "{broken\n" + json.dumps({"id": "b", "text": DENIAL}) + "\n", encoding="utf-8")
    report = kg.build(source, tmp_path / "out")
    assert (report.counts["new"], report.counts["failed"]) == (2, 1)
    assert len(report.errors) == 1 and "articles.jsonl" in report.errors[0]
    write(tmp_path, a=VISIT, mended="Putin visited Beijing.", b=DENIAL)
    again = kg.build(source, tmp_path / "out")
    assert again.counts["failed"] == 0
    assert "mended" in {row["id"] for row in kg.open(tmp_path / "out").articles()}


def test_two_articles_with_one_id_are_not_mixed(tmp_path: Path) -> None:
    """The first of two different articles with one id is kept, the second reported, on every run alike."""
    lines = tmp_path / "articles.jsonl"
    rows = [{"id": "a", "text": VISIT}, {"id": "a", "text": DENIAL}]
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    first = kg.build(lines, tmp_path / "out")
    assert first.counts["failed"] == 1 and "'a'" in first.errors[0]
    second = kg.build(lines, tmp_path / "out")
    assert (second.counts["unchanged"], second.counts["failed"]) == (1, 1)


def test_a_stopped_run_goes_on(tmp_path: Path) -> None:
    """What was finished before Ctrl-C is kept and not read again, and the end is the same."""
    source = write(tmp_path, a=VISIT, b=DENIAL, c="Xi Jinping called Vladimir Putin.")
    with pytest.raises(KeyboardInterrupt):
        kg.build(source, tmp_path / "out", reader=Stopped(after=2))
    assert {row["id"] for row in kg.open(tmp_path / "out").articles()} == {"a", "b"}
    report = kg.build(source, tmp_path / "out")
    assert (report.counts["unchanged"], report.counts["new"]) == (2, 1)
    kg.build(source, tmp_path / "whole")
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_progress_is_told(tmp_path: Path) -> None:
    """Whoever watches hears of every article and of the last step."""
    heard: list[tuple[str, int]] = []

    def progress(step: str, counts: Counter[str]) -> None:
        heard.append((step, counts["new"]))

    kg.build(write(tmp_path, a=VISIT, b=DENIAL), tmp_path / "out", progress=progress)
    assert heard == [("articles", 1), ("articles", 2), ("graph", 2)]


def test_progress_can_be_watched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`progress=True` counts the articles on standard error, as in Jupyter; without it a build is silent."""
    kg.build(write(tmp_path, a=VISIT), tmp_path / "out")
    assert capsys.readouterr() == ("", "")
    kg.build(write(tmp_path, a=VISIT, b=DENIAL), tmp_path / "out", progress=True)
    heard = capsys.readouterr()
    assert heard.out == ""
    assert "reading: " in heard.err and "building the graph: 2 articles" in heard.err


def test_removing_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    """An unknown article is not silently 'removed'."""
    kg.build(write(tmp_path, a=VISIT), tmp_path / "out")
    with pytest.raises(kg.StoreError, match="nowhere"):
        kg.remove("nowhere", tmp_path / "out")


def test_nothing_built_is_an_error(tmp_path: Path) -> None:
    """Opening a folder without a graph says how to build one."""
    with pytest.raises(kg.StoreError, match="kg build"):
        kg.open(tmp_path)
