from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.model import Alert, Match
from bot.chat.members.alerts import alert_message
from bot.locale import Catalogue, Language, catalogue
from bot.papers import Bullet, Listing, Paper, Text
from tests.bot.chat.checks import assert_fits, assert_safe
from tests.bot.chat.hostile import days, few, listings, texts

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


def test_each_paper_comes_with_the_queries_that_found_it() -> None:
    message = alert_message(alert(match(1, "diffusion", "*x*")), EN, mention=True)
    assert message.content == "<@42> 1 paper of Friday, 23 February 2024 matches your subscriptions"
    assert (message.embeds[0].description or "").split("\n") == [
        "**[Title](https://arxiv.org/abs/2402.00001)** · 7 votes",
        "One.",
        r"-# matched: “diffusion”, “\*x\*”",
    ]


@pytest.mark.parametrize(("language", "expected"), [(KO, "“a”, “b”, “c” 외 2개"), (EN, "“a”, “b”, “c” and 2 more")])
def test_many_queries_are_counted(language: Catalogue, expected: str) -> None:
    message = alert_message(alert(match(1, *"abcde")), language, mention=False)
    assert (message.embeds[0].description or "").endswith(expected)


def test_a_hundred_papers_are_told_briefly_and_the_rest_is_counted() -> None:
    message = alert_message(
        alert(*(match(n, "q", title="A long title of a paper " * 4) for n in range(100))), EN, mention=False
    )
    assert_fits(message)
    *told, rest = (message.embeds[0].description or "").split("\n")
    assert len(told) > 20
    assert rest == f"… and {100 - len(told)} more papers"
    assert message.content.startswith("100 papers of ")


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
