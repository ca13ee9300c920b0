"""A language that is like another one: its lists are the other's with its own changes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import ontologies
from kg.errors import PipelineError
from kg.nlp.codebook import load_codebook

BOOK = """@prefix kg: <https://kg-builder.org/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
kg:greet a kg:Relation ; rdfs:label "greets"@en ; skos:definition "A greets B."@en ;
    kg:cue "sapa/verb"@id, "hai"@id .
"""


@pytest.fixture
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An ontologies folder of two languages, ``id`` and ``ms`` like it; what was read of it is forgotten."""
    found = tmp_path / "languages"
    for lang in ("id", "ms"):
        (found / lang).mkdir(parents=True)
    (tmp_path / "kg.ttl").write_text("", encoding="utf-8")
    (tmp_path / "relations.ttl").write_text(BOOK, encoding="utf-8")
    (found / "ms" / "language.toml").write_text('like = "id"', encoding="utf-8")
    monkeypatch.setenv("KG_ONTOLOGIES", str(tmp_path))
    yield found
    for name, module in list(sys.modules.items()):
        if name.startswith("kg."):
            for cached in vars(module).values():
                if hasattr(cached, "cache_clear"):
                    cached.cache_clear()


def write(languages: Path, **files: str) -> None:
    """Write ``words.toml`` of the languages named."""
    for lang, text in files.items():
        (languages / lang / "words.toml").write_text(text, encoding="utf-8")


def test_lists_are_joined_and_a_minus_takes_out(languages: Path) -> None:
    """Own words come first, a word with a minus is gone, tables are joined, all else is replaced."""
    write(
        languages,
        id='words = ["tidak", "bisa"]\nmonths = [["mei"]]\n'
        '[inner]\nkept = ["a"]\nmore = ["b"]\n[[pattern]]\ntext = "x"',
        ms='words = ["usah", "-bisa"]\nmonths = [["mac"]]\n[inner]\nmore = ["c"]\n[[pattern]]\ntext = "y"',
    )
    assert ontologies.language("ms", "words") == {
        "words": ["usah", "tidak"],
        "months": [["mac"]],
        "inner": {"kept": ["a"], "more": ["c", "b"]},
        "pattern": [{"text": "y"}, {"text": "x"}],
    }
    assert ontologies.language("id", "words")["words"] == ["tidak", "bisa"]


def test_a_list_that_only_one_of_them_has(languages: Path) -> None:
    """What the language has no file for is wholly the other's, and the other way round."""
    write(languages, id='words = ["tidak"]')
    assert ontologies.language("ms", "words") == {"words": ["tidak"]}
    (languages / "ms" / "own.toml").write_text('words = ["usah"]', encoding="utf-8")
    assert ontologies.language("ms", "own") == {"words": ["usah"]}


def test_taking_out_what_is_not_there_is_told(languages: Path) -> None:
    """A misspelt word with a minus is an error that names the file and the word."""
    write(languages, id='words = ["tidak"]', ms='words = ["-tidk"]')
    with pytest.raises(PipelineError, match=r"languages/ms/words\.toml: -tidk"):
        ontologies.language("ms", "words")


@pytest.mark.parametrize("text", ['like = "xx"', 'like = "ms"', 'other = "id"'])
def test_a_wrong_language_to_be_like_is_told(languages: Path, text: str) -> None:
    """The language must be another one with a folder."""
    (languages / "ms" / "language.toml").write_text(text, encoding="utf-8")
    ontologies._toml.cache_clear()
    with pytest.raises(PipelineError, match=r"language\.toml must say like"):
        ontologies.like(languages, "ms")


def test_cues_are_joined_too(languages: Path) -> None:
    """The codebook gives the language the other's cues, save those with a minus."""
    cues = languages / "ms" / "cues.ttl"
    prefix = "@prefix kg: <https://kg-builder.org/ontology#> .\n"
    cues.write_text(prefix + 'kg:greet kg:cue "tegur/verb"@ms, "-hai"@ms .', encoding="utf-8")
    relation = load_codebook(languages.parent / "relations.ttl").relations["greet"]
    assert [cue.text for cue in relation.cues["ms"]] == ["tegur/verb", "sapa/verb"]
    assert {cue.text for cue in relation.cues["id"]} == {"sapa/verb", "hai"}
    load_codebook.cache_clear()
    cues.write_text(prefix + 'kg:greet kg:cue "-halo"@ms .', encoding="utf-8")
    with pytest.raises(PipelineError, match="kg:greet: -halo"):
        load_codebook(languages.parent / "relations.ttl")
    load_codebook.cache_clear()
