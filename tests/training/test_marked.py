"""The corpus of claims: its mark-up is checked, and it is enough to learn from and to measure on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import PipelineError
from training import config, events, marked
from training.config import DataSet
from training.data import Sentence, Tree

TEXT = """\
# a remark
Kota Ambon menolak usul Kota Ternate, kata wali kota.
- REJECT menolak: Kota Ambon > Kota Ternate = asserted by wali kota

Warga berdemo. Polisi menahan warga, warga membantah.
- PROTEST berdemo: Warga > ?
- COERCE menahan: Polisi > warga = negated by warga/2
- NONE: Polisi > Warga
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "id.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_marks_are_places_in_the_text(folder: Path) -> None:
    """Phrases are found as whole words, the second place by its number, the unknown party by no place."""
    first, second = marked.read(folder=folder)
    (claim,) = first.claims
    assert [first.text[start:end] for start, end in (*claim.actors, *claim.recipients, *claim.by)] == [
        "Kota Ambon", "Kota Ternate", "wali kota",
    ]  # fmt: skip
    protest, arrest, none = second.claims
    assert protest.recipients == () and protest.status == "asserted" and not protest.attributed
    assert arrest.by == ((second.text.rindex("warga"), second.text.rindex("warga") + 5),)
    assert arrest.status == "negated" and none.type == marked.NONE and none.trigger is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("- REJECT menolak: Kota Ambon > Kota Tual", "Kota Tual"),
        ("- REJECT menol: Kota Ambon > Kota Ternate", "menol"),
        ("- REFUSE menolak: Kota Ambon > Kota Ternate", "REFUSE"),
        ("- REJECT menolak: Kota Ambon > Kota Ternate = perhaps", "perhaps"),
        ("- REJECT: Kota Ambon > Kota Ternate", "trigger"),
        ("REJECT menolak Kota Ambon", "form"),
    ],
)
def test_a_wrong_mark_is_refused_by_file_and_line(folder: Path, line: str, message: str) -> None:
    """Who writes an entry hears at once what is wrong with it."""
    lines = TEXT.splitlines()
    lines[2] = line
    (folder / "id.txt").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(PipelineError, match=message) as caught:
        marked.read(folder=folder)
    assert "id.txt, line 3" in str(caught.value)


def test_the_corpus_is_large_enough_and_a_fifth_of_it_is_held_back() -> None:
    """1,500 entries and more, of all types and statuses in Indonesian, English and Spanish."""
    entries = marked.read()
    languages = marked.summary(entries)
    assert len(entries) >= 1500 and {"id", "en", "es"} < languages.keys() and len(languages) >= 6
    for language in ("id", "en", "es"):
        assert languages[language].keys() >= {*marked.EVENT_TYPES, *marked.STATUSES, marked.NONE}
    assert sum(entry.held for entry in entries) == pytest.approx(
        len(entries) / marked.HELD, abs=len(languages)
    )
    assert len({entry.text for entry in entries}) == len(entries)


def test_pairs_have_a_direction_and_held_entries_are_not_learnt_from(folder: Path) -> None:
    """The rejected does nothing to the rejecter; parts of a set have no text in common."""
    whole = DataSet(name="c", path="id.txt", format="claims", language="id")
    first, _ = events.read(whole, [folder])
    forth, back = first.pairs
    assert [first.words[k] for k in forth.actor] == ["Kota", "Ambon"] and forth.types == {"REJECT"}
    assert (back.actor, back.recipient) == (forth.recipient, forth.actor) and back.types == {marked.NONE}
    corpus = DataSet(name="c", path="claims/id.txt", format="claims", language="id")
    parts = {
        part: {s.words for s in events.read(replace(corpus, part=part), [config.RECIPE.parent])}
        for part in ("learn", "held")
    }
    assert parts["held"] and not parts["learn"] & parts["held"]


def test_a_table_of_marked_sentences_is_read(tmp_path: Path) -> None:
    """Source and target as the table of Zero-Shot-PLOVER marks them; a type that was divided is both."""
    rows = [
        "sentence_id\tsentence\tmarked_sentence\tgold_root",
        "1\tPeru thanked Chile .\t<s>Peru</s> thanked <t>Chile</t> .\tSUPPORT",
        "2\tPeru yielded .\t<s>Peru</s> yielded .\tYIELD",
        "3\tThe rebels gave in to Peru .\t<s>The rebels</s> gave in to <t>Peru</t> .\tYIELD",
    ]
    (tmp_path / "t.tsv").write_text("\n".join(rows), encoding="utf-8")
    found = events.read(DataSet(name="t", path="t.tsv", format="pairs", language="en"), [tmp_path])
    assert [sentence.words[0] for sentence in found] == ["Peru", "The"]
    assert found[1].pairs[0].types == {"CONCEDE", "RETREAT"}
    assert [found[1].words[k] for k in found[1].pairs[0].actor] == ["The", "rebels"]


def test_verbs_that_are_no_events_are_learnt_from_treebanks() -> None:
    """A verb that the codebook lists may be an event and is left out; another one is none."""
    labels = ("det", "nsubj", "root", "det", "obj")
    tree = Tree(pos=("DET", "NOUN", "VERB", "DET", "NOUN"), heads=(2, 3, 0, 5, 3), labels=labels)
    sentence = Sentence(words=("The", "cook", "peeled", "an", "onion"), language="en", source="s", tree=tree)
    (pair,) = events.plain(sentence).pairs
    assert (pair.actor, pair.trigger, pair.recipient, pair.types) == ((0, 1), (2,), (3, 4), {marked.NONE})
    listed = replace(sentence, words=("The", "army", "attacked", "a", "town"))
    assert events.plain(listed).pairs == ()
