"""Which of a paper's texts a reader gets."""

import pytest

from bot.papers import Bullet, Paper, Text
from bot.papers.texts import all_texts, for_reader, summary_language

KOREAN, ENGLISH, LINE = ((Bullet(text),) for text in ("논문은 강화학습을 다룹니다.", "A model wrote this.", "A line."))
MADE, TOLD = Text("en", ENGLISH), Text("en", LINE)


def paper(summary: tuple[Bullet, ...], *texts: Text) -> Paper:
    return Paper("2402.00001", "Title", summary=summary, texts=texts)


@pytest.mark.parametrize(
    ("held", "language", "shown"),
    [
        (paper(KOREAN, TOLD), "ko", KOREAN),
        (paper(KOREAN, TOLD), "en", LINE),
        (paper(KOREAN, MADE, TOLD), "en", ENGLISH),
        (paper(ENGLISH, Text("ko", KOREAN), TOLD), "en", ENGLISH),
        (paper(ENGLISH, Text("ko", KOREAN), TOLD), "ko", KOREAN),
        (paper(KOREAN, TOLD), "ja", KOREAN),
        (paper(KOREAN), "en", KOREAN),
        (paper((), TOLD), "ko", LINE),
        (paper(()), "ko", ()),
    ],
)
def test_a_reader_gets_their_language_else_the_pages_text(
    held: Paper, language: str, shown: tuple[Bullet, ...]
) -> None:
    assert for_reader(held, language).summary == shown


def test_no_text_is_lost_or_doubled_for_a_reader() -> None:
    held = paper(KOREAN, Text("ko", KOREAN), MADE, TOLD)
    for language in ("ko", "en", "ja"):
        shown = for_reader(held, language)
        assert sorted(map(repr, all_texts(shown))) == sorted(map(repr, all_texts(held)))
        assert for_reader(shown, language) == shown


def test_the_language_of_a_summary_is_told_by_its_letters() -> None:
    assert [summary_language(paper(each)) for each in (KOREAN, ENGLISH, ())] == ["ko", "en", None]
