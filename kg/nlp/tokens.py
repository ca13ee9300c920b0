"""Cutting text into words as Universal Dependencies does; what differs by language is data.

``languages/XX/tokens.toml`` lists clitics that become words, words that only look as if they
carried one, contractions and abbreviations.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Collection, Iterator

import simplemma
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg import ontologies

_WORD = re.compile(
    r"""
    https?://\S+ | \w[\w.+-]*@\w[\w-]*(?:\.\w+)+          # addresses
  | (?:[^\W\d_]\.){2,}                                    # U.S.  S.H.
  | \d+(?:[.,:/\u2013-]\d+)*                              # 1,050.5  26/7  14:55  1950-1953
  | [^\W_]LETTERS*(?:[-'\u2019\u2011]LETTERS+)*            # words, with inner hyphens and apostrophes
  | \.{2,} | -{2,}                                        # ellipsis, dashes
  | \s+
  | .                                                     # any other sign stands alone
    """.replace(
        "LETTERS", r"(?:[^\W_]|[\u0640\u064b-\u0652\u0670])"
    ),  # Arabic vowel signs belong to their word
    re.VERBOSE | re.DOTALL,
)


class _Rules:
    """The token rules of one language, ready to be used."""

    def __init__(self, lang: str) -> None:
        data = ontologies.language(lang, "tokens")
        self.clitics: tuple[str, ...] = tuple(data.get("clitics", ()))
        self.proclitics: tuple[str, ...] = tuple(data.get("proclitics", ()))
        self.shortest_stem: int = data.get("shortest_stem", 1)
        self.stem_ends: tuple[str, ...] = tuple(data.get("stem_ends", ("",)))
        self.contractions: dict[str, list[str]] = data.get("contractions", {})
        self.known: str = lang if data.get("clitics_by_dictionary", False) else ""
        self.whole = frozenset(data.get("whole", ()))
        self.abbreviations = frozenset(data.get("abbreviations", ()))
        self.suffix_signs: str = data.get("suffix_signs", "")

    def clitic_at(self, text: str, position: int) -> str | None:
        """The clitic with an apostrophe that stands right behind a word."""
        if position == 0 or not text[position - 1].isalnum() or text[position].isalnum():
            return None
        for clitic in self.clitics:
            end = position + len(clitic)
            if text.startswith(clitic, position) and not text[end : end + 1].isalnum():
                return clitic
        return None

    def split(self, word: str) -> tuple[str, ...]:
        """The word without its clitics, and these; or the word alone."""
        low = word.casefold()
        if low in self.whole or len(low) != len(word):
            return (word,)
        if self.known:
            return self.split_known(word) or (word,)
        for clitic in self.proclitics:
            if low.startswith(clitic) and len(word) - len(clitic) >= self.shortest_stem:
                return (word[: len(clitic)], *self.split(word[len(clitic) :]))
        for clitic in self.clitics:
            stem = len(word) - len(clitic)
            if stem >= self.shortest_stem and low.endswith(clitic) and low[:stem].endswith(self.stem_ends):
                return (word[:stem], word[stem:])
        return (word,)

    def split_known(self, word: str) -> tuple[str, ...]:
        """The word cut so that the dictionary knows what its proclitics leave; empty if that cannot be."""
        if word in self.whole or simplemma.is_known(word, self.known):
            return (word,)
        for clitic in self.proclitics:
            if word.startswith(clitic) and len(word) - len(clitic) >= self.shortest_stem:
                rest = self.split_known(word[len(clitic) :])
                if rest:
                    return (clitic, *rest)
        return ()


@functools.cache
def _rules(lang: str) -> _Rules:
    return _Rules(lang)


def abbreviations(lang: str) -> frozenset[str]:
    """Words of the language whose full stop does not end a sentence."""
    return _rules(lang).abbreviations


def spaced(lang: str) -> bool:
    """Whether white space stands between the words of a language."""
    return bool(ontologies.language(lang, "tokens").get("spaces", True))


def dictionary_knows(word: str, lang: str) -> bool:
    """Whether lists and dictionary tell which proclitics a word has, if any."""
    return bool(_rules(lang).split_known(word))


def without_suffix(words: str, lang: str) -> str:
    """A name without the suffix behind a sign: "Ankara" for "Ankara'da"; only where a language writes so."""
    last = words.rpartition(" ")[2]
    signs = [place for place, sign in enumerate(last) if place and sign in _rules(lang).suffix_signs]
    return words[: len(words) - len(last) + signs[0]] if signs else words


def contracted(word: str, lang: str) -> list[str]:
    """The words that a contraction stands for, as the model has learnt to read them: "del" → "de", "el".

    A word that is none stands for itself.
    """
    found = _rules(lang).contractions.get(word.casefold())
    if not found:
        return [word]
    return [found[0].capitalize(), *found[1:]] if word[0].isupper() else list(found)


def words(text: str, lang: str, cuts: Collection[int] = ()) -> Iterator[str]:
    """The words and stretches of white space of ``text``; joined they give the text again.

    ``cuts`` are offsets at which a word must end, such as those of listed names ("pro-Rusia").
    """
    rules = _rules(lang)
    edges = sorted(cut for cut in cuts if text[cut : cut + 1] not in tuple(rules.suffix_signs))
    position = 0
    while position < len(text):
        clitic = rules.clitic_at(text, position)
        if clitic:  # what a cut has left of "Serbia's"
            yield clitic
            position += len(clitic)
            continue
        found = _WORD.match(text, position)
        assert found is not None  # the last alternative matches any character
        edge = bisect.bisect_right(edges, position)
        position = min(found.end(), edges[edge]) if edge < len(edges) else found.end()
        word = text[found.start() : position]
        if position < len(text) and text[position] == "." and word + "." in rules.abbreviations:
            yield word + "."
            position += 1
        elif word[0].isalpha():
            yield from rules.split(word)
        else:
            yield word


def tokenize(vocab: Vocab, text: str, lang: str, cuts: Collection[int] = ()) -> Doc:
    """A Doc of the words of ``text``; white space other than single blanks is a token of its own."""
    found: list[str] = []
    spaces: list[bool] = []
    for word in words(text, lang, cuts):
        if word.isspace() and word[0] == " " and found and not found[-1].isspace() and not spaces[-1]:
            spaces[-1] = True
            word = word[1:]
        if word:
            found.append(word)
            spaces.append(False)
    doc = Doc(vocab, words=found, spaces=spaces)
    doc.user_data["lang"] = lang
    doc.user_data["text"] = text  # doc.text is put together anew each time
    return doc
