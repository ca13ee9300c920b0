"""``kg codebook check``: every fault of the codebook and the word lists in one sentence, with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import ontologies
from kg.codebook import check
from kg.nlp import morphology
from tests.nlp.test_codebook import GOOD, GREETS, HEADER


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the word lists with a small codebook, which is the one in use."""
    copy = tmp_path / "ontologies"
    shutil.copytree(ontologies.folder(), copy)
    monkeypatch.setenv("KG_ONTOLOGIES", str(copy))
    (copy / "relations.ttl").write_text(f"{HEADER}{GOOD} .\n", encoding="utf-8")
    for cues in copy.glob("languages/*/cues.ttl"):
        cues.unlink()
    return copy


def test_the_codebook_we_ship_has_no_fault() -> None:
    """Neither relations.ttl nor a word list has anything that the check would tell an analyst."""
    assert check() == []


@pytest.mark.parametrize(
    ("entries", "line", "sentence"),
    [
        (
            'kg:hail kg:cue "hail"@en .',
            8,
            "it is not declared 'a kg:Relation', so its cues belong",
        ),
        ('kg:hail a kg:Relation ; rdfs:label "hails"@en .', 8, "kg:hail: it has no definition"),
        (f"kg:hail {GREETS.replace('greet/verb', 'hail')} ;\n  kg:weight 12.0 .", 8, "between -10 and 10"),
        (f'kg:hail {GREETS.replace("greet/verb", "hail")} ; kg:weight "warm" .', 8, "which is not a number"),
        (f'kg:hail {GREETS.replace("greet/verb", "hail")} ,\n  "greet/verb"@en .', 9, "says the same as"),
        (f'kg:hail {GREETS.replace("greet/verb", "hail")} ,\n  "salute"@enn .', 9, "without a folder"),
        (
            f"kg:hail {GREETS.replace('greet/verb', 'hail')} ; kg:symmetric true ; owl:inverseOf kg:greet .",
            8,
            "it is symmetric and has the inverse kg:greet",
        ),
        (
            f"kg:hail {GREETS.replace('greet/verb', 'hail')} ; owl:inverseOf kg:nobody .",
            8,
            "is not a relation",
        ),
        (
            f'{GOOD} , "say/verb hello|hi"@en .\nkg:hail {GREETS.replace("greet/verb", "say/verb hi")} .',
            9,
            "is never used: 'say/verb hello|hi' of kg:greet",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(folder: Path, entries: str, line: int, sentence: str) -> None:
    """The line is that of the entry, or of the cue where one is to blame; what is added begins in line 8."""
    with (folder / "relations.ttl").open("a", encoding="utf-8") as file:
        file.write(f"\n{entries}\n")
    shown = [one for one in check() if sentence in one]
    assert len(shown) == 1 and shown[0].startswith(f"relations.ttl:{line}: "), check()


def test_all_faults_are_told_at_once(folder: Path) -> None:
    """An analyst need not correct one to see the next."""
    with (folder / "relations.ttl").open("a", encoding="utf-8") as file:
        file.write('kg:a kg:cue "x/y"@en .\nkg:b kg:colour "red" .\n')
    (folder / "languages/en/names.toml").write_text("misc = 1", encoding="utf-8")
    text = "\n".join(check())
    for part in ("kg:a: it is not", "head 'x/y'", "kg:colour is unknown", "names.toml:1: misc must be true"):
        assert part in text


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("en/cues.toml", "x = 1", "languages/en/cues.toml: nothing reads this file"),
        (
            "en/light.toml",
            'verbs = ["make"]\nverb = ["do"]',
            "light.toml:2: verb is unknown, use joined, suffered, verbs",
        ),
        ("en/light.toml", '# x\nverbs = ["make", "make"]', "light.toml:2: verbs has 'make' 2 times"),
        ("en/light.toml", 'verbs = "make"', "light.toml:1: verbs must be a list of texts"),
        ("en/status.toml", "[modifier]\nplaned = []", "status.toml:2: modifier.planed is unknown"),
        ("en/light.toml", "verbs = [", "not valid TOML"),
        ("id/morphology.toml", "prefixes = []", "unknown entry 'prefixes'"),
    ],
)
def test_a_fault_of_a_word_list_is_told(folder: Path, file: str, text: str, sentence: str) -> None:
    """What no reader would see, such as a misspelt key, is a fault and not a silent loss."""
    ontologies._toml.cache_clear()
    (folder / "languages" / file).write_text(text, encoding="utf-8")
    morphology.rules.cache_clear()
    found = check()
    morphology.rules.cache_clear()
    assert any(sentence in line for line in found), found
