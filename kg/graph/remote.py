"""The graph in another store: any that speaks SPARQL 1.1 (Query; Graph Store HTTP or Update).

Graph by graph, each replaced as a whole.  The other store keeps, in the graph ``<base>graph/pushed``, a
digest of each graph that came from here: a second push sends only what changed, one that was broken off goes
on, and graphs that are not ours are never touched.  What others change in our graphs over there is not
noticed: drop the graph ``pushed``, and all is sent again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, Triple, parse_query_results

from kg.errors import KGError, PipelineError, StoreError
from kg.graph.results import Results, collect
from kg.graph.store import Store
from kg.graph.terms import Names, term

if TYPE_CHECKING:
    import httpx

#: Called with how many graphs were sent, and how many there are to send.
Progress = Callable[[int, int], None]

#: Where a server has its query, update and graph-store addresses, below the address of the store; ``sparql``
#: is a server with one address for queries and updates, and no graph store.
KINDS = {
    "oxigraph": ("/query", "/update", "/store"),
    "fuseki": ("/query", "/update", "/data"),
    "rdf4j": ("", "/statements", "/rdf-graphs/service"),
    "virtuoso": ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
    "sparql": ("", "", None),
}
#: Graphs after which it is noted what was sent; triples in one request (some servers take no more in an
#: update); digests asked for at once (some servers cut long answers).
NOTED, UPLOADED, INSERTED, ASKED = 200, 20_000, 500, 5_000
#: Seconds without a word from the other side.
TIMEOUT = 300.0


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where another store is: its SPARQL query, SPARQL update and Graph Store HTTP addresses.

    ``graphs`` is None for a server without a graph store, which is then written to by updates.
    ``digest`` says that it asks for the password by HTTP Digest instead of Basic.
    """

    query: str
    update: str
    graphs: str | None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    digest: bool = False


@dataclass(frozen=True)
class Pushed:
    """What a push did: graphs that were sent, removed, and left as they were."""

    sent: int
    removed: int
    unchanged: int


def address(
    url: str,
    kind: str = "oxigraph",
    *,
    query: str | None = None,
    update: str | None = None,
    graphs: str | None = None,
    user: str | None = None,
    password: str | None = None,
) -> Address:
    """The addresses of the store at ``url``, a server of a KIND; those that are given replace its own.

    Raises KGError for an unknown kind and for what is no address.
    """
    if kind not in KINDS:
        raise KGError(f"no kind of server {kind!r}: choose one of {', '.join(KINDS)}")
    for one in filter(None, (url, query, update, graphs)):
        _check(one)
    paths = [None if path is None else url.rstrip("/") + path for path in KINDS[kind]]
    return Address(
        query=query or str(paths[0]),
        update=update or str(paths[1]),
        graphs=graphs or paths[2],
        user=user,
        password=password,
        digest=kind == "virtuoso",
    )


def _check(url: str) -> None:
    """Raise KGError for what is no address of a server, or holds a password, which messages would show."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or any(letter.isspace() for letter in url):
        raise KGError(f"{url!r} is no address of a server: write it as http://localhost:7878")
    if "@" in parts.netloc:
        raise KGError("the address holds a user: leave it out, and give --user and $KG_STORE_PASSWORD")


def push(store: Store, target: Address, progress: Progress | None = None) -> Pushed:
    """Make the other store hold the graphs of ``store``, each as it is here.

    Raises StoreError if it cannot be reached, refuses the user or the data; what was sent by then counts
    for the next push.  Raises PipelineError if httpx is not installed.
    """
    names = store.names
    with Remote(target) as other:
        held = other.digests(names)
        wanted = {graph: _digest(_triples(store, graph)) for graph in store.graphs()}
        gone = [graph for graph in held if graph not in wanted]
        changed = [graph for graph, digest in wanted.items() if held.get(graph) != digest]
        for graph in gone:
            other.drop(graph)
        # What is about to change is no longer as noted, whatever happens on the way.
        kept = {graph: digest for graph, digest in held.items() if wanted.get(graph) == digest}
        if kept != held:
            other.replace(names.graph("pushed"), _notes(kept))
        for start in range(0, len(changed), NOTED):
            some = changed[start : start + NOTED]
            for number, graph in enumerate(some, start=start + 1):
                other.replace(graph, _triples(store, graph))
                if progress:
                    progress(number, len(changed))
            other.add(names.graph("pushed"), _notes({graph: wanted[graph] for graph in some}))
    return Pushed(len(changed), len(gone), len(kept))


def _triples(store: Store, graph: NamedNode) -> list[str]:
    """The triples of a graph, sorted, as N-Triples without their full stops."""
    return sorted(str(quad.triple) for quad in store.quads(graph))


def _digest(triples: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(triples).encode()).hexdigest()[:32]


def _notes(digests: dict[NamedNode, str]) -> list[str]:
    said = term("kg:graphDigest")
    return [str(Triple(graph, said, Literal(digest))) for graph, digest in digests.items()]


class Remote:
    """Another store, spoken to over HTTP; use it with ``with``."""

    def __init__(self, target: Address) -> None:
        self.target = target
        self._client = _client(target)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def query(self, sparql: str) -> Results:
        """The answer to a SELECT or an ASK, over what the server takes for its default graph."""
        answer = self._request(
            "POST", self.target.query, data={"query": sparql}, accept="application/sparql-results+json"
        )
        try:
            found = parse_query_results(answer.content, format=QueryResultsFormat.JSON)
            return collect(found)
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                f"{self.target.query} did not answer as a SPARQL endpoint does: check the address and --kind"
            ) from error

    def digests(self, names: Names) -> dict[NamedNode, str]:
        """The graphs that were pushed to this store, with the digest of each."""
        found: dict[NamedNode, str] = {}
        last, pushed, said = "", names.graph("pushed"), term("kg:graphDigest")
        while True:
            rows = self.query(
                f"SELECT ?graph ?digest {{ GRAPH {pushed} {{ ?graph {said} ?digest }} "
                f"FILTER(STR(?graph) > {Literal(last)}) }} ORDER BY STR(?graph) LIMIT {ASKED}"
            ).rows
            if not rows:
                return found
            found.update({NamedNode(row["graph"]): row["digest"] for row in rows})
            last = rows[-1]["graph"]

    def replace(self, graph: NamedNode, triples: Sequence[str]) -> None:
        """Make a graph hold these triples and no others; a large one is sent in parts."""
        if self.target.graphs is None:
            self.drop(graph)
            self.add(graph, triples)
            return
        first, rest = triples[:UPLOADED], triples[UPLOADED:]
        self._store("PUT", graph, first)
        self.add(graph, rest)

    def add(self, graph: NamedNode, triples: Sequence[str]) -> None:
        """Add triples to a graph."""
        if self.target.graphs is None:
            for some in _parts(triples, INSERTED):
                self._update(f"INSERT DATA {{ GRAPH {graph} {{\n{_lines(some)}}} }}")
            return
        for some in _parts(triples, UPLOADED):
            self._store("POST", graph, some)

    def drop(self, graph: NamedNode) -> None:
        """Remove a graph, if it is there."""
        if self.target.graphs is None:
            self._update(f"DROP SILENT GRAPH {graph}")
            return
        self._request("DELETE", self.target.graphs, params={"graph": graph.value}, missing=True)

    def _store(self, method: str, graph: NamedNode, triples: Sequence[str]) -> None:
        """Graph Store HTTP.  N-Triples are Turtle, which every server takes."""
        where, body = str(self.target.graphs), _lines(triples).encode()
        self._request(method, where, params={"graph": graph.value}, content=body, kind="text/turtle")

    def _update(self, update: str) -> None:
        self._request("POST", self.target.update, content=update.encode(), kind="application/sparql-update")

    def _request(
        self,
        method: str,
        url: str,
        *,
        params: dict[str, str] | None = None,
        data: dict[str, str] | None = None,
        content: bytes | None = None,
        kind: str | None = None,
        accept: str = "*/*",
        missing: bool = False,
    ) -> httpx.Response:
        """Send a request; what the server does not take is a StoreError, unless what it misses may miss."""
        import httpx

        headers = {"Accept": accept, **({"Content-Type": f"{kind}; charset=utf-8"} if kind else {})}
        try:
            answer = self._client.request(
                method, url, params=params, data=data, content=content, headers=headers
            )
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise StoreError(f"cannot reach {url} ({reason}): see that the server runs there") from error
        if answer.is_success or (missing and answer.status_code == 404):
            return answer
        raise StoreError(_refusal(url, answer.status_code, answer.text, len(content or b"")))


def _client(target: Address) -> httpx.Client:
    try:
        import httpx
    except ImportError as error:
        raise PipelineError("pushing needs httpx: pip install 'kg-builder[push]'") from error
    auth: httpx.Auth | None = None
    if target.user is not None:
        make = httpx.DigestAuth if target.digest else httpx.BasicAuth
        auth = make(target.user, target.password or "")
    # A proxy of the machine has no business with a server on it.
    return httpx.Client(auth=auth, timeout=TIMEOUT, trust_env=not _is_here(target.query))


def _is_here(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refusal(url: str, status: int, said: str, size: int) -> str:
    """A sentence for an answer that is no success."""
    if status in (401, 403):
        return f"{url} does not let you in ({status}): give the --user and password of who may write"
    if status in (404, 405, 415):
        return f"{url} does not take this ({status}): check the address, and the server's --kind"
    if status == 413:
        return f"{url} takes no {size / 1e6:.1f} MB at once (413): raise the limit of the server"
    words = " ".join(said.split())[:200] or "without a reason"
    return f"{url} answered {status}: {words}"


def _parts(triples: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(triples), size):
        yield triples[start : start + size]


def _lines(triples: Iterable[str]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)
