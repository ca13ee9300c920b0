"""Which sentences are read in which step: the seed alone decides, so that a killed run goes on the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from training.config import Training
from training.data import Sentence

#: Sentences differ by up to so many pieces inside a batch, so that batches differ from pass to pass.
JITTER = 4


@dataclass(frozen=True, kw_only=True)
class Position:
    """A place in the reading: how many passes are done, and how many rounds of the present one.

    A round is one batch for each process.
    """

    passes: int = 0
    rounds: int = 0


def rounds(
    sets: Sequence[tuple[Sequence[Sentence], float]],
    length: Callable[[Sequence[str]], int],
    training: Training,
    start: Position | None = None,
) -> Iterator[tuple[list[list[Sentence]], Position]]:
    """Without end: one batch for each process, and the position after them.

    ``sets`` are sentences with their weight, ``length`` says how many pieces words have.
    """
    position = start or Position()
    while True:
        batches = one_pass(sets, length, training, position.passes)
        count = len(batches) // training.processes
        if count == 0:
            raise ValueError("fewer batches than processes: take smaller batches or fewer processes")
        for k in range(position.rounds, count):
            after = Position(passes=position.passes, rounds=k + 1)
            yield batches[k * training.processes : (k + 1) * training.processes], after
        position = Position(passes=position.passes + 1)


def one_pass(
    sets: Sequence[tuple[Sequence[Sentence], float]],
    length: Callable[[Sequence[str]], int],
    training: Training,
    number: int,
) -> list[list[Sentence]]:
    """The batches of pass ``number`` in the order of reading; sentences of a batch are of similar length."""
    chance = random.Random(f"{training.seed} {number}")
    chosen = [
        _in_other_case(sentence, chance, training)
        for k, (sentences, weight) in enumerate(sets)
        for sentence in share(sentences, weight, number, random.Random(f"{training.seed} set {k}"))
    ]
    sized = [(length(sentence.words) + chance.random() * JITTER, sentence) for sentence in chosen]
    sized = [pair for pair in sized if pair[0] <= training.longest + JITTER]
    sized.sort(key=lambda pair: pair[0])
    batches: list[list[Sentence]] = []
    batch: list[Sentence] = []
    for pieces, sentence in sized:
        if batch and (len(batch) + 1) * pieces > training.pieces:
            batches.append(batch)
            batch = []
        batch.append(sentence)
    if batch:
        batches.append(batch)
    chance.shuffle(batches)
    return batches


def share(sentences: Sequence[Sentence], weight: float, number: int, chance: random.Random) -> list[Sentence]:
    """``weight`` times the sentences for pass ``number``: over the passes all come equally often.

    ``chance`` gives their order and must be in the same state for each pass.
    """
    order = list(range(len(sentences)))
    chance.shuffle(order)
    size = max(1, round(len(order) * weight)) if order else 0
    return [sentences[order[(number * size + k) % len(order)]] for k in range(size)]


def rate(step: int, training: Training) -> float:
    """What the learning rates are multiplied with: up in the warm-up, 1, then down to 0 in the decay.

    The long level part lets a run be made longer, as long as its decay has not begun
    (Hu et al. 2024, "MiniCPM", warmup-stable-decay).
    """
    rise = training.warmup * training.steps
    fall = training.decay * training.steps
    return max(0.0, min(1.0, (step + 1) / max(rise, 1), (training.steps - step) / max(fall, 1)))


def _in_other_case(sentence: Sentence, chance: random.Random, training: Training) -> Sentence:
    """Now and then a sentence in lower case or capitals, as headlines and careless pages have them."""
    draw = chance.random()
    if draw < training.lower:
        return replace(sentence, words=tuple(word.lower() for word in sentence.words))
    if draw < training.lower + training.upper:
        return replace(sentence, words=tuple(word.upper() for word in sentence.words))
    return sentence
