"""Why names are one entity: what the articles call it, how that was linked, and what people decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.errors import KGError
from kg.linking import Linker
from kg.linking.decisions import pair
from kg.linking.standing import Decision
from kg.types import Entity, Extraction

#: Articles that are named for one way of naming an entity.
SHOWN = 3


def why(
    id: str,
    extractions: Iterable[Extraction],
    entities: Mapping[str, Entity],
    linker: Linker,
    decisions: Iterable[Decision],
) -> Iterator[str]:
    """Lines of plain words on an entity.  ``extractions`` are as they are kept, not yet linked.

    Raises KGError if the graph does not have it; an id for which another one stands is explained by that.
    """
    known = linker.standing.everywhere.get(id, id)
    entity = entities.get(known)
    if entity is None:
        raise KGError(f"there is no entity {id!r} in the graph: kg entities shows the ids")
    listed = "of the actor list" if linker.listed(known) else "not in the actor list"
    yield f"{entity.id}: {entity.name} ({entity.type}, {listed})"
    for lang, names in entity.names.items():
        yield f"  {lang}: {', '.join(names)}"
    for role in entity.roles:
        span = f", {role.since or ''}..{role.until or ''}" if role.since or role.until else ""
        yield f"  {role.title}" + (f" of {role.of}" if role.of else "") + span
    yield ""
    yield "Mentions (what an article calls it, why it points there, score):"
    refs = {known}
    for (ref, reason), told in _mentions(known, extractions, linker).items():
        refs.add(ref)
        yield f"  {ref} by {reason or '?'}: {told}"
    yield ""
    yield from _links(known, refs, linker, decisions)


def _mentions(known: str, extractions: Iterable[Extraction], linker: Linker) -> dict[tuple[str, str], str]:
    """How often, by which words, with which scores and where each id of the record stands for ``known``."""
    words: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    scores: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    where: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for extraction in extractions:
        linked = linker.relinked(extraction).mentions
        for raw, mention in zip(extraction.mentions, linked, strict=True):
            if mention.ref == known:
                key = raw.ref or known, mention.reason
                words[key][mention.evidence.quote] += 1
                scores[key].append(mention.score)
                where[key][extraction.article.id] = None
    found = {}
    for key in sorted(words):
        often = ", ".join(f"{text!r} ×{n}" for text, n in words[key].most_common(SHOWN))
        low, high = min(scores[key]), max(scores[key])
        span = f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}"
        articles = [*where[key]]
        more = f" and {len(articles) - SHOWN} more" if len(articles) > SHOWN else ""
        found[key] = f"{often}; score {span}; in {', '.join(articles[:SHOWN])}{more}"
    return found


def _links(known: str, refs: set[str], linker: Linker, decisions: Iterable[Decision]) -> Iterator[str]:
    """What the program linked or did not link, and what people decided."""
    yield "Links across articles:"
    none = True
    for reason in linker.standing.reasons:
        if {reason.left, reason.right} & refs:
            none = False
            verb = "is" if reason.same else "was not linked to"
            yield f"  {reason.right} {verb} {reason.left}: {reason.reason}, score {reason.score:.2f}"
    for decision in decisions:
        if {*pair(decision)} & refs:
            none = False
            one, other = pair(decision)
            by = f" by {decision.by}" if decision.by else ""
            yield f"  {one} and {other}: {decision.judgement}, decided{by} {decision.at}"
    if none:
        yield "  none: each article gives it this id"
