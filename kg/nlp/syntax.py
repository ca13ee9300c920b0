"""Reading Universal Dependencies trees: phrases, coordination, and who fills which slot.

The slots of a predicate follow predicate-argument extraction over UD (PredPatt: White et al. 2016;
enhanced dependencies: Schuster & Manning 2016): passives are turned round, the subjects of
coordinated, relative, infinitival and participial clauses are found, and an event noun under a
light verb takes the verb's subject.  Prepositions are grouped into classes by ``slots.toml``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg import ontologies
from kg.nlp.morphology import keys, passive_form

CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "csubj", "csubj:pass", "parataxis"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_PATIENTS = frozenset({"nsubj:pass", "csubj:pass"})
#: Dependents that belong to another clause or phrase, and so not to the phrase of a noun itself.
_OUTSIDE = frozenset({"acl:relcl", "acl", "conj", "cc", "punct", "parataxis", "advcl", "appos", "discourse", "dep"})


#: Signs that join two names: "Rusia-Amerika Serikat".
DASHES = frozenset({"-", "–", "‑", "/"})


@functools.cache
def word_list(lang: str, file: str, *keys: str) -> frozenset[str]:
    """A casefolded word list of a language: ``word_list("id", "status", "negation")``."""
    value = ontologies.language(lang, file)
    for key in keys:
        value = value.get(key, {})
    return frozenset(word.casefold() for word in value)


def lang_of(token: Token) -> str:
    """The language of the document a token stands in."""
    return str(token.doc.user_data["lang"])


def is_in(token: Token, file: str, *keys: str) -> bool:
    """Whether the token stands in a word list of its language."""
    return token.lower_ in word_list(lang_of(token), file, *keys)


def children(token: Token, *labels: str) -> list[Token]:
    """The dependents with one of these labels, in the order of the text."""
    return [child for child in token.children if child.dep_ in labels]


def conjuncts(head: Token) -> list[Token]:
    """The word and all that is coordinated with it, by a conjunction or by a dash ("Rusia-AS")."""
    found = [head]
    for child in head.children:
        dashed = child.dep_ == "appos" and child.i and child.nbor(-1).text in DASHES
        if child.dep_ == "conj" or dashed:
            found.extend(conjuncts(child))
    return found


def phrase(head: Token) -> list[Token]:
    """The words of a noun phrase without clauses, coordination and its preposition."""
    found = [head]
    for child in head.children:
        if child.dep_ in _OUTSIDE or child.is_space or (child.dep_ in {"case", "mark", "cop"} and child.head == head):
            continue
        found.extend(child.subtree if child.dep_ in {"flat", "fixed", "compound"} else phrase_inside(child))
    words = sorted({token.i: token for token in found}.values(), key=lambda token: token.i)
    return _contiguous(words, head)


def phrase_inside(head: Token) -> list[Token]:
    """Like :func:`phrase`, for a dependent: its preposition belongs to it."""
    found = [head]
    for child in head.children:
        if child.dep_ not in _OUTSIDE and not child.is_space:
            found.extend(phrase_inside(child))
    return found


def _contiguous(words: list[Token], head: Token) -> list[Token]:
    """The longest run of neighbouring words that holds the head (punctuation may stand between)."""
    at = next(k for k, word in enumerate(words) if word.i == head.i)
    first = last = at
    while first > 0 and _adjacent(words[first - 1], words[first]):
        first -= 1
    while last + 1 < len(words) and _adjacent(words[last], words[last + 1]):
        last += 1
    return words[first : last + 1]


def _adjacent(left: Token, right: Token) -> bool:
    return right.i - left.i == 1


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive: by its form where the language shows it, else by its dependents."""
    form = passive_form(verb.text, lang_of(verb))
    if form is not None:
        return form
    return any(child.dep_ in _PATIENTS or child.dep_ in {"aux:pass", "obl:agent"} for child in verb.children)


def preposition_classes(noun: Token) -> frozenset[str]:
    """The classes of the prepositions of a noun (``to``, ``from``, ``with`` …), empty without one."""
    words = [child.lower_ for child in noun.children if child.dep_ in {"case", "mark"} and child.i < noun.i]
    fixed = [
        " ".join([child.lower_, *(part.lower_ for part in child.children if part.dep_ == "fixed")])
        for child in noun.children
        if child.dep_ in {"case", "mark"}
    ]
    return frozenset().union(*(_classes(lang_of(noun), word) for word in {*words, *fixed}))


@functools.cache
def _classes(lang: str, word: str) -> frozenset[str]:
    data = ontologies.language(lang, "slots")
    return frozenset(name for name, listed in data.items() if isinstance(listed, list) and word in listed)


def has_preposition(noun: Token) -> bool:
    """Whether an adposition stands before the noun."""
    return any(child.dep_ == "case" and child.i < noun.i and not child.text.startswith(("'", "’")) for child in noun.children)


@dataclass(kw_only=True)
class Frame:
    """A predicate with its slots: name → heads of the phrases that fill it, coordination expanded.

    ``verb`` carries tense, negation and mood: the predicate itself, or the light verb above an
    event noun.
    """

    predicate: Token
    verb: Token
    passive: bool
    slots: dict[str, list[Token]] = field(default_factory=dict)

    def fill(self, slot: str, *heads: Token) -> None:
        """Add phrases to a slot, each once."""
        filled = self.slots.setdefault(slot, [])
        filled.extend(head for head in heads if head not in filled)

    def get(self, *slots: str) -> list[Token]:
        """The phrases of the first slot that is filled."""
        for slot in slots:
            if self.slots.get(slot):
                return self.slots[slot]
        return []


def frame(predicate: Token) -> Frame:
    """The slots of a verb, adjective or event noun."""
    if predicate.pos_ in {"NOUN", "PROPN"} and not is_clausal(predicate):
        return _noun_frame(predicate)
    return _verb_frame(predicate)


def is_clausal(noun: Token) -> bool:
    """Whether a noun is the predicate of its clause (it has a subject or a copula)."""
    return any(child.dep_ in _SUBJECTS | _PATIENTS | {"cop"} for child in noun.children)


def _verb_frame(verb: Token) -> Frame:
    built = Frame(predicate=verb, verb=verb, passive=is_passive(verb))
    for child in verb.children:
        _place(built, child)
    for child in children(verb, "obj"):
        for inner in child.children:
            if inner.dep_ in {"nmod", "obl"} and has_preposition(inner):
                for name in preposition_classes(inner):
                    built.fill(f"obj.{name}", *conjuncts(inner))
        built.fill("obj.poss", *possessors(child))
    _inherit(built)
    return built


def _place(built: Frame, child: Token) -> None:
    """Put one dependent of a verb into its slot."""
    verb, dep = built.verb, child.dep_
    heads = conjuncts(child)
    if is_in(child, "pronouns", "relative"):
        if verb.dep_ in {"acl:relcl", "acl"}:
            heads = conjuncts(verb.head)
        elif verb.dep_ == "conj" and verb.head.dep_ in {"acl:relcl", "acl"}:
            heads = conjuncts(verb.head.head)
    if dep in _SUBJECTS or dep in _PATIENTS:
        if not built.passive:
            built.fill("subj", *heads)
        elif child.i > verb.i and not has_preposition(child) and not built.slots.get("subj") and dep != "nsubj:pass":
            built.fill("subj", *heads)  # "dikatakan Sergey": the agent follows a passive verb without a preposition
        else:
            built.fill("obj", *heads)
    elif dep == "obl:agent":
        built.fill("subj", *heads)
    elif dep in {"obj", "iobj"}:
        if built.passive and child.i > verb.i and not built.slots.get("subj") and dep == "obj" and child.i - verb.i == 1:
            built.fill("subj", *heads)
        elif not built.passive or dep == "iobj" or built.slots.get("obj"):
            built.fill(dep, *heads)
        else:
            built.fill("obj", *heads)
    elif dep in {"obl", "nmod", "obl:tmod"}:
        _place_oblique(built, child, heads)
    elif dep in {"ccomp", "xcomp", "csubj"}:
        built.fill("comp", child)
    elif dep == "advcl":
        built.fill("purpose" if is_purpose(child) else "adverbial", child)


def _place_oblique(built: Frame, child: Token, heads: list[Token]) -> None:
    classes = preposition_classes(child)
    if "agent" in classes and built.passive:
        built.fill("subj", *heads)
    elif classes:
        for name in classes:
            built.fill(name, *heads)
    elif not has_preposition(child):
        if child.dep_ == "obl:tmod" or is_in(child, "time", "words"):
            built.fill("time", child)
        elif built.passive and child.i > built.verb.i and not built.slots.get("subj"):
            built.fill("subj", *heads)
        elif child.dep_ == "obl" and child.i > built.verb.i and not built.slots.get("obj"):
            built.fill("obj", *heads)


def is_purpose(clause: Token) -> bool:
    """Whether a clause says what something is done for ("untuk menyerang", "to attack")."""
    return any(
        child.dep_ in {"mark", "case"} and is_in(child, "clauses", "purpose") for child in clause.children
    )


def _inherit(built: Frame) -> None:
    """Find the subject (or patient) that the clause shares with another one."""
    verb = built.verb
    missing = "obj" if built.passive else "subj"
    if verb.dep_ == "acl:relcl" or (verb.dep_ == "acl" and not is_purpose(verb)):
        heads = conjuncts(verb.head)
        if not built.slots.get(missing):
            built.fill(missing, *heads)
        elif not built.passive and not built.slots.get("obj") and not built.slots.get("comp"):
            built.fill("obj", *heads)
        elif built.passive and not built.slots.get("subj") and verb.head not in built.slots["obj"]:
            built.fill("subj", *heads)
        return
    if built.slots.get(missing):
        return
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "ADJ", "NOUN", "PROPN", "AUX"}:
        above = frame(verb.head)
        built.fill(missing, *surface_subject(above))
    elif verb.dep_ in {"xcomp", "ccomp", "advcl", "acl"}:
        if verb.dep_ == "acl":
            return  # the noun it hangs on decides, see claims
        built.fill(missing, *surface_subject(frame(verb.head)))


def surface_subject(above: Frame) -> list[Token]:
    """What a reader hears as the subject: the patient of a passive, else the subject."""
    return above.get("obj", "subj") if above.passive else above.get("subj")


def _noun_frame(noun: Token) -> Frame:
    """The slots of an event noun: possessors, prepositional phrases, and what a light verb adds."""
    built = Frame(predicate=noun, verb=noun, passive=False)
    built.fill("of", *possessors(noun))
    for child in noun.children:
        if child.dep_ in {"nmod", "obl"} and has_preposition(child):
            for name in preposition_classes(child):
                built.fill(name, *conjuncts(child))
        elif child.dep_ in {"nmod", "compound"} and child not in built.slots.get("of", []):
            built.fill("theme", child)
        elif child.dep_ == "acl" and is_purpose(child):
            built.fill("purpose", child)
    light = light_verb(noun)
    if light is not None:
        above = _verb_frame(light)
        built.verb = light
        built.passive = above.passive
        for slot, heads in above.slots.items():
            heads = [head for head in heads if head != noun]
            if slot == "subj" or not built.slots.get(slot):
                built.fill(slot.removeprefix("obj."), *heads)
    if not built.slots.get("subj"):
        built.fill("subj", *built.get("agent", "of"))
    return built


def light_verb(noun: Token) -> Token | None:
    """The light verb of which the noun is the object ("melakukan kunjungan", "was visited" by passive)."""
    verb = noun.head
    if verb == noun or verb.pos_ not in {"VERB", "AUX"}:
        return None
    objects = {"obj", "nsubj:pass", "nsubj"} if is_passive(verb) else {"obj"}
    if noun.dep_ not in objects:
        return None
    lang = lang_of(verb)
    light = word_list(lang, "light", "verbs")
    return verb if any(keys(verb.text, lang) & keys(word, lang) for word in light) else None


def possessors(noun: Token) -> list[Token]:
    """Whose it may be: possessives and modifiers without a preposition ("Obama's policy", "kunjungan Putin").

    Only those that turn out to be entities are owners; "bantuan senjata" has none.
    """
    found: list[Token] = []
    for child in noun.children:
        if child.dep_ == "nmod" and is_in(child, "clauses", "owner"):
            found.extend(possessors(child))
        elif child.dep_ == "nmod" and has_preposition(child):
            if "of" in preposition_classes(child):
                found.extend(conjuncts(child))
        elif child.dep_ in {"nmod", "nmod:poss", "compound", "amod", "det", "appos"}:
            found.extend(conjuncts(child))
    return found


def ancestors(token: Token) -> Iterator[Token]:
    """The heads above a token, nearest first."""
    while token.head != token:
        token = token.head
        yield token
