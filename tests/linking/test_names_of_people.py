"""Misspelt and shortened names, and ids made of names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking.fuzzy import same_person
from kg.linking.ids import make_id, slug

KNOWN = [
    "Kim Jong-un",
    "Fidel Castro",
    "George W. Bush",
    "Vladimir Putin",
    "Sergey Shoigu",
    "Alexei Navalny",
    "Donald Trump",
    "Mohammed bin Salman",
]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Vladimir Putih", "Vladimir Putin"),
        ("Sergei Shoygu", "Sergey Shoigu"),
        ("Sergey", "Sergey Shoigu"),
        ("Shoigu", "Sergey Shoigu"),
        ("Shoygu", "Sergey Shoigu"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("Vladimir Vladimirovich Putin", "Vladimir Putin"),
        ("George Bush", None),
        ("Kim Jong-nam", None),
        ("Raul Castro", None),
        ("George H. W. Bush", None),
        ("Donald Trump Jr", None),
        ("Alexei Navalnaya", None),
        ("Navalnaya", None),
        ("Salman", None),
        ("Ivanka Trump", None),
        ("...", None),
    ],
)
def test_one_letter_or_a_left_out_name_is_forgiven(name: str, meant: str | None) -> None:
    """Slips and short forms are linked; relatives and namesakes never."""
    assert same_person(name, KNOWN) == meant


def test_what_could_be_two_people_is_nobody() -> None:
    """A surname or first name that two people share links to neither."""
    assert same_person("Castro", ["Fidel Castro", "Raul Castro"]) is None
    assert same_person("Sergei", ["Sergei Lavrov", "Sergey Shoigu"]) is None
    assert same_person("George Bush", ["George W. Bush", "George H. W. Bush"]) is None


@given(st.text(min_size=1), st.lists(st.text(min_size=1), max_size=4))
def test_a_link_goes_to_a_known_name(name: str, known: list[str]) -> None:
    """The answer is one of the names that were given, or none."""
    assert same_person(name, known) in {None, *known}


@given(st.text())
def test_ids_are_whole_words(name: str) -> None:
    """Any name gives an id without spaces or empty parts, and the same one each time."""
    assert re.fullmatch(r"person/[^\W_]+(-[^\W_]+)*", make_id("Person", name or "x"))
    assert slug(slug(name)) == slug(name)


def test_ids_read_as_the_names_do() -> None:
    """Marks and apostrophes go, letters of other scripts stay."""
    assert make_id("Person", "Tsai Ing-wen") == "person/tsai-ing-wen"
    assert slug("Côte d’Ivoire") == "cote-divoire"
    assert slug("Путин") == "путин"
    assert slug("金正恩") == "金正恩"
