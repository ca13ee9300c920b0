"""Words of scripts without spaces begin where the model says."""

from __future__ import annotations

from kg.nlp.segments import LONGEST, around_listed_words, cuts
from kg.nlp.tokens import words


class Pairs:
    """Reads like the model: a word begins at every second letter of what it is given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def word_starts(self, letters: str) -> list[bool]:
        self.given.append(letters)
        return [k % 2 == 0 for k in range(len(letters))]


def cut(text: str, lang: str, model: Pairs) -> list[str]:
    edges = around_listed_words(set(cuts(text, lang, model)), text, lang)
    return [word for word in words(text, lang, edges) if not word.isspace()]


def test_a_run_of_letters_is_cut_where_words_begin() -> None:
    """Each sentence is given to the model by itself; nothing of the text is lost."""
    model = Pairs()
    assert cut("总统昨天访问。\n他们", "zh", model) == ["总统", "昨天", "访问", "。", "他们"]
    assert model.given == ["总统昨天访问。", "他们"]


def test_words_that_lists_know_are_whole() -> None:
    """Cues and titles are words in either script, wherever the model would cut them."""
    assert cut("昨外长会见总统", "zh", Pairs()) == ["昨", "外长", "会见", "总统"]
    assert cut("昨外長會見總統", "zh", Pairs()) == ["昨", "外長", "會見", "總統"]


def test_long_sentences_are_read_in_parts() -> None:
    """No more letters are given than the model reads."""
    model = Pairs()
    assert "".join(cut("总统" * LONGEST, "ja", model)) == "总统" * LONGEST
    assert max(map(len, model.given)) == LONGEST


def test_languages_with_spaces_are_left_alone() -> None:
    """The model is not asked."""
    model = Pairs()
    assert cuts("总统昨天访问", "en", model) == frozenset() and model.given == []
