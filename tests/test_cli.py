"""The command line: its twins in Python, its formats, its exit codes."""

from __future__ import annotations

import csv
import inspect
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import kg
from kg import codebook
from kg.cli.commands import app
from kg.explain import explain
from kg.serve import serve

#: Each command and what it is in Python.
TWINS = {
    "build": kg.build,
    "remove": kg.Graph.remove,
    "claims": kg.Graph.claims,
    "events": kg.Graph.events,
    "entities": kg.Graph.entities,
    "mentions": kg.Graph.mentions,
    "quotes": kg.Graph.quotes,
    "query": kg.Graph.query,
    "explore": kg.Graph.explore,
    "export": kg.Graph.export,
    "import": kg.Graph.import_,
    "push": kg.Graph.push,
    "check": kg.Graph.check,
    "codebook check": codebook.check,
    "codebook diff": codebook.diff,
    "explain": explain,
    "link": kg.Graph.link,
    "group": kg.Graph.group,
    "split": kg.Graph.split,
    "infer": kg.Graph.infer,
    "serve": serve,
}


def command_names(group: Any) -> Iterator[str]:
    """The names of all commands, those of a group of commands with its name before."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from (f"{name} {inner}" for inner in command_names(command))
        else:
            yield name


LISTINGS = ("claims", "events", "entities", "mentions", "quotes")
REPOSITORY = Path(__file__).resolve().parent.parent


def run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """``kg`` with these arguments, in a process of its own."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **options)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="module")
def output(examples_graph: kg.Graph) -> Path:
    return examples_graph.output


def test_every_command_has_its_twin() -> None:
    """Each command is a function or method of the same name, and each is in the table."""
    assert set(command_names(typer.main.get_command(app))) == set(TWINS)
    assert all(twin.__name__.rstrip("_") == name.split()[-1] for name, twin in TWINS.items())


@pytest.mark.parametrize("name", LISTINGS)
def test_filters_of_command_and_method_are_the_same(name: str) -> None:
    """``kg claims --about`` is ``claims(about=…)``, and so for every filter."""
    options = {param.name for param in typer.main.get_command(app).commands[name].params}  # type: ignore[attr-defined]
    filters = set(inspect.signature(TWINS[name]).parameters) - {"self"}
    assert options - {"output", "format", "help"} == filters


def test_readme_shows_every_command() -> None:
    """A command that the README does not show is a command that nobody finds."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert [name for name in TWINS if f"`kg {name}" not in readme] == []


@pytest.mark.parametrize("name", LISTINGS)
def test_machine_formats_hold_the_same_rows(name: str, output: Path) -> None:
    """JSON Lines is what the method returns; CSV has as many lines; nothing else is on stdout."""
    rows = TWINS[name](kg.open(output))  # type: ignore[operator]
    lines = run(name, "--output", output, "--format", "jsonl")
    assert [json.loads(line) for line in lines.stdout.splitlines()] == rows
    table = list(csv.DictReader(io.StringIO(run(name, "-o", output, "-f", "csv").stdout)))
    assert len(table) == len(rows)


def test_table_fits_the_terminal(output: Path) -> None:
    """The table shows who did what, and no line is wider than the width it was given."""
    shown = run("claims", "-o", output, "--status", "denied").stdout
    assert "North Korea" in shown and "denied" in shown
    assert max(map(len, shown.splitlines())) <= 160


def test_build_says_what_it_did_and_where_to_look(tmp_path: Path) -> None:
    """A build ends with counts and the next step, on standard error; standard output stays empty."""
    article = tmp_path / "a.txt"
    article.write_text("Vladimir Putin visited North Korea on 19 June 2024.", encoding="utf-8")
    done = run("build", article, "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "1 article: 1 new" in done.stderr
    assert "output/explorer.html" in done.stderr and "kg claims" in done.stderr
    assert (tmp_path / "output" / "explorer.html").is_file()
    shown = run("claims", "--format", "jsonl", cwd=tmp_path)
    assert "Vladimir Putin" in shown.stdout


def test_standard_input_is_a_source(tmp_path: Path) -> None:
    """``kg build -`` reads an article from a pipe."""
    done = run("build", "-", "-o", tmp_path / "out", input="Putin met Kim Jong Un in Vladivostok.")
    assert done.returncode == 0, done.stderr
    assert len(kg.open(tmp_path / "out").articles()) == 1


def test_only_bad_articles_is_a_failure(tmp_path: Path) -> None:
    """If nothing could be read the exit code says so, with a sentence for each article."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    done = run("build", bad, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "bad.txt" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["claims", "-o", "nowhere"], 1, "kg build"),
        (["claims", "--status", "certain"], 1, "asserted"),
        (["query", "SELECT nonsense"], 1, "SPARQL"),
        (["query", "--name", "no-such-query"], 1, "no-such-query"),
        (["remove", "no-such-article"], 1, "no-such-article"),
        (["export", "graph.docx"], 1, "ttl"),
        (["import", "no-such-file.kg.zip"], 1, "kg export"),
        (["claims", "--article", "no-such-article"], 1, "no-such-article"),
        (["split", "person/nobody", "--article", "a"], 1, "person/nobody"),
        (["split", "person/nobody"], 2, "--article"),
        (["link", "person/nobody", "person/no-one", "same"], 1, "person/no"),
        (["link", "--decided", "--from", "a.csv"], 2, "--decided"),
        (["claims", "--colour", "red"], 2, "--colour"),
        (["query", "ASK {}", "--name", "denied"], 2, "--name"),
        (["query", "--name", "denied", "--param", "by"], 2, "key=value"),
        (["query", "--name", "denied", "--by"], 2, "--by needs a value"),
        (["query", "--name", "denied", "--colour", "red"], 1, "its parameters are by, country"),
        (["query", "--country", "PRK"], 2, "give --name"),
        (["query", "ASK {}", "ASK {}"], 2, "put a query in quotes"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_errors_are_a_sentence(arguments: list[str], code: int, said: str, output: Path) -> None:
    """What goes wrong is told in a sentence on standard error, never as a traceback."""
    if "-o" not in arguments and code == 1:
        arguments = [*arguments, "-o", str(output)]
    done = run(*arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == "" and "Traceback" not in done.stderr


def test_a_closed_pipe_is_silent(output: Path) -> None:
    """``kg mentions | head -n 1`` ends without a word of complaint."""
    command = [sys.executable, "-m", "kg", "mentions", "-o", str(output), "-f", "jsonl"]
    read_end, write_end = os.pipe()
    with subprocess.Popen(command, stdout=write_end, stderr=subprocess.PIPE, text=True) as process:
        os.close(write_end)
        os.close(read_end)
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_query_by_text_file_and_name(output: Path, tmp_path: Path) -> None:
    """A query can be given as text, from a file, or by its name, with parameters."""
    text = "SELECT (COUNT(*) AS ?n) { ?claim a kg:Claim }"
    file = tmp_path / "count.rq"
    file.write_text(text, encoding="utf-8")
    counted = run("query", text, "-o", output, "-f", "jsonl").stdout
    assert json.loads(counted) == {"n": len(kg.open(output).claims())}
    assert run("query", "--file", file, "-o", output, "-f", "jsonl").stdout == counted
    about = run("query", "--name", "claims-about", "--param", "about=Kim Jong-un", "-o", output, "-f", "csv")
    assert about.returncode == 0 and about.stdout.count("\n") > 1
    assert "claims-about" in run("query").stdout


def test_explore_prints_the_page(output: Path) -> None:
    """``kg explore`` prints the path of a page that is there."""
    page = Path(run("explore", "-o", output).stdout.strip())
    assert page.is_file() and page.suffix == ".html"


@pytest.mark.parametrize(
    "suffix",
    ["ttl", "trig", "nq", "jsonld", "graphml", "gexf", "cyjs", "ftm.json", "polecat.tsv", "csv"],
)
def test_export_writes_every_format(suffix: str, output: Path, tmp_path: Path) -> None:
    """Every promised format is written and holds North Korea."""
    file = tmp_path / f"graph.{suffix}"
    assert run("export", file, "-o", output).returncode == 0
    assert "North Korea" in file.read_text(encoding="utf-8")


def test_explain_says_why(output: Path) -> None:
    """Sentence, tree, cue, links and status of a claim, found by the beginning of its id."""
    claim = next(row for row in kg.open(output).claims(status="denied") if row["relation"] != "open")
    found = run("explain", claim["id"][:12], "--output", output)
    assert found.returncode == 0 and found.stdout.strip() == explain(claim["id"], output)
    actor = claim["actors"][0]
    quote, trigger = claim["evidence"]["quote"], claim["trigger"]["text"]
    parts = (quote, trigger, actor["entity"], "by the cue", "denied", "Tree")
    for part in parts:
        assert part in found.stdout, part


def test_explain_names_an_unknown_claim(output: Path) -> None:
    """One sentence, exit code 1."""
    found = run("explain", "nobody", "--output", output)
    assert found.returncode == 1 and "nobody" in found.stderr and found.stderr.count("\n") == 1


def test_check_finds_nothing_wrong(output: Path) -> None:
    """The graph of the examples passes its own checks."""
    done = run("check", "-o", output)
    assert done.returncode == 0, done.stdout


def test_remove_forgets(tmp_path: Path) -> None:
    """``kg remove`` takes the article out of the listings."""
    lines = tmp_path / "two.jsonl"
    rows = [{"id": "a", "text": "Putin visited Beijing."}, {"id": "b", "text": "Xi met Putin."}]
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    kg.build(lines, tmp_path / "out")
    assert run("remove", "a", "-o", tmp_path / "out").returncode == 0
    assert [row["id"] for row in kg.open(tmp_path / "out").articles()] == ["b"]


def test_parameters_of_a_saved_query_are_options(output: Path) -> None:
    """Given as ``--key value`` or ``--key=value``, in any order with the other options; listed on request."""
    asked = ["query", "--name", "events", "--country", "Korut", "-o", str(output), "--since=2023-07"]
    done = run(*asked, "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    everything = run("query", "--name", "events", "-o", str(output), "--format", "jsonl").stdout.splitlines()
    assert 0 < len(rows) < len(everything) and all(row["date"][:4] >= "2023" for row in rows)
    listed = run("query", "--name", "events", "--help-params", "--format", "jsonl").stdout.splitlines()
    assert "--country" in [json.loads(line)["option"] for line in listed]
