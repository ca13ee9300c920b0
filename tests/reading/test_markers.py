"""The language files: a mistake in one is reported with its file and what is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import ontologies
from kg.errors import PipelineError
from kg.reading import markers


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("[relatd]\nlabels = ['A']", "relatd"),
        ("[related]\nlabel = ['A']", "'label'"),
        ("[related]\nlabels = 'A'", "list of texts"),
        ("[related]\nlabels = ['']", "list of texts"),
        ("[related]\ninside = ['(']", "regular expression"),
        ("related = 1", "must be a section"),
        ("[related", "not valid TOML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, word: str) -> None:
    """A wrong section, key, value or pattern stops with the file's name and the entry."""
    file = tmp_path / "languages" / "xx" / "reading.toml"
    file.parent.mkdir(parents=True)
    file.write_text(content)
    shutil.copy(ontologies.path("kg.ttl"), tmp_path / "kg.ttl")
    monkeypatch.setenv("KG_ONTOLOGIES", str(tmp_path))
    with pytest.raises(PipelineError, match=r"reading\.toml") as error:
        markers.load()
    assert word in str(error.value)


def test_a_new_label_takes_effect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an analyst adds to a language file is used without a change of code."""
    file = tmp_path / "languages" / "xx" / "reading.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[related]\nlabels = ['Zie ook']\n[agencies]\n'ANP' = ['ANP']")
    shutil.copy(ontologies.path("kg.ttl"), tmp_path / "kg.ttl")
    monkeypatch.setenv("KG_ONTOLOGIES", str(tmp_path))
    from kg.reading.zones import lay_out

    layout = lay_out("Titel\n\nAMSTERDAM (ANP) - De koning kwam.\nZie ook: Meer", markers.load())
    assert layout.agency == "ANP"
    assert [zone.kind for zone in layout.zones] == ["headline", "dateline", "related"]
