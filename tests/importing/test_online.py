"""Asking Wikidata, against a server that speaks its API: offered, decided by people or a safe score."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import KGError
from kg.graph.record import Record
from tests.graph.samples import Text
from tests.importing.files import BODY, HUMAN, INDONESIA, PERSON, wikidata
from tests.importing.wikibase import Wikibase, serving

XARA, ITEM = "person/xara-qunde", "person/q990000001"
NAMESAKE = wikidata("Q990000005", "Xara Qunde", {"P31": [HUMAN], "P27": ["Q159"]})


@pytest.fixture
def graph(tmp_path: Path) -> kg.Graph:
    """Xara Qunde, minister of Indonesia, visits North Korea; Putin is named as well."""
    text = Text("a", "Xara Qunde bertemu Putin di Korut. Ia menteri Indonesia.", lang="id")
    person = ("actor", "Xara Qunde", XARA)
    met = "Xara Qunde bertemu Putin di Korut."
    text.claim("meet", "bertemu", met, person, ("recipient", "Putin", "person/vladimir-putin"))
    text.claim("visit", "di", met, person, ("recipient", "Korut", "country/PRK"))
    of = ("recipient", "Indonesia", "country/IDN")
    text.claim(
        "holds-role", "menteri", "Ia menteri Indonesia.", ("actor", "Ia", XARA), ("title", "menteri"), of
    )
    with Record.open(tmp_path, write=True) as record:
        record.put(text.done())
    return kg.open(tmp_path)


def people(graph: kg.Graph) -> set[str]:
    return {row["id"] for row in graph.entities() if row["id"].startswith("person/")}


def test_what_wikidata_knows_is_offered_and_kept_when_decided(graph: kg.Graph) -> None:
    """Only unknown names are asked; nothing is linked before a person says so, and that is kept."""
    wikibase = Wikibase(PERSON, NAMESAKE, BODY)
    with serving(wikibase) as url:
        assert graph.look_up(url=url, contact="uji@example.org") == (1, 0)
    searched = [asked["search"] for asked in wikibase.asked if asked["action"] == "wbsearchentities"]
    assert searched == ["Xara Qunde"]
    assert all(asked["format"] == "json" and asked["maxlag"] == "5" for asked in wikibase.asked)
    (agent,) = wikibase.agents
    assert agent.startswith("kg-builder/") and "uji@example.org" in agent
    assert people(graph) == {XARA, "person/vladimir-putin"}
    first, second = graph.doubtful()
    assert (first["right"], second["right"]) == (ITEM, "person/q990000005")
    assert first["score"] > second["score"] and "IDN" in first["reason"] and "Q990000001" in first["reason"]
    graph.link(first["left"], first["right"], "same", by="me")
    (row,) = [row for row in graph.entities() if row["id"] == ITEM]
    assert row["same_as"] == ["Q990000001"] and row["name"] == "Xara Qunde"
    assert [one["by"] for one in graph.decisions()] == ["me"]


def test_a_score_may_decide(graph: kg.Graph) -> None:
    """With --accept what scores enough is decided, and can be withdrawn; less is only offered."""
    command = [sys.executable, "-m", "kg", "link", "--online", "--format", "jsonl"]
    with serving(Wikibase(PERSON, NAMESAKE)) as url:
        ran = subprocess.run(
            [*command, "--url", url, "--accept", "0.95", "--output", str(graph.output)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    assert "1 names asked, 1 pairs decided" in ran.stderr
    assert [json.loads(line)["right"] for line in ran.stdout.splitlines()] == []
    graph = kg.open(graph.output)
    assert people(graph) == {ITEM, "person/vladimir-putin"}
    (decision,) = graph.decisions()
    assert (decision["by"], decision["judgement"]) == ("kg link --accept 0.98", "same")
    graph.link(XARA, ITEM, "withdrawn")
    assert people(graph) == {XARA, "person/vladimir-putin"}


def test_the_same_name_of_two_is_not_decided(graph: kg.Graph) -> None:
    """Where both may be meant no score is high enough."""
    other = wikidata("Q990000006", "Xara Qunde", {"P31": [HUMAN], "P27": [INDONESIA]})
    with serving(Wikibase(PERSON, other)) as url:
        assert graph.look_up(url=url, accept=0.95) == (1, 0)
    assert XARA in people(graph) and len(graph.doubtful()) == 2


def test_a_busy_server_is_asked_again(graph: kg.Graph) -> None:
    """Too many requests, replicas that lag, an error of the server: it is left alone for a while."""
    wikibase = Wikibase(PERSON)
    wikibase.trouble = [429, {"error": {"code": "maxlag", "info": "Waiting for a server"}}, 503]
    with serving(wikibase) as url:
        graph.look_up(url=url)
    assert len(wikibase.asked) == 5 and len(graph.doubtful()) == 1


@pytest.mark.parametrize(
    ("always", "says"),
    [
        (503, "answered 503, 4 times: try again later; nothing was changed"),
        (404, "answered 404: give the address of an api.php"),
        ("<html>", "answers no JSON"),
        ({"error": {"code": "badvalue"}}, "refused the question"),
        ({"batchcomplete": ""}, "does not answer as Wikidata does"),
    ],
)
def test_a_server_that_does_not_answer_changes_nothing(always: object, says: str, graph: kg.Graph) -> None:
    """It is told in one sentence, and there is no source."""
    wikibase = Wikibase(PERSON)
    wikibase.always = always
    with serving(wikibase) as url, pytest.raises(KGError, match=says):
        graph.look_up(url=url)
    assert list(graph.actors()) == [] and not (graph.output / "decisions.jsonl").exists()


def test_nobody_there(graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nobody listens is tried a few times, and told."""
    monkeypatch.setattr("kg.importing.online.WAIT", 0.01)
    with pytest.raises(KGError, match=r"cannot be reached .*4 times"):
        graph.look_up(url="http://127.0.0.1:9/w/api.php")


def test_what_was_found_before_stays(graph: kg.Graph) -> None:
    """Asking again adds to what is known, so a decision keeps what it is about."""
    with serving(Wikibase(PERSON)) as url:
        graph.look_up(url=url)
    graph.link(XARA, ITEM, "same")
    with serving(Wikibase()) as url:
        graph.look_up(url=url)
    assert [row["same_as"] for row in graph.entities() if row["id"] == ITEM] == [["Q990000001"]]
    assert [(one["source"], one["linked"]) for one in graph.actors()] == [("wikidata-online", False)]
