"""Claims: each predicate with its participants, status, date and place.

The codebook says which relation a predicate expresses and which slots fill which roles; a verb
without a cue that joins two entities makes an open relation.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp.arguments import entities, mentions_of, references_of
from kg.nlp.codebook import Codebook, Cue, Relation, load_codebook
from kg.nlp.frames import Frame, frame, is_clausal, light_verb, match
from kg.nlp.morphology import keys
from kg.nlp.references import HeldRole, evidence, mention, plain
from kg.nlp.sayings import is_speech
from kg.nlp.settings import place_of, time_of
from kg.nlp.status import Judgement, judge
from kg.nlp.syntax import is_time, lang_of, phrase, possessors, within, word_list
from kg.types import Claim, Evidence, Mention, Role, claim_id

EXTRACTOR = "kg.rules/1"
#: How far a claim by a cue of the codebook, and an open one, is trusted; to be calibrated.
CUE_SCORE, OPEN_SCORE = 0.9, 0.5
OPEN = "open"
_NO_PREDICATES = frozenset({"aux", "aux:pass", "cop", "flat", "amod", "case", "mark"})
#: Events told by a noun without saying who did it: "the killing of X", "sanksi terhadap X".
SUFFERED = frozenset({"ASSAULT", "COERCE", "SANCTION"})
_OPEN_RECIPIENTS = ("obj", "iobj", "to", "against", "with", "from", "obj.to", "obj.with")
#: Slots that are told as other roles when nothing else used them.
_OTHER = {"with": "instrument", "from": "source", "about": "topic", "as": "as", "purpose": "purpose"}


@Language.factory(
    "kg_claims",
    assigns=["doc._.claims"],
    requires=["doc._.references", "doc._.roles", "doc._.sayings", "doc._.times", "token.dep", "token.pos"],
)
class Claims:
    """Fills ``doc._.claims`` with :class:`kg.types.Claim`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.codebook = load_codebook()

    def __call__(self, doc: Doc) -> Doc:
        found = [*_held_roles(doc, self.codebook), *_rejections(doc, self.codebook)]
        for token in doc:
            if token.pos_ in {"VERB", "NOUN", "ADJ", "PROPN", "AUX"} and token.dep_ not in _NO_PREDICATES:
                found.extend(_predicate(doc, token))
        unique = {claim.id: claim for claim in found}
        doc._.claims = tuple(sorted(unique.values(), key=lambda c: (c.trigger.start, c.id)))
        return doc


def _predicate(doc: Doc, token: Token) -> Iterator[Claim]:
    """The claim that a word makes as a predicate, if any."""
    matched = match(token)
    built = frame(token)
    if matched is None:
        if token.pos_ == "VERB":
            yield from _open(doc, token, built)
        return
    relation, cue = matched
    nominal = token.pos_ in {"NOUN", "PROPN"} and built.verb is token and not _is_main(token)
    if nominal and _is_part_of_cue(token):
        return
    roles = _fill(doc, built, relation, cue)
    if nominal and not roles.get("recipient") and roles.get("actor") and _answered(token):
        asked = mentions_of(doc, frame(token.head).get("subj"))
        roles["recipient"] = [m for m in entities(asked) if m.ref not in _refs(roles.get("actor", []))]
    if _worth_telling(roles, relation, nominal, built.passive):
        yield _claim(doc, built, relation.id, relation.label, relation, roles)


def _is_main(noun: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubj:pass", "cop"} for child in noun.children)


def _is_part_of_cue(noun: Token) -> bool:
    """Whether the verb above needs the noun to be a cue ("menjatuhkan sanksi"): one claim, not two."""
    above = noun.head
    if above == noun or above.pos_ not in {"VERB", "AUX", "NOUN"}:
        return False
    matched = match(above)
    return matched is not None and matched[1].needs(noun.text)


def _answered(noun: Token) -> bool:
    """Whether the verb above answers what the noun names ("menolak ajakan")."""
    if noun.dep_ not in {"obj", "nsubj:pass"}:
        return False
    matched = match(noun.head)
    return matched is not None and matched[0].answers


def _refs(mentions: list[Mention]) -> set[str | None]:
    return {m.ref for m in mentions if m.ref is not None}


_Roles = dict[str, list[Mention]]


def _fill(doc: Doc, built: Frame, relation: Relation, cue: Cue) -> _Roles:
    """Who fills which role of a relation; a phrase fills one role only."""
    used: set[int] = set()
    roles: _Roles = {}
    if built.predicate.pos_ in {"NOUN", "PROPN"} and cue.possessor == "obj" and built.verb is built.predicate:
        built.slots["obj"] = built.slots.pop("of", [])
        built.slots["subj"] = built.get("agent")
    roles["actor"] = _take(doc, built, cue, relation.slots["actor"], used, plain_too=True)
    if not roles["actor"]:
        roles["actor"] = _actors_within(doc, built)
    between = mentions_of(doc, built.get("between"))
    if between and "between" in relation.slots["recipient"] and not roles["actor"]:
        roles["actor"], between = between[:1], between[1:]
    actors = _refs(roles["actor"])
    roles["recipient"] = [m for m in _take(doc, built, cue, relation.slots["recipient"], used) if m.ref not in actors]
    if not roles["recipient"] and relation.symmetric and len(roles["actor"]) > 1:
        roles["actor"], roles["recipient"] = roles["actor"][:1], roles["actor"][1:]
    if not roles["recipient"] and relation.slots["recipient"]:
        owners = [owner for head in built.get("obj") for owner in possessors(head)]
        roles["recipient"] = [m for m in entities(mentions_of(doc, owners)) if m.ref not in actors]
    if not roles["recipient"]:
        nested = [inner for slot in relation.slots["recipient"] for head in _slot(built, slot) for inner in within(head)]
        only = {m.ref: m for m in entities(mentions_of(doc, nested)) if m.ref not in actors}
        roles["recipient"] = list(only.values()) if len(only) == 1 else []
    if not roles["recipient"] and relation.slots["recipient"][:1] in {("obj",), ("iobj",)}:
        roles["recipient"] = _take(doc, built, cue, relation.slots["recipient"][:1], used, plain_too=True)
    roles["theme"] = _take(doc, built, cue, relation.slots["theme"], used, plain_too=True)
    roles["content"] = _clause(doc, built, relation.slots["content"])
    roles.update(_others(doc, built, used))
    return {name: mentions for name, mentions in roles.items() if mentions}


def _actors_within(doc: Doc, built: Frame) -> list[Mention]:
    """Who is behind the event in which it happened: "were killed in a PKK attack"."""
    for head in built.get("in") if built.passive else []:
        if head.pos_ == "NOUN" and match(head) is not None:
            actors = entities(mentions_of(doc, frame(head).get("subj")))
            if actors:
                return actors
    return []


def _take(
    doc: Doc, built: Frame, cue: Cue, slots: tuple[str, ...], used: set[int], plain_too: bool = False
) -> list[Mention]:
    """The mentions of the first slot that has entities, or with ``plain_too`` anything."""
    for slot in slots:
        heads = [h for h in _slot(built, slot) if h.i not in used and not cue.needs(h.text) and h != built.predicate]
        if any(references_of(doc, h) for h in heads):
            # Of several subjects beside each other, the named one is meant, unless they are coordinated.
            heads = [h for h in heads if references_of(doc, h) or _coordinated(h, heads)]
        found = mentions_of(doc, heads)
        chosen = found if plain_too else entities(found)
        if chosen:
            used.update(h.i for h in heads)
            return chosen
    return []


def _coordinated(head: Token, heads: list[Token]) -> bool:
    return any(other is not head and (other.head == head or head.head == other) for other in heads)


def _clause(doc: Doc, built: Frame, slots: tuple[str, ...]) -> list[Mention]:
    """The clause that is asked for, threatened, agreed to and so on, as a phrase."""
    for head in built.get(*slots):
        if head.pos_ not in {"VERB", "AUX"} and not is_clausal(head):
            if head.pos_ in {"NOUN", "PROPN"}:
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


def _slot(built: Frame, slot: str) -> list[Token]:
    """The heads in a slot; ``.poss`` are the possessors of those, and a verb's object lends its prepositions."""
    if slot.endswith(".poss"):
        return [owner for head in _slot(built, slot.removesuffix(".poss")) for owner in possessors(head)]
    if slot in {"agent", "subj"}:
        return built.get("subj")
    if slot == "comp":
        return []
    return built.get(slot, f"obj.{slot}")


def _others(doc: Doc, built: Frame, used: set[int]) -> _Roles:
    """Further roles, as plain phrases or entities: instrument, topic, purpose."""
    found: _Roles = {}
    for slot, role in _OTHER.items():
        heads = [h for h in built.get(slot) if h.i not in used]
        if slot == "purpose":
            words = [sorted(h.subtree, key=lambda t: t.i) for h in heads[:1]]
            if words and words[0]:
                kept = [t for t in words[0] if not t.is_space]
                found[role] = [plain(doc, [kept[0], kept[-1]])]
            continue
        mentions = mentions_of(doc, heads)
        if mentions and not any(is_time(h) for h in heads):
            found[role] = mentions
            used.update(h.i for h in heads)
    return found


def _worth_telling(roles: _Roles, relation: Relation, nominal: bool, passive: bool) -> bool:
    """Whether enough is known: a named participant, and two of them for a mere noun."""
    actors, recipients = roles.get("actor", []), roles.get("recipient", [])
    if not actors and (relation.symmetric or not (nominal or passive)):
        return False  # nobody is said to do it: the tree is wrong, or it is an order
    if not _refs(actors) and not _refs(recipients):
        return bool(relation.event_type and actors and recipients and not nominal)
    if nominal:
        return bool(_refs(recipients)) and (bool(_refs(actors)) or relation.event_type in SUFFERED)
    if relation.event_type is None:
        return bool(actors and recipients)
    told = recipients or roles.get("theme") or roles.get("content")
    return bool(told) or not relation.slots["recipient"]


def _open(doc: Doc, verb: Token, built: Frame) -> Iterator[Claim]:
    """A claim by a verb that the codebook does not know but that joins two entities."""
    lang = lang_of(verb)
    forms = keys(verb.text, lang)
    if not forms.isdisjoint(word_list(lang, "clauses", "empty")) or is_speech(verb):
        return
    if any(match(child) and light_verb(child) == verb for child in verb.children):
        return  # the noun under a light verb makes the claim
    governing = {w for s in ("planned", "alleged", "denied", "negated", "possible") for w in word_list(lang, "status", "governor", s)}
    if any(child.dep_ in {"xcomp", "ccomp"} for child in verb.children) and not forms.isdisjoint(governing):
        return
    actors = entities(mentions_of(doc, built.get("subj")))
    recipients: list[Mention] = []
    theme: list[Mention] = []
    for slot in _OPEN_RECIPIENTS:
        recipients = [m for m in entities(mentions_of(doc, built.get(slot))) if m.ref not in _refs(actors)]
        if recipients:
            break
    if not recipients:
        owners = [owner for head in built.get("obj") for owner in possessors(head)]
        recipients = [m for m in entities(mentions_of(doc, owners)) if m.ref not in _refs(actors)]
    plain_objects = [m for m in mentions_of(doc, built.get("obj")) if m.ref is None]
    theme = plain_objects[:1]
    if actors and recipients:
        roles = {"actor": actors, "recipient": recipients, "theme": theme}
        words = " ".join([verb.lower_, *(m.evidence.quote for m in theme)])
        yield _claim(doc, built, OPEN, words, None, roles)


def _claim(
    doc: Doc, built: Frame, id: str, label: str, relation: Relation | None, roles: _Roles
) -> Claim:
    judged = judge(doc, built)
    event_type = relation.event_type if relation else None
    actors = _refs(roles.get("actor", [])) | _refs(roles.get("recipient", []))
    base = CUE_SCORE if relation is not None else OPEN_SCORE
    return _made(
        doc,
        built.predicate,
        relation=id,
        label=label,
        event_type=event_type,
        cameo=relation.cameo if relation else None,
        roles=roles,
        judged=judged,
        time=time_of(doc, built, judged, dated=event_type is not None),
        place=place_of(doc, built, actors),
        score=base * min([m.score for name in ("actor", "recipient") for m in roles.get(name, [])], default=1.0),
    )


def _made(
    doc: Doc,
    trigger: Token,
    *,
    relation: str,
    label: str,
    event_type: str | None,
    cameo: str | None,
    roles: _Roles,
    judged: Judgement,
    score: float,
    time: tuple[str, str, str] | None = None,
    place: Mention | None = None,
    words: tuple[int, int] | None = None,
) -> Claim:
    """The claim as a value; its evidence is the sentence."""
    listed = tuple(Role(name=name, mention=m) for name, mentions in roles.items() for m in mentions)
    start, end = words or (trigger.i, trigger.i + 1)
    told, by = sentence_evidence(doc, trigger), evidence(doc, start, end)
    return Claim(
        id=claim_id(told.article_id, relation, listed, judged.polarity, judged.modality, told, by),
        article_id=told.article_id,
        relation=relation,
        label=label,
        event_type=event_type,
        cameo=cameo,
        roles=listed,
        polarity=judged.polarity,
        modality=judged.modality,
        attributed_to=tuple(judged.attributed_to),
        evidence=told,
        trigger=by,
        cue=", ".join(dict.fromkeys(judged.cues)) or None,
        date=time[0] if time else None,
        date_precision=time[1] if time else None,  # type: ignore[arg-type]
        date_basis=time[2] if time else None,  # type: ignore[arg-type]
        place=place,
        extractor=EXTRACTOR,
        score=round(score, 3),
    )


def sentence_evidence(doc: Doc, token: Token) -> Evidence:
    """The sentence of a word, without the white space around it."""
    words = [t for t in token.sent if not t.is_space]
    return evidence(doc, words[0].i, words[-1].i + 1)


def _held_roles(doc: Doc, codebook: Codebook) -> Iterator[Claim]:
    """Who is what: one claim for each person, title and body, by the first sentence that says it."""
    relation = codebook.relations["holds-role"]
    seen: set[tuple[str | None, str | None, str]] = set()
    for role in doc._.roles:
        person = _current(doc, role)
        if person is None or role.of is None or (person.ref, role.of.ref, role.title) in seen:
            continue
        seen.add((person.ref, role.of.ref, role.title))
        title = plain(doc, list(doc[role.words[0] : role.words[1]]))
        yield _made(
            doc,
            doc[role.words[0]],
            relation=relation.id,
            label=f"is {role.title} of",
            event_type=None,
            cameo=None,
            roles={"actor": [person], "recipient": [mention(doc, role.of)], "title": [title]},
            judged=Judgement(),
            score=CUE_SCORE * person.score,
            words=role.words,
        )


def _current(doc: Doc, role: HeldRole) -> Mention | None:
    """The holder as it is known after coreference."""
    if role.person is None:
        return None
    found = [r for r in doc._.references if r.start == role.person.start and r.end == role.person.end]
    return mention(doc, found[0]) if found and found[0].ref else None


def _rejections(doc: Doc, codebook: Codebook) -> Iterator[Claim]:
    """A speaker who calls an accusation baseless rejects it, whatever the grammar of the quotation."""
    listed = word_list(doc.user_data["lang"], "status", "rejection", "phrases")
    relation = codebook.relations["deny"]
    for saying in doc._.sayings:
        text = " ".join(t.lower_ for t in doc[saying.start : saying.end] if not t.is_punct and not t.is_space)
        found = next((words for words in sorted(listed) if f" {words} " in f" {text} "), None)
        if found is None or not entities(saying.speaker):
            continue
        trigger = next(
            (t for t in doc[saying.start : saying.end] if t.lower_ in found.split() and t.pos_ in {"VERB", "ADJ", "NOUN"}),
            doc[saying.start],
        )
        yield _made(
            doc,
            trigger,
            relation=relation.id,
            label=relation.label,
            event_type=relation.event_type,
            cameo=relation.cameo,
            roles={"actor": list(entities(saying.speaker))},
            judged=Judgement(attributed_to=list(saying.speaker), cues=[found]),
            score=CUE_SCORE * 0.8,
        )
