"""The examples, read once for all tests of the language part."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.reading import read
from kg.types import Article, Extraction
from tests.nlp.told import reader


@pytest.fixture(scope="session")
def examples_read(examples: Path) -> list[tuple[Article, Extraction]]:
    """Every article of the examples with what was found in it, read together."""
    articles = [article for article in read([examples]) if isinstance(article, Article)]
    found = list(reader().pipe(articles))
    return [(a, e) for a, e in zip(articles, found, strict=True) if isinstance(e, Extraction)]
