"""Where what is known outweighs the model: listed names, verbs told by their form or their dependents."""

from __future__ import annotations

from itertools import pairwise, product

from spacy.tokens import Doc, Span, Token

from kg import ontologies
from kg.linking.actors import load_actors
from kg.nlp.morphology import fold
from kg.nlp.speech import is_speech, quotations
from kg.nlp.syntax import (
    according_cue,
    children,
    compound_preposition,
    first_word,
    has_preposition,
    is_in,
    is_joined,
    lang_of,
    word_list,
)

_CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "advcl", "acl", "acl:relcl"})
#: What small words are to the word they belong to.
_OF_WORDS = frozenset({"aux", "aux:pass", "case", "mark", "cc", "discourse"})
#: What the predicate of a clause has below it and the name of a thing or person has not.
_OF_CLAUSES = frozenset({"nsubj", "obj", "cop", "mark", "aux", "obl", "advmod"})


def subject_meets_object(doc: Doc) -> bool:
    """Whether in the language of a document subject and object may stand side by side."""
    order = ontologies.language(doc.user_data["lang"], "clauses")
    return bool(order.get("verb_first", False) or order.get("verb_last", False))


def listed_names(doc: Doc) -> list[Span]:
    """The names in a document that the actor list knows, in the order of the text; no demonyms."""
    found = load_actors().find(doc.user_data["text"], doc.user_data["lang"])
    spans = [
        doc.char_span(m.start, m.end, m.ids[0], alignment_mode="expand")
        for m in found
        if m.kind in {"name", "metonym"}
    ]
    return [span for span in spans if span is not None]


def names_apart(doc: Doc) -> list[tuple[int, int]]:
    """Pairs of words of two listed names side by side, of which neither may hang on the other.

    Only in languages whose subject and object meet before or behind the verb: "قصفت تركيا سوريا".
    """
    if not subject_meets_object(doc):
        return []
    return [
        pair
        for first, second in pairwise(listed_names(doc))
        if first.end == second.start and first.label_ != second.label_
        for pair in product(range(first.start, first.end), range(second.start, second.end))
    ]


def correct(doc: Doc) -> None:
    """Change tags, labels and heads of a parsed document that cannot be right."""
    for name in listed_names(doc):
        root = name.root
        if root.dep_ == "flat" and root.head.pos_ == "NOUN" and name.label_.startswith("country/"):
            root.dep_ = "nmod"  # "pemberontak Suriah": Syria is no name of the rebels
        alone = not any(not child.is_punct for child in root.children)
        if len(name) == 1 and (root.dep_ in _OF_WORDS or (root.dep_ in _CLAUSES and alone)):
            _read_as_name(root)
    for token in doc:
        if is_joined(token):
            token.head.pos_ = "VERB"
        if token.dep_ in {"nmod", "obl"} and (inner := _behind_preposition(token)) is not None:
            inner.head = token
        if token.dep_ in {"nsubj", "obj"} and _is_conjunction(token):
            token.dep_ = "mark"
        if (subject := _subject_behind_conjunction(token)) is not None:
            for conjunction in children(subject, "case"):
                conjunction.head, conjunction.dep_ = token, "mark"
            subject.head, subject.dep_, token.dep_ = token, "nsubj", "advcl"
        if token.pos_ == "ADP" and token.dep_ in {"nsubj", "obj", "iobj"}:
            token.pos_ = "NOUN"
        if token.pos_ == "NOUN" and token.dep_ in _CLAUSES and (_has_object(token) or _is_infinitive(token)):
            token.pos_ = "VERB"
        elif token.pos_ == "PROPN" and token.dep_ == "xcomp" and _is_object(token):
            token.dep_ = "obj"
        elif (clause := _spoken_of(token)) is not None:
            token.head, token.dep_ = clause, "parataxis"
        elif token.dep_ == "obj" and _is_afterthought(token):
            token.dep_ = "parataxis"
        if (clause := _clause_between(token)) is not None:
            children(token, "nsubj")[0].head, clause.dep_ = clause, "ccomp"
        if token.dep_ == "obl" and (subject := _subject_behind_source(token)) is not None:
            subject.head, subject.dep_ = token.head, "nsubj"
    for start, end in quotations(doc):
        for token in doc[end : doc[end - 1].sent.end]:
            if (verb := _speaking(token, start, end)) is not None:
                token.head = verb


def _spoken_of(verb: Token) -> Token | None:
    """The clause of which a verb of speech behind it says who says so: "shot two men, a group claimed".

    Parsers take it for a relative clause of the noun before the comma.
    """
    if verb.dep_ not in {"acl", "acl:relcl"} or not is_speech(verb):
        return None
    first = first_word(verb)
    subjects = [c for c in children(verb, "nsubj") if c.i < verb.i and not is_in(c, "pronouns", "relative")]
    if not children(verb, "nsubj") and (subject := _subject_beside(verb)) is not None:
        subject.head = verb
        subjects = [subject]
    apart = verb.head.i < first and verb.doc[first - 1].is_punct
    told = any(c.dep_ in {"mark", "obj", "obl", "ccomp", "xcomp"} for c in verb.children)
    if not subjects or not apart or told:
        return None
    return next((word for word in verb.head.ancestors if word.pos_ in {"VERB", "AUX"}), None)


def _subject_beside(verb: Token) -> Token | None:
    """The noun between a comma and a verb of speech that hangs on the verb before."""
    for above in verb.ancestors:
        for noun in children(above, "nsubj"):
            first = noun.left_edge.i
            beside = above.i < first and noun.right_edge.i == verb.i - 1 and verb.doc[first - 1].is_punct
            if beside and len(children(above, "nsubj", "nsubj:pass")) > 1:
                return noun
    return None


def _clause_between(verb: Token) -> Token | None:
    """What is said, where its subject hangs on the verb of speech: "Troops withdrew, Khartoum said"."""
    subjects = children(verb, "nsubj")
    if len(subjects) != 2 or subjects[1].i > verb.i or not is_speech(verb):
        return None
    for clause in children(verb, "advcl", "ccomp", "parataxis"):
        between = subjects[0].i < clause.i < subjects[1].i
        if between and not any(c.dep_ in {"nsubj", "nsubj:pass", "mark"} for c in clause.children):
            return clause
    return None


def _subject_behind_source(source: Token) -> Token | None:
    """The subject that hangs on who says so, across a comma: "Menurut laporan Reuters, Mesir memasok …"."""
    verb = source.head
    if verb.i < source.i or children(verb, "nsubj", "nsubj:pass") or according_cue(source) is None:
        return None
    for noun in children(source, "nmod", "appos", "flat", "conj"):
        first = noun.left_edge.i
        bare = not any(child.dep_ in {"case", "cc"} for child in noun.children)
        if source.i < first and noun.doc[first - 1].text == "," and bare and noun.right_edge.i < verb.i:
            return noun
    return None


def _is_afterthought(noun: Token) -> bool:
    """Whether a second object behind a comma says more of the clause: "…, a charge that Beijing denied"."""
    before = [other for other in children(noun.head, "obj") if other.i < noun.i]
    first = noun.left_edge.i
    return bool(before) and noun.doc[first - 1].text == "," and bool(children(noun, "acl:relcl"))


def _speaking(word: Token, start: int, end: int) -> Token | None:
    """The verb of speech that a clause behind a quotation belongs to, where it hangs on what is quoted.

    "'…,' kata Marcos, seraya meminta Jepang mengirim kapal": who asks Japan is Marcos.
    """
    if not start <= word.head.i < end:
        return None
    if word.dep_ == "nsubj":  # "'We are ready,' Minister Sybiha said."
        after = word.right_edge.i + 1
        verb = word.doc[after] if after < word.sent.end else word
        return verb if is_speech(verb) and not children(verb, "nsubj") and verb.head != word else None
    if word.dep_ not in {"advcl", "conj"}:
        return None
    between = [t for t in word.doc[end : first_word(word)] if is_speech(t) and t.pos_ == "VERB"]
    return between[-1] if between else None


def _read_as_name(name: Token) -> None:
    """Make a name that the model takes for a small word or a clause of its own a noun of its clause."""
    verb = name.head
    name.pos_ = "PROPN"
    before = name.i < verb.i
    if verb.pos_ == "VERB" and not children(verb, "nsubj", "nsubj:pass") and before:
        name.dep_ = "nsubj"
    elif verb.pos_ == "VERB" and not children(verb, "obj") and not before:
        name.dep_ = "obj"
    else:
        name.dep_ = "nmod" if verb.pos_ in {"NOUN", "PROPN"} else "obl"


def _has_object(noun: Token) -> bool:
    """Only verbs have one: "İran'ın Irak'a saldırdığını söyledi"."""
    return bool(children(noun, "obj")) and not children(noun, "cop")


def _is_infinitive(noun: Token) -> bool:
    """Whether a word is an infinitive behind a preposition: "acusa a Colombia de apoyar …"."""
    ends = tuple(word_list(lang_of(noun), "clauses", "infinitive"))
    return bool(ends) and fold(noun.text).endswith(ends) and has_preposition(noun)


def _is_object(name: Token) -> bool:
    """Whether a bare name behind a verb without an object says whom the verb strikes, not what it is."""
    verb = name.head
    bare = not any(child.dep_ in _OF_CLAUSES for child in name.children)
    return bare and verb.pos_ == "VERB" and verb.i < name.i and not children(verb, "obj")


def _is_conjunction(word: Token) -> bool:
    """Whether a word that may be a pronoun too opens a clause which is no relative one: "waar dat Iran …"."""
    clause = word.head
    if not (is_in(word, "clauses", "complement") and is_in(word, "pronouns", "relative")):
        return False
    first = next(t for t in clause.subtree if t.dep_ != "dep")  # words that were not read hang before it
    told = clause.dep_ in {"ccomp", "csubj"} or len(children(clause, "nsubj")) > 1
    return told and word == first


def _subject_behind_conjunction(verb: Token) -> Token | None:
    """The noun right before a clause's verb that hangs above it, by a word which is a conjunction here.

    "Rusia lakukan pertemuan hingga Kim dapat surat": "hingga" is a preposition elsewhere.
    """
    if verb.dep_ not in {"ccomp", "advcl"} or verb.i == 0 or children(verb, "nsubj", "nsubj:pass", "mark"):
        return None
    noun = verb.nbor(-1)
    while noun.dep_ == "flat" and noun.head.i < noun.i:
        noun = noun.head
    above = noun.dep_ in {"nmod", "obl"} and noun.right_edge.i == verb.i - 1 and verb.head.is_ancestor(noun)
    listed = any(is_in(child, "clauses", "circumstance") for child in children(noun, "case"))
    return noun if above and listed and noun.pos_ in {"NOUN", "PROPN"} else None


def _behind_preposition(noun: Token) -> Token | None:
    """The noun behind a preposition of several words that hangs beside it: Iran in "da parte dell'Iran"."""
    after = noun.i + 1
    beside = (t for t in noun.head.children if t.dep_ in {"nmod", "obl"} and t.left_edge.i == after)
    return next((t for t in beside if compound_preposition(noun, t)), None)
