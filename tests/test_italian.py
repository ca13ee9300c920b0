"""Italian: word lists and cues, and no line of code.

Each sentence is given with the one claim of a relation that it makes: who, whom, and the status that its
words give to it, so that a denial, a rumour or a plan cannot also be drawn as a fact.  Parties are compared
by their words, whichever entity they are linked to.
"""

from __future__ import annotations

import pytest

from kg.linking.titles import bodies, titles
from kg.nlp.codebook import EVENT_TYPES, load_codebook
from kg.nlp.morphology import keys
from kg.types import Claim
from tests.nlp.told import read

TOLD = [
    # who does what to whom
    ("Il presidente russo Vladimir Putin ha visitato Cuba.", "visit", "Vladimir Putin", "Cuba", "asserted"),
    ("Cuba è stata visitata da Emmanuel Macron.", "visit", "Emmanuel Macron", "Cuba", "asserted"),
    ("Xi Jinping e Vladimir Putin si sono incontrati.", "meet", "Xi Jinping", "Vladimir Putin", "asserted"),
    ("L'Iran ha venduto droni a Cuba.", "supply-weapons", "Iran", "Cuba", "asserted"),
    ("Cuba ha ricevuto droni dall'Iran.", "supply-weapons", "Iran", "Cuba", "asserted"),
    ("Le truppe dell'Uganda si sono ritirate dal Kenya.", "withdraw-troops", "", "Kenya", "asserted"),
    ("Il Paraguay ha rotto le relazioni con l'Iran.", "cut-ties", "Paraguay", "Iran", "asserted"),
    ("La Russia ha inviato truppe in Angola.", "deploy-forces", "Russia", "Angola", "asserted"),
    ("Il Kenya è stato bombardato dall'Uganda.", "bomb", "Uganda", "Kenya", "asserted"),
    ("La Russia ha respinto la proposta dell'Iran.", "reject", "Russia", "Iran", "asserted"),
    ("L'Iran, che ha attaccato l'India, tace.", "attack", "Iran", "India", "asserted"),
    ("L'India ha imposto sanzioni contro l'Iran.", "impose-sanctions", "India", "Iran", "asserted"),
    ("La visita di Xi Jinping a Cuba è finita.", "visit", "Xi Jinping", "Cuba", "asserted"),
    ("Emmanuel Macron ha avuto un colloquio telefonico con Xi Jinping.", "call", "Macron", "Xi", "asserted"),
    ("Due marinai indiani sono stati rapiti dagli Houthi.", "kidnap", "Houthi", "marinai", "asserted"),
    ("L'uccisione di Fidel Castro da parte dell'Iran è nota.", "kill", "Iran", "Fidel Castro", "asserted"),
    # negated, denied, refused
    ("L'Iran non ha mai attaccato l'India.", "attack", "Iran", "India", "negated"),
    ("Nessun Paese ha attaccato Cuba.", "attack", "", "Cuba", "negated"),
    ("Nessuna sanzione è stata imposta all'Iran dall'India.", "impose-sanctions", "India", "Iran", "negated"),
    ("L'Iran nega che l'India abbia attaccato il Kosovo.", "attack", "India", "Kosovo", "denied"),
    ("L'Iran ha smentito di aver attaccato l'India.", "attack", "Iran", "India", "denied"),
    ("Non è vero che l'Iran ha attaccato l'India.", "attack", "Iran", "India", "negated"),
    ("L'Iran si è rifiutato di attaccare l'India.", "attack", "Iran", "India", "negated"),
    ("L'Iran ha smesso di bombardare l'India.", "bomb", "Iran", "India", "negated"),
    ("L'Iran non è riuscito ad attaccare l'India.", "attack", "Iran", "India", "negated"),
    ("L'India ha impedito all'Iran di attaccare Cuba.", "attack", "Iran", "Cuba", "negated"),
    # accusation, suspicion, rumour
    ("L'Ecuador accusa la Colombia di sostenere Cuba.", "support", "Colombia", "Cuba", "alleged"),
    ("L'India ha accusato l'Iran di un attacco contro Cuba.", "attack", "Iran", "Cuba", "alleged"),
    ("L'Iran è accusato dall'India di aver attaccato Cuba.", "attack", "Iran", "Cuba", "alleged"),
    ("L'Iran avrebbe attaccato l'India.", "attack", "Iran", "India", "alleged"),
    ("L'Iran starebbe fornendo droni a Cuba.", "supply-weapons", "Iran", "Cuba", "alleged"),
    ("Corrono voci che l'Iran abbia attaccato l'India.", "attack", "Iran", "India", "alleged"),
    ("L'Iran ha presumibilmente attaccato l'India.", "attack", "Iran", "India", "alleged"),
    ("Sembra che l'Iran abbia attaccato l'India.", "attack", "Iran", "India", "alleged"),
    # planned, requested, possible
    ("L'Iran attaccherà l'India.", "attack", "Iran", "India", "planned"),
    ("L'Iran sta per attaccare l'India.", "attack", "Iran", "India", "planned"),
    ("L'Iran intende fornire droni a Cuba.", "supply-weapons", "Iran", "Cuba", "planned"),
    ("L'India è pronta ad attaccare l'Iran.", "attack", "India", "Iran", "planned"),
    ("L'Iran ha minacciato di attaccare l'India.", "attack", "Iran", "India", "planned"),
    ("L'India ha chiesto alla Russia di sostenere Cuba.", "support", "Russia", "Cuba", "requested"),
    ("L'India deve sostenere Cuba.", "support", "India", "Cuba", "requested"),
    ("L'Iran potrebbe attaccare l'India.", "attack", "Iran", "India", "possible"),
    ("Se l'Iran attacca l'India, la Russia risponderà.", "attack", "Iran", "India", "possible"),
    ("L'Iran ha attaccato l'India?", "attack", "Iran", "India", "possible"),
    ("L'India teme che l'Iran attacchi Cuba.", "attack", "Iran", "Cuba", "possible"),
]


def words(claim: Claim, role: str) -> str:
    """The words of the text in a role."""
    return " + ".join(mention.evidence.quote for mention in claim.role(role))


@pytest.mark.parametrize(("text", "relation", "actor", "recipient", "status"), TOLD)
def test_claim_of_a_sentence(text: str, relation: str, actor: str, recipient: str, status: str) -> None:
    """What a sentence says is found once, with its parties and the status that its words give to it."""
    (claim,) = [c for c in read(text, "it").claims if c.relation == relation]
    assert claim.status == status
    assert actor in words(claim, "actor")
    assert recipient in words(claim, "recipient")


@pytest.mark.parametrize(
    "text",
    [
        "Secondo Emmanuel Macron, l'Iran ha bombardato l'India.",
        "«L'Iran ha bombardato l'India», ha dichiarato Emmanuel Macron.",
        "Emmanuel Macron ha detto che l'Iran ha bombardato l'India.",
        "L'Iran ha bombardato l'India, ha detto Emmanuel Macron.",
    ],
)
def test_who_says_so(text: str) -> None:
    """The speaker is whoever stands beside the words of speech, and takes no part in what is told."""
    (claim,) = [c for c in read(text, "it").claims if c.relation == "bomb"]
    assert [m.evidence.quote for m in claim.attributed_to] == ["Emmanuel Macron"]
    assert (words(claim, "actor"), words(claim, "recipient")) == ("Iran", "India")


@pytest.mark.parametrize(
    "text",
    [
        "Il vertice si apre a Vienna mentre il premier belga è in vacanza in Kenya.",
        "L'ambasciatore dell'Iran vive in India.",
        "I leader hanno parlato dell'India e dell'Iran.",
    ],
)
def test_nothing_is_told_where_nothing_happens(text: str) -> None:
    """Two names in a sentence make no claim between them."""
    assert not [c for c in read(text, "it").claims if c.event_type and c.role("recipient")]


@pytest.mark.parametrize(
    ("words", "date", "precision"),
    [
        ("il 3 maggio 2022", "2022-05-03", "day"),
        ("il 12 marzo", "2023-03-12", "day"),
        ("nel settembre 2019", "2019-09", "month"),
        ("nel 2014", "2014", "year"),
        ("martedì", "2023-05-16", "day"),
        ("la settimana scorsa", "2023-05-08", "week"),
        ("due mesi fa", "2023-03", "month"),
        ("ieri", "2023-05-16", "day"),
        ("l'altro ieri", "2023-05-15", "day"),
    ],
)
def test_dates(words: str, date: str, precision: str) -> None:
    """A date is read as Italian writes it, weekdays and "fa" counted from the day of publication."""
    text = f"L'Iran ha bombardato l'India {words}."
    (claim,) = [c for c in read(text, "it").claims if c.relation == "bomb"]
    assert (claim.date, claim.date_precision) == (date, precision)


def test_cues_cover_the_codebook() -> None:
    """All sixteen event types and nearly all relations can be told."""
    relations = load_codebook().relations.values()
    told = [relation for relation in relations if relation.cues.get("it") and relation.labels.get("it")]
    assert {relation.event_type for relation in told} >= EVENT_TYPES
    assert len(told) >= 110


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("accusati", "accusare"),
        ("respinse", "respingere"),
        ("uccisero", "uccidere"),
        ("imporrà", "imporre"),
        ("invierebbe", "inviare"),
        ("dell'", "di"),
    ],
)
def test_forms_meet_their_word(form: str, word: str) -> None:
    """Participles, the remote past, futures and articulated prepositions are forms of their word."""
    assert word in keys(form, "it")


def test_titles_and_bodies_are_those_of_every_language() -> None:
    """Italian titles and bodies are translated to the words that roles in the actor list use."""
    assert titles("it")["ministro degli esteri"] == "foreign minister"
    assert bodies("it")["ministero dell’interno"] == "interior ministry"
    assert set(titles("it").values()) <= set(titles("en").values())
    assert set(bodies("it").values()) <= set(bodies("en").values())
