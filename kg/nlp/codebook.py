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
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import ontologies
from kg.errors import PipelineError
from kg.nlp.codebook_check import CONTENT_STATUS, EVENT_TYPES, ROLES, SLOTS, cue_of, faults
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

#: The types of entities that can act.
ACTING = frozenset({"Person", "Country", "Organization", "Group"})
_DEFAULT_SLOTS = {
    "actor": ("subj",),
    "recipient": ("obj", "iobj", "to", "against", "with"),
    "theme": ("obj", "comp"),
    "content": ("comp",),
}


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A relation of the codebook.

    ``event_type`` is a PLOVER type, None for a standing relation; ``cameo`` a CAMEO code; ``weight``
    runs from conflict (-10) to cooperation (10).  ``slots`` maps each of ROLES to the slots to try,
    in order; a slot that filled one role is not used for another.  ``content_status`` is the status
    that an event in its content gets; ``control`` says whose infinitive it is ("object": in "urge X
    to leave", X leaves).  ``answers``: its object is a call, an offer or an accusation made before,
    whose recipient is the actor of this relation.  ``claims_deed``: the actor says that it did
    what the content tells.  ``told_as_inverse``: its claims are told as those of the
    inverse relation, so that who gives is the actor of "receive", too.  ``caused_as``: the relation by which
    it is told where somebody caused it: "died in a Russian strike" is a killing.  ``noun_is_actor``: its
    nouns name the actor ("anggota NATO", "brother of X"), not what the actor does.  ``types`` are the types
    of entities that a role takes.
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
    told_as_inverse: bool = False
    caused_as: str | None = None
    content_status: str | None = None
    control: str = "subject"
    answers: bool = False
    claims_deed: bool = False
    told_by_content: bool = False
    noun_is_actor: bool = False
    types: tuple[tuple[str, frozenset[str]], ...] = ()

    def needs_somebody(self, role: str) -> bool:
        """Whether the codebook lets only those fill the role who can act themselves."""
        return dict(self.types).get(role, frozenset(ENTITY_TYPES)) <= ACTING

    def allows(self, role: str, type: str) -> bool:
        """Whether an entity of a type may fill a role; without types in the codebook any may."""
        return type in dict(self.types).get(role, {type})

    @property
    def label(self) -> str:
        """The English label."""
        return self.labels["en"]


class Codebook:
    """The relations in the order of the file, with an index of their cues.

    ``fingerprint`` changes whenever the file or a word list beside it does; ``symmetric`` are the ids
    of relations that hold both ways.
    """

    def __init__(self, relations: tuple[Relation, ...], fingerprint: str) -> None:
        self.relations = {relation.id: relation for relation in relations}
        self.fingerprint = fingerprint
        self.symmetric = frozenset(relation.id for relation in relations if relation.symmetric)
        self._index: dict[tuple[str, str], list[tuple[int, Relation, Cue]]] = {}
        for rank, relation in enumerate(relations):
            for lang, cues in relation.cues.items():
                for cue in cues:
                    for key in sorted({key for head in cue.heads for key in cue_keys(head, lang)}):
                        self._index.setdefault((lang, key), []).append((rank, relation, cue))

    def match(
        self,
        head: str,
        upos: str,
        lang: str,
        nearby: Collection[str] = (),
        *,
        below: Collection[str] = (),
        other: bool = False,
    ) -> tuple[Relation, Cue] | None:
        """The relation that ``head`` expresses, and the cue that tells; None if there is none.

        ``upos`` is its Universal Dependencies part of speech, ``nearby`` the words of its phrase, ``below``
        the prepositions of its objects, which count only beside another word of a cue ("fire missile at"),
        ``other`` whether somebody else is to do what follows it.
        The most specific cue wins; of equals the one of the relation that stands first in the file.
        """
        candidates = [found for key in keys(head, lang) for found in self._index.get((lang, key), ())]
        if not candidates:
            return None
        around: set[str] = set()
        if any(cue.words for _, _, cue in candidates):
            around = {key for word in nearby for key in keys(word, lang)}
        wider = around | {key for word in below for key in keys(word, lang)} if around else around
        fitting = [
            found
            for found in candidates
            if found[2].fits(upos, wider if len(found[2].words) > 1 else around, other)
        ]
        if not fitting:
            return None
        _, relation, cue = max(fitting, key=lambda found: (found[2].specificity, -found[0], found[2].text))
        return relation, cue


def _cues(entry: Entry) -> dict[str, tuple[Cue, ...]]:
    cues: dict[str, tuple[Cue, ...]] = {}
    for value in entry.values.get("kg:cue", ()):
        cues[value.lang] = (*cues.get(value.lang, ()), cue_of(value))
    return cues


def _slots(entry: Entry) -> dict[str, tuple[str, ...]]:
    slots = dict(_DEFAULT_SLOTS)
    for role in ROLES:
        for value in entry.values.get(f"kg:{role}", ()):
            slots[role] = () if value.text == "none" else tuple(value.text.split())
    return slots


def _types(entry: Entry) -> Iterator[tuple[str, frozenset[str]]]:
    """The types of entities that the actor and the recipient may have, where the entry says so."""
    for role in ("actor", "recipient"):
        for value in entry.values.get(f"kg:{role}Type", ()):
            yield role, frozenset(value.text.split())


def _relation(entry: Entry) -> Relation:
    """The relation of an entry without faults."""

    def one(name: str) -> str | None:
        return entry.values[name][0].text if name in entry.values else None

    weight = one("kg:weight")
    return Relation(
        id=entry.id,
        labels={value.lang: value.text for value in entry.values["rdfs:label"]},
        definition=entry.values["skos:definition"][0].text,
        event_type=one("kg:eventType"),
        cameo=one("kg:cameo"),
        weight=float(weight) if weight else None,
        cues=_cues(entry),
        slots=_slots(entry),
        symmetric=one("kg:symmetric") == "true",
        inverse=one("owl:inverseOf"),
        told_as_inverse=one("kg:toldAsInverse") == "true",
        caused_as=one("kg:causedAs"),
        content_status=one("kg:contentStatus"),
        control=one("kg:control") or "subject",
        answers=one("kg:answers") == "true",
        claims_deed=one("kg:claimsDeed") == "true",
        told_by_content=one("kg:toldByContent") == "true",
        noun_is_actor=one("kg:nounIsActor") == "true",
        types=tuple(_types(entry)),
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
    entries = read_entries(file)
    first = next(faults(entries), None)
    if first is not None:
        raise PipelineError(f"{file.name}, {first} (kg codebook check lists all faults)")
    return Codebook(tuple(map(_relation, entries)), _fingerprint(file))
