"""Fill in the names of the actor list that other sources have, and the grammatical forms of names.

    pip install 'kg-builder[places]'
    python training/actors/names.py names/usr/share/locale        (see places.py)

- ``names_XX`` of a country, where it is empty: from Unicode CLDR, through Babel;
- ``names_XX`` of a place, where it is empty: from GeoNames (CC BY 4.0), through Debian's libgeonames-common;
- ``precision`` of a place, where it is empty: ``city`` if GeoNames has it as a town, else ``region``;
- ``metonyms_XX`` of a country, where it is empty: the names of its capital, if that is a metonym elsewhere;
- ``forms_XX``: the cases of the names in Russian and Ukrainian: of people by the endings of their names,
  of all else by pymorphy3.  They are always made again.

What a cell holds already was written or checked by a person and is left alone.
"""

from __future__ import annotations

import argparse
import csv
import functools
import gettext
import io
import re
from collections.abc import Iterable
from pathlib import Path

from babel import Locale
from people import CASES, INFLECTED, Row, analyzer, bearer, person_cases
from places import rows as rows_of

from kg.linking.gazetteer import distance_km, load_gazetteer

ACTORS = Path(__file__).parents[2] / "ontologies" / "actors"
LANGUAGES = ("ru", "uk", "ar", "tr", "zh", "ja", "ko")
#: A listed place and one of GeoNames are the same if no farther apart.
SAME_PLACE_KM = 30.0
#: Names in scripts without spaces that are parts of other words: Haiti in Shanghai district.
AMBIGUOUS = frozenset({"海地", "马里", "中非", "マリ", "가나", "기니"})


def read(name: str) -> tuple[list[str], list[Row]]:
    with (ACTORS / name).open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


def write(name: str, columns: list[str], rows: list[Row]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    (ACTORS / name).write_text(out.getvalue(), encoding="utf-8")


def with_columns(columns: list[str], kind: str, langs: Iterable[str]) -> list[str]:
    """The columns, with those of ``kind`` for the languages at the end if they are new."""
    return list(dict.fromkeys([*columns, *(f"{kind}_{lang}" for lang in langs)]))


def cldr_name(alpha3: str, lang: str) -> str:
    """What CLDR calls a country, without what it puts in brackets; empty if that is of no use."""
    alpha2 = _alpha2().get(alpha3)
    name = Locale(lang).territories.get(alpha2) if alpha2 else None
    if name is None:
        return ""
    name = re.sub(r"\s*[((].*?[))]", "", name).replace("ʼ", "'").strip()
    return "" if re.search(r" [-–] |,|о-ва|特别行政区|特別行政区", name) else name


@functools.cache
def _alpha2() -> dict[str, str]:
    return {row[2]: row[1] for row in rows_of("countries") if row[2]} | {"XKX": "XK"}


def translations(folder: Path) -> dict[str, dict[int, str]]:
    """Language → GeoNames id → name."""
    found: dict[str, dict[int, str]] = {}
    for lang in LANGUAGES:
        with (folder / lang / "LC_MESSAGES" / "geonames.mo").open("rb") as stream:
            messages = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
        found[lang] = {int(key): name for key, name in messages.items() if key.isdigit()}
    return found


def number_of(row: Row) -> int | None:
    """The GeoNames id of a town of the list."""
    if not row["lat"]:
        return None
    lat, lon = float(row["lat"]), float(row["lon"])
    for name in row["names_en"].split("|"):
        for place in load_gazetteer().candidates(name.removeprefix("?")):
            if place.kind == "city" and distance_km(lat, lon, place.lat, place.lon) <= SAME_PLACE_KM:
                return place.number
    return None


def cases(name: str, lang: str, *, phrase: bool = False) -> list[str]:
    """The name of what is no person in all cases, without the first.

    Of a ``phrase`` (Совет Безопасности ООН) only the first noun and what stands before it bend, of other
    names (Нижний Новгород) every word.
    """
    if name.isupper() or re.search(r"-\w['’]", name):
        return []
    words = re.split(r"([ \-]+)", name)
    parses = [_nominative(word, lang, name=not phrase) if word[:1].isalpha() else None for word in words]
    if phrase:
        head = next((i for i, p in enumerate(parses) if p is not None and "NOUN" in p.tag), None)
        if head is None or not all(p is None or "ADJF" in p.tag for p in parses[:head]):
            return []
        parses[head + 1 :] = [None] * (len(parses) - head - 1)
    found = []
    for case in CASES[1:]:
        bent = []
        for word, parse in zip(words, parses, strict=True):
            thing = phrase and case == "accs" and parse is not None and _stays_before_things(parse)
            form = parse.inflect({case}) if parse is not None and not thing else None
            bent.append(_as_written(form.word, word) if form is not None else word)
        found.append("".join(bent))
    return [form for form in dict.fromkeys(found) if form != name]


def _nominative(word: str, lang: str, *, name: bool):  # type: ignore[no-untyped-def]
    """How a word bends, as a ``name`` if it may be one; None if it is not in the first case."""
    parses = [p for p in analyzer(lang).parse(word) if "nomn" in p.tag and "plur" not in p.tag]
    parses = parses or [p for p in analyzer(lang).parse(word) if "nomn" in p.tag]
    # Чорний is a surname too, but Рада is no adjective.
    preferred = {"Geox", "Surn", "Name"} if name else {"ADJF"} if word.endswith("й") else set()
    known = [p for p in parses if preferred & set(p.tag.grammemes)]
    return next(iter(known or parses), None)


def _stays_before_things(parse) -> bool:  # type: ignore[no-untyped-def]
    """Whether an adjective is the same in the accusative before a thing: Красный Крест."""
    return "ADJF" in parse.tag and not {"femn", "neut"} & set(parse.tag.grammemes)


def _as_written(form: str, word: str) -> str:
    return form.capitalize() if word[0].isupper() else form


def plain(name: str) -> str:
    """The name with the signs that news write."""
    return name.replace("ʼ", "'").replace("=", "・").strip("‘’")


def fill(rows: list[Row], column: str, found: Iterable[str]) -> None:
    """Put the names into the empty cells of a column, except those that belong to another row already."""
    taken = {name for row in rows for name in row.get(column, "").split("|")}
    for row, name in zip(rows, found, strict=True):
        row.setdefault(column, "")
        if not row[column] and name and name not in taken | AMBIGUOUS:
            row[column] = name
            taken.add(name)


def bent(cell: str, lang: str) -> str:
    """The names of a cell, in all cases if the language has cases."""
    names = [name for name in cell.split("|") if name]
    forms = [form for name in names for form in cases(name, lang)] if lang in INFLECTED else []
    return "|".join(dict.fromkeys([*names, *forms]))


def add_forms(columns: list[str], rows: list[Row], of: str, into: str, *, phrases: bool = False) -> list[str]:
    langs = [lang for lang in INFLECTED if any(row.get(f"{of}_{lang}") for row in rows)]
    columns = with_columns(columns, into, langs) if langs else columns
    for row in rows:
        for lang in langs:
            names = [name for name in row.get(f"{of}_{lang}", "").split("|") if name]
            forms = dict.fromkeys(form for name in names for form in _row_cases(row, name, lang, phrases))
            row[f"{into}_{lang}"] = "|".join(form for form in forms if form not in names)
    return columns


def _row_cases(row: Row, name: str, lang: str, phrase: bool) -> list[str]:
    if row["id"].startswith("person/"):
        return person_cases(name, lang, bearer(row))
    return cases(name, lang, phrase=phrase)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("translations", type=Path, help="usr/share/locale of libgeonames-common")
    names = translations(parser.parse_args().translations)
    place_columns, places = read("places.csv")
    place_columns = with_columns(list(dict.fromkeys([*place_columns, "precision"])), "names", LANGUAGES)
    numbers = [number_of(row) or 0 for row in places]
    for row, number in zip(places, numbers, strict=True):
        row["precision"] = row.get("precision") or ("city" if number else "region")
    for lang in LANGUAGES:
        fill(
            places,
            f"names_{lang}",
            [names[lang].get(number, "").replace("ʼ", "'").strip("‘’") for number in numbers],
        )
    columns, countries = read("countries.csv")
    columns = with_columns(columns, "names", LANGUAGES)
    columns = with_columns(columns, "metonyms", LANGUAGES)
    by_id = {row["id"]: row for row in places}
    for lang in LANGUAGES:
        fill(countries, f"names_{lang}", [cldr_name(row["id"].partition("/")[2], lang) for row in countries])
    for row in countries:
        capital = by_id.get(row["capital"], {})
        stands = set(row["metonyms"].split("|")) & set(capital.get("names_en", "").split("|"))
        for lang in LANGUAGES:
            if not row.get(f"metonyms_{lang}"):
                row[f"metonyms_{lang}"] = bent(capital.get(f"names_{lang}", ""), lang) if stands else ""
    write("places.csv", add_forms(place_columns, places, "names", "forms"), places)
    columns = add_forms(columns, countries, "names", "forms")
    write("countries.csv", columns, countries)
    people_columns, people = read("people.csv")
    write("people.csv", add_forms(people_columns, people, "names", "forms"), people)
    for file in ("organizations.csv", "groups.csv", "events.csv", "other.csv"):
        columns, rows = read(file)
        write(file, add_forms(columns, rows, "names", "forms", phrases=True), rows)


if __name__ == "__main__":
    main()
