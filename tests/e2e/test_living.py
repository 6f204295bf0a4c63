"""The whole bot with a local site: days that grow, a week without the site, and what members are told of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest

from bot.app import App
from bot.settings import SourceSettings
from sandbox import Channel, LocalSite, Member, Sandbox
from tests.builders import utc
from tests.conftest import House

THURSDAY = date(2024, 2, 22)
FRIDAY = THURSDAY + timedelta(days=1)
DAY = timedelta(days=1)


class Town:
    """A server with a digest at 09:00 in Seoul, and the bot at work with a site."""

    def __init__(self, app: App, house: House, site: LocalSite, channel: Channel, mina: Member) -> None:
        self.app = app
        self.house = house
        self.site = site
        self.channel = channel
        self.mina = mina

    async def read(self, *moment: int) -> None:
        """Read the site at a moment of February or March 2024, UTC."""
        self.house.clock.move_to(utc(2024, *moment))
        await self.app.newsroom.read()

    async def close(self, day: date) -> None:
        """Let the bot find that a day is to be closed, at 22:30 UTC."""
        self.house.clock.move_to(utc(day.year, day.month, day.day, 22, 30))
        await self.app._close_day()

    async def strike(self, day: date) -> None:
        """Let the digest come due on a date, at 00:00 UTC."""
        self.house.clock.move_to(utc(day.year, day.month, day.day) + timedelta(seconds=1))
        await self.app.runner.run()
        await self.house.until(self.nothing_owed)

    async def nothing_owed(self) -> bool:
        return not await self.app.database.rows(
            "SELECT 1 FROM deliveries WHERE state IN ('pending', 'sending', 'retrying')"
        )

    async def why(self) -> str:
        reply = await self.mina.type("/digest why", in_=self.channel)
        return reply.message.text

    @property
    def posted(self) -> list[str]:
        """The first two lines of each edition: its number of papers and the best, and its day."""
        return [" / ".join(message.content.splitlines()[:2]) for message in self.channel.messages]


@asynccontextmanager
async def at_work(house: House, discord: Sandbox, site: LocalSite, locale: str = "en-US") -> AsyncIterator[Town]:
    server = discord.add_server("Town", locale=locale)
    channel = server.add_channel("papers")
    mina = server.add_member("mina", manage_server=True, locale=locale)
    house.settings = house.settings.model_copy(update={"source": SourceSettings(url=site.url)})
    house.clock.move_to(utc(2024, 2, 22, 6))
    async with house.running(site_apart=0.0) as app:
        town = Town(app, house, site, channel, mina)
        await mina.type("/digest add", in_=channel, channel=channel, time="09:00", timezone="Asia/Seoul")
        yield town


@pytest.fixture
async def town(house: House, discord: Sandbox) -> AsyncIterator[Town]:
    async with LocalSite(house.clock.now) as site, at_work(house, discord, site) as town:
        yield town


async def test_half_a_day_is_not_posted_and_the_closed_one_is(town: Town) -> None:
    town.site.day(THURSDAY).add("2402.00001", title="The first", votes=3)
    await town.read(2, 22, 12)
    await town.strike(THURSDAY + DAY)
    assert town.posted == []
    assert "still" in await town.why()
    assert "closes" in await town.why()
    town.site.day(THURSDAY).add("2402.00002", title="The second", votes=9)
    await town.read(2, 23, 9)
    await town.strike(THURSDAY + 2 * DAY)
    assert town.posted == ["2 papers · Top: The second / Thursday, 22 February 2024"]


@pytest.mark.parametrize(
    ("locale", "mark", "counted"),
    [
        ("en-US", "🕘 listed late, on Thursday, 22 February 2024", "with 1 listed late"),
        ("ko", "🕘 2024년 2월 22일 목요일 목록에 늦게 올라온 논문", "늦게 올라온 논문 1편 포함"),
    ],
)
async def test_what_comes_late_is_posted_with_the_next_day_marked_and_told_of_once(
    house: House, discord: Sandbox, locale: str, mark: str, counted: str
) -> None:
    """In the server and to a subscriber, with the button of its day and the history."""
    async with LocalSite(house.clock.now) as site, at_work(house, discord, site, locale) as town:
        await town.mina.type("/subscribe add", in_=town.channel, query="late")
        site.day(THURSDAY).add("2402.00001", title="In time", votes=3)
        await town.close(THURSDAY)
        await town.strike(FRIDAY)
        site.day(THURSDAY).add("2402.00002", title="Too late for the first", votes=9)
        await town.read(2, 23, 1)
        await town.app.planner.run()
        [first] = town.channel.messages
        assert ("In time" in first.text, "Too late" in first.text, town.mina.dms) == (True, False, [])
        day = (await town.mina.type("/paper day", in_=town.channel, date="2024-02-22")).message.text
        assert "Too late for the first" in day
        site.day(FRIDAY).add("2402.00003", title="Of Friday", votes=5)
        await town.close(FRIDAY)
        await town.app.planner.run()
        await town.strike(FRIDAY + DAY)
        edition = town.channel.messages[-1]
        assert edition.content.splitlines()[-1] == mark
        assert ["Too late for the first" in str(embed.description) for embed in edition.embeds] == [True, False]
        assert ["🕘" in embed["footer"]["text"] for embed in edition.raw_embeds] == [True, False]
        assert counted in await town.why()
        site.day(FRIDAY + DAY).add("2402.00004", title="Of Saturday")
        await town.close(FRIDAY + DAY)
        await town.app.planner.run()
        await town.strike(FRIDAY + 2 * DAY)
        assert len(town.channel.messages) == 3
        assert "Too late" not in town.channel.messages[-1].text
        [alert] = town.mina.dms
        assert "Too late for the first" in alert.text


async def test_a_week_without_the_site_loses_nothing_doubles_nothing_and_is_told_of(town: Town) -> None:
    town.site.day(THURSDAY).add("2402.00001", title="Before")
    await town.close(THURSDAY)
    await town.strike(THURSDAY + DAY)
    assert len(town.posted) == 1

    town.site.down = True
    for later in range(1, 8):
        day = THURSDAY + later * DAY
        town.site.day(day).add(f"2402.1000{later}", title=f"While away {later}")
        await town.close(day)
        await town.strike(day + DAY)
    assert len(town.posted) == 1
    told = await town.why()
    assert told.count("can't read the site my papers come from") == 7
    assert "Hugging Face can't be reached" in told
    await town.app._read_site()
    assert town.app.monitor.metrics.registry.get_sample_value("paperboy_site_failing") == 1
    about = (await town.mina.type("/about")).message.text
    assert "Hugging Face can't be reached" in about

    town.site.down = False
    await town.read(3, 1, 3)
    assert "Hugging Face, last read" in await town.why()
    for later in range(9, 14):
        await town.strike(THURSDAY + later * DAY)
    # What is no news any more is not posted, but it is there to be read.
    assert town.posted[1:] == ["1 paper: While away 7 / Thursday, 29 February 2024"]
    held = await town.app.services.library.days(THURSDAY, THURSDAY + 7 * DAY)
    assert held == [THURSDAY + later * DAY for later in range(8)]


async def test_a_quiet_weekend_is_explained(town: Town) -> None:
    town.site.day(FRIDAY).add("2402.00001", title="Friday's")
    await town.close(FRIDAY)
    await town.strike(FRIDAY + DAY)
    await town.close(FRIDAY + DAY)
    await town.strike(FRIDAY + 2 * DAY)
    assert len(town.posted) == 1
    assert "Saturday, 24 February 2024" in await town.why()


async def test_members_hear_of_a_day_once_it_is_closed_and_once_only(town: Town) -> None:
    await town.mina.type("/subscribe add", in_=town.channel, query="diffusion")
    for number in range(3):
        town.site.day(THURSDAY).add(f"2402.0000{number}", title=f"Diffusion {number}", votes=number)
        await town.read(2, 22, 12 + number)
        await town.app.planner.run()
    assert await town.nothing_owed()
    await town.close(THURSDAY)
    await town.app.planner.run()
    await town.house.until(town.nothing_owed)
    [alert] = town.mina.dms
    assert all(f"Diffusion {number}" in alert.text for number in range(3))
