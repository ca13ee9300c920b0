"""Claims of our own corpus (training/claims): ``python benchmarks/score_claims.py [--part held]``.

Each entry is read as an article of its own; :mod:`claim_scores` says when a claim is found.  Precision counts
all claims of a type that the product tells.  Rules are written from the part ``learn`` only; ``held`` is for
measuring.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from claim_scores import LEVELS, figures, matched
from common import below_floor, floors

from kg.nlp.reader import Reader
from kg.types import Article, Claim
from training import marked
from training.marked import NONE, Entry, Marked, Span


def score(
    entries: Sequence[Entry], read: Callable[[Entry], list[Claim]], *, details: bool
) -> dict[str, Counter[str]]:
    """Counts by language: marked and told claims, and those that are right on each level."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        gold = [claim for claim in entry.claims if claim.type != NONE]
        claims = [claim for claim in read(entry) if claim.event_type]
        own = counts[entry.language]
        own.update(gold=len(gold), told=len(claims))
        for level in LEVELS:
            found = matched(gold, claims, level)
            own[level] += len(found)
            if details and level == "status" and (len(found) < len(gold) or len(found) < len(claims)):
                show(entry, gold, claims, found)
    return counts


def show(entry: Entry, gold: Sequence[Marked], claims: Sequence[Claim], found: dict[int, int]) -> None:
    """What was missed and what is told beyond the marked claims."""

    def words(spans: Sequence[Span]) -> str:
        return " + ".join(entry.text[start:end] for start, end in spans) or "?"

    print(f"\n[{entry.language}] {entry.text}")
    for k, one in enumerate(gold):
        trigger = words([one.trigger] if one.trigger else [])
        mark = "ok     " if k in found else "MISSED "
        print(f"  {mark}{one.type} {trigger}: {words(one.actors)} > {words(one.recipients)} = {one.status}")
    for j, claim in enumerate(claims):
        if j not in found.values():
            parties = {
                name: " + ".join(m.evidence.quote for m in claim.role(name)) or "?"
                for name in ("actor", "recipient")
            }
            theme = " + ".join(r.mention.evidence.quote for r in claim.roles if r.name not in parties)
            print(
                f"  false  {claim.event_type} {claim.trigger.quote} ({claim.relation}): {parties['actor']} > "
                f"{parties['recipient']} [{theme}] = {claim.status} {claim.cue or ''}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=("held", "learn"), default="held")
    parser.add_argument("--lang", action="append", help="only this language; may be repeated")
    parser.add_argument("--limit", type=int, help="so many entries of a language")
    parser.add_argument("--details", action="store_true", help="list what was missed and what is false")
    parser.add_argument("--no-floors", action="store_true", help="measure without failing")
    options = parser.parse_args()
    reader = Reader()

    def read(entry: Entry) -> list[Claim]:
        article = Article(id="entry", text=entry.text, lang=entry.language, published="2024-03-14")
        return list(reader.extract(article).claims)

    entries = [entry for entry in marked.read(options.lang or ()) if entry.held == (options.part == "held")]
    if options.limit:
        by_language: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_language[entry.language].append(entry)
        entries = [entry for some in by_language.values() for entry in some[: options.limit]]
    counts = score(entries, read, details=options.details)
    print(f"\n{'':8}{'marked':>7}{'told':>7}" + "".join(f"{level:>9} P     R    F1" for level in LEVELS))
    broken = []
    for language, own in counts.items():
        values = figures(own)
        cells = "".join(
            f"{values[f'{level} P']:11.2f}{values[f'{level} R']:6.2f}{values[level]:6.2f}" for level in LEVELS
        )
        print(f"{language:8}{own['gold']:7}{own['told']:7}{cells}")
        if options.part == "held" and not options.limit:
            broken += below_floor(f"claims_{language}", values, floors().get(f"claims_{language}", {}))
    if broken and not options.no_floors:
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
