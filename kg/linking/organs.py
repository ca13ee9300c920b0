"""Organs: bodies that every country has, as entities that are made when a text names them.

A foreign ministry, armed forces, a police: ``ontologies/actors/organs.toml`` says which kinds there are, by
which words they are known and how they are called in each language.  Nothing is written down for each
country, so that 200 countries cost nothing to load.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg import ontologies
from kg.errors import PipelineError
from kg.linking.code_book import load_code_book
from kg.linking.titles import canonical_bodies
from kg.types import Entity

_FILE = "actors/organs.toml"
_KIND = re.compile(r"[a-z]+(?:-[a-z]+)*")
_ID = re.compile(rf"organization/([A-Z]{{3}})-({_KIND.pattern})")
#: The language in which every kind has a name, and countries have an adjective to make it with.
_MAIN = "en"
_FIELDS = frozenset({"country", "people"})


@dataclass(frozen=True, slots=True)
class Organ:
    """A kind of organ: the canonical words that mean it, and its names by language, with fields.

    ``alone`` says whether the words may mean it without its country beside them.
    """

    kind: str
    bodies: tuple[str, ...]
    alone: bool
    names: Mapping[str, tuple[str, ...]]


@functools.cache
def load_organs() -> Mapping[str, Organ]:
    """The kinds of organs, by name; raises PipelineError that says what is wrong with the file."""
    found = {kind: _organ(kind, entry) for kind, entry in ontologies.table("actors/organs").items()}
    owners: dict[str, str] = {}
    for organ in found.values():
        for body in organ.bodies:
            if body not in canonical_bodies():
                raise PipelineError(
                    f"{_FILE}: {body!r} in [{organ.kind}] is not in languages/en/bodies.toml; "
                    "correct it or add it there"
                )
            other = owners.setdefault(body, organ.kind)
            if other != organ.kind:
                raise PipelineError(f"{_FILE}: {body!r} is in [{other}] and in [{organ.kind}]; keep one")
    return MappingProxyType(found)


def _organ(kind: str, entry: object) -> Organ:
    bodies = entry.get("bodies") if isinstance(entry, dict) else None
    names = entry.get("names") if isinstance(entry, dict) else None
    if not (
        isinstance(entry, dict)
        and _KIND.fullmatch(kind)
        and isinstance(bodies, list)
        and bodies
        and isinstance(names, dict)
    ):
        raise PipelineError(
            f'{_FILE}: [{kind}] needs small letters and hyphens, bodies = [...] and names.en = "..."'
        )
    if _MAIN not in names:
        raise PipelineError(f"{_FILE}: [{kind}] has no name in English (names.en)")
    for lang, text in names.items():
        fields = set(re.findall(r"\{(.*?)\}", str(text)))
        allowed = _FIELDS if lang == _MAIN else _FIELDS - {"people"}
        if not fields or not fields <= allowed:
            wanted = " or ".join(f"{{{name}}}" for name in sorted(allowed))
            raise PipelineError(f"{_FILE}: names.{lang} of [{kind}] must have {wanted} in it, and no other")
    split = {lang: tuple(name.strip() for name in str(text).split("|")) for lang, text in names.items()}
    return Organ(kind, tuple(map(str, bodies)), entry.get("alone") is True, MappingProxyType(split))


@functools.cache
def _kinds() -> Mapping[str, str]:
    return {body: organ.kind for organ in load_organs().values() for body in organ.bodies}


def organ_of(body: str) -> Organ | None:
    """The organ that a canonical word of bodies.toml means; None for words of no organ: officials."""
    kind = _kinds().get(body)
    return load_organs()[kind] if kind else None


def organ_id(kind: str, country: str) -> str:
    """The id of the organ of a country (alpha-3) that has no line in the actor list.

    >>> organ_id("foreign-ministry", "JPN")
    'organization/JPN-foreign-ministry'
    """
    return f"organization/{country}-{kind}"


def parts_of(id: str) -> tuple[str, str] | None:
    """Kind and country (alpha-3) of an id made by :func:`organ_id`; None for any other id."""
    match = _ID.fullmatch(id)
    return (match[2], match[1]) if match and match[2] in load_organs() else None


def organ_entity(kind: str, country: Entity, people: str | None) -> Entity:
    """The organ of a country; ``people`` is the English adjective of the country, if it has one."""
    code = country.id.partition("/")[2]
    organ = load_organs()[kind]
    names = {
        lang: tuple(
            pattern.format(country=country.names[lang][0], people=people or country.names[lang][0])
            for pattern in patterns
        )
        for lang, patterns in organ.names.items()
        if lang in country.names
    }
    sector = load_code_book().bodies.get(organ.bodies[0], "")
    return Entity(
        id=organ_id(kind, code),
        type="Organization",
        names=names,
        country=code,
        actor_code=code + sector,
    )
