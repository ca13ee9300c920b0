"""Who fills which role of a relation: the slots of a frame, in the order the codebook gives."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.nlp.arguments import entities, mentions_of, references_of
from kg.nlp.codebook import Cue, Relation
from kg.nlp.doers import can_act, doers, is_event, is_somebody
from kg.nlp.frames import frame, is_clausal
from kg.nlp.governors import content_status, voices
from kg.nlp.matching import claimed_by, match
from kg.nlp.morphology import keys
from kg.nlp.owners import answerable, heads_in, is_suffered, whose
from kg.nlp.references import plain
from kg.nlp.slots import Frame, surface_subject
from kg.nlp.syntax import (
    children,
    conjuncts,
    is_in,
    is_time,
    lang_of,
    phrase,
    preposition_classes,
    preposition_rank,
    within,
    word_list,
)
from kg.types import Mention

#: Slots that are told as other roles when nothing else used them.
_OTHER = {"with": "instrument", "from": "source", "about": "topic", "as": "as", "purpose": "purpose"}

#: The slots of an object itself.
_OWN_SLOTS = frozenset({"obj", "obj.poss"})
#: Events whose object suffers them.
HARMFUL = frozenset({"ASSAULT", "COERCE"})

Roles = dict[str, list[Mention]]


def fill(doc: Doc, built: Frame, relation: Relation, cue: Cue) -> Roles:
    """Who fills which role of a relation; a phrase fills one role only."""
    noun = built.predicate.pos_ in {"NOUN", "PROPN"}
    if noun and relation.noun_is_actor:
        built.slots["subj"] = _named_by(built.predicate)
    elif noun and cue.possessor == "obj" and built.verb is built.predicate:
        built.slots["obj"] = built.slots.pop("of", [])
        built.slots["subj"] = built.get("agent")
    taking = _Taking(doc, built, relation, cue)
    actors = taking.take("actor", plain_too=built.verb is not built.predicate or not noun)
    if noun and (claim := claimed_by(built.predicate)) is not None:  # "claimed the Kabul attack"
        actors = entities(mentions_of(doc, frame(claim).get("subj"))) or actors
    if not actors and noun:
        given = entities(mentions_of(doc, built.get("from")))  # "a letter from Putin to Kim"
        actors = taking.allowed("actor", _planner(doc, built.predicate) or given)
    if not refs(actors):
        actors = taking.allowed("actor", _behind(doc, built)) or actors
    between = mentions_of(doc, built.get("between", "obj.between"))
    # Who brokers a truce between two is none of them.
    theirs = noun and relation.symmetric and len(entities(between)) > 1
    if between and (theirs or not actors) and "between" in relation.slots["recipient"]:
        actors, between = between[:1], between[1:]
        recipients = entities(between)
    else:
        recipients = _recipients(taking, refs(actors))
    if not recipients and relation.symmetric and len(actors) > 1:
        actors, recipients = actors[:1], actors[1:]
    if not recipients and relation.symmetric:
        actors, recipients = _companions(taking, actors)
    recipients = recipients or _unnamed_recipients(taking)
    if not recipients and relation.event_type == "PROTEST":
        recipients = _opposed(doc, built)
    if not recipients and relation.event_type == "THREATEN":
        recipients = _threatened(doc, built)
    roles = {
        "actor": actors,
        "recipient": [m for m in recipients if m.ref is None or m.ref not in refs(actors)],
    }
    roles["theme"] = taking.take("theme", plain_too=True) or taking.nobody()
    roles["content"] = _clause(doc, built, relation.slots["content"], taking.used)
    roles.update(_others(doc, built, taking.used))
    return {name: mentions for name, mentions in roles.items() if mentions}


def _suffers_in_object(relation: Relation) -> bool:
    """Whether the object is acted upon, and not handed over ("send weapons to", "send … weapons")."""
    slots = relation.slots["recipient"]
    if "obj" not in slots:
        return False
    return "obj" not in relation.slots["theme"] or not {"to", "iobj"} & set(slots[: slots.index("obj")])


def _recipients(taking: _Taking, actors: set[str | None]) -> list[Mention]:
    """The entities that are acted upon: those in the slots, else those close to them."""
    relation, built = taking.relation, taking.built

    def other(heads: list[Token]) -> list[Mention]:
        found = entities(mentions_of(taking.doc, heads))
        return [m for m in taking.allowed("recipient", found) if m.ref not in actors]

    direct = [m for m in taking.take("recipient") if m.ref not in actors]
    if direct or not relation.slots["recipient"]:
        return direct
    raised = other(_raised_subjects(built)) if _asks_in_clause(relation) else []
    if raised := [m for m in raised if m.ref not in _served_by(taking.doc, actors)]:
        return raised
    slots = [slot for slot in relation.slots["recipient"] if slot not in {"obj", "iobj"}]
    nested = other(
        [
            inner
            for slot in slots
            for head in heads_in(built, slot, taking.cue)
            if not _is_where(taking, slot, head)
            for inner in (answerable(head) if is_suffered(head) else within(head))
        ]
    )
    return nested if len(refs(nested)) == 1 else []


def _companions(taking: _Taking, actors: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Actor and recipient where one phrase names both: "Israeli and Lebanese officials met"."""
    for head in taking.built.get("subj"):
        for child in children(head, "nmod", "amod", "compound", "nmod:poss"):
            first, *others = conjuncts(child)
            one, other = (entities(mentions_of(taking.doc, words)) for words in ([first], others))
            one = [m for m in actors if m.ref is not None] or taking.allowed("actor", one)
            other = [m for m in taking.allowed("recipient", other) if m.ref not in refs(one)]
            if one and other:
                return one, other
    return actors, []


def _opposed(doc: Doc, built: Frame) -> list[Mention]:
    """Against whom a protest is, by the clause that says so: "turun ke jalan menentang Israel"."""
    below = [
        *built.get("adverbial"),
        *built.get("purpose"),
        *built.get("comp"),
        *children(built.predicate, "acl"),
    ]
    for clause in below:
        matched = match(clause)
        if matched is not None and voices(clause, built.predicate):
            roles = fill(doc, frame(clause), *matched)
            if found := entities(roles.get("recipient", [])):
                return found
    return []


def _threatened(doc: Doc, built: Frame) -> list[Mention]:
    """Whom the deed that is threatened would befall: "threatened to bomb Lebanon"."""
    for clause in [*built.get("comp"), *built.get("purpose")]:
        matched = match(clause) if not _own_subject(clause) and not _is_told_apart(clause) else None
        if matched is not None and (matched[0].weight or 0) < 0:
            return entities(fill(doc, frame(clause), *matched).get("recipient", []))
    return []


def _unnamed_recipients(taking: _Taking) -> list[Mention]:
    """Whoever is acted upon without a name: second object, the slots, who is to do what follows."""
    relation, built = taking.relation, taking.built
    if built.get("iobj") and "iobj" in relation.slots["recipient"] and relation.control == "object":
        found = taking.take("recipient", plain_too=True, only=frozenset({"iobj"}))
        if found:
            return found
    direct = {"obj"} if _suffers_in_object(relation) else set()
    found = taking.take("recipient", plain_too=True, only=frozenset({"to", "against", *direct}))
    if not found and "obj" in relation.slots["recipient"]:
        # People whom the cue names are those it befalls: "released the hostages".
        people = [h for h in built.get("obj") if is_in(h, "bodies", "individuals", "nouns")]
        found = mentions_of(taking.doc, [h for h in people if taking.cue.needs(h.text)])
    found = found or _people_beside(taking)
    if found or relation.content_status not in {"requested", "alleged"} or not _asks_in_clause(relation):
        return found
    able = [head for head in _raised_subjects(built) if can_act(taking.doc, head)]
    if relation.content_status == "alleged":  # "menuduh bank itu mencuci uang", not "said that a bank …"
        able = [head for head in able if not _is_told_apart(head.head)]
    return mentions_of(taking.doc, able)


def _people_beside(taking: _Taking) -> list[Mention]:
    """People and bodies without a name whose thing it befalls, or with whom it is done.

    "Froze the accounts of a bank", "exchanged fire with poachers".
    """
    relation = taking.relation
    slots = [
        s for s in relation.slots["recipient"] if s.endswith(".poss") or (s == "with" and relation.symmetric)
    ]
    heads = [head for slot in slots for head in heads_in(taking.built, slot, taking.cue)]
    return mentions_of(taking.doc, [head for head in heads if is_somebody(head)])


def _is_told_apart(clause: Token) -> bool:
    """Whether a conjunction opens a clause, so that its subject is its own alone."""
    return any(is_in(mark, "clauses", "complement") for mark in children(clause, "mark"))


def _is_where(taking: _Taking, slot: str, head: Token) -> bool:
    """Whether a word of the cue says where a protest is: "salieron a las calles de Caracas"."""
    return taking.relation.event_type == "PROTEST" and slot == "to" and taking.cue.needs(head.text)


def _served_by(doc: Doc, people: set[str | None]) -> set[str | None]:
    """Those for whom people hold an office: a minister who warns that Iran will answer warns not Iran."""
    held = [role for role in doc._.roles if role.person is not None and role.of is not None]
    return {role.of.ref for role in held if role.person.ref in people}


def _asks_in_clause(relation: Relation) -> bool:
    """Whether who is acted upon may be named as the subject of the content: "asked that Iran leave"."""
    return "obj" in relation.slots["recipient"] and "comp" in relation.slots["content"]


def _raised_subjects(built: Frame) -> list[Token]:
    clauses = [clause for clause in built.get("comp") if clause.i > built.predicate.i]
    return [head for clause in clauses for head in _own_subject(clause)]


def _named_by(noun: Token) -> list[Token]:
    """Whom a role noun means: its subject, the name beside it, or the name it stands beside."""
    subjects = [child for child in noun.children if child.dep_ == "nsubj"]
    beside = [child for child in noun.children if child.dep_ in {"appos", "flat"}]
    return subjects or beside or ([noun.head] if noun.dep_ == "appos" else [])


def _planner(doc: Doc, noun: Token) -> list[Mention]:
    """Whose event it is that is only planned, or that somebody is accused of.

    In "Japan considers sanctions" those of Japan, in "обвинила Минск в нападении" that of Minsk.
    """
    above = match(noun.head) if noun.dep_ in {"obl", "nmod"} else None
    accused = above is not None and above[0].content_status == "alleged" and above[0].control == "object"
    if accused and above is not None and set(above[0].slots["content"]) & preposition_classes(noun):
        return entities(mentions_of(doc, frame(noun.head).get("obj")))
    weighed = not keys(noun.head.text, lang_of(noun)).isdisjoint(
        word_list(lang_of(noun), "status", "governor", "planned")
    )
    if noun.dep_ != "obj" or not (weighed or content_status(noun.head) == "planned"):
        return []
    return entities(mentions_of(doc, frame(noun.head).get("subj")))


def _behind(doc: Doc, built: Frame) -> list[Mention]:
    """Who is behind the event that did it: "a Russian attack killed", "were killed in a PKK attack"."""
    for head in built.get("in") if built.passive else built.get("subj"):
        matched = match(head) if head.pos_ == "NOUN" and head != built.predicate else None
        if matched is not None and not is_suffered(head):
            event = frame(head)
            slots = ("subj", "with", "against") if matched[0].symmetric else ("subj",)
            actors = entities(mentions_of(doc, whose(event.get(*slots), event, matched[1])))
            if actors:
                return actors
    return []


def caused(doc: Doc, built: Frame) -> Roles:
    """Who caused what befalls the subject, by the attack it is told to be in: "died in a Russian strike"."""
    slots = ("in", "from", "subj" if built.passive else "agent")
    heads = [head for slot in slots for head in built.get(slot)]
    attacks = [h for h in heads if (found := match(h)) is not None and found[0].event_type in HARMFUL]
    suffered = Frame(predicate=built.predicate, verb=built.verb, passive=True, slots={"in": attacks})
    actors = _behind(doc, suffered)
    victims = mentions_of(doc, surface_subject(built))
    return {"actor": actors, "recipient": victims} if actors and victims else {}


class _Taking:
    """Takes phrases out of the slots of a frame, each for one role."""

    def __init__(self, doc: Doc, built: Frame, relation: Relation, cue: Cue) -> None:
        self.doc, self.built, self.relation, self.cue = doc, built, relation, cue
        self.used: set[int] = set()
        self._unable: list[Token] = []

    def nobody(self) -> list[Mention]:
        """What stands where somebody is acted upon, and is nobody: "condemned the attack"."""
        free = [head for head in self._unable if head.i not in self.used]
        self.used.update(head.i for head in free)
        return mentions_of(self.doc, free)

    def allowed(self, role: str, mentions: list[Mention]) -> list[Mention]:
        """Without the entities of types that the codebook does not let fill the role."""
        return [m for m in mentions if m.ref is None or self.relation.allows(role, m.type)]

    def _free(self, head: Token) -> bool:
        """Whether a phrase is still to be had: no plain word of the cue, nor in another role."""
        taken = head.i in self.used or head == self.built.predicate
        return not taken and (not self.cue.needs(head.text) or bool(references_of(self.doc, head)))

    def _able(self, role: str, heads: list[Token]) -> list[Token]:
        """Those who can do it or suffer it: for a deed its owner, for a thing nobody."""
        if role == "actor":
            return [who for head in heads for who in doers(self.doc, head, self.relation)]
        if role == "recipient" and self.relation.needs_somebody("recipient"):
            by_whom = ([h] if can_act(self.doc, h) else _named_doers(h) for h in heads)
            return [who for some in by_whom for who in some]
        return heads

    def _befalls(self, heads: list[Token]) -> bool:
        """Whether it is people without a name whom a harmful deed is done to."""
        harmful = self.relation.event_type in HARMFUL and _suffers_in_object(self.relation)
        return harmful and any(is_in(head, "bodies", "individuals", "nouns") for head in heads)

    def take(
        self, role: str, *, plain_too: bool = False, only: frozenset[str] | None = None
    ) -> list[Mention]:
        """The mentions of the first slot of a role that has entities, or with ``plain_too`` anything."""
        for slot in self.relation.slots[role]:
            if only is not None and slot not in only:
                continue
            heads = [head for head in heads_in(self.built, slot, self.cue) if self._free(head)]
            heads = [head for head in heads if not _is_only_quality(head)]
            if plain_too and slot == "to":
                # "for" says to whom or what for, and only names and nouns of people tell which.
                heads = [
                    h
                    for h in heads
                    if "purpose" not in preposition_classes(h) or references_of(self.doc, h) or is_somebody(h)
                ]
            if any(references_of(self.doc, head) for head in heads):
                # Of several subjects beside each other the named one is meant, unless they are coordinated.
                heads = [h for h in heads if references_of(self.doc, h) or _coordinated(h, heads)]
                heads = _nearest(heads, slot)
            able = self._able(role, heads)
            found = self.allowed(role, mentions_of(self.doc, able))
            chosen = found if plain_too else entities(found)
            if role == "recipient" and slot == "obj" and not chosen and self._befalls(able):
                only = _OWN_SLOTS  # "expelled fishermen from Natuna": nobody there is Natuna
            if chosen:
                self.used.update(head.i for head in heads)
                return chosen
            if plain_too and heads and not able:
                self._unable = heads if role == "recipient" else []
                return []  # "condemned the attack at the mosque": what it is about is said, and is nobody
        return []


def _nearest(heads: list[Token], slot: str) -> list[Token]:
    """Of phrases that are not coordinated those whose preposition comes first in the class of the slot.

    "Filed a case against Israel at the court" is against Israel alone.
    """
    if len(heads) < 2 or any(_coordinated(head, heads) for head in heads):
        return heads
    ranks = [preposition_rank(head, slot) for head in heads]
    return [head for head, rank in zip(heads, ranks, strict=True) if rank == min(ranks)]


def _is_only_quality(word: Token) -> bool:
    """Whether an adjective names nobody: "a strict embargo" is not against strict."""
    return word.dep_ == "amod" and not references_of(word.doc, word) and not children(word, "det")


def _named_doers(noun: Token) -> list[Token]:
    """Who did what an event noun tells, where its phrase says so: "dispersed a protest by journalists"."""
    # As in answerable, "of" says whose it is.
    agents = frame(noun).get("agent") if is_event(noun) else []
    return [head for head in agents if "of" not in preposition_classes(head)]


def _own_subject(clause: Token) -> list[Token]:
    """The subject that a clause brings along: in "menuduh Rusia menyerang" it is the one accused."""
    return [head for head in frame(clause).get("subj") if head.head == clause and head.i < clause.i]


def _coordinated(head: Token, heads: list[Token]) -> bool:
    return any(other is not head and (other.head == head or head.head == other) for other in heads)


def _clause(doc: Doc, built: Frame, slots: tuple[str, ...], used: set[int]) -> list[Mention]:
    """The clause that is asked for, threatened, agreed to and so on, as a phrase."""
    for head in built.get(*slots):
        if head.pos_ not in {"VERB", "AUX"} and not is_clausal(head):
            if head.pos_ in {"NOUN", "PROPN"} and head.i not in used:
                return [plain(doc, phrase(head))]
            continue
        if head.i < built.predicate.i:
            continue
        words = sorted((t for t in head.subtree if not t.is_space), key=lambda t: t.i)
        while words and (words[0].is_punct or words[0].dep_ == "mark"):
            words = words[1:]
        if words:
            return [plain(doc, [words[0], words[-1]])]
    return []


def _others(doc: Doc, built: Frame, used: set[int]) -> Roles:
    """Further roles, as plain phrases or entities: instrument, topic, purpose."""
    found: Roles = {}
    for slot, role in _OTHER.items():
        heads = [h for h in built.get(slot) if h.i not in used and (slot != "purpose" or h.pos_ == "VERB")]
        if slot == "purpose":
            words = sorted((t for h in heads[:1] for t in h.subtree if not t.is_space), key=lambda t: t.i)
            while words and words[0].is_punct:
                words = words[1:]
            if words:
                found[role] = [plain(doc, [words[0], words[-1]])]
            continue
        mentions = mentions_of(doc, heads)
        if mentions and not any(is_time(h) for h in heads):
            found[role] = mentions
            used.update(h.i for h in heads)
    return found


def refs(mentions: list[Mention]) -> set[str | None]:
    return {m.ref for m in mentions if m.ref is not None}
