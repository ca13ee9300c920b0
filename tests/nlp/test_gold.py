"""Thirty held-out sentences for each language, for structures that other gold lacks.

They are marked up as in ``training/claims`` (its README) and show passives without agent, raising and
control, relative clauses, light verbs, nominal predicates, chains of attribution, the scope of negation,
denials, refusals, plans, conditions, questions, fiction, history and anniversaries.  Nothing is tuned to
them: who writes rules does not read them, so a failure tells numbers only.  The floors only go up.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.claim_scores import LEVELS, figures, matched
from kg.types import Claim
from tests.nlp.told import read
from training import marked
from training.marked import NONE, Entry

FOLDER = Path(__file__).with_name("gold")
FLOORS: dict[str, dict[str, float]] = tomllib.loads((FOLDER / "floors.toml").read_text(encoding="utf-8"))
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.txt"))


def told(entry: Entry) -> list[Claim]:
    """The claims of a type that are read in an entry."""
    return [claim for claim in read(entry.text, entry.language).claims if claim.event_type]


def false_facts(entry: Entry, claims: list[Claim]) -> int:
    """How many claims are told as facts that are none in the text: denied, planned, alleged or made up."""
    facts = [claim for claim in claims if claim.status == "asserted"]
    if not entry.claims:
        return len(facts)
    found = matched(entry.claims, facts, "found")
    return sum(entry.claims[place].status != "asserted" for place in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_thirty_sentences(language: str) -> None:
    """Each language has its thirty, and its floors."""
    assert len(marked.read([language], FOLDER)) >= 30
    assert set(FLOORS[language]) == {"found", "status", "false_facts"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_claims_are_right_as_before(language: str) -> None:
    """F1 of claims whose type and parties are right, and also their status, is not below what it was."""
    counts: Counter[str] = Counter()
    for entry in marked.read([language], FOLDER):
        gold, claims = [one for one in entry.claims if one.type != NONE], told(entry)
        counts.update(gold=len(gold), told=len(claims))
        counts.update({level: len(matched(gold, claims, level)) for level in LEVELS})
    scores = figures(counts)
    for level in ("found", "status"):
        assert scores[level] >= FLOORS[language][level], level


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_more_is_drawn_as_a_fact_than_before(language: str) -> None:
    """What is denied, planned, alleged or fiction is hardly ever told as a fact; the bound only goes down."""
    number = sum(false_facts(entry, told(entry)) for entry in marked.read([language], FOLDER))
    assert number <= FLOORS[language]["false_facts"]
