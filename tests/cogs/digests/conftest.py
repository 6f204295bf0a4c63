"""A server with two channels, its admins, and the bot at work on three days of twelve papers."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.app import App
from bot.digests.model import EditionState
from sandbox import Channel, Member, Sandbox, Server
from sandbox.world.interactions import Reply
from tests.builders import FRIDAY, day
from tests.conftest import House

NINE_IN_SEOUL = 1708732800  # Saturday, 24 February 2024: the first after the house's clock
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


async def add(admin: Member, papers: Channel, **options: object) -> Reply:
    usual: dict[str, object] = {"channel": papers, "time": "09:00", "timezone": "Asia/Seoul"}
    return await admin.type("/digest add", in_=None, **usual | options)


async def settled(app: App, admin: Member) -> None:
    """Wait until nothing of the newest edition is left to send."""

    async def is_settled() -> bool:
        return not await _is_planned(app, admin)

    await admin.server.discord.until(is_settled)


async def _is_planned(app: App, admin: Member) -> bool:
    history = await app.services.digests.why(admin.server.id, 1)
    return history.editions[0].state is EditionState.PLANNED
