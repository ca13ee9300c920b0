"""What a query may not do: run on, grow without end, break the server, or reach another machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from kg.errors import QueryError
from kg.graph.sparql import refuse
from kg.serve.pool import WORKERS
from tests.serve.conftest import ENDLESS

if TYPE_CHECKING:
    from tests.serve.conftest import Server


def test_an_endless_query_is_stopped_and_others_are_answered(server: Server) -> None:
    """While all workers but one hang, another question is answered; then all are told that time is up."""
    with ThreadPoolExecutor(WORKERS) as threads:
        hanging = [threads.submit(server.ask, ENDLESS) for _ in range(WORKERS - 1)]
        assert server.ask("ASK {}").json()["boolean"] is True
        answers = [future.result() for future in hanging]
    assert [answer.status_code for answer in answers] == [503] * (WORKERS - 1)
    assert all("longer than 5 s" in answer.text for answer in answers)
    assert server.ask("ASK {}").json()["boolean"] is True


def test_a_large_answer_is_refused_as_a_whole(server: Server) -> None:
    """Nothing is cut off in silence: the answer is complete, or there is none and a sentence says why."""
    answer = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert answer.status_code == 403
    assert "larger than 1 MB" in answer.text and "LIMIT" in answer.text
    assert len(server.rows("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100")) == 100


def test_a_query_that_breaks_the_engine_does_not_break_the_server(server: Server) -> None:
    """Nesting that overflows the engine's stack ends one worker, and the next question has another."""
    nested = f"SELECT ({'(' * 100_000}1{')' * 100_000} AS ?x) {{}}"
    answer = server.client.post("/sparql", data={"query": nested})
    assert answer.status_code == 503 and "broke the engine" in answer.text
    assert server.ask("ASK {}").json()["boolean"] is True


@pytest.fixture
def elsewhere() -> Iterator[tuple[int, list[bytes]]]:
    """The port of another server, and what was sent to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def listen() -> None:
            while True:
                try:
                    line, _ = listener.accept()
                except OSError:  # closed at the end of the test
                    return
                with line:
                    heard.append(line.recv(4096))
                    line.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield listener.getsockname()[1], heard
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


#: Ways to write a call of another server, `URL`, that a reader of the query could overlook.
CALLS = (
    "SELECT * { SERVICE URL { ?a ?b ?c } }",
    "SELECT * { sErViCe SILENT URL { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o.SERVICE URL { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o # a remark\rSERVICE URL { ?a ?b ?c }\n}",
    "SELECT * { OPTIONAL { ?s ?p 1.}SERVICE URL { ?a ?b ?c } }",
    "SELECT * { OPTIONAL { ?s ?p true.}SERVICE URL { ?a ?b ?c } }",
    "SELECT * { OPTIONAL { ?s ?p 'x'@en.}SERVICE URL { ?a ?b ?c } }",
    "PREFIX e: URL SELECT * { SERVICEe:a { ?a ?b ?c } }",
    "PREFIX e: URL SELECT * { SERVICE SILENTe:a { ?a ?b ?c } }",
    "PREFIX e: URL SELECT * { OPTIONAL { ?s e:a\\#b ?o }SERVICE URL { ?a ?b ?c } }",
    "PREFIX e: URL SELECT * { OPTIONAL { ?s e:a\\'b ?o }SERVICE URL { ?a ?b ?c } FILTER('a' = 'a') }",
    "SELECT * { OPTIONAL { ?s ?p <http://x/\u00a0#> }SERVICE URL { ?a ?b ?c } }",
    "SELECT * { OPTIONAL { ?s ?p <http://x/\\u00e9#> }SERVICE URL { ?a ?b ?c } }",
    "SELECT * { OPTIONAL { ?s ?p '''a'b''' }SERVICE URL { ?a ?b ?c } }",
    'SELECT * { OPTIONAL { ?s ?p """a""b\\"""" }SERVICE URL { ?a ?b ?c } }',
    "CONSTRUCT { ?a ?b ?c } { SERVICE URL { ?a ?b ?c } }",
    "DESCRIBE ?a { SERVICE URL { ?a ?b ?c } }",
    "SELECT * { { SELECT ?a { SERVICE URL { ?a ?b ?c } } } }",
)


@pytest.mark.parametrize("call", CALLS)
def test_no_query_reaches_another_server(
    server: Server, elsewhere: tuple[int, list[bytes]], call: str
) -> None:
    """What the engine by itself would send out is refused by the endpoint, and nothing is sent."""
    port, heard = elsewhere
    query = call.replace("URL", f"<http://127.0.0.1:{port}/>")
    store = pyoxigraph.Store()
    store.add(pyoxigraph.Quad(*[pyoxigraph.NamedNode("http://x/x")] * 3, pyoxigraph.DefaultGraph()))
    try:
        found = store.query(query)
        if not isinstance(found, pyoxigraph.QueryBoolean):
            list(found)
    except OSError:
        pass  # the other server has nothing to say
    assert heard, "the engine alone does not call: the case shows nothing"
    heard.clear()
    answer = server.ask(query)
    assert answer.status_code == 400 and "SERVICE" in answer.text
    assert heard == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s a schema:Service }",
        "SELECT * { GRAPH ?service { ?service ?p ?o } }",
        "SELECT * { ?s ?p 'SERVICE <http://example.org/> {' } # SERVICE <http://example.org/> {",
        "SELECT * { ?s ?p <http://example.org/SERVICE> }",
        'SELECT * { ?s rdfs:label "dinas rahasia"@id-service }',
        "SELECT * { ?a kg:date ?x . FILTER(?a<?x&&?x>?a) }",
    ],
)
def test_the_word_itself_is_no_crime(query: str) -> None:
    """Names, texts and remarks may hold the word."""
    refuse(query)


def test_a_stray_backslash_is_refused() -> None:
    """It could hide where a name ends, and means nothing outside of texts, IRIs and names."""
    with pytest.raises(QueryError, match="backslash") as caught:
        refuse("SELECT * { ?s ?p ?o }\n \\# {")
    assert caught.value.place == (2, 2)
