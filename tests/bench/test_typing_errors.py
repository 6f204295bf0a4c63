"""One slip of the finger."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.typing_errors import composed, keys_of, mistyped

syllables = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=1, max_size=6)


@given(syllables)
def test_keys_make_the_word_that_they_were_taken_from(word: str) -> None:
    assert composed(keys_of(word)) == word


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("ㅁㅗㄷㅔㄹ", "모델"),
        ("ㅁㅗㅔㄹ", "모ㅔㄹ"),
        ("ㅁㄷㅗㅔㄹ", "ㅁ도ㅔㄹ"),
        ("ㅇㅗㅐ", "왜"),
        ("ㅇㅓㅂㅅㅇㅓ", "없어"),
        ("ㅇㅓㅂㅅㅣ", "업시"),
    ],
)
def test_keys_become_syllables_as_an_input_method_makes_them(keys: str, text: str) -> None:
    assert composed(keys) == text


@given(syllables | st.text("abcdefgh", min_size=2, max_size=12), st.integers(0, 1000))
def test_a_slip_costs_one_key_or_swaps_two(word: str, seed: int) -> None:
    wrong = mistyped(word, Random(seed))
    before, after = keys_of(word), keys_of(wrong)
    assert abs(len(before) - len(after)) <= 1
    if len(before) == len(after):
        assert sum(one != other for one, other in zip(before, after, strict=True)) <= 2
