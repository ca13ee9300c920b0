"""Small articles with hand-made extractions, and random ones for the property tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from kg.linking import Linker
from kg.types import (
    Article,
    Claim,
    Entity,
    EntityRole,
    Evidence,
    Extraction,
    Mention,
    Quote,
    Role,
    claim_id,
)

ENTITIES = {
    entity.id: entity
    for entity in (
        Entity(
            id="person/sergei-shoigu",
            type="Person",
            names={"en": ("Sergei Shoigu", "Shoigu"), "ru": ("Сергей Шойгу",)},
            roles=(
                EntityRole(title="Minister of Defence", of="country/RUS", since="2012", until="2024-05-12"),
            ),
            country="RUS",
            same_as=("Q4533719",),
        ),
        Entity(id="person/maria-zakharova", type="Person", names={"en": ("Maria Zakharova",)}, country="RUS"),
        Entity(id="country/RUS", type="Country", names={"en": ("Russia",), "id": ("Rusia",)}, country="RUS"),
        Entity(
            id="country/PRK",
            type="Country",
            names={"en": ("North Korea",), "id": ("Korea Utara", "Korut")},
            country="PRK",
            lat=40.0,
            lon=127.0,
        ),
        Entity(
            id="country/USA",
            type="Country",
            names={"en": ("United States",), "id": ("Amerika Serikat", "AS")},
        ),
    )
}


class Listed:
    """These entities as the list of actors."""

    def get(self, id: str) -> Entity | None:
        return ENTITIES.get(id)

    def __iter__(self) -> Iterator[Entity]:
        return iter(ENTITIES.values())


#: Links what is mentioned to ENTITIES.
LISTED = Linker(Listed())


class Text:
    """An article in the making: points at words of its text."""

    def __init__(self, id: str, text: str, **fields: Any) -> None:
        self.article = Article(id=id, text=text, **fields)
        self.claims: list[Claim] = []
        self.quotes: list[Quote] = []

    def words(self, words: str) -> Evidence:
        start = self.article.text.index(words)
        return Evidence(article_id=self.article.id, start=start, end=start + len(words), quote=words)

    def mention(self, words: str, ref: str | None = None, score: float = 0.9) -> Mention:
        kind = (ENTITIES[ref].type if ref in ENTITIES else "Person") if ref else "Phrase"
        return Mention(evidence=self.words(words), type=kind, ref=ref, score=score, reason="actor list")

    def claim(
        self, relation: str, trigger: str, sentence: str, *roles: tuple[Any, ...], **fields: Any
    ) -> None:
        """Add a claim; a role is (name, words) or (name, words, entity id)."""
        said_by = tuple(self.mention(*said) for said in fields.pop("said_by", ()))
        place = fields.pop("place", None)
        filled = tuple(Role(name=role[0], mention=self.mention(*role[1:])) for role in roles)
        values: dict[str, Any] = {
            "label": relation,
            "event_type": None,
            "cameo": None,
            "polarity": "affirmed",
            "modality": "actual",
            "extractor": "by-hand",
            **fields,
        }
        evidence, word = self.words(sentence), self.words(trigger)
        id_ = claim_id(
            self.article.id, relation, filled, values["polarity"], values["modality"], evidence, word
        )
        self.claims.append(
            Claim(
                id=id_,
                article_id=self.article.id,
                relation=relation,
                roles=filled,
                attributed_to=said_by,
                evidence=evidence,
                trigger=word,
                place=self.mention(*place) if place else None,
                **values,
            )
        )

    def quote(self, content: str, cue: str, *speaker: tuple[str, str]) -> None:
        self.quotes.append(
            Quote(
                article_id=self.article.id,
                speaker=tuple(self.mention(*who) for who in speaker),
                cue=self.words(cue),
                content=self.words(content),
                direct=True,
            )
        )

    def done(self, fingerprint: str = "f1") -> Extraction:
        # As in what the reader finds, what the text says once is one claim.
        claims = {claim.id: claim for claim in self.claims}
        mentions = {
            (role.mention.evidence.start, role.mention.ref): role.mention
            for claim in claims.values()
            for role in claim.roles
        }
        return Extraction(
            article=self.article,
            mentions=tuple(mentions.values()),
            claims=tuple(claims.values()),
            quotes=tuple(self.quotes),
            fingerprint=fingerprint,
        )


def visit() -> Extraction:
    """An Indonesian article with a visit, a denial, a plan and a position."""
    arrival = "Shoigu mengunjungi Korea Utara pada 25 Juli 2023."
    denial = "Rusia membantah memasok senjata ke Korut."
    plan = "Amerika Serikat berencana menemui Maria Zakharova."
    role = "Ia adalah Menteri Pertahanan Rusia."
    said = '"Kami tamu yang sopan", kata sang menteri.'
    text = Text(
        "kunjungan",
        f"{arrival} {denial} {plan} {role} {said}",
        lang="id",
        title="Kunjungan ke Pyongyang",
        source="Warta Uji",
        published="2023-07-26",
        place="PYONGYANG",
        cites=("KCNA",),
    )
    text.claim(
        "visit",
        "mengunjungi",
        arrival,
        ("actor", "Shoigu", "person/sergei-shoigu"),
        ("recipient", "Korea Utara", "country/PRK"),
        label="visits",
        event_type="CONSULT",
        cameo="042",
        date="2023-07-25",
        date_precision="day",
        date_basis="stated",
        place=("Korea Utara", "country/PRK"),
    )
    text.claim(
        "visit",
        "memasok",
        denial,
        ("actor", "Rusia", "country/RUS"),
        ("recipient", "Korut", "country/PRK"),
        ("theme", "senjata"),
        label="supplies weapons to",
        event_type="AID",
        polarity="negated",
        said_by=[("Rusia", "country/RUS")],
        cue="membantah",
    )
    text.claim(
        "meet",
        "menemui",
        plan,
        ("actor", "Amerika Serikat", "country/USA"),
        ("recipient", "Maria Zakharova", "person/maria-zakharova"),
        label="meets",
        event_type="CONSULT",
        modality="planned",
        cue="berencana",
        date="2023-08",
        date_precision="month",
        date_basis="relative",
    )
    text.claim(
        "holds-role",
        "adalah",
        role,
        ("actor", "Ia", "person/sergei-shoigu"),
        ("recipient", "Rusia.", "country/RUS"),
        ("title", "Menteri Pertahanan"),
        label="holds the position",
    )
    text.quote("Kami tamu yang sopan", "kata", ("sang menteri", "person/sergei-shoigu"))
    return text.done()


def accusation() -> Extraction:
    """An English article with an accusation, an unnamed accuser, a meeting and an open relation."""
    accuse = "The United States accused North Korea of piracy."
    alleged = "Zakharova was allegedly blamed."
    meeting = "Russia met North Korea in talks."
    dance = "Shoigu danced."
    text = Text("accusation", f"{accuse} {alleged} {meeting} {dance}", lang="en", published="2023-07-28")
    text.claim(
        "accuse",
        "accused",
        accuse,
        ("actor", "The United States", "country/USA"),
        ("recipient", "North Korea", "country/PRK"),
        ("content", "piracy"),
        label="accuses",
        event_type="ACCUSE",
    )
    text.claim(
        "accuse",
        "blamed",
        alleged,
        ("recipient", "Zakharova", "person/maria-zakharova"),
        label="accuses",
        event_type="ACCUSE",
        modality="alleged",
        cue="allegedly",
    )
    text.claim(
        "meet",
        "met",
        meeting,
        ("actor", "Russia", "country/RUS"),
        ("recipient", "North Korea", "country/PRK"),
        label="meets",
        event_type="CONSULT",
        date="2023",
        date_precision="year",
        date_basis="stated",
    )
    text.claim("open", "danced", dance, ("actor", "Shoigu", "person/sergei-shoigu"), label="danced")
    return text.done()


POLARITIES = ("affirmed", "negated")
MODALITIES = ("actual", "alleged", "planned", "requested", "possible")


ANY_ID = st.text(min_size=1, max_size=8)


#: Unlisted people, whom decisions may make one.
PEOPLE = ("person/ani-sari", "person/bekti-surya")
#: A text long enough to be known again as a copy.
LONG = " ".join(f"Kata ke-{number} dari berita panjang." for number in range(12))
DATES = [
    (None, None, None), ("2023-07-25", "day", "stated"), ("2023-07-26", "day", "dateline"),
    ("2023-08-09", "day", "relative"), ("2023-07", "month", "stated"), ("2023", "year", "relative"),
]  # fmt: skip


@st.composite
def extractions(
    draw: st.DrawFn, article_id: st.SearchStrategy[str] = ANY_ID, ids: tuple[str, ...] = tuple(ENTITIES)
) -> Extraction:
    """An article about random parties with claims of random relation, status and date."""
    id_ = draw(article_id)
    names = [draw(st.sampled_from(["Ani", "Bekti", "朝鲜", "Ümit", 'C"D', "x\x0by"])) for _ in range(4)]
    rest = draw(st.sampled_from(["", LONG, LONG + " Tamat."])) + draw(st.text(max_size=20))
    fields = {"lang": "id", "source": draw(st.sampled_from([None, "Antara", "RT"]))}
    text = Text(id_, f"{' dan '.join(names)} bertemu. {rest}", **fields)
    for _ in range(draw(st.integers(0, 4))):
        actor, recipient = draw(st.sampled_from(names)), draw(st.sampled_from(names))
        day, precision, basis = draw(st.sampled_from(DATES))
        text.claim(
            draw(st.sampled_from(["visit", "meet", "accuse", "holds-role", "open", "no such relation"])),
            "bertemu",
            f"{names[-1]} bertemu.",
            ("actor", actor, draw(st.sampled_from([*ids, None]))),
            ("recipient", recipient, draw(st.sampled_from([*ids, None]))),
            *draw(st.sampled_from([(), (), (("actor", names[0], ids[0]),)])),
            polarity=draw(st.sampled_from(POLARITIES)),
            modality=draw(st.sampled_from(MODALITIES)),
            said_by=draw(st.sampled_from([[], [(actor, "country/USA")]])),
            cameo=draw(st.sampled_from([None, "042"])),
            event_type=draw(st.sampled_from([None, "CONSULT"])),
            date=day,
            date_precision=precision,
            date_basis=basis,
        )
    return text.done(draw(st.sampled_from(["f1", "f2"])))
