"""A claim that headline, caption, lead and body repeat is one claim with all its sentences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.events import claim_key
from kg.graph.graph import Graph
from kg.graph.record import Record
from kg.nlp.repeats import merged
from kg.types import Claim, Extraction, Zone
from tests.graph.samples import DATES, MODALITIES, POLARITIES, Text
from tests.nlp.told import read

SYMMETRIC = {"meet"}
HEADLINE = "Japan visits Vietnam"
LEAD = "Japan visited Vietnam on 15 May 2023 with a large delegation."


def sentences(claim: Claim) -> list[str]:
    """All sentences that make a claim, the main one first."""
    return [evidence.quote for evidence in (claim.evidence, *claim.more_evidence)]


def told(*bodies: str) -> list[tuple[str, list[str]]]:
    """Status and sentences of the visits in an article with a headline."""
    text = "\n\n".join((HEADLINE, *bodies))
    found = read(text, "en", zones=(Zone(kind="headline", start=0, end=len(HEADLINE)),))
    return [(claim.status, sentences(claim)) for claim in found.claims if claim.relation == "visit"]


def test_headline_and_lead_are_one_claim() -> None:
    """The fuller sentence is the evidence, the headline stands beside it."""
    assert told(LEAD) == [("asserted", [LEAD, HEADLINE])]


@pytest.mark.parametrize(
    "other",
    [
        "Japan did not visit Vietnam.",
        "Japan will visit Vietnam next month.",
        "Laos said that Japan visited Vietnam.",
        "Japan visited Vietnam in 1998.",
        "Japan visited Laos.",
        "Vietnam visited Japan.",
    ],
)
def test_another_status_speaker_date_or_party_is_another_claim(other: str) -> None:
    """What differs in anything that a reader would ask about stays apart."""
    found = told(LEAD, other)
    assert len(found) == 2
    assert [LEAD, HEADLINE] in [quotes for _, quotes in found]


def test_what_a_repetition_knows_better_is_kept() -> None:
    """The date that one sentence states is the date of the claim, whichever sentence is its evidence."""
    text = "Japan sent weapons to Vietnam.\n\nJapan sent Vietnam weapons on 15 May 2023."
    (claim,) = [one for one in read(text, "en").claims if one.relation == "supply-weapons"]
    assert (claim.date, claim.date_basis) == ("2023-05-15", "stated") and len(sentences(claim)) == 2


@st.composite
def articles(draw: st.DrawFn, id: str = "a") -> Extraction:
    """An article that says much the same in several sentences, as the extraction finds it at first."""
    lines = [f"Ani bertemu Bekti soal senjata baru di Roma ke-{number}." for number in range(4)]
    text = Text(id, " ".join(lines), lang="id", published="2023-07-26", source="Antara")
    for _ in range(draw(st.integers(0, 6))):
        day, precision, basis = draw(st.sampled_from(DATES))
        theme = draw(st.sampled_from([None, "senjata", "senjata baru", "Roma"]))
        text.claim(
            draw(st.sampled_from(["visit", "meet", "open"])),
            "bertemu",
            draw(st.sampled_from(lines)),
            ("actor", "Ani", draw(st.sampled_from(["country/RUS", "country/PRK", None]))),
            ("recipient", "Bekti", draw(st.sampled_from(["country/PRK", "country/RUS", None]))),
            *([("theme", theme)] if theme else []),
            polarity=draw(st.sampled_from(POLARITIES)),
            modality=draw(st.sampled_from(MODALITIES[:3])),
            said_by=draw(st.sampled_from([[], [("Ani", "country/USA")]])),
            place=draw(st.sampled_from([None, ("Roma", None)])),
            event_type="CONSULT",
            date=day,
            date_precision=precision,
            date_basis=basis,
        )
    return text.done()


def joined(extraction: Extraction) -> Extraction:
    return replace(extraction, claims=merged(extraction.claims, SYMMETRIC))


def said(claims: tuple[Claim, ...]) -> dict[object, set[str]]:
    """For each relation, parties, status and speaker all sentences that say it."""
    found: defaultdict[object, set[str]] = defaultdict(set)
    for claim in claims:
        refs = [frozenset(m.ref for m in claim.role(name)) for name in ("actor", "recipient")]
        who = frozenset(refs) if claim.relation in SYMMETRIC else tuple(refs)
        speaker = tuple(m.ref for m in claim.attributed_to)
        found[claim.relation, who, claim.status, speaker].update(sentences(claim))
    return found


@given(articles())
def test_no_sentence_is_lost_and_none_changes_its_status(found: Extraction) -> None:
    """Joining takes claims together, it never takes a sentence away or gives it to another status."""
    assert said(joined(found).claims) == said(found.claims)
    for claim in joined(found).claims:
        assert len(set(sentences(claim))) == len(sentences(claim))


@given(articles(), st.randoms())
def test_the_order_of_the_claims_does_not_matter(found: Extraction, random: object) -> None:
    """The same claims in any order are joined in the same way, and joining again changes nothing."""
    shuffled = list(found.claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merged(shuffled, SYMMETRIC) == merged(found.claims, SYMMETRIC)
    assert {c.id for c in joined(found).claims} <= {c.id for c in found.claims}


@given(articles(), articles("b"))
def test_the_reports_of_an_event_are_the_same_articles(one: Extraction, other: Extraction) -> None:
    """Claims are counted less often, the articles that tell of an occurrence exactly as before."""

    def reports(extractions: list[Extraction]) -> dict[str | None, set[str]]:
        found: defaultdict[str | None, set[str]] = defaultdict(set)
        for extraction in extractions:
            for claim in extraction.claims:
                found[claim_key(claim, SYMMETRIC)].add(claim.article_id)
        return found

    assert reports([joined(one), joined(other)]) == reports([one, other])


@settings(max_examples=15, deadline=None)
@given(found=articles())
def test_every_sentence_is_in_the_graph_and_leaves_with_its_article(
    found: Extraction, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each piece of evidence has its own words and offsets in RDF; the shapes hold; removal leaves none."""
    extraction, folder = joined(found), tmp_path_factory.mktemp("graph")
    with Record.open(folder, write=True) as record:
        record.put(extraction)
        assert record.get("a") == extraction
    graph = Graph(folder)
    graph.refresh()
    query = """SELECT ?claim ?words ?start { ?claim kg:evidence|kg:moreEvidence ?place .
        ?place oa:hasSelector/oa:exact ?words ; oa:hasSelector/oa:start ?start }"""
    rows = {(row["words"], row["start"]) for row in graph.query(query).rows}
    assert rows == {
        (evidence.quote, evidence.start)
        for claim in extraction.claims
        for evidence in (claim.evidence, *claim.more_evidence)
    }
    assert graph.check() == []
    graph.remove("a")
    assert graph.query("SELECT ?s { ?s kg:moreEvidence ?o }").rows == []
