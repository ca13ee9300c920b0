"""The score of the language model where the data sets are not: what is in the repository is scored."""

from __future__ import annotations

import importlib

import pytest

from tests.conftest import REPOSITORY


def test_what_is_not_there_breaks_no_floor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only what was measured is compared with its floor; the rest is named."""
    monkeypatch.syspath_prepend(REPOSITORY / "benchmarks")  # it is a script, beside those it imports
    score_model = importlib.import_module("score_model")
    monkeypatch.setattr(score_model, "DATA", (REPOSITORY / "training",))
    monkeypatch.setattr("sys.argv", ["score_model.py", "--quick"])
    score_model.main()
    printed = capsys.readouterr()
    assert "claims-id" in printed.out
    assert "idner is left out" in printed.err
