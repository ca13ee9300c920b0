"""The engine under the store (Oxigraph): opening its folder, and its errors as sentences."""

from __future__ import annotations

import contextlib
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, RdfFormat

from kg.errors import StoreError

#: The engine cannot take the lock; its word for damage, "block checksum", is another.
_LOCKED = re.compile(r"\block\b", re.IGNORECASE)

#: How often, and with which pause in seconds, a reader tries to open the store beside a writer.
READ_ATTEMPTS, READ_PAUSE = 10, 0.05
#: Quads in a part of what is loaded.
LOADED_AT_ONCE = 50_000


def to_write(path: Path, *, whole: bool) -> pyoxigraph.Store:
    """Open for writing; a store that a killed run left half made, and is not ``whole``, is begun anew."""
    try:
        store = pyoxigraph.Store(str(path))
    except (OSError, RuntimeError) as error:
        if whole or _LOCKED.search(str(error)) or not _is_half_made(error):
            raise
        shutil.rmtree(path)
        store = pyoxigraph.Store(str(path))
    for diary in path.glob("LOG.old.*"):  # the engine leaves one each time and keeps a thousand
        diary.unlink(missing_ok=True)
    return store


def to_read(path: Path) -> pyoxigraph.Store:
    """Open beside a writer, which may tidy a file away between its being listed and its being opened."""
    for _ in range(READ_ATTEMPTS - 1):
        try:
            return pyoxigraph.Store.read_only(str(path))
        except (OSError, RuntimeError) as error:
            if "No such file" not in str(error):
                raise
            time.sleep(READ_PAUSE)
    return pyoxigraph.Store.read_only(str(path))


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell errors of the disk and of the store in one sentence."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # Oxigraph raises RuntimeError for damaged files
        raise _damaged(path, error) from error


def _is_half_made(error: Exception) -> bool:
    """Whether a store cannot be opened because its making was broken off, not for want of space or rights."""
    return any(words in str(error) for words in ("Column family", "Corruption", "No such file", "MANIFEST"))


def _damaged(path: Path, error: Exception) -> StoreError:
    reason = str(error)
    if _LOCKED.search(reason):
        return StoreError(f"another run is using {path}: wait until it has ended")
    if "No space" in reason:
        return StoreError(f"the disk with {path} is full: free some space and run `kg build` again")
    if isinstance(error, PermissionError) or "Permission denied" in reason or "Read-only" in reason:
        return StoreError(f"{path} cannot be written: choose another folder with --output")
    return StoreError(f"{path} is damaged ({reason}): delete it, then `kg build` rebuilds it from the record")


def load(store: pyoxigraph.Store, quads: Iterable[Quad]) -> None:
    """Load many quads while they are being made: a part is read and sorted while the next one is made.

    Parts of this size are also loaded faster than all at once.  Raises what making or loading them raises;
    the store may then hold some of them.
    """
    rest = iter(quads)
    loading: Future[None] | None = None
    with ThreadPoolExecutor(1) as pool:
        while part := list(islice(rest, LOADED_AT_ONCE)):
            lines = pyoxigraph.serialize(part, format=RdfFormat.N_QUADS)
            if loading is not None:
                loading.result()
            loading = pool.submit(store.bulk_load, lines, RdfFormat.N_QUADS)
        if loading is not None:
            loading.result()
