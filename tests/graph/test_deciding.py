"""Decisions on a graph: doubtful pairs, answers from a file and at the prompt, splits."""

from __future__ import annotations

import csv
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import KGError
from kg.graph.record import Record
from tests.graph.samples import Text

OTHER = "person/juan-a-santos"


@pytest.fixture
def graph(tmp_path: Path) -> kg.Graph:
    """Four articles: two on a Juan Santos, one on Juan A. Santos, one on a Santos."""
    with Record.open(tmp_path, write=True) as record:
        for id, name, ref in (
            ("a", "Juan Santos", "person/juan-santos"),
            ("b", "Juan Santos", "person/juan-santos"),
            ("c", "Juan A. Santos", OTHER),
            ("d", "Santos", "person/santos"),
        ):
            text = Text(id, f"Pagi ini {name} tiba di Korut. Ia lalu makan.", lang="id")
            place = ("recipient", "Korut", "country/PRK")
            text.claim("visit", "tiba", f"Pagi ini {name} tiba di Korut.", ("actor", name, ref), place)
            text.claim("open", "makan", "Ia lalu makan.", ("actor", "Ia", ref))
            record.put(text.done())
    return kg.open(tmp_path)


def ids(graph: kg.Graph) -> dict[str, set[str]]:
    """Whom each article mentions, countries aside."""
    rows = [row for row in graph.mentions() if row["type"] == "Person"]
    return {id: {row["entity"] for row in rows if row["article"] == id} for id in "abcd"}


def quads(graph: kg.Graph) -> bytes:
    graph.export(graph.output / "all.nq")
    return (graph.output / "all.nq").read_bytes()


def test_doubtful_pairs_come_with_score_reason_and_sentences(graph: kg.Graph) -> None:
    """Names that share a word are asked about, the likeliest first, with what each article says."""
    pairs = graph.doubtful()
    assert [row["score"] for row in pairs] == sorted((row["score"] for row in pairs), reverse=True)
    pair = next(row for row in pairs if {row["left"], row["right"]} == {"person/juan-santos", OTHER})
    assert '"Juan Santos" is a part of "Juan A. Santos"' in pair["reason"]
    assert "North Korea" in pair["reason"] or "company" in pair["reason"]
    assert "Pagi ini Juan Santos tiba di Korut." in [one["text"] for one in pair["right_sentences"]]
    graph.link(pair["left"], pair["right"], "unsure")
    assert len(graph.doubtful()) == len(pairs) - 1


def test_a_split_by_article_and_back(graph: kg.Graph) -> None:
    """All that an article says of the one goes to the other; withdrawn, the graph is what it was."""
    before = quads(graph)
    made = graph.split("person/juan-santos", articles=["b"], by="me")
    assert ids(graph)["a"] == {"person/juan-santos"} and ids(graph)["b"] == {made}
    assert {row["actors"][0]["entity"] for row in graph.claims(article="b")} == {made}
    assert graph.query("ASK { person:juan-santos kg:visit country:PRK }").rows == [{"answer": True}]
    assert before != quads(graph)
    graph.split(made, withdraw=True)
    assert quads(graph) == before and graph.decisions() == []


def test_a_split_by_name_takes_apart_what_was_linked(graph: kg.Graph) -> None:
    """Two that were made one are two again by the name that articles give, pronouns too."""
    graph.link("person/juan-santos", OTHER, "same")
    assert ids(graph)["a"] == ids(graph)["c"]
    (whole,) = ids(graph)["c"]
    graph.split(whole, names=["Juan A. Santos"], into="person/the-other-one")
    assert ids(graph)["a"] == {whole} and ids(graph)["c"] == {"person/the-other-one"}


def test_a_split_survives_removal_and_return_of_its_article(graph: kg.Graph) -> None:
    """Who takes an article out and in again has the same graph, split as before."""
    made = graph.split("person/juan-santos", articles=["b"])
    whole = quads(graph)
    with Record.open(graph.output) as record:
        kept = record.get("b")
    assert kept is not None
    graph.remove("b")
    assert made not in {row["id"] for row in graph.entities()}
    with Record.open(graph.output, write=True) as record:
        record.put(kept)
    graph.refresh()
    assert quads(graph) == whole


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"entity": "person/nobody-here", "articles": ["a"]}, "there is no entity"),
        ({"entity": "person/juan-santos", "articles": ["zz"]}, "none of the"),
        ({"entity": "person/juan-santos", "articles": ["a", "b"]}, "these are all"),
        ({"entity": "person/juan-santos", "articles": ["a"], "into": "country/PRK"}, "write person/"),
        ({"entity": "person/juan-santos", "withdraw": True}, "was not split"),
    ],
)
def test_what_cannot_be_split(arguments: dict[str, object], said: str, graph: kg.Graph) -> None:
    """A split of nothing, of all, or into another kind is refused, and nothing is written."""
    with pytest.raises(KGError, match=said):
        graph.split(**arguments)  # type: ignore[arg-type]
    assert graph.decisions() == []


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_answers_from_a_file(graph: kg.Graph, tmp_path: Path) -> None:
    """The listed pairs as CSV, filled in, are the decisions; a wrong line changes nothing."""
    listed = run("link", "-o", graph.output, "--format", "csv")
    rows = list(csv.DictReader(listed.stdout.splitlines()))
    assert rows and all(row["judgement"] == "" for row in rows)
    rows[0]["judgement"] = "same"
    file = tmp_path / "answers.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = run("link", "-o", graph.output, "--from", file, "--by", "me")
    assert done.returncode == 0 and "1 new decisions" in done.stderr
    (decision,) = graph.decisions()
    assert (decision["left"], decision["right"], decision["by"]) == (rows[0]["left"], rows[0]["right"], "me")
    for line, said in (
        (
            {"left": "person/juan-santos", "right": "person/nobody", "judgement": "same"},
            "no entity person/nobody",
        ),
        ({"left": "person/juan-santos", "right": OTHER, "judgement": "perhaps"}, "line 1"),
        ({"left": "person/juan-santos", "judgement": "same"}, "no right"),
    ):
        wrong = tmp_path / "answers.jsonl"
        wrong.write_text(json.dumps(line) + "\n", encoding="utf-8")
        done = run("link", "-o", graph.output, "--from", wrong)
        assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
    assert graph.decisions() == [decision]


def test_answers_at_the_prompt(graph: kg.Graph) -> None:
    """In a terminal each pair is shown and asked about; what was answered is kept, also when one quits."""
    pairs = graph.doubtful()
    main, side = pty.openpty()
    command = [sys.executable, "-m", "kg", "link", "-o", str(graph.output), "--by", "me"]
    with subprocess.Popen(command, stdin=side, stdout=side, stderr=side) as process:
        os.close(side)
        os.write(main, b"x\nd\n\nq\n")
        shown = b""
        while chunk := _read(main):
            shown += chunk
    os.close(main)
    assert process.returncode == 0, shown.decode()
    assert "Pagi ini" in shown.decode() and "answer with one of" in shown.decode()
    (decision,) = graph.decisions()
    assert {decision["left"], decision["right"]} == {pairs[0]["left"], pairs[0]["right"]}
    assert decision["judgement"] == "different"


def _read(end: int) -> bytes:
    try:
        return os.read(end, 4096)
    except OSError:  # the other end was closed
        return b""


def test_why_shows_links_scores_and_decisions(graph: kg.Graph) -> None:
    """An entity is explained by what articles call it, with scores, and by what was decided."""
    graph.link("person/juan-santos", OTHER, "same", by="me")
    told = "\n".join(graph.why(OTHER))
    assert "'Juan Santos' ×2" in told and "score 0.90" in told and "same, decided by me" in told
    with pytest.raises(KGError, match="no entity"):
        graph.why("person/nobody")
