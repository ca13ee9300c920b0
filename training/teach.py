"""What sentences are not annotated for, the model that training starts from says: so that it is not unlearnt.

Sets of names have no trees, treebanks no names, sentences of events neither.  Learnt from as they are, they
bend the shared encoder for their own task, and nothing holds the others in place there (training/README.md
has the figures).  A model's own answers as targets for its old tasks are "learning without forgetting"
(Li & Hoiem 2016).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from threadpoolctl import threadpool_limits
from tqdm import tqdm

from kg import ontologies
from kg.nlp.model import Model
from training.data import Sentence, Tree

_LOOSE = frozenset({"MISC"})  # looked for only in the languages whose settings say so


def taught(sets: Sequence[Sequence[Sentence]], folder: Path) -> list[list[Sentence]]:
    """The sets, their sentences with the trees and names of the model in ``folder`` where they have none.

    Sentences given as characters stay as they are, and such as are too long for the model.
    """
    model = Model(folder)
    count = sum(map(len, sets))
    with (
        threadpool_limits(limits=1, user_api="blas"),
        ThreadPoolExecutor(os.cpu_count()) as workers,
        tqdm(total=count, desc="teaching", file=sys.stderr, mininterval=5) as bar,
    ):

        def one(sentence: Sentence) -> Sentence:
            bar.update()
            return _taught(sentence, model)

        return [list(workers.map(one, sentences)) for sentences in sets]


def _taught(sentence: Sentence, model: Model) -> Sentence:
    complete = sentence.tree and sentence.names is not None
    if complete or sentence.starts is not None or model.length(sentence.words) > model.max_pieces:
        return sentence
    misc = bool(ontologies.language(sentence.language, "names").get("misc", False))
    parse = model.parse(sentence.words, full_names=misc)
    tree = Tree(pos=tuple(parse.pos), heads=tuple(parse.heads), labels=tuple(parse.labels))
    if sentence.names is None:
        missing = frozenset[str]() if misc else _LOOSE
        sentence = replace(sentence, names=tuple(parse.names), missing=missing)
    return sentence if sentence.tree else replace(sentence, tree=tree, taught=True)
