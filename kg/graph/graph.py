"""The graph of an output folder, as Python sees it; its methods are named like the commands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kg import cards
from kg.errors import QueryError, StoreError
from kg.graph.filters import between, known_status
from kg.graph.judging import JudgedGraph
from kg.graph.record import NAME, Record
from kg.graph.rows import Result

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

    from kg.explorer.notebook import View
    from kg.graph.remote import Address, Pushed


def open_graph(output: str | Path = "output") -> Graph:
    """The graph that ``kg build`` wrote to the folder ``output``.

    Raises StoreError if nothing was built there.
    """
    if not (Path(output) / NAME).is_file():
        raise StoreError(f"there is no graph in {output}: build one with `kg build SOURCE --output {output}`")
    return Graph(output)


class Graph(JudgedGraph):
    """The graph in an output folder.  Nothing is held in memory between two calls but names.

    Listings (:mod:`kg.graph.folder`) come from the record, queries and exports from the store, which is
    brought up to date first; decisions are in :mod:`kg.graph.judging`.  To read articles use
    :func:`kg.build`.
    """

    def __repr__(self) -> str:
        return f"Graph({str(self.output)!r})"

    # The store: SPARQL, exports, checks

    def query(
        self,
        sparql: str | None = None,
        *,
        name: str | None = None,
        params: Mapping[str, str] | None = None,
        **more: str,
    ) -> Result:
        """Ask in SPARQL, or by the ``name`` of a saved query: ``query(name="events", country="PRK")``.

        Parameters of a saved query are given by name or in ``params``.  Raises QueryError, with line and
        column where known, and KGError for what is wrong with a parameter.
        """
        from kg.graph.queries import ask

        if (sparql is None) == (name is None):
            raise QueryError("give either the text of a query or the name of a saved one", query=sparql or "")
        given = {**(params or {}), **more}
        if given and name is None:
            raise QueryError(f"{', '.join(given)}: only saved queries have parameters", query=sparql or "")
        with self._store() as store:
            found = store.query(sparql) if sparql is not None else ask(store, str(name), given)
        return Result(found.variables, found.rows)

    def export(self, path: str | Path, *, reify: bool = False) -> Path:
        """Write the graph to ``path``; its suffix says the format (see kg.graph.exports.SUFFIXES).

        ``reify`` adds, in RDF, the triples that claims are about, whatever their status (RDF 1.2).
        """
        from kg.graph.exports import Content, export

        with Record.open(self.output) as record, self._store() as store:
            entities, linked = self._entities(record), self._linker(record).relinked
            content = Content(record=record, store=store, entities=entities, linked=linked)
            export(path, content, reify=reify)
        return Path(path)

    def import_(self, file: str | Path) -> int:
        """Take the articles and decisions of an archive (.kg.zip of ``export``) into this graph.

        Articles that are here already are replaced.  Returns how many there are in the archive.  Raises
        KGError for a file that is no archive, before anything is changed.
        """
        from kg.graph.exports.archive import unpack

        count = unpack(Path(file), self.output)
        self.refresh()
        return count

    def push(self, target: Address, progress: Callable[[int, int], None] | None = None) -> Pushed:
        """Make another store hold this graph: ``push(kg.graph.remote.address("http://localhost:7878"))``."""
        from kg.graph.remote import push

        with self._store() as store:
            return push(store, target, progress)

    def to_rdflib(self) -> rdflib.Dataset:
        """The graph as an rdflib Dataset in memory, whose default graph is the union of all."""
        import rdflib

        with self._store() as store:
            return rdflib.Dataset(default_union=True).parse(data=store.nquads(), format="nquads")

    def infer(self) -> int:
        """Add what follows from the plain edges by the ontology; returns how many edges that are.

        They stand in a graph of their own, ``graph:inferred``, until the graph changes.
        """
        from kg.graph.store import Store

        with self._store():
            pass  # up to date
        with Store(self.output, write=True) as store:
            return store.infer()

    def forget_inferred(self) -> None:
        """Take out what :meth:`infer` added."""
        from kg.graph.store import Store

        with Store(self.output, write=True) as store:
            store.forget_inferred()

    def check(self) -> list[str]:
        """What is wrong with the graph: a sentence a problem, none if all is well."""
        from kg.graph.check import check

        with Record.open(self.output) as record, self._store() as store:
            return check(record, store)

    def remove(self, article: str) -> None:
        """Forget an article: the graph is as if it had never been read; an unknown one is a StoreError."""
        with Record.open(self.output, write=True) as record:
            record.remove(article)
            record.compact()
        self.refresh()

    # Looking at it

    def show(
        self,
        *,
        about: str | None = None,
        status: str | Collection[str] | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 50,
    ) -> View:
        """A picture for Jupyter: the ``limit`` most involved names and the claims between them.

        ``about`` keeps what one entity (an id or a name) does and what is done to it, ``status`` one status
        or several; ``since`` and ``until`` are as in :meth:`claims`.
        """
        from kg.explorer import show

        wanted = {known_status(one) for one in ([status] if isinstance(status, str) else status or ())}
        every = [row for row in self.claims() if not wanted or row["status"] in wanted]
        claims = [row for row in every if between(row, since, until)]
        undated = [row for row in every if row["date"] is None] if since or until else []
        ids = None if about is None else {row["id"] for row in self.entities(about=about)}
        return show(self.entities(), claims, about=ids, undated=undated, limit=limit)

    def _repr_html_(self) -> str:
        return cards.counts(f"Graph in {self.output}", self.counts())

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """The entities as nodes and the claims between two of them as edges, with their status."""
        from kg.graph.network import to_networkx

        with Record.open(self.output) as record:
            claims = [claim for extraction in self._chosen(record) for claim in extraction.claims]
            return to_networkx(self._entities(record), claims)

    def to_pandas(self) -> pandas.DataFrame:
        """The claims as a table: names instead of lists, one line a claim."""
        return self.claims().to_pandas()
