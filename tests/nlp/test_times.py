"""Dates are those that the text states, counted from the day of publication and never from today."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.times import find_times
from kg.types import Zone
from tests.nlp.told import PUBLISHED, read


def dated(
    text: str, lang: str, published: str | None = PUBLISHED, zones: tuple[Zone, ...] = ()
) -> str | None:
    """Date, precision and basis of the first claim of a text; None if it has no date."""
    claim = read(text, lang, published, zones).claims[0]
    return None if claim.date is None else f"{claim.date} {claim.date_precision} {claim.date_basis}"


INDONESIAN = [
    # stated
    ("pada 3 Mei 2021", "2021-05-03 day stated"),
    ("pada Rabu, 26 Juli 2017", "2017-07-26 day stated"),
    ("pada Selasa (9/5/2023)", "2023-05-09 day stated"),
    ("pada 09/05/2023", "2023-05-09 day stated"),
    ("pada Selasa (9/5)", "2023-05-09 day stated"),
    ("pada 12 Maret lalu", "2023-03-12 day stated"),
    ("pada 20 Desember", "2022-12-20 day stated"),
    ("pada Agustus 2019", "2019-08 month stated"),
    ("pada awal Agustus 2019", "2019-08 month stated"),
    ("pada tahun 2014", "2014 year stated"),
    ("sejak 2014", "2014 year stated"),
    ("pada tahun 1990-an", "1990 decade stated"),
    # relative, seen from Wednesday 17 May 2023
    ("kemarin", "2023-05-16 day relative"),
    ("pada Senin", "2023-05-15 day relative"),
    ("pada Jumat lalu", "2023-05-12 day relative"),
    ("tiga hari lalu", "2023-05-14 day relative"),
    ("pekan lalu", "2023-05-08 week relative"),
    ("dua pekan lalu", "2023-05-01 week relative"),
    ("bulan lalu", "2023-04 month relative"),
    ("Maret lalu", "2023-03 month relative"),
    ("tahun lalu", "2022 year relative"),
    ("setahun lalu", "2022 year relative"),
    ("bulan ini", "2023-05 month relative"),
    ("pada Mei", "2023-05 month relative"),
    # nothing is stated
    ("dengan cepat", "2023-05-17 day dateline"),
]

ENGLISH = [
    ("on 3 May 2021", "2021-05-03 day stated"),
    ("on May 3, 2021", "2021-05-03 day stated"),
    ("on Wednesday, 26 July 2017", "2017-07-26 day stated"),
    ("on the 3rd of March", "2023-03-03 day stated"),
    ("on December 20", "2022-12-20 day stated"),
    ("in August 2019", "2019-08 month stated"),
    ("in 2014", "2014 year stated"),
    ("in the 1990s", "1990 decade stated"),
    ("yesterday", "2023-05-16 day relative"),
    ("on Monday", "2023-05-15 day relative"),
    ("last Wednesday", "2023-05-10 day relative"),
    ("three days ago", "2023-05-14 day relative"),
    ("last week", "2023-05-08 week relative"),
    ("last month", "2023-04 month relative"),
    ("in March", "2023-03 month relative"),
    ("last year", "2022 year relative"),
    ("earlier this month", "2023-05 month relative"),
    ("two decades ago", "2000 decade relative"),
    ("in secret", "2023-05-17 day dateline"),
]


@pytest.mark.parametrize(("when", "expected"), INDONESIAN)
def test_an_indonesian_date_is_resolved(when: str, expected: str) -> None:
    """A date has the precision with which it is stated and says whether it was stated or counted."""
    assert dated(f"Jepang mengunjungi Vietnam {when}.", "id") == expected


@pytest.mark.parametrize(("when", "expected"), ENGLISH)
def test_an_english_date_is_resolved(when: str, expected: str) -> None:
    """A date has the precision with which it is stated and says whether it was stated or counted."""
    assert dated(f"Japan visited Vietnam {when}.", "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总统2023年5月3日抵达河内。", "2023-05-03"),
        ("總統5月3日抵達河內。", "2023-05-03"),
        ("总统周三抵达河内。", "2023-05-17"),
        ("总统昨天抵达河内。", "2023-05-16"),
        ("总统去年访问河内。", "2022"),
    ],
)
def test_a_date_needs_no_space_beside_it_where_none_is_written(text: str, expected: str) -> None:
    """Chinese dates stand between other signs."""
    assert [time.value for time in find_times(text, "zh", date(2023, 5, 17))] == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("id", "Jepang akan mengunjungi Vietnam bulan depan.", "2023-06 month relative"),
        ("id", "Jepang akan mengunjungi Vietnam pada Senin depan.", "2023-05-22 day relative"),
        ("id", "Jepang akan mengunjungi Vietnam besok.", "2023-05-18 day relative"),
        ("en", "Japan will visit Vietnam next week.", "2023-05-22 week relative"),
        ("en", "Japan will visit Vietnam tomorrow.", "2023-05-18 day relative"),
        ("en", "Japan will visit Vietnam next June.", "2023-06 month relative"),
        # what did not happen has no day of its own
        ("id", "Jepang akan mengunjungi Vietnam.", None),
        ("id", "Jepang tidak mengunjungi Vietnam.", None),
        ("en", "Japan may visit Vietnam.", None),
        ("en", "Japan denied that Laos visited Vietnam.", None),
    ],
)
def test_the_day_of_publication_is_only_given_to_what_happened(
    lang: str, text: str, expected: str | None
) -> None:
    """Plans keep their stated day; without one, what is planned, denied or possible has none."""
    assert dated(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "when", "expected"),
    [
        ("id", "kemarin", None),
        ("id", "pada Senin", None),
        ("id", "pada 12 Maret", None),
        ("id", "dengan cepat", None),
        ("id", "pada 12 Maret 2020", "2020-03-12 day stated"),
        ("en", "last week", None),
        ("en", "in 2014", "2014 year stated"),
    ],
)
def test_without_a_day_of_publication_nothing_is_counted(lang: str, when: str, expected: str | None) -> None:
    """An article of unknown date keeps the dates that it states in full, and gets no others."""
    text = f"Jepang mengunjungi Vietnam {when}." if lang == "id" else f"Japan visited Vietnam {when}."
    assert dated(text, lang, published=None) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "id",
            "Jepang memperingati Perang Korea 1950-1953 dan mengunjungi Vietnam.",
            "2023-05-17 day dateline",
        ),
        (
            "id",
            "Jepang mengunjungi Vietnam setelah menandatangani perjanjian pada 3 Mei 2021.",
            "2023-05-17 day dateline",
        ),
        (
            "en",
            "Japan visited Vietnam after it signed an agreement with Laos in 2014.",
            "2023-05-17 day dateline",
        ),
    ],
)
def test_a_date_of_something_else_is_not_taken(lang: str, text: str, expected: str) -> None:
    """The years of a war's name, and the date of another clause, are not the date of the visit."""
    visits = [c for c in read(text, lang).claims if c.relation == "visit"]
    assert [f"{c.date} {c.date_precision} {c.date_basis}" for c in visits] == [expected]


def test_a_caption_does_not_get_the_day_of_publication() -> None:
    """A picture may be old: what its caption tells is dated only by itself."""
    text = "Jepang mengunjungi Vietnam."
    caption = (Zone(kind="caption", start=0, end=len(text)),)
    assert dated(text, "id") == "2023-05-17 day dateline"
    assert dated(text, "id", zones=caption) is None


@pytest.mark.parametrize(
    "text", ["31 Juni 2023", "30 Februari 2021", "pada 45 Mei 2021", "versi 3.2 dari 1/2/3", "nomor 2023"]
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    """Impossible days and other numbers give no day."""
    assert all(time.precision != "day" for time in find_times(text, "id", date(2023, 5, 17)))


days = st.dates(date(1950, 1, 1), date(2049, 12, 31))
PIECES = [
    "kemarin",
    "Senin lalu",
    "3 Mei",
    "pekan lalu",
    "tiga tahun lalu",
    "bulan depan",
    "Maret",
    "31 Juni",
    "2019",
    "tahun 1990-an",
    ", ",
    " ",
    "(9/5)",
    "minggu",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8), days)
def test_dates_are_found_in_order_and_never_overlap(pieces: list[str], published: date) -> None:
    """Every date is a stretch of the text, in its order, with a value as long as its precision."""
    text = " ".join(pieces)
    found = find_times(text, "id", published)
    length = {"day": 10, "week": 10, "month": 7, "year": 4, "decade": 4}
    assert all(len(time.value) == length[time.precision] for time in found)
    assert all(0 <= time.start < time.end <= len(text) for time in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))


@given(days)
def test_every_full_date_is_found_again(day: date) -> None:
    """A date written out in words means that day, whenever the article was published."""
    months = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ]
    text = f"Jepang menang pada {day.day} {months[day.month - 1]} {day.year} di Tokyo."
    for published in (None, date(2023, 5, 17)):
        assert [time.value for time in find_times(text, "id", published)] == [day.isoformat()]


@given(days)
def test_a_weekday_alone_lies_in_the_week_before_publication(published: date) -> None:
    """ "On Monday" is the latest Monday, today included; it never lies ahead."""
    [found] = find_times("Ia tiba pada Senin.", "id", published)
    value = date.fromisoformat(found.value)
    assert value.weekday() == 0 and 0 <= (published - value).days < 7
