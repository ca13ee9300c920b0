"""The commands.  What they do is in the package; here is only how they are called and answered."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli import codebook, deciding, show
from kg.cli.options import OUTPUT, AboutWhom, As, Format, InArticle, Output, graph_in
from kg.errors import KGError
from kg.graph.listing import flat_claim, flat_entity, flat_event, flat_quote

app = typer.Typer(
    help="News articles in, a graph of who did what to whom, and who says so, out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(codebook.app, name="codebook")

Since = Annotated[str | None, typer.Option(help="2023, 2023-07 or 2023-07-25; not before it.")]
Until = Annotated[str | None, typer.Option(help="Not after this date.")]
Kind = Annotated[
    str, typer.Option(envvar="KG_STORE_KIND", help="Server: oxigraph, fuseki, rdf4j, virtuoso or sparql.")
]
User = Annotated[str | None, typer.Option(envvar="KG_STORE_USER", help="Who may write there.")]
Password = Annotated[str | None, typer.Option(envvar="KG_STORE_PASSWORD", help="Better not typed.")]


@app.command()
def build(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, globs, or - .")],
    output: Output = OUTPUT,
    lang: Annotated[str | None, typer.Option(help="Language of texts that do not state it (id, en).")] = None,
    push: Annotated[str | None, typer.Option(help="Address of a store to push to, as in `kg push`.")] = None,
    kind: Kind = "oxigraph",
    user: User = None,
    password: Password = None,
) -> None:
    """Read articles (text, HTML, JSON Lines) into the graph."""
    from kg.build import build as run
    from kg.cli.progress import Progress
    from kg.graph.remote import address

    target = address(push, kind, user=user, password=password) if push else None
    progress = Progress()
    try:
        with progress:
            report = run(sources, output, lang=lang, progress=progress)
    except KeyboardInterrupt:
        show.note(f"stopped: {progress.finished} articles are kept, the same command goes on from there")
        raise typer.Exit(130) from None
    show.summary(report, output)
    if report.counts["failed"] and report.counts["failed"] == report.counts["read"]:
        raise KGError("no article could be read: see the reasons above")
    if not report.counts["read"]:
        raise KGError("there is no article in what was given: name text, HTML or JSON Lines files")
    if target:
        _push(output, target)


@app.command()
def remove(article: Annotated[str, typer.Argument(help="Its id.")], output: Output = OUTPUT) -> None:
    """Forget an article, as if it had never been read."""
    graph_in(output).remove(article)
    show.note(f"removed {article}")


@app.command()
def claims(
    output: Output = OUTPUT,
    format: As = Format.table,
    about: AboutWhom = None,
    status: Annotated[str | None, typer.Option(help="asserted, denied, alleged, planned, …")] = None,
    relation: Annotated[str | None, typer.Option(help="Only this relation (id or label).")] = None,
    article: InArticle = None,
    since: Since = None,
    until: Until = None,
    min_score: Annotated[float, typer.Option(help="Only claims at least so likely right.", min=0, max=1)] = 0,
) -> None:
    """Who did what to whom, with status, speaker and sentence."""
    rows = graph_in(output).claims(
        about=about,
        status=status,
        relation=relation,
        article=article,
        since=since,
        until=until,
        min_score=min_score,
    )
    show.rows(rows, format, show.claim_cells, flat_claim)


@app.command()
def events(
    output: Output = OUTPUT,
    format: As = Format.table,
    about: AboutWhom = None,
    status: Annotated[str | None, typer.Option(help="asserted, disputed, denied, alleged, …")] = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """What happened, each occurrence once, with its reports and independent sources."""
    rows = graph_in(output).events(about=about, status=status, since=since, until=until)
    show.rows(rows, format, flat_event)


@app.command()
def entities(
    output: Output = OUTPUT, format: As = Format.table, about: AboutWhom = None, article: InArticle = None
) -> None:
    """Who and what is mentioned, the most mentioned first."""
    show.rows(graph_in(output).entities(about=about, article=article), format, flat_entity)


@app.command()
def mentions(
    output: Output = OUTPUT, format: As = Format.table, about: AboutWhom = None, article: InArticle = None
) -> None:
    """Where they are mentioned, by characters of the article's text."""
    show.rows(graph_in(output).mentions(about=about, article=article), format, show.as_it_is)


@app.command()
def quotes(
    output: Output = OUTPUT, format: As = Format.table, about: AboutWhom = None, article: InArticle = None
) -> None:
    """Who says what; --about is the speaker."""
    show.rows(graph_in(output).quotes(about=about, article=article), format, flat_quote)


@app.command(context_settings={"ignore_unknown_options": True})
def query(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SPARQL] [--PARAMETER VALUE]…", help="A query, or parameters of --name."),
    ] = None,
    file: Annotated[Path | None, typer.Option(help="A file with SPARQL.")] = None,
    name: Annotated[str | None, typer.Option(help="A saved query.")] = None,
    param: Annotated[list[str] | None, typer.Option(help="key=value of a saved query.")] = None,
    help_params: Annotated[bool, typer.Option("--help-params", help="What --name may be given.")] = False,
    output: Output = OUTPUT,
    format: As = Format.table,
) -> None:
    """Ask the graph in SPARQL or by a saved query; without either, list the saved queries."""
    text, params = _split(words or [])
    given = [value for value in (text, file, name) if value is not None]
    if len(given) > 1:
        raise typer.BadParameter("give one of: the text of a query, --file, --name")
    params |= _params(param or [])
    if not name and (params or help_params):
        stray = next(iter(params), "help-params")
        raise typer.BadParameter(f"--{stray} belongs to a saved query: give --name")
    if not given:
        show.saved_queries(format)
        return
    if name and help_params:
        show.parameters(name, format)
        return
    if file is not None:
        text = _read(file)
    result = graph_in(output).query(text, name=name, params=params)
    show.rows(result.rows, format, show.query_cells)


for command in (deciding.link, deciding.group, deciding.split):
    app.command()(command)


@app.command()
def explain(
    what: Annotated[
        str,
        typer.Argument(metavar="CLAIM|ENTITY", help="The id of a claim, or its beginning; or of an entity."),
    ],
    output: Output = OUTPUT,
) -> None:
    """Why a claim is told as it is, or why names are one entity: links, scores and reasons."""
    from kg.explain import explain as run

    print(run(what, output))


@app.command()
def explore(
    output: Output = OUTPUT,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write the explorer page (one offline file) and print its path."""
    page = graph_in(output).explore()
    print(page)
    if open_:
        typer.launch(str(page.resolve()))


@app.command()
def serve(
    output: Output = OUTPUT,
    port: Annotated[int, typer.Option(help="0 takes a free one.", min=0, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="Where to listen; as it is, this machine.")] = "127.0.0.1",
    timeout: Annotated[float, typer.Option(help="Seconds that a query may take.", min=0.1)] = 30.0,
    max_mb: Annotated[float, typer.Option(help="Megabytes that an answer may have.", min=0.001)] = 50.0,
) -> None:
    """Serve the graph to a browser and to programs: explorer, query page, SPARQL endpoint."""
    from kg.serve import Limits
    from kg.serve import serve as run

    def started(address: str) -> None:
        print(address, flush=True)
        show.note(f"{address}query asks it, {address}sparql is the endpoint; Ctrl-C ends it")

    limits = Limits(seconds=timeout, megabytes=max_mb)
    run(output, host=host, port=port, limits=limits, started=started)


@app.command()
def export(
    file: Annotated[
        Path,
        typer.Argument(
            help="Its suffix is the format: .ttl .trig .nq .jsonld .graphml .gexf .cyjs .neo4j .neo4j.zip "
            ".ftm.json .polecat.tsv .csv .parquet .sqlite .duckdb, or .kg.zip for `kg import`."
        ),
    ],
    output: Output = OUTPUT,
    reify: Annotated[
        bool, typer.Option("--reify", help="In RDF, add the triples that claims are about (RDF 1.2).")
    ] = False,
) -> None:
    """Write the graph to a file."""
    graph_in(output).export(file, reify=reify)
    show.note(f"wrote {file}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A .kg.zip that `kg export` wrote.")], output: Output = OUTPUT
) -> None:
    """Take the articles and decisions of another graph into this one."""
    from kg.graph.graph import Graph

    count = Graph(output).import_(file)
    show.note(f"{count} articles from {file} are in {output}")


@app.command()
def push(
    url: Annotated[str, typer.Argument(help="Address of the store, such as http://localhost:7878.")],
    output: Output = OUTPUT,
    kind: Kind = "oxigraph",
    query: Annotated[str | None, typer.Option(help="Its SPARQL query address, if another.")] = None,
    update: Annotated[str | None, typer.Option(help="Its SPARQL update address, if another.")] = None,
    graphs: Annotated[str | None, typer.Option(help="Its Graph Store HTTP address, if another.")] = None,
    user: User = None,
    password: Password = None,
) -> None:
    """Make another store (SPARQL 1.1) hold the graph; again, only what changed is sent."""
    from kg.graph.remote import address

    target = address(url, kind, query=query, update=update, graphs=graphs, user=user, password=password)
    _push(output, target)


@app.command()
def infer(
    output: Output = OUTPUT,
    clear: Annotated[bool, typer.Option("--clear", help="Take out what was inferred.")] = False,
) -> None:
    """Add what follows from the plain edges by the ontology (OWL 2 RL), until the graph changes."""
    graph = graph_in(output)
    if clear:
        graph.forget_inferred()
        show.note("nothing inferred is left")
    else:
        show.note(f"{graph.infer()} edges inferred: see `kg query --name inferred`")


@app.command()
def check(output: Output = OUTPUT) -> None:
    """Check every quote against its text, and the graph against its shapes (SHACL)."""
    problems = graph_in(output).check()
    for problem in problems:
        print(problem)
    if problems:
        raise KGError(f"{len(problems)} of the checks failed: build again from the articles, or report them")
    show.note("no problems")


def _push(output: Path, target: Any) -> None:
    from kg.cli.progress import counted

    done = graph_in(output).push(target, counted("graphs sent"))
    show.note(f"{done.sent} graphs sent, {done.removed} removed, {done.unchanged} unchanged")


def _read(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KGError(f"cannot read the query {file}: {error}") from error


def _params(given: Sequence[str]) -> dict[str, str]:
    params = {}
    for pair in given:
        key, separator, value = pair.partition("=")
        if not separator:
            raise typer.BadParameter(f"--param {pair}: write it as key=value")
        params[key] = value
    return params


def _split(words: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """The text of a query, and what is given as --key value or --key=value."""
    text, params, rest = None, {}, iter(words)
    for word in rest:
        if word.startswith("--"):
            key, separator, value = word[2:].partition("=")
            params[key] = value if separator else next(rest, "")
            if not params[key]:
                raise typer.BadParameter(f"{word} needs a value")
        elif text is not None or word.startswith("-"):
            raise typer.BadParameter(f"{word!r} is one word too many: put a query in quotes")
        else:
            text = word
    return text, params
