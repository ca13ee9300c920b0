"""The codebook: which words express which relation, and who takes part in what role.

``ontologies/relations.ttl`` holds the relations, and their cues with ``languages/*/cues.ttl``;
``ontologies/README.md`` says how to read and edit them, :mod:`kg.nlp.cues` what a cue is.

>>> relation, cue = load_codebook().match("mengunjungi", "VERB", "id")
>>> relation.id, relation.event_type, relation.slots["recipient"]
('visit', 'CONSULT', ('obj', 'to', 'in'))
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import ontologies
from kg.errors import PipelineError
from kg.nlp.codebook_file import Entry, cue_files, read_entries
from kg.nlp.cues import Cue, parse_cue
from kg.nlp.morphology import cue_keys, keys
from kg.types import ENTITY_TYPES

__all__ = [
    "CONTENT_STATUS",
    "EVENT_TYPES",
    "ROLES",
    "SLOTS",
    "Codebook",
    "Cue",
    "Relation",
    "load_codebook",
    "parse_cue",
]

ROLES = ("actor", "recipient", "theme", "content")
#: What may fill a role; each may be followed by ``.poss``, its possessor ("AS" in "ajakan AS").
SLOTS = frozenset(
    [
        "subj",
        "obj",
        "iobj",
        "agent",
        "to",
        "from",
        "with",
        "about",
        "against",
        "in",
        "as",
        "of",
        "between",
        "comp",
        "purpose",
    ]
)
EVENT_TYPES = frozenset(
    [
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    ]
)
CONTENT_STATUS = frozenset(["actual", "alleged", "denied", "negated", "planned", "possible", "requested"])

_DEFAULT_SLOTS = {
    "actor": ("subj",),
    "recipient": ("obj", "iobj", "to", "against", "with"),
    "theme": ("obj", "comp"),
    "content": ("comp",),
}
#: The properties an entry may have, and whether it may have several values.
_PROPERTIES = {
    "rdfs:label": True,
    "skos:definition": True,
    "skos:scopeNote": True,
    "kg:cue": True,
    "kg:eventType": False,
    "kg:cameo": False,
    "kg:weight": False,
    "kg:symmetric": False,
    "owl:inverseOf": False,
    "kg:contentStatus": False,
    "kg:control": False,
    "kg:answers": False,
    "kg:nounIsActor": False,
    "kg:actorType": False,
    "kg:recipientType": False,
    **{f"kg:{role}": False for role in ROLES},
}


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A relation of the codebook.

    ``event_type`` is a PLOVER type, None for a standing relation; ``cameo`` a CAMEO code; ``weight``
    runs from conflict (-10) to cooperation (10).  ``slots`` maps each of ROLES to the slots to try,
    in order; a slot that filled one role is not used for another.  ``content_status`` is the status
    that an event in its content gets; ``control`` says whose infinitive it is ("object": in "urge X
    to leave", X leaves).  ``answers``: its object is a call, an offer or an accusation made before,
    whose recipient is the actor of this relation.  ``noun_is_actor``: its nouns name the actor
    ("anggota NATO", "brother of X"), not what the actor does.  ``types`` are the types of entities
    that a role takes.
    """

    id: str
    labels: dict[str, str]
    definition: str
    event_type: str | None
    cameo: str | None
    weight: float | None
    cues: dict[str, tuple[Cue, ...]]
    slots: dict[str, tuple[str, ...]]
    symmetric: bool = False
    inverse: str | None = None
    content_status: str | None = None
    control: str = "subject"
    answers: bool = False
    noun_is_actor: bool = False
    types: tuple[tuple[str, frozenset[str]], ...] = ()

    def allows(self, role: str, type: str) -> bool:
        """Whether an entity of a type may fill a role; without types in the codebook any may."""
        return type in dict(self.types).get(role, {type})

    @property
    def label(self) -> str:
        """The English label."""
        return self.labels["en"]


class Codebook:
    """The relations in the order of the file, with an index of their cues.

    ``fingerprint`` changes whenever the file or a word list beside it does.
    """

    def __init__(self, relations: tuple[Relation, ...], fingerprint: str) -> None:
        self.relations = {relation.id: relation for relation in relations}
        self.fingerprint = fingerprint
        self._index: dict[tuple[str, str], list[tuple[int, Relation, Cue]]] = {}
        for rank, relation in enumerate(relations):
            for lang, cues in relation.cues.items():
                for cue in cues:
                    for key in sorted({key for head in cue.heads for key in cue_keys(head, lang)}):
                        self._index.setdefault((lang, key), []).append((rank, relation, cue))

    def match(
        self, head: str, upos: str, lang: str, nearby: Collection[str] = ()
    ) -> tuple[Relation, Cue] | None:
        """The relation that ``head`` expresses, and the cue that tells; None if there is none.

        ``upos`` is its Universal Dependencies part of speech, ``nearby`` the words of its phrase.
        The most specific cue wins; of equals the one of the relation that stands first in the file.
        """
        candidates = [found for key in keys(head, lang) for found in self._index.get((lang, key), ())]
        if not candidates:
            return None
        around: set[str] = set()
        if any(cue.words for _, _, cue in candidates):
            around = {key for word in nearby for key in keys(word, lang)}
        fitting = [found for found in candidates if found[2].fits(upos, around)]
        if not fitting:
            return None
        _, relation, cue = max(fitting, key=lambda found: (found[2].specificity, -found[0], found[2].text))
        return relation, cue


def _cues(entry: Entry) -> dict[str, tuple[Cue, ...]]:
    cues: dict[str, tuple[Cue, ...]] = {}
    for value in entry.values.get("kg:cue", ()):
        if not value.lang:
            raise ValueError(f"the cue {value.text!r} has no language, write {value.text!r}@en or the like")
        if not value.text.strip():
            raise ValueError("a cue is empty")
        try:
            cue = parse_cue(value.text, value.lang)
        except ValueError as error:
            raise ValueError(f"the cue {value.text!r}: {error}") from error
        cues[value.lang] = (*cues.get(value.lang, ()), cue)
    return cues


def _slots(entry: Entry) -> dict[str, tuple[str, ...]]:
    slots = dict(_DEFAULT_SLOTS)
    for role in ROLES:
        for value in entry.values.get(f"kg:{role}", ()):
            names = tuple(value.text.split())
            for name in names:
                if name.removesuffix(".poss") not in SLOTS and names != ("none",):
                    raise ValueError(
                        f"kg:{role} names the unknown slot {name!r}, use {', '.join(sorted(SLOTS))} or none"
                    )
            slots[role] = () if names == ("none",) else names
    return slots


def _types(entry: Entry) -> Iterator[tuple[str, frozenset[str]]]:
    """The types of entities that the actor and the recipient may have, where the entry says so."""
    for role in ("actor", "recipient"):
        for value in entry.values.get(f"kg:{role}Type", ()):
            named = frozenset(value.text.split())
            if not named <= frozenset(ENTITY_TYPES):
                raise ValueError(f"kg:{role}Type is {value.text!r}, use types of {', '.join(ENTITY_TYPES)}")
            yield role, named


def _relation(entry: Entry) -> Relation:
    """The relation of an entry; raises ValueError with what is wrong."""
    for name, values in entry.values.items():
        if name not in _PROPERTIES:
            raise ValueError(f"the property {name} is unknown, use one of {', '.join(sorted(_PROPERTIES))}")
        if len(values) > 1 and not _PROPERTIES[name]:
            raise ValueError(f"{name} is given {len(values)} times, keep one")

    def one(name: str, allowed: Collection[str] | re.Pattern[str]) -> str | None:
        """The only value of a property; ``allowed`` lists its values or gives their shape."""
        if name not in entry.values:
            return None
        text = entry.values[name][0].text
        fits = allowed.fullmatch(text) if isinstance(allowed, re.Pattern) else text in allowed
        if not fits:
            wanted = allowed.pattern if isinstance(allowed, re.Pattern) else ", ".join(sorted(allowed))
            raise ValueError(f"{name} is {text!r}, which is not one of: {wanted}")
        return text

    labels: dict[str, str] = {}
    for value in entry.values.get("rdfs:label", ()):
        if labels.setdefault(value.lang, value.text) != value.text:
            raise ValueError(f"it has two labels in {value.lang!r}, keep one")
    if "en" not in labels:
        raise ValueError('it has no English label, add rdfs:label "…"@en')
    if "skos:definition" not in entry.values:
        raise ValueError('it has no definition, add skos:definition "…"@en')
    weight = one("kg:weight", re.compile(r"-?\d+(\.\d+)?"))
    if weight and abs(float(weight)) > 10:
        raise ValueError(f"kg:weight is {weight}, it must lie between -10 and 10")
    return Relation(
        id=entry.id,
        labels=labels,
        definition=entry.values["skos:definition"][0].text,
        event_type=one("kg:eventType", EVENT_TYPES),
        cameo=one("kg:cameo", re.compile(r"\d{2,4}")),
        weight=float(weight) if weight else None,
        cues=_cues(entry),
        slots=_slots(entry),
        symmetric=one("kg:symmetric", ("true", "false")) == "true",
        inverse=one("owl:inverseOf", re.compile(r"[a-z0-9-]+")),
        content_status=one("kg:contentStatus", CONTENT_STATUS),
        control=one("kg:control", ("subject", "object")) or "subject",
        answers=one("kg:answers", ("true", "false")) == "true",
        noun_is_actor=one("kg:nounIsActor", ("true", "false")) == "true",
        types=tuple(_types(entry)),
    )


def _check_together(relations: tuple[Relation, ...]) -> None:
    """Raises ValueError if two relations have the same cue, or an inverse is no relation."""
    seen: dict[tuple[object, ...], tuple[str, str]] = {}
    ids = {relation.id for relation in relations}
    for relation in relations:
        if relation.inverse and relation.inverse not in ids:
            raise ValueError(
                f"kg:{relation.id}: owl:inverseOf names kg:{relation.inverse}, which is not a relation"
            )
        for cue in (cue for cues in relation.cues.values() for cue in cues):
            words = frozenset(frozenset(cue_keys(w, cue.lang) for w in group) for group in cue.words)
            for key in {key for head in cue.heads for key in cue_keys(head, cue.lang)}:
                other, text = seen.setdefault((cue.lang, cue.part, words, key), (relation.id, cue.text))
                if other != relation.id:
                    raise ValueError(
                        f"kg:{relation.id}: the cue {cue.text!r}@{cue.lang} says the same as {text!r} "
                        f"of kg:{other}; keep one, or require a word that tells them apart"
                    )


def _fingerprint(path: Path) -> str:
    """16 hexadecimal digits over the codebook and the word lists it is used with."""
    files = [path, *cue_files(path), *sorted(ontologies.folder().glob("languages/*/*.toml"))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


@functools.cache
def load_codebook(path: Path | None = None) -> Codebook:
    """The codebook in ``path``, or in ``relations.ttl`` of the ontologies folder; read once.

    Raises PipelineError that names the relation and what is wrong with it.
    """
    file = path or ontologies.path("relations.ttl")
    relations = []
    try:
        for entry in read_entries(file):
            try:
                relations.append(_relation(entry))
            except ValueError as error:
                raise ValueError(f"kg:{entry.id}: {error}") from error
        _check_together(tuple(relations))
    except ValueError as error:
        raise PipelineError(f"{file.name}, {error}") from error
    return Codebook(tuple(relations), _fingerprint(file))
