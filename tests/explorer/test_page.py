"""The page file: one file, the same bytes each time, and nothing in it that can run by accident."""

from __future__ import annotations

import base64
import gzip
import json
import math
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.explorer.communities import communities, weigh
from kg.explorer.layout import layout
from kg.explorer.pack import table
from kg.explorer.page import page_data, render, write_page
from kg.explorer.palette import palette

from .sample import ARTICLES, CLAIMS, ENTITIES, generated

STRINGS = Path(__file__).parents[2] / "kg" / "explorer" / "strings.json"


def _embedded(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="text/plain" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(found[1])))
    return data


def _rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a packed table."""
    columns = {
        name: [column["of"][at] for at in column["at"]] if isinstance(column, dict) else column
        for name, column in table["columns"].items()
    }
    return [{name: values[row] for name, values in columns.items()} for row in range(table["size"])]


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    """Writing the same graph twice gives the same file."""
    for name in ("one.html", "two.html"):
        write_page(tmp_path / name, entities=ENTITIES, claims=CLAIMS, articles=ARTICLES)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """A page that cannot be written is a StoreError that says what to do."""
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(StoreError, match="choose another output folder"):
        write_page(tmp_path / "taken" / "page.html", entities=[], claims=[], articles=[])


@given(st.text(max_size=80))
def test_no_text_leaves_its_place(text: str) -> None:
    """Whatever a name or a title says, the data comes out as it went in and no tag is added."""
    rows = [{"id": "person/x", "type": "Person", "name": "x" + text, "names": {"en": ["x" + text]}}]
    plain = render(page_data([], [], [], title="title"))
    page = render(page_data(rows, [], [], title="title"))
    assert [row["name"] for row in _rows(_embedded(page)["entities"])] == ["x" + text]
    assert page.lower().count("<script") == plain.lower().count("<script")
    assert page.count("<!--") == plain.count("<!--")


def test_policy_allows_nothing_from_outside() -> None:
    """The page's policy forbids every request and every script but its own."""
    policy = re.search(
        r'Content-Security-Policy" content="([^"]+)"', render(page_data([], [], [], title="t"))
    )
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1] and "http" not in policy[1] and "*" not in policy[1]
    assert "connect-src" not in policy[1]


def test_every_string_in_every_language() -> None:
    """The interface says everything in English and in Indonesian."""
    words = json.loads(STRINGS.read_text(encoding="utf-8"))
    assert set(words["en"]) == set(words["id"])
    for key in words["en"]:
        assert re.findall(r"\{\w+\}", words["en"][key]) == re.findall(r"\{\w+\}", words["id"][key])


def test_every_string_that_is_asked_for_is_there() -> None:
    """No part of the interface shows the key of a missing string."""
    words = json.loads(STRINGS.read_text(encoding="utf-8"))["en"]
    scripts = "".join(path.read_text(encoding="utf-8") for path in (STRINGS.parent / "app").glob("*.js"))
    asked = set(re.findall(r'\bt\("(\w+)"', scripts))
    assert len(asked) > 50 and asked <= set(words)


def test_only_asserted_is_solid() -> None:
    """No status but asserted has the look of a fact: an unbroken line, or its colour."""
    statuses = palette()["statuses"]
    assert [name for name, look in statuses.items() if look["line"] == "solid"] == ["asserted"]
    for theme in ("light", "dark"):
        assert len({look[theme] for look in statuses.values()}) == len(statuses)


#: How the colour-blind see linear RGB, wholly: Machado, Oliveira & Fernandes 2009, "A Physiologically-based
#: Model for Simulation of Color Vision Deficiency".
SEEN = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "without green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "without blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def _lab(colour: str, seen: tuple[tuple[float, ...], ...]) -> list[float]:
    """CIE L*a*b* (D65) of ``#rrggbb`` as somebody sees it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    rgb = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    rgb = [min(max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0), 1) for row in seen]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(a * b for a, b in zip(row, rgb, strict=True)) for row in to_xyz]
    x, y, z = (
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in (part / white for part, white in zip(xyz, (0.9505, 1, 1.089), strict=True))
    )
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("kind", ["types", "kinds"])
def test_colours_are_told_apart_by_the_colour_blind(kind: str, seen: str) -> None:
    """Dots and conflict lines differ by their colour alone, so every two colours differ for every eye."""
    for theme in ("light", "dark"):
        found = [_lab(look[theme], SEEN[seen]) for look in palette()[kind].values()]
        assert min(math.dist(one, other) for one, other in combinations(found, 2)) > 20


def test_entities_only_named_in_claims_are_kept() -> None:
    """A claim about an entity that the listing lacks still has both its ends on the page."""
    data = page_data([], CLAIMS[:1], ARTICLES, title="t")
    assert {row["name"] for row in _rows(data["entities"])} == {"Sergei Shoigu", "North Korea"}


@given(st.lists(st.one_of(st.none(), st.text(max_size=3)), max_size=30))
def test_a_packed_column_holds_its_values(values: list[str | None]) -> None:
    """A table that was packed has the rows that went in."""
    rows = [{"word": value, "at": at} for at, value in enumerate(values)]
    assert _rows(table(rows, ("word", "at"))) == rows


def test_communities_keep_friends_together() -> None:
    """Two groups that hardly meet are two communities, the one with more claims first."""
    one = [(a, b) for a in "abcd" for b in "abcd" if a < b] * 3
    other = [(a, b) for a in "wxyz" for b in "wxyz" if a < b]
    found = communities(weigh([*one, *other, ("a", "w")]))
    assert [found[name] for name in "abcdwxyz"] == [0] * 4 + [1] * 4
    assert found == communities(weigh([*reversed(other), ("w", "a"), *one]))


def test_layout_keeps_names_apart_and_places_all() -> None:
    """Every node of a large graph gets a place, always the same, none on top of another."""
    entities, claims = generated(900, 2500)
    nodes = [entity["id"] for entity in entities]
    pairs = [(claim["actors"][0]["entity"], claim["recipients"][0]["entity"]) for claim in claims]
    found = layout(nodes, pairs)
    assert set(found) == set(nodes)
    assert found == layout(reversed(nodes), pairs)
    assert len(set(found.values())) == len(nodes)
