"""The score of a claim: a chance, from few features, by weights in a file that a person can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import PipelineError
from kg.nlp import confidence
from tests.nlp.told import read, reader

SENTENCES = (
    ("Japan visited Vietnam.", "en"),
    ("Rusia membantah memasok senjata kepada Iran.", "id"),
    (
        "After the visit of an envoy, who had met leaders in Peru, officials said that Chile might attack.",
        "en",
    ),
)


@pytest.mark.parametrize(("text", "lang"), SENTENCES)
def test_a_score_is_a_chance(text: str, lang: str) -> None:
    """Every claim has one, and it is that of its features."""
    doc = reader().doc(read(text, lang).article)
    assert doc._.claims
    for claim in doc._.claims:
        assert 0 < claim.score < 1
        assert claim.score == round(confidence.chance(confidence.features(doc, claim)), 3)


def test_every_feature_has_a_weight_and_no_other() -> None:
    """The file and the code name the same few things."""
    doc = reader().doc(read(*SENTENCES[0]).article)
    assert set(confidence.weights()) == {"intercept", *confidence.features(doc, doc._.claims[0])}


def test_a_plain_sentence_is_surer_than_half_a_claim() -> None:
    """Two known parties in a short main clause score above a claim whose doer is not told."""
    (plain,) = read("Japan visited Vietnam.", "en").claims
    (half,) = read("Chile was attacked on Sunday after a long night near the harbour.", "en").claims
    assert plain.score > half.score


def test_an_unreadable_file_of_weights_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence that says what to do."""
    (tmp_path / "w.toml").write_text("weights = [", encoding="utf-8")
    monkeypatch.setattr(confidence, "WEIGHTS", tmp_path / "w.toml")
    confidence.weights.cache_clear()
    with pytest.raises(PipelineError, match="install the package again"):
        confidence.weights()
    confidence.weights.cache_clear()
