"""Names of countries in languages that bend them, write them together or have another script."""

from __future__ import annotations

import pytest

from kg.linking import load_actors

SENTENCES = {
    "ru": ("Власти Германии осудили удар по Сирии.", ["country/DEU", "country/SYR"]),
    "uk": ("Росія пригрозила Польщі санкціями.", ["country/RUS", "country/POL"]),
    "ar": ("وصل الوزير من مصر وتركيا للصين", ["country/EGY", "country/TUR", "country/CHN"]),
    "tr": ("Fransa'nın Almanya'ya mektubu", ["country/FRA", "country/DEU"]),
    "zh": ("日本和韩国签署协议", ["country/JPN", "country/KOR"]),
    "ja": ("ドイツはイランを非難した", ["country/DEU", "country/IRN"]),
    "ko": ("독일은 프랑스와 협정을 맺었다", ["country/DEU", "country/FRA"]),
}


@pytest.mark.parametrize("lang", SENTENCES)
def test_countries_are_found_as_the_language_writes_them(lang: str) -> None:
    """Cases, prefixes, particles and missing spaces do not hide a country."""
    text, expected = SENTENCES[lang]
    assert [match.ids[0] for match in load_actors().find(text, lang)] == expected


BODIES = {
    "fr": ("L'ONU et l'Union européenne condamnent le Hamas", ["united-nations", "european-union", "hamas"]),
    "de": ("Der UN-Sicherheitsrat warnt die Hisbollah", ["un-security-council", "hezbollah"]),
    "pt": ("A Otan e o Fundo Monetário Internacional", ["nato", "imf"]),
    "ru": (
        "В Совете Безопасности ООН и Европейскую комиссию",
        ["un-security-council", "european-commission"],
    ),
    "uk": ("заява Ради Безпеки ООН про Хезболлу", ["un-security-council", "hezbollah"]),
    "ar": ("أعلنت حماس وحزب الله والأمم المتحدة", ["hamas", "hezbollah", "united-nations"]),
    "tr": ("BM'nin Hizbullah'a çağrısı", ["united-nations", "hezbollah"]),
    "zh": ("联合国谴责哈马斯", ["united-nations", "hamas"]),
    "ja": ("国連はハマスを非難した", ["united-nations", "hamas"]),
    "ko": ("유엔은 하마스를 비난했다", ["united-nations", "hamas"]),
    "ms": ("Jepun dan Kesatuan Eropah mengecam Sepanyol", ["JPN", "european-union", "ESP"]),
}


@pytest.mark.parametrize("lang", BODIES)
def test_bodies_and_groups_are_found_as_the_language_writes_them(lang: str) -> None:
    """The UN or Hamas are the same node in every language, in the case that the sentence needs."""
    text, expected = BODIES[lang]
    found = [match.ids[0].partition("/")[2] for match in load_actors().find(text, lang)]
    assert found == expected


def test_a_part_of_a_word_is_no_country() -> None:
    """Haiti is written within "Shanghai district", Iran within a longer katakana word."""
    assert [m.ids[0] for m in load_actors().find("上海地区", "zh")] == ["place/shanghai"]
    assert load_actors().find("アイランド", "ja") == []
