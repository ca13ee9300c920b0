"""From what the user names (files, folders, globs, standard input) to open files."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import ArticleError
from kg.reading.formats import SUFFIXES, Read, read_stream, sniff

#: Files beside articles that are none; a folder is read without them.
#: A folder with this file is what a build wrote (kg.graph.record), and no source.
_BUILT = "extractions.jsonl"
_NOT_ARTICLES = frozenset({"readme", "license", "licence", "changelog", "copying"})


def read(sources: Iterable[str | Path], *, stdin: BinaryIO | None = None, lang: str | None = None) -> Read:
    """The articles of ``sources``, and an ArticleError in the place of each that could not be read.

    A source is a file (.txt, .md or no suffix: text as pasted from a page; .html; .jsonl; .json), a
    folder (with all it holds, in order of the names, without hidden files, READMEs and graphs built
    before), a glob, or "-" for standard input (``stdin``, by default the process's).  ``lang`` is the
    language of articles that do not name theirs; without it, it is identified.  Nothing is raised for a
    bad article, and a file named twice is read once.
    """
    seen: set[str] = set()
    for source in sources:
        if str(source) == "-":
            yield from _standard_input(stdin or sys.stdin.buffer, lang)
            continue
        for found in _files(str(source)):
            if isinstance(found, ArticleError):
                yield found
            elif (real := os.path.realpath(found)) not in seen:
                seen.add(real)
                yield from _file(found, lang)


def _standard_input(stream: BinaryIO, lang: str | None) -> Read:
    buffered = io.BufferedReader(stream, 65536) if isinstance(stream, io.RawIOBase) else stream
    start = buffered.peek(4096) if isinstance(buffered, io.BufferedReader) else b""
    if not start:
        data = buffered.read()
        start, buffered = data[:4096], io.BytesIO(data)
    yield from read_stream(buffered, kind=sniff(start), name="stdin", source="standard input", lang=lang)


def _file(path: Path, lang: str | None) -> Read:
    source = str(path)
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(suffix for suffix in SUFFIXES if suffix)
        yield ArticleError(
            f"{source} has the unknown suffix {path.suffix}: use one of {known}", source=source
        )
        return
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, kind=kind, name=path.stem, source=source, lang=lang)
    except OSError as error:
        yield ArticleError(f"{source} cannot be read: {_reason(error)}", source=source)


def _files(source: str) -> Iterator[Path | ArticleError]:
    path = Path(source)
    try:
        if path.is_dir():
            yield from _folder(path)
            return
        if os.path.lexists(path):
            yield path
            return
        matches = sorted(glob.glob(source, recursive=True)) if glob.has_magic(source) else []
    except (OSError, ValueError) as error:
        yield ArticleError(f"{source!r} cannot be read: {error}", source=source)
        return
    if not matches:
        missing = "matches no file" if glob.has_magic(source) else "does not exist"
        yield ArticleError(
            f"{source} {missing}: name a file, a folder, a glob or - for standard input", source=source
        )
    for match in matches:
        found = Path(match)
        # "**" matches folders and what is in them: the files come by themselves.
        if not found.is_dir():
            yield found
        elif "**" not in source:
            yield from _folder(found)


def _folder(folder: Path) -> Iterator[Path | ArticleError]:
    """The files of a folder and of those in it; links to folders are not followed, so none is met twice."""
    unreadable: list[OSError] = []
    empty = True
    for root, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if _BUILT in names:
            folders.clear()
            continue
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith(".") or path.stem.casefold() in _NOT_ARTICLES:
                continue
            empty = False
            if path.is_file() or not path.exists():
                yield path
            else:
                yield ArticleError(
                    f"{path} is not a regular file: name it itself to read it", source=str(path)
                )
    for error in unreadable:
        yield ArticleError(f"{error.filename} cannot be read: {_reason(error)}", source=str(error.filename))
    if empty and not unreadable:
        yield ArticleError(
            f"{folder} holds no articles: put .txt, .html, .jsonl or .json files in it", source=str(folder)
        )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
