"""Places: each name of a place gets the place that it means in this article."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.linking.actors import load_actors
from kg.linking.gazetteer import load_gazetteer
from kg.linking.places import Toponym, meant, place_key
from kg.nlp.morphology import fold
from kg.nlp.references import Reference
from kg.nlp.syntax import word_list

#: What may stand between a name and the name of what it lies in: "London, Ontario", "Paris (Texas)".
_BETWEEN = frozenset({",", "("})
_NAMED = frozenset({"actor list", "model"})


@Language.factory("kg_places", assigns=["doc._.references"], requires=["doc._.references"])
class Places:
    """Gives the references to places and countries the entity that is meant."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.actors = load_actors()
        self.gazetteer = load_gazetteer()

    def __call__(self, doc: Doc) -> Doc:
        names = [r for r in doc._.references if r.type in ("Place", "Country") and r.reason in _NAMED]
        toponyms: list[Toponym] = []
        countries: list[str] = []
        for reference in names:
            toponym = self._toponym(doc, reference)
            if toponym is not None:
                toponyms.append(toponym)
            if reference.type == "Country" and reference.ref:
                countries.append(reference.ref.partition("/")[2])
        if not toponyms:
            return doc
        places = meant(toponyms, countries, self.actors, self.gazetteer)
        doc._.references = tuple(self._placed(doc, r, places) if r in names else r for r in doc._.references)
        return doc

    def _toponym(self, doc: Doc, reference: Reference) -> Toponym | None:
        """The name of a place, with what follows it; None for a name of a country's people or rulers."""
        text = doc[reference.start : reference.end].text
        if fold(text) in word_list(doc.user_data["lang"], "names", "no_places"):
            return None
        found = self.actors.find(text, doc.user_data["lang"])
        whole = [m for m in found if m.start == 0 and m.end == len(text)]
        if whole and whole[0].kind not in ("name", "metonym"):
            return None
        listed = whole[0].ids if whole else ()
        if whole and whole[0].kind == "metonym":
            listed = tuple(id for id in listed if not id.startswith("country/"))
            if not listed:
                return None
        return Toponym(text, listed, _within(doc, reference))

    def _placed(self, doc: Doc, reference: Reference, places: dict[str, str]) -> Reference:
        id = places.get(place_key(doc[reference.start : reference.end].text))
        if id is None or id == reference.ref or self._toponym(doc, reference) is None:
            return reference
        entity = self.actors.get(id)
        assert entity is not None  # candidates are of the list or of the gazetteer
        if reference.type == "Country" and (
            id == self.actors.capital_of(reference.ref or "")
            or (entity.precision == "region" and self._is_capital(doc, reference))
        ):
            return reference  # the capital stands for its country, and not for a region of its name
        reason = "gazetteer" if reference.reason == "model" else reference.reason
        return replace(reference, type=entity.type, ref=id, reason=reason)

    def _is_capital(self, doc: Doc, reference: Reference) -> bool:
        name = doc[reference.start : reference.end].text
        return self.actors.is_metonym(name, doc.user_data["lang"])


def _within(doc: Doc, reference: Reference) -> str:
    """The name behind a comma or bracket, which says where the place lies; empty if there is none."""
    if reference.end + 1 >= len(doc) or doc[reference.end].text not in _BETWEEN:
        return ""
    other = next((r for r in doc._.references if r.start == reference.end + 1), None)
    if other is not None:
        return doc[other.start : other.end].text
    word = doc[reference.end + 1]
    return word.text.rstrip(".") if word.text[0].isupper() else ""
