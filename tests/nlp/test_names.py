"""Which names are found and whom they mean; the actor list knows better than the model."""

from __future__ import annotations

import pytest

from tests.nlp.told import mentions, read


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # abbreviations and short names of the list
        (
            "id",
            "Korut menembakkan rudal ke laut dan RI mengecam peluncuran itu.",
            ["Korut = PRK", "RI = IDN"],
        ),
        ("id", "Jokowi memuji Prabowo di Jakarta.", ["Jokowi = joko-widodo", "Prabowo = prabowo-subianto"]),
        ("id", "Kapal perang AS tiba kemarin sore.", ["AS = USA"]),
        # the longest name
        ("id", "Dewan Keamanan PBB bersidang kemarin.", ["Dewan Keamanan PBB = un-security-council"]),
        ("en", "The New York Times wrote about it.", ["The New York Times = new-york-times"]),
        (
            "en",
            "The Democratic Republic of the Congo attacked Rwanda.",
            ["Democratic Republic of the Congo = COD"],
        ),
        ("en", "South Korea attacked North Korea.", ["South Korea = KOR", "North Korea = PRK"]),
        # another place than the listed one in its name
        (
            "id",
            "Banjir melanda Solo, Jawa Tengah.",
            ["Solo = surakarta-1625812", "Jawa Tengah = central-java-1642669"],
        ),
        ("id", "Rapat itu digelar di Jakarta Pusat kemarin.", ["Jakarta Pusat = jakarta-pusat"]),
        ("en", "Protesters gathered in South Beirut.", ["South Beirut = south-beirut"]),
        # a place that is somebody's first name, and one that is not
        (
            "en",
            "Georgia Stevens won a prize. Georgia thanked her coach.",
            ["Georgia Stevens = georgia-stevens", "Georgia = georgia-stevens", "her = georgia-stevens"],
        ),
        (
            "en",
            "Israel Katz praised the army. Israel attacked Iran, an Israeli official said.",
            ["Israel Katz = israel-katz", "Israel = ISR", "Iran = IRN", "Israeli = ISR"],
        ),
        # a surname of several people is that of whom the article calls so first
        (
            "en",
            "Mario Benelli died. Benelli was ill. His son Carlo Benelli wept. Benelli led a party.",
            [
                "Mario Benelli = mario-benelli",
                "Benelli = mario-benelli",
                "Carlo Benelli = carlo-benelli",
                "Benelli = mario-benelli",
            ],
        ),
        # the sign of a currency
        ("en", "The plant cost US$280 million.", []),
        # a place in the name of a body
        ("id", "Rute LRT Jakarta diperpanjang.", ["LRT = lrt", "Jakarta = jakarta"]),
        # names that only the model knows get an id of their own
        (
            "en",
            "The lawyer Nadia Rahmawati arrived in Oslo.",
            ["Nadia Rahmawati = nadia-rahmawati", "Oslo = oslo"],
        ),
        (
            "id",
            "Pengacara Nadia Rahmawati tiba di Oslo.",
            ["Nadia Rahmawati = nadia-rahmawati", "Oslo = oslo"],
        ),
        # a body of a country is that country, however the model sees it
        (
            "en",
            "The Iranian foreign ministry criticised Israel.",
            ["Iranian foreign ministry = IRN-foreign-ministry"],
        ),
        ("id", "Militer Kenya mengecam Somalia.", ["Militer Kenya = KEN-armed-forces"]),
        (
            "id",
            "Kementerian Pertahanan Kenya mengecam Somalia.",
            ["Kementerian Pertahanan Kenya = KEN-defence-ministry"],
        ),
    ],
)
def test_names_mean_what_the_list_says(lang: str, text: str, expected: list[str]) -> None:
    """Each name is found once, whole, and points to whom the actor list means, else to an id of its own."""
    assert [mention for mention in mentions(text, lang) if mention in expected] == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("id", "Moskow menuduh Kyiv.", ["RUS", "UKR"]),
        ("id", "Konferensi itu digelar di Moskow.", ["moscow"]),
        ("id", "Joko Widodo tiba dari Kyiv.", ["joko-widodo", "kyiv"]),
        ("id", "Presiden berkunjung ke Moskow.", ["moscow"]),
        ("id", "Iran menjual minyak ke Beijing.", ["IRN", "CHN"]),
        ("en", "Moscow accused Kyiv.", ["RUS", "UKR"]),
        ("en", "The summit was held in Moscow.", ["moscow"]),
        ("en", "The ministers travelled to Tehran.", ["tehran"]),
        ("en", "Iran sold oil to Beijing.", ["IRN", "CHN"]),
        ("en", "Talks between Moscow and Kyiv failed.", ["RUS", "UKR"]),
    ],
)
def test_a_capital_is_a_government_or_a_place(lang: str, text: str, expected: list[str]) -> None:
    """A capital that acts, or is acted upon, is its government; where things happen it is a place."""
    assert [m.rpartition(" = ")[2] for m in mentions(text, lang)] == expected


@pytest.mark.parametrize(
    ("lang", "text", "short", "full"),
    [
        (
            "en",
            "The lawyer Nadia Rahmawati arrived. Rahmawati praised Kenya.",
            "Rahmawati",
            "nadia-rahmawati",
        ),
        ("id", "Pengacara Nadia Rahmawati tiba. Rahmawati memuji Kenya.", "Rahmawati", "nadia-rahmawati"),
        ("en", "Xi Jinping arrived in Moscow. Xi praised Kenya.", "Xi", "xi-jinping"),
        (
            "id",
            "Volodymyr Zelensky bertemu Emmanuel Macron. Zelenski berterima kasih kepada Macron.",
            "Zelenski",
            "volodymyr-zelensky",
        ),
        ("en", "Vladimir Putin arrived in Rome. Later Puttin praised Italy.", "Puttin", "vladimir-putin"),
        (
            "en",
            "Tomas Lindqvist arrived in Rome. Later Tomas Lindquist praised Italy.",
            "Tomas Lindquist",
            "tomas-lindqvist",
        ),
    ],
)
def test_short_and_misspelt_names_mean_the_full_one(lang: str, text: str, short: str, full: str) -> None:
    """A surname alone, a short form or a slip of the pen points to the person named in full before."""
    assert f"{short} = {full}" in mentions(text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "name", "others"),
    [
        (
            "en",
            "Budi Santosa thanked Budi Hartono for the help. Budi praised Kenya.",
            "Budi",
            {"budi-santosa", "budi-hartono"},
        ),
        (
            "id",
            "Pengacara Nadia Rahmawati tiba bersama Dewi Rahmawati. Rahmawati memuji Kenya.",
            "Rahmawati",
            {"nadia-rahmawati", "dewi-rahmawati"},
        ),
    ],
)
def test_a_name_that_fits_two_people_means_neither(lang: str, text: str, name: str, others: set[str]) -> None:
    """Where two people share it, a short name is not given to one of them."""
    found = dict(m.split(" = ") for m in mentions(text, lang))
    assert others <= set(found.values())
    assert found[name] not in others


@pytest.mark.parametrize(
    ("lang", "text", "short", "meant"),
    [
        (
            "id",
            "Badan Penanggulangan Banjir Kalimantan (BPBK) membantu Kenya. Kemarin BPBK mengecam Israel.",
            "BPBK",
            "badan-penanggulangan-banjir-kalimantan",
        ),
        ("id", "Pengacara Hasan Nur Wijaya (HNW) tiba. HNW mengecam Israel.", "HNW", "hasan-nur-wijaya"),
        (
            "en",
            "The Sahel Harvest Council (SHC) condemned Mali. The SHC accused Niger of theft.",
            "SHC",
            "sahel-harvest-council",
        ),
        (
            "es",
            "El Consejo Andino de Mineros (CAM) condenó a Bolivia. El CAM acusó a Chile de robo.",
            "CAM",
            "consejo-andino-de-mineros",
        ),
        # the list knows the short form alone
        (
            "id",
            "Organisasi Kerjasama Islam Dunia (OKI) mengecam Israel.",
            "Organisasi Kerjasama Islam Dunia",
            "oic",
        ),
    ],
)
def test_a_short_form_in_brackets_means_the_name_before_it(
    lang: str, text: str, short: str, meant: str
) -> None:
    """From then on the article may use it alone."""
    found = [m.split(" = ") for m in mentions(text, lang)]
    assert {ref for words, ref in found if words == short} == {meant}


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Nadia Rahmawati (PKT) mengecam Israel.", "PKT"),  # a party, not her initials
        ("Ukraina (UK) mengecam Rusia.", "UK"),  # known to be somebody else
    ],
)
def test_what_stands_in_brackets_may_be_another(text: str, short: str) -> None:
    """Letters that the name does not have, and what the list knows, are left alone."""
    found = dict(m.split(" = ") for m in mentions(text, "id"))
    name = next(iter(found))
    assert found.get(short) != found[name]


def test_every_mention_says_why_it_points_where_it_points() -> None:
    """The reason tells a reader whether the list, the model or a guess decided."""
    extraction = read("The lawyer Nadia Rahmawati arrived in Kenya. Later Rahmawati left.", "en")
    assert {(m.evidence.quote, m.reason) for m in extraction.mentions} == {
        ("Nadia Rahmawati", "model"),
        ("Kenya", "actor list"),
        ("Rahmawati", "short form of the name"),
    }


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "we ate turkey with relish"),
        ("en", "they ate on fine china"),
        ("id", "As roda kereta itu patah kemarin sore."),
    ],
)
def test_an_ordinary_word_is_not_the_name_that_is_spelt_like_it(lang: str, text: str) -> None:
    """Small letters, and "As" (an axle) beside "AS" (the United States), name no country."""
    assert all(m.type != "Country" for m in read(text, lang).mentions)


@pytest.mark.parametrize(
    ("lang", "text", "surname", "who"),
    [
        ("id", "Trump memuji Kenya.", "Trump", "donald-trump"),
        ("en", "Donald Trump arrived with Melania Trump. Trump praised Kenya.", "Trump", "donald-trump"),
        ("id", "Dokter Nadia Trump tiba. Trump memuji Kenya.", "Trump", "trump"),
        ("en", "The lawyer Nadia Macron arrived. Macron praised Kenya.", "Macron", "macron"),
        ("en", "Bush praised Kenya.", "Bush", "bush"),
        ("en", "George W. Bush arrived in Kenya. Bush praised Kenya.", "Bush", "george-w-bush"),
    ],
)
def test_a_listed_surname_gives_way_to_the_people_of_the_article(
    lang: str, text: str, surname: str, who: str
) -> None:
    """A surname alone is somebody's of the list only if no other bears it, in the list or in the article."""
    assert f"{surname} = {who}" in mentions(text, lang)
