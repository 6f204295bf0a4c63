"""What Discord refuses of an edition or an alert, end to end: the rest is posted, once, and the admin reads why."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.app import App
from bot.digests.model import EditionState
from bot.papers import Day
from sandbox import Channel, Member, Message, Sandbox, Server
from tests.builders import FRIDAY, day, utc
from tests.conftest import House
from tests.e2e.test_trouble import newest

NINE = utc(2024, 2, 24, 9)
UNFIT = "https://pictures.invalid/2.png"
POSTS = "/channels/*/messages"


class Town:
    """A server whose digest is due at nine, of three papers; the second's picture is one that Discord refuses."""

    def __init__(self, house: House, discord: Sandbox) -> None:
        self.house, self.discord = house, discord
        self.server: Server = discord.add_server("ML")
        self.papers: Channel = self.server.add_channel("papers")
        self.admin: Member = self.server.add_member("mina", manage_server=True)
        self.reader: Member = self.server.add_member("jun")
        house.clock.move_to(utc(2024, 2, 24, 8))

    def put_in(self, picture: str | None = None) -> None:
        """Put the day's page into the archive."""
        held = day(FRIDAY, votes=(9, 5, 3))
        first, second, third = held.listings
        if picture:
            second = replace(second, paper=replace(second.paper, image=picture))
        self.house.page(Day(FRIDAY, (first, second, third)))

    async def order(self, style: str) -> None:
        await self.admin.type("/digest add", channel=self.papers, time="09:00", timezone="UTC", style=style)

    async def post(self, app: App, style: str) -> Message:
        """Let the edition come; its first message."""
        await self.order(style)
        await self.house.strike(app, NINE)
        message = await self.papers.next_message()
        await newest(app, self.server)
        return message

    async def is_posted(self, app: App) -> bool:
        editions = (await app.services.digests.why(self.server.id, 1)).editions
        return bool(editions) and editions[0].state is EditionState.POSTED

    async def until_tried(self, app: App, attempts: int) -> None:
        """Wait until a delivery was sent, or has failed so often."""
        done = "SELECT 1 FROM deliveries WHERE state = 'sent' OR state = 'retrying' AND attempts >= ?"

        async def is_tried() -> bool:
            return await app.database.row(done, (attempts,)) is not None

        await self.house.until(is_tried)

    async def why(self) -> str:
        return (await self.admin.type("/digest why")).text

    def fail(self, path: str, status: int, code: int, **others: Any) -> None:
        self.discord.fail(method="POST", path=path, status=status, code=code, **others)


@pytest.fixture
def town(house: House, discord: Sandbox) -> Town:
    return Town(house, discord)


def pictures(message: Message) -> list[str]:
    """The pictures of a message's embeds, large or small."""
    return [embed.image or embed.thumbnail for embed in message.embeds]


async def test_a_picture_that_discord_refuses_costs_that_picture_and_not_the_edition(town: Town) -> None:
    town.put_in(UNFIT)
    async with town.house.running() as app:
        message = await town.post(app, "cards")
        cards = zip(message.embeds, (1, 2, 3), strict=True)
        assert all(f"[Paper number {number}]" in card.description for card, number in cards)
        assert pictures(message) == ["https://example.org/1.png", "", "https://example.org/3.png"]
        assert (await newest(app, town.server)).state is EditionState.POSTED
    assert len(town.papers.messages) == 1


@pytest.mark.parametrize("lost", ["second", "first and second"])
async def test_a_message_without_its_picture_whose_answer_is_lost_stands_there_once(town: Town, lost: str) -> None:
    town.put_in(UNFIT)
    async with town.house.running() as app:
        await town.order("cards")
        if lost == "second":
            town.discord.fail(method="POST", path=POSTS, delay=0)
        town.fail(POSTS, 503, 0, after=True, times=2 if lost != "second" else 1)
        await town.house.strike(app, NINE)
        for attempts in range(1, 10):
            await town.until_tried(app, attempts)
            if await town.is_posted(app):
                break
            town.house.clock.advance(timedelta(seconds=20))
            app.courier.wake()
        sent = [one.body for one in town.discord.requests if isinstance(one.body, dict) and "nonce" in one.body]
        assert len(sent) > 2
        assert len({body["nonce"] for body in sent}) == 1
    [message] = town.papers.messages
    assert pictures(message)[1] == ""


async def test_in_a_thread_too_a_refused_picture_costs_no_paper(town: Town) -> None:
    town.put_in(UNFIT)
    async with town.house.running() as app:
        headline = await town.post(app, "thread")
        assert headline.thread is not None
        assert [pictures(message) for message in headline.thread.messages] == [
            ["https://example.org/1.png"],
            [""],
            ["https://example.org/3.png"],
        ]


async def test_an_answer_to_a_member_comes_without_a_refused_picture(town: Town) -> None:
    town.put_in(UNFIT)
    async with town.house.running():
        shown = await town.reader.type("/paper show", in_=town.papers, paper="2402.00002")
        assert shown.message.embeds[0].title == "Paper number 2"
        assert not any(pictures(shown.message))
        turned = await town.reader.press(shown, shown.message.buttons[0].label)
        assert turned.message.text


async def test_a_paper_that_is_blocked_is_left_out_and_the_others_of_the_thread_come(town: Town) -> None:
    town.put_in()
    async with town.house.running() as app:
        await town.order("thread")
        town.discord.fail(method="POST", path=POSTS, delay=0, times=2)
        town.fail(POSTS, 400, 240000)
        await town.house.strike(app, NINE)
        edition = await newest(app, town.server)
        headline = town.papers.messages[0]
        assert headline.thread is not None
        assert [message.embeds[0].title for message in headline.thread.messages] == ["Paper number 1", "Paper number 3"]
        assert edition.state is EditionState.POSTED
        assert "blocked" in await town.why()


@pytest.mark.parametrize("code", [160006, 160007])
@pytest.mark.parametrize("status", [400, 403])
async def test_where_threads_are_too_many_the_papers_stand_in_the_channel_and_the_admin_reads_why(
    town: Town, status: int, code: int
) -> None:
    town.put_in()
    async with town.house.running() as app:
        town.fail("/channels/*/threads", status, code)
        await town.post(app, "thread")
        headline, *papers = town.papers.messages
        assert headline.thread is None
        assert [message.embeds[0].title for message in papers] == [f"Paper number {number}" for number in (1, 2, 3)]
        assert (await newest(app, town.server)).state is EditionState.POSTED
        assert "as many open threads as Discord allows" in await town.why()
        assert "paused" not in (await town.admin.type("/digest list")).text.lower()


@pytest.mark.parametrize(("status", "code"), [(400, 40003), (403, 40004), (403, 40003), (403, 20028)])
async def test_what_is_too_fast_waits_and_no_alert_is_lost(town: Town, status: int, code: int) -> None:
    town.house.clock.move_to(utc(2024, 2, 23, 8))
    async with town.house.running() as app:
        await town.reader.type("/subscribe add", in_=town.papers, query="강화학습")
        town.fail("/users/@me/channels", status, code)
        town.put_in()
        await app.look_at_archive()
        await app.planner.run()
        await waits(town, app)
        town.house.clock.advance(timedelta(minutes=5))
        app.courier.wake()
        assert "Paper number 1" in (await town.reader.next_dm()).text
        assert not await app.services.subscriptions.dms_closed(town.reader.id)
    assert len(town.reader.dms) == 1


async def test_a_page_of_cloudflares_is_tried_again_and_pauses_no_digest(town: Town) -> None:
    town.put_in()
    async with town.house.running() as app:
        await town.order("cards")
        page = town.discord.fail(method="POST", path=POSTS, status=403, page="<h1>Access denied</h1>")
        await town.house.strike(app, NINE)
        await town.house.until(lambda: page.seen == 1)
        await waits(town, app)
        town.house.clock.advance(timedelta(minutes=5))
        app.courier.wake()
        assert "3 papers" in (await town.papers.next_message()).content
        await town.house.until(lambda: town.is_posted(app))
        assert "paused" not in (await town.admin.type("/digest list")).text


async def waits(town: Town, app: App) -> None:
    """Wait until what was tried is to be tried again later."""

    async def is_later() -> bool:
        due = await app.courier._ledger.next_due()
        return due is not None and due > town.house.clock.now()

    await town.house.until(is_later)
