"""Reading treebanks and name sets from the formats in which they are published."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import PipelineError
from training import config
from training.config import DataSet
from training.corpus import corpus
from training.data import Sentence, read, without

CONLLU = """\
# sent_id = toko-1
# text = Ia menutup tokonya.
1\tIa\tia\tPRON\t_\tNumber=Sing|Person=3\t2\tnsubj\t_\t_
2\tmenutup\ttutup\tVERB\t_\tVoice=Act\t0\troot\t_\t_
3-4\ttokonya\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
3\ttoko\ttoko\tNOUN\t_\t_\t2\tobj\t_\t_
4\tnya\tnya\tPRON\t_\tNumber=Sing|Person=3\t3\tnmod:poss\t_\t_
4.1\tkosong\t_\t_\t_\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t_\t_\t2\tpunct:final\t_\t_

# sent_id = toko-2
1\t_\t_\tX\t_\t_\t0\troot\t_\t_
"""
BIO = "Rina\tB-PERSON\nke\tO\nPiala\tB-CUP\nPadang\tI-CUP\n\nWarga\tO\nDesa\tB-PLACE\nSukun\tI-PLACE\n"
RECIPE = config.load()


def data_set(**entries: object) -> DataSet:
    return DataSet(**{"name": "s", "path": "s", "format": "conllu", "language": "id"} | entries)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "s.conllu").write_text(CONLLU, encoding="utf-8")
    (tmp_path / "s.bio").write_text(BIO, encoding="utf-8")
    return tmp_path


def test_a_treebank_gives_its_syntactic_words_with_heads_and_kept_labels(folder: Path) -> None:
    """Clitics are words of their own, empty nodes and emptied sentences are none, other subtypes are cut."""
    (sentence,) = read(data_set(path="s.conllu"), RECIPE, [folder])
    assert sentence.words == ("Ia", "menutup", "toko", "nya", ".")
    assert sentence.tree
    assert sentence.tree.heads == (2, 0, 2, 3, 2)
    assert sentence.tree.labels == ("nsubj", "root", "obj", "nmod:poss", "punct")
    assert sentence.marks == {"Voice", "Number", "Person"}


def test_names_are_mapped_to_our_types(folder: Path) -> None:
    """A mapped type becomes ours, one mapped to nothing becomes the mark of a type that we do not have."""
    types = {"PERSON": "PER", "PLACE": "LOC", "CUP": ""}
    first, second = read(data_set(path="s.bio", format="bio", types=types), RECIPE, [folder])
    assert first.names == ("B-PER", "O", "X", "X")
    assert second.names == ("O", "B-LOC", "I-LOC")


def test_a_type_of_names_that_is_not_mapped_is_refused(folder: Path) -> None:
    """Nothing is silently learnt as no name."""
    with pytest.raises(PipelineError, match="CUP"):
        read(data_set(path="s.bio", format="bio", types={"PERSON": "PER", "PLACE": "LOC"}), RECIPE, [folder])


def test_a_broken_line_is_named(folder: Path) -> None:
    """The message has the file and the line to look at."""
    (folder / "s.conllu").write_text("1\tIa\tPRON\n", encoding="utf-8")
    with pytest.raises(PipelineError, match=r"s\.conllu, line 1"):
        read(data_set(path="s.conllu"), RECIPE, [folder])


def test_features_are_lent_by_words(folder: Path) -> None:
    """A file without features takes them from a treebank that has the same sentence."""
    line = (
        '{"w": ["Ia", "menutup", "toko", "nya", "."], "upos": ["X"], "head": [2, 0, 2, 3, 2], "rel": ["x"]}'
    )
    (folder / "s.jsonl").write_text(line + "\n", encoding="utf-8")
    (sentence,) = read(data_set(path="s.jsonl", format="jsonl", features=("s.con*",)), RECIPE, [folder])
    assert sentence.tree and sentence.tree.features
    assert sentence.tree.features[1]["Voice"] == "Act"


def test_only_listed_sentences_of_a_parallel_treebank_are_read(folder: Path) -> None:
    """Sentences that are kept for testing in one language are not learnt from in another."""
    (folder / "list.jsonl").write_text('{"w": ["Other"], "id": "toko-9"}\n', encoding="utf-8")
    assert read(data_set(path="s.conllu", only="list.jsonl"), RECIPE, [folder]) == []
    (folder / "list.jsonl").write_text('{"w": ["Other"], "id": "toko-1"}\n', encoding="utf-8")
    assert len(read(data_set(path="s.conllu", only="list.jsonl"), RECIPE, [folder])) == 1


def test_what_is_measured_on_is_never_learnt_from(folder: Path) -> None:
    """A sentence of a dev set is taken out of every training set, in whatever case it is written."""
    (folder / "dev.bio").write_text(BIO.upper().split("\n\n")[1], encoding="utf-8")
    types = {"PERSON": "PER", "PLACE": "LOC", "CUP": ""}
    bio = data_set(path="s.bio", format="bio", types=types)
    recipe = replace(RECIPE, data=(bio,), dev=(replace(bio, path="dev.bio", name="dev"),), held=())
    ((_, learnt),), _ = corpus(recipe, [folder])
    assert [sentence.words[0] for sentence in learnt] == ["Rina"]


def test_sentences_of_test_portions_are_never_learnt_from(folder: Path) -> None:
    """They are known by their letters, however another version of the treebank cuts them into words."""
    cut_otherwise = CONLLU.replace("3\ttoko\ttoko", "3\ttokonya\ttoko")
    cut_otherwise = cut_otherwise.replace("4\tnya\tnya\tPRON", "4\t!\t!\tPRON")
    (folder / "other.conllu").write_text(CONLLU + "\n" + cut_otherwise, encoding="utf-8")
    (folder / "test.conllu").write_text(CONLLU, encoding="utf-8")
    recipe = replace(RECIPE, data=(data_set(path="other.conllu"),), dev=(), held=("te*.conllu",))
    ((_, learnt),), _ = corpus(recipe, [folder])
    assert [sentence.words for sentence in learnt] == [("Ia", "menutup", "tokonya", "!", ".")]


def test_short_sentences_may_come_twice() -> None:
    """A sentence of two words, such as a greeting, is no leak."""
    greeting = Sentence(words=("Selamat", "pagi"), language="id", source="s")
    assert without([greeting], [greeting]) == [greeting]
