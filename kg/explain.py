"""Why a claim is told as it is: its sentence, tree, cue, links and scores, in plain words.

For entities see :mod:`kg.graph.why`.  The article is read again, since the record keeps what was found and
not how.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc, Token

from kg.errors import KGError
from kg.graph.graph import open_graph
from kg.graph.record import Record
from kg.nlp import Reader, events
from kg.nlp.codebook import load_codebook
from kg.nlp.matching import match
from kg.types import Claim, Extraction, Mention

#: How many types of event are named with their chance.
TYPES_SHOWN = 3


def explain(what: str, output: str | Path = "output") -> str:
    """Why the claim with this id (or its beginning) is told as it is, or why names are the entity of this id.

    Raises KGError if there is no such claim or entity, or if the article would be read otherwise today.
    """
    graph = open_graph(output)  # says so if there is none
    return "\n".join(graph.why(what)) if "/" in what else _claim(what, output)


def _claim(claim: str, output: str | Path) -> str:
    """Why a claim is told as it is."""
    with Record.open(Path(output)) as record:
        extraction, found = _find(claim, record)
    doc = Reader().doc(extraction.article)
    if found.id not in {one.id for one in doc._.claims}:
        raise KGError(
            f"claim {found.id} would not be told today: the codebook, the word lists or the model have "
            "changed since its article was read; build again"
        )
    return "\n".join(_lines(doc, found))


def _find(claim: str, record: Record) -> tuple[Extraction, Claim]:
    found = [(some, one) for some in record for one in some.claims if one.id.startswith(claim)]
    if not found or not claim:
        raise KGError(f"there is no claim {claim!r}: kg claims --format jsonl shows the ids")
    if len(found) > 1:
        raise KGError(f"{len(found)} claims begin with {claim!r}: give more of the id")
    return found[0]


def _lines(doc: Doc, claim: Claim) -> Iterator[str]:
    trigger = next(
        t for t in doc if t.idx <= claim.trigger.start < t.idx + len(t)
    )  # fmt: skip
    who, whom = (
        " + ".join(m.evidence.quote for m in claim.role(name)) or "?" for name in ("actor", "recipient")
    )
    yield f"{who} -- {claim.label} -> {whom}   [{claim.status}, score {claim.score:.2f}, {claim.id}]"
    yield ""
    yield claim.evidence.quote
    for evidence in claim.more_evidence:
        yield f"Also: {evidence.quote}"
    yield ""
    yield "Tree (word, part of speech, dependency):"
    yield from _tree(trigger.sent.root, 1)
    yield ""
    yield from _relation(claim, trigger)
    for role in claim.roles:
        yield f"{role.name}: {_who(role.mention)}"
    yield from _status(claim)
    yield from _setting(claim)


def _tree(word: Token, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}{word.text} ({word.pos_}, {word.dep_.lower()})"
    for child in word.children:
        if not child.is_punct and not child.is_space:
            yield from _tree(child, depth + 1)


def _relation(claim: Claim, trigger: Token) -> Iterator[str]:
    matched = match(trigger)
    if matched is not None and matched[0].id == claim.relation:
        relation, cue = matched
        yield f'relation: {relation.id}, by the cue "{cue.text}"@{cue.lang}: {relation.definition}'
    elif matched is not None and matched[0].content_status == "denied":
        yield f'relation: {claim.relation}, told just before and denied by "{claim.trigger.quote}"'
    elif claim.relation in load_codebook().relations:
        yield f'relation: {claim.relation}, by its structure around "{claim.trigger.quote}"'
    else:
        yield f'relation: open, the codebook has no cue for "{claim.trigger.quote}"'
    chances = events.chances(events.load_types(), trigger, claim.role("actor"), claim.role("recipient"))
    likely = sorted(chances.items(), key=lambda pair: -pair[1])[:TYPES_SHOWN]
    seen = ", ".join(f"{kind} {chance:.2f}" for kind, chance in likely)
    yield f"event type: {claim.event_type or 'none'}" + (f"; the model sees {seen}" if seen else "")


def _who(mention: Mention) -> str:
    if mention.ref is None:
        return f'"{mention.evidence.quote}", nobody known'
    return f'"{mention.evidence.quote}" is {mention.ref} (by {mention.reason}, score {mention.score:.2f})'


def _status(claim: Claim) -> Iterator[str]:
    said = ", ".join(m.ref or m.evidence.quote for m in claim.attributed_to)
    yield (
        f"status: {claim.status} ({claim.polarity}, {claim.modality})"
        + (f", said by {said}" if said else "")
        + (f', by the words "{claim.cue}"' if claim.cue else ", nothing in the sentence says otherwise")
    )


def _setting(claim: Claim) -> Iterator[str]:
    if claim.date:
        yield f"date: {claim.date}, precise to the {claim.date_precision}, {claim.date_basis}"
    if claim.place:
        yield f"place: {_who(claim.place)}"
