"""Fixtures that several folders of tests use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

import kg

REPOSITORY = Path(__file__).resolve().parent.parent

# A property holds however slow the machine: none is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def examples() -> Path:
    """The articles written for this project."""
    return REPOSITORY / "examples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real articles and gold, which are no part of the project; skips where they are not there."""
    folder = Path(os.environ.get("KG_SHARED") or REPOSITORY.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip("no folder ../shared (or $KG_SHARED) with real articles and gold")
    return folder


@pytest.fixture(scope="session")
def examples_graph(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """The graph of the examples, built once; tests must not change it."""
    output = tmp_path_factory.mktemp("examples") / "output"
    report = kg.build([examples], output)
    assert not report.errors
    return kg.open(output)
