"""The linker of a graph: whom its mentions stand for, over all articles and with what people decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from kg.linking.appearances import is_name
from kg.linking.decisions import read
from kg.linking.entities import Known, mentions_of, resolve
from kg.linking.ids import slug
from kg.linking.imported import Imported
from kg.linking.knowledge import Knowledge
from kg.linking.spelling import is_full
from kg.linking.standing import IMPORTED, LISTED, UNKNOWN, Appearances, Standing, keys_of, stand
from kg.types import Entity, Extraction, Mention, Split


@dataclass(frozen=True)
class Linker:
    """Says whom the mentions of extractions stand for; without a record, each id stands for itself."""

    actors: Known
    standing: Standing = field(default_factory=Standing)

    @classmethod
    def of(cls, folder: Path, actors: Known, found: Appearances, imported: Imported | None = None) -> Linker:
        """The linker of an output folder: its decisions, and what its record (``found``) gives to link.

        Whom the list (``actors``) does not have may be one who was ``imported``.
        """
        known = Knowledge(actors, imported) if imported else actors

        def rank(id: str) -> int:
            if actors.get(id) is not None:
                return LISTED
            return UNKNOWN if known.get(id) is None else IMPORTED

        standing = stand(
            read(folder), found, keys_of(actors), rank, lambda id: getattr(known.get(id), "country", None),
            imported.candidates if imported else None,
        )  # fmt: skip
        return cls(known, standing)

    def resolve(self, extractions: Iterable[Extraction]) -> dict[str, Entity]:
        """See :func:`kg.linking.entities.resolve`."""
        return resolve(map(self.relinked, extractions), self.actors)

    def listed(self, id: str) -> Entity | None:
        """The entity as the list of actors, or what was imported, has it, or None."""
        return self.actors.get(id)

    def imported(self, id: str) -> bool:
        """Whether it is an entity that only an import has."""
        return isinstance(self.actors, Knowledge) and self.actors.is_imported(id)

    def entity(self, article: str, ref: str) -> str:
        """Whom an id of the record stands for in an article, splits aside."""
        return self.standing.entity(article, ref, lambda id: self.actors.get(id) is not None)

    def with_split(self, split: Split) -> Linker:
        """The linker as it would be with one more split."""
        return Linker(self.actors, replace(self.standing, splits=(*self.standing.splits, split)))

    def relinked(self, extraction: Extraction) -> Extraction:
        """The extraction with mentions that point to whom they stand for."""
        meant = self._meant(extraction)
        claims = tuple(
            replace(
                claim,
                roles=tuple(replace(role, mention=meant(role.mention)) for role in claim.roles),
                attributed_to=tuple(map(meant, claim.attributed_to)),
                place=meant(claim.place) if claim.place else None,
            )
            for claim in extraction.claims
        )
        quotes = tuple(
            replace(quote, speaker=tuple(map(meant, quote.speaker))) for quote in extraction.quotes
        )
        return replace(
            extraction, mentions=tuple(map(meant, extraction.mentions)), claims=claims, quotes=quotes
        )

    def _meant(self, extraction: Extraction) -> Callable[[Mention], Mention]:
        article = extraction.article.id
        ids: dict[str, str] = {}
        called: dict[str, set[str]] = {}

        def meant(mention: Mention) -> Mention:
            if mention.ref is None:
                return mention
            if mention.ref not in ids:
                ids[mention.ref] = self.entity(article, mention.ref)
            id = ids[mention.ref]
            for split in self._splits.get(id, ()):
                if id not in called and split.names:
                    called[id] = self._called(extraction, id)
                if _belongs(mention, article, split, called.get(id, set())):
                    id = self.standing.everywhere.get(split.into, split.into)
                    break
            return mention if id == mention.ref else replace(mention, ref=id)

        return meant

    @cached_property
    def _splits(self) -> Mapping[str, list[Split]]:
        """The splits of each entity."""
        found: defaultdict[str, list[Split]] = defaultdict(list)
        for split in self.standing.splits:
            found[self.standing.everywhere.get(split.entity, split.entity)].append(split)
        return found

    def _called(self, extraction: Extraction, id: str) -> set[str]:
        """The names that an article calls an entity by, in full where it does so at all."""
        names = {
            mention.evidence.quote
            for mention in mentions_of(extraction)
            if mention.ref and is_name(mention) and self.entity(extraction.article.id, mention.ref) == id
        }
        full = {name for name in names if is_full(name)} if id.startswith("person/") else names
        return {slug(name) for name in full or names}


def _belongs(mention: Mention, article: str, split: Split, called: set[str]) -> bool:
    """Whether a mention is one of those that were split off."""
    if article in split.articles:
        return True
    names = {slug(name) for name in split.names}
    return bool(called) and (called <= names or slug(mention.evidence.quote) in names)
