"""Coreference: pronouns, demonstratives, "both", and roles without a name.

Simple salience in the tradition of Hobbs (1978) and Lappin & Leass (1994), with word lists per
language: subjects before others, near before far, never across a paragraph too far.  A wrong link
costs more than a missing one, so nothing is linked that has two equal candidates.  Every link says
why in ``reason``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rapidfuzz import fuzz
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg import ontologies
from kg.linking.actors import Actors, load_actors
from kg.linking.titles import titles
from kg.nlp.references import HeldRole, Reference
from kg.nlp.syntax import is_in, lang_of

#: How many sentences back a pronoun or a demonstrative may point.
REACH = 3
#: Similarity (0 to 100) from which two titles of one country are the same with a misspelling.
SAME_TITLE = 88
_NAME = frozenset({"actor list", "model", "misspelling", "short form of the name", "abbreviation", "role"})


@Language.factory(
    "kg_coreference", assigns=["doc._.references"], requires=["doc._.references", "doc._.roles", "token.dep"]
)
class Coreference:
    """Gives roles without a name, pronouns and demonstratives the entity they stand for."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.actors = load_actors()

    def __call__(self, doc: Doc) -> Doc:
        references = [_named_role(doc, r, self.actors) if r.reason == "role" else r for r in doc._.references]
        inside = {i for r in references for i in range(r.start, r.end)}
        history: list[Reference] = []
        queue = sorted(references, key=lambda r: r.start)
        for token in doc:
            while queue and queue[0].start <= token.i:
                history.append(queue.pop(0))
            if token.i in inside or token.is_space:
                continue
            history.extend(_linked(doc, token, history))
        doc._.references = tuple(sorted(history, key=lambda r: (r.start, r.end)))
        return doc


def _named_role(doc: Doc, reference: Reference, actors: Actors) -> Reference:
    """A role without a name: who held it in this article, else who held it on its date."""
    role = next(r for r in doc._.roles if r.person is None and r.start == reference.start)
    wanted = _of(role)
    holders = {
        other.person.ref
        for other in doc._.roles
        if other.person is not None
        and other.person.ref
        and (
            (_of(other) == wanted and _same_title(doc, other, role))
            or (wanted is None and other.title == role.title)
        )
    }
    if len(holders) == 1:
        return replace(reference, ref=holders.pop(), score=0.9)
    if wanted is not None and not holders:
        listed = actors.role_holders(role.title, wanted, doc.user_data.get("date"))
        if len(listed) == 1:
            return replace(reference, ref=listed[0], score=0.8)
    if role.of is not None and role.of.type == "Country" and not _past(doc, role):
        # An office without a known holder acts for its country, as in CAMEO's actor codes.
        return replace(reference, type="Country", ref=role.of.ref, score=0.7, reason="body")
    return reference


def _past(doc: Doc, role: HeldRole) -> bool:
    """Whether the title was held once, or is only a candidate's."""
    words = {word.casefold() for word in role.title.split()}
    return bool(words & {"former", "ex", "late", "elect", "designate"})


def _of(role: HeldRole) -> str | None:
    return role.of.ref if role.of is not None else None


def _same_title(doc: Doc, one: HeldRole, other: HeldRole) -> bool:
    if one.title == other.title and one.title not in titles(doc.user_data["lang"]):
        return True
    left, right = (doc[r.start : r.end].text.casefold() for r in (one, other))
    # The held role may go on with the name: compare as far as the shorter one reaches.
    left, right = left[: len(right) + 2], right[: len(left) + 2]
    return one.title == other.title or fuzz.ratio(left, right) >= SAME_TITLE


def _linked(doc: Doc, token: Token, history: list[Reference]) -> list[Reference]:
    """The references that a word makes by pointing back, if any."""
    if is_in(token, "pronouns", "person"):
        return _made(token, token, _person(token, history), "pronoun")
    if is_in(token, "pronouns", "clitic"):
        return _made(token, token, _clitic(token, history), "pronoun")
    if is_in(token, "pronouns", "thing"):
        return _made(token, token, _thing(token, history), "pronoun")
    if is_in(token, "pronouns", "both"):
        return _both(token, token, None, history)
    for type, nouns in ontologies.language(lang_of(token), "pronouns").get("nouns", {}).items():
        if token.lower_ in nouns:
            if _both_of(token) and not _owned(token):
                first = min([*token.children, token], key=lambda t: t.i)
                return _both(first, token, type, history)
            if any(is_in(child, "pronouns", "demonstrative") for child in token.children) and not _owned(
                token
            ):
                first = min(
                    [token, *(c for c in token.children if is_in(c, "pronouns", "demonstrative"))], key=_index
                )
                last = max(
                    [token, *(c for c in token.children if is_in(c, "pronouns", "demonstrative"))], key=_index
                )
                return _made(first, last, _latest(token, history, type), "demonstrative")
    return []


def _both_of(noun: Token) -> bool:
    """Whether a noun means two that are known: "kedua negara", "the two countries"."""
    known = any(is_in(child, "pronouns", "demonstrative") for child in noun.children)
    return any(
        is_in(child, "pronouns", "both_of") or (known and is_in(child, "pronouns", "two"))
        for child in noun.children
    )


def _index(token: Token) -> int:
    return token.i


def _owned(noun: Token) -> bool:
    """Whether the noun says itself which one it means ("the country of Syria", "negara anggota itu")."""
    return any(
        child.dep_ in {"nmod", "nmod:poss", "compound", "flat", "acl:relcl", "amod"}
        for child in noun.children
    )


def _made(first: Token, last: Token, target: Reference | None, reason: str) -> list[Reference]:
    if target is None or target.ref is None:
        return []
    made = Reference(
        start=first.i,
        end=last.i + 1,
        type=target.type,
        ref=target.ref,
        score=target.score * 0.8,
        reason=reason,
    )
    return [made]


def _sentence(token: Token) -> int:
    """The number of the sentence a word stands in."""
    numbers: dict[int, int] = token.doc.user_data.setdefault("sentence_numbers", {})
    if not numbers:
        for number, sentence in enumerate(token.doc.sents):
            numbers.update((word.i, number) for word in sentence)
    return numbers[token.i]


def _near(token: Token, history: list[Reference], fits: Callable[[Reference], bool]) -> list[Reference]:
    """Fitting references not too far back, the nearest first."""
    here = _sentence(token)
    return [
        r
        for r in reversed(history)
        if r.ref and fits(r) and r.start < token.i and here - _sentence(token.doc[r.start]) <= REACH
    ]


def _is_subject(doc: Doc, reference: Reference) -> bool:
    words = [doc[i] for i in (*range(reference.start, reference.end), *reference.covers)]
    return any(word.dep_ in {"nsubj", "nsubj:pass", "obl:agent"} for word in words)


def _within_title(doc: Doc, reference: Reference) -> bool:
    """Whether a country only says what a title is of ("Presiden Rusia")."""
    return any(role.of is not None and role.of.start == reference.start for role in doc._.roles)


def _person(token: Token, history: list[Reference]) -> Reference | None:
    """Whom he, she or -nya means: the subject of the nearest clause before it that has a person."""
    doc = token.doc
    near = _near(token, history, lambda r: r.type == "Person")
    if not near:
        return None
    subjects = [r for r in near if _is_subject(doc, r)]
    own = [r for r in subjects if _sentence(doc[r.start]) == _sentence(token)]
    for candidates in (own, subjects, near):
        latest = candidates[:1]
        if latest:
            nearest = _sentence(doc[latest[0].start])
            same = {r.ref for r in candidates if _sentence(doc[r.start]) == nearest}
            return latest[0] if len(same) == 1 or candidates is not near else None
    return None


def _clitic(token: Token, history: list[Reference]) -> Reference | None:
    """What a clitic means: the subject before it in the sentence, or with a word of speech the last person.

    It also marks the definite ("berakhirnya"), so without a clear subject it means nobody.
    """
    if token.dep_ in {"obl", "nsubj"}:
        return _person(token, history)
    return _thing(token, history) if token.dep_ in {"nmod:poss", "nmod", "obj"} else None


def _thing(token: Token, history: list[Reference]) -> Reference | None:
    """What it and its mean: the only subject before it in the same sentence."""
    kinds = {"Country", "Organization", "Group", *(("Person",) if is_in(token, "pronouns", "clitic") else ())}
    subjects = [
        r
        for r in _near(token, history, lambda r: r.type in kinds)
        if _sentence(token.doc[r.start]) == _sentence(token) and _is_subject(token.doc, r)
    ]
    return subjects[0] if len({r.ref for r in subjects}) == 1 else None


def _latest(token: Token, history: list[Reference], type: str) -> Reference | None:
    """The nearest reference of a type that does not merely belong to a title."""
    near = [r for r in _near(token, history, lambda r: r.type == type) if not _within_title(token.doc, r)]
    return near[0] if near else None


def _both(first: Token, last: Token, type: str | None, history: list[Reference]) -> list[Reference]:
    """Two references for "both": of the nearest sentence before that names two of a kind.

    Two that are coordinated come first, then two persons, then two countries.
    """
    doc = first.doc
    near = _near(
        first, history, lambda r: r.type == type or (type is None and r.type in {"Person", "Country"})
    )
    for number in sorted({_sentence(doc[r.start]) for r in near}, reverse=True):
        named = [r for r in reversed(near) if _sentence(doc[r.start]) == number]
        again = {r.ref: r for r in named if r.reason == "both"}
        pair = tuple(again.values()) if len(again) == 2 else _pair_in(doc, named, type)
        if pair is not None:
            return [made for target in pair for made in _made(first, last, target, "both")]
    return []


def _pair_in(doc: Doc, named: list[Reference], type: str | None) -> tuple[Reference, ...] | None:
    """The two that a sentence is about: one is a subject, or ``type`` says what they are."""
    for left in named:
        for right in named:
            about = type is not None or _is_subject(doc, left)
            if (
                left.start < right.start
                and left.ref != right.ref
                and left.type == right.type
                and about
                and _joined(doc, left, right)
            ):
                return left, right
    for kind in ("Person", "Country") if type is None else (type,):
        first_of = {r.ref: r for r in reversed(named) if r.type == kind}
        pair = sorted(first_of.values(), key=lambda r: r.start)
        if len(pair) == 2 and (type is not None or any(_is_subject(doc, r) for r in pair)):
            return tuple(pair)
    return None


def _joined(doc: Doc, left: Reference, right: Reference) -> bool:
    """Whether two references are coordinated: "Rusia dan Korea Utara"."""
    head = doc[right.start : right.end].root
    return head.dep_ == "conj" and left.has(head.head.i)
