"""Malay, which is read with the lists and cues of Indonesian and those that differ.

Each sentence is given with all claims of one relation that it makes, so that a denial, a rumour or a
plan cannot also be drawn as a fact.
"""

from __future__ import annotations

import re

import pytest

from kg.linking.titles import bodies, titles
from kg.nlp.codebook import EVENT_TYPES, load_codebook
from tests.nlp.told import claims, read

TOLD = [
    # who does what to whom
    ("Rusia melancarkan serangan siber terhadap Estonia.", "RUS --cyber-attack--> EST | asserted"),
    ("Vladimir Putin tiba di Pyongyang semalam.", "vladimir-putin --visit--> pyongyang | asserted"),
    ("Indonesia dan Malaysia memeterai perjanjian di Jakarta.", "IDN --sign-agreement--> MYS | asserted"),
    ("Malaysia menghantar pulang 30 pelarian Myanmar.", "MYS --deport--> <30 pelarian Myanmar> | asserted"),
    ("Kerajaan Indonesia memansuhkan sekatan terhadap Iran.", "IDN --lift-sanctions--> IRN | asserted"),
    ("Iran mengenakan sekatan ke atas Israel.", "IRN --impose-sanctions--> ISR | asserted"),
    ("Australia menggesa Iran menghentikan serangan.", "AUS --urge--> IRN | asserted"),
    ("Norway mengiktiraf Palestin.", "NOR --recognise--> PSE | asserted"),
    ("Serangan udara Israel terhadap Gaza membunuh 20 orang.", "ISR --bomb--> gaza | asserted"),
    ("Serangan Israel ke atas konvoi bantuan dikecam Iran.", "ISR --attack--> <konvoi bantuan> | asserted"),
    # words that mean something else in Indonesian
    ("Filipina membantah tindakan China.", "PHL --oppose--> CHN | asserted"),
    ("Kerajaan Thailand membenarkan Israel membuka kedutaan.", "THA --allow--> ISR | asserted"),
    ("Kerajaan Indonesia menjemput Vladimir Putin.", "IDN --invite--> vladimir-putin | asserted"),
    ("PBB menggantung keahlian Rusia.", "united-nations --suspend-member--> RUS | asserted"),
    # denied, alleged, planned, requested, possible, not at all
    (
        "Iran menafikan dakwaan bahawa Iran membekalkan dron kepada Rusia.",
        "IRN --supply-weapons--> RUS | denied by IRN",
    ),
    ("Rusia mendakwa Ukraine menyerang Crimea.", "UKR --attack--> crimea | alleged by RUS"),
    ("Ukraine dikatakan menyerang Crimea.", "UKR --attack--> crimea | alleged"),
    ("Vladimir Putin dijadual melawat Korea Utara esok.", "vladimir-putin --visit--> PRK | planned"),
    (
        "Kim Jong-un mempelawa Vladimir Putin melawat Korea Utara.",
        "vladimir-putin --visit--> PRK | requested by kim-jong-un",
    ),
    ("Sekiranya Iran menyerang Israel, Rusia akan campur tangan.", "IRN --attack--> ISR | possible"),
    ("Parlimen belum memutuskan sama ada menyokong Ukraine.", "<Parlimen> --support--> UKR | possible"),
    ("Rusia tidak pernah menyerang Poland.", "RUS --attack--> POL | negated"),
    ("Tiada sekatan dikenakan terhadap Rusia.", "? --impose-sanctions--> RUS | negated"),
    ("Iran enggan berunding dengan Israel.", "IRN --negotiate-with--> ISR | negated"),
    # the deed somebody is criticised or arrested for is that one's, and not yet proved by an arrest
    ("PBB menempelak Israel kerana menyerang Gaza.", "ISR --attack--> gaza | asserted"),
    (
        "Rusia menahan Alexei Navalny kerana menyerang Vladimir Putin.",
        "alexei-navalny --attack--> vladimir-putin | alleged",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_claims_of_a_sentence(text: str, expected: str) -> None:
    """What a Malay sentence says is found, with the status its words give to it, and nothing else."""
    found = re.search(r"--(\S+)-->", expected)
    assert found
    assert claims(text, "ms", found[1]) == [expected]


def test_a_place_kills_nobody() -> None:
    """Parsers hang "yang mengorbankan …" on a place; a place is never drawn as the killer."""
    assert claims("Rafah membunuh 14 orang awam.", "ms", "kill") == []


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Indonesia menewaskan Vietnam dalam perlawanan akhir di Jakarta.", "kill"),  # to defeat
        ("Filipina membantah tindakan China.", "deny"),  # to protest
        ("Polis menyerbu rumah Ivanov di Kuala Lumpur.", "attack"),  # to raid
    ],
)
def test_indonesian_senses_are_not_read(text: str, relation: str) -> None:
    """A word that Malay uses otherwise is not read as Indonesian does."""
    assert claims(text, "ms", relation) == []
    assert claims(text, "id", relation), "the sentence must tell something if read as Indonesian"


@pytest.mark.parametrize(
    ("words", "date", "precision"),
    [
        ("pada 3 Mac 2022", "2022-03-03", "day"),
        ("pada Ogos 2019", "2019-08", "month"),
        ("pada 2014", "2014", "year"),
        ("pada Selasa", "2023-05-16", "day"),
        ("minggu lepas", "2023-05-08", "week"),
        ("semalam", "2023-05-16", "day"),
    ],
)
def test_dates(words: str, date: str, precision: str) -> None:
    """A date is read as Malay writes it, counted from the day of publication."""
    (claim,) = (c for c in read(f"Turki menyerang Syria {words}.", "ms").claims if c.relation == "attack")
    assert (claim.date, claim.date_precision) == (date, precision)


def test_cues_are_those_of_indonesian_and_its_own() -> None:
    """All event types can be told in Malay, with cues of both lists, save those taken out."""
    relations = load_codebook().relations
    assert {r.event_type for r in relations.values() if r.cues.get("ms")} >= EVENT_TYPES
    kill = {cue.text for cue in relations["kill"].cues["ms"]}
    assert {"membunuh/verb", "mengorbankan/verb"} <= kill
    assert "menewaskan/verb" not in kill
    assert "menewaskan/verb" in {cue.text for cue in relations["kill"].cues["id"]}


def test_titles_and_bodies_that_differ() -> None:
    """An office is no official, and the kingdom of Indonesian is a government."""
    assert titles("ms")["pegawai"] == "official"
    assert "pejabat" not in titles("ms")
    assert titles("ms")["perdana menteri"] == "prime minister"
    assert bodies("ms")["kerajaan"] == "government"
    assert bodies("ms")["parlimen"] == "parliament"
    assert "pejabat" not in bodies("ms")
