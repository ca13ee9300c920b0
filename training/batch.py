"""A batch of sentences as tensors, and the loss of the network on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from training.config import Recipe
from training.data import OTHER, Sentence
from training.network import NONE, EventHead, Labels, Network, Scores
from training.pieces import PAD, Pieces

#: A task's loss is the mean over its words, but as if it had at least this share of the batch's words: a
#: single annotated sentence does not outweigh the others.
LEAST_SHARE = 0.25
#: Likewise for pairs of parties, of which a batch has few.
LEAST_PAIRS = 6
#: Share of the triggers that are hidden, so that events are known without them too.
HIDDEN_TRIGGERS = 0.4
_NO = -100  # a target that counts for nothing
_NEVER = -1e4


@dataclass(frozen=True, kw_only=True)
class Batch:
    """B sentences of up to T pieces and W words; ``first``, ``last`` and ``cls`` count through the batch."""

    sentences: Sequence[Sentence]
    ids: Tensor  # B×T
    mask: Tensor  # B×T, 1.0 for pieces
    first: Tensor  # B×W
    last: Tensor  # B×W
    cls: Tensor  # B
    words: Tensor  # B×W, true for words

    @property
    def pieces(self) -> int:
        """How many pieces it has, without padding."""
        return int(self.mask.sum())


def collate(sentences: Sequence[Sentence], pieces: Pieces) -> Batch:
    """Sentences as tensors, padded to the longest."""
    encoded = [pieces.encode(sentence.words) for sentence in sentences]
    longest = max(len(ids) for ids, _, _ in encoded)
    most = max(len(first) for _, first, _ in encoded)
    ids = torch.full((len(encoded), longest), PAD)
    mask = torch.zeros(len(encoded), longest)
    first = torch.zeros(len(encoded), most, dtype=torch.long)
    last = torch.zeros_like(first)
    words = torch.zeros_like(first, dtype=torch.bool)
    for row, (own, starts, ends) in enumerate(encoded):
        ids[row, : len(own)] = torch.tensor(own)
        mask[row, : len(own)] = 1
        first[row, : len(starts)] = torch.tensor(starts)
        last[row, : len(ends)] = torch.tensor(ends)
        words[row, : len(starts)] = True
    cls = torch.arange(len(encoded)) * longest
    return Batch(
        sentences=sentences, ids=ids, mask=mask, words=words, cls=cls,
        first=first + cls[:, None], last=last + cls[:, None],
    )  # fmt: skip


def run(network: Network, table: Tensor, batch: Batch, conventions: Tensor | None = None) -> Scores:
    """The scores of a batch; ``conventions`` (B) are indices of source vectors, none the zero vector."""
    emb = F.embedding(batch.ids, table)
    if conventions is not None:
        emb = emb + network.sources(conventions).unsqueeze(1)
    scores: Scores = network(emb, batch.mask, batch.first, batch.last, batch.cls)
    return scores


def losses(network: Network, scores: Scores, batch: Batch, recipe: Recipe) -> dict[str, Tensor]:
    """The loss of each task that the batch has annotations for, not yet weighted."""
    least = LEAST_SHARE * float(batch.words.sum())
    found = {
        **_tree_losses(network, scores, batch, least),
        **_name_loss(network.labels, scores, batch, least),
        **_feature_loss(network.labels, scores, batch, least),
        **event_loss(network, scores.ev, batch.sentences, network.labels.events),
        **_start_loss(scores, batch, least),
    }
    return {name: loss for name, loss in found.items() if recipe.losses[name]}


def _mean(values: Tensor, least: float) -> Tensor:
    return values.sum() / max(float(values.numel()), least)


def _tree_losses(network: Network, scores: Scores, batch: Batch, least: float) -> dict[str, Tensor]:
    rows = [k for k, sentence in enumerate(batch.sentences) if sentence.tree]
    if not rows:
        return {}
    width = batch.words.shape[1]
    heads = torch.full((len(rows), width), _NO)
    labels, pos = heads.clone(), heads.clone()
    label_index = {label: k for k, label in enumerate(network.labels.dependencies)}
    pos_index = {tag: k for k, tag in enumerate(network.labels.pos)}
    for row, k in enumerate(rows):
        tree = batch.sentences[k].tree
        assert tree  # chosen above
        size = len(tree.heads)
        heads[row, :size] = torch.tensor(tree.heads)
        labels[row, :size] = torch.tensor([label_index.get(label, _NO) for label in tree.labels])
        pos[row, :size] = torch.tensor([pos_index.get(tag, _NO) for tag in tree.pos])
    words = batch.words[rows]
    arcs = scores.arc[rows]
    nodes = torch.cat([torch.ones(len(rows), 1, dtype=torch.bool), words], 1)
    own = torch.ones(width, width + 1, dtype=torch.bool).triu(1).tril(1)  # a word is not its own head
    arcs = arcs.masked_fill(~nodes.unsqueeze(1) | own, _NEVER)
    place = heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, scores.rh.shape[-1])
    chosen = scores.rh[rows].gather(1, place)
    labelled = network.label_scores(scores.rd[rows][words], chosen[words])
    targets = {
        "arc": (arcs[words], heads),
        "relation": (labelled, labels),
        "pos": (scores.pos[rows][words], pos),
    }
    return {
        name: _mean(F.cross_entropy(given, wanted[words], ignore_index=_NO, reduction="none"), least)
        for name, (given, wanted) in targets.items()
    }


def _name_loss(labels: Labels, scores: Scores, batch: Batch, least: float) -> dict[str, Tensor]:
    """What is not annotated may be anything: the loss of a word is that of the sum of the allowed tags."""
    rows = [k for k, sentence in enumerate(batch.sentences) if sentence.names is not None]
    if not rows:
        return {}
    allowed = torch.zeros(len(rows), batch.words.shape[1], len(labels.names), dtype=torch.bool)
    for row, k in enumerate(rows):
        sentence = batch.sentences[k]
        table = allowed_tags(labels.names, sentence.missing)
        for word, tag in enumerate(sentence.names or ()):
            allowed[row, word] = torch.tensor(table[tag])
    words = batch.words[rows]
    chance = F.log_softmax(scores.ner[rows][words], -1).masked_fill(~allowed[words], -torch.inf)
    return {"names": _mean(-torch.logsumexp(chance, -1), least)}


def allowed_tags(tags: Sequence[str], missing: frozenset[str]) -> Mapping[str, list[bool]]:
    """For each annotated tag, which tags of ours it may stand for.

    ``O`` is also any type that was not annotated; ``X``, a name of a type that we do not have, may be
    no name for us, or one of the types that are loosely defined or were not annotated.
    """
    loose = {"O"} | {tag for tag in tags if tag[2:] in missing}
    other = loose | {tag for tag in tags if tag[2:] in ("ORG", "MISC")}
    table = {tag: [tag == ours for ours in tags] for tag in tags}
    table["O"] = [ours in loose for ours in tags]
    table[OTHER] = [ours in other for ours in tags]
    return table


def _feature_loss(labels: Labels, scores: Scores, batch: Batch, least: float) -> dict[str, Tensor]:
    """The mean over features; a sentence's treebank that never marks a feature teaches nothing of it."""
    parts = []
    start = 0
    for name, values in labels.features.items():
        index = {value: k for k, value in enumerate(values)}
        targets = torch.full(batch.words.shape, _NO)
        for row, sentence in enumerate(batch.sentences):
            marked = sentence.tree.features if sentence.tree else None
            if marked is not None and name in sentence.marks:
                # A value that the recipe does not name teaches nothing.
                wanted = [index.get(word.get(name, NONE), _NO) for word in marked]
                targets[row, : len(wanted)] = torch.tensor(wanted)
        known = targets != _NO
        if known.any():
            given = scores.feats[..., start : start + len(values)][known]
            parts.append(_mean(F.cross_entropy(given, targets[known], reduction="none"), least))
        start += len(values)
    return {"features": torch.stack(parts).sum() / len(labels.features)} if parts else {}


def _start_loss(scores: Scores, batch: Batch, least: float) -> dict[str, Tensor]:
    """Sentences given as characters teach where words begin, and nothing else."""
    rows = [(row, some.starts) for row, some in enumerate(batch.sentences) if some.starts is not None]
    if not rows:
        return {}
    parts = [
        F.binary_cross_entropy_with_logits(
            scores.starts[row, : len(starts)], torch.tensor(starts, dtype=torch.float), reduction="none"
        )
        for row, starts in rows
    ]
    return {"starts": _mean(torch.cat(parts), least)}


def event_loss(
    head: EventHead, vectors: Tensor, sentences: Sequence[Sentence], labels: Sequence[str]
) -> dict[str, Tensor]:
    """A pair that may be of several types (of an older codebook) has the loss of their sum."""
    places = [(row, pair) for row, sentence in enumerate(sentences) for pair in sentence.pairs]
    if not places:
        return {}
    shown = torch.rand(len(places)) >= HIDDEN_TRIGGERS if head.training else torch.ones(len(places))
    triggers = [(row, pair.trigger if show else ()) for (row, pair), show in zip(places, shown, strict=True)]
    given = head.event_scores(
        parties(vectors, [(row, pair.actor) for row, pair in places]),
        parties(vectors, [(row, pair.recipient) for row, pair in places]),
        parties(vectors, triggers, untold=False),
    )
    allowed = torch.tensor([[label in pair.types for label in labels] for _, pair in places])
    chance = F.log_softmax(given, -1).masked_fill(~allowed, -torch.inf)
    return {"events": _mean(-torch.logsumexp(chance, -1), LEAST_PAIRS)}


def parties(vectors: Tensor, places: Sequence[tuple[int, Sequence[int]]], *, untold: bool = True) -> Tensor:
    """The mean vectors (n × e) of words of sentences; without words the sentence's own, or zero."""
    means = [
        vectors[row, [k + 1 for k in words]].mean(0) if words
        else vectors[row, 0] if untold else torch.zeros_like(vectors[row, 0])
        for row, words in places
    ]  # fmt: skip
    return torch.stack(means)
