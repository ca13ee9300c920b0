"""Builds an open geopolitical knowledge graph from news: who did what to whom, and who says so.

>>> import kg
>>> report = kg.build(["examples"])        # doctest: +SKIP
>>> graph = kg.open("output")              # doctest: +SKIP
>>> graph.claims(status="denied")          # doctest: +SKIP
"""

from kg.build import build, remove
from kg.errors import ArticleError, KGError, PipelineError, QueryError, StoreError
from kg.graph.graph import Graph
from kg.graph.graph import open_graph as open
from kg.types import Article, Claim, Entity, Evidence, Extraction, Mention, Quote, Report

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ArticleError",
    "Claim",
    "Entity",
    "Evidence",
    "Extraction",
    "Graph",
    "KGError",
    "Mention",
    "PipelineError",
    "QueryError",
    "Quote",
    "Report",
    "StoreError",
    "build",
    "open",
    "remove",
]
