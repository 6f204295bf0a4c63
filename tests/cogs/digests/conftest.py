"""A server with two channels, its admins, and the bot at work on three days of twelve papers."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.app import App
from sandbox import Channel, Member, Sandbox, Server
from tests.builders import FRIDAY, day
from tests.conftest import House

VOTES = tuple(range(12, 0, -1))


@pytest.fixture
def server(discord: Sandbox) -> Server:
    return discord.add_server("Lab")


@pytest.fixture
def papers(server: Server) -> Channel:
    return server.add_channel("papers")


@pytest.fixture
def closed(papers: Channel, server: Server) -> Channel:
    """A channel after the first, where the bot may look and no more."""
    del papers
    channel = server.add_channel("closed")
    channel.deny(server.bot_role, "send_messages", "create_public_threads")
    return channel


@pytest.fixture
def admin(server: Server, papers: Channel) -> Member:
    del papers
    return server.add_member("mina", manage_server=True)


@pytest.fixture
def korean(server: Server, papers: Channel) -> Member:
    del papers
    return server.add_member("jun", locale="ko", manage_server=True)


@pytest.fixture
async def app(house: House, papers: Channel) -> AsyncIterator[App]:
    """The bot at work on an archive of three days of twelve papers."""
    del papers
    for ago in range(3):
        house.page(day(FRIDAY - timedelta(days=ago), votes=VOTES, first=1 + 12 * ago))
    async with house.running() as app:
        yield app
