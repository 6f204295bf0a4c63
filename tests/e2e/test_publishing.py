"""A digest in an announcement channel: each message published once, in its turn; by the real client."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.delivery.model import State
from sandbox import Channel, Member, Sandbox, Server
from sandbox.world.places import TEXT
from sandbox.world.publishing import PER_HOUR
from tests.builders import day
from tests.conftest import House

CROSSPOST = "/channels/{channel_id}/messages/{message_id}/crosspost"
HOUR = timedelta(hours=1)


class Town:
    """A Korean server whose news others follow, and a Discord whose hours pass when the bot's do."""

    def __init__(self, discord: Sandbox, house: House) -> None:
        self.discord, self.house = discord, house
        self.server: Server = discord.add_server("Lab", locale="ko")
        self.news: Channel = self.server.add_channel("news", kind="announcement")
        self.admin: Member = self.server.add_member("mina", locale="ko", manage_server=True)
        house.page(day(votes=[9, 8, 7]))

    async def add(self, channel: Channel, **options: object) -> str:
        asked = {"channel": channel, "time": "09:00", "timezone": "Asia/Seoul", "publish": "yes"} | options
        return (await self.admin.type("/digest add", in_=None, **asked)).text

    async def now(self, app: App, number: int = 1) -> None:
        """Post an edition, and wait until all of it stands."""
        await self.admin.type("/digest now", digest=number)

        async def stands() -> bool:
            editions = (await app.services.digests.why(self.server.id, number)).editions
            return bool(editions) and editions[0].state == "posted"

        await self.house.until(stands)

    async def why(self) -> str:
        return (await self.admin.type("/digest why", digest=1)).text

    @property
    def asked(self) -> list[int | None]:
        """What the bot was answered when it published."""
        return [request.status for request in self.discord.requests if request.route == CROSSPOST]


class Hours:
    """Seconds since the start, as the bot's clock has them."""

    house: House

    def __call__(self) -> float:
        return self.house.clock.now().timestamp() if hasattr(self, "house") else 0.0


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    hours = Hours()
    async with Sandbox(time=hours) as discord:
        hours.house = House(discord, tmp_path)
        yield Town(discord, hours.house)


async def test_what_was_posted_is_published_once_even_if_the_answer_is_lost(town: Town) -> None:
    fault = town.discord.fail(method="POST", path="*/crosspost", status=503, after=True, times=1)
    async with town.house.running() as app:
        assert "팔로우하는 채널에도 보내기" in await town.add(town.news, style="thread")
        assert "\n-# 팔로우하는 채널에도 보내기" in (await town.admin.type("/digest preview")).text
        await town.now(app)
        await town.house.until_delivery(app, State.RETRYING)
        [headline] = town.news.messages
        assert (fault.seen, headline.published) == (1, True)
        assert "팔로우하는 채널에도 보내는 중" in await town.why()
        town.house.clock.move_to(town.house.clock.now() + timedelta(minutes=1))
        app.courier.wake()
        await town.house.until(lambda: town.asked == [503, 400])
        await town.house.until(lambda: _says(town, "팔로우하는 채널에도 보냄"))
        sample = await town.admin.type("/digest preview")
        assert "보여 드릴게요" in sample.text
        assert "\n-# 팔로우하는 채널에도 보내기" in sample.text
        assert headline.thread is not None
        assert not any(message.published for message in headline.thread.messages)


async def _says(town: Town, words: str) -> bool:
    return words in await town.why()


async def test_the_eleventh_of_an_hour_waits_and_holds_up_no_other_channel(town: Town) -> None:
    other = town.server.add_channel("other-news", kind="announcement")
    for _ in range(PER_HOUR):  # by people
        assert not town.discord.publishing.take(town.news)
    async with town.house.running() as app:
        await town.add(town.news)
        await town.add(other)
        await town.now(app)
        await town.house.until(lambda: _says(town, "보낼 예정(디스코드는 한 시간에 열 번까지"))
        await town.now(app, 2)
        await town.house.until(lambda: [message.published for message in other.messages] == [True])
        assert [message.published for message in town.news.messages] == [False]
        assert sorted(filter(None, town.asked)) == [200, 429]
        town.house.clock.move_to(town.house.clock.now() + HOUR)
        app.courier.wake()
        await town.house.until(lambda: [message.published for message in town.news.messages] == [True])


async def test_only_an_announcement_channel_publishes_and_one_that_is_none_any_more_is_told(town: Town) -> None:
    papers = town.server.add_channel("papers")
    town.admin = town.server.add_member("john", locale="en-US", manage_server=True)
    async with town.house.running() as app:
        refused = await town.add(papers)
        assert "Only announcement channels can publish" in refused
        assert papers.mention in refused
        await town.add(town.news)
        town.news.kind = TEXT
        town.server.tell("CHANNEL_UPDATE", town.news.payload())
        await app.client.wait_for("guild_channel_update")
        assert "Only announcement channels can publish" in (await town.admin.type("/digest list")).text
        assert "Only announcement channels can publish" in (await town.admin.type("/digest edit", time="10:00")).text
        await town.now(app)
        await town.house.until(lambda: _says(town, "posted but not published, as the channel"))
        assert (await app.services.digests.get(town.server.id, 1)).pause is None
        assert "is updated" in (await town.admin.type("/digest edit", publish="no")).text
