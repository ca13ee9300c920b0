"""Places: the gazetteer, and which of the places of one name an article means."""

from __future__ import annotations

import pytest

from kg.linking import load_actors
from kg.linking.gazetteer import distance_km, load_gazetteer
from kg.linking.places import Toponym, meant, place_key


def chosen(*toponyms: Toponym, countries: tuple[str, ...] = ()) -> dict[str, tuple[str | None, str]]:
    """Country and name of what each toponym means."""
    actors = load_actors()
    found = meant(toponyms, countries, actors, load_gazetteer())
    entities = {key: actors.get(id) for key, id in found.items()}
    return {key: (entity.country, entity.name) for key, entity in entities.items() if entity is not None}


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Bandung", "IDN", -6.9, 107.6),
        ("Екатеринбург", "RUS", 56.9, 60.6),
        ("广州", "CHN", 23.1, 113.3),
        ("الموصل", "IRQ", 36.3, 43.1),
    ],
)
def test_a_town_is_found_in_its_own_script(name: str, country: str, lat: float, lon: float) -> None:
    """Towns have their names in many scripts, and coordinates."""
    place = max(load_gazetteer().candidates(name), key=lambda place: place.population)
    assert place.country == country
    assert distance_km(place.lat, place.lon, lat, lon) < 100


def test_the_id_of_a_town_leads_back_to_it() -> None:
    """Each of two towns with one name is an entity of its own, found by its id."""
    first, second = load_gazetteer().candidates("Springfield")[:2]
    assert first.id != second.id
    entity = load_actors().get(first.id)
    assert entity is not None
    assert (entity.lat, entity.lon, entity.country) == (first.lat, first.lon, first.country)
    assert load_actors().get("place/springfield") is None
    assert load_actors().get("place/nowhere-1") is None


def test_a_name_alone_is_the_largest_place() -> None:
    """Without anything else, London is the one in England."""
    assert chosen(Toponym("London", ("place/london",)))["london"] == ("GBR", "London")


def test_what_follows_a_name_decides() -> None:
    """ "London, Ontario" is not the capital of the United Kingdom."""
    assert chosen(Toponym("London", ("place/london",), "Ontario"))["london"][0] == "CAN"


def test_the_other_places_decide() -> None:
    """Birmingham between Montgomery and Mobile is the one in Alabama."""
    names = [Toponym(name) for name in ("Birmingham", "Montgomery", "Mobile", "Alabama")]
    assert chosen(*names, countries=("USA",))["birmingham"][0] == "USA"
    assert chosen(Toponym("Birmingham"), countries=("GBR",))["birmingham"][0] == "GBR"


def test_an_unknown_or_tiny_place_is_left_alone() -> None:
    """Nothing is invented for a name that no place has, or only a village nobody speaks of."""
    assert chosen(Toponym("Xyzzyville")) == {}


def test_spellings_have_one_key() -> None:
    """Case, marks and hyphens make no difference."""
    assert place_key("São-Paulo") == place_key("SAO PAULO")
