"""German, a language that is all data: word lists, cues and names, and no line of code.

Each sentence is given with all claims of one relation that it makes, so that a denial, a rumour or a
plan cannot also be drawn as a fact.
"""

from __future__ import annotations

import re

import pytest

from kg.linking.titles import bodies, titles
from kg.nlp.codebook import EVENT_TYPES, load_codebook
from kg.nlp.morphology import keys
from tests.nlp.told import claims, read, wrong

TOLD = [
    # who does what to whom
    (
        "Der französische Präsident Emmanuel Macron besuchte Nordkorea.",
        "emmanuel-macron --visit--> PRK | asserted",
    ),
    ("Xi Jinping traf sich mit Emmanuel Macron.", "xi-jinping --meet--> emmanuel-macron | asserted"),
    ("Kuba und der Iran nahmen die Verhandlungen wieder auf.", "CUB --negotiate-with--> IRN | asserted"),
    ("Ägypten vermittelte zwischen Israel und der Hamas.", "EGY --mediate--> ISR, hamas | asserted"),
    ("Norwegen unterzeichnete ein Abkommen mit Island.", "NOR --sign-agreement--> ISL | asserted"),
    ("Belgien lieferte der Ukraine Panzer.", "BEL --supply-weapons--> UKR | asserted"),
    ("Frankreich zog seine Truppen aus Niger ab.", "FRA --withdraw-troops--> NER | asserted"),
    ("Kanada verhängte Sanktionen gegen Belarus.", "CAN --impose-sanctions--> BLR | asserted"),
    ("Die Polizei von Ägypten nahm Mohammed Mursi fest.", "EGY-police --arrest--> mohamed-morsi | asserted"),
    ("Polen stationiert Soldaten in Litauen.", "POL --deploy-forces--> LTU | asserted"),
    ("Der Iran griff Israel an.", "IRN --attack--> ISR | asserted"),
    ("Syrien wurde von Israel bombardiert.", "ISR --bomb--> SYR | asserted"),
    ("Israel flog Luftangriffe auf Syrien.", "ISR --bomb--> SYR | asserted"),
    ("Kim Jong-un drohte Südkorea.", "kim-jong-un --threaten--> KOR | asserted"),
    ("Chile lehnte den Vorschlag Boliviens ab.", "CHL --reject--> BOL | asserted"),
    ("Bolivien wies den Botschafter Israels aus.", "BOL --expel-diplomats--> ISR | asserted"),
    (
        "Tausende Menschen protestierten gegen Nicolás Maduro.",
        "--protest-against--> nicolas-maduro | asserted",
    ),
    # negated, denied
    ("Serbien hat den Kosovo nicht angegriffen.", "SRB --attack--> XKX | negated"),
    ("Kein Land griff Kuba an.", "<Kein Land> --attack--> CUB | negated"),
    ("Ungarn weigerte sich, Waffen an die Ukraine zu liefern.", "HUN --supply-weapons--> UKR | negated"),
    (
        "Der Iran bestritt, Drohnen an Russland geliefert zu haben.",
        "IRN --supply-weapons--> RUS | denied by IRN",
    ),
    ("Der Iran stritt ab, dass Israel den Libanon angegriffen habe.", "ISR --attack--> LBN | denied by IRN"),
    (
        "Der Iran hat den Vorwurf zurückgewiesen, Israel angegriffen zu haben.",
        "IRN --attack--> ISR | denied by IRN",
    ),
    ("Der Iran schloss aus, Truppen in den Irak zu schicken.", "IRN --deploy-forces--> IRQ | negated"),
    ("Der Iran verzichtete auf einen Angriff auf Israel.", "--attack--> ISR | negated"),
    ("Der Iran wies Berichte über einen Angriff auf Israel zurück.", "--attack--> ISR | denied by IRN"),
    (
        "Der Iran wies den Vorwurf zurück, Waffen an Russland geliefert zu haben.",
        "IRN --supply-weapons--> RUS | denied by IRN",
    ),
    ("Der Iran hat keine Drohnen an Oman geliefert.", "IRN --supply-weapons--> OMN | negated"),
    ("Der Iran dementierte einen Angriff auf Israel.", "--attack--> ISR | denied by IRN"),
    # accusation, suspicion, rumour
    ("Ecuador wirft Israel vor, die FARC zu unterstützen.", "ISR --support--> farc | alleged by ECU"),
    ("Ecuador beschuldigt Israel, die FARC zu unterstützen.", "ISR --support--> farc | alleged by ECU"),
    ("Israel soll den Iran angegriffen haben.", "ISR --attack--> IRN | alleged"),
    ("Israel griff angeblich den Iran an.", "ISR --attack--> IRN | alleged"),
    ("Der mutmaßliche Angriff des Iran auf Israel löste Kritik aus.", "IRN --attack--> ISR | alleged"),
    ("Es heißt, der Iran habe Israel angegriffen.", "IRN --attack--> ISR | alleged"),
    # planned, requested, possible
    ("Der Iran plant, Drohnen an Russland zu liefern.", "IRN --supply-weapons--> RUS | planned"),
    ("Emmanuel Macron will Kuba besuchen.", "emmanuel-macron --visit--> CUB | planned"),
    ("Emmanuel Macron wird Kuba besuchen.", "emmanuel-macron --visit--> CUB | planned"),
    ("Der Iran kündigte an, Israel anzugreifen.", "IRN --attack--> ISR | planned by IRN"),
    ("Israel wird vom Iran angegriffen.", "IRN --attack--> ISR | asserted"),
    ("Der Iran droht mit einem Angriff auf Israel.", "--attack--> ISR | planned"),
    ("Die Nato rief Russland auf, die Ukraine zu verlassen.", "nato --urge--> RUS | asserted"),
    ("Kanada sollte Haiti unterstützen.", "CAN --support--> HTI | requested"),
    ("China könnte Taiwan angreifen.", "CHN --attack--> TWN | possible"),
    # who says so
    wrong(
        "Laut der UNO bombardierte Israel den Iran.",
        "ISR --bomb--> IRN | asserted by united-nations",
        because="no claim is made",
    ),
    ("Der Iran erklärte, Israel habe Oman angegriffen.", "ISR --attack--> OMN | asserted by IRN"),
    # words that point back
    ("Der Iran, der Israel angriff, verhandelt mit Oman.", "IRN --attack--> ISR | asserted"),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_claims_of_a_sentence(text: str, expected: str) -> None:
    """What a German sentence says is found, with the status that its words give to it, and nothing else."""
    found = re.search(r"--(\S+)-->", expected)
    told = claims(text, "de", found[1] if found else None)
    assert [line for line in told if expected in line], told
    if found:
        assert len(told) == 1


@pytest.mark.parametrize(
    ("words", "date", "precision"),
    [
        ("am 3. Mai 2022", "2022-05-03", "day"),
        ("am 12. März", "2023-03-12", "day"),
        ("im September 2019", "2019-09", "month"),
        ("im Jahr 2014", "2014", "year"),
        ("am Dienstag", "2023-05-16", "day"),
        ("am Dienstagabend", "2023-05-16", "day"),
        ("am vergangenen Montag", "2023-05-15", "day"),
        ("in der vergangenen Woche", "2023-05-08", "week"),
        ("vor zwei Monaten", "2023-03", "month"),
        ("gestern", "2023-05-16", "day"),
        ("vorgestern", "2023-05-15", "day"),
    ],
)
def test_dates(words: str, date: str, precision: str) -> None:
    """A date is read as German writes it, weekdays and "vor" counted from the day of publication."""
    (claim,) = (
        c for c in read(f"Israel bombardierte {words} den Iran.", "de").claims if c.relation == "bomb"
    )
    assert (claim.date, claim.date_precision) == (date, precision)


def test_cues_cover_the_codebook() -> None:
    """All sixteen event types and nearly all relations can be told in German."""
    relations = load_codebook().relations.values()
    told = [relation for relation in relations if relation.cues.get("de") and relation.labels.get("de")]
    assert {relation.event_type for relation in told} >= EVENT_TYPES
    assert len(told) >= 110


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("abgezogen", "abziehen"),
        ("zurückzuweisen", "zurückweisen"),
        ("Angriffe", "angriff"),
        ("bombardiert", "bombardieren"),
        ("begrüßte", "begrüssen"),
        ("Gefangenen", "gefangene"),
    ],
)
def test_forms_meet_their_word(form: str, word: str) -> None:
    """Participles, separated infinitives and plurals are forms of their word, "ß" counted as "ss"."""
    assert word in keys(form, "de")


def test_titles_and_bodies_are_those_of_every_language() -> None:
    """German titles and bodies are translated to the words that roles in the actor list use."""
    assert titles("de")["bundeskanzlerin"] == "chancellor"
    assert titles("de")["ministerpräsident"] == "prime minister"
    assert bodies("de")["verteidigungsministerium"] == "defence ministry"
    assert len(set(titles("de").values())) >= 80
