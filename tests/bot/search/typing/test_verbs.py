import pytest

from bot.search.typing.verbs import forms, noun_of

VERBS = ("줄이고", "작게", "작고", "만드는", "만들고", "빠르게", "가볍게", "메우고", "높이는")


def is_written(beginning: str) -> bool:
    return any(verb.startswith(beginning) for verb in VERBS)


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("줄이는", {"줄이", "줄인", "줄여", "줄임", "줄입"}),
        ("줄여", {"줄이", "줄일"}),
        ("줄일", {"줄이", "줄여"}),
        ("작게", {"작은", "작고"}),
        ("만드는", {"만들", "만든", "만듭"}),
        ("만들기", {"만드", "만든"}),
        ("빠른", {"빠르", "빠를"}),
        ("가벼운", {"가볍", "가벼워"}),
        ("메우려면", {"메우", "메워"}),
        ("제거하는", {"제거"}),
        ("강화시키려면", {"강화"}),
    ],
)
def test_a_verb_is_looked_for_in_its_other_forms(word: str, others: set[str]) -> None:
    assert others <= set(forms(word, is_written))


@pytest.mark.parametrize("word", ["이미지", "크기", "모델을", "화면", "rag", "", "수", "하" * 40])
def test_what_is_no_verb_has_no_forms(word: str) -> None:
    assert forms(word, is_written) == []


@pytest.mark.parametrize(("word", "noun"), [("제거하는", "제거"), ("학습되고", "학습"), ("제거", ""), ("하는", "")])
def test_the_noun_of_a_verb_is_what_it_was_made_of(word: str, noun: str) -> None:
    assert noun_of(word) == noun
