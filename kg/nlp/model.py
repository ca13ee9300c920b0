"""The language model: one small multilingual transformer as ONNX, read without torch.

Files in ``kg/nlp/model`` (see its README): the encoder with its heads, a frozen 4-bit table of
embeddings, a tokeniser, the biaffine tensor of dependency labels, and the lists of labels.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import PipelineError
from kg.nlp.events import FOLDER, EventTypes
from kg.nlp.trees import NEVER, best_labels, best_tree

#: Pieces kept of one word; longer ones are addresses and noise.
WORD_PIECES = 16
_FIRST, _LAST, _UNKNOWN = 0, 2, 3
_BLOCK, _BLOCK_BYTES = 32, 18  # Q4_0: 32 weights in 18 bytes, a float16 scale and 16 bytes of nibbles


@dataclass(frozen=True, kw_only=True)
class Parse:
    """What the model says of one sentence, a value a word; heads are 0 for the root, else 1 … n.

    ``head_scores`` and ``name_scores`` are how likely it takes the chosen head and the chosen part of a name.
    ``features`` are those of Universal Dependencies that the model has learnt (Voice, Number …); ``vectors``
    (words + 1 × dimensions, the first is the sentence's own) are what :mod:`kg.nlp.events` reads.
    """

    pos: list[str]
    heads: list[int]
    head_scores: list[float]
    labels: list[str]
    names: list[str]
    name_scores: list[float]
    features: list[dict[str, str]]
    vectors: NDArray[np.float32] = field(compare=False)  # an array is not compared with ==


class Model:
    """Reads sentences given as lists of words; the same words give the same parse."""

    def __init__(self, folder: Path = FOLDER, threads: int = 1) -> None:
        """Load the files of ``folder``; raises PipelineError if one is missing or unreadable."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            self._pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._table = np.load(folder / "embeddings.q4.npy", mmap_mode="r")
            relations = np.load(folder / "relations.npz")["rU"]
            self.events = EventTypes(folder, self._meta["events"]) if "events" in self._meta else None
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.int8.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # each library raises its own kinds, down to bare Exception
            raise PipelineError(
                f"the language model in {folder} cannot be loaded ({error}): install the package again"
            ) from error
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._labels, width, _ = relations.shape
        self._biaffine = np.ascontiguousarray(relations.transpose(1, 0, 2).reshape(width, -1))
        self._cache: dict[str, list[int]] = {}

    @property
    def fingerprint(self) -> str:
        """A hash of the labels and of the sizes of all model files."""
        sizes = {file.name: file.stat().st_size for file in sorted(FOLDER.iterdir()) if file.suffix != ".md"}
        return hashlib.sha256(json.dumps([self._meta, sizes], sort_keys=True).encode()).hexdigest()[:16]

    def parse(
        self, words: Sequence[str], *, full_names: bool, apart: Collection[tuple[int, int]] = ()
    ) -> Parse:
        """Parse one sentence of at least one word.

        Sentences are not run together: int8 arithmetic scales its numbers by all that is in a batch,
        and a sentence must not be read otherwise because of its neighbours.  ``full_names`` says whether
        names of the type MISC may be found: the model has not learnt them in every language.  ``apart``
        are pairs of words of which neither may be the head of the other.
        """
        scores = self._run(words)
        for one, other in apart:
            scores["arc"][one, other + 1] = scores["arc"][other, one + 1] = NEVER
        return self._decode(scores, len(words), full_names)

    def word_starts(self, letters: str) -> list[bool]:
        """Whether a word begins at each letter of a sentence."""
        scores = self._run(letters).get("starts", np.zeros(len(letters)))
        return [bool(score > 0) for score in scores[: len(letters)]]

    def length(self, words: Sequence[str]) -> int:
        """How many pieces the model would read for ``words``; ``max_pieces`` is the most it can."""
        return len(self.encode(words)[0])

    @property
    def max_pieces(self) -> int:
        return int(self._meta["max_pieces"])

    def _word(self, word: str) -> list[int]:
        if word not in self._cache:
            ids = self._pieces.encode(word, add_special_tokens=False).ids
            # A bare word-start piece comes before scripts without spaces and carries nothing.
            if len(ids) > 1 and ids[0] == self._meta["bare_word_piece"]:
                ids = ids[1:]
            self._cache[word] = (ids or [_UNKNOWN])[:WORD_PIECES]
        return self._cache[word]

    def encode(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """The pieces of a sentence, and the first and last piece of each word."""
        ids, first, last = [_FIRST], [], []
        for word in words:
            pieces = self._word(word)
            first.append(len(ids))
            ids.extend(pieces)
            last.append(len(ids) - 1)
        return [*ids, _LAST], first, last

    def _embed(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The embeddings of pieces, unpacked from 4 bits (pieces × dimensions)."""
        rows = np.asarray(self._table[ids]).reshape(len(ids), -1, _BLOCK_BYTES)
        scale = np.ascontiguousarray(rows[:, :, :2]).view("<f2").astype(np.float32)
        packed = rows[:, :, 2:]
        nibbles = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32) - 8
        return (nibbles * scale).reshape(len(ids), -1).astype(np.float32)

    def inputs(self, words: Sequence[str]) -> dict[str, NDArray[Any]]:
        """What the graph reads of a sentence: embeddings, and the pieces of each word."""
        ids, first, last = self.encode(words)
        return {
            "emb": self._embed(np.array(ids))[None],
            "mask": np.ones((1, len(ids)), np.float32),
            "first": np.array([first], np.int64),
            "last": np.array([last], np.int64),
            "cls": np.zeros(1, np.int64),
        }

    def _run(self, words: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The scores of the heads for the words of a sentence."""
        values = self._session.run(self._outputs, self.inputs(words))
        return {name: value[0] for name, value in zip(self._outputs, values, strict=True)}

    def _decode(self, scores: dict[str, NDArray[np.float32]], size: int, full_names: bool) -> Parse:
        heads = best_tree(scores["arc"][:size, : size + 1])
        labels = self._label_scores(scores["rd"][:size], scores["rh"][: size + 1][heads]).argmax(1)
        ner = scores["ner"][:size]
        probabilities = _softmax(ner)
        names = best_labels(ner, self._meta["ner"], frozenset() if full_names else frozenset({"MISC"}))
        index = {label: i for i, label in enumerate(self._meta["ner"])}
        return Parse(
            pos=[self._meta["upos"][i] for i in scores["pos"][:size].argmax(1)],
            heads=[int(head) for head in heads],
            head_scores=_softmax(scores["arc"][:size, : size + 1])[np.arange(size), heads].tolist(),
            labels=[self._meta["labels"][i] for i in labels],
            names=names,
            name_scores=[float(probabilities[k, index[label]]) for k, label in enumerate(names)],
            features=self._features(scores["feats"][:size]) if "feats" in scores else [{}] * size,
            vectors=scores["ev"][: size + 1] if "ev" in scores else np.zeros((size + 1, 0), np.float32),
        )

    def _features(self, scores: NDArray[np.float32]) -> list[dict[str, str]]:
        """The features of each word; the first value of each means that a word does not have it."""
        found: list[dict[str, str]] = [{} for _ in scores]
        start = 0
        for name, values in self._meta["features"].items():
            best = scores[:, start : start + len(values)].argmax(1)
            for word in np.flatnonzero(best):
                found[word][name] = values[best[word]]
            start += len(values)
        return found

    def _label_scores(
        self, dependents: NDArray[np.float32], heads: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Biaffine scores (words × labels) of each word's dependency on its chosen head."""
        ones = np.ones((len(dependents), 1), np.float32)
        left = np.concatenate([dependents, ones], axis=1)
        right = np.concatenate([heads, ones], axis=1)
        product = (left @ self._biaffine).reshape(len(left), self._labels, -1)
        return (product @ right[:, :, None])[:, :, 0]  # type: ignore[no-any-return]


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores as chances that add up to 1 in each row."""
    chances: NDArray[np.float32] = np.exp(scores - scores.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    return chances
