"""Text is cut into words as Universal Dependencies does it, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp import load, tokens
from tests.nlp.told import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("suratnya", "surat nya"),
        ("Negaranya diserang", "Negara nya diserang"),
        ("pasukan Suriahnya", "pasukan Suriah nya"),
        ("hanya sebelumnya", "hanya sebelumnya"),
        ("Keduanya bertanya", "Keduanya bertanya"),
        ("Hanya Kenya akhirnya mempunyai pertanyaannya", "Hanya Kenya akhirnya mempunyai pertanyaan nya"),
        ("Akhirnya, seharusnya", "Akhirnya , seharusnya"),
    ],
)
def test_nya_is_a_word_of_its_own_unless_it_belongs_to_the_word(text: str, expected: str) -> None:
    """ "suratnya" is two words, "hanya" and "Kenya" are one."""
    assert words(text, "id") == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the minister's letter", "the minister 's letter"),
        ("Smith’s letter", "Smith ’s letter"),
        ("They didn't go", "They did n't go"),
        (
            "We're here, he'll come, I've left, she'd stay",
            "We 're here , he 'll come , I 've left , she 'd stay",
        ),
        ("the ministers' letter", "the ministers ' letter"),
        ("Serbia's army", "Serbia 's army"),
        ("Putin’s army", "Putin ’s army"),
    ],
)
def test_english_clitics_are_words_of_their_own(text: str, expected: str) -> None:
    """Possessives, negations and short verbs are cut off, also from names that the actor list knows."""
    assert words(text, "en") == expected.split()


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Gen. Smith met Dr. Ali at 5 p.m. today", "Gen. Smith met Dr. Ali at 5 p.m. today"),
        ("en", "the U.S. and the U.K.", "the U.S. and the U.K."),
        ("id", "Prof. Budi di Jl. Merdeka No. 7", "Prof. Budi di Jl. Merdeka No. 7"),
        ("id", "dll. Lalu", "dll. Lalu"),
    ],
)
def test_abbreviations_keep_their_full_stop(lang: str, text: str, expected: str) -> None:
    """A listed abbreviation is one word with its full stop."""
    assert words(text, lang) == expected.split()


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "about 1,050.5 tons", "about 1,050.5 tons"),
        ("id", "sekitar 1.050,5 ton", "sekitar 1.050,5 ton"),
        ("id", "Rabu (26/7) pukul 14.55", "Rabu ( 26/7 ) pukul 14.55"),
        ("en", "from 1950-1953, 12:30.", "from 1950-1953 , 12:30 ."),
        (
            "en",
            "see https://example.org/a.b?c=1 or me@example.org",
            "see https://example.org/a.b?c=1 or me@example.org",
        ),
        ("en", "Well... yes -- no", "Well ... yes -- no"),
    ],
)
def test_numbers_dates_and_addresses_stay_whole(lang: str, text: str, expected: str) -> None:
    """Signs within a number, a date, a time or an address do not cut it."""
    assert words(text, lang) == expected.split()


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("id", "milisi pro-Rusia", "Rusia"),
        ("id", "poros Moskow-Beijing", "Beijing"),
        ("en", "an anti-American march", "American"),
    ],
)
def test_joined_words_are_cut_at_a_listed_name(lang: str, text: str, name: str) -> None:
    """A name that the actor list knows is a word of its own, also behind a hyphen."""
    assert name in words(text, lang)


def test_hyphens_within_other_words_do_not_cut() -> None:
    """Doubled words and hyphenated names stay whole."""
    assert words("anak-anak Saint-Denis", "id") == ["anak-anak", "Saint-Denis"]


any_text = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                "Kim",
                "nya",
                "n't",
                "'s",
                ".",
                "...",
                " ",
                "\n\n",
                "\t",
                "1.050",
                "U.S.",
                "«",
                "Dr.",
                "é",
                "한국",
                "-",
            ]
        )
    ).map("".join),
)


@given(any_text, st.sampled_from(["id", "en", "xx"]), st.sets(st.integers(0, 80), max_size=5))
def test_the_words_joined_give_the_text_again(text: str, lang: str, cuts: set[int]) -> None:
    """No character of any text is lost, changed or moved, wherever names cut it."""
    assert "".join(tokens.words(text, lang, cuts)) == text
    doc = tokens.tokenize(load().vocab, text, lang, cuts)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@given(any_text, st.sets(st.integers(1, 80), max_size=5))
def test_a_cut_ends_a_word(text: str, cuts: set[int]) -> None:
    """No word reaches over an offset at which one must end."""
    position = 0
    for word in tokens.words(text, "id", cuts):
        if not word.endswith(".") or len(word) == 1:
            assert not any(position < cut < position + len(word) for cut in cuts)
        position += len(word)
