"""Whose doing, and whose thing, the phrases in a slot tell of."""

from __future__ import annotations

from spacy.tokens import Token

from kg.nlp.arguments import references_of
from kg.nlp.codebook import Cue
from kg.nlp.frames import frame
from kg.nlp.matching import match
from kg.nlp.slots import Frame
from kg.nlp.syntax import possessors, preposition_classes, preposition_rank


def heads_in(built: Frame, slot: str, cue: Cue) -> list[Token]:
    """The heads in a slot; ``.poss`` are the possessors of those; a verb's object lends its prepositions."""
    if slot.endswith(".poss"):
        owned = [h for h in heads_in(built, slot.removesuffix(".poss"), cue) if not references_of(h.doc, h)]
        # People are not their country's, unless the cue names them ("expels diplomats of").
        return [owner for head in owned for owner in answerable(head, people=cue.needs(head.text))]
    if slot in {"agent", "subj"}:
        return whose(built.get("subj"), built, cue)
    if slot == "of":
        return whose(built.get("of", "obj.of"), built, cue)
    if slot == "comp":
        return []
    own, low = built.get(slot), built.get(f"obj.{slot}")
    if own and low and min(preposition_rank(h, slot) for h in low) < preposition_rank(own[0], slot):
        return low  # "filed a case against Somalia at the court"
    return own or low


def answerable(noun: Token, *, people: bool = False) -> list[Token]:
    """Whose it is and whose doing: who condemns the killing of somebody does not condemn the one killed."""
    if not is_suffered(noun):
        return possessors(noun, people=people)
    # German "von" says by whom after a verb, but of whom after a noun.
    return [head for head in frame(noun).get("agent") if "of" not in preposition_classes(head)]


def is_suffered(noun: Token) -> bool:
    """Whether the noun tells an event whose possessor it is done to: "the arrest of Navalny"."""
    matched = match(noun)
    return matched is not None and matched[1].possessor == "obj"


def whose(owners: list[Token], built: Frame, cue: Cue) -> list[Token]:
    """The owners of an event noun, or who does what a verb tells; of a word of the cue its own owners.

    Israel in "serangan udara Israel", Russia in "Russian missiles hit".
    """
    names = {"PROPN"} if built.predicate.pos_ == "NOUN" else {"PROPN", "NOUN"}
    plain_words = [
        h for h in owners if cue.needs(h.text) and (h.pos_ not in names or not references_of(h.doc, h))
    ]
    behind = [owner for head in plain_words for owner in possessors(head)]
    if built.predicate.pos_ != "NOUN":
        behind = [owner for owner in behind if references_of(owner.doc, owner)]
    return [*(head for head in owners if head not in plain_words), *behind]
