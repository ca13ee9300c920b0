"""The ontology files as quads, and the rules that derive plain edges."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path

from pyoxigraph import BlankNode, Literal, Quad, RdfFormat, Triple, parse

from kg import ontologies
from kg.errors import PipelineError
from kg.graph.terms import KG, VOCABULARIES, Names, relation_iri, value

FILES = ("kg.ttl", "plover.ttl", "relations.ttl")


def files() -> list[Path]:
    """The files that shape the store, those that are there, in a fixed order.

    They are the ontologies, the actors, the words that actor codes come from, the organs, and the rules.
    """
    folder = ontologies.folder()
    named = [folder / name for name in FILES if (folder / name).is_file()]
    words = (folder.glob(f"languages/*/{name}.toml") for name in ("bodies", "sectors", "titles"))
    coded = [*(folder / "actors").glob("*.toml"), *chain.from_iterable(words)]
    return [*named, *sorted((folder / "actors").glob("*.csv")), *sorted(coded), *rules()]


def rules() -> list[Path]:
    """The rule files (SPARQL CONSTRUCT), sorted by name."""
    return sorted((ontologies.folder() / "rules").glob("*.rq"))


def fingerprint() -> str:
    """A hash that changes when one of these files does."""
    return _fingerprint(tuple((file, file.stat().st_mtime_ns) for file in files()))


@lru_cache(maxsize=4)
def _fingerprint(files: tuple[tuple[Path, int], ...]) -> str:
    """Read anew when one of the files has another time of change."""
    state = hashlib.sha256()
    for file, _ in files:
        state.update(file.name.encode() + b"\0" + read(file).encode() + b"\0")
    return state.hexdigest()[:16]


def read(file: Path) -> str:
    """The text of a file of the ontologies folder; PipelineError if it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PipelineError(f"cannot read {file}: {error}") from error


def ontology_quads(names: Names) -> Iterator[Quad]:
    """The vocabulary, the event types and the codebook, for the graph ``ontology``.

    The codebook's slots (``kg:actor "subj"``) say how to read a sentence and are left out: in the
    graph those names are the roles of claims.
    """
    graph = names.graph("ontology")
    roles = {relation_iri(role) for role in ("actor", "recipient", "theme", "content")}
    for name in FILES:
        file = ontologies.folder() / name
        if not file.is_file():
            continue
        for triple in _triples(file):
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            if isinstance(subject, BlankNode) or isinstance(value, BlankNode):
                at = predicate.value
                raise PipelineError(f"{file} holds a blank node ([…] or _:…) at {at}: give it a name")
            if not (predicate in roles and isinstance(value, Literal)):
                yield Quad(subject, predicate, value, graph)


@lru_cache(maxsize=4)
def _symmetric(file: Path, changed: int) -> frozenset[str]:
    """Read anew when the file's time of change is another."""
    return frozenset(
        value(triple.subject).removeprefix(KG)
        for triple in _triples(file)
        if triple.predicate.value == f"{KG}symmetric" and value(triple.object) == "true"
    )


def symmetric() -> frozenset[str]:
    """The relations that hold both ways, such as ``meet``."""
    file = ontologies.path("relations.ttl")
    return _symmetric(file, file.stat().st_mtime_ns)


#: What is named for readers, by the property that names it.
_NAMED = {"relation": f"{KG}Relation", "event": VOCABULARIES["skos"] + "Concept"}
#: A word of a cue, without its part of speech and its slot ("arrest" in "arrest/noun:obj").
_CUE_WORD = re.compile(r"(?<![^\s|])[^\s|/:]+")
_LABELS = (VOCABULARIES["rdfs"] + "label", VOCABULARIES["skos"] + "prefLabel")


def words() -> dict[str, dict[str, dict[str, str]]]:
    """Names for readers by kind, id and language: ``words()["relation"]["meet"]["id"]``.

    Kinds are ``relation``, ``event`` (type), ``quad``: whether an event type is conflict or cooperation, and
    ``cue``: the words that tell of a relation, by which a reader may look for it.
    """
    names: dict[str, dict[str, dict[str, str]]] = {"relation": {}, "event": {}, "quad": {}, "cue": {}}
    cues: dict[str, dict[str, dict[str, None]]] = {}
    kinds = {kind: name for name, kind in _NAMED.items()}
    for name in FILES:
        file = ontologies.folder() / name
        triples = list(_triples(file)) if file.is_file() else []
        of = {t.subject: kinds[value(t.object)] for t in triples if value(t.object) in kinds}
        for triple in triples:
            if triple.subject not in of or not isinstance(triple.object, Literal):
                continue
            id_, lang = value(triple.subject).rpartition("#")[2], triple.object.language or "en"
            if triple.predicate.value == f"{KG}cue":
                told = _CUE_WORD.findall(triple.object.value)
                cues.setdefault(id_, {}).setdefault(lang, {}).update(dict.fromkeys(told))
                continue
            quad = triple.predicate.value == f"{KG}quadClass"
            if quad or triple.predicate.value in _LABELS:
                known = names["quad" if quad else of[triple.subject]]
                known.setdefault(id_, {}).setdefault(lang, triple.object.value)
    names["cue"] = {id_: {lang: " ".join(told) for lang, told in by.items()} for id_, by in cues.items()}
    return names


def _triples(file: Path) -> Iterator[Triple]:
    try:
        for quad in parse(input=read(file), format=RdfFormat.TURTLE):
            yield quad.triple
    except SyntaxError as error:
        raise PipelineError(f"{file}: {error}") from error
