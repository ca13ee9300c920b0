"""Open claims: a verb that the codebook does not know but that joins two entities.

The language model says what type of event it is, or none.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg import ontologies
from kg.nlp.arguments import entities, mentions_of
from kg.nlp.doers import doers
from kg.nlp.matching import light_verb, match, suffering_verb
from kg.nlp.morphology import keys
from kg.nlp.roles import Roles, refs
from kg.nlp.slots import Frame
from kg.nlp.speech import is_speech
from kg.nlp.syntax import counted, lang_of, possessors, word_list
from kg.types import Mention

_RECIPIENTS = ("obj", "iobj", "to", "against", "with", "from", "obj.to", "obj.with")
#: Statuses under which a verb is about its content, and is no claim of its own.
_GOVERNING = ("planned", "alleged", "denied", "negated", "possible")


def roles(doc: Doc, verb: Token, built: Frame) -> Roles:
    """Who does it to whom, if the verb joins two parties: entities where there are, else phrases."""
    if not _can_claim(verb):
        return {}
    subjects = mentions_of(doc, [who for head in built.get("subj") for who in doers(doc, head)])
    actors = entities(subjects) or subjects
    if not actors:
        return {}
    plain_objects = [m for m in mentions_of(doc, built.get("obj")) if m.ref is None]
    recipients = _recipients(doc, built, actors)
    if recipients:
        return {"actor": actors, "recipient": recipients, "theme": plain_objects[:1]}
    return {"actor": actors, "recipient": plain_objects[:1]} if plain_objects else {}


def _can_claim(verb: Token) -> bool:
    """Whether a verb may make a claim of its own, in a language with words for status."""
    lang = lang_of(verb)
    if not ontologies.language(lang, "status"):
        return False  # without words for "not" a denial would pass for a fact
    forms = keys(verb.text, lang)
    silent = word_list(lang, "clauses", "empty") | word_list(lang, "speech", "relay")
    if not forms.isdisjoint(silent) or is_speech(verb):
        return False
    above = match(verb.head) if verb.dep_ == "xcomp" else None
    if above is not None and above[1].needs(verb.text):
        return False  # a part of the verb before it: "menembak jatuh"
    for noun in map(counted, verb.children):
        if verb in (light_verb(noun), suffering_verb(noun)) and match(noun):
            return False  # the noun makes the claim
    governing = {w for status in _GOVERNING for w in word_list(lang, "status", "governor", status)}
    has_content = any(child.dep_ in {"xcomp", "ccomp"} for child in verb.children)
    return not has_content or forms.isdisjoint(governing)


def _recipients(doc: Doc, built: Frame, actors: list[Mention]) -> list[Mention]:
    for slot in _RECIPIENTS:
        if found := _others_than(actors, mentions_of(doc, built.get(slot))):
            return found
    owners = [owner for head in built.get("obj") for owner in possessors(head)]
    return _others_than(actors, mentions_of(doc, owners))


def _others_than(actors: list[Mention], found: list[Mention]) -> list[Mention]:
    """Those of the mentions that can be the other party."""
    return [m for m in found if m.ref and m.type not in {"Event", "Other"} and m.ref not in refs(actors)]
