"""Reading Universal Dependencies trees: word lists, phrases, coordination, prepositions, voice."""

from __future__ import annotations

import functools

from spacy.tokens import Token

from kg import ontologies
from kg.nlp.morphology import cases, fold, keys, passive_form

#: Dependents that belong to another clause or phrase, and so not to the phrase of a noun itself.
_OUTSIDE = frozenset(
    {"acl:relcl", "acl", "conj", "cc", "punct", "parataxis", "advcl", "appos", "discourse", "dep"}
)


#: Signs that join two names: "Rusia-Amerika Serikat".
DASHES = frozenset({"-", "–", "‑", "/"})


@functools.cache
def word_list(lang: str, file: str, *keys: str) -> frozenset[str]:
    """A casefolded word list of a language: ``word_list("id", "status", "negation")``."""
    value = ontologies.language(lang, file)
    for key in keys:
        value = value.get(key, {})
    return frozenset(fold(word) for word in value)


def lang_of(token: Token) -> str:
    """The language of the document a token stands in."""
    return str(token.doc.user_data["lang"])


def is_in(token: Token, file: str, *keys: str) -> bool:
    """Whether the token stands in a word list of its language."""
    return fold(token.text) in word_list(lang_of(token), file, *keys)


def is_form_of(token: Token, file: str, *path: str) -> bool:
    """Whether the token is a form of a word in a list of its language."""
    return not keys(token.text, lang_of(token)).isdisjoint(_forms(lang_of(token), file, *path))


@functools.cache
def _forms(lang: str, file: str, *path: str) -> frozenset[str]:
    """The keys of all words of a list."""
    return frozenset().union(*(keys(word, lang) for word in word_list(lang, file, *path)))


def children(token: Token, *labels: str) -> list[Token]:
    """The dependents with one of these labels, in the order of the text."""
    return [child for child in token.children if child.dep_ in labels]


def conjuncts(head: Token) -> list[Token]:
    """The word and all that is coordinated with it, by a conjunction or by a dash ("Rusia-AS")."""
    found = [head]
    for child in head.children:
        dashed = child.dep_ in {"appos", "flat"} and child.i and child.nbor(-1).text in DASHES
        if child.dep_ == "conj" or dashed:
            found.extend(conjuncts(child))
        elif child.dep_ == "flat":  # parsers hang the next person on a part of the name before
            found.extend(conjuncts(child)[1:])
    return found


def counted(noun: Token) -> Token:
    """The noun that a noun of quantity counts: sanctions for "a number of sanctions", else itself."""
    if is_in(noun, "clauses", "quantity"):
        for child in noun.children:
            if child.dep_ in {"nmod", "obl"} and child.pos_ in {"NOUN", "PROPN"} and child.i > noun.i:
                return counted(child)
    return noun


def counting(noun: Token) -> Token:
    """The noun of quantity above a noun, else itself: it holds the noun's place in the clause."""
    above = noun.head
    return counting(above) if above != noun and counted(above) == noun else noun


def phrase(head: Token) -> list[Token]:
    """The words of a noun phrase without clauses, coordination and its preposition."""
    found = [head]
    for child in head.children:
        if (
            child.dep_ in _OUTSIDE
            or child.is_space
            or (child.dep_ in {"case", "mark", "cop"} and child.head == head)
            or _of_preposition(child)
        ):
            continue
        found.extend(child.subtree if child.dep_ in {"flat", "fixed", "compound"} else phrase_inside(child))
    words = sorted({token.i: token for token in found}.values(), key=lambda token: token.i)
    return _contiguous(words, head)


def _of_preposition(noun: Token) -> bool:
    """Whether a noun is the second word of a preposition, whatever the parser says: "ke *atas* Gaza"."""
    before = noun.i > 0 and noun.nbor(-1).dep_ == "case" and noun.nbor(-1).head == noun.head
    return noun.i < noun.head.i and before and is_in(noun, "clauses", "relational")


def phrase_inside(head: Token) -> list[Token]:
    """Like :func:`phrase`, for a dependent: its preposition belongs to it, and what is coordinated with an
    adjective ("US and British activists").
    """
    coordinated = "amod" in {head.dep_, head.head.dep_ if head.dep_ == "conj" else ""}
    outside = _OUTSIDE - {"conj", "cc"} if coordinated else _OUTSIDE
    found = [head]
    for child in head.children:
        if child.dep_ not in outside and not child.is_space:
            found.extend(phrase_inside(child))
    return found


def _contiguous(words: list[Token], head: Token) -> list[Token]:
    """The longest run of neighbouring words that holds the head (punctuation may stand between)."""
    at = next(k for k, word in enumerate(words) if word.i == head.i)
    first = last = at
    while first > 0 and _adjacent(words[first - 1], words[first]):
        first -= 1
    while last + 1 < len(words) and _adjacent(words[last], words[last + 1]):
        last += 1
    return words[first : last + 1]


def _adjacent(left: Token, right: Token) -> bool:
    return right.i - left.i == 1


def first_word(clause: Token) -> int:
    """The place of the first word of a clause or phrase, without the punctuation before it."""
    return next((t.i for t in clause.subtree if not t.is_punct and not t.is_space), clause.i)


def carrier(verb: Token) -> Token:
    """The word that carries a verb's form: "etti" in "ziyaret etti", where the two are one, else itself."""
    return next((child for child in verb.children if is_joined(child)), verb)


def is_joined(word: Token) -> bool:
    """Whether a verb makes one verb with the noun right before it, on which it hangs ("ziyaret etti")."""
    return word.dep_.startswith("compound") and word.head.i == word.i - 1 and is_light(word)


def is_light(word: Token) -> bool:
    """Whether a verb may make one verb with the word before it (light.toml)."""
    joined = word_list(lang_of(word), "light", "joined")
    return bool(joined) and not keys(word.text, lang_of(word)).isdisjoint(joined)


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive: by its form where the language shows it, else by its dependents."""
    form = passive_form(carrier(verb).text, lang_of(verb))
    if form is not None:
        return form
    if len(children(verb, "nsubj:pass")) > 1 and not children(verb, "aux:pass"):
        return False  # of two subjects the second is the object: "sentenced to death a man"
    if "Pass" in verb.morph.get("Voice", []) and not children(verb, "obj", "aux", "nsubj"):
        return True
    labels = {child.dep_ for child in verb.children}
    if any(is_in(child, "clauses", "active") for child in children(verb, "aux")) and "aux:pass" not in labels:
        return False  # "heeft gebombardeerd": they bombed, whatever the parser calls their subject
    if "aux:pass" not in labels and any(
        child.dep_ in {"obj", "expl", "expl:pv"} and is_in(child, "pronouns", "reflexive")
        for child in verb.children
    ):
        return False  # "si sono incontrati": they met, whatever the parser calls their subject
    if {"nsubj:pass", "obj"} <= labels and labels.isdisjoint({"aux:pass", "obl:agent"}):
        return False  # what is done to one has no other object
    return not labels.isdisjoint({"nsubj:pass", "csubj:pass", "aux:pass", "obl:agent"})


def preposition_classes(noun: Token) -> frozenset[str]:
    """The classes of the prepositions of a noun (``to``, ``from``, ``with`` …), empty without one."""
    compound = compound_preposition(noun, behind(noun))
    if compound:
        return _classes(lang_of(noun), compound)
    words = [
        child.lower_
        for child in noun.children
        if child.dep_ in {"case", "mark"} and child.i < noun.i and not children(child, "fixed")
    ]
    fixed = [
        " ".join([child.lower_, *(part.lower_ for part in child.children if part.dep_ == "fixed")])
        for child in noun.children
        if child.dep_ in {"case", "mark"}
    ]
    if not fixed:
        return case_classes(noun)
    with_case = ontologies.language(lang_of(noun), "slots").get("with_case", {})
    told = (
        [
            with_case[f"{word} {case}"]
            for word in words
            for case in _cases(noun)
            if f"{word} {case}" in with_case
        ]
        if with_case
        else []
    )
    if told:
        return frozenset().union(*told)
    return frozenset().union(*(_classes(lang_of(noun), word) for word in {*words, *fixed}))


def preposition_rank(noun: Token, name: str) -> int:
    """The place of the noun's preposition in a class of slots.toml; 0 without one, as for a bare noun."""
    listed = list(ontologies.language(lang_of(noun), "slots").get(name, ()))
    places = [listed.index(child.lower_) for child in children(noun, "case") if child.lower_ in listed]
    return min(places, default=0)


def behind(noun: Token) -> Token:
    """The noun behind a preposition of several words that has a noun in it: Iran in "da parte dell'Iran".

    Where the parser takes these words for one preposition, or they are none of slots.toml, the noun itself.
    """
    inner = children(noun, "nmod", "obl", "nmod:poss")
    return next((child for child in inner if compound_preposition(noun, child)), noun)


def compound_preposition(noun: Token, inner: Token) -> str:
    """The preposition of slots.toml that a noun makes with the words before it and before the inner one.

    The inner one hangs on it or beside it; empty if slots.toml lists no such preposition.

    A noun behind the inner one is one by itself: "İran tarafından" (by Iran).
    """
    if noun.pos_ != "NOUN":
        return ""
    if noun.dep_ in {"obl", "nmod"} and inner.i < noun.i:
        return noun.lower_ if _classes(lang_of(noun), noun.lower_) else ""
    if noun == inner or not has_preposition(noun):
        return ""
    case = max((child.i for child in children(inner, "case")), default=inner.i)
    small = [*children(noun, "case", "det"), *children(inner, "case", "det")]
    words = sorted({t.i for t in (noun, *small) if t.i <= case and t.i < inner.i})
    text = " ".join(noun.doc[i].lower_ for i in words)
    return text if _classes(lang_of(noun), text) else ""


def _cases(noun: Token) -> frozenset[str]:
    """The cases a noun may stand in: what the model says, else what its ending shows."""
    last = max([noun, *children(noun, "flat")], key=lambda token: token.i)  # "Burkina Faso'nun"
    told = frozenset(noun.morph.get("Case", []))
    return told or cases(noun.text, lang_of(noun)) or cases(last.text, lang_of(noun))


def case_classes(noun: Token) -> frozenset[str]:
    """The classes that the case of a noun without a preposition stands for ("помощь Украине": ``to``)."""
    by_case = ontologies.language(lang_of(noun), "slots").get("case", {})
    if not by_case or noun.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return frozenset()
    if any(child.dep_ in {"case", "mark"} for child in noun.children):
        return frozenset()
    return frozenset(name for case in _cases(noun) for name in by_case.get(case, ()))


def is_apart(child: Token) -> bool:
    """Whether a noun beside another is a phrase of its own, by preposition or case, and not whose it is."""
    classes = preposition_classes(child) if has_preposition(child) else case_classes(child)
    return "of" not in classes and (has_preposition(child) or bool(classes))


@functools.cache
def _classes(lang: str, word: str) -> frozenset[str]:
    data = ontologies.language(lang, "slots")
    return frozenset(name for name, listed in data.items() if isinstance(listed, list) and word in listed)


def according_cue(noun: Token) -> tuple[int, int] | None:
    """The words "menurut" before a noun, "göre" behind it, "по словам" with the noun that they end in."""
    listed = ontologies.language(lang_of(noun), "speech").get("according", ())
    for child in noun.children:
        if child.dep_ in {"case", "mark"}:
            parts = [child, *(part for part in child.children if part.dep_ == "fixed")]
            words = " ".join(part.lower_ for part in parts)
            if words in listed:
                return parts[0].i, parts[-1].i + 1
            if f"{words} {noun.lower_}" in listed:
                return parts[0].i, noun.i + 1
    return None


def is_source(noun: Token) -> bool:
    """Whether a phrase only names who says so ("по словам президента") and takes no part itself."""
    cue = according_cue(noun)
    return cue is not None and cue[1] > noun.i


def has_preposition(noun: Token) -> bool:
    """Whether an adposition stands before the noun; behind it where slots.toml says so."""
    behind_too = bool(ontologies.language(lang_of(noun), "slots").get("postpositions", False))
    return any(
        child.dep_ == "case"
        and not child.text.startswith(("'", "’"))
        and (child.i < noun.i or (behind_too and bool(_classes(lang_of(noun), child.lower_))))
        for child in noun.children
    )


def is_purpose(clause: Token) -> bool:
    """Whether a clause says what something is done for ("untuk menyerang", "to attack")."""
    return any(
        child.dep_ in {"mark", "case"} and is_in(child, "clauses", "purpose") for child in clause.children
    )


def goes_on(clause: Token) -> bool:
    """Whether a clause tells what the subject before it did next: "melarang …, lalu mencabut"."""
    start = first_word(clause)
    apart = start > clause.head.i and clause.doc[start - 1].is_punct
    return apart and any(
        is_in(mark, "clauses", "sequence") for mark in children(clause, "mark", "advmod", "cc")
    )


def is_reason(clause: Token) -> bool:
    """Whether a clause without a subject tells the deed something is done for ("karena menyerang")."""
    return any(
        child.i < clause.i and is_in(child, "clauses", "reason") for child in children(clause, "mark", "case")
    ) and not children(clause, "nsubj", "nsubj:pass")


def is_time(token: Token) -> bool:
    """Whether a word belongs to a date or is a word of time without a preposition ("last year")."""
    if any(start <= token.idx < end for start, end in token.doc.user_data.get("time_spans", ())):
        return True
    return not has_preposition(token) and is_in(token, "time", "words")


def within(noun: Token) -> list[Token]:
    """The words inside a phrase, without clauses and prepositional phrases, nearest to the head first."""
    found: list[Token] = []
    if is_in(noun, "bodies", "individuals", "nouns"):
        return found
    for child in noun.children:
        clause = any(w.dep_ == "mark" or is_in(w, "pronouns", "relative") for w in child.children)
        if (
            not clause
            and not is_apart(child)
            and child.dep_ not in {"conj", "cc", "punct", "advcl", "parataxis"}
        ):
            found.extend([child, *within(child)])
    return found


def possessors(noun: Token, *, people: bool = False) -> list[Token]:
    """Whose it may be: possessives and modifiers without a preposition ("Obama's policy", "kunjungan Putin").

    Only those that turn out to be entities are owners; "bantuan senjata" has none.  People are not
    their country's ("two Chinese citizens" have no owner) unless ``people`` says so.
    """
    found: list[Token] = []
    if not people and is_in(noun, "bodies", "individuals", "nouns"):
        return found
    for child in noun.children:
        if child.dep_ == "nmod" and is_in(child, "clauses", "owner"):
            found.extend(possessors(child))
        elif child.dep_ == "nmod" and (has_preposition(child) or is_apart(child)):
            if not is_apart(child):
                found.extend(conjuncts(child))
        elif child.dep_ in {"nmod", "nmod:poss", "compound", "amod", "det", "appos"}:
            found.extend(conjuncts(child))
    return found
