from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.papers.rows import papers_list
from bot.locale import Language, catalogue
from bot.papers import Appearance, Bullet, Listing, Paper
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
