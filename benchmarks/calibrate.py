"""Does a claim's score keep what it promises?  ``python benchmarks/calibrate.py [--fit]``.

Prints how many claims of each score are right in the part of our corpus (training/claims) that is held back:
a table of reliability.  A claim is right if type, parties and status are (:mod:`claim_scores`).  ``--fit``
first fits the weights in kg/nlp/confidence.toml to the part ``learn`` and, where they are present, to the
four articles annotated by hand.  Standing relations are not marked in the corpus: their scores come
from the same formula, but nothing measures them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from claim_scores import matched
from common import load_scorer, read_lines, shared_folder
from score_articles import build_gold, statements

from kg import ontologies
from kg.graph.record import Record
from kg.nlp import Reader
from kg.nlp.confidence import WEIGHTS, chance, features, weights
from kg.types import Article
from training import marked
from training.marked import NONE

#: The features of a claim, and whether it is right.
Case = tuple[dict[str, float], bool]
#: Upper bounds of the rows of the table.
BINS = (0.1, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
#: Of the penalty on weights (C of scikit-learn): with so few weights it hardly matters.
STRENGTH = 1.0


def cases(reader: Reader, *, held: bool) -> Iterator[Case]:
    """The claims told in one part of the corpus, in languages that have cues."""
    cued = [lang for lang in ontologies.languages() if ontologies.language(lang, "status")]
    for entry in marked.read(cued):
        if entry.held != held:
            continue
        article = Article(id="entry", text=entry.text, lang=entry.language, published="2024-03-14")
        doc = reader.doc(article)
        claims = [claim for claim in doc._.claims if claim.event_type]
        gold = [claim for claim in entry.claims if claim.type != NONE]
        right = set(matched(gold, claims, "status").values())
        yield from ((features(doc, claim), k in right) for k, claim in enumerate(claims))


def article_cases(reader: Reader, shared: Path) -> Iterator[Case]:
    """The typed claims of the articles annotated by hand: right if the gold has one of their statements."""
    scorer = load_scorer(shared / "gold", "score_hand")
    gold = {article["id"]: article for article in read_lines(shared / "gold" / "articles.jsonl")}
    with tempfile.TemporaryDirectory() as folder:
        graph, gold_ids = build_gold(shared, list(gold.values()), Path(folder))
        rows = {row["id"]: row for row in graph.claims()}
        with Record.open(graph.output) as record:
            for extraction in record:
                marked_up = gold[gold_ids[extraction.article.id]]
                aliases, doc = scorer.names(marked_up), reader.doc(extraction.article)
                for claim in doc._.claims:
                    if claim.event_type:
                        found = statements(rows[claim.id])
                        right = any(
                            _same(scorer, aliases, one, p) for one in marked_up["statements"] for p in found
                        )
                        yield features(doc, claim), right


def _same(scorer, aliases, statement, predicted) -> bool:  # type: ignore[no-untyped-def]
    allowed = [scorer.pol(word) for word in statement["polarity"]]
    return bool(scorer.match(aliases, statement, predicted)) and scorer.pol(predicted["polarity"]) in allowed


def fit(found: list[Case]) -> None:
    """Write the weights that fit the cases best."""
    from sklearn.linear_model import LogisticRegression

    names = list(found[0][0])
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit([[values[name] for name in names] for values, _ in found], [right for _, right in found])
    weights = {"intercept": model.intercept_[0], **dict(zip(names, model.coef_[0], strict=True))}
    WEIGHTS.write_text(
        "# The score of a claim: 1 / (1 + exp(-(intercept + sum of weight × feature))).\n"
        "# The features are those of kg/nlp/confidence.py.\n"
        f"# Made by benchmarks/calibrate.py --fit from {len(found)} claims.\n\n"
        "[weights]\n" + "".join(f"{name} = {weight:.3f}\n" for name, weight in weights.items()),
        encoding="utf-8",
    )


def table(title: str, cases: list[Case]) -> None:
    """How many claims of each score are right, and the error of the scores."""
    found = [(chance(values), right) for values, right in cases]
    print(
        f"\n{title}: {len(found)} claims, {sum(right for _, right in found) / len(found):.2f} of them right"
    )
    print(f"{'score':>11}{'claims':>8}{'mean score':>12}{'right':>8}")
    low, error = 0.0, 0.0
    for high in BINS:
        some = [case for case in found if low <= case[0] < high or (high == case[0] == 1.0)]
        if some:
            mean, right = (sum(values) / len(some) for values in zip(*some, strict=True))
            error += abs(mean - right) * len(some) / len(found)
            print(f"{low:5.1f} - {high:.1f}{len(some):8}{mean:12.2f}{right:8.2f}")
        low = high
    brier = sum((score - right) ** 2 for score, right in found) / len(found)
    base = sum(right for _, right in found) / len(found)
    print(
        f"expected calibration error {error:.3f}; Brier score {brier:.3f} "
        f"(a constant: {base * (1 - base):.3f}); area under the ROC curve {area(found):.3f}"
    )


def area(found: list[tuple[float, bool]]) -> float:
    """How often a right claim has a higher score than a wrong one."""
    right = [score for score, is_right in found if is_right]
    wrong = [score for score, is_right in found if not is_right]
    above = sum((r > w) + (r == w) / 2 for r in right for w in wrong)
    return above / (len(right) * len(wrong)) if right and wrong else 0.5


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fit", action="store_true", help="fit the weights first")
    options = parser.parse_args()
    reader = Reader()
    if options.fit:
        shared = shared_folder()
        learnt = [*cases(reader, held=False), *(article_cases(reader, shared) if shared else ())]
        fit(learnt)
        print(WEIGHTS.read_text(encoding="utf-8"))
        weights.cache_clear()
        table("fitted to", learnt)
    table("held back", list(cases(reader, held=True)))


if __name__ == "__main__":
    main()
