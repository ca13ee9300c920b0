"""Sources on disk: replaced by name, removed, whole or not there at all."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import KGError, StoreError
from kg.importing import bring, remove, sources
from kg.importing.sources import opened
from kg.linking.imported import keys
from tests.importing.files import put

LIST = "name,type,country\n{},Person,IDN\n"


def known(folder: Path, name: str) -> bool:
    return any(opened(folder).candidates(key) for key in keys("Person", [name]))


def test_the_same_source_again_replaces_it(tmp_path: Path) -> None:
    """What a newer file lacks is gone; other sources stay."""
    bring(put(tmp_path, "mine.csv", LIST.format("Xara Qunde")), tmp_path)
    bring(put(tmp_path, "other.csv", LIST.format("Bramanto Wirasena")), tmp_path)
    before = opened(tmp_path).fingerprint
    bring(put(tmp_path, "new.csv", LIST.format("Ani Sari")), tmp_path, name="mine")
    assert [(one.source, one.file) for one in sources(tmp_path)] == [
        ("mine", "new.csv"), ("other", "other.csv"),
    ]  # fmt: skip
    assert not known(tmp_path, "Xara Qunde")
    assert known(tmp_path, "Ani Sari") and known(tmp_path, "Bramanto Wirasena")
    assert opened(tmp_path).fingerprint != before


def test_a_removed_source_is_gone(tmp_path: Path) -> None:
    """Nothing of it is left; one that is not there is told with those that are."""
    bring(put(tmp_path, "mine.csv", LIST.format("Xara Qunde")), tmp_path)
    with pytest.raises(KGError, match="no source is called 'her': mine was imported"):
        remove(tmp_path, "her")
    remove(tmp_path, "mine")
    assert sources(tmp_path) == [] and list((tmp_path / "actors").iterdir()) == []
    assert opened(tmp_path).fingerprint == ""


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    """Where the new file finds no room, one sentence says so, and the old one still answers."""
    bring(put(tmp_path, "mine.csv", LIST.format("Xara Qunde")), tmp_path)
    names = "".join(f"Orang Nomor {n} Panjang,Person,IDN\n" for n in range(5_000))
    path = put(tmp_path, "mine.csv", "name,type,country\n" + names)
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "from kg.importing import bring; from kg.errors import StoreError\n"
        "try: bring(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except StoreError as error: print(error)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, path, tmp_path], capture_output=True, text=True)
    assert ran.stdout.startswith("cannot write") and "free space" in ran.stdout, ran.stderr
    assert [one.entities for one in sources(tmp_path)] == [1] and known(tmp_path, "Xara Qunde")
    assert [file.name for file in (tmp_path / "actors").iterdir()] == ["mine.sqlite"]


def test_what_a_killed_import_left_is_swept_away(tmp_path: Path) -> None:
    """A half file is no source, and the next import takes its place."""
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / ".mine.sqlite.new").write_bytes(b"half")
    assert sources(tmp_path) == []
    bring(put(tmp_path, "mine.csv", LIST.format("Xara Qunde")), tmp_path)
    assert [file.name for file in (tmp_path / "actors").iterdir()] == ["mine.sqlite"]


def test_a_damaged_source_says_what_to_do(tmp_path: Path) -> None:
    """A file that is no database, or lacks what it should have, is told by its name."""
    bring(put(tmp_path, "mine.csv", LIST.format("Xara Qunde")), tmp_path)
    path = tmp_path / "actors" / "mine.sqlite"
    whole = path.read_bytes()
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match=r"mine.sqlite is damaged .*import it again, or delete the file"):
        opened(tmp_path)
    path.write_bytes(whole)
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM about WHERE name = 'entities'")
    database.close()
    with pytest.raises(StoreError, match=r"mine.sqlite is damaged"):
        sources(tmp_path)


def test_other_rules_of_spelling_make_the_names_anew(tmp_path: Path) -> None:
    """A source made by an older version is made anew from itself, without its file."""
    bring(put(tmp_path, "mine.csv", LIST.format("Xara Qunde")), tmp_path)
    with sqlite3.connect(tmp_path / "actors" / "mine.sqlite") as database:
        database.execute("UPDATE about SET value = 'older' WHERE name = 'made_by'")
        database.execute("UPDATE name SET key = 'person old'")
    database.close()
    (tmp_path / "mine.csv").unlink()
    assert known(tmp_path, "Xara Qunde")
    assert [one.file for one in sources(tmp_path)] == ["mine.csv"]
