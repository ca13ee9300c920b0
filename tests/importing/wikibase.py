"""A stand-in for Wikidata on this machine: an HTTP server that speaks its API, and may be busy or broken."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Wikibase:
    """Holds entities, keeps what it was asked, and first gives the answers in ``trouble``, one each.

    A trouble is a status, or a JSON answer; ``always`` is one that never ends.
    """

    def __init__(self, *entities: dict[str, Any]) -> None:
        self.entities = {entity["id"]: entity for entity in entities}
        self.asked: list[dict[str, str]] = []
        self.agents: set[str] = set()
        self.trouble: list[Any] = []
        self.always: Any = None

    def answer(self, asked: dict[str, str]) -> Any:
        """As https://www.wikidata.org/w/api.php answers, cut to what is looked at."""
        if asked["action"] == "wbsearchentities":
            found = [id for id, one in self.entities.items() if _is_called(one, asked["search"])]
            hits = [{"id": id, "concepturi": f"http://www.wikidata.org/entity/{id}"} for id in found]
            return {"searchinfo": {"search": asked["search"]}, "search": hits, "success": 1}
        assert asked["action"] == "wbgetentities" and asked["props"] == "labels|aliases|claims"
        ids = asked["ids"].split("|")
        return {"entities": {id: self.entities[id] for id in ids}, "success": 1}


def _is_called(entity: dict[str, Any], name: str) -> bool:
    """Whether a label or alias begins so, as in the search of Wikidata."""
    names = [label["value"] for label in entity["labels"].values()]
    names += [alias["value"] for several in entity["aliases"].values() for alias in several]
    return any(one.casefold().startswith(name.casefold()) for one in names)


@contextmanager
def serving(wikibase: Wikibase) -> Iterator[str]:
    """The address of its api.php while it serves."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            wikibase.asked.append(asked)
            wikibase.agents.add(self.headers["User-Agent"])
            trouble = wikibase.trouble.pop(0) if wikibase.trouble else wikibase.always
            status = trouble if isinstance(trouble, int) else 200
            said = wikibase.answer(asked) if trouble is None else {"error": {"code": "x"}}
            if not isinstance(trouble, int) and trouble is not None:
                said = trouble
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write((said if isinstance(said, str) else json.dumps(said)).encode())

        def log_message(self, *_: object) -> None:
            """Nothing: the test says what went wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/w/api.php"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
