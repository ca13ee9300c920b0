"""The type of event between two parties, as the language model sees it.

For each word the model gives a vector (:class:`kg.nlp.model.Parse`); a party is the mean of its words, an
untold one is the sentence's own vector.  One hidden layer scores the types of PLOVER, and none.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from kg.types import Mention

#: The files of the language model (see kg/nlp/model.py).
FOLDER = Path(__file__).parent / "model"
FILE = "events.npz"
NONE = "NONE"


class EventTypes:
    """Scores the type of event by which one party acts on another."""

    def __init__(self, folder: Path, labels: Sequence[str]) -> None:
        """Load the weights in ``folder``; ``labels`` are the types in the order of the scores."""
        with np.load(folder / FILE) as weights:
            self._weights = {name: weights[name] for name in weights.files}
        self.labels = list(labels)

    def chances(
        self,
        vectors: NDArray[np.float32],
        actor: Sequence[int],
        recipient: Sequence[int],
        trigger: Sequence[int],
    ) -> dict[str, float]:
        """How likely each type is, by type; they add up to 1.

        ``vectors`` are those of one sentence (words + 1 × dimensions, the first is the sentence's own);
        parties and trigger are indices of words from 0, none for what is not told.
        """
        w = self._weights
        hidden = w["bias"] + _party(vectors, actor) @ w["actor"] + _party(vectors, recipient) @ w["recipient"]
        if len(trigger):
            hidden = hidden + _party(vectors, trigger) @ w["trigger"]
        scores = np.maximum(hidden, 0) @ w["out"] + w["out_bias"]
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        return dict(zip(self.labels, chances.tolist(), strict=True))


def _party(vectors: NDArray[np.float32], words: Sequence[int]) -> NDArray[np.float32]:
    mean: NDArray[np.float32] = vectors[[k + 1 for k in words]].mean(0) if len(words) else vectors[0]
    return mean


@functools.cache
def load_types() -> EventTypes | None:
    """The scorer of the shipped model, loaded once; None if the model has not learnt events."""
    meta = json.loads((FOLDER / "meta.json").read_text(encoding="utf-8"))
    return EventTypes(FOLDER, meta["events"]) if "events" in meta else None


def chances(
    types: EventTypes | None, trigger: Token, actors: Sequence[Mention], recipients: Sequence[Mention]
) -> dict[str, float]:
    """How likely each type is for what ``trigger`` says of two parties, in its sentence.

    ``doc.user_data["vectors"]`` holds the indices of the words that were read together, and their vectors.
    """
    doc = trigger.doc
    if types is None:
        return {}
    for indices, vectors in doc.user_data["vectors"]:
        if trigger.i in indices:
            actor, recipient = (
                [k for k, i in enumerate(indices) if any(_holds(m, doc[i]) for m in party)]
                for party in (actors, recipients)
            )
            return types.chances(vectors, actor, recipient, [indices.index(trigger.i)])
    return {}


def _holds(mention: Mention, token: Token) -> bool:
    return mention.evidence.start <= token.idx < mention.evidence.end
