"""The endpoint speaks the SPARQL 1.1 Protocol, to real clients over a real socket."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, RdfFormat
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, SPARQLWrapper

from kg.graph.graph import Graph
from kg.graph.terms import BASE
from kg.serve.formats import choose

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serve.conftest import Server

QUERY = "SELECT ?status (COUNT(?c) AS ?n) { ?c a kg:Claim ; kg:status ?status } GROUP BY ?status"
COUNTS = {"asserted": "5", "alleged": "1", "denied": "1", "planned": "1"}
FORM = "application/x-www-form-urlencoded"


def counts(server: Server, method: str, **options: Any) -> dict[str, str]:
    answer = server.client.request(method, "/sparql", **options)
    assert answer.status_code == 200, answer.text
    return {row["status"]["value"]: row["n"]["value"] for row in answer.json()["results"]["bindings"]}


def test_a_query_comes_in_three_forms(server: Server) -> None:
    """GET, POST of a form and POST of the query itself give the same answer, with our prefixes undeclared."""
    assert counts(server, "GET", params={"query": QUERY}) == COUNTS
    assert counts(server, "POST", data={"query": QUERY}) == COUNTS
    direct = {"Content-Type": "application/sparql-query"}
    assert counts(server, "POST", content=QUERY, headers=direct) == COUNTS


@pytest.mark.parametrize(
    "format",
    [QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV],
    ids=str,
)
def test_rows_come_in_every_format(server: Server, format: QueryResultsFormat) -> None:
    """What was asked for is what comes, with its media type, and it reads as such."""
    media = format.media_type.partition(";")[0]
    answer = server.ask("SELECT ?c { ?c kg:status 'denied' }", accept=media)
    assert answer.headers["Content-Type"].partition(";")[0] == media
    if format == QueryResultsFormat.CSV:
        assert answer.text.splitlines()[0] == "c" and BASE in answer.text
    else:
        found = pyoxigraph.parse_query_results(answer.content, format=format)
        assert [row["c"].value.startswith(f"{BASE}claim/") for row in found] == [True]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_graphs_come_in_every_format(server: Server, media: str) -> None:
    """CONSTRUCT and DESCRIBE are written in the format asked for."""
    answer = server.ask("CONSTRUCT { ?c kg:status ?s } { ?c kg:status ?s ; a kg:Claim }", accept=media)
    assert answer.headers["Content-Type"].partition(";")[0] == media
    format = RdfFormat.from_media_type(media)
    assert format is not None
    assert len(list(pyoxigraph.parse(input=answer.content, format=format))) == sum(map(int, COUNTS.values()))
    assert server.ask("DESCRIBE country:PRK", accept=media).status_code == 200


def test_yes_or_no(server: Server) -> None:
    """ASK gives true or false, by default in JSON."""
    assert server.ask("ASK { ?c kg:status 'denied' }").json()["boolean"] is True
    assert server.ask("ASK { ?c kg:status 'no such' }").json()["boolean"] is False


def test_the_graphs_asked_are_those_named(server: Server) -> None:
    """All graphs by default; else those of the request, or else those of the query."""
    article, everything = f"{BASE}article/kunjungan", "SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }"

    def n(query: str, **fields: Any) -> int:
        return int(server.ask(query, **fields).json()["results"]["bindings"][0]["n"]["value"])

    assert n(everything) == 8
    assert n(everything, **{"default-graph-uri": article}) == 4
    assert n(everything, **{"default-graph-uri": [article, f"{BASE}article/accusation"]}) == 8
    assert n(everything, **{"named-graph-uri": article}) == 0
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?c a kg:Claim } }"
    assert n(named, **{"named-graph-uri": article}) == 4
    assert n(named, **{"default-graph-uri": article}) == 0
    assert n(f"SELECT (COUNT(*) AS ?n) FROM <{article}> {{ ?c a kg:Claim }}") == 4
    assert n(f"SELECT (COUNT(*) AS ?n) FROM NAMED <{article}> {{ ?c a kg:Claim }}") == 0


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        (("GET", {"params": {"query": "SELECT * {\n  ?s ?p }"}}), 400, "line 2, column"),
        (("GET", {"params": {"query": ["ASK {}", "ASK {}"]}}), 400, "one query"),
        (("POST", {"data": {"other": "x"}}), 400, "one query"),
        (("GET", {"params": {"query": "ASK {}", "default-graph-uri": "no iri"}}), 400, "absolute IRI"),
        (("GET", {"params": {"query": "CLEAR ALL"}}), 400, "would change the graph"),
        (("GET", {"params": {"query": "LOAD <file:///etc/hostname>"}}), 400, "would change the graph"),
        (("POST", {"data": {"query": "INSERT DATA { <x:x> <x:x> <x:x> }"}}), 400, "would change the graph"),
        (("GET", {"params": {"query": "SELECT (<http://example.org/f>(1) AS ?x) {}"}}), 400, "not supported"),
        (("GET", {"url": "/sparql?query=%ff"}), 400, "UTF-8"),
        (("POST", {"content": b"ASK { \xff }", "headers": {"Content-Type": "application/sparql-query"}}),
         400, "not UTF-8"),
        (("POST", {"content": bytes(range(256)), "headers": {"Content-Type": FORM}}), 400, "UTF-8"),
        (("POST", {"data": {"update": "CLEAR ALL"}}), 403, "kg build"),
        (("POST", {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}),
         403, "kg build"),
        (("PUT", {"content": "x"}), 405, "Not Allowed"),
        (("GET", {"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}), 406, "text/csv"),
        (("GET", {"params": {"query": "ASK {}"}, "headers": {"Accept": "text/turtle"}}), 406, "text/csv"),
        (("POST", {"content": "x" * 10_000_000, "headers": {"Content-Type": "application/sparql-query"}}),
         413, "longer than"),
        (("POST", {"content": "ASK {}"}), 415, "Content-Type"),
        (("POST", {"json": {"query": "ASK {}"}}), 415, "Content-Type"),
        (("POST", {"content": "ASK {}".encode("utf-16"),
                   "headers": {"Content-Type": "application/sparql-query; charset=utf-16"}}), 415, "UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, int) else "",
)  # fmt: skip
def test_a_wrong_request_is_told_what_is_wrong(
    server: Server, request_: tuple[str, dict[str, Any]], status: int, said: str
) -> None:
    """The status that the protocol has for it, and a sentence of plain text."""
    method, options = request_
    answer = server.client.request(method, **{"url": "/sparql", **options})
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert said in answer.text


def test_pages_of_any_origin_may_read(server: Server) -> None:
    """CORS: the question before the question, the answer, and what went wrong can all be read."""
    origin = {"Origin": "https://example.org"}
    plan = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "accept"}
    before = server.client.options("/sparql", headers={**origin, **plan})
    assert before.status_code == 200 and "POST" in before.headers["Access-Control-Allow-Methods"]
    assert "PUT" not in before.headers["Access-Control-Allow-Methods"]
    for query in ("ASK {}", "no query"):
        answer = server.client.get("/sparql", params={"query": query}, headers=origin)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_head_is_get_without_the_body(server: Server) -> None:
    """HEAD tells type and length."""
    head = server.client.head("/sparql", params={"query": QUERY})
    assert head.status_code == 200 and head.content == b""
    assert head.headers["Content-Length"] == server.ask(QUERY).headers["Content-Length"]


def test_the_endpoint_describes_itself(server: Server) -> None:
    """Without a query a program gets the service description, a person the query page."""
    answer = server.get("/sparql", accept="application/n-triples")
    said = {str(quad.triple.predicate.value).rpartition("#")[2]: quad.triple.object
            for quad in pyoxigraph.parse(input=answer.content, format=RdfFormat.N_TRIPLES)}  # fmt: skip
    assert said["endpoint"] == pyoxigraph.NamedNode(f"{server.address}sparql")
    assert "supportedLanguage" in said
    browser = server.get("/sparql", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert browser.status_code == 303 and browser.headers["Location"] == f"{server.address}query"


def test_a_client_library_gets_the_rows_of_the_embedded_graph(server: Server, output: Path) -> None:
    """SPARQLWrapper asks over HTTP what Python asks directly."""
    client = SPARQLWrapper(f"{server.address}sparql", returnFormat=JSON)
    query = "PREFIX kg: <https://kg-builder.org/ontology#> SELECT ?c ?s { ?c kg:status ?s } ORDER BY ?c"
    client.setQuery(query)
    found: Any = client.queryAndConvert()
    rows = [{name: cell["value"] for name, cell in row.items()} for row in found["results"]["bindings"]]
    assert rows == Graph(output).query(query).rows and rows


def test_rdflib_reads_the_graph_through_the_endpoint(server: Server, output: Path) -> None:
    """SPARQLStore looks up triples and asks queries as in a graph of rdflib's own."""
    remote = rdflib.Graph(SPARQLStore(f"{server.address}sparql"))
    status = rdflib.URIRef("https://kg-builder.org/ontology#status")
    there = sorted((str(s), str(o)) for s, _, o in remote.triples((None, status, None)))
    asked = [str(row[0]) for row in remote.query("SELECT (COUNT(?c) AS ?n) { ?c a kg:Claim }")]
    here = Graph(output).query("SELECT ?s ?o { ?s kg:status ?o } ORDER BY ?s ?o").rows
    assert there == [(row["s"], row["o"]) for row in here] and there
    assert asked == ["8"]


def test_no_query_reads_a_file(server: Server, tmp_path: Path) -> None:
    """The address of a file is the name of a graph, one that is not there."""
    (tmp_path / "secret.nt").write_text("<x:secret> <x:secret> <x:secret> .\n")
    address = (tmp_path / "secret.nt").as_uri()
    assert server.rows(f"SELECT * FROM <{address}> {{ ?s ?p ?o }}") == []
    assert server.rows(f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}") == []
    asked = server.ask("SELECT * { ?s ?p ?o }", **{"default-graph-uri": address})
    assert asked.status_code == 200 and asked.json()["results"]["bindings"] == []


def test_saved_queries_are_listed_and_run(server: Server, output: Path) -> None:
    """/queries names them all with purpose and parameters; /queries/NAME runs one, in any format."""
    listed = {query["name"]: query for query in server.get("/queries").json()}
    assert listed["claims-about"]["parameters"][0]["name"] == "about"
    assert all(query["purpose"] for query in listed.values())
    expected = [row["sentence"] for row in Graph(output).query(name="denied").rows]
    rows = server.get("/queries/denied").json()["results"]["bindings"]
    assert [row["sentence"]["value"] for row in rows] == expected
    about = server.get("/queries/claims-about", params={"about": "Korut"}, accept="text/csv")
    assert "Rusia membantah memasok senjata ke Korut." in about.text
    given = {"about": "Korut", "source": 'k" } #'}
    text = server.get("/queries/claims-about", params=given, accept="application/sparql-query").text
    assert json.dumps(given["source"]) in text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/queries/no-such", 404, "/queries lists them"),
        ("/queries/denied?who=x", 400, "no parameter 'who'"),
        ("/queries/claims-about", 400, "needs about"),
        ("/queries/claims-about?about=nobody+at+all", 400, "nothing in the graph is called"),
        ("/queries/claims-about?about=Korut&since=soon", 400, "no date"),
        ("/files/..%2fserver.py", 404, "Not Found"),
        ("/queries/..%2f..%2fkg.ttl", 404, ""),
    ],
)
def test_a_wrong_address_says_what_is_right(server: Server, path: str, status: int, said: str) -> None:
    """Unknown queries and parameters are named, and no other file is given out."""
    answer = server.get(path)
    assert answer.status_code == status and said in answer.text


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "a/json"),
        ("*/*", "a/json"),
        ("a/xml", "a/xml"),
        ("A/XML", "a/xml"),
        ("a/xml;q=0.5, a/json;q=0.4", "a/xml"),
        ("a/*;q=0.5, a/json;q=0.1", "a/xml"),
        ("text/*", "text/csv"),
        ("text/html, */*;q=0.1", "a/json"),
        ("*/*, a/json;q=0", "a/xml"),
        ("text/html", None),
        ("a/json;q=0", None),
        ("a/json;q=x, text/csv", "text/csv"),
    ],
)
def test_the_best_liked_format_is_chosen(accept: str, chosen: str | None) -> None:
    """As RFC 9110 weighs them: the most particular wish counts, and 0 means never."""
    assert choose(accept, ["a/json", "a/xml", "text/csv"]) == chosen
