"""The notebooks run from the first cell to the last, on the examples, and show what they promise."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import kg

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
#: Words that a reader has to find in what each notebook shows.
SHOWN = {
    "actor": ("<b>denied</b>", "claims in ../output/examples/actor.csv", "srcdoc"),
    "dyad": ("image/png", "Azerbaijan attacks Armenia", "<b>alleged</b>"),
    "network": ("image/png", "triangles are balanced", "most involved", "srcdoc"),
    "tour": ("building the graph: 25 articles", " denies: ", "<b>denied</b>", "disputed", "srcdoc"),
}


def test_every_notebook_is_in_the_table() -> None:
    """A notebook that no test looks at is one that breaks unseen."""
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(SHOWN)


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_notebook_runs(name: str, examples: Path, examples_graph: kg.Graph, tmp_path: Path) -> None:
    """Every cell runs where the notebook lies beside the examples, and shows what it is there for."""
    shutil.copytree(examples, tmp_path / "examples")
    # Built already: the notebook finds nothing new to read.
    shutil.copytree(examples_graph.output, tmp_path / "output" / "examples")
    (tmp_path / "notebooks").mkdir()
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": tmp_path / "notebooks"}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.output_type == "error"]
    shown = "\n".join(str(output) for output in outputs)
    assert [words for words in SHOWN[name] if words not in shown] == []


def test_notebooks_are_stored_without_output() -> None:
    """Outputs are made by running, not kept in git."""
    for path in FOLDER.glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        assert all(not cell.outputs for cell in cells if cell.cell_type == "code")
