"""Synthetic articles with what a reader would find in them: ``python benchmarks/synthetic.py 1000 FOLDER``.

No language model takes part: the texts are made of templates in English, Indonesian and Spanish, and the
claims are known while a sentence is written, so that every quote stands in its text.  Parties are drawn from
the actor list by Zipf's law, besides people and bodies that the list lacks.  Eight articles in a row are the
news of one time: they tell of the same occurrences, contradict each other, relay agencies, and some are
copies.  Dates lie in 2020 to 2025.  The same number and seed give the same article, whatever the count.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from babel.dates import format_date

from benchmarks.templates import LANGUAGES, RELATIONS
from kg.build import fingerprint
from kg.graph.record import NAME, encode
from kg.linking import load_actors
from kg.linking.ids import make_id
from kg.reading.articles import FIELDS, make
from kg.types import (
    Article,
    Claim,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Modality,
    Polarity,
    Quote,
    Role,
    claim_id,
)

READER = "synthetic"
#: Articles of one time, and the occurrences they choose from.
BATCH, STORIES = 8, 12
#: Shares: copies of the first article of a batch, articles that relay an agency, unlisted parties,
#: and occurrences that one article affirms and another denies.
COPIES, RELAYS, UNLISTED, DISPUTED = 0.15, 0.2, 0.15, 0.1
#: Types of parties and their shares.
PARTIES = {"Country": 50, "Person": 28, "Organization": 14, "Group": 8}
FIRST_DAY, DAYS = date(2020, 1, 1), 2192

PUBLISHERS = ("Warta Uji", "Kabar Contoh", "The Sample Post", "Harian Coba", "El Ejemplo", "Daily Specimen")
AGENCIES = ("Reuters", "Antara", "AFP", "RT", "Xinhua", "AP")

#: How a claim is told → its share, polarity, modality.
TELLINGS: dict[str, tuple[int, Polarity, Modality]] = {
    "stated": (50, "affirmed", "actual"),
    "said": (14, "affirmed", "actual"),
    "denied": (3, "negated", "actual"),
    "self-denied": (3, "negated", "actual"),
    "negated": (4, "negated", "actual"),
    "alleged": (7, "affirmed", "alleged"),
    "planned": (6, "affirmed", "planned"),
    "requested": (4, "affirmed", "requested"),
    "possible": (3, "affirmed", "possible"),
}


_FIRST = ("Ani", "Budi", "Citra", "Dewi", "Eko", "Fajar", "Gita", "Indah", "Karim", "Mateo", "Nadia", "Yuna")
_SYLLABLES = ("ba", "dar", "en", "go", "hul", "jat", "ka", "lo", "mer", "nu", "or", "sel", "tu", "wir")
_MARK = re.compile(r"\{(\w+)\}|\[([^\]]+)\]|<([^>]+)>|([()])")


@dataclass(frozen=True)
class Story:
    """An occurrence that articles tell of."""

    relation: str
    actor: Entity
    recipient: Entity
    speaker: Entity
    place: Entity
    day: date
    telling: str
    disputed: bool


class Reader:
    """Stands in for the reader of :func:`kg.build.build`: knows what is in each article already."""

    fingerprint = READER

    def __init__(self, extractions: Iterable[Extraction]) -> None:
        self._found = {extraction.article.id: extraction for extraction in extractions}

    def pipe(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        for article in articles:
            yield replace(self._found[article.id], article=article)


def articles(count: int, seed: int = 0, start: int = 0) -> Iterator[Extraction]:
    """``count`` articles from number ``start`` on, with ids in ascending order (``s0000017``)."""
    for number in range(start, start + count):
        yield article(number, seed)


def article(number: int, seed: int = 0) -> Extraction:
    """The article of that number with what is in it."""
    own = Random(f"{seed} article {number}")
    first = number - number % BATCH
    told = first if number > first and own.random() < COPIES else number
    writer = _Writer(f"s{number:07}", Random(f"{seed} told {told}"))
    lang, published = writer.lang, _day(seed, first) + timedelta(days=writer.random.randrange(3))
    publisher, agency = own.choice(PUBLISHERS), own.choice(AGENCIES)
    relays = own.random()
    if relays < RELAYS / 2:
        writer.add(f"JAKARTA, {agency} -- ")
    stories = writer.random.sample(range(STORIES), writer.random.choice((3, 3, 4, 4, 5, 6)))
    for place, k in enumerate(stories):
        if told != number and place == len(stories) - 1 and place > 3:
            break  # a copy may be shorter than what it copies
        writer.claim(_story(seed, first, k), published)
    if writer.random.random() < 0.6:
        writer.context()
    if RELAYS / 2 <= relays < RELAYS:
        writer.add(LANGUAGES[lang].relay.format(agency))
    fields = {
        "id": writer.id, "url": f"https://example.org/{writer.id}", "title": writer.title, "lang": lang,
        "text": writer.text.rstrip(), "published": published.isoformat(), "source": publisher,
    }  # fmt: skip
    read = make(fields, name=writer.id, source=writer.id)
    return Extraction(
        article=read,
        mentions=tuple(sorted(writer.mentions, key=lambda mention: mention.evidence.start)),
        claims=tuple(writer.claims),
        quotes=tuple(writer.quotes),
        fingerprint=fingerprint(read, READER),
    )


def changed(extraction: Extraction) -> Extraction:
    """A later version of the article: a sentence more, which tells nothing."""
    read = replace(extraction.article, text=extraction.article.text + " (Corrected.)")
    return replace(extraction, article=read, fingerprint=fingerprint(read, READER))


def write_source(file: Path, extractions: Iterable[Extraction]) -> Path:
    """A JSON Lines file of the articles, to build from."""
    with file.open("w", encoding="utf-8") as lines:
        for extraction in extractions:
            fields = {name: getattr(extraction.article, name) for name in FIELDS}
            lines.write(json.dumps(fields, ensure_ascii=False) + "\n")
    return file


def write_record(folder: Path, extractions: Iterable[Extraction]) -> Path:
    """An output folder with a record and no store: the first command that needs the store makes it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NAME).open("wb") as file:
        file.writelines(encode(extraction) + b"\n" for extraction in extractions)
    return folder


class _Writer:
    """Writes the text of an article and notes what its words stand for."""

    def __init__(self, id: str, random: Random) -> None:
        self.id = id
        self.random = random
        self.lang = random.choices(("id", "en", "es"), (5, 4, 1))[0]
        self.title = ""
        self.text = ""
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []
        self.quotes: list[Quote] = []

    def add(self, words: str) -> Evidence:
        start = len(self.text)
        self.text += words
        return Evidence(article_id=self.id, start=start, end=len(self.text), quote=words)

    def claim(self, story: Story, published: date) -> None:
        """A sentence that tells the story, and the claim and quotation in it."""
        language = LANGUAGES[self.lang]
        telling = story.telling
        if story.disputed:
            telling = self.random.choice(("stated", "said", "denied", "self-denied", "negated"))
        past, base = language.verbs[story.relation]
        when, dated = self._when(story, published)
        frame = language.frames[telling].replace("{past}", past).replace("{base}", base)
        frame = frame.replace("{where}", language.where if self.random.random() < 0.3 else "")
        if "{when}" not in frame:
            dated = {}
        found = self._fill(frame.replace("{when}", when), story)
        if not self.title:
            self.title = f"{story.actor.name}, {story.recipient.name}"
        self._note(story, telling, found, dated)

    def context(self) -> None:
        """A sentence that names a place and somebody and claims nothing."""
        frame = LANGUAGES[self.lang].context
        for words, name in _pieces(frame):
            if name in ("place", "other"):
                self._mention(_party(self.random) if name == "other" else _listed(self.random, "Place"))
            else:
                self.add(words)
        self.add(" ")

    def _fill(self, frame: str, story: Story) -> dict[str, Any]:
        """Write a frame; what stands where, by role, with ``sentence``, ``trigger``, ``cue``, ``said``."""
        found: dict[str, Any] = {}
        start = len(self.text)
        content = 0
        for words, name in _pieces(frame):
            if name in ("actor", "recipient", "speaker", "place"):
                found[name] = self._mention(getattr(story, name))
            elif name == "(":
                content = len(self.text)
            elif name == ")":
                found["said"] = self._since(content)
            elif name:
                found[name] = self.add(words)
            else:
                self.add(words)
        found["sentence"] = self._since(start)
        self.add("\n\n" if self.random.random() < 0.4 else " ")
        return found

    def _since(self, start: int) -> Evidence:
        return Evidence(article_id=self.id, start=start, end=len(self.text), quote=self.text[start:])

    def _mention(self, entity: Entity) -> Mention:
        names = entity.names.get(self.lang) or entity.names.get("en") or (entity.name,)
        unlisted = load_actors().get(entity.id) is None
        mention = Mention(
            evidence=self.add(self.random.choice(names[:2])),
            type=entity.type,
            ref=entity.id,
            score=round(0.7 + 0.3 * self.random.random(), 3),
            reason="model" if unlisted else "actor list",
        )
        self.mentions.append(mention)
        return mention

    def _note(self, story: Story, telling: str, found: dict[str, Any], dated: dict[str, Any]) -> None:
        _, polarity, modality = TELLINGS[telling]
        label, event_type, cameo = RELATIONS[story.relation]
        cue, sentence, trigger = found.get("cue"), found["sentence"], found["trigger"]
        roles = tuple(Role(name=name, mention=found[name]) for name in ("actor", "recipient"))
        said_by = found["actor"] if telling == "self-denied" else found.get("speaker")
        speaker = (said_by,) if said_by else ()
        claim = Claim(
            id=claim_id(self.id, story.relation, roles, polarity, modality, sentence, trigger),
            article_id=self.id,
            relation=story.relation,
            label=label,
            event_type=event_type,
            cameo=cameo,
            roles=roles,
            polarity=polarity,
            modality=modality,
            attributed_to=speaker,
            evidence=sentence,
            trigger=trigger,
            cue=cue.quote if cue else None,
            place=found.get("place"),
            extractor=READER,
            score=round(0.7 + 0.3 * self.random.random(), 3),
            **dated,
        )
        self.claims.append(claim)
        if "said" in found:
            self.quotes.append(
                Quote(article_id=self.id, speaker=speaker, cue=cue, content=found["said"], direct=False)
            )

    def _when(self, story: Story, published: date) -> tuple[str, dict[str, Any]]:
        """Words for the time, and the claim's fields of it; sometimes the text says nothing."""
        language, day = LANGUAGES[self.lang], story.day
        kind = self.random.choices(("day", "month", "year", "dateline", "none"), (60, 12, 4, 14, 10))[0]
        if kind == "none":
            return "", {}
        if kind == "dateline":
            return "", _dated(published.isoformat(), "day", "dateline")
        if kind == "year":
            return language.years.format(day.year), _dated(str(day.year), "year", "stated")
        if kind == "month":
            month = day.isoformat()[:7]
            if (published.replace(day=1) - timedelta(days=1)).isoformat()[:7] == month:
                return language.last_month, _dated(month, "month", "relative")
            pattern, words = language.months
            return words.format(_words(day, pattern, self.lang)), _dated(month, "month", "stated")
        if published - day == timedelta(days=1):
            return language.yesterday, _dated(day.isoformat(), "day", "relative")
        pattern, words = language.days
        return words.format(_words(day, pattern, self.lang)), _dated(day.isoformat(), "day", "stated")


def _dated(value: str, precision: str, basis: str) -> dict[str, Any]:
    return {"date": value, "date_precision": precision, "date_basis": basis}


@cache
def _words(day: date, pattern: str, lang: str) -> str:
    return format_date(day, pattern, locale=lang)


@cache
def _pieces(frame: str) -> tuple[tuple[str, str], ...]:
    """The pieces of a frame: words, and what they are (``actor`` …, ``trigger``, ``cue``, ``(``, ``)``)."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for mark in _MARK.finditer(frame):
        slot, trigger, cue, bracket = mark.groups()
        pieces.append((frame[end : mark.start()], ""))
        pieces.append((trigger or cue or "", slot or bracket or ("trigger" if trigger else "cue")))
        end = mark.end()
    return (*pieces, (frame[end:], ""))


def _day(seed: int, first: int) -> date:
    """The day of the batch that begins with article number ``first``."""
    return FIRST_DAY + timedelta(days=Random(f"{seed} day {first}").randrange(DAYS))


@lru_cache(maxsize=64)
def _story(seed: int, first: int, k: int) -> Story:
    """The ``k``-th occurrence of a batch."""
    random = Random(f"{seed} story {first} {k}")
    actor = _party(random)
    others = (party for party in iter(lambda: _party(random), None) if party != actor)
    return Story(
        relation=random.choice(list(RELATIONS)),
        actor=actor,
        recipient=next(others),
        speaker=next(others),
        place=_listed(random, "Place"),
        day=_day(seed, first) - timedelta(days=random.choice((0, 1, 1, 2, 5, 30, 200))),
        telling=random.choices(list(TELLINGS), [share for share, _, _ in TELLINGS.values()])[0],
        disputed=random.random() < DISPUTED,
    )


def _party(random: Random) -> Entity:
    """Somebody who acts: mostly from the actor list."""
    if random.random() < UNLISTED:
        return _unlisted(min(int(20 * random.paretovariate(0.6)), 100_000), random.random() < 0.2)
    return _listed(random, random.choices(list(PARTIES), list(PARTIES.values()))[0])


def _listed(random: Random, type: str) -> Entity:
    """A listed entity of that type, by Zipf's law."""
    entities, weights = _ranked(type)
    return random.choices(entities, cum_weights=weights)[0]


@cache
def _ranked(type: str) -> tuple[list[Entity], list[float]]:
    """The listed entities of a type, those of the countries with most listed people first, with the
    running sums of their Zipf weights."""
    listed = list(load_actors())
    known = Counter(entity.country for entity in listed if entity.type == "Person")
    ranked = sorted(listed, key=lambda entity: (-known[entity.country], entity.id))
    chosen = [entity for entity in ranked if entity.type == type]
    return chosen, list(accumulate(1 / rank for rank in range(1, len(chosen) + 1)))


@lru_cache(maxsize=4096)
def _unlisted(rank: int, body: bool) -> Entity:
    """A person or a body that no list has; the name follows from the rank."""
    rest, first = divmod(rank, len(_FIRST))
    syllables = [_SYLLABLES[(rest + first) % len(_SYLLABLES)]]
    while rest:
        rest, syllable = divmod(rest, len(_SYLLABLES))
        syllables.append(_SYLLABLES[syllable])
    family = "".join(syllables).capitalize()
    type, name = ("Organization", f"Yayasan {family}") if body else ("Person", f"{_FIRST[first]} {family}")
    return Entity(id=make_id(type, name), type=type, names={"en": (name,)})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int, help="how many articles")
    parser.add_argument("folder", type=Path, help="the output folder that gets their record")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(write_record(options.folder, articles(options.count, options.seed)) / NAME)


if __name__ == "__main__":
    main()
