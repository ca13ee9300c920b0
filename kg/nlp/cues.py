"""Cues: the words that express a relation.

A cue is ``head[/verb|/noun|/adj][:obj|:other] [word ...]``: the head word, then words that must all stand in
its phrase; ``a|b`` gives alternatives anywhere.  Words are compared through
:mod:`kg.nlp.morphology`, so a cue is written once, in its dictionary form.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from kg.nlp.morphology import cue_keys, keys

_PARTS = {"verb": ("VERB", "AUX"), "noun": ("NOUN", "PROPN"), "adj": ("ADJ",)}
_HEAD = re.compile(r"(?P<words>[^\s/:]+)(?:/(?P<part>verb|noun|adj))?(?::(?P<only>obj|other))?")


@dataclass(frozen=True, kw_only=True)
class Cue:
    """Words that express a relation.

    ``heads`` are the alternatives of the head word, ``words`` those of each word that must stand in
    its phrase; ``part`` is the part of speech the head must have ("": any).  ``possessor`` is the
    slot that the possessor of an event noun fills: "Russia's visit" names its actor there (subj),
    "Navalny's arrest" the one arrested (obj).  ``other``: only where somebody else is to do what
    follows, as in "wants Iran to leave" and not in "wants to leave".
    """

    text: str
    lang: str
    heads: tuple[str, ...]
    words: tuple[tuple[str, ...], ...] = ()
    part: str = ""
    possessor: Literal["subj", "obj"] = "subj"
    other: bool = False

    @property
    def specificity(self) -> tuple[bool, int, bool]:
        """How much it demands; of two cues that fit, the one that demands more wins.

        Who is to do something comes before the words: "ordered troops to leave" sends no troops.
        """
        return self.other, len(self.words), bool(self.part)

    def fits(self, upos: str, around: Collection[str], other: bool = False) -> bool:
        """Whether the head's part of speech will do and its phrase, as keys, has all the words.

        ``other`` says that what follows the head is to be done by somebody else.
        """
        if (self.part and upos not in _PARTS[self.part]) or (self.other and not other):
            return False
        return all(any(not cue_keys(w, self.lang).isdisjoint(around) for w in group) for group in self.words)

    def needs(self, word: str) -> bool:
        """Whether ``word`` is one of the required words: a part of the cue, not a participant."""
        found = keys(word, self.lang)
        return any(not cue_keys(w, self.lang).isdisjoint(found) for group in self.words for w in group)


def parse_cue(text: str, lang: str) -> Cue:
    """The cue that ``text`` writes; raises ValueError with what is wrong with it."""
    head, *words = text.split()
    found = _HEAD.fullmatch(head)
    if found is None:
        raise ValueError(
            f"the head {head!r} must be a word, then maybe /verb, /noun or /adj, then maybe :obj or :other"
        )
    if any("/" in word or ":" in word for word in words):
        raise ValueError("only the head, which stands first, may have a part of speech")
    groups = [tuple(group.split("|")) for group in (found["words"], *words)]
    if not all(word for group in groups for word in group):
        raise ValueError("an alternative beside '|' is empty")
    possessor: Literal["subj", "obj"] = "obj" if found["only"] == "obj" else "subj"
    return Cue(
        text=text,
        lang=lang,
        heads=groups[0],
        words=tuple(groups[1:]),
        part=found["part"] or "",
        possessor=possessor,
        other=found["only"] == "other",
    )
