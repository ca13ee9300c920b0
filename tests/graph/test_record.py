"""The record keeps what was finished, whatever happens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.graph.record import NAME, Record
from kg.types import Article, Extraction
from tests.graph.samples import accusation, extractions, visit


def test_what_was_put_is_read_back_after_closing(tmp_path: Path) -> None:
    """Extractions come back equal, sorted by article id, with their fingerprints."""
    with Record.open(tmp_path, write=True) as record:
        record.put(visit())
        record.put(accusation())
        assert record.get("kunjungan") == visit()
    with Record.open(tmp_path) as record:
        assert list(record) == [accusation(), visit()]
        assert record.fingerprint("kunjungan") == "f1" and record.fingerprint("unknown") is None
        assert record.get("unknown") is None and "kunjungan" in record and len(record) == 2


def test_a_folder_without_a_record_holds_nothing(tmp_path: Path) -> None:
    """Reading needs no record, and makes none."""
    with Record.open(tmp_path / "new") as record:
        assert list(record) == []
    assert not (tmp_path / "new").exists()


@settings(max_examples=40)
@given(steps=st.lists(st.tuples(st.booleans(), extractions(st.sampled_from("abc"))), max_size=10))
def test_the_last_word_about_an_article_counts(
    steps: list[tuple[bool, Extraction]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever is put, replaced and removed: what is read is the last state, compacted or not."""
    folder = tmp_path_factory.mktemp("record")
    expected: dict[str, Extraction] = {}
    with Record.open(folder, write=True) as record:
        for put, extraction in steps:
            if put:
                record.put(extraction)
                expected[extraction.article.id] = extraction
            elif expected.pop(extraction.article.id, None):
                record.remove(extraction.article.id)
        digest = record.digest
        record.compact()
        assert list(record) == [expected[key] for key in sorted(expected)]
        assert record.digest == digest
    with Record.open(folder) as record:
        assert list(record) == [expected[key] for key in sorted(expected)]
    assert len((folder / NAME).read_bytes().splitlines()) == len(expected)


def test_the_same_extraction_twice_adds_no_line(tmp_path: Path) -> None:
    """Reading an unchanged article again leaves the file as it was."""
    with Record.open(tmp_path, write=True) as record:
        record.put(visit())
        before = (tmp_path / NAME).read_bytes()
        record.put(visit())
    assert (tmp_path / NAME).read_bytes() == before


@pytest.mark.parametrize("cut", [1, 40, 400])
def test_a_half_written_last_line_is_dropped_and_nothing_else(tmp_path: Path, cut: int) -> None:
    """After a kill in the middle of a line the rest is there, and writing goes on."""
    with Record.open(tmp_path, write=True) as record:
        record.put(visit())
        record.put(accusation())
    file = tmp_path / NAME
    file.write_bytes(file.read_bytes()[:-cut])
    with pytest.warns(UserWarning, match="cut off"), Record.open(tmp_path, write=True) as record:
        assert list(record) == [visit()]
        record.put(accusation())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Record.open(tmp_path) as record:
            assert list(record) == [accusation(), visit()]


@pytest.mark.parametrize("damage", [b"\x00\x00 nonsense", b'{"article": {}}', b"[1, 2]", b"\xff\xfe"])
def test_a_damaged_line_is_named(tmp_path: Path, damage: bytes) -> None:
    """A broken line in the middle stops with its number and what to do."""
    with Record.open(tmp_path, write=True) as record:
        record.put(visit())
        record.put(accusation())
    file = tmp_path / NAME
    first, second = file.read_bytes().splitlines()
    file.write_bytes(b"\n".join([first, damage, second, b""]))
    with pytest.raises(StoreError, match=r"line 2 of .* delete that line"):
        Record.open(tmp_path)


def test_a_line_of_another_shape_is_named_when_it_is_read(tmp_path: Path) -> None:
    """A line whose article has an unknown field is reported, not half read."""
    data = visit().to_json()
    data["article"]["mood"] = "grim"
    (tmp_path / NAME).write_text(json.dumps(data) + "\n", encoding="utf-8")
    with Record.open(tmp_path) as record, pytest.raises(StoreError, match="line 1"):
        record.get("kunjungan")


def test_there_is_one_writer_and_readers_may_look_on(tmp_path: Path) -> None:
    """A second writer is told to wait; a reader is not."""
    with Record.open(tmp_path, write=True) as record:
        record.put(visit())
        with pytest.raises(StoreError, match="another run is writing"):
            Record.open(tmp_path, write=True)
        with Record.open(tmp_path) as reader:
            assert len(reader) == 1
    Record.open(tmp_path, write=True).close()


def test_another_process_cannot_write_at_the_same_time(tmp_path: Path) -> None:
    """The lock holds between processes, and a killed process leaves none behind."""
    script = (
        "import sys, time; from kg.graph.record import Record; "
        "record = Record.open(sys.argv[1], write=True); print('ready', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(StoreError, match="another run is writing"):
            Record.open(tmp_path, write=True)
        other.kill()
    Record.open(tmp_path, write=True).close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full to play a full disk")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    """A write that does not fit says so and what to do."""
    (tmp_path / NAME).symlink_to("/dev/full")
    record = Record.open(tmp_path / "empty", write=True)
    record.path = tmp_path / NAME
    with pytest.raises(StoreError, match=r"No space left.*free space"):
        record.put(visit())
    record.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_one_sentence(tmp_path: Path) -> None:
    """A folder that cannot be written is named, with what to do."""
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="choose another folder"):
        Record.open(tmp_path, write=True)


def test_reading_does_not_write(tmp_path: Path) -> None:
    """A record opened for reading refuses changes."""
    with Record.open(tmp_path, write=True) as record:
        record.put(visit())
    with Record.open(tmp_path) as record, pytest.raises(StoreError, match="reading only"):
        record.put(accusation())


def test_half_a_character_does_not_stop_a_run(tmp_path: Path) -> None:
    """A text with a lone surrogate is kept, with a question mark in its place."""
    with Record.open(tmp_path, write=True) as record:
        record.put(Extraction(article=Article(id="a", text="x\ud800y")))
    with Record.open(tmp_path) as record:
        found = record.get("a")
        assert found is not None and found.article.text == "x?y"


def test_a_copied_record_is_indexed_once(tmp_path: Path) -> None:
    """Readers of a copy do not all read it from end to end; one that was cut off stays as it is."""
    with Record.open(tmp_path / "first", write=True) as record:
        record.put(visit())
    lines = (tmp_path / "first" / NAME).read_bytes()
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / NAME).write_bytes(lines)
    with Record.open(tmp_path / "copy") as one, Record.open(tmp_path / "copy") as other:
        assert one.version == other.version and list(one) == [visit()]
    (tmp_path / "copy" / NAME).write_bytes(lines + lines[:50])
    with pytest.warns(UserWarning, match="cut off"), Record.open(tmp_path / "copy") as record:
        assert list(record) == [visit()]
    assert (tmp_path / "copy" / NAME).read_bytes() == lines + lines[:50]
