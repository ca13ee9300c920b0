"""Whom the names stand for: the actor list, titles, and entities merged across articles."""

from kg.linking.actors import Actors, NameMatch, load_actors, read_actors
from kg.linking.entities import resolve
from kg.linking.linker import Linker

__all__ = ["Actors", "Linker", "NameMatch", "load_actors", "read_actors", "resolve"]
