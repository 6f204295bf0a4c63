"""The real program, killed at random moments on a Discord that fails at random: every message exactly once.

`make test-kill` runs it; KILL_SEED=N draws other moments and faults. What is drawn can be drawn again, the machine's
own timing can't.
"""

import asyncio
import os
import sys
import time
from asyncio.subprocess import Process
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median

import pytest

from sandbox import Sandbox
from sandbox.api.faults import Fault
from tests.kill.town import Town
from tests.sandbox.openapi import find_spec, problems

pytestmark = pytest.mark.kill

ROOT = Path(__file__).resolve().parents[2]
SEED = int(os.environ.get("KILL_SEED", "4"))
KILLS = 52  # a town
SHARE_BY_TIME = 0.2
KILLED = -9
RUN_AT_MOST = 8.0  # seconds of a run that has nothing left to do
FIRST_REQUESTS = 26  # of a run, among which one is drawn to be the last or nearly so
END_AT_MOST = 240.0
LOG_TOLD = 4_000  # characters
ALWAYS = 10**9
_PUBLICATIONS = "/channels/*/messages/*/crosspost"
_FORUM_POSTS, _ACTIVE = "/channels/*/threads", "/guilds/*/threads/active"
_POSTS, _THREADS, _DMS = "/channels/*/messages", "/channels/*/messages/*/threads", "/users/@me/channels"


@dataclass(frozen=True)
class Window:
    """For how many seconds Discord knows a nonce, and for how many the bot relies on that."""

    known: float
    relied_on: int


@dataclass
class Toll:
    """What came of the kills: how many, how many messages they left in doubt, the seconds from start to connection."""

    kills: int = 0
    in_doubt: int = 0
    connected: list[float] = field(default_factory=list)
    took: float = 0.0

    def told(self, came: Counter[str], found: int) -> str:
        """All of it in a line."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(came.items()))
        doubt = f"{self.in_doubt} messages left in doubt, {found} found in the history"
        start = f"{median(self.connected):.1f} s from start to connection"
        return f"{self.kills} kills, {doubt}; came once: {kinds}; {start}; {self.took:.0f} s"


class Siege:
    """A town whose bot is killed again and again."""

    def __init__(self, discord: Sandbox, folder: Path, window: Window, random: Random) -> None:
        self.discord, self.town, self.toll = discord, Town(discord, folder), Toll()
        self.log = folder / "log"
        self._window, self._random = window, random

    async def hold(self) -> Counter[str]:
        """Kill the bot KILLS times, then let it finish, and count."""
        began = time.monotonic()
        await self.town.settle()
        faults = self._trouble()
        while self.toll.kills < KILLS:
            if self.toll.kills % 3 == 2 or not self.town.is_owing():
                self.town.arrive()
            await self._run_and_kill()
        await self._finish(faults)
        self.toll.took = time.monotonic() - began
        return self.town.count()

    def _trouble(self) -> list[Fault]:
        """Stored and then failed; failed; stored and cut off; cut off; answered or stored after the bot's patience.

        And the global limit, which the bot's patience for one request may not outlast.
        """
        fail = self.discord.fail
        return [
            fail(method="POST", path=_POSTS, status=500, after=True, chance=0.04, times=ALWAYS),
            fail(method="POST", path=_POSTS, status=503, after=True, chance=0.05, times=ALWAYS),
            fail(method="POST", path=_POSTS, status=503, chance=0.03, times=ALWAYS),
            fail(method="POST", path=_POSTS, disconnect=True, after=True, chance=0.05, times=ALWAYS),
            fail(method="POST", path=_POSTS, disconnect=True, chance=0.03, times=ALWAYS),
            fail(method="POST", path=_POSTS, delay=3.0, after=True, chance=0.03, times=ALWAYS),
            fail(method="POST", path=_POSTS, status=429, is_global=True, retry_after=1.8, chance=0.01, times=ALWAYS),
            fail(method="POST", path=_THREADS, status=503, after=True, chance=0.1, times=ALWAYS),
            fail(method="POST", path=_FORUM_POSTS, status=503, after=True, chance=0.1, times=ALWAYS),
            fail(method="POST", path=_FORUM_POSTS, disconnect=True, after=True, chance=0.05, times=ALWAYS),
            fail(method="POST", path=_FORUM_POSTS, disconnect=True, chance=0.05, times=ALWAYS),
            fail(method="POST", path=_FORUM_POSTS, delay=3.0, chance=0.05, times=ALWAYS),
            fail(method="POST", path=_PUBLICATIONS, status=503, after=True, chance=0.1, times=ALWAYS),
            fail(method="POST", path=_PUBLICATIONS, disconnect=True, after=True, chance=0.05, times=ALWAYS),
            fail(method="POST", path=_PUBLICATIONS, disconnect=True, chance=0.05, times=ALWAYS),
            fail(method="GET", path=_ACTIVE, status=503, chance=0.1, times=ALWAYS),
            fail(method="POST", path=_DMS, disconnect=True, chance=0.05, times=ALWAYS),
            fail(method="GET", path=_POSTS, status=503, chance=0.05, times=ALWAYS),
            fail(method="GET", path=_POSTS, disconnect=True, chance=0.05, times=ALWAYS),
        ]

    async def _run_and_kill(self) -> None:
        """One run: killed just after a request of its own that is drawn, or at a drawn moment, whichever is first."""
        last = len(self.discord.requests) + self._random.randint(1, FIRST_REQUESTS)
        by_time = self._random.random() < SHARE_BY_TIME
        until = time.monotonic() + (self._random.uniform(0, RUN_AT_MOST) if by_time else RUN_AT_MOST)
        further = self._random.uniform(0, 0.03)
        began, identified = time.monotonic(), self.discord.gateway.identifies
        process = await self._start()
        while len(self.discord.requests) < last and time.monotonic() < until and process.returncode is None:
            await asyncio.sleep(0.002)
            if self.discord.gateway.identifies > identified:
                identified = self.discord.gateway.identifies
                self.toll.connected.append(time.monotonic() - began)
        await asyncio.sleep(further)
        process.kill()
        assert await process.wait() == KILLED, self._told()
        self.toll.kills += 1
        self.toll.in_doubt += self.town.ledger("SELECT count(*) FROM deliveries WHERE state = 'sending'")[0][0]

    async def _finish(self, faults: list[Fault]) -> None:
        """Let the bot work off what is owed. The trouble ends during that: what it did to the process must pass too."""
        process, begun = await self._start(), len(self.discord.requests)
        until = time.monotonic() + END_AT_MOST
        while self.town.is_owing():
            if len(self.discord.requests) > begun + FIRST_REQUESTS:
                for fault in faults:
                    fault.stop()
            assert process.returncode is None, self._told()
            assert time.monotonic() < until, self._told()
            await asyncio.sleep(0.2)
        process.terminate()
        assert await process.wait() == 0, self._told()

    def _told(self) -> str:
        """What is still owed, the last requests, and the end of the log."""
        requests = [f"{request.method} {request.path}" for request in self.discord.requests[-20:]]
        return "\n".join((self.town.told(), *requests, self.log.read_text("utf-8")[-LOG_TOLD:]))

    async def _start(self) -> Process:
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, stdout=log, stderr=log, env=self._environment()
            )

    def _environment(self) -> dict[str, str]:
        return {
            "PAPERBOY_DISCORD__TOKEN": self.discord.token,
            "PAPERBOY_DISCORD__API_URL": self.discord.url,
            "PAPERBOY_ARCHIVE__PATH": str(self.town.archive),
            "PAPERBOY_DATABASE__PATH": str(self.town.database),
            "PAPERBOY_DIGESTS__FRESH_DAYS": "365",
            "PAPERBOY_DELIVERY__NONCE_SECONDS": str(self._window.relied_on),
            "PAPERBOY_DELIVERY__TIMEOUT_SECONDS": "2",
            "PAPERBOY_DELIVERY__FIRST_PAUSE_SECONDS": "1",
            "PAPERBOY_DELIVERY__LONGEST_PAUSE_SECONDS": "2",
            "PAPERBOY_MONITOR__PORT": "0",  # several bots at once
            "PAPERBOY_SOURCE__ENABLED": "false",
        }


async def siege(folder: Path, window: Window, seed: int) -> tuple[Siege, Counter[str]]:
    async with Sandbox(seed=seed, nonce_window=window.known) as discord:
        siege = Siege(discord, folder, window, Random(seed))
        came = await siege.hold()
    spec = find_spec()
    if spec is not None:
        assert [problem for request in discord.requests for problem in problems(request, spec)] == []
    return siege, came


async def test_killed_at_random_every_message_comes_exactly_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    as_discord, short = Window(known=300, relied_on=120), Window(known=6, relied_on=1)
    windows = (as_discord, short, as_discord, short)
    sieges = await asyncio.gather(
        *(siege(tmp_path / str(number), window, 10 * SEED + number) for number, window in enumerate(windows))
    )
    with capsys.disabled():
        for held, came in sieges:
            found = held.log.read_text("utf-8").count(" found in channel ")
            print("\n" + held.toll.told(came, found), end="")  # noqa: T201  its figures
    assert sum(held.toll.kills for held, _ in sieges) >= 200
    assert sum(held.toll.in_doubt for held, _ in sieges) >= 100
