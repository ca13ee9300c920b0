"""Reading: from files, folders, globs and standard input to articles, one at a time."""

from kg.reading.sources import read

__all__ = ["read"]
