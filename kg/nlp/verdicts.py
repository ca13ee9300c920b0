"""What speakers call somebody: "Maduro is a tyrant, said Milei" is Milei's criticism of Maduro.

The words stand in ``speech.toml`` (``condemning``, ``praising``); the one who is called so is the subject of
the word, in a sentence that says it outright.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.nlp.arguments import entities, mentions_of
from kg.nlp.codebook import ACTING
from kg.nlp.frames import frame
from kg.nlp.slots import surface_subject
from kg.nlp.status import judge
from kg.nlp.syntax import is_form_of
from kg.types import Mention

#: The lists of ``speech.toml`` and the relation between who speaks and who is spoken of.
RELATIONS = {"condemning": "criticise", "praising": "praise"}
#: What is only claimed is said outright all the same: "claims that Kyiv is a puppet".
_OUTRIGHT = frozenset({"actual", "alleged"})


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Speakers say of others what ``word`` means."""

    relation: str
    word: Token
    speakers: list[Mention]
    others: list[Mention]


def verdicts(doc: Doc) -> Iterator[Verdict]:
    """What named speakers call others, once for each word."""
    for saying in doc._.sayings:
        speakers = entities(list(saying.speaker))
        for word in doc[saying.start : saying.end] if speakers else ():
            relation = _meant(word)
            if relation is None:
                continue
            built = frame(word)
            known = {speaker.ref for speaker in speakers}
            others = [
                other
                for other in entities(mentions_of(doc, surface_subject(built)))
                if other.ref not in known and other.type in ACTING
            ]
            judged = judge(doc, built)
            if others and judged.polarity == "affirmed" and judged.modality in _OUTRIGHT:
                yield Verdict(relation=relation, word=word, speakers=speakers, others=others)


def _meant(word: Token) -> str | None:
    """The relation that a word makes as the predicate of its sentence."""
    if word.pos_ not in {"NOUN", "ADJ", "PROPN"} or not any(c.dep_ == "nsubj" for c in word.children):
        return None
    return next((told for kind, told in RELATIONS.items() if is_form_of(word, "speech", kind)), None)
