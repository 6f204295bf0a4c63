import re
from dataclasses import replace
from datetime import date
from typing import Any
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.model import Alert, Match
from bot.chat.buttons import BUTTONS
from bot.chat.members.alerts import alert_message, alert_view
from bot.chat.text.limits import Message
from bot.locale import Catalogue, Language, catalogue
from bot.papers import Bullet, Listing, Paper, Text
from tests.bot.chat.checks import assert_fits, assert_safe
from tests.bot.chat.hostile import days, few, listings, texts

_LINK = re.compile(r"\[(.*?)\]\([^)]*\)")
KO, EN = catalogue(Language.KO), catalogue(Language.EN)
DAY = date(2024, 2, 23)


def alert(*matches: Match) -> Alert:
    return Alert(id=1, user_id=42, day=DAY, channel_id=None, language="ko", matches=matches)


def match(number: int, *queries: str, title: str = "Title") -> Match:
    return Match(Listing(Paper(f"2402.{number:05}", title, summary=(Bullet("One. Two."),)), 7), queries)


alerts = st.builds(
    Alert,
    id=st.just(1),
    user_id=st.just(42),
    day=days,
    channel_id=st.none(),
    language=st.just("ko"),
    matches=st.lists(
        st.builds(Match, listings, st.lists(texts, min_size=1, max_size=25).map(tuple)), min_size=1, max_size=6
    ).map(tuple),
)


@few
@given(drawn=alerts, mention=st.booleans(), said=st.sampled_from([KO, EN]), times=st.sampled_from([1, 17]))
def test_any_alert_fits_and_mentions_its_member_alone(
    drawn: Alert, *, mention: bool, said: Catalogue, times: int
) -> None:
    many = alert(*drawn.matches * times)
    message = alert_message(many, said, mention=mention)
    assert_fits(message)
    assert_safe(message, mentions=int(mention))


def lines(message: Message) -> list[str]:
    return (message.embeds[0].description or "").split("\n")


def test_papers_are_numbered_under_their_queries_as_typed() -> None:
    matches = match(1, "diffusion"), match(2, "*x*"), match(3, "diffusion", "*x*"), match(4, "diffusion")
    shown = replace(alert(*matches), typed={"diffusion": "Diffusion"})
    message = alert_message(shown, EN, mention=True)
    assert message.content == "<@42> 4 papers from Friday, 23 February 2024 match your subscriptions"
    assert lines(message) == [
        "**“Diffusion”**",
        "**1.** [Title](https://arxiv.org/abs/2402.00001) · 7\u00a0votes",
        "**2.** [Title](https://arxiv.org/abs/2402.00004) · 7\u00a0votes",
        "",
        r"**“\*x\*”**",
        "**3.** [Title](https://arxiv.org/abs/2402.00002) · 7\u00a0votes",
        "**4.** [Title](https://arxiv.org/abs/2402.00003) · 7\u00a0votes",
    ]


def test_a_few_papers_stand_with_a_sentence_each() -> None:
    assert lines(alert_message(alert(match(1, "q")), KO, mention=False)) == [
        "**“q”**",
        "**1.** [Title](https://arxiv.org/abs/2402.00001) · 추천 7",
        "One.",
    ]


async def test_of_a_hundred_papers_ten_are_told_and_the_rest_is_behind_a_button() -> None:
    many = alert(*(match(n, f"q{n % 3}", title="A long title of a paper " * 4) for n in range(100)))
    message = alert_message(many, EN, mention=False)
    assert [line.split(" ")[0] for line in lines(message) if line[2:3].isdigit()] == [f"**{n}.**" for n in range(1, 11)]
    assert message.content.startswith("100 papers from ")
    menu, more, manage = controls(many)
    assert (more["label"], more["custom_id"]) == ("90 more", "papers:list:alert.7:10")
    assert (manage["label"], manage["custom_id"]) == ("Manage", "alert:manage:7")
    assert menu["custom_id"] == "papers:d7"
    # The menu's numbers are those of the message.
    told = [line.partition("abs/")[2][:10] for line in lines(message) if line[2:3].isdigit()]
    assert [option["value"] for option in menu["options"]] == told


LINE, MOST_LINES = 34, 45
"""The width of a line on a phone, and how many lines stay below 1,100 pixels with the controls: each has 19."""


@pytest.mark.parametrize(
    "title", ["Rethinking Compositional Generalisation of Transformers " * 3, "강화학습을 다시 본다 " * 12]
)
@pytest.mark.parametrize("queries", [1, 4, 5, 25])
def test_an_alert_of_any_number_of_papers_stays_short_on_a_phone(title: str, queries: int) -> None:
    many = alert(*(match(n, f"a long query about {'words ' * 9}{n % queries}", title=title) for n in range(100)))
    shown = [_LINK.sub(r"\1", line) for line in lines(alert_message(many, EN, mention=True))]
    assert sum(-(-_columns(line) // LINE) or 0.5 for line in shown) <= MOST_LINES


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def controls(shown: Alert) -> list[dict[str, Any]]:
    rows = alert_view(shown, EN, 7).to_components()
    return [component for row in rows for component in row["components"]]


async def test_an_alert_of_ten_papers_has_no_button_to_more() -> None:
    ten = alert(*(match(n, "q") for n in range(10)))
    assert [control["custom_id"] for control in controls(ten)] == ["papers:d7", "alert:manage:7"]


async def test_the_highest_numbers_fit() -> None:
    rows = alert_view(alert(*(match(n, "q") for n in range(30))), KO, 2**63 - 1).to_components()
    ids = [component["custom_id"] for row in rows for component in row["components"]]
    templates = [item.__discord_ui_compiled_template__ for item in BUTTONS]
    assert all(len(each) <= 100 and sum(bool(one.fullmatch(each)) for one in templates) == 1 for each in ids)


@pytest.mark.parametrize(
    ("texts", "language", "words", "note"),
    [
        ((Text("en", (Bullet("A line."),)),), EN, "A line.", None),
        ((Text("en", (Bullet("A line."),)),), KO, "논문입니다.", None),
        ((), EN, "논문입니다.", "Summary: Korean"),
    ],
)
def test_an_alert_shows_the_members_text_and_notes_another_language(
    texts: tuple[Text, ...], language: Catalogue, words: str, note: str | None
) -> None:
    one = Paper("2402.00001", "T", summary=(Bullet("논문입니다."),), texts=texts)
    (embed,) = alert_message(alert(Match(Listing(one, 7), ("q",))), language, mention=False).embeds
    assert words in (embed.description or "")
    assert embed.footer.text == note


def test_titles_alone_have_no_note_on_the_language_of_summaries() -> None:
    papers = [Paper(f"2402.{n:05}", "T", summary=(Bullet("논문입니다."),)) for n in range(4)]
    (embed,) = alert_message(alert(*(Match(Listing(one, 7), ("q",)) for one in papers)), EN, mention=False).embeds
    assert embed.footer.text is None
