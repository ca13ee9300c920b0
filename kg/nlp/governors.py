"""What governs a clause or event: verbs and nouns that deny, allege, plan or request their content.

Which words do is data (``status.toml``, ``kg:contentStatus``); what is their content, and what only stands
beside them, is told by labels, conjunctions and the order of words.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.nlp.codebook import Relation
from kg.nlp.frames import SPOKEN
from kg.nlp.matching import charge_of, match
from kg.nlp.morphology import keys
from kg.nlp.syntax import (
    children,
    first_word,
    goes_on,
    is_in,
    is_passive,
    is_time,
    lang_of,
    preposition_classes,
    word_list,
)  # fmt: skip
from kg.types import Modality

MODALITIES: tuple[Modality, ...] = ("alleged", "requested", "possible", "planned")
CLAUSES = frozenset({"xcomp", "advcl", "acl", "acl:relcl"})
#: Events that need both parties.
SHARED = frozenset({"CONSULT", "COOPERATE", "AID"})
#: Events that are announced beforehand.
ANNOUNCED = frozenset({"AID", "RETREAT", "MOBILIZE", "COOPERATE", "CONSULT"})
#: What protesters say: against whom or what they are.
VOICED = frozenset({"REJECT", "ACCUSE", "REQUEST", "PROTEST"})
_OPENS = frozenset({"mark", "case", "aux", "nsubj", "nsubj:pass"})
_COMMAS = frozenset({",", "،", "，", "、"})


def told_by(clause: Token) -> Token:
    """The word whose content a clause is, where parsers hang it on the verb above.

    The noun right before its conjunction ("Tuduhan bahwa Belarus menyerang Latvia beredar luas"), or one that
    an empty verb has beside it ("is van plan sancties op te leggen", "has plans to attack").
    """
    if charge := charge_of(clause):
        return charge
    first = min(token.i for token in clause.subtree)
    if first and clause.dep_ in {"advcl", "ccomp"} and is_complement(clause):
        before = clause.doc[first - 1]
        if before.pos_ == "NOUN" and content_status(before):
            return before
    above = clause.head
    if clause.dep_ in CLAUSES | {"ccomp"} and above.i < first:
        empty = not keys(above.text, lang_of(above)).isdisjoint(word_list(lang_of(above), "clauses", "empty"))
        beside = [noun for noun in children(above, "obl", "obj") if above.i < noun.i < first] if empty else []
        return next((noun for noun in beside if noun.pos_ == "NOUN" and content_status(noun)), above)
    return above


def right_before(verb: Token) -> Token | None:
    """A governor that parsers hang on its verb as an adverb: "Kenya disebut-sebut menyerang Somalia"."""
    if verb.i == 0 or verb.pos_ != "VERB":
        return None
    before = verb.nbor(-1)
    hangs = before.head == verb and before.dep_ in {"advmod", "advcl"} and before.pos_ == "VERB"
    return before if hangs and not any(before.children) and content_status(before) else None


def achieves(verb: Token) -> bool:
    """Whether what follows has come about: "helped to free", "berhasil membebaskan"."""
    lang = lang_of(verb)
    return not keys(verb.text, lang).isdisjoint(word_list(lang, "clauses", "achieving"))


def is_occasion(word: Token, above: Token) -> bool:
    """Whether an event only says when or where something was said: "at a news conference"."""
    matched = match(above)
    if matched is not None and matched[0].event_type == "THREATEN" and "with" in preposition_classes(word):
        return False  # "droht mit einem Angriff"
    if matched is not None and above.i < word.i:
        told_as = set(matched[0].slots["content"]) & preposition_classes(word)
        if told_as - {"in", "with", "as"}:
            return False  # "обвинила в нападении"
    return word.i < above.i or bool({"in", "with", "as"} & preposition_classes(word)) or is_time(word)


def has_subject(word: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubj:pass", "csubj"} for child in word.children)


def stands_alone(word: Token) -> bool:
    """Whether a coordinated clause contradicts the one before it: "…, but Israel refused"."""
    return has_subject(word) and any(
        is_in(c, "clauses", "adversative") for c in word.children if c.dep_ == "cc"
    )


def is_content(clause: Token, above: Token) -> bool:
    """Whether a clause says what the word above it accuses of, denies, plans and so on.

    It does unless it opens with a conjunction of circumstance, is set off by a comma as an adverb ("was set
    on purpose, destroying") or is a relative clause; parsers label contents in many ways ("accused of
    supplying", "dituduh menyerang").
    """
    if not governs(above):
        return clause.dep_ == "xcomp" or (tells_truth(above) and is_complement(clause))
    if any(
        child.dep_ in {"mark", "case", "advmod"} and is_in(child, "clauses", "circumstance")
        for child in clause.children
    ):
        return False
    if (clause.dep_ == "advcl" and goes_on(clause)) or voices(clause, above):
        return False
    bare = not children(clause, "mark", "case")  # parsers hang the comma before such a clause on it
    first = first_word(clause) if bare else min(token.i for token in clause.subtree)
    last = max(token.i for token in clause.subtree)
    if clause.dep_ == "advcl" and above.i < first and clause.doc[first - 1].text in _COMMAS:
        return False
    if (
        clause.dep_ == "advcl"
        and last < above.i
        and {clause.doc[last].text, clause.doc[last + 1].text} & _COMMAS
    ):
        return False
    return not is_relative(clause)


def voices(clause: Token, protest: Token) -> bool:
    """Whether a clause says what protesters are against: "turun ke jalan menentang kenaikan harga"."""
    above, below = match(protest), match(clause)
    told = above is not None and above[0].event_type == "PROTEST"
    return told and below is not None and below[0].event_type in VOICED


def is_complement(clause: Token) -> bool:
    """Whether a clause tells what a noun is about: "reports that Russia attacked"."""
    return any(is_in(c, "clauses", "complement") for c in clause.children) and not is_relative(clause)


def is_relative(clause: Token) -> bool:
    """Whether a clause says more of the noun than what it is about: "the claims that Russia made".

    Not in "the claims that Russia made a deal", where nothing is missing, whatever the parser says.  A
    passive participle says what was done with it: "a proposal supported by Iran".
    """
    if clause.dep_ == "acl" and is_passive(clause) and not any(c.dep_ in _OPENS for c in clause.children):
        return True
    core = [c for c in clause.children if c.dep_ in {"nsubj", "nsubj:pass", "obj"}]
    named = {c.dep_ for c in core if not is_in(c, "pronouns", "relative")}
    relative = any(
        is_in(c, "pronouns", "relative") and c.dep_ not in {"mark", "case"} for c in clause.children
    )
    return relative and not ("obj" in named and len(named) > 1)


def is_time_clause(clause: Token) -> bool:
    return any(child.i < clause.i and is_in(child, "clauses", "time") for child in clause.children)


def charges(word: Token) -> bool:
    """Whether a word tells of a measure against somebody: the deed it is taken for is only alleged."""
    matched = match(word)
    strict = {"COERCE", "SANCTION", "ACCUSE"} if word.pos_ == "NOUN" else {"COERCE", "SANCTION"}
    return matched is not None and (matched[0].event_type in strict or matched[0].content_status == "alleged")


def governs(word: Token) -> bool:
    return content_status(word) is not None


def content_status(word: Token) -> str | None:
    """The status that a word gives to what it governs, from the codebook or the word lists."""
    lang = lang_of(word)
    matched = match(word)
    if matched is not None and matched[0].content_status is not None:
        return matched[0].content_status
    forms = keys(word.text, lang)
    if is_passive(word) and not forms.isdisjoint(word_list(lang, "status", "governor", "alleged_passive")):
        return "alleged"
    for status in ("denied", "negated", *MODALITIES):
        if not forms.isdisjoint(word_list(lang, "status", "governor", status)):
            return status
    return None


def is_announced(event: Token, above: Token) -> bool:
    """Whether a noun names what the subject of a verb says that it is going to do: "announced a withdrawal".

    What is done to others is announced when it is done: "announced the arrest of …".
    """
    verbs = word_list(lang_of(above), "status", "governor", "announced")
    if event.pos_ not in {"NOUN", "PROPN"} or keys(above.text, lang_of(above)).isdisjoint(verbs):
        return False
    matched = match(event)
    return matched is not None and matched[0].event_type in ANNOUNCED


def undone(status: str, event: Relation | None) -> bool:
    """Whether an event that somebody denies or refuses has not happened: "denied an attack", "refused talks".

    What was said before (an accusation, an offer) was said, and sanctions that are rejected are in force.
    """
    if event is None:
        return False
    return event.event_type in SHARED or (status == "denied" and event.event_type not in SPOKEN)


def tells_truth(word: Token) -> bool:
    """Whether a word says of what it governs that it is so: "true", "correct"."""
    truth = word_list(lang_of(word), "status", "governor", "truth")
    return not keys(word.text, lang_of(word)).isdisjoint(truth)
