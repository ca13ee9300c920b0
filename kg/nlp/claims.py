"""Claims: each predicate with its participants, status, date and place.

The codebook says which relation a predicate expresses and which slots fill which roles; a verb
without a cue that joins two entities makes an open relation.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg import ontologies
from kg.nlp.arguments import entities, mentions_of
from kg.nlp.codebook import Codebook, Relation, load_codebook
from kg.nlp.frames import Frame, frame, light_verb, match
from kg.nlp.morphology import keys
from kg.nlp.references import HeldRole, evidence, mention, plain
from kg.nlp.roles import Roles, fill, refs
from kg.nlp.sayings import is_speech
from kg.nlp.settings import place_of, time_of
from kg.nlp.status import Judgement, judge
from kg.nlp.syntax import counted, counting, is_in, lang_of, possessors, word_list
from kg.types import Claim, Evidence, Mention, Role, claim_id

EXTRACTOR = "kg.rules/1"
#: How far a claim by a cue of the codebook, and an open one, is trusted; to be calibrated.
CUE_SCORE, OPEN_SCORE = 0.9, 0.5
OPEN = "open"
_NO_PREDICATES = frozenset({"aux", "aux:pass", "cop", "flat", "amod", "case", "mark"})
#: Events told by a noun without saying who did it: "the killing of X", "sanksi terhadap X".
SUFFERED = frozenset({"ASSAULT", "COERCE", "SANCTION"})
_OPEN_RECIPIENTS = ("obj", "iobj", "to", "against", "with", "from", "obj.to", "obj.with")


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
    if token.pos_ in {"NOUN", "PROPN"} and _is_main(token) and not relation.noun_is_actor:
        return  # "the talks were a success", "she is under investigation": what it is, not what is done
    nominal = token.pos_ in {"NOUN", "PROPN"} and built.verb is token and not _is_main(token)
    if token.pos_ in {"NOUN", "PROPN"} and not _is_main(token) and _is_part_of_cue(token):
        return
    roles = fill(doc, built, relation, cue)
    if nominal and not roles.get("recipient") and roles.get("actor") and _answered(token):
        asked = mentions_of(doc, frame(counting(token).head).get("subj"))
        roles["recipient"] = [m for m in entities(asked) if m.ref not in refs(roles.get("actor", []))]
    if _worth_telling(roles, relation, nominal, built):
        yield _claim(doc, built, relation.id, relation.label, relation, roles)


def _is_main(noun: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubj:pass", "cop"} for child in noun.children)


def _is_part_of_cue(noun: Token) -> bool:
    """Whether the verb above needs the noun to be a cue ("menjatuhkan sanksi"): one claim, not two."""
    above = counting(noun).head
    if above == noun or above.pos_ not in {"VERB", "AUX", "NOUN"}:
        return False
    matched = match(above)
    return matched is not None and matched[1].needs(noun.text)


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
    if not actors and (relation.symmetric or not (nominal or built.passive)):
        return False  # nobody is said to do it: the tree is wrong, or it is an order
    if not refs(actors) and not refs(recipients):
        # What befalls people is told even if nobody in it has a name.
        people = any(is_in(head, "bodies", "individuals", "nouns") for head in built.get("obj"))
        return (
            relation.event_type in SUFFERED
            and not nominal
            and bool((actors or built.passive) and recipients)
            and people
        )
    if relation.event_type is None:
        return bool(refs(actors) and refs(recipients))
    if nominal:
        return bool(refs(recipients)) and (bool(refs(actors)) or relation.event_type in SUFFERED)
    told = recipients or roles.get("theme") or roles.get("content")
    return bool(told) or not relation.slots["recipient"]


def _open(doc: Doc, verb: Token, built: Frame) -> Iterator[Claim]:
    """A claim by a verb that the codebook does not know but that joins two entities."""
    lang = lang_of(verb)
    if not ontologies.language(lang, "status"):
        return  # without words for "not" a denial would pass for a fact
    forms = keys(verb.text, lang)
    silent = word_list(lang, "clauses", "empty") | word_list(lang, "speech", "relay")
    if not forms.isdisjoint(silent) or is_speech(verb):
        return
    above = match(verb.head) if verb.dep_ == "xcomp" else None
    if above is not None and above[1].needs(verb.text):
        return  # a part of the verb before it: "menembak jatuh"
    if any(match(counted(child)) and light_verb(counted(child)) == verb for child in verb.children):
        return  # the noun under a light verb makes the claim
    governing = {
        w
        for s in ("planned", "alleged", "denied", "negated", "possible")
        for w in word_list(lang, "status", "governor", s)
    }
    if any(child.dep_ in {"xcomp", "ccomp"} for child in verb.children) and not forms.isdisjoint(governing):
        return
    actors = entities(mentions_of(doc, built.get("subj")))
    recipients: list[Mention] = []
    theme: list[Mention] = []
    for slot in _OPEN_RECIPIENTS:
        recipients = _others_than(actors, mentions_of(doc, built.get(slot)))
        if recipients:
            break
    if not recipients:
        owners = [owner for head in built.get("obj") for owner in possessors(head)]
        recipients = _others_than(actors, mentions_of(doc, owners))
    plain_objects = [m for m in mentions_of(doc, built.get("obj")) if m.ref is None]
    theme = plain_objects[:1]
    if actors and recipients:
        roles = {"actor": actors, "recipient": recipients, "theme": theme}
        words = " ".join([verb.lower_, *(m.evidence.quote for m in theme)])
        yield _claim(doc, built, OPEN, words, None, roles)


def _others_than(actors: list[Mention], found: list[Mention]) -> list[Mention]:
    """Those of the mentions that can be the other party of an open relation."""
    return [m for m in found if m.ref and m.type not in {"Event", "Other"} and m.ref not in refs(actors)]


def _claim(doc: Doc, built: Frame, id: str, label: str, relation: Relation | None, roles: Roles) -> Claim:
    judged = judge(doc, built)
    event_type = relation.event_type if relation else None
    actors = refs(roles.get("actor", [])) | refs(roles.get("recipient", []))
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
        score=base
        * min([m.score for name in ("actor", "recipient") for m in roles.get(name, [])], default=1.0),
    )


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
            (
                t
                for t in doc[saying.start : saying.end]
                if t.lower_ in found.split() and t.pos_ in {"VERB", "ADJ", "NOUN"}
            ),
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
