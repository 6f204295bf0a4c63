from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.papers import Bullet, Paper
from bot.search.finding.fts import match_expression
from bot.search.query import parse

if TYPE_CHECKING:
    from tests.bot.search.conftest import Index

PAPERS = (
    Paper("1", "GPT-4 Technical Report", ("Mina Kim", "John Doe"), summary=(Bullet("강화학습을 사람의 선호로"),)),
    Paper("2", "Reinforcement Learning: A Survey", ("Doe Kim",), summary=(Bullet("강화 학습의 개관, GPT는 빼고"),)),
    Paper("3", "MVD$^2$: Müller's trick", ("Thomas Müller",), summary=(Bullet("쌀로 만든 떡", "제안"),)),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gpt", [1, 2]),
        ("gpt-4", [1]),
        ("GPT 4", [1]),
        ("강화학습", [1, 2]),
        ("강화 학습", [1, 2]),
        ('"강화 학습"', [2]),
        ("화학", []),
        ("쌀", [3]),
        ("학", [1, 2]),
        ("survey", [2]),
        ("surveys", [2]),
        ("gpt4", [1]),
        ("습", [1, 2]),
        ("GPT는", [2]),
        ("gpt 강화", [1, 2]),
        ("gpt -강화학습", []),
        ("gpt -survey -report", []),
        ("report kim", [1]),
        ("author:kim", [1, 2]),
        ('author:"kim john"', []),
        ('author:"john doe"', [1]),
        ("author:gpt", []),
        ("title:survey gpt", [2]),
        ("title:강화", []),
        ("-title:gpt gpt", [2]),
        ("muller", [3]),
        ("mvd2", [3]),
        ("MVD²", [3]),
        ("제안", []),
        ("-gpt", []),
        ("", []),
        ("2402.14253", []),
        ("NEAR(gpt 4)", []),
        ('gpt" OR "a', []),
    ],
)
def test_a_query_finds(index: "Index", text: str, expected: list[int]) -> None:
    index.put(*PAPERS)
    assert index.find(match_expression(parse(text))) == expected


@given(
    text=st.one_of(
        st.text(st.characters()),
        st.text("\"'*()^:+-{},. \\\x00\ud800강a_", max_size=80),
        st.lists(st.sampled_from(["AND", "OR", "NOT", "NEAR(", ")", '"', "title:", "-", "*", "가", "x"])).map(" ".join),
    )
)
@example(text=" ".join(chr(0xAC00 + number) for number in range(200)))
@example(text="a " + " ".join(f"-{number}" for number in range(99)))
def test_no_text_is_a_syntax_error(index: "Index", text: str) -> None:
    index.find(match_expression(parse(text)))
