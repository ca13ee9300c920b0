"""Bodies of countries: all that a text calls the foreign ministry of Japan is one entity, and no other's."""

from __future__ import annotations

import pytest

from kg.nlp import Reader
from kg.types import Article, Zone


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def meant(reader: Reader, marked: str, lang: str, dateline: str = "") -> str | None:
    """The last part of the id of what the words in brackets stand for; None for nothing."""
    start = len(dateline) + marked.index("[")
    end = len(dateline) + marked.index("]") - 1
    text = dateline + marked.replace("[", "").replace("]", "")
    zones = (Zone(kind="dateline", start=0, end=len(dateline)),) if dateline else ()
    found = reader.extract(Article(id="a", text=text, lang=lang, zones=zones)).mentions
    refs = [m.ref for m in found if (m.evidence.start, m.evidence.end) == (start, end) and m.ref]
    return refs[0].partition("/")[2] if refs else None


@pytest.mark.parametrize(
    ("lang", "marked", "id"),
    [
        ("id", "[Kementerian Luar Negeri Jepang] mengecam Iran.", "JPN-foreign-ministry"),
        ("id", "[Kemlu Jepang] memanggil duta besar Rusia.", "JPN-foreign-ministry"),
        ("id", "[Tentara Sudan] menyerang pemberontak.", "SDN-armed-forces"),
        ("id", "[Kepolisian Thailand] menangkap dua orang.", "THA-police"),
        ("id", "[Angkatan Laut Cina] menabrak kapal Filipina.", "CHN-navy"),
        ("en", "The [Ministry of Foreign Affairs of Japan] condemned Iran.", "JPN-foreign-ministry"),
        ("en", "[Japan's foreign ministry] condemned Iran.", "JPN-foreign-ministry"),
        ("en", "The [Ukrainian army] attacked Belgorod.", "UKR-armed-forces"),
        ("en", "The [Ukrainian military] attacked Belgorod.", "UKR-armed-forces"),
        ("en", "[Turkey's central bank] warned banks.", "TUR-central-bank"),
        ("es", "El [Ministerio polaco de Defensa] acusó a Rusia.", "POL-defence-ministry"),
        ("fr", "Le [ministère japonais des Affaires étrangères] a accusé la Chine.", "JPN-foreign-ministry"),
        ("de", "Die [ukrainische Armee] griff Belgorod an.", "UKR-armed-forces"),
        ("pt", "O [Ministério da Defesa do Japão] acusou a China.", "JPN-defence-ministry"),
        ("ru", "[Министерство обороны Японии] обвинило Россию.", "JPN-defence-ministry"),
        ("uk", "[Українська армія] атакувала Бєлгород.", "UKR-armed-forces"),
        ("ar", "هاجم [الجيش السوداني] المتمردين.", "SDN-armed-forces"),
    ],
)  # fmt: skip
def test_a_body_is_one_entity_in_every_language(reader: Reader, lang: str, marked: str, id: str) -> None:
    """Full name, short name, possessive and adjective give the same entity, of the country that is said."""
    assert meant(reader, marked, lang) == id


@pytest.mark.parametrize(
    ("lang", "marked", "id"),
    [
        ("id", "[Tentara Indonesia] tiba di Beirut.", "tni"),
        ("en", "The [Indonesian army] arrived.", "tni"),
        ("es", "El [Ministerio ruso de Defensa] acusó a Ucrania.", "russian-defence-ministry"),
        ("en", "The [American defence ministry] accused Iran.", "pentagon"),
    ],
)  # fmt: skip
def test_the_listed_body_of_a_country_is_meant(reader: Reader, lang: str, marked: str, id: str) -> None:
    """Where the actor list has the army of a country by a name of its own, other words mean it too."""
    assert meant(reader, marked, lang) == id


def test_a_government_is_its_country(reader: Reader) -> None:
    """Officials and governments stand for the country."""
    assert meant(reader, "[Pemerintah Suriah] mengecam Turki.", "id") == "SYR"
    assert meant(reader, "[Israeli officials] denied it.", "en") == "ISR"


@pytest.mark.parametrize(
    ("lang", "marked", "id"),
    [
        ("id", "Kepolisian Thailand menangkap dua orang. [Polisi] juga menahan lima orang.", "THA-police"),
        ("en", "The Polish Defence Ministry met. The [Defence Ministry] denied it.", "POL-defence-ministry"),
    ],
)  # fmt: skip
def test_a_body_named_before_is_meant_again(reader: Reader, lang: str, marked: str, id: str) -> None:
    """A ministry without a country is the one that the article named, if it named only one."""
    assert meant(reader, marked, lang) == id


@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        ("id", "Tentara Israel menyerang Gaza. [Kementerian Kesehatan] melaporkan 30 orang tewas."),
        ("id", "[Kementerian Luar Negeri] memulangkan 30 orang dari Jepang."),
        ("en", "Thai police arrested two men. Malaysian police freed them. [Police] denied it."),
        ("en", "[Local police] arrested three men in Kenya."),
        ("en", "The Iraqi army attacked Mosul. [Soldiers] killed ten people."),
        ("en", "The [Ministry of Defence] condemned the attack."),
    ],
)  # fmt: skip
def test_a_body_of_no_certain_country_is_nobodys(reader: Reader, lang: str, marked: str) -> None:
    """With two countries, or none, a mere "Foreign Ministry" gets no entity: it would join others."""
    assert meant(reader, marked, lang) is None


def test_words_between_may_make_it_another_body(reader: Reader) -> None:
    """A body is a country's only if nothing but "of" stands between them."""
    assert meant(reader, "Vietnam May Join [Forces With China].", "en") in (None, "CHN")


def test_the_dateline_says_whose_police_it_is(reader: Reader) -> None:
    """A dateline gives the country only where the article names no other one."""
    home, abroad = (f"[Polisi] menangkap lima orang di {place}." for place in ("Surabaya", "Khartoum, Sudan"))
    assert meant(reader, home, "id", "JAKARTA - ") == "polri"
    assert meant(reader, abroad, "id", "JAKARTA - ") is None
