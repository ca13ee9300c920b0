"""Fixtures of the reading tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ArticleError
from kg.reading import read
from kg.types import Article


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., Article]:
    """Reads a text as a file with a given name."""

    def read_page(text: str, name: str = "page.txt") -> Article:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        (found,) = read([path])
        assert isinstance(found, Article), found
        return found

    return read_page


@pytest.fixture
def line(tmp_path: Path) -> Callable[..., Article]:
    """Reads one article given as the fields of a JSON line."""

    def read_line(**fields: Any) -> Article:
        path = tmp_path / "lines.jsonl"
        path.write_text(json.dumps(fields), encoding="utf-8")
        (found,) = read([path])
        assert isinstance(found, Article), found
        return found

    return read_line


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., str]:
    """The message with which a file of the given bytes is refused."""

    def read_bytes(data: bytes, name: str = "bad.txt") -> str:
        path = tmp_path / name
        path.write_bytes(data)
        (found,) = read([path])
        assert isinstance(found, ArticleError), found
        assert str(path) in found.source
        return str(found)

    return read_bytes
