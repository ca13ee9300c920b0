"""Portuguese, of Brazil and of Portugal: word lists, cues and names, and no line of code.

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
    ("O presidente russo, Vladimir Putin, visitou Cuba.", "vladimir-putin --visit--> CUB | asserted"),
    ("A Finlândia foi visitada por Emmanuel Macron.", "emmanuel-macron --visit--> FIN | asserted"),
    ("Kim Jong-un reuniu-se com Vladimir Putin.", "kim-jong-un --meet--> vladimir-putin | asserted"),
    wrong(
        "O Egito mediou entre Israel e o Hamas.",
        "EGY --mediate--> ISR, hamas | asserted",
        because="the second party is lost",
    ),
    ("A Noruega e a Dinamarca assinaram um acordo com Malta.", "NOR, DNK --sign-agreement--> MLT | asserted"),
    ("A Bélgica forneceu tanques à Ucrânia.", "BEL --supply-weapons--> UKR | asserted"),
    ("A Costa Rica agradeceu ao Japão.", "CRI --thank--> JPN | asserted"),
    ("As tropas francesas retiraram-se do Níger.", "FRA-armed-forces --withdraw-troops--> NER | asserted"),
    ("A Suíça sancionou a Bielorrússia.", "CHE --impose-sanctions--> BLR | asserted"),
    ("O Paraguai rompeu relações com a Síria.", "PRY --cut-ties--> SYR | asserted"),
    ("A Bolívia expulsou o embaixador de Israel.", "BOL --expel-diplomats--> ISR | asserted"),
    ("A Polónia enviou tropas para a Lituânia.", "POL --deploy-forces--> LTU | asserted"),
    ("O Exército sudanês bombardeou o Chade.", "SDN-armed-forces --bomb--> TCD | asserted"),
    ("A polícia do Egito prendeu Mohamed Morsi.", "EGY-police --arrest--> mohamed-morsi | asserted"),
    ("A Rússia rejeitou a proposta da Ucrânia.", "RUS --reject--> UKR | asserted"),
    ("Javier Milei criticou Pedro Sánchez.", "javier-milei --criticise--> pedro-sanchez | asserted"),
    # negated, denied
    ("A Sérvia não atacou o Kosovo.", "SRB --attack--> XKX | negated"),
    ("A Sérvia nunca atacou o Kosovo.", "SRB --attack--> XKX | negated"),
    ("Nenhum país atacou Cuba.", "--attack--> CUB | negated"),
    ("A Hungria recusou-se a enviar armas à Ucrânia.", "HUN --supply-weapons--> UKR | negated"),
    ("A Hungria deixou de enviar armas à Ucrânia.", "HUN --supply-weapons--> UKR | negated"),
    ("O Irã negou ter fornecido drones à Rússia.", "IRN --supply-weapons--> RUS | denied by IRN"),
    ("O Irão desmentiu que a Síria tenha atacado a Jordânia.", "SYR --attack--> JOR | denied by IRN"),
    ("A Sérvia não voltou a atacar o Kosovo.", "SRB --attack--> XKX | negated"),
    ("Israel não confirmou que atacou o Líbano.", "ISR --attack--> LBN | denied by ISR"),
    # accusation, suspicion, rumour
    ("O Equador acusa a Colômbia de apoiar as FARC.", "COL --support--> farc | alleged by ECU"),
    ("A Turquia foi acusada de bombardear a Síria.", "TUR --bomb--> SYR | alleged"),
    ("A Polônia suspeita que a Bielorrússia atacou a Lituânia.", "BLR --attack--> LTU | alleged by POL"),
    ("O Chade teria atacado a Líbia.", "TCD --attack--> LBY | alleged"),
    ("O Chade terá atacado a Líbia.", "TCD --attack--> LBY | alleged"),
    ("Cuba alegadamente espiou o Canadá.", "CUB --cyber-attack--> CAN | alleged"),
    ("Há rumores de que Israel atacou o Irão.", "ISR --attack--> IRN | alleged"),
    ("Cuba estaria a fornecer armas a Angola.", "CUB --supply-weapons--> AGO | alleged"),
    # planned, requested, possible
    ("O Irã planeja fornecer drones à Rússia.", "IRN --supply-weapons--> RUS | planned"),
    ("Vladimir Putin vai visitar Cuba.", "vladimir-putin --visit--> CUB | planned"),
    ("Vladimir Putin visitará Cuba.", "vladimir-putin --visit--> CUB | planned"),
    (
        "A Otan instou a Rússia a retirar tropas da Ucrânia.",
        "RUS --withdraw-troops--> UKR | requested by nato",
    ),
    ("O Canadá deveria ajudar o Haiti.", "CAN --give-aid--> HTI | requested"),
    ("A China poderia sancionar Taiwan.", "CHN --impose-sanctions--> TWN | possible"),
    ("O Chade atacaria a Líbia.", "TCD --attack--> LBY | possible"),
    ("Se a Turquia atacar Chipre, a Grécia negociará.", "TUR --attack--> CYP | possible"),
    # who says so
    (
        "Segundo a ONU, o Sudão bombardeou o Chade.",
        "SDN --bomb--> TCD | asserted by united-nations",
    ),
    ("O Kremlin afirmou que a Ucrânia bombardeou a Rússia.", "UKR --bomb--> RUS | asserted by RUS"),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_claims_of_a_sentence(text: str, expected: str) -> None:
    """What a Portuguese sentence says is found, with the status its words give to it, and nothing else."""
    found = re.search(r"--(\S+)-->", expected)
    told = claims(text, "pt", found[1] if found else None)
    assert [line for line in told if expected in line], told
    if found:
        assert len(told) == 1


@pytest.mark.parametrize(
    ("words", "date", "precision"),
    [
        ("em 3 de maio de 2022", "2022-05-03", "day"),
        ("a 12 de março", "2023-03-12", "day"),
        ("em setembro de 2019", "2019-09", "month"),
        ("em 2014", "2014", "year"),
        ("na terça-feira", "2023-05-16", "day"),
        ("na última segunda-feira", "2023-05-15", "day"),
        ("na semana passada", "2023-05-08", "week"),
        ("há dois meses", "2023-03", "month"),
        ("ontem", "2023-05-16", "day"),
        ("anteontem", "2023-05-15", "day"),
    ],
)
def test_dates(words: str, date: str, precision: str) -> None:
    """A date is read as Portuguese writes it, weekdays and "ago" counted from the day of publication."""
    told = read(f"A Turquia bombardeou a Síria {words}.", "pt").claims
    (claim,) = (c for c in told if c.relation == "bomb")
    assert (claim.date, claim.date_precision) == (date, precision)


def test_cues_cover_the_codebook() -> None:
    """All sixteen event types and nearly all relations can be told in Portuguese."""
    relations = load_codebook().relations.values()
    told = [relation for relation in relations if relation.cues.get("pt") and relation.labels.get("pt")]
    assert {relation.event_type for relation in told} >= EVENT_TYPES
    assert len(told) >= 110


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("acusada", "acusar"),
        ("visita", "visitar"),
        ("reuniu-se", "reunir"),
        ("demitiu-se", "demitir-se"),
        ("negou", "negar"),
        ("impôs", "impor"),
        ("mísseis", "míssil"),
    ],
)
def test_forms_meet_their_word(form: str, word: str) -> None:
    """Participles, verbs that look like nouns and verbs with a pronoun are forms of their verb."""
    assert word in keys(form, "pt")


def test_titles_and_bodies_are_those_of_every_language() -> None:
    """Portuguese titles and bodies are translated to the words that roles in the actor list use."""
    assert titles("pt")["chanceler"] == "foreign minister"
    assert titles("pt")["primeira-ministra"] == "prime minister"
    assert bodies("pt")["chancelaria"] == "foreign ministry"
    assert len(set(titles("pt").values())) >= 80
