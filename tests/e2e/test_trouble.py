"""What goes wrong in a server, end to end: an edition that can't be posted says why, and the next one comes."""

import asyncio
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import App
from bot.digests.model import Edition, EditionState
from sandbox import Channel, Sandbox, Server
from tests.builders import FRIDAY, day
from tests.conftest import House

SEOUL = ZoneInfo("Asia/Seoul")
WORDS = {"ko": "실패: 채널에 글을 쓸 권한이 없어요", "en-US": "failed: Paperboy may not post in the channel"}


def nine(days: int = 0) -> datetime:
    """Nine o'clock in Seoul, so many days after the Friday."""
    return datetime.combine(FRIDAY + timedelta(days=days), time(9), SEOUL)


@pytest.fixture
def server(discord: Sandbox) -> Server:
    return discord.add_server("ML")


@pytest.fixture
def papers(server: Server) -> Channel:
    return server.add_channel("papers")


async def newest(app: App, server: Server) -> Edition:
    """The newest edition of the server's digest, once nothing is owed for it any more."""
    async with asyncio.timeout(10):
        while True:
            editions = (await app.services.digests.why(server.id, 1)).editions
            if editions and editions[0].state is not EditionState.PLANNED:
                return editions[0]
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("style", ["cards", "thread"])
async def test_a_permission_that_is_gone_fails_the_edition_and_the_next_days_comes_when_it_is_back(
    house: House, discord: Sandbox, server: Server, papers: Channel, style: str
) -> None:
    admins = {locale: server.add_member(locale, locale=locale, manage_server=True) for locale in WORDS}
    house.clock.move_to(nine() - timedelta(minutes=30))
    house.page(day())
    async with house.running() as app:
        await admins["en-US"].type("/digest add", channel=papers, time="09:00", timezone="Asia/Seoul", style=style)
        papers.deny(discord.bot, "send_messages")
        await house.strike(app, nine())
        failed = await newest(app, server)
        assert (failed.state, failed.date, failed.message_id) == (EditionState.FAILED, FRIDAY, None)
        for locale, words in WORDS.items():
            assert words in (await admins[locale].type("/digest why")).text
        papers.allow(discord.bot, "send_messages")
        house.clock.move_to(nine(1) - timedelta(hours=1))
        house.page(day(FRIDAY + timedelta(days=1), first=8))
        await app.look_at_archive()
        await house.strike(app, nine(1))
        edition = await papers.next_message()
        assert "Saturday, 24 February 2024" in edition.content
        assert (await newest(app, server)).state is EditionState.POSTED
    assert len(papers.messages) == 1
