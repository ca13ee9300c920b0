"""Turkish: endings do what prepositions and auxiliaries do elsewhere.

Each sentence is given with the one claim of a relation that it makes: who, whom, and the status that its
words give to it, so that a denial, a rumour or a plan cannot also be drawn as a fact.  Parties are compared
by their words, whichever entity they are linked to.
"""

from __future__ import annotations

import pytest

from kg.linking.titles import bodies, titles
from kg.nlp.codebook import EVENT_TYPES, load_codebook
from kg.nlp.morphology import cases, keys, passive_form
from kg.types import Claim
from tests.nlp.told import mentions, read, words, wrong

TOLD = [
    # who does what to whom
    ("Macron, Çin'i ziyaret etti.", "visit", "Macron", "Çin", "asserted"),
    ("Vladimir Putin, Recep Tayyip Erdoğan ile görüştü.", "meet", "Putin", "Erdoğan", "asserted"),
    ("Almanya, Ukrayna'ya tank gönderdi.", "supply-weapons", "Almanya", "Ukrayna", "asserted"),
    ("Ukrayna, Almanya'dan füze istedi.", "ask-for-aid", "Ukrayna", "Almanya", "asserted"),
    ("ABD, İran'a yeni yaptırımlar uyguladı.", "impose-sanctions", "ABD", "İran", "asserted"),
    ("Fransa, Nijer'den askerlerini çekti.", "withdraw-troops", "Fransa", "Nijer", "asserted"),
    ("Irak, İran tarafından bombalandı.", "bomb", "İran", "Irak", "asserted"),
    ("İran, Irak'a saldırı düzenledi.", "attack", "İran", "Irak", "asserted"),
    ("Rusya, Polonya'nın teklifini reddetti.", "reject", "Rusya", "Polonya", "asserted"),
    ("Ermenistan, Azerbaycan'ı kınadı.", "criticise", "Ermenistan", "Azerbaycan", "asserted"),
    ("Yunanistan, Arnavutluk'u suçladı.", "accuse", "Yunanistan", "Arnavutluk", "asserted"),
    # negated, denied, refused
    ("İran, Irak'a saldırmadı.", "attack", "İran", "Irak", "negated"),
    ("Hiçbir ülke Irak'a saldırmadı.", "attack", "", "Irak", "negated"),
    ("İran, Irak'a saldırmayacak.", "attack", "İran", "Irak", "negated"),
    ("Tahran, İran'ın Irak'a saldırdığını yalanladı.", "attack", "İran", "Irak", "denied"),
    ("İran, Irak'a saldırmayı reddetti.", "attack", "İran", "Irak", "negated"),
    # accusation, rumour
    ("İran'ın Irak'a saldırdığı iddia edildi.", "attack", "İran", "Irak", "alleged"),
    ("İddiaya göre İran, Irak'a saldırdı.", "attack", "İran", "Irak", "alleged"),
    wrong(
        "Irak, İran'ı Suriye'ye saldırmakla suçladı.",
        "attack",
        "İran",
        "Suriye",
        "alleged",
        because="the accused hangs on the infinitive",
    ),
    # planned, requested, possible
    ("İran, Irak'a saldıracak.", "attack", "İran", "Irak", "planned"),
    ("İran, Irak'a saldırmayı planlıyor.", "attack", "İran", "Irak", "planned"),
    ("İran, Irak'a saldırmakla tehdit etti.", "attack", "İran", "Irak", "planned"),
    ("İran Irak'a saldırmalı.", "attack", "İran", "Irak", "requested"),
    ("İran, Irak'a saldırabilir.", "attack", "İran", "Irak", "possible"),
    ("İran, Irak'a saldırmış olabilir.", "attack", "İran", "Irak", "possible"),
    ("İran Irak'a saldırırsa ABD karşılık verecek.", "attack", "İran", "Irak", "possible"),
    ("İran, Irak'a saldırdı mı?", "attack", "İran", "Irak", "possible"),
    ("İran'ın Irak'a saldırması bekleniyor.", "attack", "İran", "Irak", "possible"),
]


def said(claim: Claim, role: str) -> str:
    """The words of the text in a role."""
    return " + ".join(mention.evidence.quote for mention in claim.role(role))


@pytest.mark.parametrize(("text", "relation", "actor", "recipient", "status"), TOLD)
def test_claim_of_a_sentence(text: str, relation: str, actor: str, recipient: str, status: str) -> None:
    """What a sentence says is found once, with its parties and the status that its words give to it."""
    (claim,) = [c for c in read(text, "tr").claims if c.relation == relation]
    assert claim.status == status
    assert actor in said(claim, "actor")
    assert recipient in said(claim, "recipient")


@pytest.mark.parametrize(
    "text",
    [
        "Kremlin, Rus ordusunun tren istasyonunu vurduğu yönündeki iddiaları yalanladı.",
        "Rusya, İran'ın Irak'a saldırdığı iddiasını reddetti.",
        "Macron'un Çin ziyareti iptal edildi.",
        "İran ve Irak'ın komşusu Türkiye'dir.",
    ],
)
def test_no_fact_is_drawn(text: str) -> None:
    """What is denied, called off or not said is never told as an attack or a visit that took place."""
    assert not [
        c for c in read(text, "tr").claims if c.relation in {"attack", "visit"} and c.status == "asserted"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Emmanuel Macron'a göre İran, Irak'a saldırdı.",
        "Emmanuel Macron, İran'ın Irak'a saldırdığını söyledi.",
        "Emmanuel Macron, İran'ın Irak'a saldırdığını açıkladı.",
    ],
)
def test_who_says_so(text: str) -> None:
    """The speaker is whoever stands beside the words of speech, without the suffix of the name."""
    (claim,) = [c for c in read(text, "tr").claims if c.relation == "attack"]
    assert [m.evidence.quote for m in claim.attributed_to] == ["Emmanuel Macron"]


def test_a_name_stays_one_word_with_its_suffix() -> None:
    """The apostrophe does not cut a word, and the name is what stands before it."""
    text = "Hakan Fidan Ankara'da konuştu."
    assert words(text, "tr")[2] == "Ankara'da"
    assert any(found.startswith("Ankara = ") for found in mentions(text, "tr"))


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("saldırmayacak", "saldırmak"),
        ("gönderiyor", "göndermek"),
        ("suçluyor", "suçlamak"),
        ("öldürüldü", "öldürmek"),
        ("edildi", "etmek"),
        ("yaptırımlar", "yaptırım"),
        ("İddia", "iddia"),
    ],
)
def test_forms_meet_their_word(form: str, word: str) -> None:
    """Tenses, negations, passives and plurals are forms of their word."""
    assert word in keys(form, "tr")


def test_form_tells_passive_and_case() -> None:
    """A passive is told from an active form, and a case by the suffix."""
    assert passive_form("bombalandı", "tr") is True
    assert passive_form("bombaladı", "tr") is None
    assert (cases("Irak'a", "tr"), cases("Irak'tan", "tr")) == ({"Dat"}, {"Abl"})


@pytest.mark.parametrize(
    ("told", "date", "precision"),
    [
        ("3 Mayıs 2022", "2022-05-03", "day"),
        ("2014 yılında", "2014", "year"),
        wrong("geçen hafta", "2023-05-08", "week", because="read as a participle that takes the name before"),
        ("iki ay önce", "2023-03", "month"),
        ("dün", "2023-05-16", "day"),
    ],
)
def test_dates(told: str, date: str, precision: str) -> None:
    """A date is read as Turkish writes it, "önce" counted from the day of publication."""
    (claim,) = [c for c in read(f"İran, Irak'a {told} saldırdı.", "tr").claims if c.relation == "attack"]
    assert (claim.date, claim.date_precision) == (date, precision)


def test_cues_cover_the_codebook() -> None:
    """All sixteen event types and nearly all relations can be told."""
    relations = load_codebook().relations.values()
    told = [relation for relation in relations if relation.cues.get("tr") and relation.labels.get("tr")]
    assert {relation.event_type for relation in told} >= EVENT_TYPES
    assert len(told) >= 110


def test_titles_and_bodies_are_those_of_every_language() -> None:
    """Turkish titles and bodies are translated to the words that roles in the actor list use."""
    assert titles("tr")["dışişleri bakanı"] == "foreign minister"
    assert set(titles("tr").values()) <= set(titles("en").values())
    assert set(bodies("tr").values()) <= set(bodies("en").values())
