"""What is told of a match is no event of politics, and a country that plays is its team."""

from __future__ import annotations

import pytest

from tests.nlp.told import mentions, read

MATCHES = [
    ("id", "Indonesia menghancurkan Vietnam dengan tiga gol di babak semifinal."),
    ("id", "Prancis menyerang Jerman sejak menit awal tetapi kalah 1-2 dalam laga final."),
    ("en", "Argentina crushed Brazil 4-1 and attacked Chile's defence in the semi-final."),
    ("es", "Brasil atacó a Chile en la semifinal de la copa y ganó el partido."),
    ("de", "Frankreich griff Spanien im Halbfinale an und gewann das Spiel 2:1."),
]


@pytest.mark.parametrize(("lang", "text"), MATCHES)
def test_a_match_is_no_event_between_countries(lang: str, text: str) -> None:
    assert [claim for claim in read(text, lang).claims if claim.event_type] == []
    assert mentions(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # attacks on places and people of sport are attacks
        ("en", "Israel attacked a football stadium in Gaza during a match.", "attack"),
        ("en", "Russia bombed a club in Kyiv and killed a player of the team.", "bomb"),
        ("id", "Israel menyerang stadion sepak bola di Gaza saat pertandingan.", "attack"),
        # and so is what is decided about teams
        ("en", "FIFA suspended Russia from the World Cup and all tournaments.", "suspend-member"),
        # figures are no score where nothing else is of sport
        ("en", "The council voted 13-2 and condemned Israel.", "criticise"),
    ],
)  # fmt: skip
def test_politics_in_the_words_of_sport_is_told(lang: str, text: str, expected: str) -> None:
    assert expected in {claim.relation for claim in read(text, lang).claims}


def test_a_town_in_which_a_match_is_played_is_the_town() -> None:
    text = "Argentina lost the semi-final match 2-1 in Paris."
    assert mentions(text, "en") == ["Paris = paris"]


def test_an_article_full_of_matches_is_read_as_one() -> None:
    text = (
        "Real won the semi-final match 2-1. The striker scored a goal before half-time. "
        "Spain will now attack Germany."
    )
    assert [claim for claim in read(text, "en").claims if claim.event_type] == []
