"""Faults, a short round of each; ``benchmarks/faults.py`` does hundreds.

Always through the tool: it forks, and a process that has opened a store, as other tests here have, must not.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import fault_cases
from tests.conftest import REPOSITORY


def faults(*options: str) -> str:
    """What the tool prints with these options; it finds nothing wrong."""
    tool = str(REPOSITORY / "benchmarks" / "faults.py")
    done = subprocess.run([sys.executable, tool, *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_kills_lose_nothing(tmp_path: Path) -> None:
    """After ``kill -9`` what was finished is there, and the next run ends where an undisturbed run ends."""
    faults("--times", "8", "--articles", "8", "--no-cases", "--keep", str(tmp_path))


#: Every file, every damage: minutes.  `make faults` does it, and one damage is tried here as a user sees it.
LONG = "damaged-cache"


@pytest.mark.parametrize("name", [name for name in fault_cases.CASES if name != LONG])
def test_faults_are_told_and_nothing_is_lost(name: str) -> None:
    """Each case: one clear sentence, or the right answer, and all is there again afterwards."""
    said = faults("--times", "0", "--case", name)
    if "skipped: " in said:
        pytest.skip(said.splitlines()[0])
