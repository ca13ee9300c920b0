"""Polarity, modality and attribution of what a predicate says, with the words that decided.

First the predicate's own negation, auxiliaries and adverbs; then, going up the tree, what governs
it: verbs and nouns that deny, allege, plan or request their content, purpose clauses and
conditions; then phrases about the whole sentence, and who is quoted.  After factuality by
structure: Saurí & Pustejovsky 2012.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg import ontologies
from kg.nlp.arguments import mentions_of
from kg.nlp.frames import SPOKEN, frame
from kg.nlp.governors import (
    CLAUSES,
    MODALITIES,
    achieves,
    charges,
    content_status,
    governs,
    has_subject,
    is_announced,
    is_complement,
    is_content,
    is_occasion,
    is_time_clause,
    right_before,
    stands_alone,
    tells_truth,
    told_by,
    undone,
    voices,
)
from kg.nlp.matching import claimed_by, is_making, match, words_of_cue
from kg.nlp.morphology import fold, is_imperfect, keys, rules
from kg.nlp.slots import Frame
from kg.nlp.speech import is_doubted, is_speech
from kg.nlp.syntax import (
    carrier,
    children,
    first_word,
    has_preposition,
    is_form_of,
    is_in,
    is_light,
    is_purpose,
    is_reason,
    lang_of,
    word_list,
)  # fmt: skip
from kg.types import Mention, Modality, Polarity

_CONTENT = frozenset({"ccomp", "csubj", "csubj:pass", "obj", "obl", "nsubj:pass", "nmod"})


@dataclass(kw_only=True)
class Judgement:
    """What was found on the way up; ``cues`` are the deciding words."""

    negations: int = 0
    modalities: list[Modality] = field(default_factory=list)
    attributed_to: list[Mention] = field(default_factory=list)
    cues: list[str] = field(default_factory=list)

    @property
    def polarity(self) -> Polarity:
        return "negated" if self.negations % 2 else "affirmed"

    @property
    def modality(self) -> Modality:
        """The strongest reservation: an alleged plan is alleged."""
        return next((m for m in MODALITIES if m in self.modalities), "actual")

    def add(self, status: str, cue: str) -> None:
        """Take a status from a word list or the codebook into account."""
        if status in {"negated", "denied"}:
            self.negations += 1
        elif status in MODALITIES:
            self.modalities.append(status)
        else:
            return
        self.cues.append(cue)


def judge(doc: Doc, built: Frame) -> Judgement:
    """Polarity, modality and attribution of a predicate."""
    found = Judgement()
    # A negation that the cue has in it is its meaning: "said no to".
    spent = {word.i for word in words_of_cue(built.predicate)}
    _own(built.verb, found, spent)
    if built.predicate is not built.verb:
        _own(built.predicate, found, spent)
    above = built.predicate.head if built.verb is built.predicate else built.verb
    if built.predicate.dep_ in {"obj", "nsubj:pass"} and is_announced(built.predicate, above):
        found.add("planned", above.text)
    named = [head for head in built.get("subj") if head.pos_ in {"NOUN", "PROPN", "PRON", "DET", "NUM"}]
    for head in [head for head in named if not any(is_in(c, "clauses", "one_of") for c in head.children)]:
        before = [t for t in head.subtree if t.i < head.i and is_in(t, "status", "negation")]
        for word in before[:1]:  # "no country", "tak satu pun negara", "neither Norway nor Sweden"
            if word.head == head or word.head.head == head:
                found.add("negated", word.text)
    for head in built.get("obj"):
        before = [c for c in children(head, "det", "amod", "advmod") if c.i < head.i]
        for word in [c for c in before if is_in(c, "status", "negation") and c.i not in spent][:1]:
            found.add("negated", word.text)  # "sent no weapons", "tiada sekatan dikenakan"
    named = [built.predicate] if built.predicate.dep_ in {"nsubj", "nsubj:pass", "obj"} else []
    for head in (*named, *built.get("subj"), *built.get("obj")):
        if is_in(head, "status", "negation") and head.i not in spent:
            found.add("negated", head.text)  # "tiada sekatan dikenakan", with "tiada" taken for the noun
        there_is = head.head.head if head.dep_ in {"nummod", "nmod", "det"} else head.head
        if is_in(there_is, "clauses", "existential"):
            denied = [c for c in there_is.children if is_in(c, "status", "negation")]
            for child in denied[:1]:  # "tidak ada negara yang menyerang", "tidak ada sanksi yang dijatuhkan"
                found.add("negated", child.text)
    # Words of negation in one clause agree: "no atacó a ningún", "aucun … ne", "não … nunca" are one.
    found.negations = min(found.negations, 1)
    _climb(doc, built.verb, found)
    _claimed(doc, built.predicate, found)
    _sentence(built.predicate, found)
    _attribute(doc, built.predicate, found)
    return found


def _own(word: Token, found: Judgement, spent: Collection[int] = ()) -> None:
    """The word's own form, negation, auxiliaries, adverbs and conjunction, but for the ``spent`` words."""
    if word.pos_ in {"VERB", "AUX"}:
        behind = [c for c in children(word, "aux", "cop") if c.i == word.i + 1 and is_light(c)]
        for form in dict.fromkeys((carrier(word), *behind)):  # "saldırmış olabilir"
            for status in (*MODALITIES, "negated"):
                if _has_form(form, status):
                    found.add(_seen_from_past(word, form, status), form.text)
    auxiliaries = children(word, "aux", "aux:pass")
    for auxiliary in auxiliaries:  # "será atacado"
        for status in (*MODALITIES, "negated"):
            if auxiliary.i != word.i + 1 and _has_form(auxiliary, status):
                found.add(status, auxiliary.text)
    opening = [a for a in auxiliaries if word.dep_ == "advcl" and a.i == first_word(word)]
    for auxiliary in opening:  # "had Russia attacked, …"
        for modality in (m for m in MODALITIES if is_in(auxiliary, "status", "first", m)):
            found.add(modality, auxiliary.text)
            spent = {*spent, auxiliary.i}
    lang = lang_of(word)
    for modality in MODALITIES:
        forms = [
            a.text for a in auxiliaries if keys(a.text, lang) & word_list(lang, "status", "twice", modality)
        ]
        if len(forms) > 1:
            found.add(modality, " ".join(forms))
    before = fold(" ".join(t.text for t in word.doc[max(word.i - 2, word.sent.start) : word.i]))
    for modality in MODALITIES:
        if before in word_list(lang_of(word), "status", "before", modality):
            found.add(modality, before)  # "is to sign", "sama ada menyokong"
    negated = before in word_list(lang_of(word), "status", "before", "negated")
    if negated:
        found.add("negated", before)  # "has yet to sign"
    for child in [*word.children, *_left_behind(word), *_on_subject(word), *_on_manner(word)]:
        if child.dep_ in {
            "advmod",
            "aux",
            "aux:pass",
            "det",
            "cop",
            "mark",
            "case",
            "cc",
            "amod",
            "dep",
            "discourse",
            "compound:prt",
        }:
            negates = (
                is_in(child, "status", "negation")
                and child.i not in spent
                and not _is_of_adjective(child, word)
            )
            if negates and child.dep_ != "cop" and not negated:
                negated = True  # "não atacou nunca" is one negation
                found.add("negated", child.text)
            if is_in(child, "status", "modifier", "negated") and child.i < word.i:
                found.add("negated", child.text)  # "almost attacked"
            silent = child.dep_ == "aux:pass" or child.i in spent  # "wird angegriffen"
            for modality in MODALITIES if not silent else ():
                # Hearsay may be told behind the verb: "griff angeblich an".
                closes = child.i == word.i + 1 and child.dep_ in {"aux", "cop"}  # "dass er reisen wird"
                placed = child.i < word.i or modality == "alleged" or closes
                may = is_in(child, "status", "before_imperfect", modality) and _in_imperfect(word)
                if placed and (may or is_in(child, "status", "modifier", modality)):
                    found.add(_seen_from_past(word, child, modality), child.text)
                opens = child.i < word.i and is_in(child, "status", "marker", modality)
                if opens and not _opens_content(child, word):
                    found.add(modality, child.text)


def _seen_from_past(word: Token, form: Token, status: str) -> str:
    """The status that a form tells: a conditional in what somebody said is the future ("said it would").

    Not where a condition stands beside it ("said it would send troops if …").
    """
    told = ontologies.language(lang_of(word), "status").get("reported", {})
    own = form == word and status in told.get("forms", ())
    perfect = [auxiliary for auxiliary in children(word, "aux") if auxiliary != form]  # "would have sent"
    if perfect or not (own or is_in(form, "status", "reported", "words")):
        return status
    clause = word
    while clause.dep_ == "conj":
        clause = clause.head
    said = match(clause.head)
    spoken = is_speech(clause.head) or (said is not None and said[0].event_type in SPOKEN)
    conditions = (mark for c in children(word, "advcl") for mark in children(c, "mark"))
    supposed = any(is_in(mark, "status", "marker", "possible") for mark in conditions)
    return "planned" if clause.dep_ == "ccomp" and spoken and not supposed else status


def _opens_content(mark: Token, clause: Token) -> bool:
    """Whether what may open a condition opens what is said: "mengatakan kalau Rusia menyerang"."""
    above = clause.head
    said = clause.dep_ in {"ccomp", "advcl"} and clause.i > above.i and is_speech(above)
    other = any(child != clause for child in children(above, "ccomp"))
    return said and not other and is_in(mark, "clauses", "that_or_if")


def _is_of_adjective(negation: Token, noun: Token) -> bool:
    """Whether a negation before an adjective behind a noun negates it alone: "perundingan tak langsung"."""
    if noun.pos_ != "NOUN" or negation.i + 1 >= len(noun.doc):
        return False
    after = negation.nbor()
    return negation.i > noun.i and after.head == noun and after.dep_ in {"amod", "advmod", "acl"}


def _in_imperfect(verb: Token) -> bool:
    return is_imperfect(verb.text, lang_of(verb))


def _has_form(verb: Token, status: str) -> bool:
    """Whether a verb's own form tells a status: by its ending behind a dictionary form, or as listed."""
    lang = lang_of(verb)
    endings = word_list(lang, "status", "ending", status)
    stems = [key.removesuffix(end) for key in keys(verb.text, lang) for end in ("", *rules(lang).infinitives)]
    regular = any(fold(verb.text) == stem + ending for stem in stems for ending in endings)
    return regular or is_in(verb, "status", "form", status)


def _left_behind(word: Token) -> list[Token]:
    """Words right before a clause that hang on the verb above it: negations, or what opens a circumstance.

    "affirme ne pas avoir attaqué"; "if Iran attacks, …", where the verb behind takes the "if".
    """
    first = min(token.i for token in word.subtree)
    if word.dep_ == "advcl" and first and word.i < word.head.i:
        before = word.doc[first - 1]
        opens = any(is_in(before, "status", "marker", modality) for modality in MODALITIES)
        return [before] if opens and before.head == word.head else []
    if word.dep_ not in {"xcomp", "ccomp"} or word.i < word.head.i:
        return []
    found: list[Token] = []
    place = first - 1
    while place > word.head.i and is_in(word.doc[place], "status", "negation"):
        found.append(word.doc[place])
        place -= 1
    return found


def _on_subject(verb: Token) -> list[Token]:
    """The word right before a verb that hangs on its subject: "Jepang urung mengunjungi Laos"."""
    if verb.i == 0 or verb.pos_ != "VERB":
        return []
    before = verb.nbor(-1)
    return [before] if before.head.head == verb and before.head.dep_ in {"nsubj", "nsubj:pass"} else []


def _on_manner(verb: Token) -> list[Token]:
    """Negations that hang on how something is done: "tidak secara terang-terangan menentang"."""
    ways = [child for child in children(verb, "advmod", "obl") if child.i < verb.i and has_preposition(child)]
    found = [word for way in ways for word in children(way, "advmod") if word.i == first_word(way)]
    return [word for word in found if is_in(word, "status", "negation")]


def _climb(doc: Doc, word: Token, found: Judgement) -> None:
    """What governs the word, up to the main clause or to a clause that stands by itself."""
    event, event_noun = word, word.pos_ in {"NOUN", "PROPN"}
    if governor := right_before(word):
        _governor(doc, governor, word, found, False)
    while word.head != word:
        above, dep = told_by(word), word.dep_
        if dep in CLAUSES and is_in(above, "clauses", "linking"):
            above = above.head  # "vurduğu yönündeki iddialar": the clause says what the claims are about
        if dep == "conj":
            if stands_alone(word):
                return
            if not has_subject(word):
                _shared(above, found)
                _neither(word, above, found)
        elif dep in CLAUSES | {"ccomp"} and voices(word, above):
            return  # "marched to demand": they do demand it
        elif dep in CLAUSES | {"ccomp"} and is_purpose(word) and not governs(above) and not achieves(above):
            found.add("planned", next(c.text for c in word.children if is_in(c, "clauses", "purpose")))
        elif dep in CLAUSES | {"ccomp"} and above.pos_ == "NOUN" and is_complement(word):
            _governor(doc, above, word, found, False)  # "reports that …": what holds for them holds for it
        elif dep in CLAUSES and is_reason(word) and charges(above):
            found.add("alleged", above.text)  # "arrested him for killing …"
            return
        elif dep in CLAUSES and not is_content(word, above):
            if is_time_clause(word):
                _shared(above.head if above.pos_ == "ADV" else above, found)  # "as soon as"
            return
        elif dep in {"nsubj", "nsubj:pass"} and word is event and event_noun and _tells_whether(above, dep):
            if content_status(above) in {"denied", "negated", "alleged"}:  # "the talks failed"
                _governor(doc, above, word, found, False)
            elif is_making(above) or is_form_of(above, "clauses", "happening"):
                _own(above, found)  # "the talks did not take place"
            return
        elif dep == "obj" and word is event and event_noun and is_making(above) and not governs(above):
            _own(above, found)  # "will host a summit between"
            return
        elif dep in _CONTENT or dep in CLAUSES:
            if dep == "obl" and is_occasion(word, above):
                return
            before = found.negations
            _governor(doc, above, word, found, word is event)
            if dep == "xcomp" and not governs(above):  # "will begin to attack", "no volvió a atacar"
                told = found.negations
                _own(above, found)
                found.negations = max(told, before + 1) if found.negations > told else told
            if dep in {"obl", "nsubj:pass"} and above.pos_ == "VERB":
                return
            if event_noun and above.pos_ not in {"NOUN", "PROPN"}:
                return  # what a noun names is taken to exist by all but the verb right above it
        else:
            return
        word = above


def _neither(word: Token, first: Token, found: Judgement) -> None:
    """The negation of the first of several verbs holds for all joined by "or": "did not attack or invade"."""
    joined = any(
        is_in(c, "clauses", "disjunctive") and not c.nbor(-1).is_punct for c in children(word, "cc") if c.i
    )
    negations = [c for c in first.children if is_in(c, "status", "negation") and c.i < first.i]
    if joined and negations and not found.negations:
        found.add("negated", negations[0].text)


def _tells_whether(above: Token, dep: str) -> bool:
    """Whether a verb may say of the event that is its subject that it came about: by itself, or as made."""
    return dep == "nsubj" or is_making(above)


def _shared(first: Token, found: Judgement) -> None:
    """Auxiliaries of the first of several coordinated verbs hold for all."""
    for child in first.children:
        if child.dep_ == "aux":
            for modality in MODALITIES:
                if is_in(child, "status", "modifier", modality):
                    found.add(modality, child.text)


def _governor(doc: Doc, above: Token, word: Token, found: Judgement, is_event: bool) -> None:
    status = content_status(above)
    turned = [child.text for child in above.children if is_in(child, "status", "negation")]
    if turned and tells_truth(above):
        found.add("negated", turned[0])  # "it is not true that"
    if status is None or status == "actual":
        matched = match(above)
        if turned and status == "actual" and not (matched and matched[0].claims_deed):
            found.add("possible", above.text)
        return
    if turned and status in {"denied", "negated", "alleged", "requested"}:
        found.add("possible", above.text)  # "did not deny", "did not accuse": it stays open
        return
    if is_event and word.dep_ in {"obj", "nsubj:pass"} and word.pos_ in {"NOUN", "PROPN"}:
        matched, named = match(above), match(word)
        if matched is not None and matched[0].answers and not undone(status, named[0] if named else None):
            return  # "menolak ajakan": the call was made; but what "denied accusations" tell is denied
    if status == "alleged" and is_speech(above) and not is_doubted(above) and frame(above).get("subj"):
        return  # somebody says it: that is attribution, not hearsay
    found.add(status, above.text)
    if status in {"possible", "planned"} and turned and not found.negations:
        found.add("negated", turned[0])  # "is not able to", "does not plan to", "ne peut pas"
    if not keys(above.text, lang_of(above)).isdisjoint(word_list(lang_of(above), "clauses", "raising")):
        return  # "Iran seems to": its subject is who does it, not who says so
    if status in {"alleged", "denied", "requested"} and not is_in(above, "status", "modifier", status):
        by = mentions_of(doc, frame(above).get("subj"))
        if status == "denied" and by:
            found.attributed_to.clear()  # "denied US accusations that …": the US does not deny it
        found.attributed_to.extend(m for m in by if m not in found.attributed_to)


def _claimed(doc: Doc, event: Token, found: Judgement) -> None:
    """Who claims to have done it: nobody else says so."""
    claim = claimed_by(event)
    if claim is not None and content_status(claim) != "denied":
        by = mentions_of(doc, frame(claim).get("subj"))
        found.attributed_to.extend(m for m in by if m not in found.attributed_to)
        found.cues.append(claim.text)


def _sentence(word: Token, found: Judgement) -> None:
    """Phrases about the whole sentence, and questions."""
    sentence = word.sent
    low = fold(sentence.text)
    before = low[: word.idx - sentence.start_char]
    for listed in ontologies.language(lang_of(word), "status").get("sentence", {}).get("alleged", ()):
        if listed in before:
            found.add("alleged", listed)
            break
    if low.rstrip(" \n\"'”»").endswith(("?", "؟", "？")):
        found.add("possible", "?")


def _attribute(doc: Doc, word: Token, found: Judgement) -> None:
    """Who is quoted: the innermost saying that holds the word."""
    around = [s for s in doc._.sayings if s.start <= word.i < s.end]
    if around:
        inner = min(around, key=lambda s: s.end - s.start)
        if inner.speaker:
            found.attributed_to.extend(m for m in inner.speaker if m not in found.attributed_to)
            if inner.cue:
                found.cues.append(doc[inner.cue[0] : inner.cue[1]].text)
                if any(is_doubted(cue) for cue in doc[inner.cue[0] : inner.cue[1]]):
                    found.modalities.append("alleged")
