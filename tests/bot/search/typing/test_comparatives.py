import pytest

from bot.search.typing.comparatives import positive


@pytest.mark.parametrize(
    ("word", "meant"),
    [("smaller", "small"), ("fastest", "fast"), ("bigger", "big"), ("larger", "large")],
)
def test_a_comparative_is_also_what_it_compares(word: str, meant: str) -> None:
    assert meant in positive(word)


@pytest.mark.parametrize("word", ["small", "per", "작은", ""])
def test_other_words_are_compared_to_nothing(word: str) -> None:
    assert list(positive(word)) == []
