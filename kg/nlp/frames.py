"""Frames: a predicate and the phrases in its slots.

The slots follow predicate-argument extraction over UD (PredPatt: White et al. 2016; enhanced
dependencies: Schuster & Manning 2016): passives are turned round, the subjects of coordinated,
relative, infinitival and participial clauses are found, and an event noun under a light verb takes
the verb's subject.  Prepositions are grouped into classes by ``slots.toml``; whose infinitive it is
("urge X to leave") stands in the codebook.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg import ontologies
from kg.nlp.matching import FOR_DEEDS, charge_of, claimed_by, event_of, light_verb, match
from kg.nlp.morphology import fold, keys
from kg.nlp.syntax import (
    behind,
    case_classes,
    children,
    conjuncts,
    counted,
    first_word,
    goes_on,
    has_preposition,
    is_in,
    is_passive,
    is_purpose,
    is_reason,
    is_source,
    is_time,
    lang_of,
    possessors,
    preposition_classes,
    word_list,
)  # fmt: skip
from kg.nlp.word_order import (
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
)

#: Events whose purpose is what somebody else does with them: help given "to attack Ukraine".
FOR_OTHERS = frozenset({"AID"})
#: Events that are words.
SPOKEN = frozenset({"ACCUSE", "REQUEST", "THREATEN", "AGREE", "REJECT", "SUPPORT"})
_PATIENTS = frozenset({"nsubj:pass", "csubj:pass"})


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


def _charged(noun: Token) -> list[Token]:
    """Whom the measure that a noun tells of is taken against."""
    matched = match(noun)
    if matched is None:
        return []
    slots = ("obj", "of") if matched[1].possessor == "obj" else matched[0].slots["recipient"]
    return frame(noun).get(*slots)


def is_clausal(noun: Token) -> bool:
    """Whether a noun is the predicate of its clause, by a subject, a copula, or as a verb taken for one."""
    verbal = noun.dep_ in {"advcl", "acl", "ccomp"} and children(noun, "mark") and children(noun, "xcomp")
    return bool(verbal) or any(child.dep_ in SUBJECTS | _PATIENTS | {"cop"} for child in noun.children)


def _verb_frame(verb: Token) -> Frame:
    built = Frame(predicate=verb, verb=verb, passive=is_passive(verb))
    for subject in children(verb, "nsubj") if verb_first(verb) and not built.passive else ():
        if verb.i < subject.i:
            for slot, heads in behind_subject(verb, subject):
                built.fill(slot, *heads)
    elsewhere = dropped(verb)
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
    for child in children(verb, "obj"):
        # What stands after the object may belong to the verb: parsers attach it low.
        for above in dict.fromkeys([child, counted(child), *conjuncts(child), *children(child, "acl:relcl")]):
            for inner in above.children:
                if inner.dep_ in {"nmod", "obl"} and (has_preposition(inner) or case_classes(inner)):
                    for name in preposition_classes(inner) - {"of"}:  # whose it is: obj.poss
                        built.fill(f"obj.{name}", *conjuncts(inner))
        built.fill("obj.poss", *possessors(counted(child)))
    if verb.dep_ == "xcomp" and not built.slots.get("to") and not children(verb, "obj"):
        for child in children(verb.head, "obl"):
            if child.i > verb.right_edge.i and not is_time(child):  # "batal bertandang ke Budapest"
                _place_oblique(built, child, conjuncts(child))
    if built.passive and not built.slots.get("subj"):
        # "put under arrest by the junta": parsers hang who does it on the noun before.
        for inner in (c for child in children(verb, "obl") for c in children(child, "nmod")):
            if "agent" in preposition_classes(inner) - {"of"} and inner.i > verb.i:
                built.fill("subj", *conjuncts(inner))
    _inherit(built)
    return built


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
    elif dep in SUBJECTS | _PATIENTS | {"obl:agent", "obj", "iobj"}:
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
    inner = verb.dep_ in {"ccomp", "xcomp"} and _has_content(verb.head)
    if (
        not (inner or verb.dep_ in {"conj", "advcl"})
        or marked
        or child.i < verb.i
        or children(verb, "obj", "ccomp")
    ):
        return False
    if len(children(verb, "nsubj")) > 1 or not surface_subject(frame(verb.head)):
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
        bare_agent = child.i > verb.i and not has_preposition(child) and not built.slots.get("subj")
        if bare_agent and (dep in SUBJECTS or (dep == "obj" and child.i == verb.i + 1)):
            return "subj"
        if bare_agent and dep in _PATIENTS and is_bare_agent(child, verb):
            return "subj"
        return "iobj" if dep == "iobj" else "obj"
    by_order = slot_before_verb(child, verb)
    if by_order:
        return by_order
    if dep in SUBJECTS | _PATIENTS:
        # Of two subjects the one behind the verb is its object: "mencurigai Tsai ingin …".
        border = child.i if verb_first(verb) else verb.i
        second = child.i > verb.i and any(c.i < border for c in children(verb, "nsubj", "csubj"))
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
            built.fill(name, *(_pair(child) if name == "between" else heads))
    elif not has_preposition(child):
        if built.passive and child.i > built.verb.i and not built.slots.get("subj"):
            built.fill("subj", *heads)
        elif child.dep_ == "obl" and child.i > built.verb.i and not built.slots.get("obj"):
            built.fill("obj", *heads)


def _inherit(built: Frame) -> None:
    """Find the subject (or patient) that the clause shares with another one."""
    verb = built.verb
    missing = "obj" if built.passive else "subj"
    if (claim := claimed_by(verb)) is not None and not built.slots.get(missing):
        built.fill(missing, *surface_subject(frame(claim)))
        return
    if (charge := charge_of(verb)) is not None:
        if not built.slots.get(missing):
            built.fill(missing, *_charged(charge))
        return
    if verb.dep_ == "acl" and _has_content(
        verb.head, "alleged", "denied", *(() if built.passive else ("requested",))
    ):
        return  # "accusations of bombing", "an order to attack": neither the accusation nor the order attacks
    if verb.dep_ == "acl:relcl" or (verb.dep_ == "acl" and not is_purpose(verb)):
        heads = conjuncts(verb.head)
        if fold(verb.text).endswith(tuple(word_list(lang_of(verb), "clauses", "nominalised"))):
            return  # "saldırdığı iddiası": what such a form hangs on does not do it
        if not built.slots.get(missing):
            if verb.head not in built.slots.get("obj", []):  # "компания, которую подозревает"
                built.fill(missing, *heads)
        elif not built.passive and not built.slots.get("obj") and not built.slots.get("comp"):
            built.fill("obj", *heads)
        elif built.passive and not built.slots.get("subj") and verb.head not in built.slots["obj"]:
            built.fill("subj", *(() if any(map(_is_whose, built.slots["obj"])) else heads))
        return
    if missing == "subj" and not built.slots.get("subj"):
        built.fill("subj", *bodies_in(built))
    if built.slots.get(missing):
        return
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "ADJ", "NOUN", "PROPN", "AUX"}:
        above = frame(verb.head)
        built.fill(missing, *surface_subject(above))
    elif verb.dep_ in {"xcomp", "ccomp", "advcl", "acl"} or _raised(verb):
        if verb.dep_ == "acl" and is_in(verb.head, "status", "governor", "planned"):
            built.fill(missing, *_planners(verb.head))
        if verb.dep_ == "acl":
            return  # it says what a noun is for, and the noun's owner need not be who does it
        built.fill(missing, *_controller(verb))


def _is_whose(noun: Token) -> bool:
    """Whether a noun in a relative clause is that of whom the clause is about: "whose convoy was stoned"."""
    return any(child.pos_ in {"PRON", "DET"} for child in children(noun, "nmod:poss", "det:poss"))


def bodies_in(built: Frame) -> list[Token]:
    """The body in which somebody unnamed acts: "в МИД пообещали", where a language puts it so."""
    if not ontologies.language(lang_of(built.verb), "clauses").get("body_in_place", False):
        return []
    if built.verb.dep_ in {"xcomp", "acl", "advcl"}:
        return []
    matched = match(built.verb)
    said = not keys(built.verb.text, lang_of(built.verb)).isdisjoint(
        word_list(lang_of(built.verb), "speech", "say")
    )
    spoken = said or (matched is not None and matched[0].event_type in SPOKEN)
    types = {"Organization", "Country", "Place"} if spoken else {"Organization"}
    named = {i for r in built.verb.doc._.references if r.type in types for i in range(r.start, r.end)}
    return [head for head in built.get("in") if head.i in named]


def _has_content(noun: Token, *kinds: str) -> bool:
    """Whether a noun is about something told: an accusation, a report, a denial, or what ``kinds`` says."""
    kinds = kinds or ("alleged", "denied")
    matched = match(noun)
    if matched is not None:
        return matched[0].content_status in kinds
    return any(is_in(noun, "status", "governor", status) for status in kinds)


def _planners(plan: Token) -> list[Token]:
    """Whose plan it is: "rencana Laos untuk mengunjungi", "Laos has no plans to visit"."""
    owners = [owner for owner in possessors(plan) if owner.pos_ in {"NOUN", "PROPN", "PRON"}]
    above = plan.head
    empty = not keys(above.text, lang_of(above)).isdisjoint(word_list(lang_of(above), "clauses", "empty"))
    held = plan.dep_ == "obj" and (empty or light_verb(plan) is not None)
    return owners or (surface_subject(frame(above)) if held else [])


def _raised(clause: Token) -> bool:
    """Whether a clause is the subject of a word behind which it stands: "is likely to leave"."""
    return clause.dep_ == "csubj" and clause.i > clause.head.i and bool(children(clause.head, "nsubj"))


def _controller(clause: Token) -> list[Token]:
    """Whose infinitive it is: the object of verbs such as "urge", else the subject of the verb above."""
    above = frame(clause.head)
    if clause.dep_ == "advcl" and goes_on(clause):
        return surface_subject(above)
    matched = event_of(clause.head)
    if matched is not None and matched[0].event_type in FOR_OTHERS and is_purpose(clause):
        return []
    if matched is not None and matched[0].event_type in FOR_DEEDS and is_reason(clause):
        return above.get(*matched[0].slots["recipient"])
    if matched is not None and matched[0].content_status == "alleged" and matched[0].control == "subject":
        return []  # who investigates a killing is not the killer
    if matched is not None and matched[0].control == "object":
        return above.get("obj", "iobj", "to", *matched[0].slots["recipient"])
    if matched is not None and matched[0].content_status == "denied" and not above.passive:
        between = [h for h in above.get("obj") if clause.head.i < h.i < clause.i and not _has_content(h)]
        return between or surface_subject(above)  # "membantah pasukan Rusia menembaki konvoi"
    if clause.dep_ == "ccomp" and not children(clause, "mark") and not above.passive:
        start = first_word(clause)
        right_before = [h for h in above.get("obj") if clause.head.i < h.i and h.right_edge.i == start - 1]
        if right_before:
            return right_before  # "mengklaim perwira Sudan menolak perintah"
    named = [h for h in above.get("obj") if any(r.start <= h.i < r.end and r.ref for r in h.doc._.references)]
    if matched is None and named and clause.dep_ in {"xcomp", "ccomp"} and not above.passive:
        return named  # "wants Somalia to leave"
    return surface_subject(above)


def surface_subject(above: Frame) -> list[Token]:
    """What a reader hears as the subject: the patient of a passive, else the subject."""
    return above.get("obj", "subj") if above.passive else above.get("subj")


def _noun_frame(noun: Token) -> Frame:
    """The slots of an event noun: possessors, prepositional phrases, and what a light verb adds."""
    built = Frame(predicate=noun, verb=noun, passive=False)
    owners, objects = _owners(noun)
    built.fill("of", *owners)
    for head in objects:
        built.fill("obj", *conjuncts(head))
        built.fill("obj.poss", *possessors(head))
    for child in noun.children:
        if (child.dep_ in {"nmod", "obl"} and has_preposition(child)) or (
            child.dep_ in {"nmod", "obl", "iobj"} and case_classes(child)
        ):
            for name in preposition_classes(child):
                built.fill(name, *(_pair(child) if name == "between" else conjuncts(behind(child))))
                if name == "against":  # "penolakan Hungaria atas usulan Komisi Eropa"
                    built.fill("obj.poss", *possessors(child))
        elif child.dep_ in {"nmod", "compound"} and child not in built.slots.get("of", []):
            built.fill("theme", child)
        elif child.dep_ == "acl" and is_purpose(child):
            built.fill("purpose", child)
    built.fill("agent", *_agents_behind(noun))
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


def _agents_behind(noun: Token) -> list[Token]:
    """Who did it, where parsers hang them on the active verb above: "condenó la detención por Rusia"."""
    if noun.dep_ != "obj" or is_passive(noun.head):
        return []
    end = max(token.i for token in noun.subtree) + 1
    named = {i for r in noun.doc._.references if r.ref for i in range(r.start, r.end)}
    return [
        word
        for child in children(noun.head, "obl", "obl:agent")
        if "agent" in preposition_classes(child) and child.i in named
        and min(token.i for token in child.subtree) == end
        for word in conjuncts(child)
    ]  # fmt: skip


def _owners(noun: Token) -> tuple[list[Token], list[Token]]:
    """Whose event it is, and what it is done to where the noun has both: "Eritrea's refusal of the offer"."""
    owners = [word for child in children(noun, "nmod:poss") for word in conjuncts(child)]
    after = [child for child in children(noun, "nmod") if child.i > noun.i and has_preposition(child)]
    objects = [child for child in after if "of" in preposition_classes(child)]
    return (owners, objects) if owners and objects else (possessors(noun), [])


def _pair(head: Token) -> list[Token]:
    """The two that "between" joins, also where "with" stands for "and": "antara Suriah dengan Korut"."""
    partners = [c for c in head.children if c.dep_ in {"nmod", "obl"} and "with" in preposition_classes(c)]
    return [*conjuncts(head), *(word for partner in partners for word in conjuncts(partner))]
