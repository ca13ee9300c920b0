"""Reads the codebook into plain entries: an id and, for each property, its values.

``relations.ttl`` declares the relations, with their cues in Indonesian and English; ``languages/*/cues.ttl``
beside it add the cues of other languages.  A language that is like another one (``language.toml``) has
the other's cues too, save those that it writes with a minus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph

from kg import ontologies
from kg.errors import PipelineError

#: The file of a language that adds its cues.
CUES = "cues.ttl"
KG = "https://kg-builder.org/ontology#"
PLOVER = "https://kg-builder.org/plover#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = {
    "http://www.w3.org/2000/01/rdf-schema#label": "rdfs:label",
    "http://www.w3.org/2004/02/skos/core#definition": "skos:definition",
    "http://www.w3.org/2004/02/skos/core#scopeNote": "skos:scopeNote",
    "http://www.w3.org/2002/07/owl#inverseOf": "owl:inverseOf",
}


@dataclass(frozen=True)
class Value:
    """An object of a triple: its text (a local name for kg: and plover: terms) and its language."""

    text: str
    lang: str = ""


@dataclass
class Entry:
    """One thing described in the file: property (``kg:cue``, ``rdfs:label``) to values.

    ``declared`` says whether it is ``a kg:Relation``, as all have to be.
    """

    id: str
    values: dict[str, list[Value]] = field(default_factory=dict)
    declared: bool = False


def _short(iri: str) -> str:
    """The name of a property as the file writes it, or the whole IRI of an unknown one."""
    return f"kg:{iri.removeprefix(KG)}" if iri.startswith(KG) else _NAMES.get(iri, iri)


def _value(term: object) -> Value:
    if isinstance(term, pyoxigraph.Literal):
        return Value(term.value, term.language or "")
    if isinstance(term, pyoxigraph.NamedNode):
        return Value(term.value.removeprefix(KG).removeprefix(PLOVER))
    return Value(str(term))


def read_entries(path: Path) -> tuple[Entry, ...]:
    """All kg: things of a codebook in its order, with the cues that the languages beside it add.

    Raises PipelineError if a file cannot be read or parsed, or if a language's file states more than its own
    cues.
    """
    entries: dict[str, Entry] = {}
    for subject, name, value in _triples(path):
        entry = entries.setdefault(subject, Entry(subject))
        if name == _RDF_TYPE:
            entry.declared |= value.text == "Relation"
        else:
            entry.values.setdefault(name, []).append(value)
    for file in cue_files(path):
        _add_cues(file, entries)
    languages = path.parent / "languages"
    for folder in sorted(languages.iterdir()) if languages.is_dir() else ():
        if other := ontologies.like(languages, folder.name):
            _take_over(folder.name, other, entries.values())
    return tuple(entries.values())


def cue_files(path: Path) -> list[Path]:
    """The files of cues by language that belong to the codebook in ``path``, sorted."""
    return sorted(path.parent.glob(f"languages/*/{CUES}"))


def _add_cues(file: Path, entries: dict[str, Entry]) -> None:
    lang = file.parent.name
    for subject, name, value in _triples(file):
        where = f"languages/{lang}/{CUES}: kg:{subject}"
        if subject not in entries:
            raise PipelineError(f"{where} is not declared in relations.ttl; correct the name")
        if name != "kg:cue" or value.lang != lang:
            raise PipelineError(f'{where} may only have kg:cue "…"@{lang} here, not {name} "{value.text}"')
        entries[subject].values.setdefault(name, []).append(value)


def _take_over(lang: str, other: str, entries: Iterable[Entry]) -> None:
    """Give each relation the cues of the ``other`` language in ``lang`` as well, save those with a minus."""
    for entry in entries:
        cues = entry.values.get("kg:cue", [])
        by_lang = {of: [cue.text for cue in cues if cue.lang == of] for of in (lang, other)}
        try:
            joined = ontologies.without(by_lang[other], by_lang[lang])
        except ValueError as error:
            raise PipelineError(f"languages/{lang}/{CUES}: kg:{entry.id}: {error}") from error
        if joined:
            rest = [cue for cue in cues if cue.lang != lang]
            entry.values["kg:cue"] = [*rest, *(Value(text, lang) for text in joined)]


def _triples(path: Path) -> Iterator[tuple[str, str, Value]]:
    """Relation, property and value of each statement about a kg: thing; raises PipelineError."""
    try:
        for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            subject = getattr(triple.subject, "value", "")
            if subject.startswith(KG):
                name = triple.predicate.value
                short = name if name == _RDF_TYPE else _short(name)
                yield subject.removeprefix(KG), short, _value(triple.object)
    except (OSError, SyntaxError, ValueError) as error:
        raise PipelineError(f"{path} cannot be read as Turtle: {error}") from error


def place_of(path: Path, entry: str, value: Value | None = None) -> tuple[str, int]:
    """The file and the line, from 1, of an entry of the codebook in ``path``, or of one of its values.

    A parser of RDF forgets lines: they are looked for in the text, where each entry begins a line; 0 if it
    is not found.
    """
    if value is not None:
        for file in cue_files(path):
            if file.parent.name == value.lang and (line := _line_of(file, entry, value)):
                return f"languages/{value.lang}/{CUES}", line
    return path.name, _line_of(path, entry, value) or _line_of(path, entry, None)


def _line_of(file: Path, entry: str, value: Value | None) -> int:
    text = file.read_text(encoding="utf-8")
    start = re.search(rf"^kg:{re.escape(entry)}(?=\s)", text, re.MULTILINE)
    if start is None:
        return 0
    place = start.start()
    if value is not None:
        following = re.compile(r"^kg:", re.MULTILINE).search(text, start.end())
        written = f'"{value.text}"' + (f"@{value.lang}" if value.lang else "")
        place = text.find(written, place, following.start() if following else len(text))
    return text.count("\n", 0, place) + 1 if place >= 0 else 0
