"""From an Article to an Extraction: the spaCy pipeline and what goes in and out of it."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg import ontologies
from kg.errors import ArticleError, KGError
from kg.linking.actors import load_actors
from kg.nlp import (  # noqa: F401  (factories)
    bodies,
    claims,
    coreference,
    first_person,
    names,
    parser,
    places,
    sayings,
    sentences,
    teams,
    times,
    titles,
)
from kg.nlp.codebook_file import CUES
from kg.nlp.references import evidence, mention
from kg.nlp.segments import around_listed_words, cuts
from kg.nlp.tokens import spaced, tokenize
from kg.types import SKIPPED_ZONES, Article, Extraction, Mention, Quote

COMPONENTS = (
    "kg_sentences", "kg_parser", "kg_names", "kg_places", "kg_teams",
    "kg_titles", "kg_bodies", "kg_coreference", "kg_times", "kg_sayings", "kg_first_person", "kg_claims",
)  # fmt: skip


@functools.cache
def load() -> Language:
    """The spaCy pipeline, loaded once; one for every language.  Raises PipelineError."""
    nlp = spacy.blank("xx")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


class Reader:
    """Reads articles.

    >>> Reader().extract(Article(id="a", text="Putin visited Pyongyang.", lang="en")).claims[0].relation
    'visit'
    """

    def __init__(self) -> None:
        self.nlp = load()

    @functools.cached_property
    def fingerprint(self) -> str:
        """A hash of all that decides what is found: model, word lists, codebook, actor list, code."""
        digest = hashlib.sha256()
        package = Path(__file__).parent.parent
        files = [
            p for folder in ("nlp", "linking") for p in (package / folder).rglob("*") if p.suffix in _READ
        ]
        knowledge = [
            p
            for p in ontologies.folder().rglob("*")
            if p.suffix in {".toml", ".csv"} or p.name in {"relations.ttl", CUES}
        ]
        for file in sorted([*files, *knowledge]):
            digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()[:16]

    def extract(self, article: Article) -> Extraction:
        """What one article says; raises ArticleError if it cannot be read."""
        for result in self.pipe([article]):
            if isinstance(result, KGError):
                raise result
            return result
        raise AssertionError("pipe yields a result for every article")

    def pipe(self, articles: Iterable[Article]) -> Iterator[Extraction | ArticleError]:
        """Read articles in order; one that cannot be read yields its error and the rest go on."""
        for article in articles:
            try:
                yield _extraction(article, self.doc(article))
            except KGError:
                raise
            except Exception as error:  # any bug met by one article must not stop the others
                yield ArticleError(
                    f"{article.id} could not be read ({type(error).__name__}: {error}); "
                    "please report it with the text",
                    source=article.id,
                )

    def doc(self, article: Article) -> Doc:
        """The article as a spaCy Doc with all that was found in it; errors are those of :meth:`pipe`."""
        return self.nlp(self._words(article))

    def _words(self, article: Article) -> Doc:
        lang = article.lang or "en"
        listed = load_actors().find(article.text, lang)
        edges = {edge for match in listed for edge in (match.start, match.end)}
        reading = cast(parser.Parser, self.nlp.get_pipe("kg_parser"))
        inside = {place for match in listed for place in range(match.start + 1, match.end)}
        edges |= cuts(article.text, lang, reading.model) - (inside if spaced(lang) else set())
        edges = around_listed_words(edges, article.text, lang, [(m.start, m.end) for m in listed])
        doc = tokenize(self.nlp.vocab, article.text, lang, edges)
        doc.user_data["article_id"] = article.id
        doc.user_data["date"] = article.published
        doc.user_data["zones"] = [(z.kind, z.start, z.end) for z in article.zones]
        doc.user_data["skipped"] = [(z.start, z.end) for z in article.zones if z.kind in SKIPPED_ZONES]
        doc.user_data["cuts"] = [
            edge for z in article.zones for edge in (z.start, _next_word(article.text, z.end))
        ]
        return doc


_READ = {".py", ".onnx", ".npy", ".npz", ".json", ".sqlite", ".toml"}


def _next_word(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _extraction(article: Article, doc: Doc) -> Extraction:
    quotes = tuple(
        Quote(
            article_id=article.id,
            speaker=saying.speaker,
            cue=evidence(doc, *saying.cue) if saying.cue else None,
            content=evidence(doc, saying.start, saying.end),
            direct=saying.direct,
        )
        for saying in doc._.sayings
    )
    named: dict[tuple[int, int, str | None], Mention] = {}
    for reference in doc._.references:
        if reference.ref is not None:
            found = mention(doc, reference)
            named.setdefault((found.evidence.start, found.evidence.end, found.ref), found)
    return Extraction(article=article, mentions=tuple(named.values()), claims=doc._.claims, quotes=quotes)
