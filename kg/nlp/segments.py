"""Where words begin in scripts that do not show it, as the language model sees it.

A language asks for it in its ``tokens.toml`` (``segmented = true``).  The model reads the text letter by
letter, a sentence at a time.  Without spaces at all (``spaces = false``) the words that other lists know,
such as cues, are never cut inside, whatever the model says.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from kg import ontologies
from kg.linking.titles import bodies, titles
from kg.nlp.codebook import load_codebook
from kg.nlp.morphology import with_usual_letters
from kg.nlp.syntax import word_list
from kg.nlp.tokens import dictionary_knows, spaced

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^\n。！？؟.!?]+[。！？؟.!?]*")
#: Letters that the model reads at once; a longer sentence is cut.
LONGEST = 300


class Starts(Protocol):
    """What tells where words begin; :class:`kg.nlp.model.Model` does."""

    def word_starts(self, letters: str) -> list[bool]: ...


def cuts(text: str, lang: str, model: Starts) -> frozenset[int]:
    """The offsets at which a word begins inside a run of letters; none for languages with spaces."""
    if not ontologies.language(lang, "tokens").get("segmented", False):
        return frozenset()
    told = {
        start + k
        for start, piece in _pieces(text)
        for k, begins in enumerate(model.word_starts(piece)) if begins and k
    }  # fmt: skip
    return frozenset(_at_clitics(told, text, lang) if spaced(lang) else told)


def _at_clitics(cuts: set[int], text: str, lang: str) -> set[int]:
    """The cuts behind a listed proclitic that begins a word, or before a listed enclitic that ends it.

    A word that the dictionary knows, with or without proclitics, is not for the model to cut.
    """
    tokens = ontologies.language(lang, "tokens")
    before, behind = frozenset(tokens.get("proclitics", ())), frozenset(tokens.get("enclitics", ()))
    kept: set[int] = set()
    for word in _WORD.finditer(text):
        start, end = word.span()
        inside = sorted(cut for cut in cuts if start < cut < end)
        if inside and dictionary_knows(word[0], lang):
            continue
        while proclitics := [cut for cut in inside if text[start:cut] in before]:
            start = proclitics[-1]  # the longest: "لل", not "ل" and "ل"
            kept.add(start)
            inside = [cut for cut in inside if cut > start]
        kept.update([cut for cut in inside if text[cut:end] in behind][:1])
    return kept


def around_listed_words(
    cuts: set[int], text: str, lang: str, names: Iterable[tuple[int, int]] = ()
) -> set[int]:
    """The cuts but those inside listed words, with their edges; unchanged where spaces are written.

    ``names`` are the places of listed names, which are kept whole, too, unless they end within another word:
    "俄罗斯外交部长" is Russia and a foreign minister, not its foreign ministry.
    """
    if spaced(lang):
        return cuts
    found = [match.span() for match in _listed_words(lang).finditer(with_usual_letters(text, lang))]
    whole = [(start, end) for start, end in names if end - start > 1]
    whole = [(start, end) for start, end in whole if not any(s < end < e for s, e in found)]
    apart = [(s, e) for s, e in found if not any(s < end and start < e for start, end in whole)]
    found = [*whole, *apart]
    inside = {place for start, end in found for place in range(start + 1, end)}
    return (cuts - inside) | {edge for span in found for edge in span}


@functools.cache
def _listed_words(lang: str) -> re.Pattern[str]:
    """The words of two letters and more that lists of a language name, the longest first."""
    cues = [cue for relation in load_codebook().relations.values() for cue in relation.cues.get(lang, ())]
    words = {word for cue in cues for group in (cue.heads, *cue.words) for word in group}
    words |= {*titles(lang), *bodies(lang), *word_list(lang, "speech", "say")}
    words |= {
        word
        for part in ("modifier", "governor", "marker")
        for status in ontologies.language(lang, "status").get(part, {})
        for word in word_list(lang, "status", part, status)
    }
    words |= {*ontologies.language(lang, "tokens").get("whole", ())}
    usual = {with_usual_letters(word, lang) for word in words if len(word) > 1}
    return re.compile("|".join(map(re.escape, sorted(usual, key=lambda word: (-len(word), word)))) or r"(?!)")


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for found in _SENTENCE.finditer(text):
        for start in range(found.start(), found.end(), LONGEST):
            yield start, text[start : min(start + LONGEST, found.end())]
