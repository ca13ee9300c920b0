"""Which words count as forms of one word."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import PipelineError
from kg.nlp import morphology
from kg.nlp.morphology import cue_keys, keys, passive_form


def same(left: str, right: str, lang: str) -> bool:
    return not keys(left, lang).isdisjoint(keys(right, lang))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("menyerang", "diserang"),
        ("menyerang", "serang"),
        ("Menyerang", "menyerangnya"),
        ("mengunjungi", "dikunjungi"),
        ("mengunjungi", "kunjungi"),
        ("menolak", "ditolak"),
        ("mengirim", "dikirim"),
        ("memukul", "dipukul"),
        ("melarang", "dilarang"),
        ("mengebom", "dibom"),
        ("membunuh", "terbunuh"),
        ("memperpanjang", "diperpanjang"),
        ("serangannya", "serangan"),
        ("serangan-serangan", "serangan"),
        ("menginvasi", "diinvasi"),
        ("mentransfer", "ditransfer"),
    ],
)
def test_voices_and_clitics_of_an_indonesian_word_are_one_word(left: str, right: str) -> None:
    """Active, passive and bare forms of a verb meet, as do a noun and its plural or -nya form."""
    assert same(left, right, "id")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("mengunjungi", "kunjungan"),
        ("berkunjung", "mengunjungi"),
        ("tersebut", "menyebut"),
        ("menyerah", "menyerahkan"),
        ("menunjuk", "menunjukkan"),
        ("menurut", "turut"),
        ("diplomat", "plomat"),
    ],
)
def test_words_that_mean_different_things_are_kept_apart(left: str, right: str) -> None:
    """A noun is not its verb, a suffix makes another verb, and words that only look prefixed are whole."""
    assert not same(left, right, "id")


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("visited", "visit"),
        ("met", "meet"),
        ("shot", "shoot"),
        ("struck", "strike"),
        ("sanctions", "sanction"),
    ],
)
def test_english_forms_meet_their_lemma(form: str, lemma: str) -> None:
    """Regular and irregular forms are found from the dictionary form."""
    assert lemma in keys(form, "en")


def test_an_inflected_cue_finds_only_its_own_form() -> None:
    """ "talks" as a cue does not match "talk"; "talk" as a cue matches "talks"."""
    assert cue_keys("talks", "en").isdisjoint(keys("talk", "en"))
    assert not cue_keys("talk", "en").isdisjoint(keys("talks", "en"))


@pytest.mark.parametrize(
    ("word", "lang", "expected"),
    [
        ("diserang", "id", True),
        ("tertembak", "id", True),
        ("menyerang", "id", False),
        ("berkunjung", "id", False),
        ("serang", "id", None),
        ("diplomat", "id", None),
        ("tersebut", "id", None),
        ("attacked", "en", None),
    ],
)
def test_the_voice_of_a_form_is_told_where_the_form_tells_it(
    word: str, lang: str, expected: bool | None
) -> None:
    """di- and ter- are passive, meN- and ber- active; other words and languages say nothing."""
    assert passive_form(word, lang) is expected


@settings(deadline=None)  # the first word of a language loads its dictionary
@given(st.text(max_size=20), st.sampled_from(["id", "en", "ru", "xx"]))
def test_a_word_is_always_among_its_own_keys(word: str, lang: str) -> None:
    """Any text has keys, and the word in lower case is one of them."""
    assert word.casefold() in keys(word, lang)
    assert passive_form(word, lang) in (True, False, None)


@given(st.sampled_from(["kunjungi", "larang", "bantu", "gempur", "dukung", "jemput", "wakili", "yakinkan"]))
def test_di_forms_always_meet_their_stem(stem: str) -> None:
    """Whatever the stem, its di- form has it as a key."""
    assert same(f"di{stem}", stem, "id")


def test_keys_are_quick_enough_for_archives() -> None:
    """A word that was seen before costs less than 5 microseconds."""
    keys("menyerang", "id")
    start = time.perf_counter()
    for _ in range(20_000):
        keys("menyerang", "id")
    assert time.perf_counter() - start < 0.1


def test_a_wrong_rule_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that is misspelt in morphology.toml stops with the name of the file and of the entry."""
    monkeypatch.setattr(morphology.ontologies, "language", lambda lang, name: {"prefixs": []})
    with pytest.raises(PipelineError, match=r"languages/q1/morphology.toml.*prefixs"):
        morphology.rules("q1")
    monkeypatch.setattr(morphology.ontologies, "language", lambda lang, name: {"prefix": [{"form": "di"}]})
    with pytest.raises(PipelineError, match=r"prefix 1"):
        morphology.rules("q2")
