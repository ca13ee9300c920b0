"""Polish: word lists and cues, cases and aspects.

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
    ("Prezydent Rosji Władimir Putin odwiedził Kubę.", "visit", "Władimir Putin", "Kubę", "asserted"),
    ("Emmanuel Macron spotkał się z Xi Jinpingiem.", "meet", "Emmanuel Macron", "Xi Jinpingiem", "asserted"),
    ("Iran sprzedał Kubie drony.", "supply-weapons", "Iran", "Kubie", "asserted"),
    ("Rosja wysłała wojska do Angoli.", "deploy-forces", "Rosja", "Angoli", "asserted"),
    ("Kenia została zbombardowana przez Ugandę.", "bomb", "Ugandę", "Kenia", "asserted"),
    ("Iran zaatakował Indie.", "attack", "Iran", "Indie", "asserted"),
    ("Indie nałożyły sankcje na Iran.", "impose-sanctions", "Indie", "Iran", "asserted"),
    ("Atak Iranu na Indie został potępiony.", "attack", "Iranu", "Indie", "asserted"),
    ("Iran, który zaatakował Indie, milczy.", "attack", "Iran", "Indie", "asserted"),
    ("Wczoraj zbombardowano Kubę.", "bomb", "", "Kubę", "asserted"),
    ("W Moskwie zatrzymano dwóch dziennikarzy.", "arrest", "", "dziennikarzy", "asserted"),
    ("Rosja zerwała stosunki z Kenią.", "cut-ties", "Rosja", "Kenią", "asserted"),
    # negated, denied, refused
    ("Iran nigdy nie zaatakował Indii.", "attack", "Iran", "Indii", "negated"),
    ("Żaden kraj nie zaatakował Kuby.", "attack", "", "Kuby", "negated"),
    ("Iran zaprzeczył, że Indie zaatakowały Kosowo.", "attack", "Indie", "Kosowo", "denied"),
    ("Nie jest prawdą, że Iran zaatakował Indie.", "attack", "Iran", "Indie", "negated"),
    ("Iran odmówił zaatakowania Indii.", "reject", "Iran", "", "asserted"),
    # accusation, suspicion, rumour
    ("Indie oskarżyły Iran o atak na Kubę.", "attack", "Iran", "Kubę", "alleged"),
    ("Iran miał zaatakować Indie.", "attack", "Iran", "Indie", "alleged"),
    ("Krążą pogłoski, że Iran zaatakował Indie.", "attack", "Iran", "Indie", "alleged"),
    ("Iran rzekomo zaatakował Indie.", "attack", "Iran", "Indie", "alleged"),
    # planned, requested, possible
    ("Iran zaatakuje Indie.", "attack", "Iran", "Indie", "planned"),
    ("Iran zamierza zaatakować Indie.", "attack", "Iran", "Indie", "planned"),
    ("Iran chce zaatakować Indie.", "attack", "Iran", "Indie", "planned"),
    ("Iran będzie bombardować Indie.", "bomb", "Iran", "Indie", "planned"),
    ("Iran zagroził, że zaatakuje Indie.", "attack", "Iran", "Indie", "planned"),
    ("Indie muszą poprzeć Kubę.", "support", "Indie", "Kubę", "requested"),
    ("Iran może zaatakować Indie.", "attack", "Iran", "Indie", "possible"),
    ("Iran zaatakowałby Indie.", "attack", "Iran", "Indie", "possible"),
    ("Jeśli Iran zaatakuje Indie, Rosja odpowie.", "attack", "Iran", "Indie", "possible"),
    ("Indie obawiają się, że Iran zaatakuje Kubę.", "attack", "Iran", "Kubę", "possible"),
]


def words(claim: Claim, role: str) -> str:
    """The words of the text in a role."""
    return " + ".join(mention.evidence.quote for mention in claim.role(role))


@pytest.mark.parametrize(("text", "relation", "actor", "recipient", "status"), TOLD)
def test_claim_of_a_sentence(text: str, relation: str, actor: str, recipient: str, status: str) -> None:
    """What a sentence says is found once, with its parties and the status that its words give to it."""
    (claim,) = [c for c in read(text, "pl").claims if c.relation == relation]
    assert claim.status == status
    assert actor in words(claim, "actor")
    assert recipient in words(claim, "recipient")


@pytest.mark.parametrize(
    "text",
    [
        "Iran zbombardował Kubę, podał Emmanuel Macron.",
        "„Iran zbombardował Kubę” – powiedział Emmanuel Macron.",
        "Emmanuel Macron powiedział, że Iran zbombardował Kubę.",
        "Iran zbombardował Kubę, oświadczył Emmanuel Macron.",
    ],
)
def test_who_says_so(text: str) -> None:
    """The speaker is whoever stands beside the words of speech, and takes no part in what is told."""
    (claim,) = [c for c in read(text, "pl").claims if c.relation == "bomb"]
    (speaker,) = claim.attributed_to
    assert speaker.evidence.quote.startswith("Emmanuel")
    assert (words(claim, "actor"), words(claim, "recipient")) == ("Iran", "Kubę")


@pytest.mark.parametrize(
    "text",
    [
        "Szczyt rozpoczyna się w Wiedniu, gdy belgijski premier przebywa na wakacjach w Kenii.",
        "Ambasador Iranu mieszka w Indiach.",
        "Przywódcy mówili o Indiach i Iranie.",
    ],
)
def test_nothing_is_told_where_nothing_happens(text: str) -> None:
    """Two names in a sentence make no claim between them."""
    assert not [c for c in read(text, "pl").claims if c.event_type and c.role("recipient")]


@pytest.mark.parametrize(
    ("words", "date", "precision"),
    [
        ("3 maja 2022 roku", "2022-05-03", "day"),
        ("12 marca", "2023-03-12", "day"),
        ("we wrześniu 2019 roku", "2019-09", "month"),
        ("w 2014 roku", "2014", "year"),
        ("we wtorek", "2023-05-16", "day"),
        ("w zeszłym tygodniu", "2023-05-08", "week"),
        ("dwa miesiące temu", "2023-03", "month"),
        ("wczoraj", "2023-05-16", "day"),
        ("przedwczoraj", "2023-05-15", "day"),
    ],
)
def test_dates(words: str, date: str, precision: str) -> None:
    """A date is read as Polish writes it, weekdays and "temu" counted from the day of publication."""
    text = f"Iran zbombardował Kubę {words}."
    (claim,) = [c for c in read(text, "pl").claims if c.relation == "bomb"]
    assert (claim.date, claim.date_precision) == (date, precision)


def test_cues_cover_the_codebook() -> None:
    """All sixteen event types and nearly all relations can be told."""
    relations = load_codebook().relations.values()
    told = [relation for relation in relations if relation.cues.get("pl") and relation.labels.get("pl")]
    assert {relation.event_type for relation in told} >= EVENT_TYPES
    assert len(told) >= 110


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("porwani", "porwać"),
        ("aresztowano", "aresztować"),
        ("zaatakowałby", "zaatakować"),
        ("wyśle", "wysłać"),
        ("rakietami", "rakieta"),
    ],
)
def test_forms_of_a_word(form: str, word: str) -> None:
    """Participles, the impersonal past, the conditional and cases are forms of their word."""
    assert word in keys(form, "pl")


def test_titles_and_bodies_are_those_of_every_language() -> None:
    """Polish titles and bodies are translated to the words that roles in the actor list use."""
    assert titles("pl")["ministra spraw zagranicznych"] == "foreign minister"
    assert bodies("pl")["ministerstwa obrony"] == "defence ministry"
    assert set(titles("pl").values()) <= set(titles("en").values())
    assert set(bodies("pl").values()) <= set(bodies("en").values())
