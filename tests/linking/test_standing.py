"""Links across articles: by full names in any spelling, never by a surname, never against what is known."""

from __future__ import annotations

import pytest

from kg.graph.record import Record
from kg.linking import Linker
from kg.linking.appearances import key_of
from kg.linking.decisions import decide
from kg.linking.spelling import is_full, spelling_key
from kg.types import Extraction, Link
from tests.graph.samples import Listed, Text


def article(id: str, *people: str, of: str | None = None, prefix: str = "person") -> Extraction:
    """An article that names people; the first one is president of the country ``of``."""
    from kg.linking.ids import slug

    names = ", ".join(people)
    text = Text(id, f"{names} bertemu. Ia presiden Rusia dan Korut.", lang="id")
    for name in people:
        text.claim("meet", "bertemu", f"{names} bertemu.", ("actor", name, f"{prefix}/{slug(name)}"))
    if of:
        country = ("recipient", {"RUS": "Rusia", "PRK": "Korut"}[of], f"country/{of}")
        roles = ("actor", people[0], f"{prefix}/{slug(people[0])}"), ("title", "presiden"), country
        text.claim("holds-role", "presiden", "Ia presiden Rusia dan Korut.", *roles)
    return text.done()


def linked(folder: object, *read: Extraction) -> dict[str, list[str]]:
    """The ids that each article's mentions stand for, countries aside."""
    with Record.open(folder, write=True) as record:  # type: ignore[arg-type]
        for extraction in read:
            record.put(extraction)
        linker = Linker.of(record.path.parent, Listed(), record)
        return {
            extraction.article.id: sorted(
                {m.ref for m in linker.relinked(extraction).mentions if m.ref and "country/" not in m.ref}
            )
            for extraction in record
        }


@pytest.mark.parametrize(
    "names",
    [
        ("Sergey Glazyev", "Sergei Glaziev", "Сергей Глазьев"),
        ("Kim Yo-jong", "Kim Yo Jong", "Kim Yojong"),
        ("Muhammad bin Rashid", "Mohammed bin Rashid"),
        ("Soekarno Poetra", "Sukarno Putra"),
        ("Li Xiaofeng", "李晓峰"),
        ("Ümit Yılmaz", "Umit Yilmaz"),
    ],
)
def test_spellings_of_one_name_have_one_key(names: tuple[str, ...]) -> None:
    """Transliteration, marks, hyphens and ways to write a sound make no other name."""
    assert len({spelling_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karl Marks", "Carl Marks"),
        ("Jong Un", "Yong Un"),
        ("Daniel Roth", "Daniela Roth"),
        ("Lee Min", "Li Mina"),
    ],
)
def test_names_of_two_people_have_two_keys(one: str, other: str) -> None:
    """A letter that tells two names apart is kept."""
    assert spelling_key(one) != spelling_key(other)


def test_what_is_a_full_name() -> None:
    """A particle or an initial makes no full name of a surname."""
    assert [is_full(name) for name in ("Walsh", "de Jong", "W. Bush", "Marty Walsh", "习近平", "安倍")] == [
        False, False, False, True, True, False,
    ]  # fmt: skip
    assert key_of("person/walsh") is None and key_of("place/springfield") is None


def test_two_spellings_in_two_articles_are_one(tmp_path: object) -> None:
    """Whom two articles call by one full name is one, whatever the script; the id is stable."""
    found = linked(tmp_path, article("a", "Sergey Glazyev"), article("b", "Сергей Глазьев"))
    assert found == {"a": ["person/sergey-glazyev"], "b": ["person/sergey-glazyev"]}


def test_a_surname_alone_is_one_of_its_article(tmp_path: object) -> None:
    """Walsh here and Walsh there are two, as long as nobody says otherwise."""
    found = linked(tmp_path, article("a", "Walsh"), article("b", "Walsh"), article("c", "Marty Walsh"))
    assert len({*found["a"], *found["b"], *found["c"]}) == 3
    assert found["a"][0].startswith("person/walsh-")
    alone = linked(tmp_path, article("a", "Walsh"))
    assert alone["a"] == found["a"]


def test_a_listed_person_takes_in_other_spellings(tmp_path: object) -> None:
    """A spelling that the list does not have is still whom it lists, unless the country is another."""
    assert linked(tmp_path, article("a", "Sergey Shoygu"))["a"] == ["person/sergei-shoigu"]
    other = linked(tmp_path, article("a", "Sergey Shoygu", of="PRK"))
    assert other["a"] == ["person/sergey-shoygu"]


def test_positions_of_two_countries_are_two_people(tmp_path: object) -> None:
    """One name, two presidents: they are told apart, and who says nothing of either is linked to none."""
    found = linked(
        tmp_path,
        article("a", "Ivan Petrov", of="RUS"),
        article("b", "Ivan Petrov", of="PRK"),
        article("c", "Ivan Petrov"),
    )
    assert found == {
        "a": ["person/ivan-petrov-rus"], "b": ["person/ivan-petrov-prk"], "c": ["person/ivan-petrov"],
    }  # fmt: skip


def test_who_is_named_beside_another_is_another(tmp_path: object) -> None:
    """An article that writes two spellings means two people."""
    found = linked(tmp_path, article("a", "Sergey Glazyev", "Sergei Glaziev"), article("b", "Sergey Glazyev"))
    assert found["a"] == ["person/sergei-glaziev", "person/sergey-glazyev"]


def test_a_body_is_one_whatever_kind_the_model_took_it_for(tmp_path: object) -> None:
    """An organization here and a group there, written the same, are one; another word is not."""
    found = linked(
        tmp_path,
        article("a", "Front Xara", prefix="organization"),
        article("b", "Front Xara", prefix="group"),
        article("c", "Wazir", prefix="group"),
        article("d", "Vazir", prefix="group"),
    )
    assert found["a"] == found["b"] and found["c"] != found["d"]


@pytest.mark.parametrize("judgement", ["different", "unsure"])
def test_people_outrank_the_program(judgement: str, tmp_path: object) -> None:
    """What people hold apart is not linked, and the reason says so."""
    decide(tmp_path, Link(left="person/sergey-glazyev", right="person/sergei-glaziev", judgement=judgement))  # type: ignore[arg-type]
    found = linked(tmp_path, article("a", "Sergey Glazyev"), article("b", "Sergei Glaziev"))
    assert found == {"a": ["person/sergey-glazyev"], "b": ["person/sergei-glaziev"]}
