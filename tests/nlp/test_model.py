"""The language model: the same words give the same parse, and a broken copy of it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import PipelineError
from kg.nlp.model import FOLDER, Model, Parse
from kg.types import Article, Extraction
from tests.nlp.told import claims, line, read, reader

SENTENCES = [
    [
        "Presiden",
        "Kenya",
        "mengunjungi",
        "Somalia",
        "dan",
        "bertemu",
        "para",
        "menteri",
        "di",
        "Mogadishu",
        ".",
    ],
    ["The", "foreign", "ministry", "of", "Peru", "denied", "that", "it", "had", "sent", "troops", "."],
    ["Hujan", "turun", "."],
    [
        "Setelah",
        "perundingan",
        "yang",
        "panjang",
        ",",
        "kedua",
        "pihak",
        "akhirnya",
        "menandatangani",
        "perjanjian",
        "perdagangan",
        ".",
    ],
    [
        "Nadia",
        "Rahmawati",
        "met",
        "the",
        "delegation",
        "in",
        "Oslo",
        ",",
        "Bergen",
        "and",
        "Tromsø",
        "on",
        "Monday",
        "morning",
        ",",
        "officials",
        "said",
        ".",
    ],
]


@pytest.fixture(scope="module")
def model() -> Model:
    """The model that ships with the package."""
    return reader().nlp.get_pipe("kg_parser").model  # type: ignore[attr-defined, no-any-return]


def parse(model: Model, *sentences: list[str]) -> list[Parse]:
    """The parses of sentences in one batch, or in as few as the model makes of them."""
    return [model.parse(words, full_names=True) for words in sentences]


def test_a_parse_has_a_value_for_every_word(model: Model) -> None:
    """Tags, heads, labels and names are as many as the words, and exactly one word is the root."""
    for sentence, found in zip(SENTENCES, parse(model, *SENTENCES), strict=True):
        assert {len(found.pos), len(found.heads), len(found.labels), len(found.names)} == {len(sentence)}
        assert found.heads.count(0) == 1
        assert all(0.0 < score <= 1.0 for score in found.name_scores)


def test_two_runs_give_the_same(model: Model) -> None:
    """Nothing random: the second run equals the first to the last digit."""
    assert parse(model, *SENTENCES) == parse(model, *SENTENCES)


def test_a_second_model_gives_the_same(model: Model) -> None:
    """A model loaded anew, with another number of threads, reads the same."""
    assert parse(Model(threads=1), *SENTENCES) == parse(model, *SENTENCES)


def test_the_other_sentences_of_a_batch_do_not_matter(model: Model) -> None:
    """A sentence alone, or first or last among others, has the same tree, tags and names."""

    def read_alike(batch: list[Parse]) -> list[tuple[list[str], list[int], list[str], list[str]]]:
        return [(found.pos, found.heads, found.labels, found.names) for found in batch]

    alone = [parse(model, sentence)[0] for sentence in SENTENCES]
    assert read_alike(parse(model, *SENTENCES)) == read_alike(alone)
    assert read_alike(parse(model, *SENTENCES[::-1])[::-1]) == read_alike(alone)


def test_a_headline_says_the_same_with_any_article() -> None:
    """What follows in the next paragraph does not change what the headline claims."""
    headline = "Jepang Kunjungi Vietnam"
    assert claims(headline, "id") == claims(f"{headline}\n\nHujan turun.", "id")


def test_the_examples_do_not_depend_on_what_is_read_with_them(
    examples_read: list[tuple[Article, Extraction]],
) -> None:
    """An example gives the same claims alone as together with all others; every third is tried."""
    for article, together in examples_read[::3]:
        alone = reader().extract(article)
        assert [line(claim) for claim in alone.claims] == [line(claim) for claim in together.claims]


@pytest.mark.parametrize(
    "name", ["meta.json", "tokenizer.json", "embeddings.q4.npy", "relations.npz", "model.int8.onnx"]
)
def test_a_missing_file_is_said_in_one_sentence(tmp_path: Path, name: str) -> None:
    """Whichever file is missing, the error says that the model cannot be loaded and what to do."""
    for file in FOLDER.iterdir():
        if file.name != name and not file.is_dir():
            (tmp_path / file.name).symlink_to(file)
    with pytest.raises(PipelineError, match="install the package again") as caught:
        Model(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "name", ["meta.json", "tokenizer.json", "embeddings.q4.npy", "relations.npz", "model.int8.onnx"]
)
def test_a_damaged_file_is_said_in_one_sentence(tmp_path: Path, name: str) -> None:
    """Half a file, as a broken download leaves it, gives the same error and no other one."""
    for file in FOLDER.iterdir():
        if file.name == name:
            (tmp_path / name).write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        elif not file.is_dir():
            (tmp_path / file.name).symlink_to(file)
    with pytest.raises(PipelineError, match="install the package again") as caught:
        Model(tmp_path)
    assert "\n" not in str(caught.value)


def test_an_overlong_sentence_is_read() -> None:
    """Six hundred words without a full stop are read; the names at both ends are found."""
    text = "Kenya " + "mengunjungi pasar besar yang ramai " * 120 + "Somalia"
    assert [m.ref for m in read(text, "id").mentions] == ["country/KEN", "country/SOM"]


def test_an_overlong_word_is_read() -> None:
    """An address or a line of noise of thousands of letters does not stop the reading."""
    found = read("Kenya mengunjungi Somalia. " + "x" * 20_000 + " " + "é" * 5_000, "id")
    assert [c.relation for c in found.claims] == ["visit"]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", ".", "…", "\u200b", "😀😀", "…\n\n***", "«»", "한국 日本", "\ufeffKenya"]
)
def test_odd_texts_are_read(text: str) -> None:
    """Texts without words, of signs alone or in other scripts give an extraction without claims."""
    assert read(text, "id").claims == ()


@pytest.mark.parametrize(
    "text",
    [
        "Le Kenya et la Somalie.",
        "Le Kenya n'a pas attaqué la Somalie.",
        "Kenia hat Somalia nicht angegriffen.",
    ],
)
def test_nothing_is_stated_in_a_language_without_word_lists(text: str) -> None:
    """Names are found, but where negation is not known, nothing is drawn as a fact."""
    found = read(text, "de" if "nicht" in text else "fr")
    assert "country/KEN" in {m.ref for m in found.mentions}
    assert [c for c in found.claims if c.status == "asserted"] == []
