"""Each format as its makers document it is read; what is wrong is told with its line, and nothing is kept."""

from __future__ import annotations

import bz2
import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import KGError
from kg.importing import bring, sources
from kg.importing.sources import opened
from kg.linking.imported import keys
from kg.types import Entity
from tests.importing import files
from tests.importing.files import put


def named(folder: Path, name: str, type: str = "Person") -> list[Entity]:
    """Who was imported under a name."""
    imported = opened(folder)
    found = {one.id for key in keys(type, [name]) for one in imported.candidates(key)}
    entities = [imported.get(id) for id in sorted(found)]
    return [entity for entity in entities if entity is not None]


def test_followthemoney_as_opensanctions_gives_it(tmp_path: Path) -> None:
    """People and bodies come with all their names, country, position and id; passports are left out."""
    alias = {"name": ["Xara Qunde"], "alias": ["Ксара Кунде"], "weakAlias": ["Xa Qu"], "country": ["id"]}
    lines = [
        files.ftm(properties={**alias, "position": ["Minister of Defence"]}),
        files.ftm(id="NK-pass", schema="Passport", properties={"number": ["7"]}),
        files.ftm(id="Q990000007", schema="PublicBody", caption="Garda Samudra", properties={}),
    ]
    made = bring(put(tmp_path, "entities.ftm.json", "\n".join(lines)), tmp_path)
    assert (made.source, made.format, made.entities, made.left_out) == ("entities", "FollowTheMoney", 2, 1)
    (person,) = named(tmp_path, "Ksara Kunde")
    assert (person.id, person.name, person.country) == ("person/entities-nk-xara1", "Xara Qunde", "IDN")
    assert [role.title for role in person.roles] == ["Minister of Defence"]
    assert person.same_as == ("https://www.opensanctions.org/entities/NK-xara1/",)
    assert person.sources == ("entities: NK-xara1",)
    (body,) = named(tmp_path, "Garda Samudra", "Organization")
    assert body.id == "organization/q990000007" and "Q990000007" in body.same_as


def test_followthemoney_by_its_own_library(tmp_path: Path) -> None:
    """What the library of the format writes is read, here as Aleph gives it (no datasets)."""
    model = pytest.importorskip("followthemoney").model
    entity = model.make_entity("Company")
    entity.id = "co-1"
    entity.add("name", "PT Tirta Gandaria")
    entity.add("jurisdiction", "id")
    bring(put(tmp_path, "aleph.json", json.dumps(entity.to_dict()) + "\n"), tmp_path)
    (body,) = named(tmp_path, "PT Tirta Gandaria", "Organization")
    assert (body.country, body.same_as) == ("IDN", ())


@pytest.mark.parametrize("pack", [None, gzip.compress, bz2.compress])
def test_a_wikidata_dump(pack: Callable[[bytes], bytes] | None, tmp_path: Path) -> None:
    """Humans, bodies and places come with labels, aliases, country and coordinates; the rest is left out."""
    text = files.dump(files.PERSON, files.BODY, files.TOWN, files.OTHER).encode()
    path = tmp_path / "dump.json"
    path.write_bytes(pack(text) if pack else text)
    made = bring(path, tmp_path)
    assert (made.format, made.entities, made.left_out) == ("Wikidata", 3, 1)
    (person,) = named(tmp_path, "Xara Q. Bawar")
    assert (person.id, person.country, person.same_as) == ("person/q990000001", "IDN", ("Q990000001",))
    (body,) = named(tmp_path, "Garda Samudra Institute", "Organization")
    assert body.country == "IDN"
    (town,) = named(tmp_path, "Tunggalwaru", "Place")
    assert (town.lat, town.lon) == (-7.5, 110.5)
    assert town.same_as == ("Q990000003", "https://sws.geonames.org/99000003/")


def test_results_of_the_query_service(tmp_path: Path) -> None:
    """The rows of one item are joined; the flat JSON of the page of the service says the same."""
    item = "http://www.wikidata.org/entity/Q990000001"
    row = {"item": item, "itemLabel": "Xara Qunde", "country": "http://www.wikidata.org/entity/Q252"}
    rows = [{**row, "positionLabel": "menteri"}, {**row, "itemAltLabel": "X Qunde, Xara Bawar"}]
    bring(put(tmp_path, "a.json", files.results(*rows)), tmp_path, type="Person")
    bring(put(tmp_path, "b.json", json.dumps([{**row, "type": "Person"}])), tmp_path)
    (person,) = named(tmp_path, "Xara Bawar")
    assert (person.id, person.country) == ("person/q990000001", "IDN")
    assert person.names["id"] == ("Xara Qunde", "X Qunde", "Xara Bawar")
    assert [role.title for role in person.roles] == ["menteri"]
    assert person.sources == ("a: Q990000001", "b: Q990000001")
    with pytest.raises(KGError, match=r"type of Q990000001 is not clear: ask for .type"):
        bring(put(tmp_path, "c.json", files.results(row)), tmp_path)


def test_a_geonames_dump(tmp_path: Path) -> None:
    """A line is a place with its names, country and coordinates, also packed as GeoNames packs it."""
    put(tmp_path, "ID.txt", files.geonames())
    with zipfile.ZipFile(tmp_path / "ID.zip", "w") as packed:
        packed.write(tmp_path / "ID.txt", "ID.txt")
        packed.writestr("readme.txt", "The data is provided as is.")
    made = bring(tmp_path / "ID.zip", tmp_path)
    assert (made.source, made.format) == ("id", "GeoNames")
    (town,) = named(tmp_path, "Tunggalwaru Kidul", "Place")
    assert (town.id, town.country, town.precision) == ("place/tunggalwaru-99000003", "IDN", "city")
    assert town.same_as == ("https://sws.geonames.org/99000003/",)
    assert named(tmp_path, "TGW", "Place") == []


def test_a_csv(tmp_path: Path) -> None:
    """Only a name and a type are needed; ids of Wikidata, or of the actor list, are kept."""
    text = (
        "name,aliases,type,country,position,wikidata,id,lat,lon\n"
        "Xara Qunde,Xara Q. Bawar|Ксара,Person,Indonesia,menteri,Q990000001,,,\n"
        "Pos Tunggal,,Place,IDN,,,,-7.5,110.5\n"
        "Joko Widodo,,,,,Q3318231,person/joko-widodo,,\n"
    )
    made = bring(put(tmp_path, "mine.csv", text), tmp_path, name="My list")
    assert (made.source, made.format, made.entities) == ("my-list", "CSV", 3)
    (person,) = named(tmp_path, "Xara Q Bawar")
    assert (person.id, person.country, person.roles[0].title) == ("person/q990000001", "IDN", "menteri")
    (post,) = named(tmp_path, "Pos Tunggal", "Place")
    assert (post.id, post.lat, post.precision) == ("place/my-list-pos-tunggal-idn", -7.5, "point")
    (listed,) = named(tmp_path, "Joko Widodo")
    assert listed.id == "person/joko-widodo"


CUT = gzip.compress(files.dump(files.PERSON).encode())[:-12]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.ftm.json", files.ftm() + "\n" + files.ftm()[:40], "line 2 of .*a.ftm.json: it is no JSON object"),
        ("a.ftm.json", files.ftm() + '\n{"id": "x"}', "line 2 of .*: it is no entity of FollowTheMoney"),
        ("a.json", files.dump(files.PERSON)[:-3], "line 2 of .*a.json: the file ends without ']'"),
        (
            "a.json",
            files.dump(files.PERSON, files.BODY)[:-60],
            "line 3 of .*a.json: it is no entity of Wikidata",
        ),
        ("a.json", files.results({"item": "http://x/Q1"}), "result 1 lacks .item or .itemLabel"),
        (
            "a.json",
            '{"head": {"vars": []},\n"results": {"bindings": [{',
            "a.json: the results are no whole JSON",
        ),
        ("a.txt", files.geonames() + files.geonames()[:60], "line 2 of .*: it is no place of GeoNames"),
        ("a.txt", files.geonames() + files.geonames()[:-4], "line 2 of .*the file may be cut off"),
        ("a.txt", files.geonames(lat="95"), "line 1 of .*latitude '95' is no number from -90 to 90"),
        ("a.csv", "name,type\nXara,Person\nBram\n", "line 3 of .*as many cells as the first line"),
        ("a.csv", "name,type\nXara,Persn\n", "line 2 of .*its type is 'Persn': give one of Person, Country"),
        ("a.csv", "name,type,country\nXara Q,Person,Atlantis\n", "line 2 of .*'Atlantis' is no country"),
        ("a.csv", "name,typ\nXara,Person\n", "line 1 of .*no column is called 'typ': use id, name"),
        ("a.csv", "name,type\n", "there is no actor in a.csv"),
        ("a.csv", "who,what\nXara,Person\n", "nothing that can be imported: give FollowTheMoney"),
        ("a.txt", "Xara Qunde bertemu Putin.\n", "nothing that can be imported: give FollowTheMoney"),
        ("a.json", "", "nothing that can be imported"),
        ("a.json.gz", CUT, "a.json.gz is damaged or cut off .*download it again"),
        ("a.csv", "name,type\nÜmit,Person\n".encode("latin-1"), "a.csv is no text in UTF-8"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    name: str, text: str | bytes, says: str, tmp_path: Path
) -> None:
    """One sentence names the file, the line and what to do; what was imported before is still there."""
    bring(put(tmp_path, "a.csv", "name,type\nBramanto Wirasena,Person\n"), tmp_path)
    before = [path.read_bytes() for path in sorted((tmp_path / "actors").iterdir())]
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(KGError, match=says):
        bring(path, tmp_path)
    assert [path.read_bytes() for path in sorted((tmp_path / "actors").iterdir())] == before
    assert [source.entities for source in sources(tmp_path)] == [1]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is said, in one sentence."""
    with pytest.raises(KGError, match=r"cannot read .*nowhere.csv"):
        bring(tmp_path / "nowhere.csv", tmp_path)
