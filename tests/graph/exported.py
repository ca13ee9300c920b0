"""A graph on disk for the tests of exports: claims of every status, letters that formats trip over."""

from __future__ import annotations

from pathlib import Path

import kg
from kg.graph.record import Record
from kg.types import Extraction
from tests.graph.samples import Text, accusation, visit

ODD = 'Ani "A", \t朝鲜\x0b; Ümit\x00'


def odd() -> Extraction:
    """Several parties in one claim, a week, a decade, characters that XML and TSV readers dislike."""
    meeting = f"{ODD} dan Rusia serta Korut bertemu\nminggu itu."
    attack = "AS mungkin menyerang Korea Utara."
    request = "Rusia meminta AS mengunjungi Korut."
    text = Text(
        "aneh/ 1", f"{meeting} {attack} {request}", lang="id", title="Judul\t\x0b<&>",
        source="Kantor\tBerita", url="https://example.org/berita?a=1", published="2023-07-30T10:00:00+07:00",
    )  # fmt: skip
    both = [("actor", ODD, "person/ani-sari"), ("actor", "Rusia", "country/RUS")]
    text.claim(
        "meet", "bertemu", meeting, *both, ("recipient", "Korut", "country/PRK"),
        label="meets", event_type="CONSULT", date="2023-07-24", date_precision="week", date_basis="relative",
    )  # fmt: skip
    text.claim(
        "attack", "menyerang", attack,
        ("actor", "AS", "country/USA"), ("recipient", "Korea Utara", "country/PRK"),
        label="attacks\x0b & <&>", event_type="ASSAULT", modality="possible",
        date="1950", date_precision="decade", date_basis="stated",
    )  # fmt: skip
    text.claim(
        "visit", "mengunjungi", request,
        ("actor", "AS", "country/USA"), ("recipient", "Korut", "country/PRK"),
        label="visits", event_type="CONSULT", modality="requested", said_by=[("Rusia", "country/RUS")],
    )  # fmt: skip
    return text.done()


def written(folder: Path) -> kg.Graph:
    """The samples as a graph in a folder."""
    with Record.open(folder, write=True) as record:
        for extraction in (visit(), accusation(), odd()):
            record.put(extraction)
    return kg.open(folder)
