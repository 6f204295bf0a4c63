import pytest

from bot.search.query import parse
from bot.search.typing.fillers import has_no_subject, without_fillers


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("모델을 작게 만드는 방법", "모델을 작게"),
        ("환각 줄이는 방법", "환각 줄이는"),
        ("이미지 편집 논문 추천해줘", "이미지 편집"),
        ("how do I make a model smaller", "model smaller"),
        ("papers about hallucination please", "hallucination"),
        ("what is speculative decoding?", "speculative decoding?"),
        ("강화학습 관련 논문들을 좀 찾아주세요", "강화학습"),
        ("어떻게 하면 편향을 줄일 수 있을까요?", "편향을 줄일"),
        ("확산 모델 설명 부탁드립니다", "확산 모델"),
        ("확산 모델 설명하여주세요", "확산 모델"),
    ],
)
def test_a_question_is_about_its_other_words(question: str, subject: str) -> None:
    assert str(without_fillers(parse(question))) == subject


@pytest.mark.parametrize(
    "text",
    [
        "무슨 논문",  # no other word stands
        "learning from noise",  # joining words alone make no question
        "데이터 정보",
        "프레임워크를 제안하여",  # a paper says that of itself
        '"how to train your dragon"',
        "title:how title:models",
        "gpt -papers",
        "author:how gpt",
        "2402.14253",
        "",
    ],
)
def test_any_other_query_keeps_its_words(text: str) -> None:
    assert without_fillers(parse(text)) == parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("무슨 논문", True), ("papers please", True), ("논문 환각", False), ("기술", False), ("", False)],
)
def test_a_question_without_a_subject_is_told_apart(text: str, *, expected: bool) -> None:
    assert has_no_subject(parse(text)) is expected
