"""The processes of a benchmark: a local Discord of many servers, and the bot as an operator runs it."""

import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.bare import PAPERS, newest_day
from bench.corpus import ROOT
from bench.town import Report, Town
from bot.digests.model import Order
from bot.storage.engine.database import Database
from bot.storage.ledger.digests import insert
from bot.storage.papers.library import Library
from sandbox import GLOBAL_RATE

DATABASE = "paperboy.db"
LIFTED = 10_000
PER_SHARD = 2_500
"""Discord's limit: https://docs.discord.com/developers/events/gateway#sharding."""
_LONGEST_LINE = 1 << 25
_LOOK_SECONDS = 0.5
_PATIENCE_SECONDS = 600.0  # without a further one
_END_OF_LOG = 2_000


def shards_of(servers: int) -> int:
    """How many shards Discord requires."""
    return max(1, -(-servers // PER_SHARD))


def limited(servers: int) -> tuple[str, ...]:
    """The arguments of a town with Discord's limits."""
    return "--global-rate", str(GLOBAL_RATE), "--shards", str(shards_of(servers))


class TownProcess:
    """A Discord in a process of its own."""

    def __init__(self, process: Process, town: Town) -> None:
        self._process = process
        self.town = town

    @classmethod
    @asynccontextmanager
    async def open(cls, *arguments: str) -> AsyncIterator["TownProcess"]:
        """Start one, and end it."""
        process = await python("bench.town", *arguments)
        try:
            yield cls(process, Town(**await _answer(process)))
        finally:
            _input(process).close()
            await process.wait()

    def tell(self, order: str) -> None:
        """Have it do something."""
        _input(self._process).write(f"{order}\n".encode())

    async def count(self) -> int:
        """How many servers have had their message."""
        self.tell("count")
        return int(await _answer(self._process))

    async def served(self) -> int:
        """How many shards have a server that has had its message."""
        self.tell("served")
        return int(await _answer(self._process))

    async def report(self) -> Report:
        """What came."""
        self.tell("report")
        return Report(**await _answer(self._process))


class BotProcess:
    """The bot in a process of its own, as an operator runs it."""

    def __init__(self, process: Process, log: Path) -> None:
        self._process = process
        self._log = log

    @classmethod
    @asynccontextmanager
    async def run(cls, folder: Path, town: Town, *, lifted: bool = False) -> AsyncIterator["BotProcess"]:
        """Start it on the database in a folder, and end it; with `lifted`, it has no limit of its own."""
        settings = {
            "DISCORD__TOKEN": town.token,
            "DISCORD__API_URL": town.url,
            "ARCHIVE__PATH": str(folder / "archive"),
            "DATABASE__PATH": str(folder / DATABASE),
            "MONITOR__PORT": "0",
            "SOURCE__ENABLED": "false",
        }
        if lifted:
            settings["DISCORD__REQUESTS_PER_SECOND"] = str(LIFTED)
        environment = os.environ | {f"PAPERBOY_{name}": value for name, value in settings.items()}
        log = folder / "log"
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stdout=output, stderr=output
            )
        try:
            yield cls(process, log)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()

    async def until(self, count: Callable[[], Awaitable[int]], wanted: int) -> None:
        """Wait until a number that grows is as large as wanted.

        Raises RuntimeError with the end of the bot's log if the bot ends, or the number does not grow for minutes.
        """
        known, since = 0, time.monotonic()
        while known < wanted:
            await asyncio.sleep(_LOOK_SECONDS)
            if (now := await count()) > known:
                known, since = now, time.monotonic()
            if self._process.returncode is not None or time.monotonic() - since > _PATIENCE_SECONDS:
                end = self._log.read_text(encoding="utf-8", errors="replace")[-_END_OF_LOG:]
                raise RuntimeError(f"{known} of {wanted} came, and then no more. The bot's log ends:\n{end}")

    @property
    def usage(self) -> "Usage":
        """What it has used so far."""
        return _usage(self._process.pid)


async def owe(folder: Path, town: Town) -> None:
    """Make a database in which each server's digest fell due a minute ago, on a day with papers."""
    now = datetime.now(UTC)
    due = now - timedelta(minutes=1)
    async with Database.open(folder / DATABASE, durable=False) as database:
        await Library(database).store_page("seeds", "seeds", replace(newest_day(), date=now.date()), now)
        async with database.write() as tx:
            for server, channel in town.channels:
                order = Order(channel_id=channel, time=due.time(), timezone="UTC", count=PAPERS)
                await insert(tx, server, 1, order, 1, due - timedelta(minutes=1))
    (folder / "archive").mkdir()


async def python(module: str, *arguments: str) -> Process:
    """Start a module of the benchmarks; it is spoken to by its standard input and output."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT, stdin=PIPE, stdout=PIPE, limit=_LONGEST_LINE
    )


def _input(process: Process) -> asyncio.StreamWriter:
    if process.stdin is None:
        raise ValueError("a process without an input")
    return process.stdin


async def _answer(process: Process) -> Any:  # noqa: ANN401  whatever JSON it prints
    if process.stdout is None:
        raise ValueError("a process without an output")
    return json.loads(await process.stdout.readline())


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has used: resident memory now and at most (MB), and CPU (seconds). Elsewhere than on Linux, 0."""

    memory: float
    peak: float
    cpu: float


def _usage(pid: int) -> Usage:
    """What a process has used so far."""
    place = Path(f"/proc/{pid}")
    if not place.exists():
        return Usage(0, 0, 0)
    lines = (line.split() for line in (place / "status").read_text(encoding="ascii").splitlines())
    status = {words[0]: int(words[1]) / 1024 for words in lines if words[0] in ("VmRSS:", "VmHWM:")}
    user, system = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return Usage(status["VmRSS:"], status["VmHWM:"], (int(user) + int(system)) / os.sysconf("SC_CLK_TCK"))
