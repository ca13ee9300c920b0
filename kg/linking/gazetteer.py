"""The places of the world that the actor list does not have: towns, regions and districts of GeoNames.

The file ``places.sqlite`` is made by ``training/actors/places.py`` and only looked into for names that an
article has, so that it costs nothing to load.  Facts of GeoNames (https://www.geonames.org, CC BY 4.0).
"""

from __future__ import annotations

import functools
import math
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from kg.errors import PipelineError
from kg.linking.ids import make_id
from kg.linking.names import name_key
from kg.types import Entity

_FILE = Path(__file__).with_name("places.sqlite")
_COLUMNS = "p.id, p.name, p.kind, p.country, p.region, p.lat, p.lon, p.population"
_EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A place of GeoNames: ``kind`` is city, region (of the first order) or district (of the second).

    ``number`` and ``region`` are GeoNames ids, ``country`` is ISO 3166-1 alpha-3, degrees are of the middle.
    """

    number: int
    name: str
    kind: str
    country: str
    region: int | None
    lat: float
    lon: float
    population: int

    @property
    def id(self) -> str:
        """The id of its entity, such as ``place/edmonton-5946768``."""
        return f"{make_id('Place', self.name)}-{self.number}"

    def entity(self) -> Entity:
        """The place as an entity, the same as in GeoNames."""
        return Entity(
            id=self.id,
            type="Place",
            names={"en": (self.name,)},
            country=self.country,
            same_as=(f"https://sws.geonames.org/{self.number}/",),
            lat=self.lat,
            lon=self.lon,
            precision="city" if self.kind == "city" else "region",
        )


class Gazetteer:
    """Looks up places by name or by the id of their entity."""

    def __init__(self, file: Path) -> None:
        try:
            self._database = sqlite3.connect(
                f"{file.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._database.execute("SELECT 1 FROM place LIMIT 1")
        except sqlite3.Error as error:
            raise PipelineError(f"{file} cannot be read ({error}): install the package again") from error
        self.candidates = functools.lru_cache(maxsize=10_000)(self._candidates)

    def _candidates(self, name: str) -> tuple[GazetteerPlace, ...]:
        """The places called ``name`` in any language, the most populous first."""
        key = " ".join(name_key(name))
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? "
            "ORDER BY p.population DESC, p.id",
            (key,),
        )
        return tuple(_place(row) for row in rows)

    def get(self, id: str) -> Entity | None:
        """The entity ``place/edmonton-5946768``, or None if that is no id of a place of the file."""
        number = id.rpartition("-")[2]
        if not (id.startswith("place/") and number.isascii() and number.isdigit()):
            return None
        row = self._database.execute(
            f"SELECT {_COLUMNS} FROM place p WHERE p.id = ?", (int(number),)
        ).fetchone()
        place = _place(row) if row else None
        return place.entity() if place is not None and place.id == id else None


def _place(row: tuple[int, str, str, str, int | None, int, int, int]) -> GazetteerPlace:
    number, name, kind, country, region, lat, lon, population = row
    return GazetteerPlace(number, name, kind, country, region, lat / 100, lon / 100, population)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points given in degrees (haversine formula)."""
    south, north = math.radians(lat), math.radians(other_lat)
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


@functools.cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package, opened once."""
    return Gazetteer(_FILE)
