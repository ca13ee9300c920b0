"""Trees from raw text, as the CoNLL 2018 shared task scores them: own words, own sentences.

The text of a treebank's sentences is put together again, cut and parsed by the product, written as CoNLL-U
and compared with the treebank by its official script (udtools, ``udeval``).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
from spacy.tokens import Token
from udtools import udeval

from kg.nlp import sentences as _  # noqa: F401  (the factory kg_sentences)
from kg.nlp.model import Model, Parse
from kg.nlp.segments import cuts
from kg.nlp.tokens import contracted, tokenize
from training.data import Sentence

#: What is reported, in percent: words, sentences, and trees over both.
FIGURES = ("Words", "Sentences", "UPOS", "UAS", "LAS")


def blocks(path: Path) -> dict[str, str]:
    """The sentences of a CoNLL-U file as they stand there, by their id."""
    found = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line]
        identity = [line.partition("=")[2].strip() for line in lines if line.startswith("# sent_id")]
        if identity:
            found[identity[0]] = "\n".join(line for line in lines if not line.startswith("#"))
    return found


def gold(sentences: Sequence[Sentence], known: dict[str, str]) -> list[str]:
    """CoNLL-U of the sentences that ``known`` has by their id, labels as the treebank gives them."""
    return [known[sentence.id] for sentence in sentences if sentence.id in known]


def text(block: str) -> str:
    """What a CoNLL-U sentence looks like on the page."""
    found, covered = "", 0
    for line in block.splitlines():
        columns = line.split("\t")
        number = columns[0]
        if "." in number or (number.isdigit() and int(number) <= covered):
            continue
        covered = int(number.partition("-")[2] or number)
        found += columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
    return found.strip()


def parsed(raw: str, language: str, model: Model, *, full_names: bool) -> str:
    """Raw text as CoNLL-U: cut into sentences and words, contractions as multiword tokens, parsed."""
    nlp = spacy.blank("xx")
    nlp.add_pipe("kg_sentences")
    doc = nlp(tokenize(nlp.vocab, raw, language, cuts(raw, language, model)))
    written = []
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        if words:
            parts = [contracted(token.text, language) for token in words]
            parse = model.parse([part for some in parts for part in some], full_names=full_names)
            written.append("\n".join(_lines(words, parts, parse)))
    return "".join(block + "\n\n" for block in written)


def figures(blocks: Sequence[str], language: str, model: Model) -> dict[str, float]:
    """F1 in percent of words, sentences, tags and trees from the raw text of some CoNLL-U sentences."""
    ours = parsed(" ".join(text(block) for block in blocks), language, model, full_names=True)
    theirs = "".join(block + "\n\n" for block in blocks)
    scores = udeval.evaluate(_loaded(theirs), _loaded(ours))
    return {name.lower(): round(100 * scores[name].f1, 2) for name in FIGURES}


def _loaded(conllu: str) -> object:
    return udeval.load_conllu(io.StringIO(conllu), "text", {})


def _lines(tokens: Sequence[Token], parts: Sequence[Sequence[str]], parse: Parse) -> Iterator[str]:
    number = 0
    for token, words in zip(tokens, parts, strict=True):
        spaced = bool(token.whitespace_) or (token.i + 1 < len(token.doc) and token.nbor().is_space)
        misc = "_" if spaced else "SpaceAfter=No"
        if len(words) > 1:
            yield "\t".join([f"{number + 1}-{number + len(words)}", token.text, *"_______", misc])
            misc = "_"
        for word in words:
            label = "root" if parse.heads[number] == 0 else parse.labels[number]
            pos, head = parse.pos[number], parse.heads[number]
            yield "\t".join(map(str, (number + 1, word, "_", pos, "_", "_", head, label, "_", misc)))
            number += 1
