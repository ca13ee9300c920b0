"""Whether a thing is stated, denied, alleged, planned, requested or only possible.

A wrong ``asserted`` is the worst that can happen.  The sentences stand in ``status.txt``, each with all
claims of one relation that it makes, so that no further one can be drawn as a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.nlp.told import claims, read, wrong

SENTENCES = Path(__file__).with_name("status.txt")
#: Instead of claims, where a sentence must make none of the relation.
NOTHING = "nothing --"


def cases() -> Iterator[Any]:
    """(language, what it shows, sentence, claims) of every sentence."""
    lang = shows = sentence = cause = ""
    expected: list[str] = []
    for line in [*SENTENCES.read_text(encoding="utf-8").splitlines(), "[end]"]:
        if line.startswith("    wrong today: "):
            cause = line.partition(": ")[2]
        elif line.startswith("    "):
            expected.append(line.strip())
        elif line and not line.startswith("#"):
            if sentence:
                case = (lang, shows, sentence, tuple(expected))
                yield wrong(*case, because=cause) if cause else case
            heading = re.fullmatch(r"\[(\w+)\](.*)", line)
            lang, shows = (heading[1], heading[2].strip()) if heading else (lang, shows)
            sentence, expected, cause = "" if heading else line, [], ""


CASES = list(cases())


@pytest.mark.parametrize(("lang", "shows", "sentence", "expected"), CASES)
def test_a_sentence_has_its_status(lang: str, shows: str, sentence: str, expected: tuple[str, ...]) -> None:
    """Each claim has the status that the words give it, and nothing else of the kind is claimed."""
    relation = re.search("--([a-z-]+)-->", expected[0])
    assert relation is not None
    wanted = [] if expected[0].startswith(NOTHING) else list(expected)
    found = claims(sentence, lang, relation[1])
    assert [_as_expected(told, wanted) for told in found] == wanted, shows


def _as_expected(told: str, wanted: list[str]) -> str:
    """Without its speaker where a plan or a possibility is expected without one."""
    silent = told.partition(" by ")[0]
    return silent if silent in wanted and silent.endswith(("planned", "possible")) else told


def test_only_what_is_stated_is_affirmed_and_actual() -> None:
    """The status is what polarity and modality say, so that plain edges need to look at nothing else."""
    for case in CASES:
        lang, _, sentence, _ = getattr(case, "values", case)
        for claim in read(sentence, lang).claims:
            plain = claim.polarity == "affirmed" and claim.modality == "actual"
            assert (claim.status == "asserted") == plain
            assert claim.status != "denied" or claim.attributed_to
            assert claim.status == "asserted" or claim.cue
