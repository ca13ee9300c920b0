"""Pronouns and words that point back find whom they mean, or nobody at all."""

from __future__ import annotations

import pytest

from tests.nlp.told import claims, read


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # he and she
        (
            "id",
            "Joko Widodo tiba di Roma. Ia bertemu Volodymyr Zelensky.",
            "joko-widodo --meet--> volodymyr-zelensky | asserted",
        ),
        (
            "id",
            "Joko Widodo mengatakan bahwa dia akan mengunjungi Rusia.",
            "joko-widodo --visit--> RUS | planned by joko-widodo",
        ),
        (
            "en",
            "Angela Merkel arrived in Rome. She criticised Turkey.",
            "angela-merkel --criticise--> TUR | asserted",
        ),
        (
            "en",
            "Joe Biden called Xi Jinping on Monday. He criticised Russia.",
            "joe-biden --criticise--> RUS | asserted",
        ),
        # it
        ("en", "Iran said it attacked Iraq.", "IRN --attack--> IRQ | asserted by IRN"),
        ("en", "Iran attacked Iraq, and it threatened Kuwait.", "IRN --threaten--> KWT | asserted"),
        # that country, that group
        (
            "id",
            "Korea Utara menembakkan rudal. Negara itu mengancam Jepang.",
            "PRK --threaten--> JPN | asserted",
        ),
        (
            "id",
            "Korea Utara menembakkan rudal. Negara tersebut mengancam Jepang.",
            "PRK --threaten--> JPN | asserted",
        ),
        (
            "en",
            "North Korea fired a missile. The country threatened Japan.",
            "PRK --threaten--> JPN | asserted",
        ),
        (
            "id",
            "Hizbullah menyerang Israel. Kelompok itu mengancam Siprus.",
            "hezbollah --threaten--> CYP | asserted",
        ),
        # both
        (
            "id",
            "Joko Widodo bertemu dengan Vladimir Putin. Keduanya menandatangani perjanjian.",
            "joko-widodo --sign-agreement--> vladimir-putin | asserted",
        ),
        (
            "id",
            "Rusia dan Iran berunding. Kedua negara menandatangani perjanjian.",
            "RUS --sign-agreement--> IRN | asserted",
        ),
        (
            "id",
            "Rusia berunding dengan Iran. Kedua negara itu menandatangani perjanjian.",
            "RUS --sign-agreement--> IRN | asserted",
        ),
        (
            "en",
            "Russia and Iran held talks. The two countries signed an agreement.",
            "RUS --sign-agreement--> IRN | asserted",
        ),
        (
            "en",
            "Russia and Iran held talks. Both countries signed an agreement.",
            "RUS --sign-agreement--> IRN | asserted",
        ),
        # a role taken up again
        (
            "id",
            "Presiden Kenya William Ruto tiba. Presiden Kenya itu bertemu Yoweri Museveni.",
            "william-ruto --meet--> yoweri-museveni | asserted",
        ),
        # in a quotation the speaker is "I"
        (
            "id",
            'Narendra Modi tersenyum. "Saya akan mengunjungi Kenya," kata Narendra Modi.',
            "narendra-modi --visit--> KEN | planned by narendra-modi",
        ),
        # and those the speaker holds an office for are "we"
        (
            "id",
            '"Kami akan mengirim beras ke Sudan," kata Menteri Luar Negeri Kenya Musalia Mudavadi.',
            "KEN --give-humanitarian-aid--> SDN | planned by musalia-mudavadi",
        ),
        (
            "en",
            '"We will never attack Somalia," Kenyan President William Ruto said.',
            "KEN --attack--> SOM | denied by william-ruto",
        ),
    ],
)
def test_words_that_point_back_find_whom_they_mean(lang: str, text: str, expected: str) -> None:
    """The claim names the entity that the pronoun or the noun stands for."""
    assert expected in claims(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("id", "Ia mengunjungi Rusia."),
        ("en", "He visited Russia."),
        ("id", "Negara itu menyerang Rusia."),
        ("en", "The country attacked Russia."),
        ("id", "Keduanya menyerang Rusia."),
        ("en", "Both countries attacked Russia."),
        ("id", "Mereka mengunjungi Rusia."),
        ("en", "It visited Russia."),
    ],
)
def test_what_points_back_to_nothing_means_nobody(lang: str, text: str) -> None:
    """Without anybody named before, a pronoun stays unresolved: only Russia is in the article."""
    assert {m.ref for m in read(text, lang).mentions} == {"country/RUS"}
    assert {m.ref for c in read(text, lang).claims for m in c.role("actor")} <= {None}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        # somebody unnamed
        ("en", "A journalist called a farmer. She criticised Turkey."),
        # the country that others are of, not one named before
        ("id", "Polandia mengecam Rusia. Beberapa negara menyerang Kuba."),
        # two people who are not coordinated do not become "they"
        ("en", "Angela Merkel praised Theresa May in Berlin. They attacked Cuba."),
        # too far back
        (
            "id",
            "Joko Widodo tiba di Roma.\n\nHujan.\n\nJalan sunyi.\n\nGelap.\n\nSepi.\n\nIa menyerang Kuba.",
        ),
        # the president of that country is not the country
        ("id", "Rusia menyerang Ukraina. Presiden negara itu menyerang Kuba."),
    ],
)
def test_what_is_not_sure_is_left_open(lang: str, text: str) -> None:
    """A wrong link costs more than a missing one: nobody named before does what the last sentence says."""
    last = [
        c
        for c in read(text, lang).claims
        if {m.ref for m in c.role("recipient")} & {"country/CUB", "country/TUR"}
    ]
    assert all(m.ref is None for c in last for m in c.role("actor"))


def test_a_pronoun_says_that_it_was_guessed() -> None:
    """What a pronoun means is less sure than a name, and its mention says so."""
    found = {m.evidence.quote: m for m in read("Joko Widodo tiba di Roma. Ia memuji Italia.", "id").mentions}
    assert found["Ia"].reason == "pronoun"
    assert found["Ia"].score < found["Joko Widodo"].score
