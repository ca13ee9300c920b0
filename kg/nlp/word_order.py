"""Where the order of words outranks the tree: parsers hang subjects and objects on the wrong verb.

What a language puts where stands in ``clauses.toml``: ``verb_first``, ``verb_last``, ``object_after_verb``,
``bare_agent``.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg import ontologies
from kg.nlp.syntax import children, conjuncts, has_preposition, is_in, lang_of, preposition_classes

SUBJECTS = frozenset({"nsubj", "csubj"})
PATIENTS = frozenset({"nsubj:pass", "csubj:pass"})


def strays(subject: Token) -> bool:
    """Whether a subject stands inside a clause before its verb: "Setelah Musk mengkritik …, Trump mengancam".

    Parsers at times hang it on the main verb, across the clause it belongs to.
    """
    return subject.dep_ in SUBJECTS and any(
        mark.i < subject.i < clause.i
        for clause in children(subject.head, "advcl")
        for mark in children(clause, "mark")
    )


def dropped(clause: Token) -> list[Token]:
    """Subjects of the verb above that hang on the clause behind it: "said Iran that Israel attacked"."""
    marks = children(clause, "mark") if clause.dep_ == "ccomp" and verb_first(clause) else []
    return [c for c in children(clause, "nsubj") if marks and clause.head.i < c.i < marks[0].i < clause.i]


def strayed_into(clause: Token) -> list[Token]:
    """The subjects of a clause that hang on the verb above it, or on the clause below it."""
    below = [subject for inner in children(clause, "ccomp") for subject in dropped(inner)]
    marks = children(clause, "mark") if clause.dep_ == "advcl" else []
    return below + [
        child
        for child in (clause.head.children if marks else ())
        if child.dep_ in SUBJECTS and marks[0].i < child.i < clause.i
    ]


def verb_first(verb: Token) -> bool:
    """Whether the language puts verb, subject, object in this order."""
    return bool(ontologies.language(lang_of(verb), "clauses").get("verb_first", False))


def verb_last(verb: Token) -> bool:
    """Whether subject and object may both stand before the verb, in this order ("dat Iran India aanviel")."""
    return bool(ontologies.language(lang_of(verb), "clauses").get("verb_last", False))


def on_auxiliary(verb: Token) -> list[Token]:
    """Subjects that parsers hang on an auxiliary far from its verb ("Iran heeft gisteren … ingesteld")."""
    auxiliaries = children(verb, "aux") if verb_last(verb) else []
    return [subject for auxiliary in auxiliaries for subject in children(auxiliary, "nsubj")]


def name_behind_name(verb: Token, subject: Token) -> list[Token]:
    """Names that parsers take for a part of the subject and that are the object of a verb behind both."""
    if not (verb_last(verb) and subject.i < verb.i):
        return []
    begun = {reference.start for reference in subject.doc._.references}
    parts = [part for part in children(subject, "flat") if subject.i < part.i < verb.i]
    return [part for part in parts if part.i in begun] if subject.i in begun else []


def slot_before_verb(noun: Token, verb: Token) -> str | None:
    """``subj`` or ``obj`` for a bare noun before an active verb at the end of its clause, if order tells it.

    Of two nouns with one label the first is the subject; behind a relative pronoun that is taken for a
    conjunction ("Noorwegen, dat Oekraïne steunt") the only one is the object.
    """
    if not verb_last(verb) or noun.i > verb.i or has_preposition(noun):
        return None
    label = (noun.dep_,) if noun.dep_ == "obj" else ("nsubj", "nsubj:pass")
    moved = on_auxiliary(verb)
    like = [c for c in children(verb, *label) if c.i < verb.i and not has_preposition(c)]
    if noun.dep_ != "obj":
        like = [*moved, *like]
    subjects, objects = [*moved, *children(verb, *SUBJECTS)], children(verb, "obj")
    marks = children(verb, "mark")
    if noun.dep_ in {"nsubj", "nsubj:pass"}:
        if verb.dep_ == "acl:relcl" and marks and is_in(marks[0], "pronouns", "relative") and not objects:
            return "obj" if len(like) == 1 else None
        return "obj" if noun != like[0] and not objects else None
    finite = verb.dep_ in {"ROOT", "ccomp", "advcl", "parataxis"} and all(m.pos_ == "SCONJ" for m in marks)
    if noun.dep_ == "obj" and finite and not subjects and len(like) > 1:
        return "subj" if noun == like[0] else None
    return None


def is_first_of_two(noun: Token, verb: Token) -> bool:
    """Whether of two bare objects behind a verb without a subject a noun is the first, and so the subject."""
    if not verb_first(verb) or noun.dep_ != "obj" or children(verb, *SUBJECTS):
        return False
    bare = [c for c in children(verb, "obj") if c.i > verb.i and not has_preposition(c)]
    return len(bare) > 1 and noun == bare[0]


def behind_subject(verb: Token, subject: Token) -> Iterator[tuple[str, list[Token]]]:
    """What parsers hang on a subject behind its verb although it belongs to the verb: "hosted Oman Yemen".

    Slots with the heads that fill them.
    """
    references = subject.doc._.references
    own = {i for r in references if r.start <= subject.i < r.end for i in range(r.start, r.end)}
    parts = [
        part
        for part in subject.subtree
        if part.dep_ in {"flat", "amod"} and part.pos_ == "PROPN" and part.i > subject.i and part.i not in own
    ]
    if own and not children(verb, "obj"):
        yield "obj", [part for part in parts if any(r.start == part.i for r in references)]
    for inner in children(subject, "nmod", "obl"):
        if inner.i > subject.i and has_preposition(inner):
            for name in preposition_classes(inner) & {"to", "from", "with", "against"}:
                yield f"obj.{name}", conjuncts(inner)


def is_bare_agent(noun: Token, verb: Token) -> bool:
    """Whether a bare noun right behind a passive verb says who does it: "ditahan penjaga pantai"."""
    if not ontologies.language(lang_of(verb), "clauses").get("bare_agent", False):
        return False
    bare = noun.pos_ in {"NOUN", "PROPN"} and not any(
        c.dep_ in {"case", "cop", "mark"} for c in noun.children
    )
    patients = [c for c in children(verb, "nsubj:pass") if c.i < verb.i]
    return bare and noun.i == verb.i + 1 and bool(patients)


def is_subject_by_order(noun: Token, verb: Token) -> bool:
    """Whether a noun before an active verb must be its subject ("mendesak Israel mengirim …")."""
    ordered = ontologies.language(lang_of(verb), "clauses").get("object_after_verb", False)
    bare = noun.pos_ in {"NOUN", "PROPN"} and not children(verb, "nsubj", "csubj")
    return bool(ordered) and bare
