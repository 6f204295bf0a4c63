import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analysis import BRIDGE, Phrase
from bot.search.spellings import spellings


def spelled(text: str) -> list[str]:
    return [str(phrase).replace(BRIDGE, "~") + "*" * phrase.prefix for phrase in spellings(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("강화학습", ["강화 ~화학 학습", "강 화학 학습", "강화 학습", "강화 화학 습"]),
        ("강화학", ["강화 화학", "강화 ~화학", "강 화학", "강화 학"]),
        ("학습", ["학습", "학 습"]),
        ("쌀", ["쌀*"]),
        ("하하하하하", ["하하 하하 하하 하하", "하 하하 하하 하하", "하하 하하 하하 하"]),
        ("GPT-4", ["gpt 4", "gpt4"]),
        ("GPT-4를", ["gpt 4 를", "gpt4 를"]),
        ("C++", ["cplusplus"]),
        ("A*", ["astar"]),
        ("models", ["model"]),
        ("강화 학습", ["강화 학습"]),
        ("하하 하", ["하하 하*"]),
        ("결합합니다", ["결합 합합 합니 니다", "결 합합 합니 니다", "결합 합합 니다", "결합 합합 합니 다"]),
        ("use c++ now", ["use c cplusplus now"]),
        ("a gpt-4 b", ["a gpt 4 gpt4 b", "a gpt 4 b", "a gpt4 b"]),
        ("🤗", []),
    ],
)
def test_the_spellings_of_a_word_or_phrase(text: str, expected: list[str]) -> None:
    assert spelled(text) == expected


@pytest.mark.parametrize("text", ["하하하하하", "하하하하", "하하", "가나나나라", "C++ C++", "a a-a a-a a-a a"])
def test_the_spellings_of_a_word_are_distinct(text: str) -> None:
    assert len(set(spelled(text))) == len(spelled(text))


def test_long_words_have_a_bounded_number_of_spellings() -> None:
    assert spellings("가나" * 100) == (Phrase(("가나", "나가") * 99 + ("가나",)),)
    assert len(spellings("가나" * 12)) == 24
    assert len(spellings(" ".join(["a-b"] * 50))) <= 24
    assert spellings("a" * 200) == (Phrase(("a" * 200,)),)


@given(st.text("하가 a-4.", max_size=12), st.sampled_from(["", "하", "하하"]))
def test_spellings_are_distinct(text: str, after: str) -> None:
    found = spellings(text, after)
    assert len(found) == len(set(found))
