"""What is wrong with the entries of a codebook, each fault in one sentence.

:func:`faults` are those with which a codebook cannot be used: loading refuses the first.  :func:`doubts` are
those with which it can, but not as it was meant; ``kg codebook check`` tells both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kg import ontologies
from kg.nlp.codebook_file import Entry, Value
from kg.nlp.cues import Cue, parse_cue
from kg.nlp.morphology import cue_keys
from kg.types import ENTITY_TYPES

ROLES = ("actor", "recipient", "theme", "content")
#: What may fill a role; each may be followed by ``.poss``, its possessor ("AS" in "ajakan AS").
SLOTS = frozenset(
    [
        "subj",
        "obj",
        "iobj",
        "agent",
        "to",
        "from",
        "with",
        "about",
        "against",
        "in",
        "as",
        "of",
        "between",
        "comp",
        "purpose",
    ]
)
EVENT_TYPES = frozenset(
    [
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    ]
)
CONTENT_STATUS = frozenset(["actual", "alleged", "denied", "negated", "planned", "possible", "requested"])
#: The properties an entry may have, and whether it may have several values.
PROPERTIES = {
    "rdfs:label": True,
    "skos:definition": True,
    "skos:scopeNote": True,
    "kg:cue": True,
    "kg:eventType": False,
    "kg:cameo": False,
    "kg:weight": False,
    "kg:symmetric": False,
    "owl:inverseOf": False,
    "kg:toldAsInverse": False,
    "kg:causedAs": False,
    "kg:contentStatus": False,
    "kg:control": False,
    "kg:answers": False,
    "kg:claimsDeed": False,
    "kg:toldByContent": False,
    "kg:nounIsActor": False,
    "kg:actorType": False,
    "kg:recipientType": False,
    **{f"kg:{role}": False for role in ROLES},
}
_TRUTH = ("true", "false")
#: The values that a property may have.
_VALUES: dict[str, Collection[str]] = {
    "kg:eventType": EVENT_TYPES,
    "kg:symmetric": _TRUTH,
    "kg:contentStatus": CONTENT_STATUS,
    "kg:control": ("subject", "object"),
    "kg:toldAsInverse": _TRUTH,
    "kg:answers": _TRUTH,
    "kg:claimsDeed": _TRUTH,
    "kg:toldByContent": _TRUTH,
    "kg:nounIsActor": _TRUTH,
}
#: The form that the value of a property must have, and how to say so.
_FORMS = {
    "kg:cameo": (re.compile(r"\d{2,4}"), 'a CAMEO code of two to four digits, such as "042"'),
    "kg:weight": (re.compile(r"-?\d+(\.\d+)?"), "a number, such as -4.0"),
    "owl:inverseOf": (re.compile(r"[a-z0-9-]+"), "a relation, such as kg:visit"),
    "kg:causedAs": (re.compile(r"[a-z0-9-]+"), "a relation, such as kg:kill"),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with an entry; ``value`` is what it is about, where it is about one."""

    entry: str
    message: str
    value: Value | None = None

    def __str__(self) -> str:
        return f"kg:{self.entry}: {self.message}"


def faults(entries: Sequence[Entry]) -> Iterator[Fault]:
    """All with which the entries make no codebook, in their order."""
    for entry in entries:
        yield from (Fault(entry.id, message, value) for message, value in _own_faults(entry))
    yield from _same_cues(entries)
    ids = {entry.id for entry in entries}
    for entry in entries:
        for name in ("owl:inverseOf", "kg:causedAs"):
            for value in entry.values.get(name, ()):
                if value.text not in ids:
                    yield Fault(entry.id, f"{name} names kg:{value.text}, which is not a relation", value)
        for value in entry.values.get("kg:toldAsInverse", ()):
            if value.text == "true" and "owl:inverseOf" not in entry.values:
                yield Fault(entry.id, "kg:toldAsInverse needs owl:inverseOf", value)


def _own_faults(entry: Entry) -> Iterator[tuple[str, Value | None]]:
    if not entry.declared:
        lost = "its cues belong to no relation" if "kg:cue" in entry.values else "it is not one"
        yield f"it is not declared 'a kg:Relation', so {lost}; add that to its entry", None
    for name, values in entry.values.items():
        if name not in PROPERTIES:
            yield (
                f"the property {name} is unknown, use one of {', '.join(sorted(PROPERTIES))}",
                values[0],
            )
        elif len(values) > 1 and not PROPERTIES[name]:
            yield f"{name} is given {len(values)} times, keep one", values[1]
    labels = Counter(value.lang for value in entry.values.get("rdfs:label", ()))
    yield from (
        (f"it has {('two', 'three')[n - 2] if n < 4 else n} labels in {lang!r}, keep one", None)
        for lang, n in labels.items() if n > 1
    )  # fmt: skip
    if "en" not in labels:
        yield 'it has no English label, add rdfs:label "…"@en', None
    if "skos:definition" not in entry.values:
        yield 'it has no definition, add skos:definition "…"@en', None
    yield from _wrong_values(entry)
    yield from _wrong_roles(entry)
    for value in entry.values.get("kg:cue", ()):
        try:
            cue_of(value)
        except ValueError as error:
            yield str(error), value


def _wrong_values(entry: Entry) -> Iterator[tuple[str, Value]]:
    for name, allowed in _VALUES.items():
        for value in entry.values.get(name, ())[:1]:
            if value.text not in allowed:
                yield f"{name} is {value.text!r}, which is not one of: {', '.join(sorted(allowed))}", value
    for name, (form, words) in _FORMS.items():
        for value in entry.values.get(name, ())[:1]:
            if not form.fullmatch(value.text):
                yield f"{name} is {value.text!r}, which is not {words}", value
            elif name == "kg:weight" and abs(float(value.text)) > 10:
                yield f"kg:weight is {value.text}, it must lie between -10 and 10", value


def _wrong_roles(entry: Entry) -> Iterator[tuple[str, Value]]:
    for role in ROLES:
        for value in entry.values.get(f"kg:{role}", ()):
            for name in value.text.split():
                if name.removesuffix(".poss") not in SLOTS and value.text != "none":
                    allowed = ", ".join(sorted(SLOTS))
                    yield f"kg:{role} names the unknown slot {name!r}, use {allowed} or none", value
    for role in ("actor", "recipient"):
        for value in entry.values.get(f"kg:{role}Type", ()):
            if not set(value.text.split()) <= set(ENTITY_TYPES):
                yield f"kg:{role}Type is {value.text!r}, use types of {', '.join(ENTITY_TYPES)}", value


def cue_of(value: Value) -> Cue:
    """The cue that a value writes; raises ValueError with what is wrong with it."""
    if not value.lang:
        raise ValueError(f"the cue {value.text!r} has no language, write {value.text!r}@en or the like")
    if not value.text.strip():
        raise ValueError("a cue is empty")
    try:
        return parse_cue(value.text, value.lang)
    except ValueError as error:
        raise ValueError(f"the cue {value.text!r}: {error}") from error


def _cues(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Value, Cue]]:
    """The cues that can be read, in the order of the file."""
    for entry in entries:
        for value in entry.values.get("kg:cue", ()):
            try:
                yield entry, value, cue_of(value)
            except ValueError:
                continue  # a fault of its own


def _same_cues(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Cues of two relations that nothing in a text can tell apart."""
    seen: dict[tuple[object, ...], tuple[str, str]] = {}
    for entry, value, cue in _cues(entries):
        words = frozenset(frozenset(cue_keys(w, cue.lang) for w in group) for group in cue.words)
        told: set[str] = set()
        for key in sorted({key for head in cue.heads for key in cue_keys(head, cue.lang)}):
            other, text = seen.setdefault((cue.lang, cue.part, cue.other, words, key), (entry.id, cue.text))
            if other not in (entry.id, *told):
                told.add(other)
                message = (
                    f"the cue {cue.text!r}@{cue.lang} says the same as {text!r} of kg:{other}; "
                    "keep one, or require a word that tells them apart"
                )
                yield Fault(entry.id, message, value)


def doubts(entries: Sequence[Entry]) -> Iterator[Fault]:
    """What can be loaded, but is hardly meant."""
    inverse = {
        entry.id: value.text for entry in entries for value in entry.values.get("owl:inverseOf", ())[:1]
    }
    for entry in entries:
        symmetric = any(value.text == "true" for value in entry.values.get("kg:symmetric", ()))
        other = inverse.get(entry.id)
        if symmetric and other:
            message = f"it is symmetric and has the inverse kg:{other}; a symmetric relation is its own"
            yield Fault(entry.id, message)
        if other and inverse.get(other, entry.id) != entry.id:
            message = f"its inverse is kg:{other}, whose inverse is kg:{inverse[other]}; keep one pair"
            yield Fault(entry.id, message)
    known = set(ontologies.languages())
    reported: set[str] = set()
    for entry, value, cue in _cues(entries):
        if cue.lang not in known | reported:
            reported.add(cue.lang)
            message = f"the cue {cue.text!r} is in {cue.lang!r}, a language without a folder in languages/"
            yield Fault(entry.id, message, value)
    yield from _hidden_cues(entries)


def _hidden_cues(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Cues that never decide, since one of a relation further up fits wherever they do."""
    earlier: dict[tuple[str, str, str], list[tuple[str, Cue]]] = {}
    for entry, value, cue in _cues(entries):
        heads = {key for head in cue.heads for key in cue_keys(head, cue.lang)}
        hiding: set[tuple[str, str]] | None = None
        for key in heads:
            of_key = earlier.get((cue.lang, cue.part, key), [])
            covering = {
                (other, found.text) for other, found in of_key if other != entry.id and _covers(found, cue)
            }
            hiding = covering if hiding is None else hiding & covering
        for other, text in sorted(hiding or ())[:1]:
            message = (
                f"the cue {cue.text!r}@{cue.lang} is never used: {text!r} of kg:{other}, further up, fits "
                "wherever it does; take it out, or require a word more"
            )
            yield Fault(entry.id, message, value)
        for key in heads:
            earlier.setdefault((cue.lang, cue.part, key), []).append((entry.id, cue))


def _covers(wide: Cue, narrow: Cue) -> bool:
    """Whether each required word of one cue admits all that a word of the other admits, one for one."""
    if len(wide.words) != len(narrow.words) or (wide.other and not narrow.other):
        return False
    left = [_admitted(group, wide.lang) for group in wide.words]
    for group in narrow.words:
        found = next((some for some in left if _admitted(group, narrow.lang) <= some), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _admitted(group: tuple[str, ...], lang: str) -> frozenset[str]:
    return frozenset().union(*(cue_keys(word, lang) for word in group))
