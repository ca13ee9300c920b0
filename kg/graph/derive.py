"""What the graph ``derived`` holds, and whom the graph ``entities`` describes, part by part.

Everything here follows from the graphs of the articles alone, and each part from few of their claims: those
with one key (events, contradictions, plain edges), those that mention one entity, or the articles that share
stretches of text.  So a changed article renews only the parts that it touches, however large the graph is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import product
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, Variable

from kg.errors import PipelineError
from kg.graph import copies, events, vocabulary
from kg.graph.event_rdf import event_quads
from kg.graph.events import Told
from kg.graph.grouping import UNDECIDED, Grouping
from kg.graph.hearing import MENTION, heard_in
from kg.graph.terms import KG, Names, node, prefixes, term, value
from kg.linking.entities import Heard

_KEY = term("kg:sameEventKey")
_EDGE = term("kg:edgeKey")
_BODY = term("oa:hasBody")
_NEWS = term("schema:identifier")
_BAND = term("kg:textBand")
#: What the grouping of claims looks at, and on which it depends that articles are independent.
_LOOKED_AT = frozenset(term(name).value for name in (
    "kg:relation", "kg:eventType", "kg:actor", "kg:recipient", "kg:place", "kg:polarity", "kg:modality",
    "kg:status", "kg:date", "kg:datePrecision", "kg:dateBasis", "prov:wasDerivedFrom", "kg:origin",
    "kg:sameEventKey", "kg:textBand",
))  # fmt: skip
_RULE = ("actor", "relation", "recipient")
_ENDS = tuple(f"{KG}{name}" for name in _RULE)


@dataclass
class Touched:
    """What has to be renewed: keys of claims, claims, articles and entities, by what names them.

    ``edges`` are what plain edges there may be: actor, relation, recipient.
    """

    keys: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    edges: set[tuple[str, str, str]] = field(default_factory=set)

    def add(self, quads: Iterable[Quad]) -> None:
        """What depends on the graph of an article, given as its quads."""
        said: dict[str, dict[str, list[str]]] = {}
        for quad in quads:
            if quad.predicate.value in _ENDS:
                values = said.setdefault(value(quad.subject), {})
                values.setdefault(quad.predicate.value, []).append(value(quad.object))
            elif quad.predicate == _KEY:
                self.keys.add(value(quad.object))
                self.claims.add(value(quad.subject))
            elif quad.predicate == _BODY:
                self.entities.add(value(quad.object))
            elif quad.predicate == _NEWS:
                self.articles.add(value(quad.subject))
        for claim in said.values():
            self.edges.update(_ways(claim))

    def to_json(self) -> dict[str, list[Any]]:
        return {part.name: sorted(getattr(self, part.name)) for part in fields(self)}

    def update(self, other: Mapping[str, Iterable[Any]]) -> None:
        """Take in what :meth:`to_json` gave."""
        for name, values in other.items():
            getattr(self, name).update(tuple(v) if isinstance(v, list) else v for v in values)


def _ways(said: Mapping[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """Actor, relation and recipient of a claim, in all combinations."""
    actors, relations, recipients = (said.get(end, ()) for end in _ENDS)
    yield from product(actors, relations, recipients)


class Derivation:
    """Reads a store and makes the derived quads; changes nothing."""

    def __init__(self, store: pyoxigraph.Store, names: Names, grouping: Grouping = UNDECIDED) -> None:
        self.store = store
        self.names = names
        self.grouping = grouping
        self.graph = names.graph("derived")

    # ------------------------------------------------------------------ what is there to derive from

    def claims(self, key: str) -> list[NamedNode]:
        """The claims with a key."""
        found = self.store.quads_for_pattern(None, _KEY, Literal(key), None)
        return sorted((node(quad.subject) for quad in found if quad.graph_name != self.graph), key=str)

    def key(self, claim: str) -> str | None:
        """The key of a claim; None without one, and for a claim that the store does not have."""
        found = self.store.quads_for_pattern(NamedNode(claim), _KEY, None, None)
        return next((value(quad.object) for quad in found), None)

    def beside(self, key: str) -> set[str]:
        """The keys of claims that were judged to be of one event with a claim of this key."""
        if not self.grouping.same:
            return set()
        mine = (claim.value for claim in self.claims(key))
        others = {other for claim in mine for other in self.grouping.same.get(claim, ())}
        return {found for other in others if (found := self.key(other))}

    def together(self, keys: Iterable[str]) -> Iterator[set[str]]:
        """The keys, with those that decisions join to them: each once, in the sets that are joined."""
        done: set[str] = set()
        for key in sorted(keys):
            if key not in done:
                some, waiting = set[str](), [key]
                while waiting:
                    one = waiting.pop()
                    if one not in some:
                        some.add(one)
                        waiting += self.beside(one)
                done |= some
                yield some

    def _said(self, claim: NamedNode) -> Mapping[str, list[str]]:
        """What is said of a claim or an article."""
        return self._values(claim)

    def _values(self, subject: NamedNode) -> dict[str, list[str]]:
        """What is said of a subject: predicate to values."""
        found: dict[str, list[str]] = {}
        for quad in self.store.quads_for_pattern(subject, None, None, None):
            if quad.graph_name != self.graph:
                found.setdefault(quad.predicate.value, []).append(value(quad.object))
        return found

    # ------------------------------------------------------------------ of one key

    def of_keys(self, keys: Iterable[str]) -> Iterator[Quad]:
        """Events and contradictions of the claims with some keys, which are joined to no other."""
        told = {key: [self._told(key, claim) for claim in self.claims(key)] for key in sorted(keys)}
        typed = [one for some in told.values() for one in some if one.event_type]
        key_of = {one.claim: one.key for one in typed}
        for event in events.group(typed, self._dependence(typed), self.grouping):
            yield from event_quads(event, sorted({key_of[claim] for claim in event.claims}), self.names)
        for some in told.values():
            for yes, no in events.contradictions(some, self.grouping):
                one, other = NamedNode(yes), NamedNode(no)
                yield Quad(one, term("kg:contradicts"), other, self.graph)
                yield Quad(other, term("kg:contradicts"), one, self.graph)

    def edges(self) -> Iterator[Quad]:
        """The plain edges that the rules derive from all claims.

        A rule tells of one ``?claim`` that ``?actor`` does ``?relation`` to ``?recipient``, or the reverse.
        """
        for rule in self._rules:
            yield from self._construct(rule, {})

    def edges_between(self, actor: str, relation: str, recipient: str) -> Iterator[Quad]:
        """The plain edges from claims that one does this to the other, or the reverse."""
        for way in {(actor, relation, recipient), (recipient, relation, actor)}:
            given = {Variable(name): NamedNode(part) for name, part in zip(_RULE, way, strict=True)}
            known = self.store.quads_for_pattern(None, _EDGE, Literal(events.edge_key(*way)), None)
            claims = sorted((node(quad.subject) for quad in known), key=str)
            for rule in self._rules:
                found = (list(self._construct(rule, {**given, Variable("claim"): claim})) for claim in claims)
                yield from next(filter(None, found), [])  # one claim is enough

    @cached_property
    def _symmetric(self) -> frozenset[str]:
        return vocabulary.symmetric()

    @cached_property
    def _rules(self) -> list[tuple[str, str]]:
        return [(str(rule), vocabulary.read(rule)) for rule in vocabulary.rules()]

    def _construct(self, rule: tuple[str, str], given: Mapping[Variable, NamedNode]) -> Iterator[Quad]:
        file, query = rule
        try:
            known = prefixes(self.names.base)
            answer = self.store.query(
                query, prefixes=known, use_default_graph_as_union=True, substitutions={**given}
            )
        except SyntaxError as error:
            raise PipelineError(f"the rule {file} is not valid SPARQL: {error}") from error
        if not isinstance(answer, pyoxigraph.QueryTriples):
            raise PipelineError(f"the rule {file} is no CONSTRUCT query: write it as one")
        yield from (Quad(t.subject, t.predicate, t.object, self.graph) for t in answer)

    def _told(self, key: str, claim: NamedNode) -> Told:
        said = self._said(claim)

        def one(name: str) -> str:
            return said.get(f"{KG}{name}", [""])[0]

        def entities(name: str) -> set[str]:
            return {found for found in said.get(f"{KG}{name}", ()) if MENTION not in found}

        relation = one("relation").removeprefix(KG)
        known = (entities("actor"), entities("recipient"))
        actors, recipients = events.parties(relation, *known, self._symmetric)
        return Told(
            key=key,
            claim=claim.value,
            article=said[term("prov:wasDerivedFrom").value][0],
            event_type=one("eventType").rpartition("#")[2],
            relation=relation,
            actors=actors,
            recipients=recipients,
            places=tuple(sorted(entities("place"))),
            polarity=one("polarity"),
            modality=one("modality"),
            status=one("status"),
            date=one("date") or None,
            precision=one("datePrecision") or None,
            basis=one("dateBasis") or None,
        )

    def _dependence(self, told: Iterable[Told]) -> dict[str, set[str]]:
        """For each article: its publisher and agencies, and the pairs of copies that it is in."""
        articles = {one.article for one in told}
        found: dict[str, set[str]] = {}
        for article in articles:
            here = NamedNode(article)
            keys = {f"origin {name}" for name in self._said(here).get(f"{KG}origin", ())}
            same = {other.value for other in self.same_text(here)} & articles if len(articles) > 1 else set()
            found[article] = keys | {f"copy {min(article, other)} {max(article, other)}" for other in same}
        return found

    # ------------------------------------------------------------------ of one article, of one entity

    def same_text(self, article: NamedNode) -> list[NamedNode]:
        """The articles whose text is nearly that of this one."""
        bands = self._bands(article)
        near = {other for band in bands for other in self._with_band(band)} - {article}
        return sorted((other for other in near if copies.alike(bands, self._bands(other))), key=str)

    def _bands(self, article: NamedNode) -> list[str]:
        found = self.store.quads_for_pattern(article, _BAND, None, None)
        return [value(quad.object) for quad in found]

    def _with_band(self, band: str) -> Iterable[NamedNode]:
        """The articles whose sketch has a band."""
        found = self.store.quads_for_pattern(None, _BAND, Literal(band), None)
        return (node(quad.subject) for quad in found)

    def of_article(self, article: NamedNode) -> Iterator[Quad]:
        """That an article and others have nearly the same text."""
        for other in self.same_text(article):
            yield Quad(article, term("kg:sameText"), other, self.graph)
            yield Quad(other, term("kg:sameText"), article, self.graph)

    def is_mentioned(self, entity: NamedNode) -> bool:
        """Whether an article mentions an entity."""
        return any(True for _ in self.store.quads_for_pattern(None, _BODY, entity, None))

    def heard(self, entity: NamedNode) -> Heard:
        """What all articles say of an entity, read anew."""
        quads: dict[Quad, None] = {}
        for predicate in (_BODY, term("kg:actor")):
            for found in self.store.quads_for_pattern(None, predicate, entity, None):
                about = list(self.store.quads_for_pattern(found.subject, None, None, found.graph_name))
                titles = [quad.object for quad in about if quad.predicate == term("kg:titleMention")]
                for title in titles:
                    about += self.store.quads_for_pattern(node(title), None, None, found.graph_name)
                quads.update(dict.fromkeys(about))
        return heard_in(quads, self.names).get(entity.value, Heard())


class Gathered(Derivation):
    """Derives from all claims, of which it notes what it needs while their quads go by into an empty store:
    quicker than asking the store for it, where all is needed."""

    def __init__(self, store: pyoxigraph.Store, names: Names, grouping: Grouping = UNDECIDED) -> None:
        super().__init__(store, names, grouping)
        self._texts: defaultdict[NamedNode, list[str]] = defaultdict(list)
        self._by_band: defaultdict[str, list[NamedNode]] = defaultdict(list)
        self._by_key: defaultdict[str, list[NamedNode]] = defaultdict(list)
        self._all: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        self._words: dict[str, str] = {}
        self._same: dict[NamedNode, list[NamedNode]] = {}

    def gather(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """The same quads, each noted."""
        for quad in quads:
            if (predicate := quad.predicate.value) in _LOOKED_AT:
                self._note(predicate, quad)
            yield quad

    def _note(self, predicate: str, quad: Quad) -> None:
        subject, said = node(quad.subject), value(quad.object)
        if predicate == _KEY.value:
            self._by_key[said].append(subject)
        elif predicate == _BAND.value:
            self._texts[subject].append(said)
            self._by_band[said].append(subject)
        else:  # the same words come again and again: they are kept once
            values = self._all[subject.value].setdefault(self._words.setdefault(predicate, predicate), [])
            values.append(self._words.setdefault(said, said))

    def quads(self) -> Iterator[Quad]:
        """All derived quads; one may come twice.  By now the store holds all quads that were gathered."""
        yield from self.edges()
        for keys in self.together(self._by_key):
            yield from self.of_keys(keys)
        for article in sorted(self._texts, key=str):
            yield from self.of_article(article)

    def claims(self, key: str) -> list[NamedNode]:
        return sorted(self._by_key[key], key=str)

    def _said(self, claim: NamedNode) -> Mapping[str, list[str]]:
        return self._all[claim.value]

    def _bands(self, article: NamedNode) -> list[str]:
        return self._texts.get(article, [])

    def _with_band(self, band: str) -> Iterable[NamedNode]:
        return self._by_band.get(band, ())

    def same_text(self, article: NamedNode) -> list[NamedNode]:
        if article not in self._same:
            self._same[article] = super().same_text(article)
        return self._same[article]
