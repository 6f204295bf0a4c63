"""What a server likes, as two members of it and one of another server see it: in Korean and in English."""

from typing import Any

import pytest

from sandbox import Member, Message, Reply, Sandbox
from tests.builders import FRIDAY, day
from tests.conftest import House

FIRST, SECOND = "2402.00001", "2402.00002"
WORDS: dict[str, dict[str, Any]] = {
    "ko": {
        "like": ("좋아요", "좋아요 1", "좋아요 2"),
        "counted": "이 서버에서 2명이 좋아해요",
        "withdrawn": "이 서버에서 1명이 좋아해요",
        "favourites": "이 서버가 좋아한 논문 · 전체 기간 · 2편",
        "none": "아직 좋아요가 없어요",
        "server-only": "서버에서만",
        "forget": ("내 데이터 지우기", "모두 지우기"),
        "stored": "👍",
        "recap": ("👍 이 서버가 좋아한 논문: “Paper number 2”(1)", "좋아한 논문"),
    },
    "en-US": {
        "like": ("Like", "Like · 1", "Like · 2"),
        "counted": "2 members here like it",
        "withdrawn": "1 member here still likes it",
        "favourites": "This server's favourites of all time · 2 papers",
        "none": "Nobody here has liked a paper of that time yet",
        "server-only": "only works in a server",
        "forget": ("Delete my data", "Delete everything"),
        "stored": "👍",
        "recap": ("👍 Favourites here: “Paper number 2” (1)", "Favourites"),
    },
}


class Town:
    """Two servers in one language; mina and jun are in the first, sol is in the second."""

    def __init__(self, discord: Sandbox, locale: str) -> None:
        self.words = WORDS[locale]
        self.server = discord.add_server("ML", locale=locale)
        self.papers = self.server.add_channel("papers")
        self.admin = self.server.add_member("ada", locale=locale, manage_server=True)
        self.mina, self.jun = (self.server.add_member(name, locale=locale) for name in ("mina", "jun"))
        self.other = discord.add_server("NLP", locale=locale)
        self.other.add_channel("lobby")
        self.sol = self.other.add_member("sol", locale=locale)

    async def edition(self, style: str, **options: Any) -> Message:
        await self.admin.type("/digest add", channel=self.papers, time="09:00", timezone="UTC", style=style, **options)
        await self.admin.type("/digest now")
        return await self.papers.next_message()


@pytest.fixture(params=["ko", "en-US"])
def town(request: pytest.FixtureRequest, discord: Sandbox, house: House) -> Town:
    house.page(day(FRIDAY, votes=(9, 5, 1)))
    return Town(discord, request.param)


def label(reply: Reply) -> str | None:
    return next((button.label for button in reply.message.buttons if "papers:like" in (button.custom_id or "")), None)


async def favourites(member: Member) -> str:
    return (await member.type("/paper top", period="all", server=True)).text


async def test_a_paper_that_was_opened_is_liked_and_only_the_number_is_seen(house: House, town: Town) -> None:
    none, one, two = town.words["like"]
    async with house.running():
        edition = await town.edition("cards")
        opened = await town.mina.choose(edition, SECOND)
        assert label(opened) == none
        liked = await town.mina.press(opened, none)
        assert (liked.kind, label(liked)) == ("update", one)
        beside = await town.jun.choose(edition, SECOND)
        assert label(beside) == one
        assert "mina" not in beside.text
        assert label(await town.jun.press(beside, one)) == two
        await town.jun.press(await town.jun.choose(edition, FIRST), none)
    async with house.running() as app:  # likes outlast a restart
        shown = await favourites(town.jun)
        assert town.words["favourites"] in shown
        assert shown.index("👍 2") < shown.index("👍 1")
        assert shown.index(SECOND) < shown.index(FIRST)
        assert town.words["none"] in await favourites(town.sol)
        assert label(await town.sol.type("/paper show", paper=SECOND)) == none
        assert label(await town.jun.type("/paper show", paper=SECOND, in_=town.jun.dm)) is None
        refused = await town.jun.type("/paper top", period="all", server=True, in_=town.jun.dm)
        assert town.words["server-only"] in refused.text
        about = await town.jun.type("/about")
        assert town.words["stored"] in about.text
        ask, sure = town.words["forget"]
        await town.jun.press(await town.jun.press(about, ask), sure)
        assert (await app.services.likes.of(town.server.id, town.mina.id, SECOND)).count == 1
        assert FIRST not in await favourites(town.mina)


async def test_a_paper_of_a_thread_is_liked_with_one_press_and_nobody_sees_it(house: House, town: Town) -> None:
    none, one, two = town.words["like"]
    async with house.running():
        headline = await town.edition("thread")
        await house.until(lambda: bool(headline.thread and headline.thread.messages))
        assert headline.thread is not None
        paper = headline.thread.messages[0]
        before = paper.buttons
        await town.mina.press(paper, none)
        told = await town.jun.press(paper, none)
        assert told.ephemeral
        assert town.words["counted"] in told.text
        assert town.words["counted"] in (await town.jun.press(paper, none)).text  # a second press takes nothing back
        assert paper.buttons == before
        back = await town.jun.press(told, two)
        assert back.kind == "update"
        assert town.words["withdrawn"] in back.text
        assert label(back) == one


async def test_a_paper_of_an_edition_of_cards_is_liked_by_a_button_below_it(house: House, town: Town) -> None:
    none, one, two = town.words["like"]
    async with house.running() as app:
        edition = await town.edition("cards")
        before = edition.buttons
        asked = await town.mina.press(edition, none)
        assert asked.ephemeral
        assert [option.value for option in asked.message.selects[0].options] == [
            option.value for option in edition.selects[0].options
        ]
        told = await town.mina.choose(asked, SECOND)
        assert (told.kind, label(told)) == ("update", one)
        told = await town.jun.choose(await town.jun.press(edition, none), SECOND)
        assert town.words["counted"] in told.text
        assert label(await town.jun.press(told, two)) == one
        assert (await app.services.likes.of(town.server.id, town.jun.id, SECOND)).own is False
        assert edition.buttons == before


async def test_a_recap_names_the_servers_favourites_and_opens_them(house: House, town: Town) -> None:
    line, button = town.words["recap"]
    async with house.running() as app:
        await app.services.likes.add(town.server.id, town.mina.id, SECOND, app.clock.now())
        await app.services.likes.add(town.other.id, town.sol.id, FIRST, app.clock.now())
        recap = await town.edition("cards", weekly="fri")
        assert line in recap.content.splitlines()
        opened = await town.jun.press(recap, button)
        assert opened.ephemeral
        assert SECOND in opened.text
        assert FIRST not in opened.text
