"""What all formats are read into: an item, its names, its countries and who it is elsewhere."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg import ontologies
from kg.errors import KGError, PipelineError
from kg.linking.ids import slug
from kg.types import ENTITY_TYPES, Entity, EntityRole, PlacePrecision

_OWN_ID = re.compile(rf"({'|'.join(type.lower() for type in ENTITY_TYPES)})/[\w-]+")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_GEONAMES = "https://sws.geonames.org/"


class BadLine(KGError):
    """A part of a file that is not what its format says; the message lacks the file and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entity of a file.

    ``external`` is its id there, ``names`` are pairs of a language (``und`` where unknown) and a name, the
    one to show first; ``weak`` are names that others bear too.  ``countries`` are alpha-3 codes.
    """

    external: str
    type: str
    names: tuple[tuple[str, str], ...]
    weak: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    roles: tuple[EntityRole, ...] = ()
    same_as: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None

    def id(self, source: str) -> str:
        """The id of its entity: that of Wikidata or GeoNames if it has one, else one of its source.

        An id of our own kind (``person/joko-widodo``) stays: it adds to an entity of the actor list.
        """
        if _OWN_ID.fullmatch(self.external):
            return self.external
        place = next((same for same in self.same_as if same.startswith(_GEONAMES)), None)
        if place is not None and self.external in place:
            return f"place/{slug(self.names[0][1])}-{self.external}"
        wikidata = next((same for same in self.same_as if _WIKIDATA.fullmatch(same)), None)
        return f"{self.type.lower()}/{slug(wikidata or f'{source}-{self.external}')}"

    def entity(self, source: str) -> Entity:
        """The entity as the graph has it."""
        names: dict[str, list[str]] = {}
        for lang, name in self.names:
            names.setdefault(lang, []).append(name)
        return Entity(
            id=self.id(source),
            type=self.type,
            names={lang: tuple(dict.fromkeys(found)) for lang, found in names.items()},
            roles=self.roles,
            country=self.countries[0] if len(self.countries) == 1 else None,
            same_as=self.same_as,
            lat=self.lat,
            lon=self.lon,
            precision=self.precision,
            sources=(f"{source}: {self.external}",),
        )


@functools.cache
def settings(format: str) -> Mapping[str, Any]:
    """How a format is read, from ``ontologies/imports.toml``; PipelineError where that lacks it."""
    try:
        found: Mapping[str, Any] = ontologies.table("imports")[format]
    except KeyError as error:
        raise PipelineError(
            f"ontologies/imports.toml lacks [{format}]: compare it with the original"
        ) from error
    return found


@functools.lru_cache(maxsize=4096)
def country(text: str) -> str | None:
    """The alpha-3 code of a country by its code (also of a part: gb-sct) or name; None if it is none."""
    import countrynames

    word = text.strip()
    if not word:
        return None
    former: Mapping[str, str] = settings("countries")
    code = word.upper() if word.upper() in former else countrynames.to_code(word)
    if code is None:
        return None
    code = code.partition("-")[0]
    if code in former:
        return former[code]
    try:
        known: str | None = countrynames.to_code_3(code)
    except KeyError:  # a code that is no country, such as EU
        return None
    return known if known and len(known) == 3 else None


def countries(texts: Iterable[str]) -> tuple[str, ...]:
    """The codes of those that are countries, each once."""
    return tuple(dict.fromkeys(code for text in texts if (code := country(text))))


def clean(texts: Iterable[Any]) -> list[str]:
    """The texts that are some, with single spaces."""
    return [text for found in texts if isinstance(found, str) and (text := " ".join(found.split()))]


def degrees(text: Any, most: float, what: str) -> float:
    """A latitude or longitude; raises BadLine if it is none."""
    try:
        value = float(text)
    except (TypeError, ValueError):
        value = float("nan")
    if not abs(value) <= most:
        raise BadLine(f"the {what} {text!r} is no number from -{most:g} to {most:g}")
    return value


def identifier(text: str) -> str:
    """A Wikidata address as its id (Q423), any other address as it is."""
    found = re.fullmatch(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(Q\d+)", text.strip())
    return found[1] if found else text.strip()
