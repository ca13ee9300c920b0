"""The types that flow through the project, frozen and with JSON in and out.

An :class:`Article` is read, an :class:`Extraction` is what was found in it, and everything
else is a part of these two.  Offsets are always characters of ``Article.text``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from kg import cards

Polarity = Literal["affirmed", "negated"]
Modality = Literal["actual", "alleged", "planned", "requested", "possible"]
Status = Literal["asserted", "negated", "denied", "alleged", "planned", "requested", "possible"]
DatePrecision = Literal["day", "week", "month", "year", "decade"]
#: What coordinates are the middle of, or ``point`` where they are exact.
PlacePrecision = Literal["point", "city", "region", "country"]
DateBasis = Literal["stated", "relative", "dateline"]

#: Types of entities; a plain noun phrase that is not an entity has the type ``Phrase``.
ENTITY_TYPES = ("Person", "Country", "Place", "Organization", "Group", "Event", "Other")

#: Kinds of zones.  Text in no zone is the body of the article.
READ_ZONES = frozenset({"headline", "caption"})
SKIPPED_ZONES = frozenset({"date", "credit", "dateline", "related", "byline", "source", "furniture"})


class _Json:
    """Plain JSON in and out for frozen dataclasses."""

    def to_json(self) -> dict[str, Any]:
        """The value as JSON-ready data, fields in their declared order."""
        return {name: _plain(value) for name, value in vars(self).items()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The value that :meth:`to_json` wrote; unknown keys are an error."""
        return cls(**data)


def _plain(value: Any) -> Any:
    """A field as data, as ``dataclasses.asdict`` gives it, but texts are not copied: four times as fast."""
    if isinstance(value, _Json):
        return value.to_json()
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if isinstance(value, dict):
        return {key: _plain(held) for key, held in value.items()}
    return value


@dataclass(frozen=True, kw_only=True)
class Zone(_Json):
    """A stretch of an article that is not its body (see READ_ZONES, SKIPPED_ZONES)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Article(_Json):
    """What was read; ``text`` never changes afterwards.

    ``published`` is an ISO 8601 date or date and time.  ``place`` and ``agency`` are those of
    the dateline ("JAKARTA, Antara --"), ``cites`` the agencies it says it relays ("dilansir
    dari RT").
    """

    id: str
    text: str
    url: str | None = None
    title: str | None = None
    lang: str | None = None
    published: str | None = None
    source: str | None = None
    byline: str | None = None
    place: str | None = None
    agency: str | None = None
    cites: tuple[str, ...] = ()
    zones: tuple[Zone, ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        zones = tuple(Zone.from_json(zone) for zone in data.get("zones", ()))
        return cls(**{**data, "zones": zones, "cites": tuple(data.get("cites", ()))})


@dataclass(frozen=True, kw_only=True)
class Evidence(_Json):
    """A stretch of an article's text: ``article.text[start:end] == quote``, always."""

    article_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, kw_only=True)
class Mention(_Json):
    """A stretch of text that stands for an entity, or for nothing known (``ref`` is None).

    ``type`` is one of ENTITY_TYPES, or ``Phrase`` for a plain noun phrase.  ``ref`` is the id of
    the entity, such as ``country/PRK`` or ``person/kim-jong-un``.  ``reason`` says in a word or
    two why it points there (``actor list``, ``model``, ``surname``, ``pronoun`` …).
    """

    evidence: Evidence
    type: str
    ref: str | None
    score: float
    reason: str = ""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**{**data, "evidence": Evidence.from_json(data["evidence"])})


@dataclass(frozen=True, kw_only=True)
class EntityRole(_Json):
    """A position held: ``title`` in the organisation or country ``of``, from and to ISO dates."""

    title: str
    of: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, kw_only=True)
class Entity(_Json):
    """Who or what the mentions stand for.

    ``names`` maps a language code to names, best first (``und`` where the language is unknown);
    ``country`` is ISO 3166-1 alpha-3, ``actor_code`` CAMEO style (PRKGOV), or None until known.
    ``lat`` and ``lon`` are degrees (WGS84), ``precision`` says what they are the middle of.
    """

    id: str
    type: str
    names: dict[str, tuple[str, ...]]
    roles: tuple[EntityRole, ...] = ()
    country: str | None = None
    actor_code: str | None = None
    same_as: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None

    @property
    def name(self) -> str:
        """The canonical name: English where known, else the first one."""
        for lang in ("en", *self.names):
            if self.names.get(lang):
                return self.names[lang][0]
        return self.id

    def _repr_html_(self) -> str:
        also = dict.fromkeys(name for names in self.names.values() for name in names if name != self.name)
        return cards.entity(
            id=self.id,
            type=self.type,
            name=self.name,
            country=self.country,
            also=", ".join(also),
            offices=cards.offices(role.to_json() for role in self.roles),
        )

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            **{
                **data,
                "names": {lang: tuple(names) for lang, names in data["names"].items()},
                "roles": tuple(EntityRole.from_json(role) for role in data.get("roles", ())),
                "same_as": tuple(data.get("same_as", ())),
            }
        )


@dataclass(frozen=True, kw_only=True)
class Role(_Json):
    """One participant of a claim: ``actor``, ``recipient``, or another role such as ``theme``."""

    name: str
    mention: Mention

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(name=data["name"], mention=Mention.from_json(data["mention"]))


def status_of(polarity: Polarity, modality: Modality, attributed: bool) -> Status:
    """The one word a reader sees; ``attributed`` says whether a party is named as the speaker.

    A negation outranks a modality: what is denied may be drawn as denied, never as planned.  Only a
    request not to do something stays a request: nobody denies anything there.
    """
    if modality == "requested":
        return "requested"
    if polarity == "negated":
        return "denied" if attributed else "negated"
    return "asserted" if modality == "actual" else modality


@dataclass(frozen=True, kw_only=True)
class Claim(_Json):
    """What an article says, with the words that say it.

    ``relation`` is the id of a relation of the codebook, or ``open`` where none matched; ``label``
    is its English label, or for open relations the words of the text.  ``evidence`` is the sentence that
    says it best, ``more_evidence`` are further sentences of the article that say the same (the headline,
    a caption), in the order of the text.  ``trigger`` is the word in ``evidence`` that expresses the
    relation, ``cue`` the words that decided polarity, modality or attribution.
    ``date`` is ISO 8601, cut to ``date_precision``.  The id is a hash of what the text says, never
    of links or scores.
    """

    id: str
    article_id: str
    relation: str
    label: str
    event_type: str | None
    cameo: str | None
    roles: tuple[Role, ...]
    polarity: Polarity
    modality: Modality
    attributed_to: tuple[Mention, ...]
    evidence: Evidence
    trigger: Evidence
    more_evidence: tuple[Evidence, ...] = ()
    cue: str | None = None
    date: str | None = None
    date_precision: DatePrecision | None = None
    date_basis: DateBasis | None = None
    place: Mention | None = None
    extractor: str = ""
    score: float = 1.0

    @property
    def status(self) -> Status:
        return status_of(self.polarity, self.modality, bool(self.attributed_to))

    def role(self, name: str) -> tuple[Mention, ...]:
        """The mentions that fill the role ``name``, in the order of the text."""
        return tuple(role.mention for role in self.roles if role.name == name)

    def _repr_html_(self) -> str:
        """A card with the words of the text; rows of ``Graph.claims`` have the names of the entities."""
        turned = self.polarity == "negated" and self.status not in ("negated", "denied")
        return cards.claim(
            status=self.status,
            who=_words(self.role("actor")),
            what=f"not: {self.label}" if turned else self.label,
            whom=_words(self.role("recipient")),
            says=_words(self.attributed_to),
            when=self.date and f"{self.date} ({self.date_basis})",
            where=self.place.evidence.quote if self.place else None,
            quote=self.evidence.quote,
            article=self.article_id,
        )

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            **{
                **data,
                "roles": tuple(Role.from_json(role) for role in data["roles"]),
                "attributed_to": tuple(Mention.from_json(m) for m in data["attributed_to"]),
                "evidence": Evidence.from_json(data["evidence"]),
                "trigger": Evidence.from_json(data["trigger"]),
                "more_evidence": tuple(Evidence.from_json(one) for one in data.get("more_evidence", ())),
                "place": Mention.from_json(data["place"]) if data.get("place") else None,
            }
        )


def _words(mentions: Iterable[Mention]) -> str:
    return ", ".join(mention.evidence.quote for mention in mentions)


def claim_id(
    article_id: str,
    relation: str,
    roles: tuple[Role, ...],
    polarity: str,
    modality: str,
    evidence: Evidence,
    trigger: Evidence,
) -> str:
    """16 hexadecimal digits of SHA-256 over what the text says."""
    spans = sorted((r.name, r.mention.evidence.start, r.mention.evidence.end) for r in roles)
    said = [
        article_id,
        relation,
        spans,
        polarity,
        modality,
        evidence.start,
        evidence.end,
        trigger.start,
        trigger.end,
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


EventStatus = Literal[
    "asserted", "disputed", "denied", "negated", "alleged", "planned", "requested", "possible"
]


@dataclass(frozen=True, kw_only=True)
class Event(_Json):
    """One occurrence, told by one or more claims; derived from them, never stored by hand.

    ``actors``, ``recipients`` and ``places`` are ids of entities; where what happened holds both ways
    (a meeting), all parties are actors.  ``reports`` counts articles, ``sources`` those that are no
    copies of another, relay no agency that another relays and have no publisher in common.
    ``date`` is ISO 8601, cut to ``date_precision``.
    """

    id: str
    event_type: str
    relation: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    status: EventStatus
    claims: tuple[str, ...]
    reports: int
    sources: int
    date: str | None = None
    date_precision: DatePrecision | None = None
    date_basis: DateBasis | None = None


@dataclass(frozen=True, kw_only=True)
class Quote(_Json):
    """Who says what: ``content`` is said by ``speaker`` (empty: unknown), by the word ``cue``."""

    article_id: str
    speaker: tuple[Mention, ...]
    cue: Evidence | None
    content: Evidence
    direct: bool

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            **{
                **data,
                "speaker": tuple(Mention.from_json(m) for m in data["speaker"]),
                "cue": Evidence.from_json(data["cue"]) if data.get("cue") else None,
                "content": Evidence.from_json(data["content"]),
            }
        )


@dataclass(frozen=True, kw_only=True)
class Extraction(_Json):
    """All that was found in one article: the unit of work, of replacement and of retraction.

    ``fingerprint`` is a hash of the article and of all that read it (model, codebook, actor list,
    code), so that an unchanged article is not read again.
    """

    article: Article
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    quotes: tuple[Quote, ...] = ()
    fingerprint: str = ""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            article=Article.from_json(data["article"]),
            mentions=tuple(Mention.from_json(m) for m in data["mentions"]),
            claims=tuple(Claim.from_json(c) for c in data["claims"]),
            quotes=tuple(Quote.from_json(q) for q in data["quotes"]),
            fingerprint=data.get("fingerprint", ""),
        )


@dataclass(frozen=True, kw_only=True)
class Link(_Json):
    """A decision on whether two entities are one; it outranks all that the program finds.

    ``left`` and ``right`` are ids, ``by`` is who decided, ``at`` an ISO 8601 date and time.
    """

    left: str
    right: str
    judgement: Literal["same", "different", "unsure", "withdrawn"]
    by: str = ""
    at: str = ""

    def __post_init__(self) -> None:
        if self.judgement not in ("same", "different", "unsure", "withdrawn"):
            raise ValueError(f"no judgement {self.judgement!r}: same, different, unsure or withdrawn")


@dataclass(frozen=True, kw_only=True)
class Split(_Json):
    """A decision that some mentions of an entity stand for another one, ``into``.

    These are all in the ``articles`` (ids), and all in articles that call the entity only by ``names``; where
    an article calls it otherwise too, only the mentions in these words.  ``entity`` and ``into`` are ids.
    """

    entity: str
    into: str
    articles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    judgement: Literal["split", "withdrawn"] = "split"
    by: str = ""
    at: str = ""

    def __post_init__(self) -> None:
        if self.judgement not in ("split", "withdrawn"):
            raise ValueError(f"no judgement {self.judgement!r}: split or withdrawn")

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**{**data, **{key: tuple(data.get(key, ())) for key in ("articles", "names")}})


@dataclass(frozen=True, kw_only=True)
class Report(_Json):
    """What a run did: counts by name, one line an article that failed, versions, seconds."""

    counts: dict[str, int] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        return cards.counts(f"Built in {sum(self.seconds.values()):.1f} s", self.counts, self.errors)


__all__ = [
    item.__name__
    for item in (
        Article,
        Claim,
        Entity,
        EntityRole,
        Event,
        Evidence,
        Extraction,
        Link,
        Mention,
        Quote,
        Report,
        Role,
        Split,
        Zone,
    )
] + ["ENTITY_TYPES", "READ_ZONES", "SKIPPED_ZONES", "claim_id", "status_of"]
