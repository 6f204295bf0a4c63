from datetime import date

import pytest

from bot.chat.papers.trends import alt_text, trends_message
from bot.chat.text.escape import utf16_len
from bot.locale import Language, catalogue
from bot.search.subjects.trends import Line, Trends

KO, EN = catalogue(Language.KO), catalogue(Language.EN)
MONTHS = (date(2023, 12, 1), date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1))
TRENDS = Trends(MONTHS, (100, 100, 100, 0), (Line("RAG", (0, 10, 20, 0)), Line("*환각* [x](y)", (1, 1, 1, 0))))


def test_the_figures_compare_the_newer_half_with_the_older() -> None:
    [embed] = trends_message(TRENDS, EN, given=False, drawn=True).embeds
    assert embed.title == "Talked about more · Dec 2023 – Mar 2024".replace(" – ", "\u2009–\u2009")
    assert embed.description == "**RAG** · 5.0% → 20.0%\n**\\*환각\\* \\[x\\](y)** · 1.0% → 1.0%"
    [embed] = trends_message(TRENDS, KO, given=True, drawn=True).embeds
    assert embed.title == "제목에 나온 비율 · 2023년 12월 ~ 2024년 3월"
    assert embed.footer.text == "제목에 그 말이 있는 논문의 비율: 그전 2개월 → 최근 2개월"


def test_without_a_picture_the_lines_stand_in_the_text() -> None:
    [embed] = trends_message(TRENDS, EN, given=False, drawn=False).embeds
    assert embed.description is not None
    assert embed.description.splitlines()[1::2] == ["▁▅█·", "▁▁▁·"]


def test_the_alternative_text_says_each_figure() -> None:
    told = alt_text(TRENDS, EN)
    assert "RAG: Dec 0.0%, Jan 10.0%, Feb 20.0%;" in told
    assert "RAG: 12월 0.0%, 1월 10.0%" in alt_text(TRENDS, KO)
    many = Trends(MONTHS * 6, (100,) * 24, tuple(Line(f"{n}" * 40, (1,) * 24) for n in range(5)))
    assert utf16_len(alt_text(many, EN)) <= 1024


@pytest.mark.parametrize(
    ("trends", "told"),
    [
        (Trends((), (), ()), "There are no papers yet"),
        (Trends(MONTHS, (1, 2, 3, 4), ()), "each half of the months needs 100"),
        (Trends(MONTHS, (100, 100, 100, 100), ()), "Nothing rose clearly"),
    ],
)
def test_where_nothing_rose_it_is_said_why(trends: Trends, told: str) -> None:
    assert told in trends_message(trends, EN, given=False, drawn=False).content
