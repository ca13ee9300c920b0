"""The language model: one small multilingual transformer as ONNX, read without torch.

Files in ``kg/nlp/model`` (see its README): the encoder with its heads, a frozen 4-bit table of
embeddings, a tokeniser, the biaffine tensor of dependency labels, and the lists of labels.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import PipelineError
from kg.nlp.trees import best_labels, best_tree

FOLDER = Path(__file__).parent / "model"
#: Pieces in one batch (sentences × the longest of them): memory stays near 300 MB.
BATCH_PIECES = 1800
#: Pieces kept of one word; longer ones are addresses and noise.
WORD_PIECES = 16
_FIRST, _LAST, _UNKNOWN, _PAD = 0, 2, 3, 1
_BLOCK, _BLOCK_BYTES = 32, 18  # Q4_0: 32 weights in 18 bytes, a float16 scale and 16 bytes of nibbles


@dataclass(frozen=True, kw_only=True)
class Parse:
    """What the model says of one sentence, a value a word; heads are 0 for the root, else 1 … n."""

    pos: list[str]
    heads: list[int]
    labels: list[str]
    names: list[str]
    name_scores: list[float]


class Model:
    """Reads sentences given as lists of words; the same words give the same parse."""

    def __init__(self, folder: Path = FOLDER, threads: int = 2) -> None:
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
            self._relations = np.load(folder / "relations.npz")["rU"]
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.int8.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # each library raises its own kinds, down to bare Exception
            raise PipelineError(
                f"the language model in {folder} cannot be loaded ({error}): install the package again"
            ) from error
        self._cache: dict[str, list[int]] = {}

    @property
    def fingerprint(self) -> str:
        """A hash of the labels and of the sizes of all model files."""
        sizes = {file.name: file.stat().st_size for file in sorted(FOLDER.iterdir()) if file.suffix != ".md"}
        return hashlib.sha256(json.dumps([self._meta, sizes], sort_keys=True).encode()).hexdigest()[:16]

    def parse(self, sentences: Sequence[Sequence[str]], full_names: Sequence[bool]) -> list[Parse]:
        """Parse sentences of at least one word each, in batches of similar length.

        ``full_names[i]`` says whether names of the type MISC may be found in sentence ``i``: the
        model has not learnt them in every language.
        """
        pieces = [self._encode(words) for words in sentences]
        done: list[Parse | None] = [None] * len(sentences)
        for batch in _batches([len(ids) for ids, _, _ in pieces]):
            outputs = self._run([pieces[i] for i in batch])
            for row, i in enumerate(batch):
                scores = {name: value[row] for name, value in outputs.items()}
                done[i] = self._decode(scores, len(sentences[i]), full_names[i])
        return [parse for parse in done if parse is not None]

    def length(self, words: Sequence[str]) -> int:
        """How many pieces the model would read for ``words``; ``max_pieces`` is the most it can."""
        return len(self._encode(words)[0])

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

    def _encode(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """The pieces of a sentence, and the first and last piece of each word."""
        ids, first, last = [_FIRST], [], []
        for word in words:
            pieces = self._word(word)
            first.append(len(ids))
            ids.extend(pieces)
            last.append(len(ids) - 1)
        return [*ids, _LAST], first, last

    def _embed(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The embeddings of pieces, unpacked from 4 bits (batch × pieces × dimensions)."""
        unique, inverse = np.unique(ids, return_inverse=True)
        rows = np.asarray(self._table[unique]).reshape(len(unique), -1, _BLOCK_BYTES)
        scale = np.ascontiguousarray(rows[:, :, :2]).view("<f2").astype(np.float32)
        packed = rows[:, :, 2:]
        nibbles = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32) - 8
        vectors = (nibbles * scale).reshape(len(unique), -1)
        return vectors[inverse.reshape(ids.shape)].astype(np.float32)

    def _run(self, batch: Sequence[tuple[list[int], list[int], list[int]]]) -> dict[str, NDArray[np.float32]]:
        longest = max(len(ids) for ids, _, _ in batch)
        most_words = max(len(first) for _, first, _ in batch)
        ids = np.full((len(batch), longest), _PAD, np.int64)
        mask = np.zeros((len(batch), longest), np.float32)
        first = np.zeros((len(batch), most_words), np.int64)
        last = np.zeros((len(batch), most_words), np.int64)
        for row, (piece_ids, starts, ends) in enumerate(batch):
            ids[row, : len(piece_ids)] = piece_ids
            mask[row, : len(piece_ids)] = 1
            first[row, : len(starts)] = starts
            last[row, : len(ends)] = ends
        offset = np.arange(len(batch), dtype=np.int64) * longest
        names = ["pos", "ner", "arc", "rd", "rh"]
        values = self._session.run(
            names,
            {
                "emb": self._embed(ids),
                "mask": mask,
                "first": first + offset[:, None],
                "last": last + offset[:, None],
                "cls": offset,
            },
        )
        return dict(zip(names, values, strict=True))

    def _decode(self, scores: dict[str, NDArray[np.float32]], size: int, full_names: bool) -> Parse:
        heads = best_tree(scores["arc"][:size, : size + 1])
        labels = self._label_scores(scores["rd"][:size], scores["rh"][: size + 1][heads]).argmax(1)
        ner = scores["ner"][:size]
        probabilities = np.exp(ner - ner.max(1, keepdims=True))
        probabilities /= probabilities.sum(1, keepdims=True)
        names = best_labels(ner, self._meta["ner"], frozenset() if full_names else frozenset({"MISC"}))
        index = {label: i for i, label in enumerate(self._meta["ner"])}
        return Parse(
            pos=[self._meta["upos"][i] for i in scores["pos"][:size].argmax(1)],
            heads=[int(head) for head in heads],
            labels=[self._meta["labels"][i] for i in labels],
            names=names,
            name_scores=[float(probabilities[k, index[label]]) for k, label in enumerate(names)],
        )

    def _label_scores(
        self, dependents: NDArray[np.float32], heads: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Biaffine scores (words × labels) of each word's dependency on its chosen head."""
        ones = np.ones((len(dependents), 1), np.float32)
        left = np.concatenate([dependents, ones], axis=1)
        right = np.concatenate([heads, ones], axis=1)
        labels, width, _ = self._relations.shape
        product = (left @ self._relations.transpose(1, 0, 2).reshape(width, labels * width)).reshape(
            -1, labels, width
        )
        return (product @ right[:, :, None])[:, :, 0]  # type: ignore[no-any-return]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices in batches of similar length, none with more than BATCH_PIECES pieces."""
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda k: (lengths[k], k)):
        if batch and (len(batch) + 1) * lengths[i] > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch
