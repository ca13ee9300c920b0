"""The order of reading: decided by the seed, complete, and the same after a kill."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from training import config
from training.data import Sentence
from training.plan import one_pass, rate, rounds, share

TRAINING = replace(
    config.load().training, steps=2000, pieces=60, longest=30, processes=2, lower=0.0, upper=0.0
)
SENTENCES = [
    Sentence(words=tuple(f"w{k}" for _ in range(1 + k * 7 % 23)), language="id", source="s", id=str(k))
    for k in range(90)
]
SETS = [(SENTENCES[:60], 1.0), (SENTENCES[60:], 0.5)]


def length(words: Sequence[str]) -> int:
    return len(words) + 2


@given(st.integers(0, 40))
def test_a_killed_run_goes_on_with_the_same_batches(killed: int) -> None:
    """Whenever it stops, what comes after its last position is what would have come."""
    whole = list(islice(rounds(SETS, length, TRAINING), 60))
    position = whole[killed][1]
    resumed = list(islice(rounds(SETS, length, TRAINING, position), 60 - killed - 1))
    assert resumed == whole[killed + 1 :]


def test_batches_fit_and_passes_differ() -> None:
    """No batch has more pieces than allowed, and the next pass mixes anew."""
    passes = [one_pass(SETS, length, TRAINING, number) for number in (0, 1)]
    for batch in passes[0]:
        assert len(batch) * max(length(sentence.words) for sentence in batch) <= TRAINING.pieces
    assert passes[0] != passes[1]


@given(weight=st.sampled_from([0.25, 0.5, 1.0, 2.0]), count=st.sampled_from([8, 12, 40]))
def test_over_the_passes_all_sentences_come_equally_often(weight: float, count: int) -> None:
    """A quarter of a set each pass is the whole of it in four."""
    read = Counter(
        sentence.id
        for number in range(4)
        for sentence in share(SENTENCES[:count], weight, number, random.Random(1))
    )
    assert set(read.values()) == {int(4 * weight)}


def test_the_learning_rate_rises_stays_and_falls_to_nothing() -> None:
    """By steps alone, so that a slow machine learns the same."""
    rates = [rate(step, TRAINING) for step in range(TRAINING.steps + 1)]
    assert rates[0] < 0.02 and max(rates) == 1.0 and rates[-1] == 0.0
    assert (
        rates[int(TRAINING.steps * TRAINING.warmup) + 1]
        == rates[int(TRAINING.steps * (1 - TRAINING.decay)) - 1]
        == 1.0
    )
    fall = rates[int(TRAINING.steps * (1 - TRAINING.decay)) + 1 :]
    assert fall == sorted(fall, reverse=True)
