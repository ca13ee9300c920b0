"""Sentences end where a reader would end them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp.sentences import LONGEST, Sentences
from kg.nlp.tokens import tokenize
from kg.types import Article, Zone
from tests.nlp.told import reader, wrong


def sentences(text: str, lang: str = "id", zones: tuple[Zone, ...] = ()) -> list[str]:
    """The sentences of a text before it is parsed."""
    doc = reader()._words(Article(id="a", text=text, lang=lang, zones=zones))
    return [sentence.text.strip() for sentence in Sentences(reader().nlp, "sentences")(doc).sents]


@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        # "|" marks the end of a sentence
        ("id", "Presiden tiba. | Ia lalu pergi."),
        ("en", "Who came? | Nobody! | So it goes."),
        # initials, titles and abbreviations
        ("en", "George W. Bush met J. K. Rowling. | They talked."),
        ("en", "He met Gen. Ali and Dr. Smith in St. Petersburg. | They talked."),
        wrong("en", "The U.S. Navy sailed. | Nobody saw it.", because="U.S. before a capital"),
        ("en", "It left the U.S. | They stayed."),
        ("id", "Prof. Dr. Budi, S.H. tiba di Jl. Merdeka No. 5 kemarin. | Ia pergi."),
        # numbers
        ("en", "It cost 3.5 million. | 12 ships left."),
        ("id", "Harganya Rp 1.050,5 juta pada pukul 14.55 WIB. | Kapal pun pergi."),
        # quotations
        ("en", '"We will go. | We must," he said. | Then he left.'),
        ("id", '"Kami pergi." | Ia lalu diam.'),
        ("id", "“Apakah benar?” tanya wartawan. | Ia diam."),
        # ellipsis
        ("en", "He waited... and left. | Nobody came."),
        ("id", "Ia diam… | Lalu pergi."),
        # other scripts
        ("id", "彼は行った。 | そして帰った。"),
    ],
)
def test_sentences_end_where_they_should(lang: str, marked: str) -> None:
    """Full stops of initials, abbreviations and numbers end nothing; closing quotes end with the sentence."""
    expected = [part.strip() for part in marked.split("|")]
    assert sentences(marked.replace("| ", ""), lang) == expected


def test_a_paragraph_ends_a_sentence() -> None:
    """A heading without a full stop is not joined to the text below it."""
    assert sentences("Kim Temui Putin\n\nKeduanya bertemu di Moskow.") == [
        "Kim Temui Putin",
        "Keduanya bertemu di Moskow.",
    ]


def test_a_wrapped_line_ends_no_sentence() -> None:
    """A line broken for width goes on in the next one."""
    text = (
        "Para menteri luar negeri dari sepuluh negara anggota bertemu selama dua hari di ibu kota untuk\n"
        "membahas perdagangan."
    )
    assert len(sentences(text)) == 1


def test_a_zone_starts_a_sentence() -> None:
    """The dateline and what it stands before are not one sentence, and neither is a caption."""
    text = "JAKARTA, Antara - Presiden tiba kemarin"
    found = sentences(text, zones=(Zone(kind="dateline", start=0, end=17),))
    assert found == ["JAKARTA, Antara -", "Presiden tiba kemarin"]


def test_an_endless_sentence_is_cut_at_a_comma() -> None:
    """A list of hundreds of names without a full stop is cut, so that the model can read it."""
    text = ", ".join(f"kota nomor {number}" for number in range(200))
    found = sentences(text)
    assert len(found) > 1 and max(len(part.split()) for part in found) <= LONGEST


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "Kim",
                "pergi",
                ".",
                "?",
                "...",
                " ",
                "\n",
                "\n\n",
                '"',
                "”",
                "A.",
                "Dr.",
                "3.5",
                "U.S.",
                ",",
                "(",
                ")",
                "é",
            ]
        ),
        max_size=40,
    )
)
def test_every_word_belongs_to_one_sentence(parts: list[str]) -> None:
    """Whatever the text, its sentences joined give it again and each begins with a word."""
    doc = tokenize(reader().nlp.vocab, "".join(parts), "en")
    doc = Sentences(reader().nlp, "sentences")(doc)
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == doc.text
    assert all(not sentence[0].is_space for sentence in list(doc.sents)[1:])
