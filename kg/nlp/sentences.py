"""Sentence bounds from punctuation, paragraphs and zones, before anything is parsed.

Survives initials ("George W. Bush"), abbreviations, decimal numbers, ellipses and closing quotes.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp import tokens

ENDS = frozenset({".", "!", "?", "…", "。", "！", "？", "؟", "।", "*", "***"})
CLOSERS = frozenset({'"', "'", "”", "’", "»", ")", "]", "」", "』"})
#: A sentence longer than this many words is cut at a comma or semicolon: the model reads 512 pieces.
LONGEST = 120


def _ends_sentence(token: Token, lang: str) -> bool:
    """Whether a sentence can end after ``token`` (closing quotes and brackets may follow)."""
    if token.text in ENDS:
        return True
    # "U.S." and "Jr." may also stand at the end; only the next word tells, see _starts_sentence.
    return token.text.endswith(".") and len(token.text) > 2 and token.text not in tokens.abbreviations(lang)


def _starts_sentence(token: Token, before: Token) -> bool:
    """Whether ``token`` can open a sentence after ``before``."""
    first = token.text[0]
    if first.islower():
        return False
    initial = (
        before.i > 0 and before.text == "." and len(before.nbor(-1).text) == 1 and before.nbor(-1).is_upper
    )
    if initial:
        return False
    return before.text in ENDS or not token.is_digit


def boundaries(doc: Doc, cuts: frozenset[int] = frozenset()) -> list[int]:
    """Indices of the tokens that start a sentence.

    ``cuts`` are character offsets where a sentence must start, such as the bounds of zones.
    """
    lang = doc.user_data["lang"]
    starts = [0]
    ended: Token | None = None  # the token that ended a sentence, closers skipped
    for token in doc:
        if token.is_space:
            if _ends_block(doc, starts[-1], token, ended):
                ended = token
            continue
        paragraph = ended is not None and ended.is_space
        opens = ended is not None and (paragraph or (_spaced(token) and _starts_sentence(token, ended)))
        if (
            token.idx in cuts
            or opens
            or (token.i - starts[-1] >= LONGEST and token.nbor(-1).text in {",", ";", ":"})
        ):
            if token.i != starts[-1]:
                starts.append(token.i)
            ended = None
        if _ends_sentence(token, lang):
            ended = token
        elif ended is not None and not (token.text in CLOSERS or paragraph):
            ended = None
    return starts


def _ends_block(doc: Doc, start: int, space: Token, ended: Token | None) -> bool:
    """Whether white space ends a paragraph, a sentence at the end of a line, or a heading."""
    lines = space.text.count("\n")
    return lines > 1 or (lines == 1 and (ended is not None or _line_is_short(doc, start, space.i)))


def _spaced(token: Token) -> bool:
    before = token.nbor(-1)
    return before.is_space or bool(before.whitespace_)


def _line_is_short(doc: Doc, start: int, end: int) -> bool:
    """A line without an end mark is a heading if short; else the text is merely wrapped."""
    return end - start <= 15


@Language.factory("kg_sentences", assigns=["token.is_sent_start"])
class Sentences:
    """Sets ``token.is_sent_start``; ``doc.user_data["cuts"]`` are offsets where sentences must start."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        starts = set(boundaries(doc, frozenset(doc.user_data.get("cuts", ()))))
        for token in doc:
            token.is_sent_start = token.i in starts
        return doc
