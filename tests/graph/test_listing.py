"""The rows of the listings keep to the formats that others build on."""

from __future__ import annotations

import json

import kg

CLAIM_KEYS = [
    "id", "article", "relation", "label", "event_type", "cameo", "actors", "recipients", "others", "polarity",
    "modality", "status", "attributed_to", "date", "date_precision", "date_basis", "place", "evidence",
    "more_evidence", "trigger", "score",
]  # fmt: skip
ENTITY_KEYS = [
    "id", "type", "name", "names", "country", "actor_code", "codes", "roles", "same_as", "sources",
    "lat", "lon", "precision", "articles", "mentions",
]  # fmt: skip
MENTION_KEYS = ["article", "start", "end", "text", "type", "entity", "name", "score"]
PARTICIPANT_KEYS = {"entity", "name", "type", "text", "start", "end", "codes"}


def test_claims_have_the_agreed_keys(examples_graph: kg.Graph) -> None:
    """A claim's row has exactly the agreed keys, in their order, and is plain JSON."""
    for row in examples_graph.claims():
        assert list(row) == CLAIM_KEYS
        assert json.loads(json.dumps(row)) == row
        assert list(row["evidence"]) == ["start", "end", "quote"]
        others = [one for group in row["others"].values() for one in group]
        for participant in [*row["actors"], *row["recipients"], *row["attributed_to"], *others]:
            assert set(participant) == PARTICIPANT_KEYS
        assert "actor" not in row["others"] and "recipient" not in row["others"]
        if row["place"]:
            assert set(row["place"]) == {"entity", "name", "text", "start", "end", "lat", "lon", "precision"}


def test_mentions_and_quotes_have_the_agreed_keys(examples_graph: kg.Graph) -> None:
    """The rows of mentions and quotes have exactly the agreed keys."""
    assert all(list(row) == MENTION_KEYS for row in examples_graph.mentions())
    quotes = examples_graph.quotes()
    assert quotes
    for row in quotes:
        assert list(row) == ["article", "speaker", "cue", "content", "direct"]
        assert set(row["content"]) == {"start", "end", "text"}
        assert isinstance(row["direct"], bool)


def test_entities_count_their_mentions(examples_graph: kg.Graph) -> None:
    """An entity is listed once, with as many mentions and articles as the mentions' listing has."""
    mentions = examples_graph.mentions()
    rows = examples_graph.entities()
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert list(row) == ENTITY_KEYS
        own = [mention for mention in mentions if mention["entity"] == row["id"]]
        assert row["mentions"] == len(own)
        assert row["articles"] == len({mention["article"] for mention in own})
    assert [row["mentions"] for row in rows] == sorted((row["mentions"] for row in rows), reverse=True)


def test_names_are_canonical(examples_graph: kg.Graph) -> None:
    """A known entity has its English name, whatever the article calls it."""
    korea = [row for row in examples_graph.mentions() if row["entity"] == "country/PRK"]
    assert {row["name"] for row in korea} == {"North Korea"}
    assert "Korut" in {row["text"] for row in korea}


def test_rows_come_in_the_order_of_the_text(examples_graph: kg.Graph) -> None:
    """Claims and mentions are sorted by article and place in the text."""
    claims = [(row["article"], row["evidence"]["start"]) for row in examples_graph.claims()]
    mentions = [(row["article"], row["start"]) for row in examples_graph.mentions()]
    assert claims == sorted(claims)
    assert mentions == sorted(mentions)


def test_filters_narrow(examples_graph: kg.Graph) -> None:
    """Each filter leaves those rows that it names, and about= takes any name of an entity."""
    every = examples_graph.claims()
    denied = examples_graph.claims(status="denied")
    assert denied == [row for row in every if row["status"] == "denied"] != []
    visits = examples_graph.claims(relation="visit")
    assert visits == [row for row in every if row["relation"] == "visit"] != []
    article = every[0]["article"]
    assert examples_graph.claims(article=article) == [row for row in every if row["article"] == article]
    assert (
        examples_graph.claims(about="korut")
        == examples_graph.claims(about="North Korea")
        == examples_graph.claims(about="country/PRK")
        != []
    )
    assert examples_graph.claims(about="ruritania") == []
