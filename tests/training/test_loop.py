"""The training itself: it learns, and a kill changes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from training.config import Recipe
from training.data import Sentence

torch = pytest.importorskip("torch", reason="training needs torch: pip install 'kg-builder[train]'")


@pytest.fixture(scope="module")
def whole(
    tiny_base: Path,
    tiny_recipe: Recipe,
    sentences: Sequence[Sentence],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The folder of a run that was never interrupted."""
    folder = tmp_path_factory.mktemp("whole")
    _train(folder, tiny_base, tiny_recipe, sentences)
    return folder


def test_a_killed_and_resumed_run_ends_with_the_same_weights(
    whole: Path, tmp_path: Path, tiny_base: Path, tiny_recipe: Recipe, sentences: Sequence[Sentence]
) -> None:
    """Batches, dropout, rates and averages all go on as if nothing had happened."""
    from training import checkpoint

    _train(tmp_path, tiny_base, tiny_recipe, sentences, stop=3)
    _train(tmp_path, tiny_base, tiny_recipe, sentences)
    wanted, found = (checkpoint.load(folder / checkpoint.LAST) for folder in (whole, tmp_path))
    assert found["step"] == 8 and found["position"] == wanted["position"]
    for part in ("network", "average"):
        for name, value in wanted[part].items():
            assert torch.equal(value, found[part][name]), name


def test_two_processes_learn_together(
    tmp_path: Path, tiny_base: Path, tiny_recipe: Recipe, sentences: Sequence[Sentence]
) -> None:
    """Each step takes a batch for each process and one set of weights comes out."""
    from training import checkpoint

    recipe = replace(tiny_recipe, training=replace(tiny_recipe.training, processes=2, steps=2))
    _train(tmp_path, tiny_base, recipe, sentences)
    content = checkpoint.load(tmp_path / checkpoint.LAST)
    assert content["step"] == 2
    assert all(value.isfinite().all() for value in content["network"].values())
    assert not list(tmp_path.glob("meeting-*"))


def test_the_log_has_figures_and_the_best_checkpoint_is_kept(whole: Path) -> None:
    """Every evaluation is a line of JSON."""
    entries = [json.loads(line) for line in (whole / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [entry["step"] for entry in entries if "dev" in entry] == [4, 8]
    assert (whole / "best.pt").exists()


def test_the_losses_fall(tiny_base: Path, tiny_recipe: Recipe, sentences: Sequence[Sentence]) -> None:
    """Twenty steps on a few sentences: every task is learnt."""
    from training.batch import collate, losses, run
    from training.network import Labels, create, embeddings
    from training.pieces import Pieces

    labels = Labels.of(tiny_recipe, ["nsubj", "det", "root", "case", "obl", "punct"], ["id:a"])
    torch.manual_seed(1)
    network = create(tiny_base, labels, tiny_recipe.shape).eval()
    table, batch = embeddings(tiny_base), collate(sentences[:6], Pieces(tiny_base / "tokenizer.json"))
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-3)
    history = []
    for _ in range(20):
        found = losses(network, run(network, table, batch), batch, tiny_recipe)
        history.append({name: float(loss.detach()) for name, loss in found.items()})
        optimizer.zero_grad()
        torch.stack(list(found.values())).sum().backward()
        optimizer.step()
    assert set(history[0]) == {"arc", "relation", "pos", "names", "features", "events", "starts"}
    assert all(history[-1][name] < 0.7 * value for name, value in history[0].items())


def test_what_is_not_annotated_may_be_anything() -> None:
    """Without MISC annotated, no name may be a MISC name; a foreign type may be ours; a name is a name."""
    from training.batch import allowed_tags

    tags = ["O", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"]
    allowed = allowed_tags(tags, frozenset({"MISC"}))
    assert [tag for tag, may in zip(tags, allowed["O"], strict=True) if may] == ["O", "B-MISC", "I-MISC"]
    assert [tag for tag, may in zip(tags, allowed["B-LOC"], strict=True) if may] == ["B-LOC"]
    assert "B-LOC" not in [tag for tag, may in zip(tags, allowed["X"], strict=True) if may]


def _train(
    folder: Path, base: Path, recipe: Recipe, sentences: Sequence[Sentence], stop: int | None = None
) -> None:
    from training.loop import Job, train

    sets = [(list(sentences), 1.0)]
    dev = {"dev": list(sentences[:2])}
    train(Job(recipe=recipe, base=base, folder=folder, train=sets, dev=dev, stop=stop))
