"""Russian and Ukrainian, where case endings do what prepositions do elsewhere.

Each sentence is given with the one claim of a relation that it makes: who, whom, and the status that its
words give to it, so that a denial, a rumour or a plan cannot also be drawn as a fact.  Parties are compared
by their words, whichever entity they are linked to.
"""

from __future__ import annotations

import pytest

from kg.nlp.codebook import EVENT_TYPES, load_codebook
from kg.nlp.morphology import cases, keys, passive_form
from kg.types import Claim
from tests.nlp.told import read, wrong

TOLD = [
    # who does what to whom
    ("ru", "Израиль атаковал Иран.", "attack", "Израиль", "Иран", "asserted"),
    ("ru", "Сирия была обстреляна Турцией.", "bomb", "Турцией", "Сирия", "asserted"),
    wrong("ru", "Польшу атаковала Россия.", "attack", "Россия", "Польшу", "asserted", because="two objects"),
    ("ru", "Германия поддержала Испанию.", "support", "Германия", "Испанию", "asserted"),
    ("ru", "Малайзия сняла санкции с Мьянмы.", "lift-sanctions", "Малайзия", "Мьянмы", "asserted"),
    ("ru", "Франция вывела войска из Нигера.", "withdraw-troops", "Франция", "Нигера", "asserted"),
    ("ru", "Япония поблагодарила Испанию.", "thank", "Япония", "Испанию", "asserted"),
    ("ru", "Россия отклонила предложение Украины.", "reject", "Россия", "Украины", "asserted"),
    ("ru", "Польша ввела санкции против Мали.", "impose-sanctions", "Польша", "Мали", "asserted"),
    ("ru", "ООН осудила удар Израиля по Ирану.", "attack", "Израиля", "Ирану", "asserted"),
    ("uk", "Ізраїль атакував Іран.", "attack", "Ізраїль", "Іран", "asserted"),
    ("uk", "Сирія була обстріляна Туреччиною.", "bomb", "Туреччиною", "Сирія", "asserted"),
    ("uk", "Німеччина підтримала Іспанію.", "support", "Німеччина", "Іспанію", "asserted"),
    ("uk", "Франція вивела війська з Нігеру.", "withdraw-troops", "Франція", "Нігеру", "asserted"),
    ("uk", "Польща запровадила санкції проти Малі.", "impose-sanctions", "Польща", "Малі", "asserted"),
    # negated, denied, refused, ended
    ("ru", "Сербия не атаковала Косово.", "attack", "Сербия", "Косово", "negated"),
    ("ru", "Сербия никогда не нападала на Косово.", "attack", "Сербия", "Косово", "negated"),
    ("ru", "Иран отрицает, что Сирия атаковала Иорданию.", "attack", "Сирия", "Иорданию", "denied"),
    ("ru", "Тегеран опроверг, что Иран обстрелял Ирак.", "bomb", "Иран", "Ирак", "denied"),
    ("ru", "Неправда, что Иран напал на Израиль.", "attack", "Иран", "Израиль", "negated"),
    ("ru", "Венгрия отказалась поддержать Украину.", "support", "Венгрия", "Украину", "negated"),
    ("ru", "Турция прекратила бомбить Сирию.", "bomb", "Турция", "Сирию", "negated"),
    ("ru", "Россия не станет атаковать Польшу.", "attack", "Россия", "Польшу", "negated"),
    ("uk", "Сербія не атакувала Косово.", "attack", "Сербія", "Косово", "negated"),
    ("uk", "Іран заперечує, що Сирія атакувала Йорданію.", "attack", "Сирія", "Йорданію", "denied"),
    ("uk", "Угорщина відмовилася підтримати Україну.", "support", "Угорщина", "Україну", "negated"),
    ("uk", "Туреччина припинила бомбити Сирію.", "bomb", "Туреччина", "Сирію", "negated"),
    # accusation, suspicion, rumour
    ("ru", "Турция якобы обстреляла Сирию.", "bomb", "Турция", "Сирию", "alleged"),
    ("ru", "По слухам, Израиль атаковал Иран.", "attack", "Израиль", "Иран", "alleged"),
    ("ru", "Предположительно, Израиль атаковал Иран.", "attack", "Израиль", "Иран", "alleged"),
    ("ru", "Польша обвинила Белоруссию в нападении на Литву.", "attack", "", "Литву", "alleged"),
    ("uk", "Туреччина нібито обстріляла Сирію.", "bomb", "Туреччина", "Сирію", "alleged"),
    ("uk", "Імовірно, Ізраїль атакував Іран.", "attack", "Ізраїль", "Іран", "alleged"),
    # planned, requested, possible
    ("ru", "Швейцария введёт санкции против Мали.", "impose-sanctions", "Швейцария", "Мали", "planned"),
    ("ru", "Швейцария введет санкции против Мали.", "impose-sanctions", "Швейцария", "Мали", "planned"),
    ("ru", "Евросоюз готовит санкции против Гаити.", "impose-sanctions", "Евросоюз", "Гаити", "planned"),
    ("ru", "Франция планирует направить войска в Нигер.", "deploy-forces", "Франция", "Нигер", "planned"),
    ("ru", "Турция будет бомбить Сирию.", "bomb", "Турция", "Сирию", "planned"),
    ("ru", "НАТО призвала Россию вывести войска из Украины.", "withdraw-troops", "", "Украины", "requested"),
    ("ru", "Германия должна поддержать Испанию.", "support", "Германия", "Испанию", "requested"),
    ("ru", "Россия может напасть на Польшу.", "attack", "Россия", "Польшу", "possible"),
    ("ru", "Греция ответит, если Турция атакует Кипр.", "attack", "Турция", "Кипр", "possible"),
    ("uk", "Швейцарія запровадить санкції проти Малі.", "impose-sanctions", "Швейцарія", "Малі", "planned"),
    ("uk", "Туреччина бомбитиме Сирію.", "bomb", "Туреччина", "Сирію", "planned"),
    ("uk", "Франція планує направити війська до Нігеру.", "deploy-forces", "Франція", "Нігеру", "planned"),
    ("uk", "Німеччина повинна підтримати Іспанію.", "support", "Німеччина", "Іспанію", "requested"),
    ("uk", "Росія може напасти на Польщу.", "attack", "Росія", "Польщу", "possible"),
    ("uk", "Росія може атакувати Польщу.", "attack", "Росія", "Польщу", "possible"),
]


def words(claim: Claim, role: str) -> str:
    """The words of the text in a role."""
    return " + ".join(mention.evidence.quote for mention in claim.role(role))


@pytest.mark.parametrize(("lang", "text", "relation", "actor", "recipient", "status"), TOLD)
def test_claim_of_a_sentence(
    lang: str, text: str, relation: str, actor: str, recipient: str, status: str
) -> None:
    """What a sentence says is found once, with its parties and the status that its words give to it."""
    (claim,) = [c for c in read(text, lang).claims if c.relation == relation]
    assert claim.status == status
    assert actor in words(claim, "actor")
    assert recipient in words(claim, "recipient")


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        ("ru", "По словам Эмманюэля Макрона, Судан бомбил Чад.", "Эмманюэля Макрона"),
        ("ru", "«Судан бомбил Чад без причины», — заявил Эмманюэль Макрон.", "Эмманюэль Макрон"),
        ("ru", "Эмманюэль Макрон заявил, что Судан бомбил Чад.", "Эмманюэль Макрон"),
        ("uk", "За словами Еммануеля Макрона, Судан бомбив Чад.", "Еммануеля Макрона"),
        ("uk", "Еммануель Макрон заявив, що Судан бомбив Чад.", "Еммануель Макрон"),
    ],
)
def test_who_says_so(lang: str, text: str, speaker: str) -> None:
    """The speaker is whoever stands beside the words of speech, and takes no part in what is told."""
    (claim,) = [c for c in read(text, lang).claims if c.relation == "bomb"]
    assert [m.evidence.quote for m in claim.attributed_to] == [speaker]
    assert speaker not in words(claim, "actor") + words(claim, "recipient")


@pytest.mark.parametrize(
    ("lang", "words", "date", "precision"),
    [
        ("ru", "3 мая 2022 года", "2022-05-03", "day"),
        ("ru", "12 марта", "2023-03-12", "day"),
        ("ru", "в сентябре 2019 года", "2019-09", "month"),
        ("ru", "в 2014 году", "2014", "year"),
        ("ru", "во вторник", "2023-05-16", "day"),
        ("ru", "на прошлой неделе", "2023-05-08", "week"),
        ("ru", "два месяца назад", "2023-03", "month"),
        ("ru", "позавчера", "2023-05-15", "day"),
        ("uk", "3 травня 2022 року", "2022-05-03", "day"),
        ("uk", "у вівторок", "2023-05-16", "day"),
        ("uk", "два місяці тому", "2023-03", "month"),
        ("uk", "учора", "2023-05-16", "day"),
    ],
)
def test_dates(lang: str, words: str, date: str, precision: str) -> None:
    """A date is read as the language writes it, weekdays and "ago" counted from the day of publication."""
    text = {"ru": f"Турция обстреляла Сирию {words}.", "uk": f"Туреччина обстріляла Сирію {words}."}[lang]
    (claim,) = [c for c in read(text, lang).claims if c.relation == "bomb"]
    assert (claim.date, claim.date_precision) == (date, precision)


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_cues_cover_the_codebook(lang: str) -> None:
    """All sixteen event types and nearly all relations can be told."""
    relations = load_codebook().relations.values()
    told = [relation for relation in relations if relation.cues.get(lang) and relation.labels.get(lang)]
    assert {relation.event_type for relation in told} >= EVENT_TYPES
    assert len(told) >= 110


@pytest.mark.parametrize(
    ("lang", "form", "word"),
    [
        ("ru", "обвинённых", "обвинить"),
        ("ru", "арестованных", "арестовать"),
        ("ru", "обстреляна", "обстрелять"),
        ("ru", "введет", "ввести"),
        ("ru", "вертолётами", "вертолет"),
        ("uk", "обстріляне", "обстріляти"),
        ("uk", "постачатиме", "постачати"),
        ("uk", "звинуваченого", "звинуватити"),
    ],
)
def test_forms_meet_their_word(lang: str, form: str, word: str) -> None:
    """Participles, futures and changing stems are forms of their word."""
    assert word in keys(form, lang)


@pytest.mark.parametrize(
    ("lang", "form", "case"),
    [
        ("ru", "Ирану", {"Dat"}),
        ("ru", "Украину", {"Acc"}),
        ("ru", "власти", set()),
        ("ru", "Турцией", {"Ins"}),
        ("ru", "войсками", {"Ins"}),
        ("uk", "президентові", {"Dat", "Loc"}),
        ("uk", "Туреччиною", {"Ins"}),
    ],
)
def test_case_shows_in_the_ending(lang: str, form: str, case: set[str]) -> None:
    """The case of a noun is told where its ending leaves no doubt, and not where it may be another one."""
    assert cases(form, lang) == case


def test_participles_are_passive() -> None:
    """A passive participle is told from an active form of the same verb."""
    assert passive_form("арестованных", "ru") is True
    assert passive_form("арестовал", "ru") is None
