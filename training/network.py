"""The network: a transformer encoder over frozen embeddings, and heads on words.

A word is the mean of its first and last piece; the sentence's first piece stands for the root.
Heads: parts of speech, names, features, beginnings of words; dependencies are biaffine (Dozat & Manning
2017); events between two parties have one hidden layer over the vectors of the parties and of the trigger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training import base, events
from training.config import Recipe, Shape

UPOS = [
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X",
]  # fmt: skip
#: The value of a feature that a word does not have.
NONE = "_"


class Scores(NamedTuple):
    """What the network says of a batch (B sentences of up to W words).

    pos B×W×tags; ner B×W×tags; arc B×W×(W+1), head 0 the root; rd B×W×d and rh B×(W+1)×d, for labels;
    feats B×W×values of all features one after the other; ev B×(W+1)×e, for events, 0 the sentence;
    starts B×W, above 0 where a word begins, of sentences given as characters
    """

    pos: Tensor
    ner: Tensor
    arc: Tensor
    rd: Tensor
    rh: Tensor
    feats: Tensor
    ev: Tensor
    starts: Tensor


@dataclass(frozen=True, kw_only=True)
class Labels:
    """All lists of labels, in the order of the scores."""

    pos: list[str]
    names: list[str]
    dependencies: list[str]
    features: Mapping[str, Sequence[str]]  # each begins with NONE
    events: list[str]
    conventions: list[str]  # the first is "", the one of the zero vector

    @classmethod
    def of(cls, recipe: Recipe, dependencies: Sequence[str], conventions: Sequence[str]) -> Labels:
        return cls(
            pos=list(UPOS),
            names=recipe.name_labels,
            dependencies=sorted(set(dependencies)),
            features={name: [NONE, *values] for name, values in recipe.features.items()},
            events=list(events.LABELS),
            conventions=["", *sorted(set(conventions) - {""})],
        )


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019), its three projections in one matrix."""

    def __init__(self, width: int, wide: int, dropout: float) -> None:
        super().__init__()
        self.projections = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, eps=1e-12)
        self.wide = nn.Linear(width, wide)
        self.narrow = nn.Linear(wide, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """``x`` B×T×width; ``bias`` B×1×1×T is added to the scores of attention."""
        sentences, pieces, width = x.shape
        heads = self.projections(x).view(sentences, pieces, 3, base.HEADS, width // base.HEADS)
        query, key, value = heads.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        mixed = mixed.transpose(1, 2).reshape(sentences, pieces, width)
        x = self.attended_norm(x + self.dropout(self.attended(mixed)))
        return self.norm(x + self.dropout(self.narrow(F.gelu(self.wide(x)))))


def through(layers: nn.ModuleList, x: Tensor, mask: Tensor) -> Tensor:
    """``x`` (B×T×width) through layers that do not see the padding."""
    bias = (1.0 - mask)[:, None, None, :] * -1e4
    for layer in layers:
        x = layer(x, bias)
    return x


def word_vectors(pieces: Tensor, first: Tensor, last: Tensor, cls: Tensor) -> Tensor:
    """The vectors (B×(W+1)×width) of sentences and their words, of those of pieces (B×T×width)."""
    sentences, count, width = pieces.shape
    flat = pieces.reshape(sentences * count, width)
    ends = flat.index_select(0, first.reshape(-1)) + flat.index_select(0, last.reshape(-1))
    words = (ends * 0.5).view(sentences, first.shape[1], width)
    return torch.cat([flat.index_select(0, cls).unsqueeze(1), words], 1)


class EventHead(nn.Module):
    """What scores the events between parties; a mixin, so that its weights are called the same everywhere."""

    dropout: nn.Dropout

    def add_event_head(self, width: int, size: int, labels: int) -> None:
        """Make the weights: vectors of ``width``, a hidden layer of ``size``."""
        self.event_words = nn.Linear(width, size)
        self.event_actor = nn.Linear(size, size)
        self.event_recipient = nn.Linear(size, size, bias=False)
        self.event_trigger = nn.Linear(size, size, bias=False)
        self.event_types = nn.Linear(size, labels)

    def event_vectors(self, nodes: Tensor) -> Tensor:
        """The vectors (… × e) that parties are made of, of sentences and words (… × width)."""
        return cast(Tensor, self.dropout(F.gelu(self.event_words(nodes))))

    def event_scores(self, actors: Tensor, recipients: Tensor, triggers: Tensor) -> Tensor:
        """Scores (n × types) of the events by which n actors (n × e) act on recipients; 0 is no trigger."""
        hidden = self.event_actor(actors) + self.event_recipient(recipients) + self.event_trigger(triggers)
        return cast(Tensor, self.event_types(self.dropout(F.relu(hidden))))


class Network(EventHead):
    """Encoder and heads.  Embeddings are frozen, so that their 4-bit rows are what the product ships."""

    def __init__(
        self, labels: Labels, shape: Shape, *, width: int, wide: int, layers: int, longest: int
    ) -> None:
        super().__init__()
        self.labels = labels
        self.positions = nn.Parameter(torch.zeros(longest, width))
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, wide, shape.encoder_dropout) for _ in range(layers))
        self.sources = nn.Embedding(len(labels.conventions), width, padding_idx=0)
        nn.init.zeros_(self.sources.weight)
        self.dropout = nn.Dropout(shape.dropout)
        self.event_gradient = shape.event_gradient
        self.pos = nn.Linear(width, len(labels.pos))
        self.names_in = nn.Linear(width, shape.names)
        self.names_out = nn.Linear(shape.names, len(labels.names))
        self.features = nn.Linear(width, sum(map(len, labels.features.values())))
        self.starts = nn.Linear(width, 1)
        self.add_event_head(width, shape.events, len(labels.events))
        self.arc_dependent = nn.Linear(width, shape.arc)
        self.arc_head = nn.Linear(width, shape.arc)
        self.arc = nn.Parameter(torch.eye(shape.arc) * 0.05)
        self.arc_bias = nn.Parameter(torch.zeros(shape.arc))
        self.relation_dependent = nn.Linear(width, shape.relation)
        self.relation_head = nn.Linear(width, shape.relation)
        size = shape.relation + 1
        self.relations = nn.Parameter(torch.randn(len(labels.dependencies), size, size) * 0.02)

    def forward(self, emb: Tensor, mask: Tensor, first: Tensor, last: Tensor, cls: Tensor) -> Scores:
        """Score a batch.

        ``emb`` B×T×width embeddings of pieces, ``mask`` B×T 1 for a piece and 0 for padding; ``first`` and
        ``last`` B×W the pieces of each word and ``cls`` B the first pieces, counted through the batch.
        """
        nodes = self.dropout(word_vectors(self.encode(emb, mask), first, last, cls))
        return self._heads(nodes[:, 1:], nodes)

    def encode(self, emb: Tensor, mask: Tensor) -> Tensor:
        """The vectors (B×T×width) of pieces in their sentence."""
        return through(self.layers, self.norm(emb + self.positions[: emb.shape[1]]), mask)

    def _heads(self, words: Tensor, nodes: Tensor) -> Scores:
        dependent = self.dropout(F.gelu(self.arc_dependent(words)))
        head = self.dropout(F.gelu(self.arc_head(nodes)))
        for_events = _damped(nodes, self.event_gradient) if self.training else nodes
        return Scores(
            pos=self.pos(words),
            ner=self.names_out(self.dropout(F.gelu(self.names_in(words)))),
            arc=(dependent @ self.arc) @ head.transpose(1, 2) + (head @ self.arc_bias).unsqueeze(1),
            rd=self.dropout(F.gelu(self.relation_dependent(words))),
            rh=self.dropout(F.gelu(self.relation_head(nodes))),
            feats=self.features(words),
            ev=self.event_vectors(for_events),
            starts=self.starts(words).squeeze(-1),
        )

    def label_scores(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Scores (n × labels) of the dependency labels of n words (n × d) under n heads (n × d)."""
        left, right = F.pad(dependents, (0, 1), value=1.0), F.pad(heads, (0, 1), value=1.0)
        return torch.einsum("nd,ldf,nf->nl", left, self.relations, right)


def _damped(x: Tensor, share: float) -> Tensor:
    """``x``, of whose gradient only a ``share`` goes further back."""
    return x * share + x.detach() * (1 - share)


def create(folder: Path, labels: Labels, shape: Shape) -> Network:
    """A network with the base weights in ``folder``; heads that the base does not have know nothing yet.

    Of the base's layers the lower ones are taken (Sajjad et al. 2023, "On the effect of dropping layers":
    the upper ones add least to the tagging of words).
    """
    tensors = {name: torch.tensor(value) for name, value in np.load(folder / base.WEIGHTS).items()}
    layers = min(shape.layers, sum(name.endswith(".wide.weight") for name in tensors))
    wide, width = tensors["layers.0.wide.weight"].shape
    network = Network(
        labels, shape, width=width, wide=wide, layers=layers, longest=len(tensors["positions"])
    )  # fmt: skip
    state = network.state_dict()
    former = base.labels(folder)
    for name, value in tensors.items():
        if name in _LABELLED:
            kind = _LABELLED[name]
            _take_rows(state[name], value, getattr(labels, kind), former[kind])
        elif name in state and state[name].shape == value.shape:
            state[name] = value
    network.load_state_dict(state)
    return network


#: Weights with a row for each label, and which labels.
_LABELLED = {
    "pos.weight": "pos", "pos.bias": "pos", "names_out.weight": "names", "names_out.bias": "names",
    "relations": "dependencies",
}  # fmt: skip


def _take_rows(own: Tensor, former: Tensor, labels: Sequence[str], former_labels: Sequence[str]) -> None:
    """Put the rows of labels that the base knows in their places, if the head has its shape."""
    if own.shape[1:] == former.shape[1:]:
        for label in set(labels) & set(former_labels):
            own[labels.index(label)] = former[former_labels.index(label)]


def embeddings(folder: Path) -> Tensor:
    """The table of embeddings (pieces × width), unpacked."""
    return torch.tensor(base.unpack(np.load(folder / base.TABLE)))
