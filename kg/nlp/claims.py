"""Claims: each predicate with its participants, status, date and place.

The codebook says which relation a predicate expresses and which slots fill which roles; a verb
without a cue that joins two entities makes an open relation.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp import events, open_claims
from kg.nlp.arguments import entities, mentions_of
from kg.nlp.codebook import Codebook, Relation, load_codebook
from kg.nlp.confidence import scored
from kg.nlp.denials import denials, rejections
from kg.nlp.doers import can_act
from kg.nlp.events import load_types
from kg.nlp.frames import frame
from kg.nlp.matching import claimed_by, joined_agent, match
from kg.nlp.references import HeldRole, evidence, mention, plain
from kg.nlp.repeats import merged
from kg.nlp.roles import Roles, caused, fill, refs
from kg.nlp.settings import in_fiction, place_of, time_of
from kg.nlp.slots import Frame
from kg.nlp.sport import is_of_match
from kg.nlp.status import Judgement, judge
from kg.nlp.syntax import counting, is_in
from kg.nlp.verdicts import verdicts
from kg.types import Claim, Evidence, Mention, Role, claim_id

EXTRACTOR = "kg.rules/1"
OPEN = "open"
#: A type of event that the model gives to an open claim is at least so likely: three of five such are right
#: in type and parties (training/README.md).
LEAST_CHANCE = 0.8
_NO_PREDICATES = frozenset({"aux", "aux:pass", "cop", "flat", "amod", "case", "mark"})
#: Events told by a noun without saying who did it: "the killing of X", "sanksi terhadap X".
SUFFERED = frozenset({"ASSAULT", "COERCE", "SANCTION"})
#: What one party does alone: it is told without a recipient.
ALONE = frozenset({"PROTEST", "MOBILIZE", "RETREAT", "CONCEDE"})


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
        told: list[tuple[Token, Claim]] = []
        for token in doc:
            telling = token.dep_ not in _NO_PREDICATES or joined_agent(token) is not None
            telling = telling and not in_fiction(token)
            if telling and token.pos_ in {"VERB", "NOUN", "ADJ", "PROPN", "AUX"}:
                told.extend((token, claim) for claim in _predicate(doc, token))
        denied = denials(doc, told)
        told.extend(denied)
        rejected = _rejections(doc, self.codebook, {token.i for token, _ in denied})
        called = _verdicts(doc, self.codebook)
        found = [*_held_roles(doc, self.codebook), *rejected, *called, *_without_doubles(told)]
        unique = {claim.id: scored(doc, claim) for claim in found}
        doc._.claims = merged(unique.values(), self.codebook.symmetric)
        return doc


def _predicate(doc: Doc, token: Token) -> Iterator[Claim]:
    """The claim that a word makes as a predicate, if any."""
    matched = match(token)
    if matched is not None and matched[0].content_status == "alleged" and joined_agent(token) is not None:
        return  # "al-Qaeda-linked": nobody says so
    built = frame(token)
    if matched is None:
        if token.pos_ == "VERB":
            yield from _open(doc, token, built)
        return
    relation, cue = matched
    if token.pos_ in {"NOUN", "PROPN"} and _is_main(token) and not relation.noun_is_actor:
        return  # "the talks were a success", "she is under investigation": what it is, not what is done
    nominal = token.pos_ in {"NOUN", "PROPN"} and built.verb is token and not _is_main(token)
    if token.pos_ in {"NOUN", "PROPN"} and not _is_main(token) and _is_part_of_cue(token):
        return
    if relation.caused_as is not None and (roles := caused(doc, built)):
        relation = load_codebook().relations[relation.caused_as]
        yield _claim(doc, built, relation.id, relation.label, relation, roles)
        return
    roles = fill(doc, built, relation, cue)
    if nominal and not roles.get("recipient") and roles.get("actor") and _answered(token):
        asked = mentions_of(doc, frame(counting(token).head).get("subj"))
        others = [m for m in asked if m.ref not in refs(roles.get("actor", []))]
        roles["recipient"] = entities(others) or others
    if nominal and relation.symmetric and refs(roles.get("recipient", [])) and not roles.get("actor"):
        # "after talks with Peru, Chile agreed": who does it together with another is in the main clause.
        above = frame(counting(token).head).get("subj") if token.dep_ == "obl" else []
        others = [m for m in entities(mentions_of(doc, above)) if m.ref not in refs(roles["recipient"])]
        roles["actor"] = [m for m in others if relation.allows("actor", m.type)]
    if _worth_telling(roles, relation, nominal, built):
        told, roles = _from_giver(relation, roles)
        yield _claim(doc, built, told.id, told.label, told, roles)


def _without_doubles(told: list[tuple[Token, Claim]]) -> Iterator[Claim]:
    """The claims without those that their contents tell too: "Iran denies attacking Oman" is one, denied."""
    relations = load_codebook().relations
    for token, claim in told:
        relation = relations.get(claim.relation)
        alone = relation is not None and relation.told_by_content and not refs(list(claim.role("recipient")))
        inside = (
            other for word, other in told if other is not claim and (word == token or token.is_ancestor(word))
        )
        if not alone or all(token.text not in (other.cue or "").split(", ") for other in inside):
            yield claim


def _from_giver(relation: Relation, roles: Roles) -> tuple[Relation, Roles]:
    """The relation that a claim is told as, and its roles: "receives aid from" as "gives aid to"."""
    if not relation.told_as_inverse or relation.inverse is None:
        return relation, roles
    turned = {"actor": roles.get("recipient", []), "recipient": roles.get("actor", [])}
    told = {name: mentions for name, mentions in {**turned, **roles, **turned}.items() if mentions}
    return load_codebook().relations[relation.inverse], told


def _is_main(noun: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubj:pass", "cop"} for child in noun.children)


def _is_part_of_cue(noun: Token) -> bool:
    """Whether the verb above needs the noun to be a cue ("menjatuhkan sanksi"): one claim, not two."""
    above = counting(noun).head
    if above == noun or above.pos_ not in {"VERB", "AUX", "NOUN"}:
        return False
    matched = match(above)
    return matched is not None and not matched[0].claims_deed and matched[1].needs(noun.text)


def _answered(noun: Token) -> bool:
    """Whether the verb above answers what the noun names ("menolak ajakan")."""
    place = counting(noun)
    if place.dep_ not in {"obj", "nsubj:pass"}:
        return False
    matched = match(place.head)
    return matched is not None and matched[0].answers


def _worth_telling(roles: Roles, relation: Relation, nominal: bool, built: Frame) -> bool:
    """Whether enough is known: a named participant, two of them for a noun or a standing relation."""
    actors, recipients = roles.get("actor", []), roles.get("recipient", [])
    # "the policy killed them", whosever it was
    by_thing = relation.event_type in SUFFERED and any(not can_act(h.doc, h) for h in built.get("subj"))
    if not actors and (relation.symmetric or not (nominal or built.passive or by_thing)):
        return False  # nobody is said to do it: the tree is wrong, or it is an order
    if relation.event_type is None:
        return bool(refs(actors) and refs(recipients))
    if not actors and not refs(recipients):
        # What befalls people is told even if nobody in it has a name; "banned weapons" are no event.
        people = any(is_in(head, "bodies", "individuals", "nouns") for head in built.get("obj"))
        return relation.event_type in SUFFERED and not nominal and bool(recipients) and people
    if nominal:
        claimed = bool(actors) and claimed_by(built.predicate) is not None  # "claimed the attack in Kabul"
        return claimed or (bool(recipients) and (bool(actors) or relation.event_type in SUFFERED))
    told = recipients or roles.get("theme") or roles.get("content")
    return bool(told) or not relation.slots["recipient"] or relation.event_type in ALONE


def _open(doc: Doc, verb: Token, built: Frame) -> Iterator[Claim]:
    """A claim by a verb that the codebook does not know; the model says which type of event it is."""
    roles = open_claims.roles(doc, verb, built)
    if not roles:
        return
    guessed = _type_of(verb, roles)
    named = sum(bool(refs(roles[name])) for name in ("actor", "recipient"))
    # Between two entities any verb is told; with one of them only what the model takes for an event.
    if named == 2 or (named == 1 and guessed):
        words = " ".join([verb.lower_, *(m.evidence.quote for m in roles.get("theme", ()))])
        yield _claim(doc, built, OPEN, words, None, roles, guessed)


def _type_of(trigger: Token, roles: Roles) -> str | None:
    """The likeliest type of event, if it is likelier than all else together."""
    if is_of_match(trigger):
        return None
    found = events.chances(load_types(), trigger, roles["actor"], roles["recipient"])
    best = max(found, key=found.__getitem__, default=events.NONE)
    return best if best != events.NONE and found[best] >= LEAST_CHANCE else None


def _claim(
    doc: Doc,
    built: Frame,
    id: str,
    label: str,
    relation: Relation | None,
    roles: Roles,
    guessed: str | None = None,
) -> Claim:
    judged = judge(doc, built)
    roles = _without_speakers(roles, judged, built)
    event_type = relation.event_type if relation else guessed
    actors = refs(roles.get("actor", [])) | refs(roles.get("recipient", []))
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
    )


def _without_speakers(roles: Roles, judged: Judgement, built: Frame) -> Roles:
    """The roles without recipients whose very words name the speaker: "will supply Kyiv, Pistorius said"."""
    speaking = {m.evidence.start for m in judged.attributed_to}
    others = [m for m in roles.get("recipient", []) if m.evidence.start not in speaking]
    enough = others or roles.get("theme") or roles.get("content")
    return {**roles, "recipient": others} if enough and not built.passive else roles


def _made(
    doc: Doc,
    trigger: Token,
    *,
    relation: str,
    label: str,
    event_type: str | None,
    cameo: str | None,
    roles: Roles,
    judged: Judgement,
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
            words=role.words,
        )


def _current(doc: Doc, role: HeldRole) -> Mention | None:
    """The holder as it is known after coreference."""
    if role.person is None:
        return None
    found = [r for r in doc._.references if r.start == role.person.start and r.end == role.person.end]
    return mention(doc, found[0]) if found and found[0].ref else None


def _rejections(doc: Doc, codebook: Codebook, taken_up: set[int]) -> Iterator[Claim]:
    """A speaker who calls an accusation baseless rejects it, whatever the grammar of the quotation."""
    relation = codebook.relations["deny"]
    for saying, trigger, found in rejections(doc):
        if not entities(saying.speaker) or trigger.i in taken_up:
            continue
        yield _made(
            doc,
            trigger,
            relation=relation.id,
            label=relation.label,
            event_type=relation.event_type,
            cameo=relation.cameo,
            roles={"actor": list(entities(saying.speaker))},
            judged=Judgement(attributed_to=list(saying.speaker), cues=[found]),
        )


def _verdicts(doc: Doc, codebook: Codebook) -> Iterator[Claim]:
    """A speaker who says what somebody is criticises or praises them."""
    for verdict in verdicts(doc):
        relation = codebook.relations[verdict.relation]
        yield _made(
            doc,
            verdict.word,
            relation=relation.id,
            label=relation.label,
            event_type=relation.event_type,
            cameo=relation.cameo,
            roles={"actor": verdict.speakers, "recipient": verdict.others},
            judged=Judgement(),
        )
