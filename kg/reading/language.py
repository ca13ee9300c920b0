"""Which language a text is in.

py3langid decides, except between close relatives that it confuses (it takes Indonesian for Malay):
there the words that only one of them writes are counted, as given by ``reading.toml`` [language].
"""

from __future__ import annotations

from kg.reading import markers

#: Characters of a text that are looked at: more does not change the answer and costs time.
LOOKED_AT = 5000


def identify(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``; None for a text without letters."""
    import py3langid

    sample = text[:LOOKED_AT]
    if not any(char.isalpha() for char in sample):
        return None
    lang = str(py3langid.classify(sample)[0])
    for own_lang, relatives in markers.relatives().items():
        if lang == own_lang or lang in relatives.mistaken_for:
            own, other = len(relatives.own.findall(sample)), len(relatives.other.findall(sample))
            return own_lang if own >= other else relatives.mistaken_for[0]
    return lang
