"""First persons: who "I" and "we" are in what somebody is quoted with.

"I" is the speaker; "we" is the country or body for which the speaker holds an office, by the article or by
the actor list, or the country or body that speaks itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.linking.actors import Actors, held, load_actors
from kg.nlp.arguments import entities
from kg.nlp.references import Reference
from kg.nlp.sayings import Saying
from kg.nlp.syntax import is_in
from kg.types import Mention

#: How sure it is that "we" are those for whom the speaker holds an office.
FOR_THEM = 0.6
_BODIES = frozenset({"Country", "Organization", "Group"})


@Language.factory(
    "kg_first_person",
    assigns=["doc._.references"],
    requires=["doc._.references", "doc._.roles", "doc._.sayings"],
)
class FirstPerson:
    """Adds references of first persons to ``doc._.references``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.actors = load_actors()

    def __call__(self, doc: Doc) -> Doc:
        found = {r.start: r for saying in doc._.sayings for r in _in_saying(doc, saying, self.actors)}
        doc._.references = tuple(sorted([*doc._.references, *found.values()], key=lambda r: (r.start, r.end)))
        return doc


def _in_saying(doc: Doc, saying: Saying, actors: Actors) -> Iterator[Reference]:
    """The first persons in words that one speaker is quoted with."""
    speakers = entities(saying.speaker)
    if not saying.direct or len(speakers) != 1:
        return
    speaker = speakers[0]
    those = spoken_for(doc, speaker, actors)
    for token in doc[saying.start : saying.end]:
        if is_in(token, "pronouns", "first") and speaker.type == "Person" and speaker.ref:
            yield _reference(token.i, speaker.type, speaker.ref, speaker.score)
        elif is_in(token, "pronouns", "we") and those is not None:
            yield _reference(token.i, *those, FOR_THEM)


def _reference(i: int, type: str, ref: str, score: float) -> Reference:
    return Reference(start=i, end=i + 1, type=type, ref=ref, score=score, reason="first person")


def spoken_for(doc: Doc, speaker: Mention, actors: Actors) -> tuple[str, str] | None:
    """(type, id) of the country or body that somebody speaks for: by office, or itself; None if unclear."""
    if speaker.ref is None:
        return None
    if speaker.type in _BODIES:
        return speaker.type, speaker.ref
    told = {
        (role.of.type, role.of.ref)
        for role in doc._.roles
        if role.person is not None and role.of is not None and role.person.ref == speaker.ref and role.of.ref
    }
    if not told:
        listed = actors.get(speaker.ref)
        date = doc.user_data.get("date")
        offices = listed.roles if listed is not None else ()
        of = {role.of for role in offices if role.of and date and held(role, str(date))}
        told = {(entity.type, entity.id) for id in of if (entity := actors.get(id)) is not None}
    return told.pop() if len(told) == 1 else None
