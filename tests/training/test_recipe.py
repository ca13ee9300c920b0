"""The recipe: what is refused, and what the shipped one promises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import PipelineError
from training import card, config
from training.__main__ import main
from training.files import EVENTS, META, MODEL, RELATIONS, TABLE, TOKENIZER


def test_no_data_set_of_the_recipe_is_for_some_uses_only() -> None:
    """Every set that is learnt from names its credit and a licence that allows all uses."""
    recipe = config.load()
    assert card.restricted(replace(recipe, start=replace(recipe.start, restricted=()))) == []
    assert all(entry.credit for entry in recipe.data)


def test_the_card_says_what_the_model_before_had_learnt_from() -> None:
    """Weights that go on from restricted ones are called restricted, with the reason."""
    recipe = config.load()
    sizes = dict.fromkeys((MODEL, TABLE, TOKENIZER, RELATIONS, EVENTS, META), 1)
    text = card.card(recipe, sizes, {})
    assert recipe.start.data in text and "CC BY-NC-SA 4.0: not for every use" in text
    assert all(name in text for name in recipe.start.restricted)


def test_no_development_or_test_file_of_ours_is_learnt_from() -> None:
    """The files that are measured on are not among those that are learnt from."""
    recipe = config.load()
    held = {(entry.path, entry.part) for entry in recipe.dev}
    assert all((entry.path, "held") in held for entry in recipe.dev if entry.part)
    assert not {(entry.path, entry.part) for entry in recipe.data} & held
    assert all(entry.part == "learn" for entry in recipe.data if entry.path in {path for path, _ in held})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seed = 1", "sead = 1", "sead"),
        ("seed = 1", "", "seed"),
        ('format = "jsonl"', 'format = "xml"', "xml"),
        ("weight = 1.0", "weight = 0.0", "weight"),
        ("[shape]", "[shape", "cannot be read"),
        ("[losses]", "[lasses]", "losses"),
    ],
)
def test_a_wrong_recipe_is_refused_by_name(tmp_path: Path, old: str, new: str, message: str) -> None:
    """The message names the file and the entry."""
    path = tmp_path / "recipe.toml"
    path.write_text(config.RECIPE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PipelineError, match=message) as caught:
        config.load(path)
    assert "recipe.toml" in str(caught.value)


def test_missing_data_are_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says which file is missing and where to read how to get it."""
    assert main(["data", "--data", str(tmp_path)]) == 1
    error = capsys.readouterr().err
    assert "training/README.md" in error and error.count("\n") == 1


def test_the_card_names_every_set_with_its_licence() -> None:
    """Credit and licence of all data, and the figures, are in the card."""
    recipe = config.load()
    sizes = dict.fromkeys((MODEL, TABLE, TOKENIZER, RELATIONS, EVENTS, META), 1_500_000)
    text = card.card(recipe, sizes, {"id": {"upos": 90.0, "uas": 80.0, "las": 71.25}, "idner": {"f1": 66.6}})
    assert all(entry.credit in text and entry.licence in text for entry in recipe.data)
    assert "| id | 90.0 | 80.0 | 71.2 |" in text and "| idner | 66.6 |" in text
