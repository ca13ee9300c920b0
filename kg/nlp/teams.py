"""Teams: a country or town that plays a match is its team, which is linked to nobody."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.names import stands_for_place
from kg.nlp.references import Reference
from kg.nlp.sport import MATCHES, is_of_match, of_matches
from kg.nlp.syntax import preposition_classes

_TEAMS = frozenset({"Country", "Place"})


@Language.factory("kg_teams", assigns=["doc._.references"], requires=["doc._.references"])
class Teams:
    """Marks the sentences that tell of a match, and takes the links of the teams in them away."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[MATCHES] = of_matches(doc)
        if doc.user_data[MATCHES]:
            doc._.references = tuple(_team(doc, reference) for reference in doc._.references)
        return doc


def _team(doc: Doc, reference: Reference) -> Reference:
    """The reference, to nobody if it is one to a team."""
    root = doc[reference.start : reference.end].root
    if reference.type not in _TEAMS or not is_of_match(root):
        return reference
    classes = preposition_classes(root)
    against = "to" in classes and "in" not in classes  # "perdió frente a Chile", "lost to Iceland"
    return reference if stands_for_place(root) and not against else replace(reference, ref=None)
