"""The codebook and its word lists as an analyst works on them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg import ontologies
from kg.build import fingerprint
from kg.errors import KGError
from kg.graph import listing
from kg.graph.graph import open_graph
from kg.graph.record import Record
from kg.nlp import Reader, list_check
from kg.nlp.codebook_check import doubts, faults
from kg.nlp.codebook_file import place_of, read_entries
from kg.types import Claim, Extraction

Row = dict[str, Any]
#: Called with how many articles of how many are done.
Progress = Callable[[int, int], None]


def check() -> list[str]:
    """What is wrong with ``relations.ttl``, the word lists and the actor list, a line for each fault.

    Of the actor list, which is read to its first fault, there is one line at most.  Raises PipelineError if
    the codebook is no Turtle at all.
    """
    return [*_of_codebook(), *_of_lists(), *list_check.actor_faults()]


def _of_codebook() -> Iterator[str]:
    path = ontologies.path("relations.ttl")
    entries = read_entries(path)
    found = list(faults(entries))
    refused = {(fault.entry, fault.value) for fault in found if fault.value}
    found += [doubt for doubt in doubts(entries) if (doubt.entry, doubt.value) not in refused]
    lines = [(*place_of(path, fault.entry, fault.value), str(fault)) for fault in found]
    yield from (f"{file}:{line}: {message}" for file, line, message in sorted(lines))


def _of_lists() -> Iterator[str]:
    for lang in ontologies.languages():
        for file, line, message in list_check.faults(lang):
            yield f"{file}:{line}: {message}" if line else f"{file}: {message}"


def diff(
    output: str | Path = "output", *, article: str | None = None, progress: Progress | None = None
) -> list[Row]:
    """What a build with the present codebook and word lists would change in the claims of a graph.

    Articles that were read with other files than these are read again; nothing is written.  A row has
    ``change`` (``gone``, ``new`` or ``changed``), ``fields`` that changed, and the claim ``before`` and
    ``after`` as in ``kg claims``, or None.  An article that cannot be read today is warned of.  Raises
    KGError if there is no such graph or article.
    """
    open_graph(output)  # says so if there is none
    reader, rows = Reader(), list[Row]()
    with Record.open(Path(output)) as record:
        if article is not None and article not in record:
            raise KGError(f"no article {article!r} in {output}: `kg query --name articles` lists them")
        known = [record.get(article)] if article is not None else record
        for number, old in enumerate(known, start=1):
            if old is not None and old.fingerprint != fingerprint(old.article, reader.fingerprint):
                for new in reader.pipe([old.article]):
                    if isinstance(new, Extraction):
                        rows += _changes(old, new)
                    else:
                        warnings.warn(str(new), stacklevel=2)
            if progress is not None:
                progress(number, 1 if article is not None else len(record))
    return rows


def _changes(old: Extraction, new: Extraction) -> Iterator[Row]:
    """The claims of an article that differ, in the order of the text."""
    pairs = _paired(old.claims, new.claims)
    before, after = (
        {row["id"]: row for row in listing.claims([extraction], {})} for extraction in (old, new)
    )
    for one, other in sorted(pairs, key=lambda pair: (pair[0] or pair[1]).trigger.start):  # type: ignore[union-attr]
        fields = _differing(one, other) if one and other else []
        if one is None or other is None or fields:
            yield {
                "change": "new" if one is None else "gone" if other is None else "changed",
                "fields": fields,
                "before": before[one.id] if one else None,
                "after": after[other.id] if other else None,
                "article": old.article.id,
            }


def _paired(old: tuple[Claim, ...], new: tuple[Claim, ...]) -> list[tuple[Claim | None, Claim | None]]:
    """Each claim with what it has become: the one with its id, else by its word, else by its sentence."""
    pairs: list[tuple[Claim | None, Claim | None]] = []
    left, right = list(old), list(new)
    ways: tuple[Callable[[Claim, Claim], bool], ...] = (
        lambda one, other: one.id == other.id,
        lambda one, other: one.trigger == other.trigger,
        lambda one, other: one.relation == other.relation and bool(_sentences(one) & _sentences(other)),
    )
    for alike in ways:
        for one in list(left):
            other = next((some for some in right if alike(one, some)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                pairs.append((one, other))
    return [*pairs, *((one, None) for one in left), *((None, one) for one in right)]


def _sentences(claim: Claim) -> set[tuple[int, int]]:
    return {(one.start, one.end) for one in (claim.evidence, *claim.more_evidence)}


def _differing(one: Claim, other: Claim) -> list[str]:
    """The names of what a reader would see to be different."""

    def seen(claim: Claim) -> dict[str, object]:
        who = {name: [m.ref or m.evidence.quote for m in claim.role(name)] for name in ("actor", "recipient")}
        said_by = [m.ref or m.evidence.quote for m in claim.attributed_to]
        return {
            "relation": (claim.relation, claim.label),
            "event_type": claim.event_type,
            "status": (claim.status, claim.polarity),
            "actors": who["actor"],
            "recipients": who["recipient"],
            "attributed_to": said_by,
            "date": (claim.date, claim.date_precision),
            "place": claim.place and (claim.place.ref or claim.place.evidence.quote),
            "evidence": _sentences(claim),
        }

    before, after = seen(one), seen(other)
    return [name for name in before if before[name] != after[name]]
