"""From bytes to text: encodings, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from kg.errors import ArticleError

#: The most characters one article may have: spaCy refuses longer texts.
MAX_CHARS = 1_000_000
#: The most bytes a file that holds one article may have (HTML pages carry much beside their text).
MAX_BYTES = 16_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Encodings tried for what is not UTF-8, so that a short text is not taken for an exotic one.
_LEGACY = ["cp1252", "cp1251", "cp1256", "shift_jis", "gb18030", "big5", "euc_kr"]
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip, docx or epub file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
)
_DECLARED = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,30})", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What UTF-8 cannot write, and NUL, which databases and C libraries take for the end of a text.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def decode(data: bytes, source: str, *, html: bool = False) -> str:
    """The text of ``data``, by byte order mark, UTF-8, declared charset (HTML) or detection.

    Raises ArticleError for what is empty, binary or undecodable.
    """
    if not data.strip():
        raise ArticleError(f"{source} is empty: remove it or fill it", source=source)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(_strict(data, encoding, source), source)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise ArticleError(
                f"{source} is {kind}, not text: save the article as .txt, .html or .jsonl", source=source
            )
    try:
        return _checked(data.decode("utf-8"), source)
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:4096]) if html else None
    charset = _known(declared.group(1).decode("ascii")) if declared else None
    if charset:
        return _checked(_strict(data, charset, source), source)
    return _checked(_detected(data, source), source)


def writable(text: str) -> str:
    """``text`` with NUL and lone surrogates replaced one for one by U+FFFD, so that offsets stay valid."""
    return _UNWRITABLE.sub("\ufffd", text)


def _known(name: str) -> str | None:
    """The Python codec for a declared charset; None for an unknown one, or one that does not make text."""
    try:
        b"".decode(name)
    except LookupError:
        return None
    codec = codecs.lookup(name).name
    # Browsers read pages that declare Latin-1 as its superset cp1252; a wrong "utf-8" was tried before.
    return {"iso8859-1": "cp1252", "utf-8": None}.get(codec, codec)


def _strict(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{source} says that it is {encoding} but byte {error.start} is not: save it as UTF-8",
            source=source,
        ) from error


def _detected(data: bytes, source: str) -> str:
    import charset_normalizer

    best = None if b"\x00" in data else charset_normalizer.from_bytes(data, cp_isolation=_LEGACY).best()
    if best is None:
        raise ArticleError(f"{source} is not text in a known encoding: save it as UTF-8", source=source)
    return str(best)


def _checked(text: str, source: str) -> str:
    """``text``, unless so many control characters are in it that it cannot be a text."""
    if not text.strip("\ufeff \t\r\n\u00a0"):
        raise ArticleError(f"{source} is empty: remove it or fill it", source=source)
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise ArticleError(
            f"{source} is binary, not text: save the article as .txt, .html or .jsonl", source=source
        )
    return text
