"""The layers: imports go one way, from the command line down to the types."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent

#: What each part may import of the package, besides itself and the ground all stand on.
LAYERS: dict[str, set[str]] = {
    "__main__": {"cli"},
    "cli": {"build", "codebook", "explain", "graph", "serve"},
    "serve": {"graph"},
    "explain": {"graph", "nlp"},
    "codebook": {"build", "graph", "nlp"},
    "build": {"graph", "nlp", "reading"},
    "graph": {"explorer", "linking"},
    "nlp": {"linking"},
    "reading": set(),
    "linking": set(),
    "explorer": set(),
    "ontologies": set(),
    "types": set(),
    "dates": set(),
    "errors": set(),
    "cards": set(),
}
GROUND = {"ontologies", "types", "dates", "errors", "cards"}
#: Too slow to be loaded before they are needed.
HEAVY = (
    "spacy", "numpy", "onnxruntime", "pandas", "rdflib", "pyshacl", "dateparser", "trafilatura", "networkx",
    "duckdb", "httpx", "igraph",
)  # fmt: skip


def part(module: str) -> str:
    """``kg.graph.store`` belongs to ``graph``."""
    return module.split(".")[1] if "." in module else "kg"


def imports(file: Path) -> Iterator[str]:
    """The modules of the package that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            if node.module == "kg":
                yield from (f"kg.{alias.name}" for alias in node.names)
            elif node.module.startswith("kg."):
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "kg")


def source_files() -> list[Path]:
    return sorted(
        path for path in PACKAGE.rglob("*.py")
        if path != PACKAGE / "__init__.py" and not {"_ontologies", "node_modules"} & set(path.parts)
    )  # fmt: skip


@pytest.mark.parametrize("file", source_files(), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(file: Path) -> None:
    """A part imports only the parts that the table allows it."""
    owner = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    allowed = LAYERS[owner] | GROUND | {owner}
    if owner in ("types", "errors", "dates", "cards"):
        allowed = {"types", "errors", "dates", "cards"}
    wrong = [module for module in imports(file) if part(module) not in allowed]
    assert wrong == []


def test_the_table_names_every_part() -> None:
    """A part that the table does not know is a part without a place."""
    parts = {file.relative_to(PACKAGE).parts[0].removesuffix(".py") for file in source_files()}
    assert parts == set(LAYERS)


@pytest.mark.parametrize("command", [["--help"], ["build", "--help"], ["claims", "--help"]])
def test_help_loads_nothing_heavy(command: list[str]) -> None:
    """Asking for help is instant: no model, table or RDF library is loaded for it."""
    code = (
        "import sys\n"
        f"sys.argv = ['kg', *{command!r}]\n"
        "from kg.cli import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        f"loaded = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "sys.exit(f'loaded: {loaded}' if loaded else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout


def test_public_names() -> None:
    """The public names are these; a change of them is a change for everyone who imports kg."""
    assert sorted(kg.__all__) == [
        "Article", "ArticleError", "Claim", "Entity", "Evidence", "Extraction", "Graph", "KGError",
        "Mention", "PipelineError", "QueryError", "Quote", "Report", "StoreError", "build", "open", "remove",
    ]  # fmt: skip
    assert all(hasattr(kg, name) for name in kg.__all__)
