"""Four hand-made articles that together have something for every saved query to find."""

from __future__ import annotations

from kg.types import Extraction
from tests.graph.samples import LONG, Text, accusation, visit

SHOIGU = ("Shoigu", "person/sergei-shoigu")
RUSSIA = ("Rusia", "country/RUS")
KOREA = ("Korut", "country/PRK")
AMERICA = ("Amerika Serikat", "country/USA")
WEAPONS = {"label": "supplies weapons to", "event_type": "AID"}
VISIT = {"label": "visits", "event_type": "CONSULT", "cameo": "042"}


def _wire(id: str, publisher: str, published: str) -> Extraction:
    """What an agency sent: the visit, and a supply of weapons that is stated as a fact."""
    arrival, supply = "Shoigu tiba di Korut.", "Rusia memasok senjata ke Korut."
    text = Text(id, f"{arrival} {supply} {LONG}", lang="id", published=published, source=publisher)
    day = {"date": "2023-07-25", "date_precision": "day"}
    text.claim("visit", "tiba", arrival, ("actor", *SHOIGU), ("recipient", *KOREA), date_basis="stated",
               **day, **VISIT)  # fmt: skip
    text.claim("supply-weapons", "memasok", supply, ("actor", *RUSSIA), ("recipient", *KOREA), **WEAPONS)
    return text.done()


def _rest() -> Extraction:
    """The denial of the supply, and one claim of each kind that the other articles lack."""
    said = {
        "denial": "Rusia menegaskan tidak memasok senjata ke Korut.",
        "talks": "Amerika Serikat menengahi Rusia.",
        "lead": "Shoigu memimpin Rusia.",
        "sanction": "Amerika Serikat menjatuhkan sanksi atas Korut.",
        "attack": "Rusia menyerang di Korut.",
        "request": "Amerika Serikat meminta Rusia meninggalkan Korut.",
    }
    text = Text("aneka", " ".join(said.values()), lang="id", published="2023-08-02", source="Kabar Uji")
    between = ("actor", *RUSSIA), ("recipient", *KOREA)
    text.claim("supply-weapons", "memasok", said["denial"], *between, polarity="negated", cue="tidak",
               said_by=[RUSSIA], **WEAPONS)  # fmt: skip
    text.claim("mediate", "menengahi", said["talks"], ("actor", *AMERICA), ("recipient", *RUSSIA),
               label="mediates", event_type="CONSULT")  # fmt: skip
    text.claim("leads", "memimpin", said["lead"], ("actor", *SHOIGU), ("recipient", *RUSSIA), label="leads")
    text.claim("impose-sanctions", "sanksi", said["sanction"], ("actor", *AMERICA), ("recipient", *KOREA),
               label="imposes sanctions on", event_type="SANCTION",
               date="2023-08-01", date_precision="day", date_basis="relative")  # fmt: skip
    text.claim("attack", "menyerang", said["attack"], ("actor", *RUSSIA), label="attacks",
               event_type="ASSAULT", place=KOREA)  # fmt: skip
    text.claim("leave", "meninggalkan", said["request"], *between, label="leaves", event_type="RETREAT",
               modality="requested", cue="meminta", said_by=[AMERICA])  # fmt: skip
    return text.done()


def reports() -> list[Extraction]:
    """The samples, two copies of one text, and the rest."""
    copies = (_wire("antara-1", "Antara", "2023-07-25"), _wire("berita-2", "Berita Uji", "2023-07-26"))
    return [visit(), accusation(), *copies, _rest()]
