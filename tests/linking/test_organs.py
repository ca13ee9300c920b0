"""Organs: bodies that every country has, made when they are named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ontologies
from kg.errors import PipelineError
from kg.linking.actors import load_actors
from kg.linking.code_book import load_code_book
from kg.linking.organs import load_organs

COUNTRIES = st.sampled_from(sorted(e.country for e in load_actors() if e.type == "Country" and e.country))
KINDS = st.sampled_from(sorted(load_organs()))


@given(country=COUNTRIES, kind=KINDS)
def test_every_country_has_each_organ(country: str, kind: str) -> None:
    """The entity has its country, an English name, and a code of this country with a sector."""
    actors = load_actors()
    id = actors.organ_of(f"country/{country}", kind)
    found = actors.get(id)
    assert found is not None and (found.id, found.country) == (id, country)
    assert actors.organ(id) == (kind, f"country/{country}")
    assert found.names["en"] and not any("{" in name for names in found.names.values() for name in names)
    code = found.actor_code or ""
    assert code[:3] == country and code[3:] in load_code_book().sectors


def test_names_are_those_of_a_country() -> None:
    """Adjective in English, the name of the country in other languages."""
    found = load_actors().get("organization/JPN-foreign-ministry")
    assert found is not None and found.actor_code == "JPNGOV"
    assert found.names["en"][0] == "Japanese Foreign Ministry"
    assert found.names["id"][:2] == ("Kementerian Luar Negeri Jepang", "Kemlu Jepang")
    assert found.names["ar"] == ("وزارة الخارجية (اليابان)",)


@pytest.mark.parametrize("id", ["organization/XQX-navy", "organization/JPN-choir", "organization/jpn-navy"])
def test_what_is_no_organ_of_a_country_is_not_made(id: str) -> None:
    """Neither unknown countries nor unknown kinds have organs."""
    assert load_actors().get(id) is None and load_actors().organ(id) is None


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('bodies = ["navy"]', 'bodies = ["navi"]', "'navi' in \\[navy\\]"),
        ('bodies = ["navy"]', 'bodies = ["police"]', "'police' is in"),
        ('names.en = "{people} Navy"', 'names.en = "Navy"', "names.en of \\[navy\\]"),
        ('names.id = "Angkatan Laut {country}"', 'names.id = "{people} Navy"', "names.id of \\[navy\\]"),
        ("[navy]", "[Navy]", "\\[Navy\\] needs"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused(
    right: str, wrong: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake in organs.toml is told in one sentence when it is loaded."""
    folder = Path(shutil.copytree(ontologies.folder(), tmp_path / "ontologies"))
    file = folder / "actors" / "organs.toml"
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    monkeypatch.setenv("KG_ONTOLOGIES", str(folder))
    with pytest.raises(PipelineError, match=says):
        load_organs.__wrapped__()
