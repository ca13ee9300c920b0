"""The package as strangers install it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment with the built wheel in it.

    The dependencies come from the environment of the tests, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True)
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / "bin"
    install = [programs / "python", "-m", "pip", "install", "--no-deps", "--no-index"]
    subprocess.run([*install, next(folder.glob("*.whl"))], check=True, capture_output=True)
    site = subprocess.run(
        [programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    Path(site, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return programs


def test_the_wheel_builds_a_graph_from_elsewhere(installed: Path, tmp_path: Path) -> None:
    """Model, ontologies and page are in the wheel: the main job runs in another folder."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "PYTHON"))}
    where = subprocess.run(
        [installed / "python", "-c", "import kg; print(kg.__file__)"],
        cwd=tmp_path, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert str(installed.parent) in where.stdout
    article = tmp_path / "news.jsonl"
    article.write_text(json.dumps({"id": "n", "lang": "en", "text": "Vladimir Putin visited North Korea."}))
    kg = [str(installed / "kg")]
    built = subprocess.run(
        [*kg, "build", "news.jsonl"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert built.returncode == 0, built.stderr
    rows = subprocess.run(
        [*kg, "query", "--name", "plain-edges", "--format", "jsonl"],
        cwd=tmp_path, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert "North Korea" in rows.stdout, rows.stderr
    assert (tmp_path / "output" / "explorer.html").is_file()
