"""The graph over HTTP: a SPARQL 1.1 endpoint, the explorer and a page to ask queries (``kg serve``)."""

from kg.serve.server import serve
from kg.serve.types import Limits

__all__ = ["Limits", "serve"]
