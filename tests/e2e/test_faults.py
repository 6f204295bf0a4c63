"""What goes wrong below and around the bot, end to end: each message that was owed comes exactly once afterwards."""

import asyncio
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.clock import ShiftedClock
from bot.digests.model import MAX_COUNT
from bot.settings import DatabaseSettings
from sandbox import Channel, Member, Sandbox
from tests.builders import FRIDAY, day, utc
from tests.conftest import House
from tests.sandbox.openapi import Spec, request_problems

THREADS = 5
NINE = utc(2024, 2, 23, 9)
POSTS, ROUTE = "/channels/*/messages", "/channels/{channel_id}/messages"
ALWAYS = 10**9
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HEAVY = """
CREATE TEMP TRIGGER heavy AFTER UPDATE ON main.deliveries BEGIN INSERT INTO ballast VALUES (zeroblob(4000)); END
"""
UNDER_WAY = """
state = 'sending' OR (state IN ('pending', 'retrying') AND due <= ? AND NOT EXISTS (
    SELECT 1 FROM deliveries earlier WHERE earlier.edition_id = deliveries.edition_id
    AND earlier.position < deliveries.position AND earlier.state IN ('pending', 'sending', 'retrying')))
"""
HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def discord_clock() -> ShiftedClock:
    """Discord's own clock, which nobody sets."""
    return ShiftedClock(NINE - HOUR)


@pytest.fixture
async def discord(specification: Spec | None, discord_clock: ShiftedClock) -> AsyncIterator[Sandbox]:
    def seconds() -> float:
        return discord_clock.now().timestamp()

    async with Sandbox(time=seconds, wall=seconds, seed=1) as sandbox:
        yield sandbox
        if specification is not None:
            assert [
                problem for request in sandbox.requests for problem in request_problems(request, specification)
            ] == []


class Street:
    """A server with a digest of cards and some of threads, and a member who is alerted by DM; all is due at nine."""

    ledger: sqlite3.Connection
    """Opened once, since it is looked at again and again."""

    def __init__(self, house: House, discord_clock: ShiftedClock) -> None:
        self.house, self.discord = house, house.discord
        self.server = self.discord.add_server("ML")
        self.admin: Member = self.server.add_member("mina", manage_server=True)
        self.reader: Member = self.server.add_member("jun")
        self.cards = self.server.add_channel("cards")
        self.threads: list[Channel] = [self.server.add_channel(f"thread-{number}") for number in range(THREADS)]
        self._discord_clock = discord_clock
        house.clock.move_to(discord_clock.now())

    async def settle(self) -> None:
        """Order and subscribe, and put in the day's page."""
        for channel in (self.cards, *self.threads):
            style = "cards" if channel is self.cards else "thread"
            await self.admin.type(
                "/digest add", channel=channel, time="09:00", timezone="UTC", style=style, count=MAX_COUNT
            )
        await self.reader.type("/subscribe add", query="강화학습")
        self.house.page(day(FRIDAY, votes=range(MAX_COUNT)))

    async def strike(self, app: App) -> None:
        """Nine o'clock: the alert and all editions are planned."""
        self.pass_time(app, NINE - self._discord_clock.now())
        await app.look_at_archive()
        await app.planner.run()
        await app.runner.run()

    def pass_time(self, app: App, time: timedelta) -> None:
        """Let time pass, here and at Discord, and the courier look at the clock."""
        self._discord_clock.advance(time)
        self.house.clock.advance(time)
        app.courier.wake()

    async def rest(self) -> None:
        """Wait until the courier has nothing to do now."""
        await self.house.until(lambda: not self.count(UNDER_WAY))

    async def let_pass(self, app: App, time: timedelta, step: timedelta = 5 * MINUTE) -> None:
        """Let a longer time pass, step by step."""
        for _ in range(int(time / step)):
            self.pass_time(app, step)
            await self.rest()

    def count(self, condition: str) -> int:
        """How many deliveries are so; a question mark stands for now."""
        now = self.house.clock.now().isoformat(timespec="microseconds")
        sql = f"SELECT count(*) FROM deliveries WHERE {condition}"
        return int(self.ledger.execute(sql, (now,) if "?" in condition else ()).fetchone()[0])

    def check(self) -> None:
        """Each message that was owed stands there once, in order, and the ledger knows it."""
        assert len(self.cards.messages) == 1
        for channel in self.threads:
            [headline] = channel.messages
            assert headline.thread is not None
            titles = [message.embeds[0].title for message in headline.thread.messages]
            assert titles == [f"Paper number {number}" for number in range(MAX_COUNT, 0, -1)]
        assert len(self.reader.dms) == 1
        assert self.count("state = 'sent'") == self.count("1") == 2 + THREADS * (2 + MAX_COUNT)


@pytest.fixture
async def street(house: House, discord_clock: ShiftedClock) -> AsyncIterator[Street]:
    street = Street(house, discord_clock)
    async with house.running():
        await street.settle()
    address = f"file:{house.settings.database.path}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=20)) as street.ledger:
        yield street


def troubles(caplog: pytest.LogCaptureFixture) -> int:
    """How often the courier could not use its outbox."""
    return sum("the outbox can't be used" in record.message for record in caplog.records)


async def stumbled(app: App, house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Wait until the courier could not use its outbox once more."""
    before = troubles(caplog)
    app.courier.wake()
    await house.until(lambda: troubles(caplog) > before)


async def sent(discord: Sandbox, number: int) -> None:
    """Wait until the bot has asked so many times to post a message."""
    await discord.until(lambda: sum(request.route == ROUTE for request in discord.requests) >= number)


async def test_a_full_disk(street: Street, house: House, discord: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    async with house.running() as app:
        writer = app.services.desk._database._writer  # the disk is full for the one who writes
        assert writer is not None
        await writer.execute("CREATE TABLE ballast (x BLOB)")
        await writer.execute(HEAVY)
        [pages] = await writer.execute_fetchall("PRAGMA page_count")
        await writer.execute(f"PRAGMA max_page_count = {pages[0] + 80}")
        await street.strike(app)
        for _ in range(3):
            await stumbled(app, house, caplog)
            street.pass_time(app, 3 * MINUTE)
        assert "disk is full" in caplog.text
        assert 0 < street.count("unsure_since IS NOT NULL") < street.count("state <> 'sent'")
        await writer.execute("PRAGMA max_page_count = 1000000")
        await street.let_pass(app, 10 * MINUTE)
    street.check()


async def test_a_database_that_another_process_locks(
    street: Street, house: House, discord: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    patience = DatabaseSettings(path=house.settings.database.path, busy_timeout_seconds=1)
    house.settings = house.settings.model_copy(update={"database": patience})
    async with house.running() as app:
        await street.strike(app)
        await sent(discord, 5)
        async with locked(house.settings.database.path):
            await house.until(lambda: "database is locked" in caplog.text)  # SQLite waits by the machine's own clock
        app.courier.wake()
        await street.rest()  # else time would leap between a look at the clock and the request that follows it
        await street.let_pass(app, 10 * MINUTE)
    street.check()


@asynccontextmanager
async def locked(path: Path) -> AsyncIterator[None]:
    """Another process holds the database's write lock for the block."""
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", HOLD, path, stdin=PIPE, stdout=PIPE)
    assert other.stdout
    assert await other.stdout.readline() == b"locked\n"
    try:
        yield
    finally:
        await other.communicate(b"")


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_clock_that_is_set_back_an_hour(
    street: Street, house: House, discord: Sandbox, *, restarted: bool
) -> None:
    lost = discord.fail(method="POST", path=POSTS, status=503, after=True, times=4)
    async with house.running() as app:
        await street.strike(app)
        await sent(discord, 4)
        assert lost.seen == 4
        if not restarted:
            house.clock.advance(-HOUR)
            await street.let_pass(app, 2 * HOUR)
    if restarted:
        house.clock.advance(-HOUR)
        async with house.running() as app:
            await street.let_pass(app, 2 * HOUR)
    street.check()


async def test_a_gateway_that_is_gone_for_an_hour(street: Street, house: House, discord: Sandbox) -> None:
    async with house.running() as app:
        discord.close_gateway()
        await street.strike(app)
        await street.let_pass(app, HOUR)
        street.check()
        discord.open_gateway()
        await discord.until_connected()
        await street.let_pass(app, HOUR)
    street.check()


@pytest.mark.parametrize("stored", [0, 3, ALWAYS], ids=["nothing stored", "some stored", "all stored"])
async def test_rest_that_fails_for_an_hour_while_the_gateway_is_up(
    street: Street, house: House, discord: Sandbox, stored: int
) -> None:
    async with house.running() as app:
        faults = [
            discord.fail(method="POST", path=POSTS, status=503, after=True, times=stored),
            discord.fail(path="/channels/*", status=503, times=ALWAYS),
            discord.fail(path="/users/@me/channels", status=503, times=ALWAYS),
        ]
        await street.strike(app)
        await street.let_pass(app, HOUR)
        for fault in faults:
            fault.stop()
        await street.let_pass(app, 2 * HOUR)
        assert discord.connected
    street.check()
