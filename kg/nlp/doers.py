"""Who a subject stands for as the one who does it: itself, or whoever did, said or decided what it names.

"The decision of the court forces them" is the court's doing, "the plan forces them" is nobody's.  Which nouns
are deeds, and which never act, is said in ``languages/LANG/doers.toml``; any other noun may act.
"""

from __future__ import annotations

import functools
import re
from fnmatch import translate

from spacy.tokens import Doc, Token

from kg import ontologies
from kg.nlp.arguments import references_of
from kg.nlp.codebook import Relation
from kg.nlp.frames import frame
from kg.nlp.matching import is_making, light_verb, match
from kg.nlp.morphology import keys
from kg.nlp.syntax import is_in, lang_of, possessors, word_list

#: What is done in person, by somebody to somebody: a decision kills nobody, and nobody meets a plan.
BODILY = frozenset({"ASSAULT", "CONSULT"})


def doers(doc: Doc, head: Token, relation: Relation | None = None) -> list[Token]:
    """The heads of those who do what the subject ``head`` is said to do: one, or none where it cannot act.

    ``relation`` is what is done, None for a verb without a cue.
    """
    done = relation.event_type if relation is not None else None
    if can_act(doc, head) or (done == "ASSAULT" and is_event(head)):
        return [head]  # "the blast killed": whose it was is told by the blast
    if relation is not None and relation.symmetric:
        return []
    says = _names(head, "words") and done not in BODILY
    if not says and not _names(head, "acts"):
        return []
    owners = [*possessors(head), *frame(head).get("from", "of"), *_makers(head)]
    named = {r.ref: token for token in owners for r in references_of(doc, token) if r.ref}
    if len(named) == 1:
        return list(named.values())
    return [head] if says else []  # "a report accuses": whose it is, is not said


def _makers(noun: Token) -> list[Token]:
    """Who decides or issues what the noun names: the council in "the council adopted a resolution that …"."""
    verb = noun.head
    if noun.dep_ != "obj" or not (light_verb(noun) or is_making(verb)):
        return []
    return frame(verb).get("subj")


def can_act(doc: Doc, head: Token) -> bool:
    """Whether the noun may be somebody: a name always, a plain noun unless it is a deed or a thing."""
    known = bool(ontologies.language(lang_of(head), "doers"))
    if not known or head.pos_ != "NOUN" or references_of(doc, head) or is_somebody(head):
        return True
    return not is_event(head) and not any(_names(head, kind) for kind in ("acts", "words", "things"))


def is_event(noun: Token) -> bool:
    """Whether the noun tells an event of the codebook: "attack", "kunjungan"."""
    matched = match(noun)
    return matched is not None and matched[0].event_type is not None and not matched[0].noun_is_actor


def is_somebody(noun: Token) -> bool:
    """Whether a common noun is listed as people or as a body: "poachers", "a bank"."""
    if is_in(noun, "bodies", "individuals", "nouns") or _names(noun, "people"):
        return True
    lists = (("bodies", "bodies"), ("sectors", "nouns"))
    return any(is_in(noun, *where, name) for where in lists for name in word_list(lang_of(noun), *where))


def _names(noun: Token, kind: str) -> bool:
    lang = lang_of(noun)
    pattern = _pattern(lang, kind)
    return any(pattern.fullmatch(form) for form in keys(noun.text, lang))


@functools.cache
def _pattern(lang: str, kind: str) -> re.Pattern[str]:
    """The words of a list as one pattern; ``*`` in a word stands for any letters."""
    return re.compile("|".join(translate(word) for word in sorted(word_list(lang, "doers", kind))) or "(?!)")
