"""Which relation of the codebook a word expresses, and which words govern that it did.

:func:`match` reads a word with its phrase; :func:`claimed_by` and :func:`charge_of` find the words by which
a deed is claimed by somebody or charged to somebody.
"""

from __future__ import annotations

import functools

from spacy.tokens import Token

from kg.nlp.codebook import Cue, Relation, load_codebook
from kg.nlp.morphology import cue_keys, keys
from kg.nlp.sport import is_of_match
from kg.nlp.syntax import (
    DASHES,
    children,
    counting,
    is_form_of,
    is_in,
    is_passive,
    is_reason,
    is_time,
    lang_of,
    preposition_classes,
    word_list,
)  # fmt: skip
from kg.nlp.word_order import SUBJECTS

#: Events that answer a deed of the recipient, where they give the reason: "criticised Israel for …".
FOR_DEEDS = frozenset({"ACCUSE", "SANCTION", "COERCE", "SUPPORT"})
_NO_PHRASE = frozenset({"ccomp", "advcl", "acl:relcl", "parataxis", "conj", "punct", "acl", "csubj"})
#: How many words up from a deed the verb stands by which somebody claims it.
_UP_TO_CLAIM = 3


def match(token: Token) -> tuple[Relation, Cue] | None:
    """The relation of the codebook that a word expresses here; none for a word in a name or of a match."""
    if is_of_match(token) or any(r.start <= token.i < r.end and r.ref for r in token.doc._.references):
        return None
    nearby = [t.text for t in phrase_words(token)]
    below = [
        preposition.text
        for thing in (children(token, "obj", "nsubj:pass") if token.pos_ == "VERB" else ())
        for inner in children(thing, "nmod")
        for preposition in ([] if is_time(inner) else _prepositions(inner))
    ]
    upos = "VERB" if joined_agent(token) is not None else token.pos_
    return load_codebook().match(
        token.text, upos, lang_of(token), nearby, below=below, other=_is_left_to_other(token)
    )


def joined_agent(participle: Token) -> Token | None:
    """Who does what a participle tells that is joined to it: Iran in "Iran-backed rebels"."""
    if participle.dep_ != "amod" or participle.i < 2 or participle.pos_ not in {"VERB", "ADJ"}:
        return None
    dash, agent = participle.nbor(-1), participle.nbor(-2)
    joined = dash.text in DASHES and not dash.whitespace_ and not agent.whitespace_
    return agent if joined and agent.pos_ in {"PROPN", "NOUN", "ADJ"} else None


def words_of_cue(token: Token) -> list[Token]:
    """The words around a predicate that its cue needs: "no" in "said no to the offer"."""
    matched = match(token)
    return [t for t in phrase_words(token) if matched[1].needs(t.text)] if matched is not None else []


def _is_left_to_other(verb: Token) -> bool:
    """Whether somebody else than its subject is to do what follows a verb: "wants Iran to leave".

    A clause with a subject or a conjunction of its own tells, or a noun between verb and infinitive.
    """
    for clause in children(verb, "xcomp", "ccomp") if verb.pos_ == "VERB" else ():
        opens = any(is_in(mark, "clauses", "complement") for mark in children(clause, "mark"))
        own = opens or bool(children(clause, *SUBJECTS))
        between = [noun for noun in children(verb, "obj", "iobj", "nsubj") if verb.i < noun.i < clause.i]
        if clause.i > verb.i and (own or any(not is_in(n, "pronouns", "reflexive") for n in between)):
            return True
    return False


def event_of(verb: Token) -> tuple[Relation, Cue] | None:
    """Like :func:`match`, also by the noun under a light verb ("memberikan bantuan")."""
    found = match(verb)
    for child in verb.children if found is None else ():
        if child.dep_ in {"obj", "nsubj:pass"} and light_verb(child) == verb:
            found = found or match(child)
    return found


def phrase_words(token: Token) -> list[Token]:
    """The words around a predicate that may belong to its cue: its phrases, not its clauses.

    Of the prepositions only those of its own phrases count, and not of times: "call for", not "call demands
    for" nor "call on Monday".  Of a subject beside an object only its head counts: in "the mayor of the city
    took a walk" no city was taken.
    """
    transitive = bool(children(token, "obj"))
    found = []
    for child in _phrases_of(token):
        inside = [] if transitive and child.dep_ in SUBJECTS else _inside(child)
        found += [child, *([] if is_time(child) else _prepositions(child)), *inside]
    for clause in children(token, "advcl"):  # "barred the paper from covering"
        found += [mark for mark in children(clause, "mark") if preposition_classes(clause)]
    if token.dep_ in {"acl:relcl", "acl"} and token.pos_ == "VERB":
        found.append(token.head)  # "surat yang ditulis"
    happening = happening_verb(token) if token.pos_ == "NOUN" else None
    for child in children(happening, "obl", "obl:agent") if happening is not None else ():
        found += [child, *([] if is_time(child) else _prepositions(child))]  # "fighting erupted between"
    return found


def _phrases_of(token: Token) -> list[Token]:
    """The dependents that are no clauses; a single word taken for one is none: "hukuman mati"."""
    single = [c for c in children(token, "acl") if not any(c.children)]
    return [child for child in token.children if child.dep_ not in _NO_PHRASE or child in single]


def _prepositions(noun: Token) -> list[Token]:
    return [child for child in noun.children if child.dep_ in {"case", "mark"}]


def _inside(noun: Token) -> list[Token]:
    """The words of a phrase at any depth, without prepositions."""
    inner = [child for child in _phrases_of(noun) if child.dep_ not in {"case", "mark"}]
    return [word for child in inner for word in (child, *_inside(child))]


def light_verb(noun: Token) -> Token | None:
    """The light verb of which the noun is the object ("melakukan kunjungan", "was visited" by passive)."""
    place = counting(noun)
    verb = place.head
    if verb == place or verb.pos_ not in {"VERB", "AUX"}:
        return None
    objects = {"obj", "nsubj:pass", "nsubj"} if is_passive(verb) else {"obj"}
    if place.dep_ not in objects:
        return None
    lang = lang_of(verb)
    light = word_list(lang, "light", "verbs")
    if not any(keys(verb.text, lang) & keys(word, lang) for word in light):
        return None
    matched = match(verb)  # "schließt einen Angriff aus" rules it out, and does not carry it out
    return None if matched is not None and matched[0].content_status is not None else verb


def suffering_verb(noun: Token) -> Token | None:
    """The verb whose subject it befalls what the noun tells: "suffered an attack", "came under fire".

    The converse of a light verb, as "receive a blow" is of "give a blow" (Gross 1989, "Les constructions
    converses du français").  Two words in the list are a verb and the preposition before the noun.
    """
    place = counting(noun)
    verb = place.head
    if verb == place or verb.pos_ != "VERB" or is_passive(verb) or place.dep_ not in {"obj", "obl", "xcomp"}:
        return None
    lang = lang_of(verb)
    before = {child.lower_ for child in children(place, "case")}
    for entry in word_list(lang, "light", "suffered"):
        word, _, preposition = entry.partition(" ")
        fits = preposition in before if preposition else place.dep_ in {"obj", "xcomp"}
        if fits and keys(verb.text, lang) & keys(word, lang):
            return verb
    return None


def is_making(verb: Token) -> bool:
    """Whether an event or a text comes about by a verb: "sign a truce", "adopt a resolution"."""
    return is_form_of(verb, "clauses", "made")


def happening_verb(noun: Token) -> Token | None:
    """The verb that says of the event which a noun tells that it comes about: "clashes broke out".

    The noun is its subject, or what its relative clause is about; a verb may stand above it ("was reported to
    have broken out").
    """
    place = counting(noun)
    above = [place.head] if place.dep_ in SUBJECTS | {"nsubj:pass"} else []
    for verb in [*above, *children(place, "acl:relcl", "acl")]:
        bare = [c for c in children(verb, "xcomp", "ccomp") if not children(c, *SUBJECTS)]
        for inner in (verb, *bare):
            if inner.pos_ == "VERB" and is_form_of(inner, "clauses", "happening"):
                return inner
    return None


def claimed_by(event: Token) -> Token | None:
    """The verb by which somebody says that it did what a word tells, or denies it.

    "Claimed responsibility for the attack", "denied responsibility for killing …"; None if nobody claims it.
    """
    word, heads, objects = event, *_words_of_claims(lang_of(event))
    for _ in range(_UP_TO_CLAIM):
        above = word.head
        if above == word:
            return None
        matched = match(above)
        beside = word != event or any(
            not keys(c.text, lang_of(c)).isdisjoint(objects) for c in above.children
        )
        claims = matched is not None and matched[0].claims_deed
        if claims or (word != event and not keys(above.text, lang_of(above)).isdisjoint(heads)):
            return None if _is_negated(above) else above
        if matched is not None and matched[0].content_status == "denied" and beside:
            return above
        if keys(above.text, lang_of(above)).isdisjoint(objects):
            return None
        word = above
    return None


def _is_negated(verb: Token) -> bool:
    subjects = (inner for child in children(verb, *SUBJECTS) for inner in child.subtree)
    return any(is_in(word, "status", "negation") for word in (*verb.children, *subjects))


@functools.cache
def _words_of_claims(lang: str) -> tuple[frozenset[str], frozenset[str]]:
    """The verbs of the cues by which somebody claims a deed, and what they need besides: "responsibility"."""
    cues = [cue for r in load_codebook().relations.values() if r.claims_deed for cue in r.cues.get(lang, ())]
    heads = frozenset(key for cue in cues for word in cue.heads for key in cue_keys(word, lang))
    needed = (word for cue in cues for group in cue.words for word in group)
    return heads, frozenset(key for word in needed for key in cue_keys(word, lang))


def charge_of(clause: Token) -> Token | None:
    """The noun of a measure that a clause gives the reason for: "his conviction for bombing …".

    Parsers hang the clause on the noun, or on whom it names: "the conviction of the women for bombing …".
    """
    if clause.dep_ != "acl" or not is_reason(clause):
        return None
    above = clause.head
    for noun in (above, above.head) if above.dep_ in {"nmod", "nmod:poss"} else (above,):
        matched = match(noun) if noun.pos_ == "NOUN" else None
        if matched is not None and matched[0].event_type in FOR_DEEDS:
            return noun
    return None
