"""Contractions and leaning words are read as the model has learnt them; tokens stay those of the text."""

from __future__ import annotations

import random

import numpy as np
import pytest

from kg.nlp.model import Parse
from kg.nlp.parser import folded
from kg.nlp.tokens import contracted, words


def cut(text: str, lang: str) -> list[str]:
    return [word for word in words(text, lang) if not word.isspace()]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "L'armée qu’il dirige", "L' armée qu’ il dirige"),
        ("fr", "Qu'a dit-elle aujourd'hui ?", "Qu' a dit -elle aujourd'hui ?"),
        ("it", "dell'esercito, un'altra", "dell' esercito , un' altra"),
        ("es", "reunirse con Carla en marzo", "reunir se con Carla en marzo"),
        ("es", "la charla sobre gobiernos y muertes", "la charla sobre gobiernos y muertes"),
        ("tr", "Ankara'daki ve bölgedeki askerler", "Ankara'da ki ve bölgede ki askerler"),
    ],
)
def test_leaning_words_are_cut_off(lang: str, text: str, expected: str) -> None:
    """What leans on the next word or the one before becomes a word, as in the treebanks."""
    assert cut(text, lang) == expected.split()


@pytest.mark.parametrize(
    ("lang", "word", "expected"),
    [
        ("es", "del", ["de", "el"]),
        ("es", "Al", ["A", "el"]),
        ("pt", "pelas", ["por", "as"]),
        ("it", "dell'", ["di", "l'"]),
        ("de", "zur", ["zu", "der"]),
        ("fr", "aux", ["à", "les"]),
        ("en", "del", ["del"]),
    ],
)
def test_a_contraction_is_read_as_the_words_it_stands_for(lang: str, word: str, expected: list[str]) -> None:
    """The model is given "de" and "el" for "del", in languages that list it."""
    assert contracted(word, lang) == expected


def test_tokens_form_a_tree_whatever_their_words_hang_on() -> None:
    """A token is the word of it that is nearest to the root: no circle can come of it."""
    chance = random.Random(3)
    for _ in range(300):
        sizes = [chance.choice((1, 1, 1, 2, 3)) for _ in range(chance.randint(1, 8))]
        parse = some_parse(sum(sizes), chance)
        heads = folded(parse, sizes).heads
        assert len(heads) == len(sizes) and heads.count(0) == 1
        for token in range(len(heads)):
            seen = set()
            while heads[token] != 0:
                assert token not in seen
                seen.add(token)
                token = heads[token] - 1


def some_parse(size: int, chance: random.Random) -> Parse:
    """A random tree: each word hangs on one that was placed before it."""
    order = chance.sample(range(size), size)
    heads = [0] * size
    for k, word in enumerate(order[1:], start=1):
        heads[word] = order[chance.randrange(k)] + 1
    return Parse(
        pos=["NOUN"] * size, heads=heads, head_scores=[1.0] * size,
        labels=["dep"] * size, names=["O"] * size, name_scores=[1.0] * size,
        features=[{}] * size, vectors=np.zeros((size + 1, 2), np.float32),
    )  # fmt: skip
