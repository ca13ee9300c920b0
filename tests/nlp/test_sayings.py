"""Who says what: the words, the speaker, and what only looks like speech."""

from __future__ import annotations

import pytest

from kg.types import Quote
from tests.nlp.told import claims, names, read, wrong


def said(quote: Quote) -> str:
    """``speaker: words``, with ``?`` for a speaker who is not named."""
    return f"{names(quote.speaker) or '?'}: {quote.content.quote}"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # the speaker behind, before and between
        (
            "id",
            '"Kami tidak akan menyerah kepada siapa pun," kata Volodymyr Zelensky.',
            ["Kami tidak akan menyerah kepada siapa pun,"],
        ),
        (
            "id",
            'Volodymyr Zelensky berkata, "Kami tidak akan menyerah kepada siapa pun."',
            ["Kami tidak akan menyerah kepada siapa pun."],
        ),
        (
            "id",
            '"Kami tidak akan menyerah," kata Volodymyr Zelensky, "kepada siapa pun di dunia."',
            ["Kami tidak akan menyerah,", "kepada siapa pun di dunia."],
        ),
        (
            "id",
            '"Kami tidak akan menyerah," kata Volodymyr Zelensky. "Kami akan menang."',
            ["Kami tidak akan menyerah,", "Kami akan menang."],
        ),
        (
            "en",
            '"We will not surrender to anyone," said Volodymyr Zelensky.',
            ["We will not surrender to anyone,"],
        ),
        (
            "en",
            '"We will not surrender to anyone," Volodymyr Zelensky said on Monday.',
            ["We will not surrender to anyone,"],
        ),
        (
            "en",
            'Volodymyr Zelensky said: "We will not surrender to anyone."',
            ["We will not surrender to anyone."],
        ),
        (
            "en",
            '"We will not surrender," Volodymyr Zelensky said, "to anyone in the world."',
            ["We will not surrender,", "to anyone in the world."],
        ),
        # other quotation marks
        ("id", "“Kami tidak akan menyerah,” ujar Volodymyr Zelensky.", ["Kami tidak akan menyerah,"]),
        ("id", "«Kami tidak akan menyerah,» kata Volodymyr Zelensky.", ["Kami tidak akan menyerah,"]),
    ],
)
def test_words_in_quotation_marks_have_their_speaker(lang: str, text: str, expected: list[str]) -> None:
    """Direct speech is found with its speaker, wherever the speaker stands."""
    quotes = read(text, lang).quotes
    assert [said(quote) for quote in quotes] == [f"volodymyr-zelensky: {words}" for words in expected]
    assert all(quote.direct for quote in quotes)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("id", "Emmanuel Macron mengatakan bahwa Rusia menyerang Moldova."),
        ("id", "Emmanuel Macron mengatakan Rusia menyerang Moldova."),
        ("id", "Emmanuel Macron menegaskan, Rusia menyerang Moldova."),
        ("id", "Menurut Emmanuel Macron, Rusia menyerang Moldova."),
        ("id", "Rusia menyerang Moldova, menurut Emmanuel Macron."),
        ("id", "Rusia menyerang Moldova, ujar Emmanuel Macron."),
        ("id", "Presiden Prancis Emmanuel Macron, Senin, menyatakan Rusia menyerang Moldova."),
        wrong("id", "Rusia, kata Emmanuel Macron, menyerang Moldova.", because="speaker within the clause"),
        ("id", "Emmanuel Macron marah. Menurutnya, Rusia menyerang Moldova."),
        ("id", "Emmanuel Macron marah. Menurut dia, Rusia menyerang Moldova."),
        ("en", "Emmanuel Macron said that Russia attacked Moldova."),
        ("en", "Emmanuel Macron said Russia attacked Moldova."),
        ("en", "According to Emmanuel Macron, Russia attacked Moldova."),
        ("en", "Russia attacked Moldova, according to Emmanuel Macron."),
        ("en", "French President Emmanuel Macron said on Monday that Russia attacked Moldova."),
        ("en", "Russia attacked Moldova, Emmanuel Macron said."),
    ],
)
def test_indirect_speech_is_attributed(lang: str, text: str) -> None:
    """What a speaker tells is stated by the speaker, not by the article."""
    assert claims(text, lang, "attack") == ["RUS --attack--> MDA | asserted by emmanuel-macron"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "id",
            '"Rusia akan menyerang Moldova malam ini," kata seorang pejabat.',
            "RUS --attack--> MDA | planned by <seorang pejabat>",
        ),
        ("id", "Dilaporkan bahwa Rusia menyerang Moldova.", "RUS --attack--> MDA | alleged"),
        ("id", '"Rusia sudah menyerang Moldova tadi malam."', "RUS --attack--> MDA | asserted"),
        (
            "en",
            '"Russia attacked Moldova last night," an official said in a statement.',
            "RUS --attack--> MDA | asserted by <an official>",
        ),
        ("en", "It was reported that Russia attacked Moldova.", "RUS --attack--> MDA | alleged"),
    ],
)
def test_a_speaker_who_is_not_named_stays_unknown(lang: str, text: str, expected: str) -> None:
    """Nobody is invented: unnamed speakers stay words, and hearsay is nobody's."""
    assert claims(text, lang) == [expected]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("id", 'Kelompok "perdamaian" itu tiba di Kenya bersama Emmanuel Macron.'),
        ("id", 'Emmanuel Macron mengunjungi kapal "Harapan Baru" di Kenya.'),
        ("en", 'The so-called "peace council" of Kenya invited Emmanuel Macron.'),
    ],
)
def test_words_used_with_reserve_are_no_speech(lang: str, text: str) -> None:
    """A word or a name in quotation marks is not said by anybody."""
    assert read(text, lang).quotes == ()


def test_a_quotation_of_the_next_paragraph_may_have_another_speaker() -> None:
    """Each quotation goes to the speaker beside it."""
    text = (
        '"Kami akan membantu Kenya sekarang juga," kata Emmanuel Macron.\n\n'
        '"Kami berterima kasih kepada Prancis," ujar William Ruto.'
    )
    assert [said(quote) for quote in read(text, "id").quotes] == [
        "emmanuel-macron: Kami akan membantu Kenya sekarang juga,",
        "william-ruto: Kami berterima kasih kepada Prancis,",
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "``Russia attacked Moldova,'' Joko Widodo said.", "joko-widodo: Russia attacked Moldova,"),
        (
            "id",
            "Joko Widodo: Rusia menyerang Moldova\n\nHujan turun.",
            "joko-widodo: Rusia menyerang Moldova",
        ),
        (
            "en",
            "KARLSEN: Russia attacked Moldova. Nobody helped.",
            "karlsen: Russia attacked Moldova. Nobody helped.",
        ),
        (
            "en",
            "Russia attacked Moldova after an uprising that killed ten people, according to Joko Widodo.",
            "joko-widodo: Russia attacked Moldova after an uprising that killed ten people",
        ),
    ],
)
def test_signs_and_places_tell_who_speaks(lang: str, text: str, expected: str) -> None:
    """Quotation marks of two signs, who stands before a colon, and what "according to" is about."""
    assert expected in [said(quote) for quote in read(text, lang).quotes]


def test_what_stands_before_a_colon_may_be_no_speaker() -> None:
    """A country, a number or a heading says nothing."""
    text = "Indonesia: Polisi menangkap Joko Widodo. \n\nPerang: Rusia menyerang Moldova."
    assert read(text, "id").quotes == ()


def test_the_cue_is_the_word_of_speech() -> None:
    """A quote says by which word it was recognised, and where that stands."""
    text = "Emmanuel Macron mengatakan bahwa Rusia menyerang Moldova."
    [quote] = read(text, "id").quotes
    assert quote.cue is not None and not quote.direct
    assert quote.cue.quote == "mengatakan" == text[quote.cue.start : quote.cue.end]


def test_an_accusation_called_baseless_is_rejected() -> None:
    """A speaker who calls it baseless denies, without the word."""
    told = claims('"Tuduhan itu tidak berdasar sama sekali," kata Sergei Lavrov.', "id", "deny")
    assert told == ["sergei-lavrov --deny--> | asserted by sergei-lavrov"]
