import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.typing.jamo import CONSONANT_KEYS, VOWEL_KEYS, composed, is_whole, keys

HANGUL = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), max_size=6)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("학습", "ㅎㅏㄱㅅㅡㅂ"),
        ("왜", "ㅇㅗㅐ"),
        ("값이", "ㄱㅏㅂㅅㅇㅣ"),
        ("의의", "ㅇㅡㅣㅇㅡㅣ"),
    ],
)
def test_a_text_is_typed_key_by_key(text: str, typed: str) -> None:
    assert keys(text) == typed
    assert composed(typed) == text


def test_what_is_no_hangul_is_a_key_of_its_own() -> None:
    assert keys("까!ㅎ") == "ㄲㅏ!ㅎ"


@pytest.mark.parametrize(
    ("typed", "text"),
    [("ㄱㅏㄱㅏ", "가가"), ("ㄱㅏㅂㅅㅏ", "갑사"), ("ㅎㄱㅏ", None), ("ㅏㄱ", None), ("ㄲㅏ!ㅎ", None)],
)
def test_keys_are_put_together_as_an_input_method_does(typed: str, text: str | None) -> None:
    assert composed(typed) == text


@given(HANGUL)
def test_every_word_comes_back_from_its_keys(text: str) -> None:
    assert composed(keys(text)) == text
    assert is_whole(text)


def test_lone_letters_are_no_syllables() -> None:
    assert not is_whole("강ㅎ")
    assert not is_whole("강a")


@given(st.text(VOWEL_KEYS + CONSONANT_KEYS, max_size=9))
def test_keys_make_syllables_only_or_nothing(typed: str) -> None:
    text = composed(typed)
    assert text is None or (is_whole(text) and keys(text) == typed)
