"""Dutch: word lists and cues, and the object that stands before its verb.

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
    (
        "De Russische president Vladimir Poetin heeft Cuba bezocht.",
        "visit",
        "Vladimir Poetin",
        "Cuba",
        "asserted",
    ),
    ("Cuba werd bezocht door Emmanuel Macron.", "visit", "Emmanuel Macron", "Cuba", "asserted"),
    ("Iran heeft drones aan Cuba verkocht.", "supply-weapons", "Iran", "Cuba", "asserted"),
    ("Rusland heeft troepen naar Angola gestuurd.", "deploy-forces", "Rusland", "Angola", "asserted"),
    ("Rusland heeft Kenia met raketten aangevallen.", "attack", "Rusland", "Kenia", "asserted"),
    ("Kenia werd door Oeganda gebombardeerd.", "bomb", "Oeganda", "Kenia", "asserted"),
    ("Iran viel India aan.", "attack", "Iran", "India", "asserted"),
    ("Gisteren heeft Iran India aangevallen.", "attack", "Iran", "India", "asserted"),
    ("Iran, dat India aanviel, zwijgt.", "attack", "Iran", "India", "asserted"),
    ("India legde sancties op aan Iran.", "impose-sanctions", "India", "Iran", "asserted"),
    (
        "De Verenigde Staten hebben dinsdag nieuwe sancties ingesteld tegen Iran.",
        "impose-sanctions",
        "Verenigde Staten",
        "Iran",
        "asserted",
    ),
    ("De aanval van Iran op India is voorbij.", "attack", "Iran", "India", "asserted"),
    ("De politie heeft twee Iraanse journalisten opgepakt.", "arrest", "politie", "journalisten", "asserted"),
    # negated, denied, refused
    ("Iran heeft India nooit aangevallen.", "attack", "Iran", "India", "negated"),
    ("Geen enkel land heeft Cuba aangevallen.", "attack", "", "Cuba", "negated"),
    ("Iran ontkent dat India Kosovo heeft aangevallen.", "attack", "India", "Kosovo", "denied"),
    ("Het is niet waar dat Iran India heeft aangevallen.", "attack", "Iran", "India", "negated"),
    ("Iran weigerde India aan te vallen.", "attack", "Iran", "India", "negated"),
    # accusation, suspicion, rumour
    ("India beschuldigde Iran van een aanval op Cuba.", "attack", "Iran", "Cuba", "alleged"),
    ("Iran zou India hebben aangevallen.", "attack", "Iran", "India", "alleged"),
    ("Het gerucht gaat dat Iran India heeft aangevallen.", "attack", "Iran", "India", "alleged"),
    ("Naar verluidt heeft Iran India aangevallen.", "attack", "Iran", "India", "alleged"),
    ("Iran heeft India vermoedelijk aangevallen.", "attack", "Iran", "India", "alleged"),
    # planned, requested, possible
    ("Iran zal India aanvallen.", "attack", "Iran", "India", "planned"),
    ("Iran wil India aanvallen.", "attack", "Iran", "India", "planned"),
    ("Iran gaat India aanvallen.", "attack", "Iran", "India", "planned"),
    ("India moet Cuba steunen.", "support", "India", "Cuba", "requested"),
    ("Iran kan India aanvallen.", "attack", "Iran", "India", "possible"),
    ("Als Iran India aanvalt, reageert Rusland.", "attack", "Iran", "India", "possible"),
    ("India vreest dat Iran Cuba aanvalt.", "attack", "Iran", "Cuba", "possible"),
]


def words(claim: Claim, role: str) -> str:
    """The words of the text in a role."""
    return " + ".join(mention.evidence.quote for mention in claim.role(role))


@pytest.mark.parametrize(("text", "relation", "actor", "recipient", "status"), TOLD)
def test_claim_of_a_sentence(text: str, relation: str, actor: str, recipient: str, status: str) -> None:
    """What a sentence says is found once, with its parties and the status that its words give to it."""
    (claim,) = [c for c in read(text, "nl").claims if c.relation == relation]
    assert claim.status == status
    assert actor in words(claim, "actor")
    assert recipient in words(claim, "recipient")


@pytest.mark.parametrize(
    "text",
    [
        "Volgens Emmanuel Macron heeft Iran Cuba gebombardeerd.",
        "'Iran heeft Cuba gebombardeerd', zei Emmanuel Macron.",
        "Emmanuel Macron zei dat Iran Cuba heeft gebombardeerd.",
        "Iran heeft Cuba gebombardeerd, aldus Emmanuel Macron.",
    ],
)
def test_who_says_so(text: str) -> None:
    """The speaker is whoever stands beside the words of speech, and takes no part in what is told."""
    (claim,) = [c for c in read(text, "nl").claims if c.relation == "bomb"]
    assert [m.evidence.quote for m in claim.attributed_to] == ["Emmanuel Macron"]
    assert (words(claim, "actor"), words(claim, "recipient")) == ("Iran", "Cuba")


@pytest.mark.parametrize(
    "text",
    [
        "De top opent in Wenen terwijl de Belgische premier op vakantie is in Kenia.",
        "De ambassadeur van Iran woont in India.",
        "De leiders spraken over India en Iran.",
    ],
)
def test_nothing_is_told_where_nothing_happens(text: str) -> None:
    """Two names in a sentence make no claim between them."""
    assert not [c for c in read(text, "nl").claims if c.event_type and c.role("recipient")]


@pytest.mark.parametrize(
    ("words", "date", "precision"),
    [
        ("op 3 mei 2022", "2022-05-03", "day"),
        ("op 12 maart", "2023-03-12", "day"),
        ("in september 2019", "2019-09", "month"),
        ("in 2014", "2014", "year"),
        ("dinsdag", "2023-05-16", "day"),
        ("vorige week", "2023-05-08", "week"),
        ("twee maanden geleden", "2023-03", "month"),
        ("gisteren", "2023-05-16", "day"),
        ("eergisteren", "2023-05-15", "day"),
    ],
)
def test_dates(words: str, date: str, precision: str) -> None:
    """A date is read as Dutch writes it, weekdays and "geleden" counted from the day of publication."""
    text = f"Iran bombardeerde Cuba {words}."
    (claim,) = [c for c in read(text, "nl").claims if c.relation == "bomb"]
    assert (claim.date, claim.date_precision) == (date, precision)


def test_cues_cover_the_codebook() -> None:
    """All sixteen event types and nearly all relations can be told."""
    relations = load_codebook().relations.values()
    told = [relation for relation in relations if relation.cues.get("nl") and relation.labels.get("nl")]
    assert {relation.event_type for relation in told} >= EVENT_TYPES
    assert len(told) >= 110


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("aangevallen", "aanvallen"),
        ("overgehaald", "overhalen"),
        ("vroeg", "vragen"),
        ("getraind", "trainen"),
        ("teruggetrokken", "terugtrekken"),
    ],
)
def test_forms_of_a_word(form: str, word: str) -> None:
    """A form that simplemma does not know, or parts, meets its dictionary form."""
    assert word in keys(form, "nl")


def test_titles_and_bodies_are_those_of_every_language() -> None:
    """Dutch titles and bodies are translated to the words that roles in the actor list use."""
    assert titles("nl")["minister van buitenlandse zaken"] == "foreign minister"
    assert bodies("nl")["ministerie van defensie"] == "defence ministry"
    assert set(titles("nl").values()) <= set(titles("en").values())
    assert set(bodies("nl").values()) <= set(bodies("en").values())
