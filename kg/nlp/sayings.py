"""Who says what: direct and indirect speech, before, after and around the content.

Speech verbs and phrases are data (``speech.toml``); the tree says who speaks and what is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.nlp.arguments import entities, mentions_of
from kg.nlp.frames import bodies_in, frame
from kg.nlp.governors import has_subject
from kg.nlp.matching import match
from kg.nlp.references import mention, plain
from kg.nlp.speech import is_speech, quotations
from kg.nlp.syntax import according_cue, children, first_word, is_in, possessors
from kg.types import Mention

#: What is a part of a clause, or a clause within it.
_INNER = frozenset(
    {
        "acl",
        "acl:relcl",
        "advcl",
        "xcomp",
        "nmod",
        "nmod:poss",
        "obl",
        "obj",
        "amod",
        "appos",
        "compound",
        "flat",
    }
)
#: Words between a quotation and the verb that attributes it.
NEAR = 15


@dataclass(frozen=True, kw_only=True)
class Saying:
    """Words ``start`` to ``end`` (exclusive) are said by ``speaker`` (empty: unknown)."""

    start: int
    end: int
    speaker: tuple[Mention, ...]
    cue: tuple[int, int] | None
    direct: bool


@Language.factory("kg_sayings", assigns=["doc._.sayings"], requires=["doc._.references", "token.dep"])
class Sayings:
    """Fills ``doc._.sayings``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        quoted = list(quotations(doc))
        indirect = [_within(s, quoted) for s in _indirect(doc)]
        direct = [
            s
            for s in (*_labelled(doc), *_direct(doc, quoted))
            if not any(_is_part(s, whole) for whole in indirect)
        ]
        indirect = [s for s in indirect if not any(_overlap(s, d) for d in direct)]
        doc._.sayings = tuple(sorted([*direct, *indirect], key=lambda s: (s.start, s.end)))
        return doc


def _is_part(quotation: Saying, whole: Saying) -> bool:
    """Whether only some words of what is told are quoted: 'said it was the "same rigged system"'."""
    inside = whole.start <= quotation.start and quotation.end <= whole.end + 1
    return inside and whole.end - whole.start > quotation.end - quotation.start + 2


def _within(saying: Saying, quoted: list[tuple[int, int]]) -> Saying:
    """What is said inside a quotation ends with it."""
    for start, end in quoted:
        if start <= saying.start < end < saying.end:
            return replace(saying, end=end)
    return saying


def _overlap(one: Saying, other: Saying) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared * 2 > one.end - one.start


def _speaker(verb: Token) -> tuple[Mention, ...]:
    """Who the subject of a speech verb is; the noun after "kata" or "ujar" however it is attached."""
    heads = (
        frame(verb).get("subj")
        or [
            child
            for child in verb.children
            if child.i > verb.i
            and child.dep_ in {"nsubj", "nsubj:pass", "obj", "obl", "nmod", "flat", "appos"}
            and child.pos_ in {"NOUN", "PROPN", "PRON"}
            and not any(part.dep_ == "case" for part in child.children)
        ][:1]
    )
    if not heads:
        heads = bodies_in(frame(verb))
    if not heads and not frame(verb).passive:  # the parser lost it, but a name stands beside the verb
        beside = [r for r in verb.doc._.references if r.start == verb.i + 1 or r.end == verb.i]
        heads = [verb.doc[r.start] for r in beside[:1]]
    return _authors(verb.doc, heads)


def _authors(doc: Doc, heads: list[Token]) -> tuple[Mention, ...]:
    """Who speaks; of a report or statement those who issued it, where they are named."""
    issuers = [
        owner
        for head in heads
        if is_in(head, "speech", "documents")
        for owner in possessors(head, people=True)
    ]
    return tuple(entities(mentions_of(doc, issuers)) or mentions_of(doc, heads) or _pronouns(doc, heads))


def _pronouns(doc: Doc, heads: list[Token]) -> list[Mention]:
    """Speakers of whom the text tells no more than a pronoun: somebody says it, and not the article."""
    return [plain(doc, [h]) for h in heads if h.pos_ == "PRON" and not is_in(h, "pronouns", "relative")]


def _direct(doc: Doc, quoted: list[tuple[int, int]]) -> Iterator[Saying]:
    """Quotations with the verb of speech next to them; else by who spoke last in the paragraph before."""
    inside = {i for start, end in quoted for i in range(start, end)}
    verbs = [t for t in doc if t.i not in inside and is_speech(t)]
    last: Saying | None = None
    for start, end in quoted:
        near = [v for v in verbs if _distance(doc, v, start, end) <= NEAR]
        speaker: tuple[Mention, ...] = ()
        cue: tuple[int, int] | None = None
        for verb in sorted(near, key=lambda v: (_distance(doc, v, start, end), v.i)):
            speaker = _speaker(verb)
            if speaker:
                cue = verb.i, verb.i + 1
                break
        if not speaker:
            speaker = _according(doc, start, end)
        if not speaker and last is not None and doc[last.end : start].text.count("\n\n") <= 1:
            between = [v for v in verbs if last.end <= v.i < start]
            if not near and len(between) <= 1:
                speaker, cue = last.speaker, last.cue
        if not speaker and not cue and not _is_sentence(doc, start, end):
            continue  # words used with reserve, titles
        said = Saying(start=start, end=end, speaker=speaker, cue=cue, direct=True)
        last = said if speaker else last
        yield said


def _labelled(doc: Doc) -> Iterator[Saying]:
    """Paragraphs that open with who says them: "Kremlin: Rusia tidak menyerang", "WALLACE: Let us …"."""
    opens = True
    for token in doc:
        label = _label(doc, token.i) if opens and not token.is_space else None
        opens = token.is_space and (opens or "\n" in token.text)
        if label is None:
            continue
        speaker, colon = label
        end = next((t.i for t in doc[colon:] if t.is_space and "\n" in t.text), len(doc))
        if any(t.pos_ == "VERB" for t in doc[colon + 1 : end]):
            yield Saying(start=colon + 1, end=end, speaker=(speaker,), cue=(colon, colon + 1), direct=True)


def _label(doc: Doc, start: int) -> tuple[Mention, int] | None:
    """Who is named before a colon at the start of a paragraph, as a name or in capitals, and its place."""
    for reference in doc._.references:
        opens = start in (reference.start, *reference.covers) and reference.end < len(doc)
        speaks = reference.ref is not None and reference.type in {"Person", "Organization"}
        if opens and speaks and doc[reference.end].text == ":":
            return mention(doc, reference), reference.end
    word = doc[start]
    if len(word) > 2 and word.text.isupper() and word.is_alpha and start + 1 < len(doc):
        return (plain(doc, [word]), start + 1) if doc[start + 1].text == ":" else None
    return None


def _is_sentence(doc: Doc, start: int, end: int) -> bool:
    """Whether a quotation says something: it has a verb with its subject."""
    return any(t.dep_ in {"nsubj", "nsubj:pass"} and start <= t.head.i < end for t in doc[start:end])


def _according(doc: Doc, start: int, end: int) -> tuple[Mention, ...]:
    for saying in _indirect(doc):
        if saying.start <= start < saying.end:
            return saying.speaker
    return ()


def _distance(doc: Doc, verb: Token, start: int, end: int) -> int:
    """Words between a quotation and a verb in the same paragraph; a large number in another one."""
    left, right = (end, verb.i) if verb.i >= end else (verb.i, start)
    if any(t.is_space and "\n" in t.text for t in doc[left:right]):
        return len(doc) + 1
    gap = right - left
    # After the quotation is the usual place; before it, another quotation may stand between.
    return gap if verb.i >= end else gap + 1


def _indirect(doc: Doc) -> Iterator[Saying]:
    for token in doc:
        if token.is_space:
            continue
        if is_speech(token):
            content = _content(token)
            if content is not None:
                speaker = _speaker(token)
                if speaker or frame(token).passive:
                    yield Saying(
                        start=content[0],
                        end=content[1],
                        speaker=speaker,
                        cue=(token.i, token.i + 1),
                        direct=False,
                    )
        elif token.dep_ in {"obl", "nmod", "advcl"} or token.dep_ == "dep":
            cue = according_cue(token)
            if cue is not None:
                bounds = _clause_bounds(token)
                if bounds is not None:
                    yield Saying(
                        start=bounds[0],
                        end=bounds[1],
                        speaker=_authors(
                            doc, possessors(token, people=True) if cue[0] <= token.i < cue[1] else [token]
                        ),
                        cue=cue,
                        direct=False,
                    )


def _content(verb: Token) -> tuple[int, int] | None:
    """The words that a speech verb introduces or closes."""
    for child in verb.children:
        if child.dep_ in {"ccomp", "csubj", "csubj:pass"} or (
            child.dep_ in {"xcomp", "parataxis"} and child.i > verb.i
        ):
            if child.dep_ == "parataxis" and child.pos_ not in {"VERB", "NOUN", "ADJ"}:
                continue
            return _bounds(list(child.subtree))
    told = not any(is_in(child, "status", "negation") for child in verb.children)
    for child in verb.children if told else ():
        if child.dep_ == "obj" and child.i > verb.i and match(child) is not None:
            return _bounds(list(child.subtree))  # "menjelaskan pertemuannya dengan …": an event as it is told
    apart = _opens_behind_punctuation(verb)
    if verb.dep_ == "parataxis" or (verb.dep_ in {"advcl", "conj"} and apart) or _is_inserted(verb):
        own = set(verb.subtree)
        rest = [t for t in _clause_above(verb).subtree if t not in own]
        before = [t for t in rest if t.i < verb.i]
        # "…, kata Putin" may be parsed in many ways, "…, pledge closer ties" has no speaker at all.
        loose = {"obj", "obl", "flat"} if verb.dep_ == "parataxis" else set()
        speaks = any(child.dep_ in {"nsubj", "nsubj:pass", *loose} for child in verb.children)
        if before and speaks and (apart or _is_inserted(verb)):
            return _bounds(before)
    return None


def _is_inserted(verb: Token) -> bool:
    """Whether a speech verb and its subject stand behind a comma, telling nothing: "…, the junta alleges"."""
    if verb.dep_ not in {"parataxis", "acl", "acl:relcl"} or not any(
        c.dep_ == "nsubj" for c in verb.children
    ):
        return False
    first = first_word(verb)
    linked = any(c.dep_ in {"mark", "obj", "obl"} or is_in(c, "pronouns", "relative") for c in verb.children)
    behind = any(c.i > verb.i and c.dep_ not in {"conj", "punct"} for c in verb.children)
    return first > 0 and verb.doc[first - 1].is_punct and not linked and not behind


def _clause_above(verb: Token) -> Token:
    """The predicate of the clause that a verb is inserted into."""
    above = verb.head
    while above.pos_ not in {"VERB", "AUX"} and above.head != above:
        above = above.head
    return above


def _opens_behind_punctuation(verb: Token) -> bool:
    """Whether punctuation stands before a verb and its auxiliaries: "…, said Putin", "…, ha detto Putin"."""
    first = verb.i
    while first and verb.doc[first - 1].head == verb and verb.doc[first - 1].dep_ in {"aux", "aux:pass"}:
        first -= 1
    return first > 0 and verb.doc[first - 1].is_punct


def _clause_bounds(noun: Token) -> tuple[int, int] | None:
    """The clause that a noun with "menurut" belongs to, without the noun's own words."""
    own = set(noun.subtree)
    above = noun.head
    while (above.dep_ in _INNER or (above.dep_ == "conj" and not has_subject(above))) and above.head != above:
        above = above.head  # what somebody is quoted for is the clause, whatever the phrase hangs on
    if above.i < noun.i:  # what follows in a clause of its own is not meant: "…, pero Israel lo negó"
        own |= {t for c in children(above, "conj", "parataxis") if has_subject(c) for t in c.subtree}
        return _bounds([t for t in above.subtree if t not in own])
    rest = [t for t in above.subtree if t not in own]
    after = [t for t in rest if t.i > noun.i]
    return _bounds(after if after and after[-1].i - noun.i > 3 else rest)


def _bounds(words: list[Token]) -> tuple[int, int] | None:
    kept = [t for t in words if not t.is_space]
    while kept and kept[0].is_punct:
        kept = kept[1:]
    while kept and kept[-1].is_punct:
        kept = kept[:-1]
    return (kept[0].i, kept[-1].i + 1) if kept else None
