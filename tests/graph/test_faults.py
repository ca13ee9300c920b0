"""Faults, a short round of each; ``benchmarks/faults.py`` does hundreds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import fault_cases
from tests.conftest import REPOSITORY

TOOL = REPOSITORY / "benchmarks" / "faults.py"


def test_kills_lose_nothing(tmp_path: Path) -> None:
    """After ``kill -9`` what was finished is there, and the next run ends where an undisturbed run ends."""
    options = ["--times", "8", "--articles", "8", "--no-cases", "--keep", str(tmp_path)]
    done = subprocess.run([sys.executable, str(TOOL), *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


#: Every file, every damage: minutes.  `make faults` does it, and one damage is tried here as a user sees it.
LONG = "damaged-cache"


@pytest.mark.filterwarnings("ignore:the last line of")
@pytest.mark.parametrize("name", [name for name in fault_cases.CASES if name != LONG])
def test_faults_are_told_and_nothing_is_lost(name: str) -> None:
    """Each case: one clear sentence, or the right answer, and all is there again afterwards."""
    try:
        assert fault_cases.CASES[name]() == []
    except fault_cases.Skipped as reason:
        pytest.skip(str(reason))
