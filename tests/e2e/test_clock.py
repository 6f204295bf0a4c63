"""A wall clock that is set while the bot runs."""

from datetime import datetime, timedelta, tzinfo

import pytest

from sandbox import Sandbox
from tests.builders import day, utc
from tests.conftest import House

TEN = utc(2024, 2, 24, 1)  # in Seoul


async def test_a_clock_that_is_set_back_an_hour_stops_no_alert(
    house: House, discord: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine's own clock: APScheduler reads it by itself."""

    class HourEarlier(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) - timedelta(hours=1)

    server = discord.add_server("ML")
    channel, member = server.add_channel("papers"), server.add_member("jun")
    async with house.running() as app:
        await member.type("/subscribe add", in_=channel, query="강화학습")
        monkeypatch.setattr("apscheduler.schedulers.base.datetime", HourEarlier)
        house.clock.advance(timedelta(hours=-1))
        await app.services.library.store_page("2024/02/23.md", "hash", day(), house.clock.now())
        assert "Paper number 1" in (await member.next_dm(5)).text


async def test_a_clock_that_is_set_back_and_right_again_makes_no_edition_late(house: House, discord: Sandbox) -> None:
    server = discord.add_server("ML")
    channel, admin = server.add_channel("papers"), server.add_member("mina", manage_server=True)
    house.page(day())
    async with house.running():
        house.clock.move_to(TEN - timedelta(minutes=1))
        await admin.type("/digest add", channel=channel, time="10:00", timezone="Asia/Seoul")
        house.clock.advance(timedelta(minutes=-20))
        await admin.type("/digest edit", digest=1, time="10:00")  # the alarm is set by what the clock shows now
        house.clock.advance(timedelta(minutes=22))
        assert (await channel.next_message(5)).embeds
