"""Asking Wikidata who is meant: its search and its entities, by the API of every Wikibase.

``wbsearchentities`` and ``wbgetentities`` and not the Reconciliation Service API: the answers are the
entities of the dumps, so one reader and one rule serve both, and the service is Wikidata's own.  Nothing is
asked unless the user says so, and what comes back is only offered (:mod:`kg.linking.offers`).

https://www.mediawiki.org/wiki/API:Etiquette is kept: one request at a time with pauses, ``maxlag``, a
User-Agent that says who asks, and the pauses that the server wants.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.errors import KGError, PipelineError
from kg.importing.items import BadLine
from kg.importing.sources import Kept, Source, as_kept, now, stored, write
from kg.importing.wikidata import item
from kg.linking.imported import FOLDER, SUFFIX

if TYPE_CHECKING:
    import httpx

WIKIDATA = "https://www.wikidata.org/w/api.php"
#: The name of the source that holds what was found.
SOURCE = "wikidata-online"
#: Seconds that an answer may take, between two requests, and before a try after the first failed one, which
#: double; tries; items of one search; ids of one request (the API takes no more).
TIMEOUT, PAUSE, WAIT, TRIES, FOUND, AT_ONCE = 20.0, 0.5, 2.0, 4, 5, 50
#: The longest wait that a server may ask for.
PATIENCE = 60.0


def look_up(
    names: Sequence[tuple[str, str]],
    folder: Path,
    *,
    url: str = WIKIDATA,
    contact: str = "",
    pause: float = PAUSE,
    progress: Callable[[int, int], None] | None = None,
) -> Source | None:
    """Search for names (each with its language), and add what is found to the source SOURCE of the folder.

    ``contact`` is an address by which Wikidata can reach who asks.  Returns the source, None if nothing was
    found.  Raises KGError if the server cannot be reached or does not answer as Wikidata does; then nothing
    is changed.
    """
    with _client(contact) as client:
        asking = _Asking(client, url, pause)
        ids: dict[str, None] = {}
        for done, (name, lang) in enumerate(names, start=1):
            ids.update(dict.fromkeys(asking.search(name, lang)))
            if progress is not None:
                progress(done, len(names))
        found = [as_kept(one, SOURCE) for data in asking.entities([*ids]) if (one := _item(data, url))]
    path = folder / FOLDER / f"{SOURCE}{SUFFIX}"
    known: dict[str, Kept] = {kept[0].id: kept for kept in stored(path)} if path.exists() else {}
    known |= {kept[0].id: kept for kept in found}
    if not known:
        return None
    digest = " ".join([now(), *sorted(known)])
    about = Source(
        source=SOURCE, file=urlsplit(url).netloc, format="Wikidata API", at=now(), entities=0, names=0,
        left_out=len(ids) - len(found), linked=False, digest=digest,
    )  # fmt: skip
    return write(folder, about, (known[id] for id in sorted(known)), lambda: about.left_out)


def _item(data: Any, url: str) -> Any:
    try:
        return item(data)
    except BadLine as error:
        raise KGError(f"{url} does not answer as Wikidata does: {error}") from error


class _Asking:
    """Requests to one API, one after another."""

    def __init__(self, client: httpx.Client, url: str, pause: float) -> None:
        self._client = client
        self._url = url
        self._pause = pause
        self._asked = False

    def search(self, name: str, lang: str) -> list[str]:
        """The ids of items that are called so, the best first."""
        answer = self._ask(
            action="wbsearchentities", search=name, language=lang, uselang=lang, type="item", limit=str(FOUND)
        )
        return [one["id"] for one in self._part(answer, "search", list)]

    def entities(self, ids: Sequence[str]) -> Iterator[Any]:
        """The entities with their names and claims."""
        for start in range(0, len(ids), AT_ONCE):
            some = "|".join(ids[start : start + AT_ONCE])
            answer = self._ask(action="wbgetentities", ids=some, props="labels|aliases|claims")
            yield from self._part(answer, "entities", dict).values()

    def _part(self, answer: Any, name: str, type: type) -> Any:
        part = answer.get(name) if isinstance(answer, dict) else None
        if not isinstance(part, type):
            raise KGError(f"{self._url} does not answer as Wikidata does: give the address of its api.php")
        return part

    def _ask(self, **parameters: str) -> Any:
        """The answer; asked again, after a while, where the server is busy or cannot be reached."""
        why, wait = "", WAIT
        for again in range(TRIES):
            if self._asked:
                time.sleep(wait if again else self._pause)
            self._asked = True
            wait = wait * 2 if again else WAIT
            why, asked_to_wait, answer = self._once({**parameters, "format": "json", "maxlag": "5"})
            if answer is not None:
                return answer
            wait = wait if asked_to_wait is None else min(asked_to_wait, PATIENCE)
        raise KGError(f"{self._url} {why}, {TRIES} times: try again later; nothing was changed")

    def _once(self, parameters: dict[str, str]) -> tuple[str, float | None, Any]:
        """Why there is no answer, the seconds that the server wants to be left alone, and the answer."""
        import httpx

        try:
            got = self._client.get(self._url, params=parameters)
            wait = _seconds(got.headers.get("Retry-After"))
            if got.status_code == 429 or got.status_code >= 500:
                return f"answered {got.status_code}", wait, None
            if not got.is_success:
                raise KGError(f"{self._url} answered {got.status_code}: give the address of an api.php")
            answer = got.json()
        except httpx.HTTPError as error:
            return f"cannot be reached ({str(error) or type(error).__name__})", None, None
        except ValueError as error:
            raise KGError(f"{self._url} answers no JSON: give the address of an api.php") from error
        failed = answer.get("error") if isinstance(answer, dict) else None
        if isinstance(failed, dict) and failed.get("code") in ("maxlag", "ratelimited"):
            return f"is too busy ({failed['code']})", wait, None
        if failed:
            raise KGError(f"{self._url} refused the question: {failed}")
        return "", None, answer


def _seconds(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:  # a date: wait as long as we would anyhow
        return None


def _client(contact: str) -> httpx.Client:
    try:
        import httpx
    except ImportError as error:
        raise PipelineError("asking Wikidata needs httpx: pip install 'kg-builder[online]'") from error
    try:
        ours = version("kg-builder")
    except PackageNotFoundError:
        ours = "0"
    about = "; ".join(filter(None, ("https://pypi.org/project/kg-builder", contact)))
    headers = {"User-Agent": f"kg-builder/{ours} ({about}) python-httpx/{httpx.__version__}"}
    return httpx.Client(headers=headers, timeout=TIMEOUT, follow_redirects=True)


def wanted(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names with the language to search them in, each once; a language that is not known is English."""
    return list(dict.fromkeys((name, "en" if lang in ("", "und") else lang) for name, lang in rows))
