"""An extraction as RDF: the quads of one article, all in the graph named after the article.

    article:a1 {
      claim:9f… a kg:Claim ; kg:relation kg:visit ; kg:status "asserted" ;
        kg:actor person:sergei-shoigu ; kg:actorMention <…/a1#mention=0,13,person/sergei-shoigu> ;
        kg:sentence "…"@id ; kg:evidence <…/a1#char=0,52> .
    }

A role (``kg:actor``) points to the entity, and the same name with ``Mention`` to the words that
stand for it.  Where the words stand for no entity, the role points to the mention itself.  Each of
both has one ``schema:name``, so ``?claim kg:actor/schema:name ?name`` always works; labels with
their language are ``rdfs:label``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import copies, vocabulary
from kg.graph.events import claim_key, edge_key, origins
from kg.graph.record import encode, line_digest
from kg.graph.terms import KG, Names, boolean, date, escape, number, relation_iri, term, text, whole
from kg.linking.actors import load_actors
from kg.linking.codes import codes_of, context_of
from kg.linking.entities import mentions_of
from kg.types import Article, Claim, Evidence, Extraction, Mention, Quote

Pairs = Iterator[tuple[str | NamedNode, NamedNode | Literal]]


def article_quads(
    extraction: Extraction, names: Names, linked: Callable[[Extraction], Extraction] | None = None
) -> Iterator[Quad]:
    """The quads of an article, each once; ``linked`` gives its mentions whom they stand for in the graph."""
    digest = line_digest(encode(extraction))
    found = linked(extraction) if linked else extraction
    return iter(dict.fromkeys(_Graph(found, digest, names).quads()))


class _Graph:
    """The graph of one article while it is being written."""

    def __init__(self, extraction: Extraction, digest: str, names: Names) -> None:
        self.extraction = extraction
        self.digest = digest
        self.article = extraction.article
        self.names = names
        self.graph = names.article(extraction.article.id)
        self.symmetric = vocabulary.symmetric()
        self.context = context_of(extraction, load_actors())
        self._spans: set[tuple[int, int]] = set()

    def quads(self) -> Iterator[Quad]:
        """All quads; one may come twice."""
        yield from self._node(self.graph, self._article(self.article))
        yield from self._node(self._reading, self._activity())
        for mention in mentions_of(self.extraction):
            yield from self._mention(mention)
        for claim in self.extraction.claims:
            yield from self._node(self.names.claim(claim.id), self._claim(claim))
            for evidence in (claim.evidence, claim.trigger, *claim.more_evidence):
                yield from self._span(evidence)
        for quote in self.extraction.quotes:
            yield from self._quote(quote)

    @property
    def _reading(self) -> NamedNode:
        return self.names.part(self.article.id, "reading")

    def _node(self, subject: NamedNode, pairs: Pairs) -> Iterator[Quad]:
        for predicate, value in pairs:
            predicate = term(predicate) if isinstance(predicate, str) else predicate
            yield Quad(subject, predicate, value, self.graph)

    def _article(self, article: Article) -> Pairs:
        yield "rdf:type", term("schema:NewsArticle")
        yield "rdf:type", term("prov:Entity")
        yield "schema:identifier", text(article.id)
        for predicate, value in (
            ("schema:inLanguage", article.lang),
            ("schema:publisher", article.source),
            ("schema:author", article.byline),
            ("schema:dateline", article.place),
            ("kg:agency", article.agency),
            ("schema:url", article.url),
        ):
            if value:
                yield predicate, text(value)
        if article.title:
            yield "schema:headline", text(article.title, article.lang)
        if article.published:
            yield "schema:datePublished", date(article.published)
        for agency in article.cites:
            yield "kg:cites", text(agency)
        for origin in origins(article):
            yield "kg:origin", text(origin)
        for band in copies.bands(article):
            yield "kg:textBand", text(band)

    def _activity(self) -> Pairs:
        yield "rdf:type", term("prov:Activity")
        yield "prov:used", self.graph
        yield "kg:fingerprint", text(self.extraction.fingerprint)
        yield "kg:recordDigest", text(self.digest)
        for extractor in sorted({claim.extractor for claim in self.extraction.claims if claim.extractor}):
            yield "prov:wasAssociatedWith", self.names.extractor(extractor)

    def _span(self, evidence: Evidence) -> Iterator[Quad]:
        """A stretch of text, the first time it is named: half of all quads tell of one."""
        if (evidence.start, evidence.end) in self._spans:
            return
        self._spans.add((evidence.start, evidence.end))
        span, graph, place = self.names.span(evidence), self.graph, f"{evidence.start},{evidence.end}"
        quoted = self.names.part(self.article.id, f"quote={place}")
        position = self.names.part(self.article.id, f"position={place}")
        yield Quad(span, term("rdf:type"), term("oa:SpecificResource"), graph)
        yield Quad(span, term("oa:hasSource"), graph, graph)
        yield Quad(span, term("oa:hasSelector"), quoted, graph)
        yield Quad(span, term("oa:hasSelector"), position, graph)
        yield Quad(quoted, term("rdf:type"), term("oa:TextQuoteSelector"), graph)
        yield Quad(quoted, term("oa:exact"), text(evidence.quote, self.article.lang), graph)
        yield Quad(position, term("rdf:type"), term("oa:TextPositionSelector"), graph)
        yield Quad(position, term("oa:start"), whole(evidence.start), graph)
        yield Quad(position, term("oa:end"), whole(evidence.end), graph)

    def _mention(self, mention: Mention) -> Iterator[Quad]:
        yield from self._span(mention.evidence)
        yield from self._node(self.names.mention(mention), self._mention_pairs(mention))

    def _mention_pairs(self, mention: Mention) -> Pairs:
        yield "rdf:type", term("kg:Mention")
        yield "rdfs:label", text(mention.evidence.quote, self.article.lang)
        yield "kg:mentionType", relation_iri(mention.type)
        yield "oa:hasTarget", self.names.span(mention.evidence)
        yield "kg:score", number(mention.score)
        if mention.reason:
            yield "kg:reason", text(mention.reason)
        if mention.ref:
            yield "oa:hasBody", self.names.entity(mention.ref)
        else:
            yield "schema:name", text(mention.evidence.quote)

    def _participant(self, role: str, mention: Mention) -> Pairs:
        """The role points to who or what is meant, ``<role>Mention`` to the words."""
        yield relation_iri(role), self._meant(mention)
        yield NamedNode(f"{KG}{escape(role)}Mention"), self.names.mention(mention)

    def _meant(self, mention: Mention) -> NamedNode:
        return self.names.entity(mention.ref) if mention.ref else self.names.mention(mention)

    def _claim(self, claim: Claim) -> Pairs:
        yield "rdf:type", term("kg:Claim")
        yield "rdfs:label", text(claim.label, self.article.lang if claim.relation == "open" else "en")
        yield "kg:relation", relation_iri(claim.relation)
        if claim.event_type:
            yield "kg:eventType", term(f"plover:{escape(claim.event_type)}")
        if claim.cameo:
            yield "kg:cameo", text(claim.cameo)
        for role in claim.roles:
            yield from self._participant(role.name, role.mention)
        for mention in claim.attributed_to:
            yield from self._participant("attributedTo", mention)
        if claim.place:
            yield from self._participant("place", claim.place)
        yield from self._codes(claim)
        if key := claim_key(claim, self.symmetric):
            yield "kg:sameEventKey", text(key)
        for actor, recipient in product(claim.role("actor"), claim.role("recipient")):
            if actor.ref and recipient.ref:
                ends = self._meant(actor).value, self._meant(recipient).value
                yield "kg:edgeKey", text(edge_key(ends[0], relation_iri(claim.relation).value, ends[1]))
        yield "kg:polarity", text(claim.polarity)
        yield "kg:modality", text(claim.modality)
        yield "kg:status", text(claim.status)
        if claim.cue:
            yield "kg:statusCue", text(claim.cue, self.article.lang)
        yield from self._when(claim)
        yield "kg:sentence", text(claim.evidence.quote, self.article.lang)
        yield "kg:evidence", self.names.span(claim.evidence)
        for evidence in claim.more_evidence:
            yield "kg:moreEvidence", self.names.span(evidence)
        yield "kg:trigger", self.names.span(claim.trigger)
        yield "kg:score", number(claim.score)
        yield "prov:wasDerivedFrom", self.graph
        yield "prov:wasGeneratedBy", self._reading
        if claim.extractor:
            yield "prov:wasAttributedTo", self.names.extractor(claim.extractor)

    def _codes(self, claim: Claim) -> Pairs:
        for role, coded in (("actor", "kg:codedActor"), ("recipient", "kg:codedRecipient")):
            for mention in claim.role(role):
                for code in codes_of(mention, claim.date, self.context):
                    yield coded, text(code)

    def _when(self, claim: Claim) -> Pairs:
        if claim.date:
            yield "kg:date", date(claim.date)
        if claim.date_precision:
            yield "kg:datePrecision", text(claim.date_precision)
        if claim.date_basis:
            yield "kg:dateBasis", text(claim.date_basis)

    def _quote(self, quote: Quote) -> Iterator[Quad]:
        said = quote.content
        node = self.names.part(self.article.id, f"quotation={said.start},{said.end}")
        yield from self._node(node, self._quote_pairs(quote))
        yield from self._span(said)
        if quote.cue:
            yield from self._span(quote.cue)

    def _quote_pairs(self, quote: Quote) -> Pairs:
        yield "rdf:type", term("kg:Quote")
        yield "kg:quoted", self.names.span(quote.content)
        yield "kg:direct", boolean(quote.direct)
        yield "prov:wasDerivedFrom", self.graph
        if quote.cue:
            yield "kg:quoteCue", self.names.span(quote.cue)
        for mention in quote.speaker:
            yield from self._participant("speaker", mention)
