"""Articles with nearly the same text: sketches of texts (MinHash, Broder 1997), and pairs that agree."""

from __future__ import annotations

from collections.abc import Collection

import rensa

from kg.types import READ_ZONES, Article

#: Numbers in a sketch, and how many of them make a band: texts that agree in a band are compared.
NUMBERS, BAND = 64, 4
#: Words in a shingle.
SHINGLE = 4
#: Share of shingles in common from which two texts are one.
ALIKE = 0.7
#: Shorter texts (in words) say too little to be called copies.
LEAST = 30
_SEED = 1


def bands(article: Article) -> list[str]:
    """The sketch of an article's text without furniture, band by band; none for a short text.

    A band is its number and its numbers: ``03:9f…``.  Texts with many bands in common are alike.
    """
    skipped = [zone for zone in article.zones if zone.kind not in READ_ZONES]
    parts, at = [], 0
    for zone in sorted(skipped, key=lambda zone: zone.start):
        parts.append(article.text[at : zone.start])
        at = max(at, zone.end)
    words = "".join([*parts, article.text[at:]]).casefold().split()
    if len(words) < LEAST:
        return []
    minhash = rensa.RMinHash(num_perm=NUMBERS, seed=_SEED)
    minhash.update([" ".join(words[k : k + SHINGLE]) for k in range(len(words) - SHINGLE + 1)])
    numbers = [f"{value:08x}" for value in minhash.digest()]
    return [f"{k // BAND:02}:{''.join(numbers[k : k + BAND])}" for k in range(0, NUMBERS, BAND)]


def alike(one: Collection[str], other: Collection[str]) -> bool:
    """Whether two sketches agree in so many numbers that the texts are taken for one."""
    same = 0
    for band, against in zip(sorted(one), sorted(other), strict=True):
        same += sum(band[k : k + 8] == against[k : k + 8] for k in range(3, len(band), 8))
    return same >= ALIKE * NUMBERS
