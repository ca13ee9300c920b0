"""Reading articles: words, trees, names, who says what, and the claims.

:class:`Reader` is the whole of it; :func:`load` gives the spaCy pipeline alone.
"""

from kg.nlp.reader import Reader, load

__all__ = ["Reader", "load"]
