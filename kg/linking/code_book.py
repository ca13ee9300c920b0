"""The sectors of actor codes and the words for them: actors/codes.toml and sectors.toml of each language."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from kg import ontologies
from kg.errors import PipelineError
from kg.linking.titles import bodies, canonical_bodies, canonical_titles, title_changes, titles

_FILE = "actors/codes.toml"
_CODE = re.compile(r"[A-Z]{3}")
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


@dataclass(frozen=True, kw_only=True)
class CodeBook:
    """What codes.toml says.

    ``sectors`` are in the order of their importance; ``titles`` and ``bodies`` have the sector of each
    canonical word; holders of a title with one of the words ``past`` have the sector ``out_of_office``, with
    one of ``not_yet`` none.
    """

    #: Words that a noun of the lists may have.
    LONGEST: ClassVar[int] = 5

    sectors: tuple[str, ...]
    non_state: frozenset[str]
    titles: Mapping[str, str]
    bodies: Mapping[str, str]
    past: frozenset[str]
    not_yet: frozenset[str]
    out_of_office: str

    @property
    def government(self) -> str:
        """The most important sector, which a government's name stands for."""
        return self.sectors[0]

    def rank(self, sector: str | None) -> int:
        """0 for the most important sector; what is none comes last."""
        return self.sectors.index(sector) if sector in self.sectors else len(self.sectors)

    def words(self, lang: str, *, by_office: bool) -> Mapping[str, str]:
        """The words of a language with their sectors, also the titles if asked for."""
        return _words(lang, by_office)


def words_of(text: str) -> list[str]:
    """The words of a text as the lists compare them."""
    return _WORD.findall(text.casefold())


@functools.cache
def load_code_book() -> CodeBook:
    """The code book of the ontologies folder; raises PipelineError that says what is wrong with it."""
    data = ontologies.table("actors/codes")
    sectors, non_state = (tuple(_table(data, name)) for name in ("sectors", "non_state"))
    for code in (*sectors, *non_state):
        if not _CODE.fullmatch(code):
            raise PipelineError(f"{_FILE}: the code {code!r} must be three capital letters")
    away = _table(data, "out_of_office")
    words, later, sector = away.get("words"), away.get("not_yet"), away.get("sector")
    if not (isinstance(words, list) and isinstance(later, list) and isinstance(sector, str)):
        raise PipelineError(f"{_FILE}: [out_of_office] needs words = [...], not_yet = [...] and a sector")
    if sector not in sectors:
        raise PipelineError(f"{_FILE}: {sector!r} in [out_of_office] is not one of [sectors]")
    past, not_yet = frozenset(words), frozenset(later)
    where = "[prefixes] or [suffixes] of languages/en/titles.toml"
    _refuse_unknown(past | not_yet, title_changes(), "out_of_office", where)
    by_title, by_body = (
        sectors_of(_FILE, name, _table(data, name), sectors) for name in ("titles", "bodies")
    )
    _refuse_unknown(by_title, canonical_titles(), "titles", "languages/en/titles.toml")
    _refuse_unknown(by_body, canonical_bodies(), "bodies", "languages/en/bodies.toml")
    return CodeBook(
        sectors=sectors,
        non_state=frozenset(non_state),
        titles=by_title,
        bodies=by_body,
        past=past,
        not_yet=not_yet,
        out_of_office=sector,
    )


@functools.cache
def _words(lang: str, by_office: bool) -> Mapping[str, str]:
    book = load_code_book()
    nouns = ontologies.language(lang, "sectors").get("nouns", {})
    known = sectors_of(f"languages/{lang}/sectors.toml", "nouns", nouns, book.sectors)
    organs = {form: book.bodies[body] for form, body in bodies(lang).items() if body in book.bodies}
    offices = {form: book.titles[title] for form, title in titles(lang).items() if title in book.titles}
    every = {**(offices if by_office else {}), **organs, **known}
    return MappingProxyType({" ".join(words_of(form)): sector for form, sector in every.items()})


def sectors_of(file: str, name: str, table: object, sectors: Iterable[str]) -> Mapping[str, str]:
    """The words of a table sector = [words], casefolded, each with its sector.

    Raises PipelineError for a sector that is not among ``sectors`` and for a word with two sectors.
    """
    if not isinstance(table, dict):
        raise PipelineError(f"{file}: [{name}] must be a table of sector = [words]")
    found: dict[str, str] = {}
    for sector, words in table.items():
        if sector not in sectors:
            raise PipelineError(
                f"{file}: [{name}] has the sector {sector!r}, which [sectors] of {_FILE} lacks"
            )
        if not (isinstance(words, list) and all(isinstance(word, str) and word.strip() for word in words)):
            raise PipelineError(f"{file}: {sector} in [{name}] needs a list of words")
        for word in words:
            if len(words_of(word)) > CodeBook.LONGEST:
                raise PipelineError(
                    f"{file}: {word!r} has more than {CodeBook.LONGEST} words; give it shorter"
                )
            other = found.setdefault(word.casefold(), sector)
            if other != sector:
                raise PipelineError(f"{file}: {word!r} in [{name}] is {other} and {sector}; keep one")
    return MappingProxyType(found)


def _table(data: Mapping[str, object], name: str) -> dict[str, object]:
    table = data.get(name)
    if not isinstance(table, dict) or not table:
        raise PipelineError(f"{_FILE}: the table [{name}] is missing")
    return table


def _refuse_unknown(words: Iterable[str], known: Iterable[str], name: str, where: str) -> None:
    for word in words:
        if word not in set(known):
            raise PipelineError(
                f"{_FILE}: {word!r} in [{name}] is not in {where}; correct it or add it there"
            )
