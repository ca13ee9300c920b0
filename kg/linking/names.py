"""Finding listed names in a text: word by word, longest first, with care for case.

Spaces, hyphens, apostrophes, full stops of initials and marks on letters may differ between the
list and the text (``Kim Jong-un`` and ``Kim Jong Un``, ``Erdoğan`` and ``Erdogan``).  Case may
not, except that a text may write in capitals what the list does not.

Chinese and Japanese do not show where words begin: there each character is a word, and only a run
of katakana is one as a whole.  Where a language writes small words onto names (Arabic "and Syria",
Korean particles), ``languages/XX/names.toml`` lists them as ``prefixes`` and ``suffixes``; they are
cut off what is a name without them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from kg import ontologies
from kg.linking.ids import fold

NameKind = Literal["name", "demonym", "metonym", "short"]

#: Marks a listed name that is an ordinary word as well (``?Lima``, ``?AS``).
CAREFUL = "?"

#: Characters that are words each: of Chinese, and hiragana.
_CHARACTER = "\u3005\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
_LETTER = rf"[^\W_{_CHARACTER}{_KATAKANA}][\u0300-\u036f\u064b-\u0652]*"
_TOKEN = re.compile(rf"(?<!\w)(?:[^\W\d_]\.){{2,}}|[{_CHARACTER}]|[{_KATAKANA}]+|(?:{_LETTER})+|&")
_SPACE = r"[ \t\u00a0\u2009\u202f]"
_QUOTE = "['’‘ʼ`´]"
_DASH = "[-‐‑‒–/·・]"
_GAP = re.compile(rf"{_QUOTE}?{_SPACE}*\n?{_SPACE}*|{_SPACE}?{_DASH}{_SPACE}?|\.")
_INITIAL_GAP = re.compile(rf"\.{_SPACE}*")
_SHORT = 5  # letters an abbreviation may have to be matched in capitals only
_LONGEST_INITIAL = 3  # letters of a word that may be followed by a full stop within a name ("W.", "Oct.")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A listed name at ``text[start:end]``.

    ``ids`` are the entities that it may stand for, best first.  ``kind`` says how it names them:
    ``name``; ``demonym`` (Russian); ``short`` (a surname, to be used only where the article has no
    other person with it); ``metonym`` (Moscow, Kremlin), where ``ids`` has the place first, if it
    is one, and then the country whose government is meant when the place acts.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    kind: NameKind


class Name(NamedTuple):
    """One spelling of a listed entity in words; with ``lang`` it counts only in texts of that language.

    ``key`` is what its spellings have in common.
    """

    words: tuple[str, ...]
    key: tuple[str, ...]
    id: str
    kind: NameKind
    careful: bool
    lang: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    key: str


def _tokens(text: str) -> list[_Token]:
    found = ((m.start(), m.end(), m.group().replace(".", "")) for m in _TOKEN.finditer(text))
    return [_Token(start, end, word, fold(word)) for start, end, word in found]


#: The words of the list recur in many names.
_folded = functools.lru_cache(maxsize=65536)(fold)


def make_name(text: str, id: str, kind: NameKind, lang: str = "") -> Name:
    """The listed name ``text``, which may begin with the mark CAREFUL."""
    words = tuple(word.replace(".", "") for word in _TOKEN.findall(text.removeprefix(CAREFUL)))
    return Name(words, tuple(map(_folded, words)), id, kind, text.startswith(CAREFUL), lang)


def name_key(text: str) -> tuple[str, ...]:
    """What two spellings of one name have in common: their words without case and marks."""
    return tuple(token.key for token in _tokens(text))


@functools.cache
def _affixes(lang: str) -> tuple[Mapping[str, str], tuple[str, ...]] | None:
    """What a language writes onto names: before them (and what of it is the name's), and behind them."""
    data = ontologies.language(lang, "names") if lang else {}
    prefixes, suffixes = data.get("prefixes", {}), tuple(data.get("suffixes", ()))
    return (prefixes, suffixes) if prefixes or suffixes else None


def _is_abbreviation(word: str) -> bool:
    return 2 <= len(word) <= _SHORT and word.isupper()


def is_currency(text: str, end: int) -> bool:
    """Whether a name that ends there is that of a currency: "US$ 280", "HK$5".

    >>> is_currency("US$ 280", 2), is_currency("US 280", 2)
    (True, False)
    """
    sign = text[end : end + 2].lstrip()[:1]
    return bool(sign) and unicodedata.category(sign) == "Sc"


@dataclass(frozen=True, slots=True)
class _Table:
    """Names by what their spellings have in common, how many words those that begin with a word have, and
    all words."""

    names: Mapping[tuple[str, ...], Sequence[Name]]
    lengths: Mapping[str, Collection[int]]
    words: Collection[str]

    @classmethod
    def of(cls, names: Iterable[Name]) -> _Table:
        by_key: dict[tuple[str, ...], list[Name]] = {}
        lengths: dict[str, set[int]] = {}
        for name in names:
            by_key.setdefault(name.key, []).append(name)
            lengths.setdefault(name.key[0], set()).add(len(name.key))
        return cls(by_key, lengths, frozenset(word for key in by_key for word in key))

    def has(self, name: Name) -> bool:
        """Whether it already names the same entity in the same words."""
        return any((n.id, n.words) == (name.id, name.words) for n in self.names.get(name.key, ()))


class NameIndex:
    """All listed names, ready to be found in texts; those of one language when its first text is read."""

    def __init__(self, names_in: Callable[[str], Iterable[Name]], rank: Sequence[str]) -> None:
        """``names_in`` gives the names of one language, and for ``""`` those of texts in any.

        ``rank`` orders the candidates of one match: the first parts of their ids, best first.
        """
        self._rank = {prefix: place for place, prefix in enumerate(rank)}
        self._names_in = names_in
        self._common = _Table.of(names_in(""))
        self._tables = functools.cache(self._tables_of)

    def _tables_of(self, lang: str) -> tuple[_Table, ...]:
        """The names that texts of a language may have."""
        own = (name for name in self._names_in(lang) if not self._common.has(name)) if lang else ()
        return (self._common, _Table.of(own)) if lang else (self._common,)

    def find(self, text: str, lang: str = "") -> list[NameMatch]:
        """The listed names in ``text`` of a language: whole words, the longest first, no two overlapping."""
        affixes, tables = _affixes(lang), self._tables(lang)
        tokens = [_cut(token, tables, *affixes) for token in _tokens(text)] if affixes else _tokens(text)
        found = sorted(self._candidates(text, tokens, tables), key=lambda m: (m.start - m.end, m.start))
        taken = bytearray(len(text))
        kept: list[NameMatch] = []
        for match in found:
            if not any(taken[match.start : match.end]):
                taken[match.start : match.end] = b"\1" * (match.end - match.start)
                kept.append(match)
        return sorted(kept, key=lambda m: m.start)

    def _candidates(self, text: str, tokens: list[_Token], tables: Sequence[_Table]) -> Iterator[NameMatch]:
        for first, token in enumerate(tokens):
            for length in {length for table in tables for length in table.lengths.get(token.key, ())}:
                words = tokens[first : first + length]
                key = tuple(word.key for word in words)
                names = [name for table in tables for name in table.names.get(key, ())]
                if not names or len(words) < length or is_currency(text, words[-1].end):
                    continue
                gaps = [text[a.end : b.start] for a, b in pairwise(words)]
                if not all(_joins(gap, word) for gap, word in zip(gaps, words, strict=False)):
                    continue
                fitting = [name for name in names if _fits(name, words, gaps)]
                if any(name.careful for name in fitting):
                    last = first + length - 1
                    fitting = [n for n in fitting if not n.careful or _stands_out(text, tokens, first, last)]
                if fitting:
                    yield self._match(words[0].start, words[-1].end, fitting)

    def _match(self, start: int, end: int, names: list[Name]) -> NameMatch:
        kinds = {name.kind for name in names}
        if kinds != {"short"}:
            names = [name for name in names if name.kind != "short"]
        kind: NameKind = "metonym" if "metonym" in kinds else names[0].kind
        # A literal reading comes before a figurative one, a country before what bears its name.
        ordered = sorted(names, key=lambda n: (n.kind == "metonym", self._rank[n.id.partition("/")[0]]))
        return NameMatch(start, end, tuple(dict.fromkeys(name.id for name in ordered)), kind)


def _cut(
    token: _Token, tables: Sequence[_Table], prefixes: Mapping[str, str], suffixes: Sequence[str]
) -> _Token:
    """The token without what is written onto it, if only then it is a word of a name."""

    def is_known(key: str) -> bool:
        return any(key in table.words for table in tables)

    if is_known(token.key):
        return token
    for prefix, kept in prefixes.items():
        if token.text.startswith(prefix):
            word = kept + token.text[len(prefix) :]
            if is_known(key := fold(word)):
                return _Token(token.start + len(prefix) - len(kept), token.end, word, key)
    for suffix in suffixes:
        word = token.text.removesuffix(suffix)
        if word != token.text and is_known(key := fold(word)):
            return _Token(token.start, token.end - len(suffix), word, key)
    return token


def _joins(gap: str, before: _Token) -> bool:
    """Whether ``gap`` may stand between two words of one name, the first of which is ``before``."""
    if _GAP.fullmatch(gap):
        return True
    return len(before.text) <= _LONGEST_INITIAL and _INITIAL_GAP.fullmatch(gap) is not None


def _fits(name: Name, words: Sequence[_Token], gaps: Sequence[str]) -> bool:
    """Whether the case of the text is that of the listed name, or capitals."""
    for place, (listed, word) in enumerate(zip(name.words, words, strict=True)):
        if _is_abbreviation(listed):
            if word.text != listed:
                return False
        elif listed[0].isupper() and not word.text[0].isupper():
            joined = place > 0 and not gaps[place - 1].isspace()
            if not joined:
                return False
    return True


def _stands_out(text: str, tokens: list[_Token], first: int, last: int) -> bool:
    """Whether capitals tell the name ``tokens[first..last]`` from the ordinary word.

    An abbreviation stands out where the words around it are not in capitals; a capitalised word
    only after a small one, not at the start of a sentence or in a headline.
    """
    start = text.rfind("\n", 0, tokens[first].start) + 1
    end = text.find("\n", tokens[last].end)
    end = len(text) if end < 0 else end
    before = [t for t in tokens[max(0, first - 2) : first] if t.start >= start]
    after = [t for t in tokens[last + 1 : last + 3] if t.end <= end]
    if _is_abbreviation(tokens[first].text):
        around = [t.text for t in before + after if any(c.isalpha() for c in t.text)]
        return not around or not all(word.isupper() for word in around)
    if not before or not before[-1].text.islower():
        return False
    return text[before[-1].end : tokens[first].start].strip(" \t\u00a0") == ""
