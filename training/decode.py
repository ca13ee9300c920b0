"""What a network in training says of sentences, decoded as the product does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from kg.nlp.model import Parse
from kg.nlp.trees import best_labels, best_tree
from training.batch import collate, parties, run
from training.data import Sentence
from training.network import NONE, Labels, Network, Scores
from training.pieces import Pieces

BATCH_PIECES = 2000


def read(
    network: Network, table: Tensor, pieces: Pieces, sentences: Sequence[Sentence], *, own: bool = False
) -> list[Parse]:
    """Parse sentences; ``own`` gives the network the vector of each sentence's source, else none."""
    done: dict[int, Parse] = {}
    for batch in _batches([pieces.length(sentence.words) for sentence in sentences]):
        chosen = [sentences[k] for k in batch]
        scores = _scores(network, table, pieces, chosen, own)
        for row, k in enumerate(batch):
            done[k] = _parse(network, scores, row, sentences[k])
    return [done[k] for k in range(len(sentences))]


def events(
    network: Network, table: Tensor, pieces: Pieces, sentences: Sequence[Sentence]
) -> list[list[dict[str, float]]]:
    """How likely each type of event is, for each pair of each sentence."""
    done: dict[int, list[dict[str, float]]] = {}
    for batch in _batches([pieces.length(sentence.words) for sentence in sentences]):
        scores = _scores(network, table, pieces, [sentences[k] for k in batch], False)
        for row, k in enumerate(batch):
            pairs = sentences[k].pairs
            with torch.no_grad():
                given = network.event_scores(
                    parties(scores.ev, [(row, pair.actor) for pair in pairs]),
                    parties(scores.ev, [(row, pair.recipient) for pair in pairs]),
                    parties(scores.ev, [(row, pair.trigger) for pair in pairs], untold=False),
                ).softmax(-1)
            done[k] = [dict(zip(network.labels.events, row_.tolist(), strict=True)) for row_ in given]
    return [done[k] for k in range(len(sentences))]


def convention_indices(labels: Labels, sentences: Sequence[Sentence]) -> Tensor:
    """The index of each sentence's source vector; 0, the zero vector, for unknown ones."""
    index = {name: k for k, name in enumerate(labels.conventions)}
    return torch.tensor([index.get(sentence.convention, 0) for sentence in sentences])


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices in batches of similar length."""
    batch: list[int] = []
    for k in sorted(range(len(lengths)), key=lambda k: lengths[k]):
        if batch and (len(batch) + 1) * lengths[k] > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(k)
    if batch:
        yield batch


def _scores(
    network: Network, table: Tensor, pieces: Pieces, sentences: Sequence[Sentence], own: bool
) -> Scores:
    network.eval()
    with torch.no_grad():
        conventions = convention_indices(network.labels, sentences) if own else None
        return run(network, table, collate(sentences, pieces), conventions)


def _parse(network: Network, scores: Scores, row: int, sentence: Sentence) -> Parse:
    size, labels = len(sentence.words), network.labels
    heads = best_tree(scores.arc[row, :size, : size + 1].numpy())
    with torch.no_grad():
        chosen = scores.rh[row, : size + 1][torch.tensor(heads)]
        relations = network.label_scores(scores.rd[row, :size], chosen)
    ner = scores.ner[row, :size]
    # As in the product: MISC is not looked for where it was not learnt.
    names = best_labels(ner.numpy(), labels.names, sentence.missing & {"MISC"})
    chances = ner.softmax(-1)
    return Parse(
        pos=[labels.pos[k] for k in scores.pos[row, :size].argmax(-1)],
        heads=[int(head) for head in heads],
        head_scores=_chosen(scores.arc[row, :size, : size + 1], heads),
        labels=[labels.dependencies[k] for k in relations.argmax(-1)],
        names=names,
        name_scores=[float(chances[k, labels.names.index(tag)]) for k, tag in enumerate(names)],
        features=_features(scores.feats[row, :size], labels),
        vectors=scores.ev[row, : size + 1].numpy(),
    )


def _chosen(arcs: Tensor, heads: Sequence[int]) -> list[float]:
    """How likely the chosen heads are, by the scores of all heads (words × words + 1)."""
    return [float(chance[int(head)]) for chance, head in zip(arcs.softmax(-1), heads, strict=True)]


def _features(scores: Tensor, labels: Labels) -> list[dict[str, str]]:
    """The features of each word of a sentence, from scores words × values."""
    found: list[dict[str, str]] = [{} for _ in scores]
    start = 0
    for name, values in labels.features.items():
        for word, value in zip(found, scores[:, start : start + len(values)].argmax(-1), strict=True):
            if values[value] != NONE:
                word[name] = values[value]
        start += len(values)
    return found
