from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.papers.rows import papers_list
from bot.locale import Language, catalogue
from bot.papers import Appearance, Bullet, Listing, Paper, Text
from tests.bot.chat.checks import assert_fits, assert_safe
from tests.bot.chat.hostile import days, few, listings, texts

EN = catalogue(Language.EN)
FOUND = Appearance(
    date(2024, 2, 23),
    Listing(Paper("2402.00001", "A* Search", ("Mina Kim",), summary=(Bullet("One is done. Two."),)), 1234),
)


@few
@given(st.lists(st.builds(Appearance, days, listings), min_size=1, max_size=5), texts, texts)
def test_a_list_of_any_papers_fits_and_shows_five(found: list[Appearance], heading: str, footer: str) -> None:
    message = papers_list(found, EN, heading=heading, footer=footer, offset=90)
    assert_fits(message)
    assert_safe(message)
    assert f"**{90 + len(found)}.** [" in (message.embeds[0].description or "")


def test_a_list() -> None:
    (embed,) = papers_list([FOUND], EN, heading="*all*", offset=5, footer="2 / 3").embeds
    assert embed.title == r"\*all\*"
    assert embed.description == (
        "**6.** [A* Search](https://arxiv.org/abs/2402.00001) · 1,234\u00a0votes\nOne is done.\n"
        "-# Mina Kim · arXiv\u00a02402.00001 · 2024-02-23"
    )
    assert embed.footer.text == "2 / 3"


def test_a_list_of_one_day_does_not_repeat_it() -> None:
    (embed,) = papers_list([FOUND], EN, heading="h", with_day=False).embeds
    assert "2024" not in (embed.description or "").replace("2402", "")


KOREAN, LINE = (Bullet("논문은 강화학습을 다룹니다."),), (Bullet("A line."),)


def listed(*texts: Text) -> Appearance:
    return Appearance(date(2024, 2, 23), Listing(Paper("2402.00001", "T", summary=KOREAN, texts=texts), 5))


@pytest.mark.parametrize(
    ("found", "words", "note"),
    [
        ([listed(Text("en", LINE))], ["A line."], None),
        ([listed(), listed()], ["논문은"], "2 papers · Summary: Korean"),
    ],
)
def test_a_list_shows_the_readers_text_and_notes_another_language_once(
    found: list[Appearance], words: list[str], note: str | None
) -> None:
    (embed,) = papers_list(found, EN, heading="h", footer="2 papers" if note else "").embeds
    assert all(each in (embed.description or "") for each in words)
    assert "Korean" not in (embed.description or "")
    assert embed.footer.text == note


def test_a_list_notes_the_language_of_the_one_summary_that_differs() -> None:
    (embed,) = papers_list([listed(Text("en", LINE)), listed()], EN, heading="h").embeds
    first, second = (embed.description or "").split("\n\n")
    assert "Korean" not in first
    assert second.endswith("2024-02-23 · Summary: Korean")
    assert embed.footer.text is None
