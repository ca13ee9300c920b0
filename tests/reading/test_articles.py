"""Whole collections: our own examples, and the real articles where they are present."""

from __future__ import annotations

from pathlib import Path

from kg.reading import read
from kg.types import Article


def test_the_examples_are_read_without_an_error(examples: Path) -> None:
    """Every example is an article with a date, in Indonesian or English, with its furniture marked."""
    found = list(read([examples]))
    articles = [item for item in found if isinstance(item, Article)]
    assert len(articles) == len(found) >= 12
    assert all(article.published for article in articles)
    languages = [article.lang for article in articles]
    assert languages.count("id") >= 6 and languages.count("en") >= 4
    assert all(
        not any(article.text[zone.end : zone.end + 1].isalnum() for zone in article.zones)
        for article in articles
    )


def test_real_articles_are_read_without_an_error(shared: Path) -> None:
    """Every real article is read, in its language, and the given texts keep their characters."""
    found = list(read([shared / "articles"]))
    assert [item for item in found if not isinstance(item, Article)] == []
    assert {item.lang for item in found if isinstance(item, Article)} == {"id", "en"}


def test_the_pasted_page_of_2023(shared: Path) -> None:
    """Of the real pasted page only the article itself is read, and its facts are known."""
    (article,) = read([shared / "articles" / "korea-utara-rusia-2023-07-27.txt"])
    assert isinstance(article, Article)
    assert article.published == "2023-07-27T14:55:00+07:00"
    assert article.agency == "PR DEPOK" and article.cites == ("RT",)
    kinds = [zone.kind for zone in article.zones]
    assert kinds == ["headline", "date", "caption", "credit", "dateline"] + ["related"] * 3 + [
        *("furniture", "byline", "source"),
        *("furniture",) * 3,
    ]
