"""A server whose members read a small archive, in Korean and in English."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.app import App
from bot.papers import Day, Listing
from sandbox import Channel, Member, Sandbox, Server
from tests.builders import FRIDAY, day, paper
from tests.conftest import House

VOTES = tuple(range(12, 0, -1))
SATURDAY = FRIDAY.replace(day=24)


@dataclass
class Club:
    """A running bot, the server that it is in, and two of its members."""

    app: App
    house: House
    server: Server
    channel: Channel
    mina: Member
    john: Member


def archive(house: House) -> None:
    """Three days of twelve papers, the newest a Friday."""
    for ago in range(3):
        house.page(day(FRIDAY - timedelta(days=ago), votes=VOTES, first=1 + ago * len(VOTES)))


@pytest.fixture
def database_of(house: House) -> Callable[[], closing[sqlite3.Connection]]:
    """Opens the bot's database beside it."""
    return lambda: closing(sqlite3.connect(house.settings.database.path, timeout=20))


@pytest.fixture
async def club(discord: Sandbox, house: House) -> AsyncIterator[Club]:
    """The bot at work in a server with an archive of three days."""
    archive(house)
    server = discord.add_server("Club", locale="ko")
    channel = server.add_channel("papers")
    mina, john = server.add_member("mina", locale="ko"), server.add_member("john")
    async with house.running() as app:
        yield Club(app, house, server, channel, mina, john)


async def arrive(club: Club) -> None:
    """A paper of the next day comes in, and the alerts about it are planned."""
    await club.app.services.library.store_page(
        "2024/02/24.md", "hash", Day(SATURDAY, (Listing(paper(500), 3),)), club.house.clock.now()
    )
    await club.app.planner.run()
