"""The language model's figures: ``python benchmarks/score_model.py [--quick] [--no-floors] [--raw]``.

Reads the shipped files with the product's own reader, on the development portions that the recipe names
(gold words), and with ``--raw`` also from raw text, scored as the CoNLL 2018 shared task does (the treebanks
themselves are needed for it: training/README.md says where they come from).  ``--quick`` takes the sets that
are pinned in floors.toml.  Data are no part of the project; sets that are not there are left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from common import below_floor, floors

from kg.errors import PipelineError
from kg.nlp.model import Model
from training import config, evaluate, rawtext
from training.__main__ import DATA
from training.corpus import sentences_of
from training.data import Sentence

#: Sets that are long: of these every so many sentences are read with --quick.
THINNED = {"politics": 4, "idner": 2, "nergrit": 2}
#: Treebanks of which sentences are in the development sets, for --raw.
TREEBANKS = {
    "id": ("UD_Indonesian-CSUI/*.conllu", "UD_Indonesian-GSD/*.conllu", "UD_Indonesian-PUD/*.conllu"),
    "en": ("UD_English-GUM/*dev.conllu", "UD_English-EWT/*dev.conllu"),
    "pud-ar": ("UD_Arabic-PUD/*.conllu",), "pud-de": ("UD_German-PUD/*.conllu",),
    "pud-es": ("UD_Spanish-PUD/*.conllu",), "pud-fr": ("UD_French-PUD/*.conllu",),
    "pud-ko": ("UD_Korean-PUD/*.conllu",), "pud-pt": ("UD_Portuguese-PUD/*.conllu",),
    "pud-ru": ("UD_Russian-PUD/*.conllu",), "pud-tr": ("UD_Turkish-PUD/*.conllu",),
    "pud-zh": ("UD_Chinese-PUD/*.conllu",),
}  # fmt: skip


def sets(*, quick: bool) -> dict[str, Sequence[Sentence]]:
    """The development sets that are there, by name."""
    found: dict[str, Sequence[Sentence]] = {}
    recipe = config.load()
    for entry in recipe.dev:
        if quick and entry.weight < 1:
            continue
        try:
            sentences = sentences_of(replace(entry, features=()), recipe, DATA)
        except PipelineError:
            print(f"{entry.name} is left out: its file is not here", file=sys.stderr)
            continue
        found[entry.name] = sentences[:: THINNED.get(entry.name, 1)] if quick else sentences
    return found


def raw_figures(model: Model, dev: dict[str, Sequence[Sentence]]) -> dict[str, dict[str, float]]:
    """Figures from raw text of the sets whose treebanks are there, with LAS on gold words beside."""
    found = {}
    for name, patterns in TREEBANKS.items():
        known: dict[str, str] = {}
        for pattern in patterns:
            for folder in DATA:
                for file in sorted(folder.glob(pattern)):
                    known |= rawtext.blocks(file)
        some = [sentence for sentence in dev.get(name, ()) if sentence.id in known]
        if some:
            raw = rawtext.figures(rawtext.gold(some, known), some[0].language, model)
            on_words = evaluate.score(evaluate.reader(model)(some), some).figures()["las"]
            found[name] = raw | {"las on gold words": on_words, "lost": round(on_words - raw["las"], 2)}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="the pinned sets, long ones thinned out")
    parser.add_argument("--raw", action="store_true", help="also from raw text")
    parser.add_argument("--no-floors", action="store_true", help="measure without failing")
    parser.add_argument("--model", type=Path, help="a folder of model files; default: the shipped ones")
    options = parser.parse_args()
    model = Model(options.model) if options.model else Model()
    dev = sets(quick=options.quick)
    if not dev:
        print("skipped: no development sets (see training/README.md)")
        return
    found = evaluate.all_figures(model, dev)
    for name, values in found.items():
        print(f"{name:16}" + "  ".join(f"{key} {value:6.2f}" for key, value in values.items()), flush=True)
    if options.raw:
        print("\nfrom raw text")
        for name, values in raw_figures(model, dev).items():
            print(f"{name:16}" + "  ".join(f"{key} {value:6.2f}" for key, value in values.items()))
    measured = found["summary"]
    pinned = {name: floor for name, floor in floors().get("model", {}).items() if name in measured}
    broken = below_floor("model", measured, pinned) if options.quick else []
    if broken and not options.no_floors:
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
