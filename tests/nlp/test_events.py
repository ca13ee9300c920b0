"""The type of event between two parties, for verbs that no codebook lists."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.nlp import claims, events
from kg.nlp.events import EventTypes
from kg.types import Article
from tests.nlp.told import reader

LABELS = ["NONE", "ACCUSE", "AID"]


def scorer(folder: Path, width: int, out_bias: list[float], *, only_bias: bool = False) -> EventTypes:
    """A small scorer with weights of chance; ``only_bias``: it says the same of all."""
    chance = np.random.default_rng(5)

    def some(*shape: int) -> np.ndarray:
        return chance.normal(0, 1, shape).astype(np.float32)

    np.savez(
        folder / events.FILE, actor=some(width, 4), recipient=some(width, 4), trigger=some(width, 4),
        bias=some(4), out=some(4, 3) * (not only_bias), out_bias=np.array(out_bias, np.float32),
    )  # fmt: skip
    return EventTypes(folder, LABELS)


def test_who_does_it_to_whom_and_by_what_word_all_count(tmp_path: Path) -> None:
    """Chances add up to one; another direction, trigger or untold party gives other chances."""
    types = scorer(tmp_path, 6, [0, 0, 0])
    vectors = np.random.default_rng(1).normal(0, 1, (5, 6)).astype(np.float32)
    asked = (([0], [3], [1]), ([3], [0], [1]), ([0], [3], []), ([], [3], [1]), ([0, 1], [3], [1]))
    told = [types.chances(vectors, actor, recipient, trigger) for actor, recipient, trigger in asked]
    assert all(sum(found.values()) == pytest.approx(1, abs=1e-5) for found in told)
    assert len({tuple(found.values()) for found in told}) == len(told)
    untold = types.chances(np.vstack([vectors[4:], vectors[1:]]), [], [3], [1])
    assert untold == pytest.approx(types.chances(vectors, [3], [3], [1]))


@pytest.mark.parametrize(("bias", "kind"), [([0.0, 3.0, 0.0], "ACCUSE"), ([3.0, 0.0, 0.0], None)])
def test_an_open_claim_gets_the_type_that_the_model_is_sure_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bias: list[float], kind: str | None
) -> None:
    """Where the model sees no event, the claim stays without a type."""
    vectors = reader().doc(Article(id="a", text="Peru outfoxed Chile.", lang="en")).user_data["vectors"]
    types = scorer(tmp_path, vectors[0][1].shape[1], bias, only_bias=True)
    monkeypatch.setattr(claims, "load_types", lambda: types)
    (claim,) = reader().extract(Article(id="a", text="Peru outfoxed Chile.", lang="en")).claims
    assert (claim.relation, claim.event_type) == ("open", kind)


def test_a_model_without_events_gives_no_types() -> None:
    """Files that have not learnt events are read all the same."""
    doc = reader().doc(Article(id="a", text="Peru outfoxed Chile.", lang="en"))
    assert events.chances(None, doc[1], [], []) == {}
