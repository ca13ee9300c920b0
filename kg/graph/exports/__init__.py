"""The graph as a file for other programs; the suffix of the file says which format."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kg.errors import KGError
from kg.graph.exports.content import Content

_MODULES = {
    "rdf": (".ttl", ".trig", ".nq", ".jsonld"),
    "networks": (".graphml", ".gexf", ".cyjs"),
    "neo4j": (".neo4j", ".neo4j.zip"),
    "ftm": (".ftm.json",),
    "polecat": (".polecat.tsv",),
    "tables": (".csv", ".parquet", ".sqlite", ".duckdb"),
    "archive": (".kg.zip",),
}
_MODULE_OF = {suffix: module for module, suffixes in _MODULES.items() for suffix in suffixes}
#: The suffixes that :func:`export` knows.
SUFFIXES = tuple(_MODULE_OF)


def export(path: Path | str, content: Content, *, reify: bool = False) -> None:
    """Write the graph to ``path``; a file that was there is replaced when the new one is complete.

    ``reify`` adds, in RDF, the triples that claims are about (RDF 1.2).  Raises KGError for another suffix
    and when the file cannot be written, PipelineError where a library is missing.
    """
    path = Path(path)
    suffix = _suffix(path)
    write: Callable[..., None] = import_module(f"kg.graph.exports.{_MODULE_OF[suffix]}").write
    if reify and _MODULE_OF[suffix] != "rdf":
        raise KGError(f"--reify is for RDF: export to {', '.join(_MODULES['rdf'][:3])}, or leave it out")
    temporary = path.with_name(path.name + ".new")
    try:
        _discard(temporary)
        if reify:
            write(temporary, content, suffix, reify=True)
        else:
            write(temporary, content, suffix)
        _put_in_place(temporary, path)
    except OSError as error:
        raise KGError(f"cannot write {path} ({error.strerror}): choose another place") from error
    finally:
        with contextlib.suppress(OSError):
            _discard(temporary)


def _suffix(path: Path) -> str:
    """The longest suffix that the name ends with."""
    name = path.name.lower()
    found = [suffix for suffix in SUFFIXES if name.endswith(suffix)]
    if not found:
        raise KGError(f"cannot export to {path.name!r}: end its name with one of {', '.join(SUFFIXES)}")
    return max(found, key=len)


def _put_in_place(temporary: Path, path: Path) -> None:
    """Move a file or a folder of files to its name; what else is in the folder stays."""
    if not temporary.is_dir():
        os.replace(temporary, path)
        return
    path.mkdir(exist_ok=True)
    for file in sorted(temporary.iterdir()):
        os.replace(file, path / file.name)


def _discard(temporary: Path) -> None:
    if temporary.is_dir():
        shutil.rmtree(temporary)
    else:
        temporary.unlink(missing_ok=True)


__all__ = ["SUFFIXES", "Content", "export"]
