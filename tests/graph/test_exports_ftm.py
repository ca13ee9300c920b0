"""The FollowTheMoney export, read by the real library."""

from __future__ import annotations

import json
import re

import pytest

import kg
from kg.graph.exports.ftm import key
from tests.graph.exported import written
from tests.graph.samples import ENTITIES

ftm = pytest.importorskip(
    "followthemoney", reason="followthemoney is not installed: it needs ICU to be built"
)
from followthemoney.exc import InvalidData  # noqa: E402
from followthemoney.proxy import EntityProxy  # noqa: E402


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """A graph on disk with claims of every status."""
    return written(tmp_path_factory.mktemp("ftm"))


@pytest.fixture(scope="module")
def proxies(graph: kg.Graph, tmp_path_factory: pytest.TempPathFactory) -> list[EntityProxy]:
    """The FollowTheMoney file as the library reads it; a property that it does not take is an error."""
    file = graph.export(tmp_path_factory.mktemp("ftm") / "graph.ftm.json")
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        schema = ftm.model.get(data["schema"])
        assert schema is not None
        schema.validate(data)
        proxy = EntityProxy.from_dict(data, cleaned=False)
        for name, values in data["properties"].items():
            assert sorted(proxy.get(name)) == sorted(values), (name, values)
        found.append(proxy)
    return found


def test_ftm_entities_are_valid_and_refer_to_each_other(proxies: list[EntityProxy]) -> None:
    """Ids are unique and every entity that is referred to is in the file, of a schema that fits."""
    known = {proxy.id: proxy for proxy in proxies}
    assert len(known) == len(proxies)
    for proxy in proxies:
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert prop.range is not None and known[value].schema.is_a(prop.range)
    assert {proxy.schema.name for proxy in proxies} >= {
        "Person", "PublicBody", "Article", "UnknownLink", "Event", "Position", "Occupancy",
    }  # fmt: skip
    shoigu = known[key("person/sergei-shoigu")]
    assert shoigu.caption == "Sergei Shoigu" and shoigu.get("country") == ["ru"]


def test_ftm_links_are_asserted_claims_alone(graph: kg.Graph, proxies: list[EntityProxy]) -> None:
    """A claim that is denied, alleged, planned, … is no link, involves nobody, and says its status."""
    rows = {row["id"]: row for row in graph.claims()}
    told = {}
    for proxy in proxies:
        claim = rows.get(proxy.first("recordId", quiet=True) or "")
        if claim is None:
            continue
        told[claim["id"]] = proxy
        assert proxy.get("summary") == [" ".join(claim["evidence"]["quote"].replace("\0", "").split())]
        assert proxy.first("proof") == key(f"article/{claim['article']}")
        if proxy.schema.name == "UnknownLink":
            assert claim["status"] == "asserted" and proxy.get("status") == ["asserted"]
        elif claim["status"] != "asserted":
            assert proxy.caption.startswith(f"{claim['status'].capitalize()}: ")
            assert not proxy.get("involved")
    assert told.keys() == rows.keys()
    ends = {
        (proxy.first("subject"), proxy.first("role"), proxy.first("object"))
        for proxy in proxies
        if proxy.schema.name == "UnknownLink"
    }
    assert (key("person/sergei-shoigu"), "visits", key("country/PRK")) in ends
    assert not [ends for ends in ends if ends[0] == key("country/RUS") and "weapons" in str(ends[1])]


@pytest.mark.parametrize("id", [*ENTITIES, "person/朝鲜", "article/a b", "x/" + "y" * 300, "a/-"])
def test_every_id_becomes_one_that_ftm_takes(id: str) -> None:
    """Ids with other letters become a hash, never an error."""
    schema = ftm.model.get("Person")
    assert schema is not None
    try:
        schema.validate({"id": key(id), "schema": "Person", "properties": {"name": ["A"]}})
    except InvalidData as error:
        pytest.fail(str(error))
    assert re.fullmatch(r"[0-9a-zA-Z][0-9a-zA-Z.\-]*", key(id))
