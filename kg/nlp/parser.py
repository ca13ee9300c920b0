"""The spaCy component that runs the model: tags, heads, labels, sentence bounds and names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from threadpoolctl import ThreadpoolController

from kg import ontologies
from kg.nlp.corrections import correct, listed_names, names_apart, subject_meets_object
from kg.nlp.model import Model, Parse
from kg.nlp.morphology import fold
from kg.nlp.tokens import contracted

#: Types of names of which two hardly ever stand side by side: "Front" and "Ruvania Merdeka" are one body.
_ONE_NAME = frozenset({"PER", "ORG"})
_TYPES = {"PER": "Person", "ORG": "Organization", "LOC": "Place", "MISC": "Other"}


@Language.factory(
    "kg_parser",
    assigns=[
        "token.pos",
        "token.morph",
        "token.head",
        "token.dep",
        "token.is_sent_start",
        "doc.sents",
        "doc.ents",
    ],
    requires=["token.is_sent_start"],
)
class Parser:
    """Runs the model on the sentences found before it; white space and skipped zones are left out.

    ``doc.user_data["skipped"]`` holds (start, end) offsets that are not to be read.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.model = Model()
        # Sentences are read side by side, each on one thread: a matrix of one sentence is too small to share,
        # and numpy's threads would wait for each other.
        self._blas = ThreadpoolController()
        self._workers = ThreadPoolExecutor(max_workers=os.cpu_count())

    def __call__(self, doc: Doc) -> Doc:
        misc = _has_misc(doc)
        units = list(self._units(doc))
        apart = names_apart(doc)

        def read(unit: list[Token]) -> Parse:
            parts = _parts(unit)
            words = [word for some in parts for word in some]
            parse = self.model.parse(words, full_names=misc, apart=_places(apart, unit, parts))
            return folded(parse, [len(words) for words in parts])

        with self._blas.limit(limits=1, user_api="blas"):
            parses = list(self._workers.map(read, units))
        _annotate(doc, list(zip(units, parses, strict=True)))
        correct(doc)
        return doc

    def _units(self, doc: Doc) -> Iterator[list[Token]]:
        """The words of each sentence, cut in halves until the model can read them."""
        skipped = [*doc.user_data.get("skipped", ()), *hearsay(doc)]
        sentence: list[Token] = []
        for token in doc:
            if token.is_sent_start and sentence:
                yield from self._fitting(sentence)
                sentence = []
            if not token.is_space and not any(start <= token.idx < end for start, end in skipped):
                sentence.append(token)
        if sentence:
            yield from self._fitting(sentence)

    def _fitting(self, unit: list[Token]) -> Iterator[list[Token]]:
        words = [word for some in _parts(unit) for word in some]
        if len(unit) > 1 and self.model.length(words) > self.model.max_pieces:
            half = len(unit) // 2
            yield from self._fitting(unit[:half])
            yield from self._fitting(unit[half:])
        else:
            yield unit


def _parts(unit: Sequence[Token]) -> list[list[str]]:
    """The words that each token stands for."""
    return [contracted(token.text, token.doc.user_data["lang"]) for token in unit]


def _places(
    pairs: Sequence[tuple[int, int]], unit: Sequence[Token], parts: Sequence[Sequence[str]]
) -> list[tuple[int, int]]:
    """Pairs of words of a document as places in what the model reads of one unit, if they are in it."""
    ends = accumulate(len(words) for words in parts)
    place = {token.i: end - 1 for token, end in zip(unit, ends, strict=True)}
    return [(place[one], place[other]) for one, other in pairs if one in place and other in place]


def folded(parse: Parse, sizes: Sequence[int]) -> Parse:
    """The parse of tokens that stand for ``sizes`` words each: "del" is what "de" is in "de el".

    Of the words of a token the one nearest to the root counts, so that the tokens form a tree too.
    """
    if len(parse.pos) == len(sizes):
        return parse
    token_of = [k for k, size in enumerate(sizes) for _ in range(size)]
    firsts = [token_of.index(k) for k in range(len(sizes))]
    chosen = [
        min(range(first, first + size), key=lambda word: _depth(word, parse.heads))
        for first, size in zip(firsts, sizes, strict=True)
    ]
    return Parse(
        pos=[parse.pos[w] for w in chosen],
        heads=[parse.heads[w] and token_of[parse.heads[w] - 1] + 1 for w in chosen],
        head_scores=[parse.head_scores[w] for w in chosen],
        labels=[parse.labels[w] for w in chosen],
        names=[parse.names[w] for w in firsts],
        name_scores=[parse.name_scores[w] for w in firsts],
        features=[parse.features[w] for w in chosen],
        vectors=parse.vectors[[0, *(w + 1 for w in chosen)]],
    )


def _depth(word: int, heads: Sequence[int]) -> int:
    """How many words stand above a word."""
    above = 0
    while heads[word] != 0:
        word = heads[word] - 1
        above += 1
    return above


def hearsay(doc: Doc) -> list[tuple[int, int]]:
    """Where phrases about the whole sentence stand ("santer beredar kabar"), as (start, end) offsets.

    They are no part of its grammar and are not parsed; :mod:`kg.nlp.status` takes them into account.
    """
    listed = ontologies.language(doc.user_data["lang"], "status").get("sentence", {}).get("alleged", ())
    text = fold(doc.user_data["text"])
    if len(text) != len(doc.user_data["text"]):  # some letters change their length without case
        return []
    return [
        (found.start(), found.end())
        for words in listed
        for found in re.finditer(rf"\b{re.escape(words)}\b", text)
    ]


def _has_misc(doc: Doc) -> bool:
    return bool(ontologies.language(doc.user_data["lang"], "names").get("misc", False))


def _annotate(doc: Doc, parsed: list[tuple[list[Token], Parse]]) -> None:
    """Write parses into a Doc; tokens that were not read hang on the word before them."""
    store = doc.vocab.strings
    starts = [bool(token.is_sent_start) for token in doc]
    heads = np.zeros(len(doc), dtype=np.int64)
    pos = np.zeros(len(doc), dtype=np.uint64)
    dep = np.zeros(len(doc), dtype=np.uint64)
    read = np.zeros(len(doc), dtype=bool)
    spans: list[Span] = []
    scores: dict[tuple[int, int], float] = {}
    joined = frozenset() if subject_meets_object(doc) else _ONE_NAME
    edges = {edge for span in listed_names(doc) for edge in (span.start, span.end)}
    head_scores: dict[int, float] = {}
    for unit, parse in parsed:
        for k, token in enumerate(unit):
            heads[token.i] = token.i if parse.heads[k] == 0 else unit[parse.heads[k] - 1].i
            pos[token.i] = store.add(parse.pos[k])
            dep[token.i] = store.add("ROOT" if parse.heads[k] == 0 else parse.labels[k])
            read[token.i] = True
            head_scores[token.i] = parse.head_scores[k]
            if parse.features[k]:
                token.set_morph(parse.features[k])  # type: ignore[attr-defined]  # not in the stubs
        whole = [token.i not in edges for token in unit]
        for first, last, label, score in _named(parse, whole, joined):
            span = Span(doc, unit[first].i, unit[last].i + 1, label=_TYPES[label])
            spans.append(span)
            scores[span.start, span.end] = score
    unread = store.add("dep")
    for i in np.flatnonzero(~read):
        heads[i] = _hanging(int(i), starts, read)
        dep[i] = unread
    doc.from_array(["HEAD", "DEP", "POS"], np.stack([_offsets(heads), dep, pos], axis=1))  # type: ignore[arg-type]
    doc.ents = tuple(spans)
    doc.user_data["name_scores"] = scores
    doc.user_data["head_scores"] = head_scores
    doc.user_data["vectors"] = [([token.i for token in unit], parse.vectors) for unit, parse in parsed]


def _hanging(i: int, starts: list[bool], read: NDArray[np.bool_]) -> int:
    """The head of a word that was not read: the word before it in the sentence, else the next one read."""
    if i and not starts[i]:
        return i - 1
    following = i + 1
    while following < len(starts) and not starts[following]:
        if read[following]:
            return following
        following += 1
    return i


def _offsets(heads: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Heads as spaCy keeps them: relative to the word, negative ones wrapped round."""
    return (heads - np.arange(len(heads))).astype(np.uint64)


def _named(
    parse: Parse, whole: Sequence[bool], joined: frozenset[str]
) -> Iterator[tuple[int, int, str, float]]:
    """(first word, last word, type, lowest score) of every name.

    Names of the ``joined`` types that follow one another with nothing between are one, unless the actor
    list knows better: ``whole`` says of each word whether no listed name begins or ends before it.
    """
    start: int | None = None
    for k, label in enumerate([*parse.names, "O"]):
        same = start is not None and label[2:] == parse.names[start][2:] and label[2:] in joined
        if start is not None and not label.startswith("I-") and not (same and whole[k]):
            yield start, k - 1, parse.names[start][2:], min(parse.name_scores[start:k])
            start = None
        if label.startswith("B-") and start is None:
            start = k
