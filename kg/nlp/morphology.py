"""The keys under which a word of a text and a word of a list are compared.

Two words are held to be forms of one lexeme if their keys meet: "mengunjungi" and "dikunjungi"
both have the key "kunjungi", "visited" and "visit" both "visit".  A language with a
``morphology.toml`` is taken apart by its prefix rules and its list of irregular forms; any other
language that simplemma knows is lemmatised; for the rest a word is its own only key.

``[lemma]`` leads on from simplemma's dictionary form to another one ("арестованный" to "арестовать"),
``verb_endings`` are what follows a verb's stem, which with ``infinitives`` makes its dictionary form
("saldıracak": "saldırmak"), ``[case]`` tells from its ending in which case a noun stands, and ``passive``
lists what the dictionary forms of passive participles end in.  ``[letters]`` are signs that stand for
another one of their words ("會": "会"), ``unwritten`` such as may be left out.

Simplemma is not used where there are prefix rules: for Indonesian it gives roots, and "kunjungan"
(a visit), "berkunjung" (to pay a visit) and "mengunjungi" (to visit) would be one word.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import simplemma

from kg import ontologies
from kg.errors import PipelineError

#: Words kept in the cache; the vocabulary of some ten thousand articles.
_CACHE = 1 << 17


@dataclass(frozen=True, kw_only=True)
class Prefix:
    """A prefix that may be taken off before one of the letters ``before`` (empty: any letter).

    Each of ``restores`` is put in its place in turn; ``passive`` is the voice of a verb with it.
    """

    form: str
    before: str
    restores: tuple[str, ...]
    passive: bool


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What ``morphology.toml`` says of a language; without a file all of it is empty."""

    prefixes: tuple[Prefix, ...] = ()
    clitics: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()
    shortest_stem: int = 3
    doubling: bool = False
    irregular: tuple[tuple[str, str], ...] = ()
    lemma: tuple[tuple[str, str], ...] = ()
    case: tuple[tuple[str, tuple[str, str]], ...] = ()
    passive: tuple[str, ...] = ()
    unwritten: str = ""
    letters: tuple[tuple[str, str], ...] = ()
    infinitives: tuple[str, ...] = ()
    imperfect: tuple[str, ...] = ()
    verb_endings: tuple[str, ...] = ()


_FIELDS = {
    "prefix", "clitics", "whole", "shortest_stem", "doubling", "irregular", "lemma", "case", "passive",
    "unwritten", "letters", "infinitives", "imperfect", "verb_endings",
}  # fmt: skip
#: Stands for any dictionary form in an ending of ``[case]``.
_ANY = "*"


@functools.cache
def rules(lang: str) -> Rules:
    """The rules of a language; raises PipelineError if its file has wrong or missing entries."""
    data = ontologies.language(lang, "morphology")
    where = f"languages/{lang}/morphology.toml"
    unknown = sorted(set(data) - _FIELDS)
    if unknown:
        raise PipelineError(f"{where}: unknown entry {unknown[0]!r}, use one of {', '.join(sorted(_FIELDS))}")
    prefixes = []
    for number, entry in enumerate(data.get("prefix", ()), start=1):
        try:
            prefix = Prefix(**{**entry, "restores": tuple(entry["restores"])})
        except (TypeError, KeyError) as error:
            raise PipelineError(
                f"{where}: prefix {number} must have form, before, restores and passive, "
                f"and nothing else ({error})"
            ) from error
        prefixes.append(prefix)
    return Rules(
        prefixes=tuple(prefixes),
        clitics=tuple(data.get("clitics", ())),
        whole=frozenset(data.get("whole", ())),
        shortest_stem=int(data.get("shortest_stem", 3)),
        doubling=bool(data.get("doubling", False)),
        irregular=tuple(sorted(data.get("irregular", {}).items())),
        lemma=tuple(sorted(data.get("lemma", {}).items())),
        case=tuple(_endings(data.get("case", {}), where)),
        passive=tuple(data.get("passive", ())),
        unwritten=str(data.get("unwritten", "")),
        letters=tuple(sorted(data.get("letters", {}).items())),
        infinitives=tuple(data.get("infinitives", ())),
        imperfect=tuple(data.get("imperfect", ())),
        verb_endings=tuple(data.get("verb_endings", ())),
    )


def _endings(table: dict[str, list[str]], where: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each case with what a dictionary form and a form in that case end in; raises PipelineError."""
    for case, listed in table.items():
        for ending in listed:
            lemma, arrow, form = ending.partition(">")
            if not (arrow and form):
                raise PipelineError(
                    f"{where}: {ending!r} in [case] must be 'end of the dictionary form>end of the form'"
                )
            yield case, (lemma, form)


@functools.cache
def _tables(lang: str) -> tuple[dict[str, str], dict[str, str]]:
    """Irregular forms and lemmas, to be looked up."""
    of = rules(lang)
    return dict(of.irregular), dict(of.lemma)


@functools.cache
def _letters(lang: str) -> dict[int, str | None]:
    """What becomes of letters that are written in several ways."""
    of = rules(lang)
    return {**{ord(sign): None for sign in of.unwritten}, **{ord(sign): same for sign, same in of.letters}}


def with_usual_letters(text: str, lang: str) -> str:
    """The text with the usual one of letters that are written in several ways; its length stays."""
    return text.translate({ord(sign): same for sign, same in rules(lang).letters})


def fold(text: str) -> str:
    """Lower case in which every letter keeps its length: "İ" is the one whose small letter is two signs."""
    return text.replace("İ", "i").casefold()


def _stems(word: str, rule: Prefix, shortest: int) -> set[str]:
    """What is left of ``word`` when the prefix is taken off; empty if it does not have it."""
    rest = word[len(rule.form) :]
    if not word.startswith(rule.form) or len(rest) < shortest or (rule.before and rest[0] not in rule.before):
        return set()
    return {first + rest for first in rule.restores}


def _without_clitics(word: str, of: Rules) -> set[str]:
    """The word and what is left of it when attached particles and pronouns are taken off."""
    forms = {word}
    for clitic in of.clitics:
        forms |= {
            form[: -len(clitic)]
            for form in forms
            if form.endswith(clitic) and len(form) - len(clitic) >= of.shortest_stem
        }
    return forms


@functools.lru_cache(maxsize=_CACHE)
def keys(word: str, lang: str) -> frozenset[str]:
    """The keys of a word: itself in lower case, and its stems or its lemma."""
    of = rules(lang)
    plain = fold(word).translate(_letters(lang))
    irregular, lemmas = _tables(lang)
    found = {plain, irregular.get(plain, plain)}
    half, hyphen, other = plain.partition("-")
    if of.doubling and hyphen and half == other:
        found.add(half)
    if of.prefixes:
        if plain not in of.whole:
            found |= {form for word in tuple(found) for form in _without_clitics(word, of)}
            found |= {
                stem
                for form in tuple(found)
                if form not in of.whole
                for prefix in of.prefixes
                for stem in _stems(form, prefix, of.shortest_stem)
            }
    elif plain and lang in _lemmatised():
        if plain not in of.whole:
            found.add(_lemmatizer().lemmatize(plain, lang).casefold())
        found |= {
            plain[: -len(ending)] + infinitive
            for ending in of.verb_endings
            if plain.endswith(ending) and len(plain) - len(ending) >= of.shortest_stem
            for infinitive in of.infinitives
        }
        found |= {lemmas[form] for form in tuple(found) if form in lemmas}
    return frozenset(found)


@functools.lru_cache(maxsize=_CACHE)
def cases(word: str, lang: str) -> frozenset[str]:
    """The cases ("Dat", as in Universal Dependencies) that a noun's ending shows; empty if it shows none."""
    plain = fold(word)
    forms = keys(word, lang)
    return frozenset(
        case
        for case, (lemma, ending) in rules(lang).case
        if plain.endswith(ending)
        and (lemma == _ANY or plain[: len(plain) - len(ending)] + lemma in forms - {plain})
    )


@functools.lru_cache(maxsize=_CACHE)
def cue_keys(word: str, lang: str) -> frozenset[str]:
    """The keys of a word as a list writes it, to be compared with :func:`keys` of a text's word.

    With prefix rules these are all its keys.  Elsewhere it is the word as written: one in its
    dictionary form ("talk") meets all its forms, an inflected one ("talks") only that form.
    """
    return keys(word, lang) if rules(lang).prefixes else frozenset({word.casefold()})


def is_imperfect(word: str, lang: str) -> bool:
    """Whether a verb may be in the imperfect, by the letter in front of it: "تهاجم", not "هاجمت".

    A verb whose dictionary form begins with that letter too is in doubt, unless the rest is that form.
    """
    plain = fold(word).translate(_letters(lang))
    if not plain.startswith(rules(lang).imperfect or ("",)):
        return False
    others = keys(word, lang) - {plain}
    return any(form.endswith(plain[1:]) for form in others) or not any(f[0] == plain[0] for f in others)


@functools.lru_cache(maxsize=_CACHE)
def passive_form(word: str, lang: str) -> bool | None:
    """Whether a verb has a passive form (True), an active one (False) or none that tells (None)."""
    plain = word.casefold()
    of = rules(lang)
    if plain in of.whole:
        return None
    for prefix in of.prefixes:
        rest = plain[len(prefix.form) :]
        fits = not prefix.before or rest[:1] in tuple(prefix.before)
        if plain.startswith(prefix.form) and len(rest) >= of.shortest_stem and fits:
            return prefix.passive
    if of.passive and any(form.endswith(of.passive) for form in keys(word, lang)):
        return True
    return None


@functools.cache
def _lemmatizer() -> simplemma.Lemmatizer:
    """One that holds the dictionaries of all languages at once.

    simplemma's own keeps eight and reads one of them anew for each word of a ninth language.
    """
    from simplemma.strategies import DefaultStrategy
    from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

    # Packed: a tenth of the memory; :func:`keys` remembers what was looked up.
    dictionaries = StreamDictionaryFactory(cache_max_size=len(_lemmatised()))
    return simplemma.Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=dictionaries))


@functools.cache
def _lemmatised() -> frozenset[str]:
    """The languages that simplemma has a dictionary for."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return frozenset(SUPPORTED_LANGUAGES)
