"""The codebook finds the right relation, and says what is wrong with a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ontologies
from kg.errors import PipelineError
from kg.nlp.codebook import EVENT_TYPES, load_codebook, parse_cue
from kg.nlp.morphology import keys

HEADER = """@prefix kg: <https://kg-builder.org/ontology#> .
@prefix plover: <https://kg-builder.org/plover#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
GREETS = 'a kg:Relation ; rdfs:label "greets"@en ; skos:definition "A greets B."@en ; kg:cue "greet/verb"@en'
GOOD = f"kg:greet {GREETS}"


def relation(words: str, lang: str) -> str | None:
    """The relation of ``head/UPOS other words``."""
    head, *nearby = words.split()
    word, upos = head.split("/")
    found = load_codebook().match(word, upos, lang, nearby)
    return found[0].id if found else None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("mengunjungi/VERB", "visit"),
        ("dikunjungi/VERB", "visit"),
        ("kunjungan/NOUN", "visit"),
        ("bertemu/VERB", "meet"),
        ("perundingan/NOUN", "negotiate-with"),
        ("berjabat/VERB tangan", "shake-hands"),
        ("mengirim/VERB surat kepada", "send-letter"),
        ("menerima/VERB surat dari", "receive-letter"),
        ("menyambut/VERB delegasi", "host"),
        ("menyambut/VERB baik usulan", "praise"),
        ("dijatuhkan/VERB sanksi kepada", "impose-sanctions"),
        ("mencabut/VERB sanksi", "lift-sanctions"),
        ("memasukkan/VERB ke daftar hitam", "blacklist"),
        ("menuduh/VERB", "accuse"),
        ("dituding/VERB", "accuse"),
        ("menolak/VERB ajakan", "reject"),
        ("menolak/VERB tuduhan", "deny"),
        ("membantah/VERB", "deny"),
        ("memasok/VERB senjata", "supply-weapons"),
        ("pengiriman/NOUN amunisi ke", "supply-weapons"),
        ("bantuan/NOUN kemanusiaan", "give-humanitarian-aid"),
        ("menahan/VERB", "arrest"),
        ("menahan/VERB diri", "fail"),
        ("menembak/VERB", "shoot"),
        ("menembak/VERB jatuh pesawat", "shoot-down"),
        ("uji/NOUN coba rudal", "test-weapon"),
        ("menembakkan/VERB rudal ke kota", "launch-missile-at"),
        ("menembakkan/VERB rudal ke laut", "test-weapon"),
        ("latihan/NOUN militer", "hold-exercise"),
        ("latihan/NOUN militer bersama", "joint-exercise"),
        ("menarik/VERB pasukan", "withdraw-troops"),
        ("menarik/VERB dubes", "recall-ambassador"),
        ("gencatan/NOUN senjata", "cease-fire"),
        ("mengancam/VERB", "threaten"),
        ("mogok/VERB", "go-on-strike"),
        ("meminta/VERB maaf", "apologise"),
        ("meminta/VERB bantuan", "ask-for-aid"),
        ("meminta/VERB", "ask"),
        ("memimpin/VERB", "leads"),
        ("tersebut/DET", None),
        ("tinggal/VERB di", None),
        ("menyerukan/VERB", "call-for"),
        ("meja/NOUN", None),
    ],
)
def test_indonesian_words_find_their_relation(words: str, expected: str | None) -> None:
    """Verbs in either voice, event nouns and fixed phrases; of several senses the one the phrase shows."""
    assert relation(words, "id") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("visited/VERB", "visit"),
        ("visit/NOUN", "visit"),
        ("met/VERB", "meet"),
        ("talks/NOUN", "negotiate-with"),
        ("shook/VERB hands", "shake-hands"),
        ("imposed/VERB sanctions on", "impose-sanctions"),
        ("lifted/VERB sanctions", "lift-sanctions"),
        ("lifted/VERB box", None),
        ("accused/VERB of", "accuse"),
        ("struck/VERB", "attack"),
        ("strike/NOUN air", "bomb"),
        ("strike/NOUN general", "go-on-strike"),
        ("strike/NOUN", None),
        ("struck/VERB deal", "agree"),
        ("launched/VERB website", None),
        ("launched/VERB missile", "test-weapon"),
        ("fired/VERB missile at", "launch-missile-at"),
        ("fired/VERB minister", "dismisses"),
        ("fired/VERB on crowd", "shoot"),
        ("hosted/VERB delegation", "host"),
        ("called/VERB on", "urge"),
        ("called/VERB", None),
        ("order/NOUN", None),
        ("backs/VERB", "support"),
        ("back/ADV", None),
        ("rejected/VERB allegations", "deny"),
        ("rejected/VERB", "reject"),
        ("found/VERB", None),
        ("withdrew/VERB from treaty", "withdraw-from"),
        ("withdrew/VERB troops from", "withdraw-troops"),
        ("charged/VERB with", "sue"),
        ("charged/VERB", None),
        ("sent/VERB weapons", "supply-weapons"),
    ],
)
def test_english_words_find_their_relation(words: str, expected: str | None) -> None:
    """A word with several senses is taken only where its phrase shows which one is meant."""
    assert relation(words, "en") == expected


def test_a_possessor_is_the_victim_only_where_the_noun_says_so() -> None:
    """ "penangkapan X" is done to X, "serangan X" is done by X."""
    book = load_codebook()
    arrest, attack = book.match("penangkapan", "NOUN", "id"), book.match("serangan", "NOUN", "id")
    assert arrest and arrest[1].possessor == "obj"
    assert attack and attack[1].possessor == "subj"


def test_required_words_are_part_of_the_cue() -> None:
    """In "impose sanctions on Ruritania" the sanctions are no participant, Ruritania may be one."""
    found = load_codebook().match("imposed", "VERB", "en", ["sanctions", "on", "Ruritania"])
    assert found and found[1].needs("sanctions") and not found[1].needs("Ruritania")


def test_the_codebook_is_wide_enough() -> None:
    """Eighty relations and more, several of each PLOVER type, each of these with cues in both languages."""
    relations = load_codebook().relations.values()
    assert len(relations) >= 80
    for event_type in EVENT_TYPES:
        assert sum(r.event_type == event_type for r in relations) >= 3, event_type
    assert [r.id for r in relations if not (r.cues.get("id") and r.cues.get("en"))] == []


def test_every_cue_finds_its_own_relation_or_a_more_specific_one() -> None:
    """No cue is dead: its own words lead to it, or to a cue that stands earlier or demands as much."""
    book = load_codebook()
    order = list(book.relations)
    for own in book.relations.values():
        for cue in (cue for cues in own.cues.values() for cue in cues):
            upos = {"noun": "NOUN", "adj": "ADJ"}.get(cue.part, "VERB")
            nearby = [group[0] for group in cue.words]
            found = book.match(cue.heads[0], upos, cue.lang, nearby, other=cue.other)
            assert found is not None, cue.text
            better = found[1].specificity > cue.specificity
            equal = found[1].specificity == cue.specificity and order.index(found[0].id) <= order.index(
                own.id
            )
            assert better or equal, (own.id, cue.text, found[0].id, found[1].text)


def test_an_unknown_language_finds_nothing() -> None:
    """Without cues of its own a language matches no relation, rather than those of another language."""
    assert load_codebook().match("visit", "VERB", "xx", ["to"]) is None


@given(st.lists(st.sampled_from(["surat", "sanksi", "kepada", "bantuan", "rudal", "diri", "x"]), max_size=6))
def test_the_order_of_the_words_does_not_matter(words: list[str]) -> None:
    """The same words in another order give the same relation and cue."""
    book = load_codebook()
    for head in ("mengirim", "menjatuhkan", "menahan", "menerima"):
        assert book.match(head, "VERB", "id", words) == book.match(head, "VERB", "id", words[::-1])


@given(
    st.text(max_size=12),
    st.sampled_from(["VERB", "NOUN", "PROPN", "X"]),
    st.lists(st.text(max_size=6), max_size=3),
)
def test_any_text_can_be_looked_up(head: str, upos: str, nearby: list[str]) -> None:
    """Nothing that stands in an article makes the codebook fail."""
    for lang in ("id", "en", "zh"):
        found = load_codebook().match(head, upos, lang, nearby)
        assert found is None or any(keys(word, lang) & keys(head, lang) for word in found[1].heads)


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (GOOD + ' ; kg:recipient "object" .', "unknown slot 'object'"),
        (GOOD + " ; kg:eventType plover:HUG .", "kg:eventType is 'HUG'"),
        (GOOD + ' ; kg:cue "hail" .', "no language"),
        (GOOD + ' ; kg:cue "hail/verbs"@en .', "the head 'hail/verbs'"),
        (GOOD + ' ; kg:cue "hail up/noun"@en .', "only the head"),
        (GOOD + ' ; kg:weight "11" .', "between -10 and 10"),
        (GOOD + ' ; kg:cameo "4" .', "kg:cameo is '4'"),
        (GOOD + ' ; kg:control "obj" .', "kg:control is 'obj'"),
        (GOOD + ' ; kg:colour "red" .', "kg:colour is unknown"),
        (GOOD + ' ; rdfs:label "hails"@en .', "two labels in 'en'"),
        (GOOD + " ; owl:inverseOf kg:nobody .", "kg:nobody, which is not a relation"),
        (
            f"{GOOD} . kg:hail {GREETS} .",
            "kg:hail: the cue 'greet/verb'@en says the same",
        ),
        (
            'kg:greet a kg:Relation ; rdfs:label "menyapa"@id ; skos:definition "."@en .',
            "kg:greet: it has no English label",
        ),
        ('kg:greet a kg:Relation ; rdfs:label "greets"@en .', "kg:greet: it has no definition"),
        ('kg:greet rdfs:label "greets"@en .', "kg:greet: it is not declared"),
        ("kg:greet a kg:Relation", "cannot be read as Turtle"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, entry: str, complaint: str) -> None:
    """Every mistake gives one sentence that names the file, the relation and what is wrong."""
    file = tmp_path / "mine.ttl"
    file.write_text(HEADER + entry, encoding="utf-8")
    with pytest.raises(PipelineError) as caught:
        load_codebook(file)
    assert complaint in str(caught.value)
    assert "mine.ttl" in str(caught.value)


def test_a_codebook_of_ones_own_can_be_used(tmp_path: Path) -> None:
    """A correct file loads, with the defaults for what it leaves out."""
    file = tmp_path / "mine.ttl"
    file.write_text(HEADER + GOOD + " .", encoding="utf-8")
    found = load_codebook(file).match("greeted", "VERB", "en")
    assert found and found[0].label == "greets"
    assert (
        found[0].slots["actor"] == ("subj",) and found[0].control == "subject" and found[0].event_type is None
    )


def test_the_fingerprint_tells_an_edited_codebook(tmp_path: Path) -> None:
    """A changed file has another fingerprint, the same one the same."""
    original, edited, copy = (tmp_path / name / "relations.ttl" for name in ("a", "b", "c"))
    for file, text in ((original, GOOD), (edited, GOOD.replace("A greets", "X greets")), (copy, GOOD)):
        file.parent.mkdir()
        file.write_text(HEADER + text + " .", encoding="utf-8")
    assert load_codebook(original).fingerprint == load_codebook(copy).fingerprint
    assert load_codebook(original).fingerprint != load_codebook(edited).fingerprint


def test_a_language_adds_its_cues_in_its_own_folder(tmp_path: Path) -> None:
    """The cues of ``languages/fr/cues.ttl`` are found; what does not belong there is told."""
    book, french = tmp_path / "relations.ttl", tmp_path / "languages" / "fr" / "cues.ttl"
    book.write_text(HEADER + GOOD + " .", encoding="utf-8")
    french.parent.mkdir(parents=True)
    prefix = "@prefix kg: <https://kg-builder.org/ontology#> .\n"
    french.write_text(prefix + 'kg:greet kg:cue "saluer/verb"@fr .', encoding="utf-8")
    found = load_codebook(book).match("saluer", "VERB", "fr")
    assert found and found[0].id == "greet"
    for wrong, word in (
        ('kg:gret kg:cue "saluer/verb"@fr .', "kg:gret is not declared"),
        ('kg:greet kg:cue "saludar/verb"@es .', 'may only have kg:cue "…"@fr'),
        ("kg:greet kg:weight 3.0 .", "kg:weight"),
    ):
        french.write_text(prefix + wrong, encoding="utf-8")
        load_codebook.cache_clear()
        with pytest.raises(PipelineError, match=word):
            load_codebook(book)
    load_codebook.cache_clear()


def test_a_part_of_a_cue_may_have_alternatives() -> None:
    """``a|b`` is read in the head and in the words."""
    cue = parse_cue("send|write/verb letter|note", "en")
    assert (cue.heads, cue.words, cue.part) == (("send", "write"), (("letter", "note"),), "verb")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_slot_of_prepositions_is_one_a_relation_can_name(lang: str) -> None:
    """slots.toml has the classes that the codebook names, and words in each."""
    classes = ontologies.language(lang, "slots")
    assert {"to", "from", "with", "about", "against", "in", "of", "as", "between", "purpose", "agent"} == set(
        classes
    )
    assert all(words and all(isinstance(word, str) for word in words) for words in classes.values())
