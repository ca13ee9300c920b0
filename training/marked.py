"""The corpus of claims (``training/claims``): its mark-up, and what the network learns from it.

Each claim gives a pair of parties, its trigger and the type of event between them; see the README there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import PipelineError

FOLDER = Path(__file__).parent / "claims"
NONE = "NONE"
EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES = ("asserted", "negated", "alleged", "planned", "requested", "possible")
#: One entry of so many is held back.
HELD = 5
UNKNOWN = "?"
_CLAIM = re.compile(
    r"- (?P<type>[A-Z]+)(?: (?P<trigger>[^:]+))?: (?P<actor>.+?) > (?P<recipient>.+?)(?: = (?P<status>.+))?"
)
_STATUS = re.compile(r"(?P<status>[a-z]+)(?: by (?P<by>.+))?")

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Marked:
    """One marked claim: parties are (start, end) of characters; no parties are unknown ones."""

    type: str
    trigger: Span | None
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    status: str = "asserted"
    by: tuple[Span, ...] = ()
    attributed: bool = False  # also to a source without a name


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A text with its claims; ``held`` ones are for measuring."""

    text: str
    language: str
    claims: tuple[Marked, ...]
    held: bool


def read(languages: Collection[str] = (), folder: Path = FOLDER) -> list[Entry]:
    """The entries of the corpus, of some languages or all; raises PipelineError naming the wrong line."""
    files = [file for file in sorted(folder.glob("*.txt")) if not languages or file.stem in languages]
    return [entry for file in files for entry in read_file(file)]


def read_file(path: Path) -> Iterator[Entry]:
    """The entries of one file, whose name is the code of its language."""
    text, claims, count = "", [], 0
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], start=1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if text:
                count += 1
                held = count % HELD == 0
                yield Entry(text=text, language=path.stem, claims=tuple(claims), held=held)
            text, claims = "", []
        elif not text:
            text = line
        else:
            try:
                claims.append(_claim(line, text))
            except ValueError as error:
                raise PipelineError(f"{path.name}, line {number}: {error}") from error


def _claim(line: str, text: str) -> Marked:
    found = _CLAIM.fullmatch(line)
    if found is None:
        raise ValueError(
            f"{line!r} is not of the form '- TYPE trigger: actor > recipient = status by speaker'"
        )
    kind, trigger = found["type"], found["trigger"]
    if kind not in (*EVENT_TYPES, NONE):
        raise ValueError(f"{kind} is not an event type of PLOVER")
    if (trigger is None) != (kind == NONE):
        raise ValueError("a claim needs its trigger before the colon, and NONE has none")
    told = _STATUS.fullmatch(found["status"] or "asserted")
    if told is None or told["status"] not in STATUSES:
        raise ValueError(f"{found['status']!r} is not one of {', '.join(STATUSES)}, with 'by' and a speaker")
    return Marked(
        type=kind,
        trigger=_place(trigger, text) if trigger else None,
        actors=_places(found["actor"], text),
        recipients=_places(found["recipient"], text),
        status=told["status"],
        by=_places(told["by"] or UNKNOWN, text),
        attributed=told["by"] is not None,
    )


def _places(phrases: str, text: str) -> tuple[Span, ...]:
    return tuple(_place(phrase, text) for phrase in phrases.split(" + ") if phrase != UNKNOWN)


def _place(phrase: str, text: str) -> Span:
    """Where a phrase stands as whole words; ``phrase/2`` is the second place."""
    numbered = re.fullmatch(r"(.+)/(\d)", phrase)
    words, place = (numbered[1], int(numbered[2])) if numbered else (phrase, 1)
    # In scripts without spaces a phrase may stand inside a run of letters.
    bounded = words[0].isascii() or (words[0].isalpha() and not _without_spaces(words))
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)" if bounded else re.escape(words)
    found = [match.span() for match in re.finditer(pattern, text)]
    if len(found) < place:
        raise ValueError(f"{phrase!r} does not stand in the text as whole words")
    return found[place - 1]


def _without_spaces(words: str) -> bool:
    return any("\u3040" <= letter <= "\u9fff" for letter in words)


def summary(entries: Sequence[Entry]) -> dict[str, dict[str, int]]:
    """Entries, claims and claims by type and by status, for each language."""
    counts: dict[str, dict[str, int]] = {}
    for entry in entries:
        own = counts.setdefault(entry.language, {})
        for key in ("entries", *(c.type for c in entry.claims), *(c.status for c in entry.claims)):
            own[key] = own.get(key, 0) + 1
    return counts
