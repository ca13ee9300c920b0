"""Entities merged across articles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.linking.actors import load_actors
from kg.linking.entities import canonical_title, resolve
from kg.types import Article, Claim, Evidence, Extraction, Mention, Role

TEXT = "Presiden Xara Qunde dan X. Qunde bertemu dia di Korut, kata saya."


def mention(article: str, quote: str, type: str, ref: str | None, reason: str = "model") -> Mention:
    start = TEXT.index(quote)
    evidence = Evidence(article_id=article, start=start, end=start + len(quote), quote=quote)
    return Mention(evidence=evidence, type=type, ref=ref, score=1.0, reason=reason)


def role_claim(article: str, modality: str = "actual") -> Claim:
    sentence = Evidence(article_id=article, start=0, end=len(TEXT), quote=TEXT)
    roles = (
        Role(name="actor", mention=mention(article, "Xara Qunde", "Person", "person/xara-qunde")),
        Role(name="title", mention=mention(article, "Presiden", "Phrase", None)),
        Role(name="recipient", mention=mention(article, "Korut", "Country", "country/PRK", "actor list")),
    )
    return Claim(
        id=article,
        article_id=article,
        relation="holds-role",
        label="holds role",
        event_type=None,
        cameo=None,
        roles=roles,
        polarity="affirmed",
        modality=modality,
        attributed_to=(),  # type: ignore[arg-type]
        evidence=sentence,
        trigger=sentence,
    )


def extraction(
    id: str, lang: str | None, quotes: list[tuple[str, str, str]], claims: tuple[Claim, ...] = ()
) -> Extraction:
    mentions = tuple(mention(id, quote, type, "person/xara-qunde", reason) for quote, type, reason in quotes)
    return Extraction(article=Article(id=id, text=TEXT, lang=lang), mentions=mentions, claims=claims)


READ = [
    extraction(
        "a",
        "id",
        [("Xara Qunde", "Person", "model"), ("dia", "Person", "pronoun"), ("saya", "Person", "first person")],
        (role_claim("a"),),
    ),
    extraction("b", "id", [("X. Qunde", "Organization", "model")]),
    extraction("c", "id", [("Xara Qunde", "Person", "surname")]),
    extraction("d", None, [("Qunde", "Person", "surname")], (role_claim("d", "possible"),)),
]


def test_an_unlisted_person_is_made_of_its_mentions() -> None:
    """Type by majority, names by language with full names first, pronouns not among them."""
    entity = resolve(READ, load_actors())["person/xara-qunde"]
    assert entity.type == "Person"
    assert entity.names == {"id": ("Xara Qunde", "X. Qunde"), "und": ("Xara Qunde", "Qunde")}


def test_positions_are_learned_from_what_is_asserted() -> None:
    """A position that a text affirms is kept under its canonical title; a possible one is not."""
    (role,) = resolve(READ, load_actors())["person/xara-qunde"].roles
    assert (role.title, role.of) == ("president", "country/PRK")
    assert resolve(READ[3:], load_actors())["person/xara-qunde"].roles == ()


def test_a_listed_actor_is_as_the_list_has_it() -> None:
    """What articles call a country does not change its names."""
    actors = load_actors()
    assert resolve(READ, actors)["country/PRK"] == actors.get("country/PRK")


@given(st.permutations([*READ, READ[0]]))
def test_order_and_repetition_change_nothing(read: list[Extraction]) -> None:
    """The same articles give the same entities in the same order, however they come."""
    assert list(resolve(read, load_actors()).items()) == list(resolve(READ, load_actors()).items())


def test_titles_become_canonical() -> None:
    """Prefixes and suffixes of a title are understood, unknown words are kept."""
    assert canonical_title("Wakil Menlu", "id") == "deputy foreign minister"
    assert canonical_title("presiden terpilih", "id") == "president-elect"
    assert canonical_title("ex-president", "en") == "former president"
    assert canonical_title("Penjaga  Api", "id") == "Penjaga Api"
