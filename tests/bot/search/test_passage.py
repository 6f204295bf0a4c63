import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.search.passage import Piece, asked_of, marked, passage, summary_texts
from bot.search.query import Field, parse
from tests.builders import paper

BULLETS = (
    "첫 문장입니다. 사람의 선호를 배우는 강화 학습을 다룹니다. 끝 문장입니다.",
    "GPT-4o보다 GPT-4를 먼저 살폈습니다. Training runs on GPUs, e.g. two of them.",
)


def shown(query: str, *texts: str, limit: int = 200) -> str:
    """The passage with what matched in brackets."""
    return written(passage(texts or BULLETS, asked_of(parse(query).terms), limit))


def written(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.matched else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("강화학습", "사람의 선호를 배우는 [강화 학습]을 다룹니다."),
        ("강화 학습", "사람의 선호를 배우는 [강화 학습]을 다룹니다."),
        ("선호를 배우는", "사람의 [선호를 배우는] 강화 학습을 다룹니다."),
        ('"배우는 강화"', "사람의 선호를 [배우는 강화] 학습을 다룹니다."),
        ("선", "사람의 [선]호를 배우는 강화 학습을 다룹니다."),
        ("gpt-4", "GPT-4o보다 [GPT-4]를 먼저 살폈습니다."),
        ("trained run", "[Training runs] on GPUs, e.g. two of them."),
        ("끝", "[끝] 문장입니다."),
        ("화학", "첫 문장입니다."),
        ("title:강화 author:학습", "첫 문장입니다."),
        ("-강화 끝", "[끝] 문장입니다."),
    ],
)
def test_a_passage_is_the_sentence_with_what_was_asked_for(query: str, expected: str) -> None:
    assert shown(query) == expected


def test_two_sentences_are_shown_where_both_match() -> None:
    assert shown("선호 끝 문장") == "사람의 [선호]를 배우는 강화 학습을 다룹니다. [끝 문장]입니다."
    assert shown("선호 끝 문장", limit=30) == "[끝 문장]입니다."


def test_the_sentence_with_most_of_the_words_wins() -> None:
    texts = ("모델 모델 모델.", "확산 모델.", "모델입니다.")
    assert shown("확산 모델", *texts) == "[확산 모델]."


def test_a_long_sentence_is_cut_around_the_match() -> None:
    text = f"{'긴 말 ' * 60}바로 여기 정답 있음 {'또 긴 말 ' * 60}".strip()
    found = shown("정답", text, limit=80)
    assert found.startswith("…")
    assert found.endswith("…")
    assert "바로 여기 [정답] 있음" in found
    assert len(found) <= 80 + len("[]")


def test_without_text_there_is_no_passage() -> None:
    assert passage((), (), 100) == ()
    assert passage(("", "  "), (), 100) == ()


def test_a_whole_title_is_marked() -> None:
    asked = asked_of(parse("title:diffusions -x models").terms, Field.TITLE)
    assert written(marked("A Diffusion Model, remodelled", asked)) == "A [Diffusion Model], remodelled"


def test_the_bullets_of_a_summary_come_in_order() -> None:
    assert len(summary_texts(paper())) == 1


@given(
    st.lists(st.text(max_size=40) | st.sampled_from(BULLETS), max_size=4),
    st.text(max_size=20) | st.sampled_from(["강화", "gpt-4", "습", "a"]),
    st.integers(60, 200),
)
@example(["A" * 300], "a", 60)
@example(["가" * 300], "가", 60)
def test_a_passage_is_short_and_its_pieces_take_turns(texts: list[str], query: str, limit: int) -> None:
    pieces = passage(texts, asked_of(parse(query).terms), limit)
    assert sum(len(piece.text) for piece in pieces) <= limit
    assert all(piece.text for piece in pieces)
    assert all(one.matched is not other.matched for one, other in pairwise(pieces))
    assert all(piece.text.strip() == piece.text for piece in pieces if piece.matched)


def test_a_passage_takes_a_fraction_of_a_millisecond() -> None:
    texts = [f"{number}번째 문장은 여러 모델을 견주어 봅니다. Results improve by {number}%." for number in range(12)]
    asked = asked_of(parse("모델 비교 result").terms)
    passage(texts, asked, 180)
    started = time.process_time()
    for _ in range(20):
        passage(texts, asked, 180)
    assert (time.process_time() - started) / 20 < 0.005  # ten times what it takes
