"""Which agencies an article says it relays: "dilansir dari RT", "Reuters reported", "Sumber: RT"."""

from __future__ import annotations

from kg.reading.markers import Markers
from kg.types import READ_ZONES, Zone


def cited(text: str, zones: tuple[Zone, ...], sources: tuple[str, ...], markers: Markers) -> tuple[str, ...]:
    """The canonical names of the agencies that the text cites, in the order of the text, each once."""
    skipped = [zone for zone in zones if zone.kind not in READ_ZONES]
    found = [
        (match.start("name"), match.group("name"))
        for pattern in markers.cites
        for match in pattern.finditer(text)
        if not any(zone.start <= match.start() < zone.end for zone in skipped)
    ]
    names = [name for _, name in sorted(found)] + [name for source in sources for name in source.split(",")]
    cleaned = (" ".join(name.split()).rstrip(".,") for name in names)
    return tuple(dict.fromkeys(markers.agencies.get(name, name) for name in cleaned if name))
