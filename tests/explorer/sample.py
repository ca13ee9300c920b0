"""A small invented world in the listing formats: entities, claims of every status, articles."""

# A table of claims reads best one claim a line.
# ruff: noqa: E501

from __future__ import annotations

import random
from typing import Any

Row = dict[str, Any]

ENTITIES: list[Row] = [
    {"id": ident, "type": kind, "name": names["en"][0], "names": names, "roles": roles}
    for ident, kind, names, roles in (
        ("country/PRK", "Country", {"en": ["North Korea", "DPRK"], "id": ["Korea Utara", "Korut"], "ko": ["조선"]}, []),
        ("country/RUS", "Country", {"en": ["Russia"], "id": ["Rusia"], "ru": ["Россия"]}, []),
        ("country/USA", "Country", {"en": ["United States", "US"], "id": ["Amerika Serikat", "AS"]}, []),
        ("country/IDN", "Country", {"en": ["Indonesia"], "id": ["Indonesia", "RI"]}, []),
        ("country/JPN", "Country", {"en": ["Japan"], "id": ["Jepang"], "ja": ["日本"]}, []),
        ("country/UKR", "Country", {"en": ["Ukraine"], "id": ["Ukraina"]}, []),
        ("person/kim-jong-un", "Person", {"en": ["Kim Jong-un"], "id": ["Kim Jong Un"]},
         [{"title": "leader", "of": "country/PRK", "since": "2011-12-30", "until": None}]),
        ("person/vladimir-putin", "Person", {"en": ["Vladimir Putin"], "id": ["Vladimir Putin"], "ru": ["Владимир Путин"]},
         [{"title": "president", "of": "country/RUS", "since": None, "until": None}]),
        ("person/sergei-shoigu", "Person", {"en": ["Sergei Shoigu"], "id": ["Sergei Shoigu"]}, []),
        ("person/retno-marsudi", "Person", {"en": ["Retno Marsudi"], "id": ["Retno Marsudi"]},
         [{"title": "foreign minister", "of": "country/IDN", "since": "2014-10-27", "until": "2024-10-20"}]),
        ("organization/united-nations", "Organization", {"en": ["United Nations"], "id": ["PBB"]}, []),
        ("organization/kcna", "Organization", {"en": ["KCNA"], "id": ["KCNA"]}, []),
        ("organization/asean", "Organization", {"en": ["ASEAN"], "id": ["ASEAN"]}, []),
        ("place/vladivostok", "Place", {"en": ["Vladivostok"], "id": ["Vladivostok"]}, []),
        ("group/arms-dealers", "Group", {"en": ["arms dealers"], "id": ["pedagang senjata"]}, []),
        ("event/harbour-summit", "Event", {"en": ["Harbour Summit"], "id": ["KTT Pelabuhan"]}, []),
    )
]  # fmt: skip

ARTICLES: list[Row] = [
    {"id": "a1", "title": "Delegasi Rusia Tiba di Pyongyang", "url": "https://example.org/a1", "source": "Kabar Pagi",
     "published": "2023-07-27", "lang": "id"},
    {"id": "a2", "title": "Arms talk follows a parade", "url": "https://example.org/a2", "source": "The Daily Quay",
     "published": "2023-07-28", "lang": "en"},
    {"id": "a3", "title": "Jakarta offers a table to talk at", "url": None, "source": "The Daily Quay",
     "published": "2023-08-02", "lang": "en"},
]  # fmt: skip

# article, status, event type, label, sentence, actor (id, words), trigger, recipient, speaker
_TOLD: list[tuple[str, str, str | None, str, str, Any, str, Any, Any]] = [
    ("a1", "asserted", "CONSULT", "visits", "Sergei Shoigu mengunjungi Korea Utara sejak Selasa pagi.",
     ("person/sergei-shoigu", "Sergei Shoigu"), "mengunjungi", ("country/PRK", "Korea Utara"), None),
    ("a1", "asserted", "CONSULT", "meets", "Kim Jong Un menemui Sergei Shoigu di balai kota.",
     ("person/kim-jong-un", "Kim Jong Un"), "menemui", ("person/sergei-shoigu", "Sergei Shoigu"), None),
    ("a1", "asserted", "COOPERATE", "sends letter to", "Surat Putin diserahkan; Putin menyurati Kim untuk kedua kalinya.",
     ("person/vladimir-putin", "Putin"), "menyurati", ("person/kim-jong-un", "Kim"), None),
    ("a1", "denied", "AID", "supplies arms to", "Pyongyang membantah bahwa Korut memasok senjata kepada Rusia.",
     ("country/PRK", "Korut"), "memasok", ("country/RUS", "Rusia"), ("country/PRK", "Pyongyang")),
    ("a2", "denied", "AID", "supplies arms to", "Moscow denied that North Korea ships shells to Russia.",
     ("country/PRK", "North Korea"), "ships", ("country/RUS", "Russia"), ("country/RUS", "Moscow")),
    ("a2", "alleged", "AID", "supplies arms to", "Washington says North Korea is arming Russia by rail.",
     ("country/PRK", "North Korea"), "arming", ("country/RUS", "Russia"), ("country/USA", "Washington")),
    ("a2", "asserted", "ACCUSE", "accuses", "Washington accuses Pyongyang of arming Russia.",
     ("country/USA", "Washington"), "accuses", ("country/PRK", "Pyongyang"), None),
    ("a2", "alleged", "ASSAULT", "attacks", "Russia is said to have struck Ukraine with the new shells.",
     ("country/RUS", "Russia"), "struck", ("country/UKR", "Ukraine"), None),
    ("a2", "asserted", "FIGHT", "attacks", "Russia shelled Ukraine again overnight 🚀, and Ukraine answered.",
     ("country/RUS", "Russia"), "shelled", ("country/UKR", "Ukraine"), None),
    ("a2", "planned", "CONSULT", "visits", "Kim Jong-un plans to travel to Vladivostok in the autumn.",
     ("person/kim-jong-un", "Kim Jong-un"), "travel", ("place/vladivostok", "Vladivostok"), None),
    ("a2", "planned", "CONSULT", "meets", "Putin will receive Kim there, the agency said.",
     ("person/vladimir-putin", "Putin"), "receive", ("person/kim-jong-un", "Kim"), ("organization/kcna", "agency")),
    ("a2", "possible", "COOPERATE", "trades with", "Arms dealers may be trading with North Korea through shell firms.",
     ("group/arms-dealers", "Arms dealers"), "trading", ("country/PRK", "North Korea"), None),
    ("a2", "negated", "CONSULT", "meets", "The United States has not met North Korea since the parade.",
     ("country/USA", "United States"), "met", ("country/PRK", "North Korea"), None),
    ("a2", "requested", "REQUEST", "sanctions", "Japan asked the United Nations to sanction North Korea.",
     ("organization/united-nations", "United Nations"), "sanction", ("country/PRK", "North Korea"), ("country/JPN", "Japan")),
    ("a2", "asserted", "REQUEST", "appeals to", "Japan asked the United Nations to sanction North Korea.",
     ("country/JPN", "Japan"), "asked", ("organization/united-nations", "United Nations"), None),
    ("a3", "asserted", "CONSULT", "hosts", "Indonesia hosted ASEAN at the harbour.",
     ("country/IDN", "Indonesia"), "hosted", ("organization/asean", "ASEAN"), None),
    ("a3", "asserted", None, "speaks to", "Retno Marsudi spoke to ASEAN about patience.",
     ("person/retno-marsudi", "Retno Marsudi"), "spoke", ("organization/asean", "ASEAN"), None),
    ("a3", "requested", "REQUEST", "talks with", "Retno Marsudi urged the United States to talk with North Korea.",
     ("country/USA", "United States"), "talk", ("country/PRK", "North Korea"), ("person/retno-marsudi", "Retno Marsudi")),
    ("a3", "planned", "COOPERATE", "joins", "Indonesia will join the Harbour Summit.",
     ("country/IDN", "Indonesia"), "join", ("event/harbour-summit", "Harbour Summit"), None),
    ("a3", "possible", "CONSULT", "joins", "Japan could yet join the Harbour Summit.",
     ("country/JPN", "Japan"), "join", ("event/harbour-summit", "Harbour Summit"), None),
    ("a3", "asserted", "AID", "aids", "Japan sent Ukraine four ambulances.",
     ("country/JPN", "Japan"), "sent", ("country/UKR", "Ukraine"), None),
    ("a3", "asserted", "AID", "aids", "The United States delivered generators to Ukraine.",
     ("country/USA", "United States"), "delivered", ("country/UKR", "Ukraine"), None),
    ("a3", "asserted", "COOPERATE", "trades with", "Russia sold wheat to Indonesia last spring.",
     ("country/RUS", "Russia"), "sold", ("country/IDN", "Indonesia"), None),
    ("a3", "negated", "AGREE", "joins", "Russia did not join the Harbour Summit.",
     ("country/RUS", "Russia"), "join", ("event/harbour-summit", "Harbour Summit"), None),
    ("a1", "asserted", "MAKE STATEMENT", "praises", "KCNA memuji Rusia dalam tajuknya.",
     ("organization/kcna", "KCNA"), "memuji", ("country/RUS", "Rusia"), None),
    ("a3", "asserted", None, "opens", "Indonesia opened a new consulate.",
     ("country/IDN", "Indonesia"), "opened", (None, "a new consulate"), None),
]  # fmt: skip

OFFSET = 100


def _mention(who: tuple[str | None, str], sentence: str) -> Row:
    ident, words = who
    start = OFFSET + sentence.index(words)
    entity = next((row for row in ENTITIES if row["id"] == ident), None)
    return {
        "entity": ident,
        "name": entity["name"] if entity else words,
        "type": entity["type"] if entity else "Phrase",
        "text": words,
        "start": start,
        "end": start + len(words),
    }


def claim(ident: str, told: tuple[str, str, str | None, str, str, Any, str, Any, Any]) -> Row:
    """A row of ``kg claims --format jsonl``; the sentence begins at OFFSET of its article."""
    article, status, event, label, sentence, actor, trigger, recipient, speaker = told
    at = OFFSET + sentence.index(trigger)
    return {
        "id": ident,
        "article": article,
        "relation": label.replace(" ", "-"),
        "label": label,
        "event_type": event,
        "cameo": None,
        "actors": [_mention(actor, sentence)],
        "recipients": [_mention(recipient, sentence)],
        "others": {},
        "polarity": "negated" if status in ("denied", "negated") else "affirmed",
        "modality": "actual" if status in ("asserted", "denied", "negated") else status,
        "status": status,
        "attributed_to": [_mention(speaker, sentence)] if speaker else [],
        "date": "2023-07-27" if article != "a3" else "2023-08",
        "date_precision": "day" if article != "a3" else "month",
        "date_basis": "dateline" if article == "a2" else "stated",
        "place": None,
        "evidence": {"start": OFFSET, "end": OFFSET + len(sentence), "quote": sentence},
        "trigger": {"start": at, "end": at + len(trigger), "quote": trigger},
        "score": 1.0,
    }


CLAIMS: list[Row] = [claim(f"c{number:02}", told) for number, told in enumerate(_TOLD)]


def generated(entities: int, claims: int, seed: int = 7) -> tuple[list[Row], list[Row]]:
    """A larger world by chance, a few names far more often than most, as in news."""
    chance = random.Random(seed)
    types = ("Country", "Person", "Person", "Organization", "Place", "Group", "Event")
    rows: list[Row] = []
    for number in range(entities):
        name = f"{chance.choice(('North', 'Old', 'Grey', 'Upper', 'East'))} {chance.choice(('Harbour', 'Vale', 'Marsh', 'Ridge'))} {number}"
        rows.append(
            {
                "id": f"other/e{number}",
                "type": types[number % len(types)],
                "name": name,
                "names": {"en": [name]},
            }
        )
    statuses = ("asserted",) * 6 + (
        "denied",
        "negated",
        "alleged",
        "alleged",
        "planned",
        "requested",
        "possible",
    )
    told = []
    for number in range(claims):
        first, second = (int(entities * chance.random() ** 3) for _ in range(2))
        actor, recipient = rows[first], rows[second]
        sentence = f"{actor['name']} wrote to {recipient['name']} about matter {number}."
        row = claim(f"g{number:05}", ("a2", chance.choice(statuses), "CONSULT", "writes to", sentence,
                    (None, actor["name"]), "wrote", (None, recipient["name"]), None))  # fmt: skip
        row["actors"][0] |= {"entity": actor["id"], "type": actor["type"]}
        row["recipients"][0] |= {"entity": recipient["id"], "type": recipient["type"]}
        told.append(row)
    return rows, told
