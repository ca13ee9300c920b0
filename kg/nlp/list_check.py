"""What is wrong with the word lists of a language (``languages/LANG/*.toml``), each fault in one sentence.

``reading``, ``time``, ``titles`` and ``tokens`` have readers of their own, which say it when they are used;
here it is only said where they hold a table that nothing reads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from kg import ontologies
from kg.errors import PipelineError
from kg.linking import read_actors
from kg.nlp import morphology
from kg.nlp.codebook_file import CUES

_MODALITIES = dict.fromkeys(("alleged", "planned", "possible", "requested"), list)
#: The tables of each file: list, true or false, or a table of lists (dict) or of texts (str) with free keys.
TABLES: dict[str, dict[str, Any]] = {
    "bodies": {"bodies": dict, "individuals": dict},
    "clauses": {
        **dict.fromkeys(
            (
                "achieving", "active", "adversative", "circumstance", "complement", "disjunctive",
                "empty", "existential", "happening", "infinitive", "linking", "made", "nominalised",
                "one_of", "owner", "purpose", "quantity", "raising", "reason", "relational", "sequence",
                "that_or_if", "time",
            ),
            list,
        ),
        **dict.fromkeys(
            (
                "bare_agent", "body_in_place", "object_after_verb", "subject_by_case", "verb_first",
                "unmarked_passive", "verb_last",
            ),
            bool,
        ),
    },
    "doers": dict.fromkeys(("people", "acts", "words", "things"), list),
    "light": {"verbs": list, "suffered": list, "joined": list},
    "names": {
        "misc": bool,
        "prefixes": str,
        "suffixes": list,
        **dict.fromkeys(("no_places", "part_before", "part_after", "honorifics"), list),
    },
    "pronouns": {
        **dict.fromkeys(
            (
                "relative", "reflexive", "person", "clitic", "plural", "first", "we", "thing", "both",
                "both_of", "two", "one", "demonstrative", "matter",
            ),
            list,
        ),
        "nouns": dict,
    },
    "sectors": {"nouns": dict},
    "slots": {
        **dict.fromkeys(
            (
                "to", "from", "with", "about", "against", "in", "of", "as", "between", "purpose", "agent",
                "obj",
            ),
            list,
        ),
        "postpositions": bool,
        "case": dict,
        "with_case": dict,
    },
    "speech": dict.fromkeys(
        ("say", "doubted", "according", "relay", "documents", "condemning", "praising"), list
    ),
    "sport": {"strong": list, "weak": list},
    "status": {
        "negation": list,
        "modifier": {**_MODALITIES, "negated": list},
        "marker": _MODALITIES,
        "first": _MODALITIES,
        "before": {**_MODALITIES, "negated": list},
        "before_imperfect": _MODALITIES,
        "twice": _MODALITIES,
        "ending": {**_MODALITIES, "negated": list},
        "form": {**_MODALITIES, "negated": list},
        "governor": {
            **_MODALITIES, "denied": list, "negated": list, "alleged_passive": list, "announced": list,
            "truth": list,
        },
        "sentence": {"alleged": list},
        "rejection": {"phrases": list},
        "fiction": {"works": list},
        "reported": {"words": list, "forms": list},
    },
}  # fmt: skip
#: Read by other parts; what may stand in them is said there.
_OTHERS = {"language", "morphology", "reading", "time", "titles", "tokens"}


def faults(lang: str) -> Iterator[tuple[str, int | None, str]]:
    """(file, line, what is wrong) for the word lists of a language."""
    for path in sorted((ontologies.folder() / "languages" / lang).iterdir()):
        file = f"languages/{lang}/{path.name}"
        if path.name == CUES:
            continue  # checked with the codebook
        if path.suffix != ".toml" or path.stem not in TABLES.keys() | _OTHERS:
            known = ", ".join(f"{name}.toml" for name in sorted(TABLES.keys() | _OTHERS))
            yield file, None, f"nothing reads this file, use {known}"
            continue
        try:
            data = ontologies.language(lang, path.stem)
            if path.stem == "morphology":
                morphology.rules(lang)
        except PipelineError as error:
            yield file, None, str(error)
            continue
        if path.stem in TABLES:
            text = path.read_text(encoding="utf-8")
            yield from (
                (file, line, message) for line, message in _of_table(data, TABLES[path.stem], text, ())
            )


def actor_faults() -> Iterator[str]:
    """The first thing that is wrong with the actor list, with its file and line; nothing if it is right."""
    try:
        read_actors(ontologies.path("actors")).check_names()
    except PipelineError as error:
        yield str(error)


def _of_table(
    data: Mapping[str, Any], wanted: Mapping[str, Any], text: str, above: tuple[str, ...]
) -> Iterator[tuple[int | None, str]]:
    for key, value in data.items():
        name, form = ".".join((*above, key)), wanted.get(key)
        if form is None:
            yield _line(text, key), f"{name} is unknown, use {', '.join(sorted(wanted))}"
        elif form is bool:
            if not isinstance(value, bool):
                yield _line(text, key), f"{name} must be true or false"
        elif form is list:
            yield from _of_list(name, value, text, key)
        elif not isinstance(value, dict):
            yield _line(text, key), f"{name} must be a table, [{name}]"
        elif form is str:
            for own, text_of in value.items():
                if not isinstance(text_of, str):
                    yield _line(text, own), f"{name}.{own} must be a text"
        elif form is dict:
            yield from (fault for own in value for fault in _of_list(f"{name}.{own}", value[own], text, own))
        else:
            yield from _of_table(value, form, text, (*above, key))


def _of_list(name: str, value: Any, text: str, key: str) -> Iterator[tuple[int | None, str]]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        yield _line(text, key), f"{name} must be a list of texts that are not empty"
        return
    for word, times in Counter(value).items():
        if times > 1:
            yield _line(text, key), f"{name} has {word!r} {times} times, keep one"


def _line(text: str, key: str) -> int | None:
    """The line, from 1, in which a key or table begins."""
    pattern = rf"""^\s*(?:\[{re.escape(key)}\]|["']?{re.escape(key)}["']?\s*=)"""
    found = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else None
