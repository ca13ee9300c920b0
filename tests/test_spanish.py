"""Spanish, a language that is all data: word lists, cues and names, and no line of code.

Each sentence is given with all claims of one relation that it makes, so that a denial, a rumour or a
plan cannot also be drawn as a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kg.linking.actors import load_actors
from kg.linking.titles import bodies, titles
from kg.nlp.codebook import EVENT_TYPES, load_codebook
from kg.nlp.morphology import keys
from tests.nlp.told import claims, mentions, read

TOLD = [
    # who does what to whom
    ("El presidente ruso Vladímir Putin visitó Corea del Norte.", "vladimir-putin --visit--> PRK | asserted"),
    ("Corea del Norte fue visitada por Serguéi Shoigú.", "sergei-shoigu --visit--> PRK | asserted"),
    ("Kim Jong-un se reunió con Vladímir Putin.", "kim-jong-un --meet--> vladimir-putin | asserted"),
    ("Xi Jinping recibió a Gabriel Boric en Pekín.", "xi-jinping --host--> gabriel-boric | asserted"),
    ("Uruguay envió una carta a Guyana.", "URY --send-letter--> GUY | asserted"),
    ("Egipto medió entre Israel y Hamás.", "EGY --mediate--> ISR, hamas | asserted"),
    ("Noruega y Dinamarca firmaron un acuerdo con Islandia.", "NOR, DNK --sign-agreement--> ISL | asserted"),
    ("Cuba e Irán reanudaron las negociaciones.", "CUB --negotiate-with--> IRN | asserted"),
    ("Costa Rica agradeció a Japón la donación.", "CRI --thank--> JPN | asserted"),
    ("Suecia y Finlandia cooperan con Estonia.", "SWE, FIN --cooperate-with--> EST | asserted"),
    ("Chile entregó medicinas a Haití.", "CHL --give-humanitarian-aid--> HTI | asserted"),
    ("Bélgica suministró tanques a Ucrania.", "BEL --supply-weapons--> UKR | asserted"),
    ("Bolivia liberó a Evan Gershkovich.", "BOL --release--> evan-gershkovich | asserted"),
    ("Las tropas francesas se retiraron de Níger.", "FRA-armed-forces --withdraw-troops--> NER | asserted"),
    ("Malasia levantó las sanciones contra Birmania.", "MYS --lift-sanctions--> MMR | asserted"),
    ("Panamá cedió ante Estados Unidos.", "PAN --yield-to--> USA | asserted"),
    ("Perú aceptó la propuesta de Brasil.", "PER --accept--> BRA | asserted"),
    ("Miles de personas protestaron contra Nicolás Maduro.", "nicolas-maduro | asserted"),
    ("Suiza sancionó a Bielorrusia.", "CHE --impose-sanctions--> BLR | asserted"),
    ("Paraguay rompió relaciones con Siria.", "PRY --cut-ties--> SYR | asserted"),
    ("Bolivia expulsó al embajador de Estados Unidos.", "BOL --expel-diplomats--> USA | asserted"),
    ("España llamó a consultas a su embajador en Argentina.", "ESP --recall-ambassador--> ARG | asserted"),
    ("Polonia desplegó tropas en Lituania.", "POL --deploy-forces--> LTU | asserted"),
    ("La policía de Egipto detuvo a Mohamed Mursi.", "EGY-police --arrest--> mohamed-morsi | asserted"),
    ("El Ejército sudanés bombardeó Chad.", "SDN-armed-forces --bomb--> TCD | asserted"),
    ("Rusia rechazó la propuesta de Ucrania.", "RUS --reject--> UKR | asserted"),
    ("Kim Jong-un amenazó a Corea del Sur.", "kim-jong-un --threaten--> KOR | asserted"),
    ("Javier Milei criticó a Pedro Sánchez.", "javier-milei --criticise--> pedro-sanchez | asserted"),
    (
        "La Unión Europea condenó la agresión rusa contra Ucrania.",
        "european-union --criticise--> RUS | asserted",
    ),
    # negated, denied
    ("Serbia no atacó a Kosovo.", "SRB --attack--> XKX | negated"),
    ("Ningún país atacó Cuba.", "<Ningún país> --attack--> CUB | negated"),
    ("Hungría se negó a enviar armas a Ucrania.", "HUN --supply-weapons--> UKR | negated"),
    ("Irán negó haber suministrado drones a Rusia.", "IRN --supply-weapons--> RUS | denied by IRN"),
    ("Irán desmintió que Siria atacara Jordania.", "SYR --attack--> JOR | denied by IRN"),
    ("Irán dijo que no atacó Israel.", "IRN --attack--> ISR | denied by IRN"),
    # accusation, suspicion, rumour
    ("Ecuador acusa a Colombia de apoyar a las FARC.", "COL --support--> farc | alleged by ECU"),
    ("Turquía fue acusada de bombardear Siria.", "TUR --bomb--> SYR | alleged"),
    ("Turquía fue acusada por Armenia de bombardear Siria.", "TUR --bomb--> SYR | alleged by ARM"),
    ("Polonia sospecha que Bielorrusia atacó Lituania.", "BLR --attack--> LTU | alleged by POL"),
    ("Chad habría atacado Libia.", "TCD --attack--> LBY | alleged"),
    ("Cuba supuestamente espió a Estados Unidos.", "CUB --cyber-attack--> USA | alleged"),
    ("Chad presuntamente atacó Libia.", "TCD --attack--> LBY | alleged"),
    ("Se rumorea que Israel atacó Irán.", "ISR --attack--> IRN | alleged"),
    # planned, requested, possible
    ("Irán planea suministrar drones a Rusia.", "IRN --supply-weapons--> RUS | planned"),
    ("Vladímir Putin va a visitar Cuba.", "vladimir-putin --visit--> CUB | planned"),
    ("Zelenski viajó a Polonia para reunirse con Andrzej Duda.", "meet--> andrzej-duda | planned"),
    ("Ucrania exigió a Rusia que retire sus tropas de Crimea.", "crimea | requested by UKR"),
    ("La OTAN instó a Rusia a retirar sus tropas de Ucrania.", "withdraw-troops--> UKR | requested by nato"),
    ("Canadá debería ayudar a Haití.", "CAN --give-aid--> HTI | requested"),
    ("China podría sancionar a Taiwán.", "CHN --impose-sanctions--> TWN | possible"),
    ("Grecia negociará si Turquía ataca Chipre.", "TUR --attack--> CYP | possible"),
    # who says so
    ("Según la ONU, Sudán bombardeó Chad.", "SDN --bomb--> TCD | asserted by united-nations"),
    ("El Kremlin afirmó que Ucrania bombardeó Rusia.", "UKR --bomb--> RUS | asserted by RUS"),
    ("«Rusia atacó Ucrania sin motivo alguno», dijo Emmanuel Macron.", "UKR | asserted by emmanuel-macron"),
    # words that point back
    ("Irán, que atacó Israel, negocia con Omán.", "IRN --attack--> ISR | asserted"),
    ("Xi Jinping viajó a Rusia. Él se reunió con Putin.", "xi-jinping --meet--> vladimir-putin | asserted"),
    # future and conditional by ending; whom and where to, both with "a"
    ("Vladímir Putin visitará Cuba.", "vladimir-putin --visit--> CUB | planned"),
    ("Suiza impondrá sanciones a Malí.", "CHE --impose-sanctions--> MLI | planned"),
    ("Chad atacaría Libia.", "TCD --attack--> LBY | possible"),
    ("Chile debatía con Perú.", "CHL --negotiate-with--> PER | asserted"),
    ("Chile extraditó a Juan Pérez a Perú.", "CHL --deport--> juan-perez | asserted"),
    ("El Gobierno de Nicaragua sancionó a Chile.", "NIC --impose-sanctions--> CHL | asserted"),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_claims_of_a_sentence(text: str, expected: str) -> None:
    """What a Spanish sentence says is found, with the status that its words give to it, and nothing else."""
    found = re.search(r"--(\S+)-->", expected)
    told = claims(text, "es", found[1] if found else None)
    assert [line for line in told if expected in line], told
    if found:
        assert len(told) == 1


@pytest.mark.parametrize(
    ("words", "date", "precision"),
    [
        ("el 3 de mayo de 2022", "2022-05-03", "day"),
        ("el 12 de marzo", "2023-03-12", "day"),
        ("en septiembre de 2019", "2019-09", "month"),
        ("en 2014", "2014", "year"),
        ("el martes", "2023-05-16", "day"),
        ("el pasado lunes", "2023-05-15", "day"),
        ("la semana pasada", "2023-05-08", "week"),
        ("hace dos meses", "2023-03", "month"),
        ("ayer", "2023-05-16", "day"),
        ("anteayer", "2023-05-15", "day"),
        ("antes de ayer", "2023-05-15", "day"),
    ],
)
def test_dates(words: str, date: str, precision: str) -> None:
    """A date is read as Spanish writes it, weekdays and "ago" counted from the day of publication."""
    (claim,) = (c for c in read(f"Turquía bombardeó Siria {words}.", "es").claims if c.relation == "bomb")
    assert (claim.date, claim.date_precision) == (date, precision)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("El ministro de Exteriores ruso, Serguéi Lavrov, llegó a Cuba.", "Serguéi Lavrov = sergei-lavrov"),
        ("El expresidente Jair Bolsonaro viajó a EE. UU.", "EE. UU. = USA"),
        ("Los norcoreanos atacaron un puesto surcoreano.", "surcoreano = KOR"),
        ("La Casa Blanca no respondió a Teherán.", "Casa Blanca = USA"),
        ("El Consejo de Seguridad se reunió el lunes.", "Consejo de Seguridad = un-security-council"),
    ],
)
def test_names(text: str, expected: str) -> None:
    """Persons, countries, their people and bodies are known by their Spanish names."""
    assert expected in [told.removeprefix("La ").removeprefix("El ") for told in mentions(text, "es")]


def _found(text: str) -> Iterator[str]:
    for match in load_actors().find(text):
        yield from match.ids


@pytest.mark.parametrize(
    "text",
    [
        "Seekor rusa lepas dari kandang rusa di Bogor.",
        "Rusa itu lari.",
        "Chinos are on sale.",
        "Gales hit the coast.",
    ],
)
def test_ordinary_words_of_other_languages(text: str) -> None:
    """A Spanish name that is an ordinary word of Indonesian or English is not found where it is one."""
    assert not [id for id in _found(text) if id.startswith("country/") or id == "place/wales"]


def test_polonia_airport() -> None:
    """The old airport of Medan is not Poland."""
    assert "country/POL" not in set(_found("Pesawat itu mendarat di Bandara Polonia, Medan."))


def test_cues_cover_the_codebook() -> None:
    """All sixteen event types and nearly all relations can be told in Spanish."""
    relations = load_codebook().relations.values()
    told = [relation for relation in relations if relation.cues.get("es") and relation.labels.get("es")]
    assert {relation.event_type for relation in told} >= EVENT_TYPES
    assert len(told) >= 110


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("acusada", "acusar"),
        ("visita", "visitar"),
        ("impuesto", "imponer"),
        ("reunirse", "reunir"),
        ("negó", "negar"),
    ],
)
def test_forms_meet_their_word(form: str, word: str) -> None:
    """Participles, verbs that look like nouns and infinitives with a pronoun are forms of their verb."""
    assert word in keys(form, "es")


def test_titles_and_bodies_are_those_of_every_language() -> None:
    """Spanish titles and bodies are translated to the words that roles in the actor list use."""
    assert titles("es")["canciller"] == "foreign minister"
    assert titles("es")["primera ministra"] == "prime minister"
    assert bodies("es")["cancillería"] == "foreign ministry"
    assert len(set(titles("es").values())) >= 80
