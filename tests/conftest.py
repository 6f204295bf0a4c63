"""A local Discord, and the whole bot connected to it."""

import asyncio
import gc
import json
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import thread_time
from typing import Any

import aiosqlite
import pytest
from hypothesis import HealthCheck, settings
from pydantic import SecretStr

from bot.app import App
from bot.assembly import open_app
from bot.client import Paperboy
from bot.clock import ShiftedClock
from bot.delivery.model import State
from bot.locale import know_commands
from bot.papers import Day
from bot.runtime.watchdog import watching_loop
from bot.settings import (
    ArchiveSettings,
    ArxivSettings,
    DatabaseSettings,
    DiscordSettings,
    MonitorSettings,
    Settings,
    SourceSettings,
)
from bot.sources.rates import APART
from bot.storage.engine.database import Database, Transaction
from bot.storage.engine.migrate import migrate
from sandbox import Sandbox
from sandbox.payloads.command_form import check_commands
from sandbox.world.bell import PATIENCE, Bell
from tests.builders import utc
from tests.pages import put_page
from tests.sandbox.openapi import Spec, answer_problems, find_spec, request_problems

# No deadlines, since the machine may be busy. `make test-thorough` tries more examples.
settings.register_profile("quick", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=200)
settings.load_profile("quick")

pytest_plugins = ["tests.measuring"]

NOON = utc(2024, 2, 23, 12)
"""A Friday, 21:00 in Seoul."""
_BEFORE = timedelta(milliseconds=50)
_LONG = ("test_packaging.py", "bot/demo/", "bot/summaries/test_openai.py", "e2e/", "attacks/")
"""Files and folders of which a file takes longest."""


def pytest_xdist_auto_num_workers() -> int:
    """One test worker more than there are cores: each waits now and then for a disk or for another process."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Keep what is imported and collected out of garbage collections: looking through it again takes long."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Import no browser's driver, which takes long, where no browser is asked for."""
    return True if collection_path.name == "browser" and "not browser" in config.option.markexpr else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that none of them is left to one process while the others are done."""
    tests = config.rootpath / "tests"

    def is_quick(item: pytest.Item) -> bool:
        return not item.path.relative_to(tests).as_posix().startswith(_LONG)

    items.sort(key=is_quick)


class House:
    """Where the bot lives: a folder with an archive and a database, and a clock, which outlast its restarts."""

    def __init__(self, discord: Sandbox, folder: Path) -> None:
        self.discord = discord
        self.folder = folder
        self.clock = ShiftedClock(NOON)
        self.archive = folder / "archive"
        self.archive.mkdir()
        self.sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
        """How the bot waits before it tries again what Discord did not do."""
        self.settings = Settings(
            discord=DiscordSettings(token=SecretStr(discord.token), api_url=discord.url),
            archive=ArchiveSettings(path=self.archive),
            database=DatabaseSettings(path=folder / "paperboy.db"),
            monitor=MonitorSettings(port=0),
            source=SourceSettings(enabled=False),
            arxiv=ArxivSettings(enabled=False),
        )

    def page(self, day: Day) -> Path:
        """Put a day's page into the archive, replacing an earlier one."""
        return put_page(self.archive, day)

    @asynccontextmanager
    async def running(self, site_apart: float = APART) -> AsyncIterator[App]:
        """The bot at work; it knows the servers made so far, and later ones as Discord tells of them."""
        async with open_app(self.settings, self.clock, site_apart=site_apart) as app:
            # discord.py waits this long for servers that Discord might still announce: here it has announced all.
            app.client._connection.guild_ready_timeout = 0.05
            hurry(app)
            app.client.patience.sleep = self.sleep
            stop = asyncio.Event()
            running = asyncio.create_task(app.run(stop))
            running.add_done_callback(lambda _: self.discord.bell.ring())
            try:
                with ringing(app, self.discord.bell):
                    await _started(app, running)
                    yield app
            finally:
                stop.set()
                await running

    async def strike(self, app: App, moment: datetime) -> None:
        """Let the clock strike: stand just before the moment, so that the alarm rings by itself."""
        before = _BEFORE
        while True:
            self.clock.move_to(moment - before)
            await app.schedule.rebuild()
            if self.clock.now() < moment:
                return
            before *= 2  # a busy machine was past the moment before the alarm was set

    async def until(self, holds: Callable[[], bool | Awaitable[bool]]) -> None:
        """Wait until something holds: it is looked at whenever the bot writes, logs, hears of or asks for something."""
        await self.discord.until(holds)

    async def until_delivery(self, app: App, state: State) -> None:
        """Wait until some delivery is in a state."""

        async def is_there() -> bool:
            return await app.database.row("SELECT 1 FROM deliveries WHERE state = ?", (state,)) is not None

        await self.until(is_there)


def hurry(app: App) -> None:
    """Have a new session begun at once: discord.py waits five real seconds before each but the first."""

    async def at_once(_: int | None, *, initial: bool = False) -> None:
        del initial

    app.client.before_identify_hook = at_once  # type: ignore[assignment,method-assign]


class Ringing(logging.Handler):
    """Rings at each record of the log, for what is told there alone.

    It belongs to the root logger, where `caplog` has kept the record before.
    """

    def __init__(self, bell: Bell) -> None:
        super().__init__()
        self._bell, self._loop = bell, asyncio.get_running_loop()

    def emit(self, _: logging.LogRecord, /) -> None:
        self._loop.call_soon_threadsafe(self._bell.ring)


@contextmanager
def ringing(app: App, bell: Bell) -> Iterator[None]:
    """Ring whenever the bot has written to its database, has heard of something at Discord, or has logged."""
    write, dispatch, handler = app.database.write, app.client.dispatch, Ringing(bell)

    @asynccontextmanager
    async def ringing_write() -> AsyncIterator[Transaction]:
        try:
            async with write() as transaction:
                yield transaction
        finally:
            bell.ring()

    def ringing_dispatch(event: str, /, *arguments: Any, **options: Any) -> None:
        dispatch(event, *arguments, **options)
        bell.ring()

    logging.getLogger().addHandler(handler)
    app.database.write = ringing_write  # type: ignore[method-assign]
    app.client.dispatch = app.client._connection.dispatch = ringing_dispatch  # type: ignore[method-assign]
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own proxy is none of the tests' business."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="session", autouse=True)
def commands_described_once() -> Iterator[None]:
    """Every bot has the same commands: to describe them in thirty languages is a good part of a start."""
    described: dict[str, dict[str, Any]] = {}
    describe = Paperboy._described

    async def described_once(bot: Paperboy, command: Any) -> dict[str, Any]:
        if command.name not in described:
            described[command.name] = await describe(bot, command)
        return described[command.name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Paperboy, "_described", described_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def commands_checked_once() -> Iterator[None]:
    """Every bot registers the same commands: to look through all their words is a good part of a start, too."""
    accepted: set[str] = set()

    def checked_once(commands: list[dict[str, Any]], *, for_users: bool = True) -> None:
        given = json.dumps([commands, for_users])
        if given not in accepted:
            check_commands(commands, for_users=for_users)
            accepted.add(given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sandbox.world.commands.check_commands", checked_once)
        yield


_SLOWED = 20
"""How much slower than the processor's the clock of searches goes in tests."""


@pytest.fixture(scope="session", autouse=True)
def machine_may_be_busy() -> Iterator[None]:
    """What takes long on a busy machine is no fault of the bot's: no stall is logged, and no search ends half done.

    Searches are limited by the CPU time of their threads, of which coverage and the garbage collector take a good part.
    """
    opening = Database.open.__wrapped__  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.watching_loop", partial(watching_loop, stall_seconds=PATIENCE))
        patch.setitem(opening.__kwdefaults__, "search_clock", lambda: thread_time() / _SLOWED)
        yield


@pytest.fixture(autouse=True)
def no_commands() -> Iterator[None]:
    """Forget the ids of commands: each Discord gives its own."""
    yield
    know_commands({})


@pytest.fixture(scope="session")
def specification() -> Spec | None:
    """Discord's published REST specification, where it lies beside the project."""
    return find_spec()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is up to date and empty, to be copied: making one takes as long as most tests."""

    async def make() -> None:
        async with Database.open(path):
            pass

    path = tmp_path_factory.mktemp("database") / "paperboy.db"
    asyncio.run(make())
    return path


@pytest.fixture(scope="session", autouse=True)
def migrated_once(empty_database: Path) -> Iterator[None]:
    """A new database gets its schema from one that is there: all migrations take longer than most tests.

    `tests/bot/storage/engine/test_migrate.py` runs them. No test cuts the power: no commit waits for the disk.
    """

    async def take_over(connection: aiosqlite.Connection) -> None:
        await connection.execute("PRAGMA synchronous = OFF")
        ((changes,),) = await connection.execute_fetchall("PRAGMA schema_version")
        if changes:
            await migrate(connection)
            return
        async with aiosqlite.connect(empty_database) as made:
            await made.backup(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.storage.engine.database.migrate", take_over)
        yield


@pytest.fixture(autouse=True)
def answers_as_specified(specification: Spec | None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What any sandbox answers in any test, the demos' too, is held against the specification."""
    made: list[Sandbox] = []
    enter = Sandbox.__aenter__

    async def noted(sandbox: Sandbox) -> Sandbox:
        made.append(sandbox)
        return await enter(sandbox)

    monkeypatch.setattr(Sandbox, "__aenter__", noted)
    yield
    if specification is not None:
        answered = [request for sandbox in made for request in sandbox.requests]
        assert [problem for request in answered for problem in answer_problems(request, specification)] == []


@pytest.fixture
async def discord(specification: Spec | None) -> AsyncIterator[Sandbox]:
    """A running Discord with no server in it; what is asked of it is held against the specification.

    Its clock stands still, so that a bot on a busy machine never answers too late.
    """
    async with Sandbox(time=lambda: 0.0) as sandbox:
        yield sandbox
        if specification is not None:
            assert [
                problem for request in sandbox.requests for problem in request_problems(request, specification)
            ] == []


@pytest.fixture
def house(discord: Sandbox, tmp_path: Path) -> House:
    """A house with an empty archive and no database yet."""
    return House(discord, tmp_path)


async def _started(app: App, running: asyncio.Task[None]) -> None:
    started = asyncio.create_task(app.started.wait())
    done, _ = await asyncio.wait({started, running}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    started.cancel()
    if started not in done:
        raise AssertionError("the bot did not start") from (running.exception() if running.done() else None)
