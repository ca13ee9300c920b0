"""The codebook and its word lists as an analyst works on them."""

from __future__ import annotations

from collections.abc import Iterator

from kg import ontologies
from kg.nlp import list_check
from kg.nlp.codebook_check import doubts, faults
from kg.nlp.codebook_file import line_of, read_entries


def check() -> list[str]:
    """What is wrong with ``relations.ttl`` and the word lists, a line each: ``file:line: what is wrong``.

    Raises PipelineError if the codebook is no Turtle at all.
    """
    return [*_of_codebook(), *_of_lists()]


def _of_codebook() -> Iterator[str]:
    path = ontologies.path("relations.ttl")
    entries, text = read_entries(path), path.read_text(encoding="utf-8")
    found = list(faults(entries))
    refused = {(fault.entry, fault.value) for fault in found if fault.value}
    found += [doubt for doubt in doubts(entries) if (doubt.entry, doubt.value) not in refused]
    lines = [(line_of(text, fault.entry, fault.value) or 0, str(fault)) for fault in found]
    yield from (f"{path.name}:{line}: {message}" for line, message in sorted(lines))


def _of_lists() -> Iterator[str]:
    for lang in ontologies.languages():
        for file, line, message in list_check.faults(lang):
            yield f"{file}:{line}: {message}" if line else f"{file}: {message}"
