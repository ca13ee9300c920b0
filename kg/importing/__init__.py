"""Actors that the user brings: files of others (FollowTheMoney, Wikidata, GeoNames, CSV) made one small
database each, beside the graph, which :mod:`kg.linking.imported` looks names up in."""

from kg.importing.sources import Source, bring, remove, sources

__all__ = ["Source", "bring", "remove", "sources"]
