"""The actor list: its facts, its positions and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import ontologies
from kg.errors import PipelineError
from kg.linking.actors import load_actors, read_actors
from kg.linking.titles import bodies, canonical_titles, title_prefixes, titles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the actor list that a test may spoil."""
    return Path(shutil.copytree(ontologies.path("actors"), tmp_path / "actors"))


def append(file: Path, line: str | dict[str, str]) -> int:
    """Add a line, as it stands or by its cells, to a file and return its number."""
    text = file.read_text(encoding="utf-8")
    if isinstance(line, dict):
        line = ",".join(line.get(column, "") for column in text.split("\n", 1)[0].split(","))
    file.write_text(text + line + "\n", encoding="utf-8")
    return len(text.splitlines()) + 1


XY = {"id": "person/x", "names_en": "Xy Zz"}


def test_positions_are_found_by_date() -> None:
    """Who was president of Russia depends on the day that is asked for."""
    actors = load_actors()
    assert actors.role_holders("president", "country/RUS", "2007-01-01") == ["person/vladimir-putin"]
    assert actors.role_holders("president", "country/RUS", "2010-06") == ["person/dmitry-medvedev"]
    assert actors.role_holders("president", "country/RUS", "2023-07-27") == ["person/vladimir-putin"]
    assert actors.role_holders("president", "country/USA", "2021") == [
        "person/donald-trump",
        "person/joe-biden",
    ]
    assert "person/boris-yeltsin" in actors.role_holders("president", "country/RUS")


def test_at_most_two_people_hold_one_high_office_on_a_day() -> None:
    """No two dated reigns of one office overlap, except on the day it changes hands."""
    actors = load_actors()
    spans: dict[tuple[str, str | None], list[tuple[str, str, str]]] = {}
    for entity in actors:
        for role in entity.roles:
            if role.since:
                spans.setdefault((role.title, role.of), []).append(
                    (role.since, role.until or "9999", entity.id)
                )
    assert spans
    for office, held in spans.items():
        for (_, until, before), (since, _, after) in zip(sorted(held), sorted(held)[1:], strict=False):
            assert until <= since, (office, before, after)


def test_capitals_are_known() -> None:
    """A country has its capital as a place with coordinates; a disputed one has none."""
    actors = load_actors()
    assert actors.capital_of("country/PRK") == "place/pyongyang"
    capital = actors.get("place/pyongyang")
    assert capital is not None and capital.lat == pytest.approx(39.0, abs=0.2)
    assert actors.capital_of("country/ISR") is None


@pytest.mark.parametrize(
    ("file", "line", "word"),
    [
        ("events.csv", {"id": "event/korean-war", "names_en": "Another War"}, "already"),
        ("events.csv", {"id": "event/new-war", "names_en": "Korean War"}, "already belongs"),
        ("events.csv", {"id": "event/new-war"}, "no name"),
        ("events.csv", {"id": "war/new-war", "names_en": "New War"}, "must be event/"),
        ("events.csv", "event/new-war,New War", "as many cells"),
        ("people.csv", {**XY, "country": "QQQ"}, "not the code of a country"),
        ("people.csv", {**XY, "roles": "president of country/QQQ"}, "not in the actor list"),
        ("people.csv", {**XY, "roles": "president of country/RUS 2012-13-01.."}, "not a date"),
        ("people.csv", {**XY, "roles": "president of country/RUS 2012..2010"}, "ends before"),
        ("people.csv", {**XY, "roles": "grand wizard of country/RUS"}, "titles.toml"),
        ("people.csv", {**XY, "roles": "president country/RUS"}, "must look like"),
        ("places.csv", {"id": "place/x", "names_en": "Xy", "lat": "95"}, "lat must be"),
        ("places.csv", {"id": "place/x", "names_en": "Xy", "precision": "exact"}, "precision must be"),
    ],
)
def test_a_mistake_is_refused_with_its_line(
    folder: Path, file: str, line: str | dict[str, str], word: str
) -> None:
    """An analyst who makes a mistake is told the file, the line and what is wrong."""
    number = append(folder / file, line)
    with pytest.raises(PipelineError, match=word) as caught:
        read_actors(folder)
    assert f"{file}, line {number}" in str(caught.value)


@pytest.mark.parametrize(("name", "word"), [("Корейська війна", "already belongs"), ("—", "no name")])
def test_a_name_of_one_language_is_refused_where_that_language_is_read(
    folder: Path, name: str, word: str
) -> None:
    """Names of a language are made when it is read: texts of others are read all the same."""
    number = append(folder / "events.csv", {"id": "event/x-war", "names_en": "X War", "names_uk": name})
    actors = read_actors(folder)
    assert actors.find("the X War", "en")
    for refuse in (lambda: actors.find("війна", "uk"), actors.check_names):
        with pytest.raises(PipelineError, match=word) as caught:
            refuse()
        assert f"events.csv, line {number}" in str(caught.value)


def test_an_unknown_column_or_a_missing_file_is_refused(folder: Path) -> None:
    """A column nobody reads and a file that is gone are mistakes, not silence."""
    events = folder / "events.csv"
    events.write_text(events.read_text(encoding="utf-8").replace("names_en", "nmaes_en", 1), encoding="utf-8")
    with pytest.raises(PipelineError, match="nmaes_en"):
        read_actors(folder)
    events.unlink()
    with pytest.raises(PipelineError, match="missing"):
        read_actors(folder)


def test_a_new_line_is_found_at_once(folder: Path) -> None:
    """Adding a person is adding a line, in a new language too."""
    append(
        folder / "people.csv",
        {"id": "person/xara-qunde", "names_en": "Xara Qunde", "names_id": "Ksara Qunde"},
    )
    (match,) = read_actors(folder).find("kata Ksara Qunde")
    assert match.ids == ("person/xara-qunde",)


def test_titles_of_both_languages_meet() -> None:
    """A title means the same in either language, whatever its case."""
    assert titles("id")["menlu"] == titles("en")["foreign minister"] == "foreign minister"
    assert titles("id")["sekretaris jenderal"] == titles("en")["secretary-general"]
    assert title_prefixes("id")["mantan"] == title_prefixes("en")["ex"] == "former"
    assert bodies("id")["tentara"] == bodies("en")["soldiers"]
    assert "deputy prime minister" in canonical_titles()
    assert titles("xx") == {}
