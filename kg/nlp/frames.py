"""Frames: a predicate and the phrases in its slots.

The slots follow predicate-argument extraction over UD (PredPatt: White et al. 2016; enhanced
dependencies: Schuster & Manning 2016): passives are turned round, the subjects of coordinated,
relative, infinitival and participial clauses are found, and an event noun under a light verb takes
the verb's subject.  Prepositions are grouped into classes by ``slots.toml``; whose infinitive it is
("urge X to leave") stands in the codebook.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg import ontologies
from kg.nlp.matching import (
    FOR_DEEDS,
    charge_of,
    claimed_by,
    event_of,
    happening_verb,
    joined_agent,
    light_verb,
    match,
    suffering_verb,
)
from kg.nlp.morphology import fold, keys
from kg.nlp.slots import Frame, has_content, own_slots, pair, surface_subject
from kg.nlp.syntax import (
    behind,
    case_classes,
    children,
    conjuncts,
    first_word,
    goes_on,
    has_preposition,
    is_in,
    is_passive,
    is_purpose,
    is_reason,
    lang_of,
    possessors,
    preposition_classes,
    word_list,
)  # fmt: skip
from kg.nlp.word_order import PATIENTS, SUBJECTS

#: Events whose purpose is what somebody else does with them: help given "to attack Ukraine".
FOR_OTHERS = frozenset({"AID"})
#: Whom it befalls, whichever of these a relation names.
_BEFALLEN = ("obj", "to", "against")
#: What stands beside a verb that says that an event comes about, and belongs to the event.
_OF_HAPPENING = frozenset({"between", "with", "against", "in"})
#: Events that are words.
SPOKEN = frozenset({"ACCUSE", "REQUEST", "THREATEN", "AGREE", "REJECT", "SUPPORT"})


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
    return bool(verbal) or any(child.dep_ in SUBJECTS | PATIENTS | {"cop"} for child in noun.children)


def _verb_frame(verb: Token) -> Frame:
    if (agent := joined_agent(verb)) is not None:
        parties = [n for n in children(verb.head, "nmod") if "between" in preposition_classes(n)]
        slots = {
            "subj": [agent],
            "obj": conjuncts(verb.head),
            "obj.between": [w for n in parties for w in pair(n)],
        }
        return Frame(predicate=verb, verb=verb, passive=True, slots=slots)
    built = own_slots(verb)
    suffering = suffering_verb(verb) if verb.dep_ == "xcomp" else None
    if suffering is not None and not built.slots.get("obj"):
        built.fill("obj", *_verb_frame(suffering).get("subj"))  # "遭真主党袭击"
        return built
    _inherit(built)
    return built


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
    if verb.dep_ == "acl" and has_content(
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
            if built.passive and not built.slots.get("between"):  # "a truce brokered by Egypt between …"
                for inner in children(verb.head, "nmod"):
                    if "between" in preposition_classes(inner):
                        built.fill("obj.between", *pair(inner))
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
        if verb.dep_ == "acl" and _is_headline(verb):
            built.fill(missing, *conjuncts(verb.head))
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


def _planners(plan: Token) -> list[Token]:
    """Whose plan it is: "rencana Laos untuk mengunjungi", "Laos has no plans to visit"."""
    owners = [owner for owner in possessors(plan) if owner.pos_ in {"NOUN", "PROPN", "PRON"}]
    above = plan.head
    empty = not keys(above.text, lang_of(above)).isdisjoint(word_list(lang_of(above), "clauses", "empty"))
    held = plan.dep_ == "obj" and (empty or light_verb(plan) is not None)
    return owners or (surface_subject(frame(above)) if held else [])


def _is_headline(clause: Token) -> bool:
    """Whether a name and an infinitive are all of a sentence: "Putin to visit India"."""
    name = clause.head
    named = any(r.start <= name.i < r.end and r.ref for r in name.doc._.references)
    return name.dep_ == "ROOT" and named and is_purpose(clause) and not children(clause, "nsubj")


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
        others = above.get("obj", "iobj", "to", *matched[0].slots["recipient"])
        opening = clause.doc[first_word(clause)]
        bare = (
            clause.dep_ == "xcomp" and opening.nbor(-1) == clause.head and opening.dep_ in {"mark", "xcomp"}
        )
        asks = bare and matched[0].content_status == "requested" and not above.passive
        return others or (surface_subject(above) if asks else [])  # "applied to join"
    if matched is not None and matched[0].content_status == "denied" and not above.passive:
        between = [h for h in above.get("obj") if clause.head.i < h.i < clause.i and not has_content(h)]
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
                built.fill(name, *(pair(child) if name == "between" else conjuncts(behind(child))))
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
    elif (suffering := suffering_verb(noun)) is not None:
        _turn(built, suffering)
        return built
    elif (happening := happening_verb(noun)) is not None:
        for slot, heads in own_slots(happening).slots.items():
            if slot in _OF_HAPPENING and not built.slots.get(slot):
                built.fill(slot, *heads)
    if not built.slots.get("subj"):
        built.fill("subj", *built.get("agent", "of"))
    return built


def _turn(built: Frame, verb: Token) -> None:
    """An event noun under a verb whose subject it befalls: "Kyiv faced criticism from Warsaw"."""
    above = _verb_frame(verb)
    built.verb, built.passive = verb, True
    agents = built.get("agent", "from") or above.get("agent", "from")
    named = {i for r in verb.doc._.references if r.ref for i in range(r.start, r.end)}
    # "Sejumlah gugatan hukum": lawsuits of law are nobody's.
    built.slots["subj"] = agents or [owner for owner in built.get("of") if owner.i in named]
    for slot in _BEFALLEN:
        if not built.slots.get(slot):
            built.fill(slot, *above.get("subj"))
    for slot in ("in", "time"):
        built.fill(slot, *(head for head in above.get(slot) if head != built.predicate))


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
