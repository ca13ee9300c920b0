"""French, a language that is all data: word lists, cues and names, and no line of code.

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
        "Le président français Emmanuel Macron a visité la Corée du Nord.",
        "emmanuel-macron --visit--> PRK | asserted",
    ),
    ("Emmanuel Macron s'est rendu en Égypte.", "emmanuel-macron --visit--> EGY | asserted"),
    ("Kim Jong-un a rencontré Emmanuel Macron.", "kim-jong-un --meet--> emmanuel-macron | asserted"),
    (
        "Emmanuel Macron s'est entretenu avec Xi Jinping.",
        "emmanuel-macron --negotiate-with--> xi-jinping | asserted",
    ),
    ("Xi Jinping a reçu Emmanuel Macron à Pékin.", "xi-jinping --host--> emmanuel-macron | asserted"),
    (
        "La Norvège et le Danemark ont signé un accord avec l'Islande.",
        "NOR, DNK --sign-agreement--> ISL | asserted",
    ),
    ("La Belgique a livré des chars à l'Ukraine.", "BEL --supply-weapons--> UKR | asserted"),
    ("Le Chili a envoyé des médicaments à Haïti.", "CHL --give-humanitarian-aid--> HTI | asserted"),
    (
        "Les troupes françaises se sont retirées du Niger.",
        "FRA-armed-forces --withdraw-troops--> NER | asserted",
    ),
    ("La Malaisie a levé les sanctions contre la Birmanie.", "MYS --lift-sanctions--> MMR | asserted"),
    ("La Suisse a sanctionné la Biélorussie.", "CHE --impose-sanctions--> BLR | asserted"),
    ("La Bolivie a expulsé l'ambassadeur des États-Unis.", "BOL --expel-diplomats--> USA | asserted"),
    ("La Pologne a déployé des troupes en Lituanie.", "POL --deploy-forces--> LTU | asserted"),
    ("L'armée soudanaise a bombardé le Tchad.", "SDN-armed-forces --bomb--> TCD | asserted"),
    ("Le Tchad a été attaqué par la Libye.", "LBY --attack--> TCD | asserted"),
    ("La Russie a rejeté la proposition de l'Ukraine.", "RUS --reject--> UKR | asserted"),
    ("Kim Jong-un a menacé la Corée du Sud.", "kim-jong-un --threaten--> KOR | asserted"),
    ("L'Espagne remercie le Japon.", "ESP --thank--> JPN | asserted"),
    # negated, denied
    ("La Serbie n'a pas attaqué le Kosovo.", "SRB --attack--> XKX | negated"),
    ("La Serbie n'a jamais attaqué le Kosovo.", "SRB --attack--> XKX | negated"),
    ("La Serbie n'attaque plus le Kosovo.", "SRB --attack--> XKX | negated"),
    ("Aucun pays n'a attaqué Cuba.", "--attack--> CUB | negated"),
    ("La Hongrie a refusé d'envoyer des armes à l'Ukraine.", "HUN --supply-weapons--> UKR | negated"),
    wrong(
        "L'Iran nie avoir fourni des drones à la Russie.",
        "IRN --supply-weapons--> RUS | denied by IRN",
        because="the verb of denial read as an adverb",
    ),
    ("L'Iran dément que la Syrie ait attaqué la Jordanie.", "SYR --attack--> JOR | denied by IRN"),
    ("L'Iran affirme ne pas avoir attaqué Israël.", "IRN --attack--> ISR | denied by IRN"),
    ("Il n'est pas vrai que l'Iran a attaqué Israël.", "IRN --attack--> ISR | negated"),
    ("La Russie n'a ni attaqué la Pologne ni bombardé l'Ukraine.", "RUS --attack--> POL | negated"),
    ("La Russie et l'Ukraine n'ont tenu aucune négociation.", "RUS --negotiate-with--> UKR | negated"),
    ("La Russie ne peut pas attaquer la Pologne.", "RUS --attack--> POL | negated"),
    # accusation, suspicion, rumour
    ("L'Équateur accuse la Colombie de soutenir Cuba.", "COL --support--> CUB | alleged by ECU"),
    ("La Turquie a été accusée d'avoir bombardé la Syrie.", "TUR --bomb--> SYR | alleged"),
    (
        "La Pologne soupçonne la Biélorussie d'avoir attaqué la Lituanie.",
        "BLR --attack--> LTU | alleged by POL",
    ),
    ("Le Tchad aurait attaqué la Libye.", "TCD --attack--> LBY | alleged"),
    ("Selon des rumeurs, Israël a attaqué l'Iran.", "ISR --attack--> IRN | alleged"),
    (
        "La Chine n'a pas confirmé avoir livré des chars à la Russie.",
        "CHN --supply-weapons--> RUS | possible",
    ),
    # planned, requested, possible
    ("L'Iran prévoit de fournir des drones à la Russie.", "IRN --supply-weapons--> RUS | planned"),
    ("Emmanuel Macron va visiter Cuba.", "emmanuel-macron --visit--> CUB | planned"),
    ("Emmanuel Macron visitera Cuba.", "emmanuel-macron --visit--> CUB | planned"),
    ("La Suisse imposera des sanctions au Mali.", "CHE --impose-sanctions--> MLI | planned"),
    (
        "L'Otan a exhorté la Russie à retirer ses troupes d'Ukraine.",
        "withdraw-troops--> UKR | requested by nato",
    ),
    ("Le Canada doit aider Haïti.", "CAN --give-aid--> HTI | requested"),
    ("La Chine pourrait sanctionner Taïwan.", "CHN --impose-sanctions--> TWN | possible"),
    ("La Grèce négociera si la Turquie attaque Chypre.", "TUR --attack--> CYP | possible"),
    # who says so
    (
        "Selon l'ONU, le Soudan a bombardé le Tchad.",
        "SDN --bomb--> TCD | asserted by united-nations",
    ),
    ("Le Kremlin affirme que l'Ukraine a bombardé la Russie.", "UKR --bomb--> RUS | asserted by RUS"),
    (
        "« La Russie a attaqué l'Ukraine sans raison », a déclaré Emmanuel Macron.",
        "UKR | asserted by emmanuel-macron",
    ),
    # words that point back
    ("L'Iran, qui a attaqué Israël, négocie avec Oman.", "IRN --attack--> ISR | asserted"),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_claims_of_a_sentence(text: str, expected: str) -> None:
    """What a French sentence says is found, with the status that its words give to it, and nothing else."""
    found = re.search(r"--(\S+)-->", expected)
    told = claims(text, "fr", found[1] if found else None)
    assert [line for line in told if expected in line], told
    if found:
        assert len(told) == 1


@pytest.mark.parametrize(
    ("words", "date", "precision"),
    [
        ("le 3 mai 2022", "2022-05-03", "day"),
        ("le 12 mars", "2023-03-12", "day"),
        ("en septembre 2019", "2019-09", "month"),
        ("en 2014", "2014", "year"),
        ("mardi", "2023-05-16", "day"),
        ("lundi dernier", "2023-05-15", "day"),
        ("la semaine dernière", "2023-05-08", "week"),
        ("il y a deux mois", "2023-03", "month"),
        ("hier", "2023-05-16", "day"),
        ("avant-hier", "2023-05-15", "day"),
    ],
)
def test_dates(words: str, date: str, precision: str) -> None:
    """A date is read as French writes it, weekdays and "ago" counted from the day of publication."""
    (claim,) = (
        c for c in read(f"La Turquie a bombardé la Syrie {words}.", "fr").claims if c.relation == "bomb"
    )
    assert (claim.date, claim.date_precision) == (date, precision)


def test_cues_cover_the_codebook() -> None:
    """All sixteen event types and nearly all relations can be told in French."""
    relations = load_codebook().relations.values()
    told = [relation for relation in relations if relation.cues.get("fr") and relation.labels.get("fr")]
    assert {relation.event_type for relation in told} >= EVENT_TYPES
    assert len(told) >= 110


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("accusée", "accuser"),
        ("visite", "visiter"),
        ("démentent", "démentir"),
        ("nié", "nier"),
        ("envoyés", "envoyer"),
        ("reçu", "recevoir"),
        ("rejette", "rejeter"),
    ],
)
def test_forms_meet_their_word(form: str, word: str) -> None:
    """Participles, changing stems and verbs that look like nouns are forms of their verb."""
    assert word in keys(form, "fr")


def test_titles_and_bodies_are_those_of_every_language() -> None:
    """French titles and bodies are translated to the words that roles in the actor list use."""
    assert titles("fr")["première ministre"] == "prime minister"
    assert titles("fr")["chef de la diplomatie"] == "foreign minister"
    assert bodies("fr")["diplomatie"] == "foreign ministry"
    assert len(set(titles("fr").values())) >= 80
