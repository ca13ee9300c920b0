"""The W3C tests of SPARQL 1.1, on the engine alone and through ``kg serve``.

    git clone https://github.com/w3c/rdf-tests
    .venv/bin/python benchmarks/w3c.py rdf-tests

The tests are not part of this project.  Each query test runs twice: directly on pyoxigraph, with the test's
data in a store of its own, and through the endpoint, where the data of all tests stand in one store as named
graphs and each test names its own in the request.  The order of rows is not compared.  The protocol tests
run through the endpoint; those of updates, which it does not offer, count as passed when refused.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import io
import json
import re
import socket
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection

from kg.graph.sparql import names_dataset
from kg.graph.store import NAME, STAMP
from kg.serve import Limits
from kg.serve.web import run

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
GROUPS = {
    "SPARQL 1.1 query": "sparql11/manifest-sparql11-query.ttl",
    "SPARQL 1.1 results": "sparql11/manifest-sparql11-results.ttl",
    "SPARQL 1.0": "sparql10/manifest.ttl",
}
PROTOCOL = "sparql11/protocol/manifest.ttl"
RDF = {
    "ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML,
}  # fmt: skip
TABLES = {
    "srx": ox.QueryResultsFormat.XML, "srj": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV,
}  # fmt: skip
#: A test to the body of the answer; None where the query is refused or cannot be answered.
Ask = Callable[["Case"], bytes | None]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A test of the query language; files are addresses (``file:``)."""

    name: str
    kind: str
    query: str
    data: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    result: str | None = None

    @property
    def text(self) -> str:
        return f"BASE <{self.query}>\n{path(self.query).read_bytes().decode()}"

    @property
    def wanted(self) -> str:
        """How the result is written: the suffix of a file."""
        suffix = suffix_of(self.result) if self.result else "srj"
        return suffix if suffix in TABLES else "srj"


def path(address: str) -> Path:
    return Path(unquote(urlsplit(address).path))


def suffix_of(address: str) -> str:
    return path(address).suffix.removeprefix(".")


def cases(manifest: Path) -> Iterator[Case]:
    """The tests of a manifest and of those that it includes, but for updates."""
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for list_ in graph.objects(None, MF.include):
        for included in Collection(graph, list_):
            yield from cases(path(str(included)))
    for list_ in graph.objects(None, MF.entries):
        for entry in Collection(graph, list_):
            kind = next((str(kind).partition("#")[2] for kind in graph.objects(entry, rdflib.RDF.type)), "")
            action = graph.value(entry, MF.action)
            if "Update" in kind or action is None:
                continue
            result = graph.value(entry, MF.result)
            yield Case(
                name=str(entry),
                kind=kind,
                query=str(graph.value(action, QT.query) or action),
                data=tuple(map(str, graph.objects(action, QT.data))),
                named=tuple(map(str, graph.objects(action, QT.graphData))),
                result=str(result) if result else None,
            )


def quads(address: str, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    """The triples of a file, in a graph."""
    for quad in ox.parse(path=path(address), format=RDF[suffix_of(address)], base_iri=address):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def named_files(case: Case) -> set[str]:
    """The data that a test asks as named graphs, those of FROM included."""
    query = path(case.query).read_bytes().decode()
    named = re.findall(r"FROM\s+(?:NAMED\s+)?<([^>]+)>", query) if "Evaluation" in case.kind else []
    return {*case.named, *(case.query.rpartition("/")[0] + "/" + name for name in named)}


def on_engine(case: Case) -> bytes | None:
    """The answer of pyoxigraph itself."""
    store = ox.Store()
    for address in case.data:
        store.extend(quads(address, ox.DefaultGraph()))
    for address in named_files(case):
        store.extend(quads(address, ox.NamedNode(address)))
    try:
        found = store.query(case.text)
    except SyntaxError:
        return None
    except RuntimeError:  # a function that is not there, in a query of which only the syntax is tested
        return b""
    if isinstance(found, ox.QueryTriples):
        return found.serialize(format=ox.RdfFormat.N_TRIPLES)
    return found.serialize(format=TABLES[case.wanted])


def through(port: int) -> Ask:
    """Asks the endpoint."""

    def ask(case: Case) -> bytes | None:
        fields = [("query", case.text)]
        if not names_dataset(case.text):
            fields += [("default-graph-uri", each) for each in case.data or ("urn:x-none",)]
            fields += [("named-graph-uri", each) for each in case.named]
        accept = f"{TABLES[case.wanted].media_type.partition(';')[0]}, application/n-triples"
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        status, _, body = send(port, "POST", "/sparql", headers, urlencode(fields).encode())
        if status == 400 and b"cannot be answered" in body:
            return b""
        return body if status == 200 else None

    return ask


def send(
    port: int, method: str, target: str, headers: dict[str, str], body: bytes | None
) -> tuple[int, str, bytes]:
    """Status, media type and body of an answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        line.request(method, target, body, headers)
        answer = line.getresponse()
        return answer.status, answer.headers.get("Content-Type", "").partition(";")[0], answer.read()
    finally:
        line.close()


def passes(case: Case, answer: bytes | None) -> bool:
    """Whether the answer is what the test asks for."""
    if "Syntax" in case.kind:
        return (answer is None) == ("Negative" in case.kind)
    if not answer or case.result is None:
        return False
    expected = path(case.result).read_bytes()
    suffix = suffix_of(case.result)
    if suffix == "csv":
        return _cells(answer) == _cells(expected)
    if suffix in TABLES:
        return _rows(answer, case.wanted) == _rows(expected, suffix)
    triples = [quad.triple for quad in quads(case.result, ox.DefaultGraph())]
    if any(triple.predicate.value == f"{RS}resultVariable" or triple.object == ox.NamedNode(f"{RS}ResultSet")
           for triple in triples):  # fmt: skip
        return _rows(answer, case.wanted) == _result_set(triples)
    found = ox.parse(input=answer, format=ox.RdfFormat.N_TRIPLES)
    return _canonical(found) == _canonical(ox.Quad(t.subject, t.predicate, t.object) for t in triples)


def _cells(text: bytes) -> list[list[tuple[str, str]]]:
    """The rows of a CSV file, whatever the order of rows and columns."""
    rows = csv.DictReader(io.StringIO(re.sub(r"_:\w+", "_:b", text.decode())))
    return sorted(sorted(row.items()) for row in rows)


def _rows(text: bytes, suffix: str) -> Any:
    """Rows in a form that is equal for equal results, whatever their blank nodes are called."""
    found = ox.parse_query_results(text, format=TABLES[suffix])
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return _as_graph({name: row[name] for name in names if row[name] is not None} for row in found)


def _as_graph(rows: Iterable[dict[str, Any]]) -> Any:
    described = []
    for number, row in enumerate(rows):
        node = ox.BlankNode(f"row{number}")
        described.append(ox.Quad(node, ox.NamedNode("urn:x-row"), ox.Literal("")))
        described += [ox.Quad(node, ox.NamedNode(f"urn:x-{name}"), term) for name, term in row.items()]
    return _canonical(described)


def _result_set(triples: list[ox.Triple]) -> Any:
    """The rows of a result that is written as RDF."""
    of: dict[Any, list[tuple[str, Any]]] = {}
    for triple in triples:
        of.setdefault(triple.subject, []).append((triple.predicate.value.removeprefix(RS), triple.object))
    for said in of.values():
        for name, value in said:
            if name == "boolean":
                return value.value == "true"
    rows = []
    for said in of.values():
        for solution in (value for name, value in said if name == "solution"):
            bindings = [dict(of[value]) for name, value in of.get(solution, ()) if name == "binding"]
            rows.append({binding["variable"].value: binding["value"] for binding in bindings})
    return _as_graph(rows)


def _canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    # The store writes numbers and dates in one way, whatever their zeros.
    store = ox.Store()
    store.extend(quads)
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def protocol(manifest: Path, port: int) -> Iterator[tuple[str, bool]]:
    """The protocol tests, and whether each passes."""
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for entry in Collection(graph, next(graph.objects(None, MF.entries))):
        name = str(entry).partition("#")[2]
        requests = Collection(graph, graph.value(graph.value(entry, MF.action), HT.requests))
        if name.startswith("update_"):
            requests = [next(iter(requests))]  # the others look at what the update did
            yield name, all(_exchange(graph, each, port)[0] == 403 for each in requests)
        else:
            yield name, all(_as_expected(graph, each, port) for each in requests)


def _exchange(graph: rdflib.Graph, request: Any, port: int) -> tuple[int, str, bytes]:
    headers = {}
    for field in Collection(graph, graph.value(request, HT.headers) or rdflib.RDF.nil):
        headers[str(graph.value(field, HT.fieldName))] = str(graph.value(field, HT.fieldValue))
    content = graph.value(request, HT.body)
    body = None
    if content is not None:
        encoding = str(graph.value(content, CNT.characterEncoding))
        body = str(graph.value(content, CNT.chars)).encode(encoding)
    target = str(graph.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
    return send(port, str(graph.value(request, HT.methodName)), target, headers, body)


def _as_expected(graph: rdflib.Graph, request: Any, port: int) -> bool:
    status, media, body = _exchange(graph, request, port)
    response = graph.value(request, HT.resp)
    allowed = {str(each).partition("StatusCode")[2][0] for each in graph.objects(response, MF.expectedStatus)}
    truth = graph.value(response, MF.expectedBoolean)
    form = graph.value(response, MF.expectedFormat)
    right_format = {
        "boolean": media.startswith("application/sparql-results"),
        "tabular": media.startswith(("application/sparql-results", "text/")),
        "RDF": media in ("text/turtle", "application/n-triples", "application/rdf+xml"),
    }
    return (
        str(status)[0] in allowed
        and (form is None or right_format[str(form)])
        and (truth is None or json.loads(body)["boolean"] == truth.toPython())
    )


def serve(folder: Path) -> int:
    """Serve the store in a folder from a thread; returns the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    ready = threading.Event()
    threading.Thread(target=run, args=(folder, Limits(), listener, ready.set), daemon=True).start()
    if not ready.wait(60):
        raise SystemExit("the server does not start")
    return int(listener.getsockname()[1])


def fill(folder: Path, tests: Iterable[Case], manifest: Path) -> None:
    """A store with the data of all tests, each file in a graph of its own."""
    store = ox.Store(str(folder / NAME))
    for address in sorted({address for case in tests for address in {*case.data, *named_files(case)}}):
        store.extend(quads(address, ox.NamedNode(address)))
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for data in set(graph.objects(None, UT.graphData)):
        name = ox.NamedNode(str(graph.value(data, rdflib.RDFS.label)))
        store.extend(quads(str(graph.value(data, UT.graph)), name))
    store.flush()
    (folder / NAME / STAMP).write_text("{}")


def main() -> int:
    """Run all and print a line a group; 1 if the endpoint passes other tests than the engine."""
    parser = argparse.ArgumentParser(description="W3C SPARQL tests on the engine and through the endpoint")
    parser.add_argument("tests", type=Path, help="a checkout of https://github.com/w3c/rdf-tests")
    parser.add_argument("--details", action="store_true", help="name the tests that fail")
    given = parser.parse_args()
    root = given.tests.resolve() / "sparql"
    if not (root / PROTOCOL).is_file():
        parser.error(f"{given.tests} holds no SPARQL tests: git clone https://github.com/w3c/rdf-tests")
    groups = {name: list(cases(root / manifest)) for name, manifest in GROUPS.items()}
    differ = 0
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), [case for group in groups.values() for case in group], root / PROTOCOL)
        port = serve(Path(folder))
        endpoint = through(port)
        print(f"{'':20}{'tests':>8}{'engine':>8}{'endpoint':>10}")
        for name, group in groups.items():
            passed: Counter[str] = Counter()
            for case in group:
                engine, served = passes(case, on_engine(case)), passes(case, endpoint(case))
                passed.update(engine=engine, endpoint=served)
                differ += engine != served
                if given.details and not (engine and served):
                    print(f"  engine {engine}, endpoint {served}: {case.name}", file=sys.stderr)
            print(f"{name:20}{len(group):8}{passed['engine']:8}{passed['endpoint']:10}", flush=True)
        for name, chosen in (("protocol, query", False), ("protocol, update", True)):
            results = [each for each in protocol(root / PROTOCOL, port) if ("update" in each[0]) == chosen]
            for test, good in results:
                if given.details and not good:
                    print(f"  endpoint False: {test}", file=sys.stderr)
            print(f"{name:20}{len(results):8}{'':8}{sum(good for _, good in results):10}")
    print(f"{differ} tests differ between engine and endpoint")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
