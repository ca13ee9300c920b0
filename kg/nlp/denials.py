"""Denials of what was told just before: "…, a rights group said, but the army denied it", "Kyiv denied this."

Such a denial has no content of its own: it takes up the claim of the clause or sentence before, which is
told once more, denied by who denies it.  Only what somebody says, or what is rumoured to have happened, is
taken up; across sentences only where those who deny it, or those they speak for, take part in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kg.linking.actors import load_actors
from kg.nlp.arguments import mentions_of
from kg.nlp.codebook import load_codebook
from kg.nlp.first_person import spoken_for
from kg.nlp.frames import frame
from kg.nlp.governors import content_status
from kg.nlp.matching import match
from kg.nlp.references import evidence
from kg.nlp.sayings import Saying
from kg.nlp.slots import Frame
from kg.nlp.syntax import children, first_word, is_in, lang_of, word_list
from kg.types import Claim, Evidence, Mention, claim_id

Told = tuple[Token, Claim]


def denials(doc: Doc, told: Sequence[Told]) -> list[Told]:
    """The claims that words of denial take up, each with its word; ``told`` are all claims so far."""
    found = []
    for token in doc:
        if _denies(token) and _points_back(built := frame(token)):
            by = mentions_of(doc, built.get("subj"))
            found += [(token, claim) for claim in _taken_up(doc, token, by, told)]
    for saying, word, _ in rejections(doc):
        if any(_is_pointer(head) for head in doc[saying.start : saying.end]):
            found += [(word, claim) for claim in _taken_up(doc, word, saying.speaker, told)]
    for verb in doc:
        if _calls_baseless(verb):
            by = mentions_of(doc, frame(verb).get("subj"))
            found += [(verb, claim) for claim in _taken_up(doc, verb, by, told)]
    unique = {(claim.id, tuple(m.ref for m in claim.attributed_to)): (word, claim) for word, claim in found}
    return list(unique.values())


def _calls_baseless(verb: Token) -> bool:
    """Whether a verb says of what was just said that there is nothing in it: "called the claim baseless"."""
    objects = [head for head in children(verb, "obj", "nsubj") if head.i > verb.i and _is_pointer(head)]
    if verb.pos_ != "VERB" or not objects or any(is_in(c, "status", "negation") for c in verb.children):
        return False
    words = [t.lower_ for t in verb.subtree if t.i > objects[0].i and not t.is_punct]
    phrases = word_list(lang_of(verb), "status", "rejection", "phrases")
    return any(f" {phrase} " in f" {' '.join(words)} " for phrase in phrases)


def rejections(doc: Doc) -> Iterator[tuple[Saying, Token, str]]:
    """Sayings that call what was said baseless, each with the word and the phrase by which they do."""
    listed = sorted(word_list(doc.user_data["lang"], "status", "rejection", "phrases"))
    for saying in doc._.sayings:
        words = doc[saying.start : saying.end]
        text = " ".join(t.lower_ for t in words if not t.is_punct and not t.is_space)
        found = next((phrase for phrase in listed if f" {phrase} " in f" {text} "), None)
        if found is not None:
            telling = (t for t in words if t.lower_ in found.split() and t.pos_ in {"VERB", "ADJ", "NOUN"})
            yield saying, next(telling, doc[saying.start]), found


def _denies(verb: Token) -> bool:
    matched = match(verb) if verb.pos_ == "VERB" else None
    denied = matched is not None and matched[0].content_status == "denied"
    joined = [verb.head] if any(is_in(c, "clauses", "disjunctive") for c in children(verb, "cc")) else []
    words = [child for word in (verb, *joined) for child in word.children]
    return denied and not any(is_in(child, "status", "negation") for child in words)


def _taken_up(doc: Doc, verb: Token, by: Sequence[Mention], told: Sequence[Told]) -> Iterator[Claim]:
    if not by:
        return
    open_to_doubt = [(word, claim) for word, claim in told if word.i < verb.i and _is_doubtful(claim, by)]
    here = [claim for word, claim in open_to_doubt if word.sent == verb.sent]
    before = _sentence_before(verb)
    meant = here if _is_behind(verb) else []
    if not meant and before is not None:
        meant = [claim for word, claim in open_to_doubt if word.sent == before and _is_about(doc, by, claim)]
    if len({tuple(m.evidence.start for m in claim.role("actor")) for claim in meant}) == 1:
        yield from (_denied(doc, verb, claim, by) for claim in meant)


def _is_behind(verb: Token) -> bool:
    """Whether a word of denial stands in a clause behind the one it denies, not in the main clause."""
    clause = verb
    while clause.dep_ in {"ccomp", "xcomp", "advmod", "amod"} and clause.head != clause:
        clause = clause.head  # "menyebut laporan itu tidak berdasar"
    return clause.dep_ != "ROOT"


def _points_back(built: Frame) -> bool:
    """Whether what is denied is not told by the verb's own clause: "it", "that accusation", or nothing."""
    if built.get("comp", "purpose", "adverbial"):
        return False
    clause = built.predicate
    if clause.dep_ in {"acl", "acl:relcl"} and clause.head in built.get("obj"):
        if content_status(clause.head) in {"alleged", "denied"}:
            return not _has_own_content(clause.head, clause)  # "…, a charge that Beijing denied"
        apart = clause.doc[first_word(clause) - 1].is_punct  # "…, which Moscow denies"
        return apart or is_in(clause.head, "pronouns", "matter")
    return all(_is_pointer(head) for head in built.get("obj", "against", "about"))


def _is_pointer(head: Token) -> bool:
    if any(is_in(head, "pronouns", name) for name in ("thing", "clitic", "matter")):
        return True
    known = any(is_in(child, "pronouns", "demonstrative") for child in head.children)
    return known and not _has_own_content(head) and content_status(head) in {"alleged", "denied"}


def _has_own_content(noun: Token, beside: Token | None = None) -> bool:
    """Whether an accusation or report says itself, or by whose it is, which one is meant."""
    told = children(noun, "nmod", "nmod:poss", "acl", "acl:relcl", "amod", "appos", "ccomp")
    return any(child != beside for child in told)


def _is_doubtful(claim: Claim, by: Sequence[Mention]) -> bool:
    """Whether a claim tells an event that others than those who deny it say has happened."""
    relation = load_codebook().relations.get(claim.relation)
    event = claim.event_type is not None and (relation is None or relation.content_status is None)
    said = bool(_who(claim.attributed_to) - _who(by)) or claim.modality == "alleged"
    return event and said and claim.polarity == "affirmed" and claim.modality in {"actual", "alleged"}


def _who(mentions: Sequence[Mention]) -> set[str]:
    """Who they are: countries for their organs, words for those who are not known."""
    return {load_actors().state(m.ref) if m.ref else m.evidence.quote for m in mentions}


def _is_about(doc: Doc, by: Sequence[Mention], claim: Claim) -> bool:
    """Whether those who deny a claim, or those they speak for, take part in it."""
    actors = load_actors()
    deny = {m.ref for m in by if m.ref}
    deny |= {body[1] for m in by if (body := spoken_for(doc, m, actors)) is not None}
    parties = _who([m for m in (*claim.role("actor"), *claim.role("recipient")) if m.ref])
    return not parties.isdisjoint(actors.state(ref) for ref in deny)


def _sentence_before(verb: Token) -> Span | None:
    before = verb.sent.start - 1
    while before > 0 and verb.doc[before].is_space:
        if "\n\n" in verb.doc[before].text:
            return None  # another paragraph
        before -= 1
    return verb.doc[before].sent if before >= 0 else None


def _denied(doc: Doc, verb: Token, claim: Claim, by: Sequence[Mention]) -> Claim:
    words = [token for token in verb.sent if not token.is_space]
    text: str = doc.user_data["text"]
    end = words[-1].idx + len(words[-1])
    start = min(claim.evidence.start, words[0].idx)
    told = Evidence(article_id=claim.article_id, start=start, end=end, quote=text[start:end])
    trigger = evidence(doc, verb.i, verb.i + 1)
    return replace(
        claim,
        id=claim_id(claim.article_id, claim.relation, claim.roles, "negated", "actual", told, trigger),
        polarity="negated",
        modality="actual",
        attributed_to=tuple(by),
        evidence=told,
        trigger=trigger,
        cue=verb.text,
    )
