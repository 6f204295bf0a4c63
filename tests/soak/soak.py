"""Takes the whole bot through the plan, day by day, by moving its clock."""

import asyncio
import gc
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.storage.engine.codec import moment
from sandbox import Sandbox
from sandbox.world.bell import PATIENCE
from tests.conftest import House
from tests.soak.plan import FIRST, PAGE_AT, WORDS, pages
from tests.soak.town import Town

START = datetime.combine(FIRST, time(0, 10), UTC)
TABLES = ("deliveries", "editions", "alerts", "alerted", "arrivals", "searches", "notes", "pauses")
SAMPLED_EVERY = 10  # days

_BEFORE = timedelta(milliseconds=5)
_STEP = 0.002
_RING = 0.02  # seconds in which an alarm is over that has nothing to do
_AGAIN = timedelta(seconds=61)  # by this, a failed delivery is due again
_BROKEN_EVERY = 9  # days
_FAULTS: tuple[dict[str, Any], ...] = (
    {"status": 500},
    {"disconnect": True, "after": True},
    {"status": 429},
    {"status": 502, "after": True},
    {"disconnect": True},
)


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process holds after a day: resident memory in MiB, open files and sockets, rows by table."""

    day: int
    memory: float
    files: int
    sockets: int
    rows: dict[str, int]


@dataclass(slots=True)
class Soak:
    """A run of so many days with so many servers."""

    house: House
    discord: Sandbox
    servers: int
    days: int
    samples: list[Sample] = field(default_factory=list)

    async def run(self) -> Town:
        """Live through all days; the town with all that came, and all that did not."""
        town = Town.found(self.discord, self.servers, self.days, START, _midnight(self.days))
        self.house.clock.move_to(START)
        with closing(sqlite3.connect(self.house.settings.database.path)) as ledger:
            async with self.house.running() as app:
                life = _Life(self, town, app, ledger)
                await life.begin()
                for day in range(self.days):
                    await life.live(day)
        town.problems += town.missing()
        return town


class _Life:
    """The running bot, its people, and the ledger as another process sees it."""

    def __init__(self, soak: Soak, town: Town, app: App, ledger: sqlite3.Connection) -> None:
        self._soak = soak
        self._town = town
        self._app = app
        self._ledger = ledger
        self._pages = {page.date: page for page in pages(soak.days)}

    async def begin(self) -> None:
        """All orders and subscriptions are typed."""
        for home in self._town.homes:
            await home.order()
        for reader in self._town.readers:
            await reader.subscribe()

    async def live(self, day: int) -> None:
        """One day in UTC: all alarms, the page, the pauses; then what came is counted and forgotten."""
        soak, on = self._soak, FIRST + timedelta(days=day)
        if day % _BROKEN_EVERY == _BROKEN_EVERY - 1:
            fault = _FAULTS[day // _BROKEN_EVERY % len(_FAULTS)]
            soak.discord.fail(method="POST", path="/channels/*/messages", **fault)
        dues = self._dues(day)
        pauses = {at for home in self._town.homes for pause in home.plan.pauses for at in pause}
        today = {at for at in {*dues, *pauses} if _midnight(day) <= at < _midnight(day + 1)}
        for at in sorted({*today, datetime.combine(on, PAGE_AT)}):
            if at in dues:
                await self._strike(at, dues[at])
            elif at in pauses:
                await self._pause(at)
            else:
                await self._bring_page(on, at)
        await self._end(day)

    def _dues(self, day: int) -> dict[datetime, int]:
        """The moments near a day at which a digest's clock shows its time, and how many editions are due then."""
        found: dict[datetime, int] = {}
        for home in self._town.homes:
            for on in (FIRST + timedelta(days=day + step) for step in (-1, 0, 1)):
                due = home.plan.due(on)
                if due > START:
                    found[due] = found.get(due, 0) + home.plan.runs_on(on)
        return found

    async def _strike(self, at: datetime, editions: int) -> None:
        """Stand just before the moment, so that the alarm rings by itself, and wait for all that it brings."""
        before, clock = _BEFORE, self._soak.house.clock
        while clock.now() >= at or before == _BEFORE:  # a busy machine may be past it before the alarm is set
            clock.move_to(at - before)
            await self._app.schedule.rebuild()
            before *= 2
        if not editions:
            await asyncio.sleep(_RING)
        found = -1
        try:
            async with asyncio.timeout(PATIENCE):
                while (found := self._count("SELECT count(*) FROM editions WHERE due = ?", moment(at))) != editions:  # noqa: ASYNC110  a ledger tells nobody of its changes
                    await asyncio.sleep(_STEP)
        except TimeoutError:
            raise AssertionError(f"{found} of {editions} editions were settled at {at}") from None
        await self._settle()

    async def _pause(self, at: datetime) -> None:
        self._soak.house.clock.move_to(at)
        for home in self._town.homes:
            await home.pause_or_resume(at)

    async def _bring_page(self, on: date, at: datetime) -> None:
        if on not in self._pages:
            return
        self._soak.house.clock.move_to(at)
        self._soak.house.page(self._pages[on])
        await self._app.look_at_archive()
        await self._app.planner.run()
        await self._settle()

    async def _settle(self) -> None:
        """Wait until nothing is owed any more. Where all that is owed waits to be tried again, time passes."""
        states = "SELECT DISTINCT state FROM deliveries WHERE state IN ('pending', 'sending', 'retrying')"
        async with asyncio.timeout(PATIENCE):
            while open_states := {row[0] for row in self._ledger.execute(states)}:
                if open_states == {"retrying"}:
                    self._soak.house.clock.advance(_AGAIN)
                    self._app.courier.wake()
                await asyncio.sleep(_STEP)

    async def _end(self, day: int) -> None:
        town, soak = self._town, self._soak
        reader = town.readers[day % len(town.readers)]
        await reader.member.type("/paper search", query=WORDS[day % len(WORDS)])
        await self._app._tidy()  # the day's own jobs go by the machine's clock, which stands nearly still here
        await self._app.keeper.run()
        town.gather()
        soak.discord.forget_past()
        self._age_buckets()
        if day % SAMPLED_EVERY == SAMPLED_EVERY - 1:
            gc.collect()
            soak.samples.append(Sample(day + 1, _memory(), *_open_files(), self._rows()))

    def _age_buckets(self) -> None:
        """Let discord.py see that a day has passed: it drops what it knows of a route after five quiet minutes."""
        for bucket in self._app.client.http._buckets.values():
            bucket._last_request -= timedelta(days=1).total_seconds()

    def _rows(self) -> dict[str, int]:
        return {table: self._count(f"SELECT count(*) FROM {table}") for table in TABLES}

    def _count(self, sql: str, *values: str) -> int:
        return int(self._ledger.execute(sql, values).fetchone()[0])


def _midnight(day: int) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), time(0), UTC)


def _memory() -> float:
    pages_resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages_resident * os.sysconf("SC_PAGE_SIZE") / 2**20


def _open_files() -> tuple[int, int]:
    """How many files are open that are no sockets, and how many sockets."""
    links = [_link(path) for path in Path("/proc/self/fd").iterdir()]
    sockets = sum(link.startswith("socket:") for link in links)
    return len(links) - sockets, sockets


def _link(path: Path) -> str:
    try:
        return str(path.readlink())
    except FileNotFoundError:  # the one that lists them
        return ""
