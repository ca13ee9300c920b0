"""The words for positions and for a country's organs: titles.toml and bodies.toml of each language."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from kg import ontologies
from kg.errors import PipelineError

#: The language whose titles.toml defines the canonical titles and whose bodies.toml the bodies.
_REFERENCE = "en"


def _forms(lang: str, file: str, table: str) -> Mapping[str, str]:
    """The forms of a table, casefolded, each with the canonical word it stands for."""
    where = f"languages/{lang}/{file}.toml"
    entries = ontologies.language(lang, file).get(table, {})
    if not isinstance(entries, dict):
        raise PipelineError(f"{where}: [{table}] must be a table of canonical = [forms]")
    found: dict[str, str] = {}
    for canonical, forms in entries.items():
        if not (isinstance(forms, list) and forms and all(isinstance(f, str) and f.strip() for f in forms)):
            raise PipelineError(f"{where}: {canonical!r} in [{table}] needs a list of one word or more")
        for form in forms:
            other = found.setdefault(form.casefold(), canonical)
            if other != canonical:
                raise PipelineError(f"{where}: {form!r} stands for {other!r} and {canonical!r}; keep one")
    return MappingProxyType(found)


def _as_reference(lang: str, file: str, table: str) -> Mapping[str, str]:
    """Like :func:`_forms`, and every canonical word must be one of the reference language."""
    found = _forms(lang, file, table)
    known = set(_forms(_REFERENCE, file, table).values())
    for canonical in found.values():
        if canonical not in known:
            raise PipelineError(
                f"languages/{lang}/{file}.toml: {canonical!r} is not in languages/{_REFERENCE}/{file}.toml; "
                "add it there first"
            )
    return found


@functools.cache
def titles(lang: str) -> Mapping[str, str]:
    """Title forms of a language, casefolded, to canonical titles: ``menlu`` to ``foreign minister``.

    Empty for a language without word lists.  Raises PipelineError if the file is wrong.
    """
    return _as_reference(lang, "titles", "titles")


@functools.cache
def title_prefixes(lang: str) -> Mapping[str, str]:
    """What changes a title from before it, casefolded: ``mantan`` to ``former``, ``wakil`` to ``deputy``."""
    return _forms(lang, "titles", "prefixes")


@functools.cache
def title_suffixes(lang: str) -> Mapping[str, str]:
    """What changes a title from after it, casefolded: ``terpilih`` to ``elect``."""
    return _forms(lang, "titles", "suffixes")


@functools.cache
def bodies(lang: str) -> Mapping[str, str]:
    """Nouns for organs and people of a country, casefolded, to canonical ones: ``tentara`` to ``troops``."""
    return _as_reference(lang, "bodies", "bodies")


@functools.cache
def canonical_bodies() -> frozenset[str]:
    """All canonical words for a country's organs and people."""
    return frozenset(bodies(_REFERENCE).values())


@functools.cache
def title_changes() -> frozenset[str]:
    """All canonical words that change a title from before or behind it: former, deputy, elect."""
    return frozenset({*title_prefixes(_REFERENCE).values(), *title_suffixes(_REFERENCE).values()})


@functools.cache
def canonical_titles() -> frozenset[str]:
    """All canonical titles, with those made by the English prefixes ``deputy`` and ``acting`` too."""
    plain = set(titles(_REFERENCE).values())
    prefixes = set(title_prefixes(_REFERENCE).values())
    return frozenset(plain | {f"{prefix} {title}" for prefix in prefixes for title in plain})
