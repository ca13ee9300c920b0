"""Titles and bodies: who holds which office, and who acts for a country."""

from __future__ import annotations

import pytest

from tests.nlp.told import claims, mentions, read, who, wrong


def roles(text: str, lang: str) -> list[str]:
    """The positions held that a text tells, as ``person is title of whom``."""
    return [
        f"{who(c.role('actor')[0])} {c.label} {who(c.role('recipient')[0])}"
        for c in read(text, lang).claims
        if c.relation == "holds-role"
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("id", "Presiden Rusia Vladimir Putin mengunjungi Cina.", "vladimir-putin is president of RUS"),
        ("id", "Presiden Rusia, Vladimir Putin, mengunjungi Cina.", "vladimir-putin is president of RUS"),
        ("id", "Vladimir Putin, presiden Rusia, mengunjungi Cina.", "vladimir-putin is president of RUS"),
        ("en", "Russian President Vladimir Putin visited China.", "vladimir-putin is president of RUS"),
        (
            "en",
            "The president of Russia, Vladimir Putin, visited China.",
            "vladimir-putin is president of RUS",
        ),
        (
            "en",
            "Vladimir Putin, the president of Russia, visited China.",
            "vladimir-putin is president of RUS",
        ),
        (
            "id",
            "Menteri Pertahanan Kenya Amina Otieno mengunjungi Somalia.",
            "amina-otieno is defence minister of KEN",
        ),
        (
            "en",
            "Kenyan Defence Minister Amina Otieno visited Somalia.",
            "amina-otieno is defence minister of KEN",
        ),
        (
            "en",
            "Kenya's defence minister, Amina Otieno, visited Somalia.",
            "amina-otieno is defence minister of KEN",
        ),
        # words of politeness, two fields of one office, a short form of the office
        (
            "id",
            "Ketua Parlemen Kenya Dr. H Umar Wirawan mengunjungi Somalia.",
            "umar-wirawan is speaker of KEN",
        ),
        (
            "id",
            "Menteri Pemuda dan Olahraga Kenya (Menpora) Umar Wirawan mengunjungi Somalia.",
            "umar-wirawan is minister of KEN",
        ),
        (
            "id",
            "Sekretaris Jenderal PBB Antonio Guterres mengunjungi Kenya.",
            "antonio-guterres is secretary-general of united-nations",
        ),
        ("id", "Duta Besar Mesir untuk PBB Karim Fahmi mengecam Israel.", "karim-fahmi is ambassador of EGY"),
        (
            "en",
            "The US ambassador to Kenya, Linda Forrest, criticised Somalia.",
            "linda-forrest is ambassador of USA",
        ),
        # deputies and those who held it once
        wrong(
            "id",
            "Wakil Presiden Amerika Serikat Kamala Harris mengunjungi Ghana.",
            "kamala-harris is vice president of USA",
            because="every wakil is a deputy",
        ),
        (
            "id",
            "Wakil Menteri Luar Negeri Peru Luis Vargas mengunjungi Cile.",
            "luis-vargas is deputy foreign minister of PER",
        ),
        (
            "id",
            "Mantan Presiden Brasil Jair Bolsonaro mengkritik Peru.",
            "jair-bolsonaro is former president of BRA",
        ),
        (
            "en",
            "Former Brazilian President Jair Bolsonaro criticised Peru.",
            "jair-bolsonaro is former president of BRA",
        ),
        wrong(
            "en",
            "Norwegian Deputy Prime Minister Karin Olsen visited Denmark.",
            "karin-olsen is deputy prime minister of NOR",
            because="prefix behind the country",
        ),
        # a spokesperson is not the one spoken for
        (
            "id",
            "Juru bicara Zelensky, Serhii Nykyforov, menuduh Rusia.",
            "serhii-nykyforov is spokesperson of volodymyr-zelensky",
        ),
        (
            "en",
            "Zelensky's spokesman Serhii Nykyforov accused Russia.",
            "serhii-nykyforov is spokesperson of volodymyr-zelensky",
        ),
    ],
)
def test_a_title_beside_a_name_is_a_held_position(lang: str, text: str, expected: str) -> None:
    """Before or after the name: the person, the office in English and what it is of, and nothing else."""
    assert roles(text, lang) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # the titled person acts, not the country
        ("id", "Presiden Rusia Vladimir Putin mengunjungi Cina.", "vladimir-putin --visit--> CHN | asserted"),
        ("en", "Russian President Vladimir Putin visited China.", "vladimir-putin --visit--> CHN | asserted"),
        (
            "id",
            "Juru bicara Zelensky, Serhii Nykyforov, menuduh Rusia.",
            "serhii-nykyforov --accuse--> RUS | asserted",
        ),
        (
            "en",
            "Zelensky's spokesman Serhii Nykyforov accused Russia.",
            "serhii-nykyforov --accuse--> RUS | asserted",
        ),
        (
            "en",
            "The US ambassador to Kenya, Linda Forrest, criticised Somalia.",
            "linda-forrest --criticise--> SOM | asserted",
        ),
        # an office without a name: who held it on the day, else the country
        ("id", "Presiden Kenya mengunjungi Somalia.", "william-ruto --visit--> SOM | asserted"),
        ("en", "The president of South Korea visited Japan.", "yoon-suk-yeol --visit--> JPN | asserted"),
        ("id", "Menteri Kesehatan Kenya mengunjungi Somalia.", "KEN --visit--> SOM | asserted"),
        ("en", "The health minister of Kenya visited Somalia.", "KEN --visit--> SOM | asserted"),
        # once president is not the country
        ("id", "Mantan presiden Peru mengunjungi Cile.", "<Mantan presiden Peru> --visit--> CHL | asserted"),
        # bodies act for their country
        ("id", "Militer Rusia menyerang Ukraina.", "RUS-armed-forces --attack--> UKR | asserted"),
        ("id", "Pemerintah Suriah mengecam Israel.", "SYR --criticise--> ISR | asserted"),
        ("en", "The Turkish army attacked Syria.", "TUR-armed-forces --attack--> SYR | asserted"),
        ("en", "The government of Kenya criticised Somalia.", "KEN --criticise--> SOM | asserted"),
        # individuals do not
        (
            "id",
            "Dua warga Cina ditangkap polisi Jepang.",
            "JPN-police --arrest--> <Dua warga Cina> | asserted",
        ),
        (
            "en",
            "Two Chinese citizens were arrested by Japanese police.",
            "JPN-police --arrest--> <Two Chinese citizens> | asserted",
        ),
        ("id", "Tiga tentara Turki dibunuh PKK.", "pkk --kill--> <Tiga tentara Turki> | asserted"),
        wrong(
            "en",
            "Dozens of Turkish soldiers were killed by the PKK.",
            "pkk --kill--> <Dozens of Turkish soldiers> | asserted",
            because="a noun of quantity before people",
        ),
        ("en", "Chinese companies criticised Japan.", "<Chinese companies> --criticise--> JPN | asserted"),
        (
            "id",
            "Seorang pejabat Rusia mengecam NATO.",
            "<Seorang pejabat Rusia> --criticise--> nato | asserted",
        ),
    ],
)
def test_who_acts_is_the_person_the_body_or_some_people(lang: str, text: str, expected: str) -> None:
    """A body acts for its country; one of its people, a firm or a spokesperson does not."""
    assert [told for told in claims(text, lang) if "holds-role" not in told] == [expected]


def test_a_title_without_holder_and_country_is_nobody() -> None:
    """ "The president arrived" names nobody, and no president is guessed."""
    assert mentions("Presiden tiba di istana.", "id") == []


def test_the_holder_of_an_office_is_the_one_of_that_day() -> None:
    """The same words mean another person in an article of another year."""
    text = "Presiden Amerika Serikat mengunjungi Kenya."
    holders = {
        day: who(read(text, "id", published=day).claims[0].role("actor")[0])
        for day in ("2015-07-24", "2019-07-24", "2022-07-24")
    }
    assert holders == {"2015-07-24": "barack-obama", "2019-07-24": "donald-trump", "2022-07-24": "joe-biden"}
