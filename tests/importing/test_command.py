"""The command: ``kg actors`` in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.importing.files import ftm, put


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "actors", *arguments, "--output", "out"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_actors_are_imported_listed_and_removed(tmp_path: Path) -> None:
    """Before anything is built, files become sources; a bad one ends with 1, bad usage with 2."""
    put(tmp_path, "entities.ftm.json", ftm())
    put(tmp_path, "mine.csv", "name,type\nBramanto Wirasena,Person\n")
    put(tmp_path, "bad.csv", "name,type\nBramanto Wirasena\n")
    done = run(tmp_path, "entities.ftm.json", "mine.csv")
    assert done.returncode == 0 and "mine: 1 entities, 1 names (CSV)" in done.stderr
    bad = run(tmp_path, "bad.csv")
    assert bad.returncode == 1 and bad.stderr.startswith("kg: line 2 of bad.csv: it must have as many cells")
    assert run(tmp_path, "mine.csv", "--remove", "mine").returncode == 2
    assert run(tmp_path, "--remove", "entities").returncode == 0
    listed = [json.loads(line) for line in run(tmp_path, "--format", "jsonl").stdout.splitlines()]
    assert [(one["source"], one["file"], one["entities"]) for one in listed] == [("mine", "mine.csv", 1)]
