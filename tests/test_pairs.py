"""The same story in Indonesian and in English is about the same entities, listed or not."""

from __future__ import annotations

import json

import pytest

import kg

STORIES = {
    "visit": (
        "Jakarta - Menteri Pertahanan Rusia Sergei Shoigu mengunjungi Korea Utara pada 25 Juli 2023. "
        "Ia bertemu dengan Kim Jong Un di Pyongyang. Seorang penasihat, Andrey Morozovich, ikut dalam "
        "kunjungan itu. Andrey Morozovich mengatakan bahwa Rusia tidak mengirim senjata ke Ukraina.",
        "Jakarta - Russian Defence Minister Sergey Shoigu visited North Korea on 25 July 2023. "
        "He met Kim Jong-un in Pyongyang. An adviser, Andrei Morozovich, took part in the visit. "
        "Andrei Morozovich said that Russia had not sent weapons to Ukraine.",
    ),
    "protest": (
        "Ketua Front Ruvania Merdeka, Tomasz Wielgorski, menuduh Amerika Serikat memasok senjata kepada "
        "Israel. Juru bicara Gedung Putih membantah tuduhan itu. Tomasz Wielgorski kemudian bertemu "
        "Antonio Guterres di New York.",
        "The head of Front Ruvania Merdeka, Tomasz Wielgorski, accused the United States of supplying "
        "weapons to Israel. A White House spokesman denied the accusation. Tomasz Wielgorski then met "
        "António Guterres in New York.",
    ),
    "talks": (
        "Presiden Prabowo Subianto akan bertemu Xi Jinping di Beijing. Menurut Lin Zhaoming, pejabat "
        "Tiongkok, kedua negara akan membahas Laut China Selatan. Filipina mengecam rencana itu.",
        "President Prabowo Subianto will meet Xi Jinping in Beijing. According to Lin Zhaoming, a Chinese "
        "official, the two countries will discuss the South China Sea. The Philippines condemned the plan.",
    ),
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    folder = tmp_path_factory.mktemp("pairs")
    rows = [
        {"id": f"{name}-{lang}", "lang": lang, "text": text, "published": "2023-07-26"}
        for name, texts in STORIES.items()
        for lang, text in zip(("id", "en"), texts, strict=True)
    ]
    lines = folder / "articles.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    kg.build(lines, folder / "out")
    return kg.open(folder / "out")


@pytest.mark.parametrize("story", STORIES)
def test_one_story_in_two_languages_has_the_same_nodes(story: str, graph: kg.Graph) -> None:
    """Every entity of the Indonesian article is one of the English, and the other way round."""
    indonesian, english = (
        {row["id"] for row in graph.entities(article=f"{story}-{lang}")} for lang in ("id", "en")
    )
    assert indonesian == english
    assert any(id.startswith("person/") for id in indonesian)


@pytest.mark.parametrize(
    "id", ["person/andrei-morozovich", "person/tomasz-wielgorski", "person/lin-zhaoming"]
)
def test_people_whom_nobody_listed_are_one_in_both(id: str, graph: kg.Graph) -> None:
    """Unknown people have one id in both languages, and it says why."""
    (row,) = [row for row in graph.entities() if row["id"] == id]
    assert row["articles"] == 2
    assert "Links across articles" in "\n".join(graph.why(id))
