"""The slots that the dependents of a verb fill: who does it, to whom, where, what for.

Passives are turned round, prepositions grouped into classes by ``slots.toml``; order and case outrank labels
where a language says so.  What a verb shares with other clauses is found in :mod:`kg.nlp.frames`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg import ontologies
from kg.nlp.arguments import references_of
from kg.nlp.matching import match
from kg.nlp.syntax import (
    behind,
    case_classes,
    children,
    conjuncts,
    counted,
    first_word,
    has_preposition,
    is_in,
    is_passive,
    is_purpose,
    is_source,
    is_time,
    lang_of,
    possessors,
    preposition_classes,
)  # fmt: skip
from kg.nlp.word_order import (
    PATIENTS,
    SUBJECTS,
    behind_subject,
    dropped,
    is_bare_agent,
    is_first_of_two,
    is_subject_by_order,
    name_behind_name,
    on_auxiliary,
    slot_before_verb,
    strayed_into,
    strays,
    verb_first,
)  # fmt: skip


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


def own_slots(verb: Token) -> Frame:
    """The slots of a verb as its own dependents fill them, and those that hang on the wrong word."""
    built = Frame(predicate=verb, verb=verb, passive=is_passive(verb) or _lacks_object(verb))
    for subject in children(verb, "nsubj") if verb_first(verb) and not built.passive else ():
        if verb.i < subject.i:
            for slot, heads in behind_subject(verb, subject):
                built.fill(slot, *heads)
    elsewhere = [*dropped(verb), *_second_object(built)]
    for child in [
        *on_auxiliary(verb),
        *strayed_into(verb),
        *(c for c in verb.children if not strays(c) and c not in elsewhere),
    ]:
        _place(built, child)
    for subject in children(verb, "nsubj") if not built.passive else ():
        # A part of a name that stands behind the verb is its object, whatever the parser says.
        built.fill("obj", *(part for part in children(subject, "flat") if subject.i < verb.i < part.i))
    for subject in children(verb, "nsubj", "nsubj:pass") if not built.passive else ():
        built.fill("obj", *name_behind_name(verb, subject))
    for child in children(verb, "obj", *(PATIENTS if built.passive else ())):
        # What stands after the object may belong to the verb: parsers attach it low.  What is done to a thing
        # is done to whom it is for, also in the passive: "sanctions against Minsk were lifted".
        for above in dict.fromkeys([child, counted(child), *conjuncts(child), *children(child, "acl:relcl")]):
            for inner in above.children:
                if inner.dep_ in {"nmod", "obl"} and (has_preposition(inner) or case_classes(inner)):
                    for name in preposition_classes(inner) - {"of"}:  # whose it is: obj.poss
                        built.fill(f"obj.{name}", *conjuncts(inner))
        built.fill("obj.poss", *possessors(counted(child)))
    if any(child.pos_ in {"NOUN", "ADJ"} for child in children(verb, "xcomp")) and not built.slots.get("obj"):
        built.fill("obj", *built.get("iobj"))  # "called him a tyrant"
    if verb.dep_ == "xcomp" and not built.slots.get("to") and not children(verb, "obj"):
        for child in children(verb.head, "obl"):
            if child.i > verb.right_edge.i and not is_time(child):  # "batal bertandang ke Budapest"
                _place_oblique(built, child, conjuncts(child))
    for child in children(verb, "obl"):  # "llegó a un acuerdo con Chile"
        for inner in children(child, "nmod"):
            for name in preposition_classes(inner) & {"with", "between", "against"}:
                built.fill(f"obj.{name}", *(pair(inner) if name == "between" else conjuncts(inner)))
    if built.passive and not built.slots.get("subj"):
        # "put under arrest by the junta": parsers hang who does it on the noun before.
        for inner in (c for child in children(verb, "obl") for c in children(child, "nmod")):
            if "agent" in preposition_classes(inner) - {"of"} and inner.i > verb.i:
                built.fill("subj", *conjuncts(inner))
    return built


def _second_object(built: Frame) -> list[Token]:
    """What a verb calls its object, where a parser takes it for another object: "called the law a disgrace".

    A verb that gives somebody something has two objects, the first of which is whom it gives it to.
    """
    verb = built.verb
    if ontologies.language(lang_of(verb), "slots").get("case"):
        return []  # case tells what each of them is
    objects = [child for child in children(verb, "obj") if child.i > verb.i]
    if len(objects) != 2 or references_of(verb.doc, objects[1]) or is_time(objects[0]) or is_time(objects[1]):
        return []
    matched = match(verb)
    recipient = matched[0].slots["recipient"] if matched is not None else ()
    if next((slot for slot in recipient if slot in {"obj", "iobj"}), None) == "iobj":
        built.fill("iobj", *conjuncts(objects[0]))
        return objects[:1]
    built.fill("as", objects[1])
    return objects[1:]


def _place(built: Frame, child: Token) -> None:
    """Put one dependent of a verb into its slot."""
    dep = child.dep_
    if dep == "obl:agent" and has_preposition(child) and "agent" not in preposition_classes(child):
        dep = "obl"  # "according to the army" is nobody who does it
    if dep == "iobj" and case_classes(child) and "to" not in case_classes(child):
        dep = "obl"  # "руководит партией"
    if dep in SUBJECTS and _no_subject(child, built.verb):
        dep = "obl"
    if dep in {"obj", "nsubj", "obl"} and is_time(child) and child.pos_ in {"NOUN", "PROPN"}:
        built.fill("time", child)
    elif dep in {"nsubj", "obl"} and is_source(child):
        built.fill("source", child)
    elif dep in SUBJECTS | PATIENTS | {"obl:agent", "obj", "iobj"}:
        built.fill(_core_slot(built, child), *_antecedent(child, built.verb))
        if dep == "iobj":
            for name in case_classes(child):
                built.fill(name, *_antecedent(child, built.verb))
    elif dep in {"obl", "nmod", "obl:tmod"}:
        _place_oblique(built, child, _antecedent(behind(child), built.verb))
    elif dep == "xcomp" and built.passive and is_bare_agent(child, built.verb):
        built.fill("subj", child)
        return
    if dep == "xcomp" and _is_result(child, built.verb):
        for part in children(child, "obj", "obl"):
            _place(built, part)
    elif dep in {"ccomp", "xcomp", "csubj"}:
        built.fill("comp", child)
    elif dep == "advcl":
        built.fill("purpose" if is_purpose(child) else "adverbial", child)


def _lacks_object(verb: Token) -> bool:
    """Whether a harmful deed has a subject only, where writing does not show the passive: "قتل قائد"."""
    if not ontologies.language(lang_of(verb), "clauses").get("unmarked_passive", False):
        return False
    matched = match(verb) if verb.pos_ == "VERB" else None
    if matched is None or matched[0].event_type not in {"ASSAULT", "COERCE"} or matched[1].words:
        return False
    labels = {child.dep_ for child in verb.children}
    suffers = matched[0].slots["recipient"][:1] == ("obj",)
    # A part of a name behind the subject is the object that the parser hung there.
    named = any(part.dep_ == "flat" for noun in children(verb, "nsubj") for part in noun.subtree)
    return (
        suffers
        and len(children(verb, "nsubj")) == 1
        and not named
        and labels.isdisjoint({"obj", "iobj", "ccomp", "xcomp"})
    )


def _no_subject(child: Token, verb: Token) -> bool:
    """Whether a noun's case rules out that it is the subject, where a language says that it does.

    What stands in the genitive is the subject of a nominalised clause only ("İran'ın saldırması").
    """
    if not ontologies.language(lang_of(verb), "clauses").get("subject_by_case", False):
        return False
    classes = case_classes(child)
    main = verb.dep_ in {"ROOT", "conj", "parataxis"} and verb.pos_ != "NOUN"
    return bool(classes) and ("of" not in classes or main)


def _is_lone_object(child: Token, verb: Token) -> bool:
    """Whether the only noun behind a coordinated verb is its object: "denied it and accused Iran of …"."""
    marked = verb.dep_ == "advcl" and children(verb, "mark")
    inner = verb.dep_ in {"ccomp", "xcomp"} and has_content(verb.head)
    if (
        not (inner or verb.dep_ in {"conj", "advcl"})
        or marked
        or child.i < verb.i
        or children(verb, "obj", "ccomp")
    ):
        return False
    if len(children(verb, "nsubj")) > 1 or not surface_subject(own_slots(verb.head)):
        return False
    matched = match(verb)
    if matched is None or "obj" not in matched[0].slots["recipient"]:
        return False
    return matched[0].control == "object" or inner  # somebody is told something, or acted upon


def _is_result(child: Token, verb: Token) -> bool:
    """Whether two verbs in a row are one: "menembak jatuh drone", where what follows belongs to both."""
    plain = not any(c.dep_ in {"mark", "aux", "nsubj", "advmod"} for c in child.children)
    matched = match(verb)
    return child.i == verb.i + 1 and plain and matched is not None and matched[1].needs(child.text)


def _antecedent(child: Token, verb: Token) -> list[Token]:
    """The phrases that a dependent is; for a relative pronoun the noun that its clause is about."""
    if is_in(child, "pronouns", "relative"):
        clause = verb.head if verb.dep_ == "conj" else verb
        if clause.dep_ in {"acl:relcl", "acl"}:
            return _named_last(clause) or conjuncts(clause.head)
    return [counted(head) for head in conjuncts(child)]


def _named_last(clause: Token) -> list[Token]:
    """The name right before the comma of a relative clause that parsers hang on the thing before.

    "sent a letter to Erdoğan, who was hosting …": letters host nobody, whatever the tree says.
    """
    noun, first = clause.head, first_word(clause)
    apart = first - 1 > noun.i and clause.doc[first - 1].is_punct
    if not apart or noun.pos_ != "NOUN" or is_in(noun, "bodies", "individuals", "nouns"):
        return []
    people = {"Person", "Country", "Organization", "Group"}
    named = [r for r in clause.doc._.references if r.ref and r.type in people]
    if any(r.has(noun.i) for r in named):
        return []
    last = [r for r in named if r.end == first - 1 and r.start > noun.i]
    heads = [clause.doc[r.start : r.end].root for r in last]
    return [head for head in heads if noun.is_ancestor(head)][:1]


def _core_slot(built: Frame, child: Token) -> str:
    """Which of subj (who does it), obj and iobj a subject, agent or object fills."""
    verb, dep = built.verb, child.dep_
    if dep == "obl:agent":
        return "subj"
    if built.passive:
        # The agent may follow a passive verb without a preposition: "dikatakan Sergey", "dikuasai Israel".
        behind_verb = child.i > verb.i and not verb_first(verb)
        bare_agent = behind_verb and not has_preposition(child) and not built.slots.get("subj")
        matched = match(verb) if bare_agent else None
        if matched is not None and matched[1].needs(child.text):
            return "obj"  # "dimulai perang": the war is begun, and begins nothing
        if bare_agent and (dep in SUBJECTS or (dep == "obj" and child.i == verb.i + 1)):
            return "subj"
        if bare_agent and dep in PATIENTS and is_bare_agent(child, verb):
            return "subj"
        return "iobj" if dep == "iobj" else "obj"
    by_order = slot_before_verb(child, verb)
    if by_order:
        return by_order
    if dep in SUBJECTS | PATIENTS:
        # Of two subjects the one behind the verb is its object: "mencurigai Tsai ingin …".
        border = child.i if verb_first(verb) else verb.i
        second = child.i > verb.i and any(c.i < border for c in children(verb, *SUBJECTS, *PATIENTS))
        if verb_first(verb) and dep == "nsubj" and not second:
            second = _is_lone_object(child, verb)
        return "obj" if second else "subj"
    before = dep == "obj" and child.i < verb.i and is_subject_by_order(child, verb)
    return "subj" if before or is_first_of_two(child, verb) else dep


def _place_oblique(built: Frame, child: Token, heads: list[Token]) -> None:
    classes = preposition_classes(child)
    if child.dep_ == "obl:tmod" or is_time(child):
        built.fill("time", child)
    elif "agent" in classes and built.passive:
        built.fill("subj", *heads)
    elif classes:
        for name in classes:
            if name == "obj" and built.slots.get("obj"):
                continue  # "deportó a Pérez a Chile": whom comes first, then where to
            built.fill(name, *(pair(child) if name == "between" else heads))
    elif not has_preposition(child):
        if built.passive and child.i > built.verb.i and not built.slots.get("subj"):
            built.fill("subj", *heads)
        elif child.dep_ == "obl" and child.i > built.verb.i and not built.slots.get("obj"):
            built.fill("obj", *heads)


def has_content(noun: Token, *kinds: str) -> bool:
    """Whether a noun is about something told: an accusation, a report, a denial, or what ``kinds`` says."""
    kinds = kinds or ("alleged", "denied")
    matched = match(noun)
    if matched is not None:
        return matched[0].content_status in kinds
    return any(is_in(noun, "status", "governor", status) for status in kinds)


def surface_subject(above: Frame) -> list[Token]:
    """What a reader hears as the subject: the patient of a passive, else the subject."""
    return above.get("obj", "subj") if above.passive else above.get("subj")


def _joins(noun: Token) -> bool:
    """Whether "with" stands before a noun and is taken for a conjunction: "antara Suriah dengan Korut"."""
    return any(is_in(word, "slots", "with") for word in children(noun, "cc"))


def pair(head: Token) -> list[Token]:
    """The two that "between" joins, also where "with" stands for "and": "antara Suriah dengan Korut"."""
    partners = [c for c in children(head, "nmod", "obl") if "with" in preposition_classes(c) or _joins(c)]
    return [*conjuncts(head), *(word for partner in partners for word in conjuncts(partner))]
