"""Reading files, folders and streams: every format, stable ids, and one clear sentence for each bad input."""

from __future__ import annotations

import io
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.reading import read
from kg.reading.articles import make
from kg.types import Article

Page = Callable[..., Article]
Refused = Callable[..., str]

BODY = (
    "Presiden Ruritania mengunjungi negara tetangga pada hari Senin untuk membahas perbatasan kedua negara."
)
HTML = f"""<html><head><title>Kunjungan</title><link rel="canonical" href="https://warta.example/a">
<meta property="og:site_name" content="Warta"><meta name="author" content="Sari Dewi">
<meta property="article:published_time" content="2024-06-05T08:00:00+07:00"></head>
<body><nav><a href="/">Beranda</a></nav><article><h1>Kunjungan</h1><p>{BODY}</p>
<p>{BODY.replace("Senin", "Selasa")}</p>
<p>{BODY.replace("Senin", "Rabu")}</p></article><footer>Hak cipta</footer></body></html>"""


def test_a_web_page_gives_text_and_facts(page: Page) -> None:
    """Of an HTML page the article's text, address, author, site and date are kept, not its navigation."""
    article = page(HTML, "halaman.html")
    assert BODY in article.text and "Beranda" not in article.text and "Hak cipta" not in article.text
    assert article.url == "https://warta.example/a"
    assert (article.byline, article.source, article.published) == ("Sari Dewi", "Warta", "2024-06-05")


def test_html_under_another_suffix_is_still_read_as_a_page(page: Page) -> None:
    """A page saved as .txt is not read with its tags."""
    assert "<p>" not in page(HTML, "halaman.txt").text


def test_json_lines_keep_ids_and_offsets(line: Page) -> None:
    """The id and the text of a JSON line are kept to the character, unknown keys are ignored."""
    text = f"  \r\n{BODY}\r\n\r\nBaca Juga: Lain\n"
    article = line(id="a/1", text=text, published="2024-06-05", rating=5)
    assert (article.id, article.text, article.published) == ("a/1", text, "2024-06-05")
    assert [text[zone.start : zone.end] for zone in article.zones if zone.kind == "related"] == [
        "Baca Juga: Lain"
    ]


def test_what_cannot_be_stored_is_replaced_in_place(line: Page) -> None:
    """NUL and lone surrogates in a JSON text become U+FFFD without moving a character."""
    article = line(text=f"{BODY}\x00\ud800!", title="\ud800 judul")
    assert article.text == f"{BODY}\ufffd\ufffd!"
    json.dumps(article.to_json(), ensure_ascii=False).encode()


@pytest.mark.parametrize("form", ["object", "list"])
def test_json_files_hold_one_article_or_a_list(tmp_path: Path, form: str) -> None:
    """A .json file is one article or a list of them."""
    path = tmp_path / "a.json"
    item = {"text": BODY}
    path.write_text(json.dumps(item if form == "object" else [item]))
    assert [article.text for article in read([path]) if isinstance(article, Article)] == [BODY]


def test_a_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each broken JSON line is reported with its number and the rest is read."""
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps({"id": "1", "text": BODY}),
        '{"text": ',
        "[]",
        "{}",
        '{"text": 5}',
        json.dumps({"text": BODY}),
    ]
    path.write_text("\n".join(lines))
    found = list(read([path]))
    assert [isinstance(item, Article) for item in found] == [True, False, False, False, False, True]
    messages = [str(item) for item in found if isinstance(item, ArticleError)]
    assert all(f"line {number}" in message for number, message in zip((2, 3, 4, 5), messages, strict=True))


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t ", "a.txt", "empty"),
        ("\ufeff \n".encode(), "a.txt", "empty"),
        (b"%PDF-1.7 ...", "a.txt", "PDF"),
        (bytes(range(32)) * 20, "a.txt", "binary"),
        (bytes([0x81, 0x00, 0x9D, 0xFF]) * 50, "a.txt", "UTF-8"),
        (b"\xff\xfea", "a.txt", "utf-16"),
        (b"x", "a.xyz", "unknown suffix"),
        (b"kata " * 2_000_000, "a.txt", "split it"),
        (b"<html><body></body></html>", "a.html", "without an article"),
        (b"<<<>>><div<p", "a.html", "without an article"),
        (b"[]", "a.json", "empty list"),
        (b'{"text"', "a.json", "not valid JSON"),
        (b"[" * 100_000, "a.json", "JSON"),
        (b"", "a.jsonl", "empty"),
        (b'{"text": "Ia tiba.", "published": "kemarin"}', "a.jsonl", "kemarin"),
        (b'{"text": "Ia tiba.", "published": "Juli 2023"}', "a.jsonl", "Juli 2023"),
        (b'{"text": "Ia tiba.", "lang": "Bahasa Indonesia!"}', "a.jsonl", "id or en"),
        (b'{"text": "' + b"a" * 10_000_000 + b'"}', "a.jsonl", "10,000,000"),
        (b'{"text": "' + b"a" * 17_000_000 + b'"}', "a.jsonl", "line 1 is larger"),
    ],
)
def test_bad_input_gets_one_clear_sentence(refused: Refused, data: bytes, name: str, word: str) -> None:
    """Each kind of bad input is refused in one line that names what is wrong."""
    message = refused(data, name)
    assert word in message and "\n" not in message and len(message) < 300


def test_what_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    """A missing file, a glob without matches, a link to itself and an empty folder are errors."""
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "empty").mkdir()
    names = ["missing.txt", "*.nothing", "loop.txt", "empty", "a\x00b"]
    found = [list(read([str(tmp_path / name)])) for name in names]
    assert all(len(items) == 1 and isinstance(items[0], ArticleError) for items in found), found


def test_a_folder_that_holds_a_link_to_itself_is_read_once(tmp_path: Path) -> None:
    """A folder that contains a link to itself ends, and its file comes once."""
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert len(list(read([tmp_path, str(tmp_path / "*.txt")]))) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_an_unreadable_file_is_reported(tmp_path: Path) -> None:
    """A file without read permission is an error with the system's reason."""
    path = tmp_path / "a.txt"
    path.write_text(BODY)
    path.chmod(stat.S_IWUSR)
    (found,) = read([path])
    assert isinstance(found, ArticleError) and "permission" in str(found)


def test_folders_are_read_in_order_without_readmes(tmp_path: Path) -> None:
    """A folder gives its files and those of its folders by name; READMEs and hidden files are no articles."""
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", "README.md", ".hidden.txt"):
        (tmp_path / name).write_text(f"{BODY} {name}")
    texts = [article.text.split()[-1] for article in read([tmp_path]) if isinstance(article, Article)]
    assert texts == ["a.txt", "b.txt", "sub/c.txt"]


def test_a_graph_built_inside_the_folder_is_no_source(tmp_path: Path) -> None:
    """Building a folder into itself does not read the graph as articles the next time."""
    (tmp_path / "a.txt").write_text("Rusia mengirim utusan ke Suriah pada Rabu pagi.", "utf-8")
    (tmp_path / "output" / "store").mkdir(parents=True)
    (tmp_path / "output" / "extractions.jsonl").write_text("{}\n", "utf-8")
    (tmp_path / "output" / "store" / "data.txt").write_text("no article", "utf-8")
    assert [article.id.rsplit("-", 1)[0] for article in read([tmp_path])] == ["a"]


def test_the_same_file_has_the_same_id_anywhere(tmp_path: Path) -> None:
    """An id comes from the name and the text, not from the folder; another text has another id."""
    ids = []
    for folder, text in (("x", BODY), ("y", BODY), ("z", BODY + " Ia pulang.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Berita Hari Ini.txt").write_text(text)
        ids += [article.id for article in read([tmp_path / folder]) if isinstance(article, Article)]
    assert ids[0] == ids[1] != ids[2] and ids[0].startswith("berita-hari-ini-")


@pytest.mark.parametrize("data", [BODY, HTML, json.dumps({"text": BODY}), json.dumps([{"text": BODY}])])
def test_standard_input_takes_every_format(data: str) -> None:
    """Text, a page, JSON Lines and JSON are told apart on standard input."""
    (found,) = read(["-"], stdin=io.BytesIO(data.encode()))
    assert isinstance(found, Article) and found.text.startswith((BODY, "Kunjungan"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with and without a mark, UTF-16 and Windows text are decoded alike."""
    text = "“Kami tidak akan mundur,” kata menteri luar negeri São Tomé – pada Rabu. Café itu tutup."
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    (found,) = read([path])
    assert isinstance(found, Article) and found.text == text


@pytest.mark.parametrize(
    ("published", "iso"),
    [
        ("2016 Oct 10", "2016-10-10"),
        ("27 Juli 2023, 14:55 WIB", "2023-07-27T14:55:00+07:00"),
        ("Kamis, 27 Jul 2023 14.55 WIT", "2023-07-27T14:55:00+09:00"),
        ("2023-07-27T14:55:00Z", "2023-07-27T14:55:00+00:00"),
        ("Tue, 25 Jul 2023 10:11:12 GMT", "2023-07-25T10:11:12+00:00"),
    ],
)
def test_dates_are_normalised(line: Page, published: str, iso: str) -> None:
    """Dates as sites write them become ISO 8601, with the offset that they state."""
    assert line(text=BODY, lang="id", published=published).published == iso


def test_no_date_is_made_up(page: Page) -> None:
    """An article without a date has none."""
    assert page(f"Judul\n\n{BODY}").published is None


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Rusia tidak memasok senjata ke Korut", "id"),
        ("Trump kecam Elon Musk", "id"),
        (BODY, "id"),
        ("Presiden Amerika Syarikat berkata bahawa kerajaan akan menghantar bantuan.", "ms"),
        ("The president visited the neighbouring country on Monday.", "en"),
        ("Президент посетил соседнюю страну в понедельник.", "ru"),
        ("俄罗斯外交部长周三访问北京。美国指责伊朗向俄罗斯提供无人机，德黑兰否认。", "zh"),
    ],
)
def test_languages_are_told_apart(page: Page, text: str, lang: str) -> None:
    """Indonesian is not taken for Malay, nor Malay for Indonesian; a short Chinese text is Chinese."""
    assert page(text).lang == lang


def test_a_named_language_is_kept(line: Page) -> None:
    """The language that the source names outranks what would be identified."""
    assert line(text=BODY, lang="en-GB").lang == "en"


@given(text=st.text(min_size=1), title=st.none() | st.text())
def test_any_text_is_an_article_or_an_article_error(text: str, title: str | None) -> None:
    """No text raises anything but ArticleError, and the text keeps its length."""
    try:
        article = make({"text": text, "title": title}, name="x", source="x", lang="id")
    except ArticleError:
        return
    assert len(article.text) == len(text)
    assert Article.from_json(json.loads(json.dumps(article.to_json()))) == article


@given(data=st.binary(max_size=400), name=st.sampled_from(["text", "html", "jsonl", "json"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    """No bytes in any format raise: they are read or refused."""
    from kg.reading.formats import read_stream

    for found in read_stream(io.BytesIO(data), kind=name, name="x", source="x", lang=None):
        assert isinstance(found, Article | ArticleError)
