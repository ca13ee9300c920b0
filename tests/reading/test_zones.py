"""What a page is made of: each part is marked as what it is, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading import markers
from kg.reading.zones import lay_out
from kg.types import READ_ZONES, SKIPPED_ZONES, Article

Page = Callable[..., Article]

PASTED = """Menteri Ruritania Tiba di Kota Pelabuhan

Rabu, 5 Juni 2024, 08:15 WITA
Menteri Ruritania Anton Vesely tiba di pelabuhan dan disambut wali kota pada Selasa pagi. /Antara/Budi

PR BEKASI - Menteri Luar Negeri Ruritania Anton Vesely mengunjungi kota itu pada Selasa, dilansir dari RT.

Baca Juga: Jadwal Kapal Feri Pekan Ini

"Kami senang berada di sini," kata Vesely kepada wartawan seusai pertemuan dengan wali kota.***

Editor: Sari Dewi

Sumber: RT

Tags

Terkini
"""


def parts(article: Article, kind: str) -> list[str]:
    """The texts of an article's zones of a kind."""
    return [article.text[zone.start : zone.end] for zone in article.zones if zone.kind == kind]


def body(article: Article) -> str:
    """The text in no zone."""
    left, position = [], 0
    for zone in article.zones:
        left.append(article.text[position : zone.start])
        position = zone.end
    return " ".join(" ".join([*left, article.text[position:]]).split())


def test_a_pasted_page_is_taken_apart(page: Page) -> None:
    """Headline, date, caption, credit, dateline, link and footer of a pasted page are each marked."""
    article = page(PASTED)
    assert article.title == "Menteri Ruritania Tiba di Kota Pelabuhan"
    assert parts(article, "headline") == [article.title]
    assert parts(article, "date") == ["Rabu, 5 Juni 2024, 08:15 WITA"]
    assert article.published == "2024-06-05T08:15:00+08:00"
    assert parts(article, "credit") == ["/Antara/Budi"]
    assert parts(article, "caption")[0].endswith("pada Selasa pagi.")
    assert parts(article, "dateline") == ["PR BEKASI -"]
    assert parts(article, "related") == ["Baca Juga: Jadwal Kapal Feri Pekan Ini"]
    assert parts(article, "byline") == ["Editor: Sari Dewi"] and article.byline == "Sari Dewi"
    assert parts(article, "source") == ["Sumber: RT"]
    assert parts(article, "furniture") == ["***", "Tags", "Terkini"]
    assert article.cites == ("RT",)
    assert body(article).startswith("Menteri Luar Negeri Ruritania") and body(article).endswith(
        "dengan wali kota."
    )


@pytest.mark.parametrize(
    ("opening", "place", "agency"),
    [
        ("Jakarta, CNN Indonesia -- Pemerintah", "Jakarta", "CNN Indonesia"),
        ("Tokyo (ANTARA News) - Pemerintah", "Tokyo", "ANTARA"),
        ("JAKARTA, KOMPAS.com - Pemerintah", "Jakarta", "Kompas"),
        ("Liputan6.com, Jakarta - Pemerintah", "Jakarta", "Liputan6"),
        ("WASHINGTON, Nov 3 (Reuters) - The government", "Washington", "Reuters"),
        ("SEOUL, South Korea (AP) — The government", "Seoul, South Korea", "AP"),
        ("NEW YORK — The government", "New York", None),
        ("Jakarta - Presiden", "Jakarta", None),
        ("PORTO ALEGRE - The government", "Porto Alegre", None),
        ("DETROIT The government", "Detroit", None),
    ],
)
def test_a_dateline_tells_place_and_agency(
    page: Page, opening: str, place: str | None, agency: str | None
) -> None:
    """Datelines in the usual forms give the place and the agency, and the body begins behind them."""
    article = page(
        f"A headline of the day\n\n{opening} said on Monday that the bridge was open to all traffic again."
    )
    assert (article.place, article.agency) == (place, agency)
    assert body(article).split()[0] in {"Pemerintah", "The", "Presiden"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Putin - who arrived late - met the governor of the region and left the same evening by train.",
        "Korea Utara - Rusia menjalin hubungan sejak lama dan keduanya bertemu lagi pada pekan yang sama.",
        "Sumber daya alam negara itu dikuasai oleh dua perusahaan asing yang membayar pajak sangat kecil.",
        "Editor surat kabar itu ditangkap polisi pada Senin malam di rumahnya, menurut keluarganya sendiri.",
        "Read more books, the minister told the pupils when he opened the library in the north of the city.",
        "Video yang beredar menunjukkan tank bergerak ke utara, kata pejabat itu pada Selasa sore di kota.",
        "Terkini, pemerintah menolak usul itu dan meminta para pihak untuk kembali ke meja perundingan.",
        "By Tuesday the troops had left the town, the mayor said, and the market opened again at noon.",
        "Share prices fell after the minister had announced the new sanctions against the two banks.",
        "NATO Secretary General met the president and promised further help for the defence of the city.",
    ],
)
def test_a_sentence_that_begins_with_a_marker_word_is_read(page: Page, sentence: str) -> None:
    """A body sentence is not cut because it begins like a link, a footer or a dateline."""
    article = page(
        f"Judul berita hari ini\n\nPertemuan itu selesai pada malam hari.\n\n{sentence}\n\nItu saja."
    )
    assert sentence in body(article)


def test_a_label_alone_takes_the_link_that_follows(page: Page) -> None:
    """ "Baca juga:" on its own line takes the next line, which is the link, but no sentence."""
    article = page(
        "Judul\n\nPresiden tiba di kota itu.\n\nBaca juga:\nHarga cabai turun\n\nIa bertemu wali kota."
    )
    assert parts(article, "related") == ["Baca juga:", "Harga cabai turun"]
    assert "Ia bertemu wali kota." in body(article)


def test_what_follows_tags_is_no_article(page: Page) -> None:
    """Lists of tags and of popular articles after the body are furniture."""
    long = "Presiden bertemu wali kota itu pada hari Senin untuk membahas pembangunan jembatan yang baru."
    article = page(f"Judul\n\n{long}\n\nTags\nRuritania\n\nTerpopuler\nKim Jong Un kunjungi pasar\n")
    assert body(article) == long


@pytest.mark.parametrize("initials", ["(aal)", "(aal/arh)", "[ary]", "(Uu. SYS/G003/M016)"])
def test_initials_at_the_end_are_a_byline(page: Page, initials: str) -> None:
    """The writer's initials that end an article are cut from its last sentence."""
    article = page(f"Judul\n\nPresiden tiba di kota itu. {initials}\n")
    assert parts(article, "byline") == [initials]


def test_an_abbreviation_at_the_end_of_a_sentence_is_read(page: Page) -> None:
    """ "(dpr)" inside the last sentence is no byline."""
    article = page("Judul\n\nUsul itu ditolak oleh dewan perwakilan rakyat (dpr)\n")
    assert parts(article, "byline") == []


def test_an_embed_inside_a_paragraph_is_cut_alone(page: Page) -> None:
    """ "[Gambas:Video …]" in a paragraph is marked and the sentences around it stay."""
    article = page("Judul\n\nPresiden tiba. [Gambas:Video CNN] Ia bertemu wali kota.")
    assert parts(article, "related") == ["[Gambas:Video CNN]"]
    assert body(article) == "Presiden tiba. Ia bertemu wali kota."


def test_a_given_title_is_a_headline_only_where_the_text_has_it(line: Page) -> None:
    """With a title given, the first line is a headline only if it is that title."""
    first = "Sebuah kapal tiba di pelabuhan"
    assert parts(line(text=f"{first}\n\nIa membawa beras.", title="Kapal beras datang"), "headline") == []
    assert parts(line(text=f"{first}\n\nIa membawa beras.", title=first.upper()), "headline") == [first]
    assert parts(line(text=f"{first}. Ia membawa beras.", title=first), "headline") == [f"{first}."]


def test_hard_line_breaks_do_not_cut_sentences(line: Page) -> None:
    """A photo credit inside text with hard line breaks is cut alone, without half a sentence."""
    text = "Soldiers guard the\n    northern city of Orda, in March. (Ann Lee/Reuters)\n    They left later."
    article = line(text=text, title="Guard", lang="en")
    assert parts(article, "credit") == ["(Ann Lee/Reuters)"]
    assert parts(article, "caption") == []


@pytest.mark.parametrize(
    ("sentence", "cites"),
    [
        ("Ia menolak, seperti dilansir dari kantor berita AFP, Senin.", ("AFP",)),
        ("Mengutip Reuters, Minggu (29/10), ia berangkat.", ("Reuters",)),
        ("Demikian dilaporkan KCNA sebagaimana dikutip Reuters.", ("KCNA", "Reuters")),
        ("Dilansir dalam Ruritania Gazette, ia berangkat.", ("Ruritania Gazette",)),
        ("He refused, according to the Associated Press.", ("AP",)),
        ("Xinhua reported that he had left.", ("Xinhua",)),
        ("Perjanjian antara Rusia dan China berlaku, menurut Presiden Vesely.", ()),
        ("He refused, according to President Vesely.", ()),
    ],
)
def test_relayed_agencies_are_named(page: Page, sentence: str, cites: tuple[str, ...]) -> None:
    """The agencies that an article relays are kept under one name each; people are no agencies."""
    assert page(f"Judul\n\nPresiden tiba. {sentence}").cites == cites


PIECES = st.sampled_from(
    [
        "Baca Juga: Satu",
        "Tags",
        "JAKARTA, KOMPAS.com - Ia tiba.",
        "5 Juni 2024",
        "(aal)",
        "***",
        "Foto: Dok. (Foto: AP)",
        "Editor:",
        "[Gambas:Video]",
        "Ia pergi ke pasar dan membeli beras untuk keluarganya.",
        "By Ann Lee",
        "Lihat juga",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=40), max_size=12).map("\n".join) | st.text(max_size=300)


@given(text=TEXTS, title=st.none() | PIECES)
def test_zones_are_apart_sorted_and_tight(text: str, title: str | None) -> None:
    """Whatever the text: zones lie in it, do not overlap, are in order, and have no white space around."""
    end = 0
    for zone in lay_out(text, markers.load(), title=title, lang="id").zones:
        assert end <= zone.start < zone.end <= len(text)
        assert zone.kind in READ_ZONES | SKIPPED_ZONES
        stretch = text[zone.start : zone.end]
        assert stretch == stretch.strip()
        end = zone.end


def test_the_heads_of_other_sites(page: Page) -> None:
    """Sections, sources, bylines, glued dates and a dateline on its own line do not get into the body."""
    article = page(
        "Home / World / Europe\nBridge of Orda opens again\nBy Ann Lee\n"
        "July 24, 20235:12 AM GMT+7Updated 2 hours ago\nFILE - The bridge in spring. (AP Photo/Bo Kim)\n"
        "Orda (Reuters) -\nThe bridge opened on Monday.\nOur Standards: The Principles."
    )
    assert (article.title, article.byline) == ("Bridge of Orda opens again", "Ann Lee")
    assert article.published == "2023-07-24T05:12:00+07:00"
    assert (article.place, article.agency) == ("Orda", "Reuters")
    assert parts(article, "caption") == ["FILE - The bridge in spring."]
    assert body(article) == "The bridge opened on Monday."


def test_links_in_the_middle_end_at_the_next_sentence(page: Page) -> None:
    """A block of recommended links inside an article is cut, and the article goes on behind it."""
    first = "Presiden bertemu wali kota itu pada hari Senin untuk membahas pembangunan jembatan yang baru."
    article = page(
        f'CNN Indonesia\nJudul\n{first}\nPilihan Redaksi\nSatu\nDua\n"Kami menolak usul itu," katanya.'
    )
    assert parts(article, "related") == ["Pilihan Redaksi", "Satu", "Dua"]
    assert body(article) == f'{first} "Kami menolak usul itu," katanya.'
