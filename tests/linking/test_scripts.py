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


def test_a_part_of_a_word_is_no_country() -> None:
    """Haiti is written within "Shanghai district", Iran within a longer katakana word."""
    assert [m.ids[0] for m in load_actors().find("上海地区", "zh")] == ["place/shanghai"]
    assert load_actors().find("アイランド", "ja") == []
