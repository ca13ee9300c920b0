"""Finding listed names in texts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking.actors import Actors, load_actors

Found = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def actors() -> Actors:
    return load_actors()


def found(actors: Actors, text: str) -> Found:
    """The matched text, the best id and the kind of each match."""
    return [(text[m.start : m.end], m.ids[0], m.kind) for m in actors.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Delegasi Korut tiba di Vladivostok",
            [("Korut", "country/PRK"), ("Vladivostok", "place/vladivostok")],
        ),
        (
            "Korea Utara, bukan Korea Selatan",
            [("Korea Utara", "country/PRK"), ("Korea Selatan", "country/KOR")],
        ),
        ("seperti ditulis CNN Indonesia", [("CNN Indonesia", "organization/cnn-indonesia")]),
        ("He visited Papua New Guinea", [("Papua New Guinea", "country/PNG")]),
        ("sidang DK PBB ditunda", [("DK PBB", "organization/un-security-council")]),
        (
            "the U.S. and the U.N. disagree",
            [("U.S.", "country/USA"), ("U.N.", "organization/united-nations")],
        ),
        (
            "Kim Jong Un met Sergey Shoigu",
            [("Kim Jong Un", "person/kim-jong-un"), ("Sergey Shoigu", "person/sergei-shoigu")],
        ),
        ("Bashar al Assad fled", [("Bashar al Assad", "person/bashar-al-assad")]),
        ("kunjungan Recep Tayyip Erdogan", [("Recep Tayyip Erdogan", "person/recep-tayyip-erdogan")]),
        (
            "di Côte d’Ivoire dan Cote d'Ivoire",
            [("Côte d’Ivoire", "country/CIV"), ("Cote d'Ivoire", "country/CIV")],
        ),
        ("sejak perang di Ukraina pecah", [("perang di Ukraina", "event/ukraine-war")]),
        ("Perang Ukraina memasuki tahun ketiga", [("Perang Ukraina", "event/ukraine-war")]),
        (
            "George H.W. Bush and George W. Bush",
            [("George H.W. Bush", "person/george-h-w-bush"), ("George W. Bush", "person/george-w-bush")],
        ),
        ("dia belajar bahasa Inggris", [("bahasa Inggris", "other/english-language")]),
    ],
)
def test_the_longest_listed_name_is_found(actors: Actors, text: str, expected: list[tuple[str, str]]) -> None:
    """A name is found in any usual spelling, and a name inside a longer one is not taken alone."""
    assert [(name, id) for name, id, _ in found(actors, text)] == expected


def test_possessives_and_plurals_end_at_the_name(actors: Actors) -> None:
    """The apostrophe of a genitive is no part of the name."""
    assert found(actors, "Russia's allies and the North Koreans' plan") == [
        ("Russia", "country/RUS", "name"),
        ("North Koreans", "country/PRK", "demonym"),
    ]


def test_a_capital_is_a_place_and_the_government_that_sits_there(actors: Actors) -> None:
    """Moscow offers both readings, the place first; the Kremlin only the government."""
    moscow, kremlin = actors.find("Moskow membantah, kata Kremlin")
    assert (moscow.kind, moscow.ids) == ("metonym", ("place/moscow", "country/RUS"))
    assert (kremlin.kind, kremlin.ids) == ("metonym", ("country/RUS",))


def test_a_surname_alone_is_marked_as_short(actors: Actors) -> None:
    """Unmistakable surnames are found, with all who bear them, and say that they are only short."""
    putin, bush = actors.find("Putin pernah bertemu Bush")
    assert (putin.kind, putin.ids) == ("short", ("person/vladimir-putin",))
    assert (bush.kind, set(bush.ids)) == ("short", {"person/george-w-bush", "person/george-h-w-bush"})


@pytest.mark.parametrize(
    "text", ["tell us who said it as well", "It told Us so", "MENLU TIBA AS SOON AS PLANNED"]
)
def test_small_words_are_no_abbreviations(actors: Actors, text: str) -> None:
    """us, as and who are words, and in a headline in capitals nobody can tell."""
    assert found(actors, text) == []


def test_abbreviations_are_found_in_capitals(actors: Actors) -> None:
    """AS is a country in Indonesian running text, also at the start and beside other abbreviations."""
    assert [id for _, id, _ in found(actors, "AS dan PBB menolak; Presiden AS, RI dan WHO setuju")] == [
        "country/USA",
        "organization/united-nations",
        "country/USA",
        "country/IDN",
        "organization/world-health-organization",
    ]


def test_headlines_in_capitals_are_read(actors: Actors) -> None:
    """Names that are no ordinary words are found in capitals too."""
    assert [id for _, id, _ in found(actors, "KOREA UTARA KECAM LATIHAN PERANG KOREA SELATAN")] == [
        "country/PRK",
        "country/KOR",
    ]


def test_an_ordinary_word_is_a_city_only_after_a_small_word(actors: Actors) -> None:
    """Lima is five in Indonesian: at the start of a sentence it is no city."""
    assert found(actors, "Lima orang tewas. Lima lagi luka.") == []
    assert [id for _, id, _ in found(actors, "pertemuan di Lima")] == ["place/lima"]


def test_names_do_not_reach_over_sentences_and_paragraphs(actors: Actors) -> None:
    """Words of two sentences or paragraphs are not joined to one name."""
    assert found(actors, "Ia orang Korea. Utara dan selatan") == [("Korea", "place/korean-peninsula", "name")]
    assert found(actors, "Semenanjung Korea\n\nUtara")[0][0] == "Semenanjung Korea"


def test_money_is_no_country(actors: Actors) -> None:
    """The US of US$ is a currency."""
    assert found(actors, "bantuan US$ 2 juta") == []


@given(st.text(alphabet=st.sampled_from("AS Rusiakorea.'’-\nU P\u0301éKMo")))
def test_matches_are_in_order_apart_and_inside_the_text(text: str) -> None:
    """Whatever the text, matches are whole stretches of it that do not overlap."""
    actors = load_actors()
    end = 0
    for match in actors.find(text):
        assert end <= match.start < match.end <= len(text)
        assert all(actors.get(id) is not None for id in match.ids)
        end = match.end


def test_every_listed_name_is_found(actors: Actors) -> None:
    """What the list has, a text with it gives back: no name is dead."""
    for entity in actors:
        for lang, name in ((lang, name) for lang, names in entity.names.items() for name in names):
            text = f"kata dari {name} itu"
            hits = [
                m for m in actors.find(text, lang) if text[m.start : m.end].rstrip(".") == name.rstrip(".")
            ]
            assert hits and entity.id in hits[0].ids, (entity.id, name)


def test_reading_is_fast_enough_for_archives(actors: Actors) -> None:
    """An article of 5,000 characters takes far less than the 50 ms that a model needs for it."""
    text = (
        "Menteri Pertahanan Rusia tiba di Pyongyang untuk bertemu Kim Jong-un, kata kantor berita KCNA. " * 53
    )
    started = time.perf_counter()
    actors.find(text)
    assert time.perf_counter() - started < 0.5


def test_a_name_of_another_language_is_found_in_its_own_texts_only(actors: Actors) -> None:
    """ "Island" is Iceland in German and an island in English."""
    german, english = (actors.find("Truppen aus Island kamen.", lang) for lang in ("de", "en"))
    assert [match.ids for match in german] == [("country/ISL",)] and english == []
