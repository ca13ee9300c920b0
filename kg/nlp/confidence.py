"""How likely a claim is right: a logistic model of a few features, fitted on marked sentences.

A claim is right if its type, its parties and its status are those that the text tells.  The weights stand in
``confidence.toml``; ``benchmarks/calibrate.py`` fits them, and prints how well the scores keep what they
promise on sentences that nothing was fitted to.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from spacy.tokens import Doc, Token

from kg.errors import PipelineError
from kg.nlp import events
from kg.types import Claim

WEIGHTS = Path(__file__).with_name("confidence.toml")
#: Chances are kept away from 0 and 1, where one sure and wrong part would outweigh all others.
_SURE = 0.99


def features(doc: Doc, claim: Claim) -> dict[str, float]:
    """What the score of a claim depends on; the trigger tells its place in the tree.

    - ``open``: no cue of the codebook made it; ``main``: its word is the root of the sentence;
      ``content``: it governs a clause; ``plain``: it is asserted (each 0 or 1)
    - ``event``, ``names``, ``tree``: how likely the model finds its type, its least sure party, and (as a
      geometric mean) the heads of the words in its sentence, all three as log odds
    - ``known``: how many of actor and recipient are known entities; ``untold``: how many are not told at all
    - ``length``: the logarithm of the number of words in its sentence
    """
    trigger = next(token for token in doc if token.idx <= claim.trigger.start < token.idx + len(token))
    sides = claim.role("actor"), claim.role("recipient")
    chances = events.chances(events.load_types(), trigger, *sides)
    standing = claim.event_type is None and claim.relation != "open"  # no event: "is president of"
    links = [mention.score for side in sides for mention in side if mention.ref]
    words = [token for token in trigger.sent if not token.is_space]
    return {
        "open": float(claim.relation == "open"),
        "main": float(trigger.head == trigger),
        "content": float(bool(claim.role("content"))),
        "plain": float(claim.status == "asserted"),
        "event": _log_odds(0.5 if standing else chances.get(claim.event_type or events.NONE, 0.5)),
        "names": _log_odds(min(links, default=0.5)),
        "tree": _log_odds(_tree(doc, words)),
        "known": float(sum(any(mention.ref for mention in side) for side in sides)),
        "untold": float(sum(not side for side in sides)),
        "length": math.log(len(words)),
    }


def _tree(doc: Doc, words: list[Token]) -> float:
    known = doc.user_data["head_scores"]
    logs = [math.log(max(known[word.i], 1e-6)) for word in words if word.i in known]
    return math.exp(sum(logs) / len(logs)) if logs else 0.5


def _log_odds(chance: float) -> float:
    kept = min(max(chance, 1 - _SURE), _SURE)
    return math.log(kept / (1 - kept))


@functools.cache
def weights() -> dict[str, float]:
    """The weight of each feature, and the intercept; raises PipelineError if they cannot be read."""
    try:
        return tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]  # type: ignore[no-any-return]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise PipelineError(f"{WEIGHTS} cannot be read ({error}): install the package again") from error


def chance(found: Mapping[str, float]) -> float:
    """How likely a claim with these features is right, 0 to 1."""
    given = weights()
    odds = given["intercept"] + sum(given[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-odds))


def scored(doc: Doc, claim: Claim) -> Claim:
    """The claim with its score."""
    return replace(claim, score=round(chance(features(doc, claim)), 3))
