"""A Discord of many servers, in a process of its own: `python -m bench.town SERVERS [--global-rate 50] [--shards 1]`.

It prints one JSON object, a `Town`, then does what it is told a line at a time: `people` lets members ask the bot
something now and then, until `quiet`; `count` prints how many servers had a message, `served` how many shards have such
a server, `report` a `Report`. It ends with its standard input.
"""

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import cycle

from bench.scenery import scenery
from sandbox import ROUTE_LIMITS, Channel, Member, NoAnswer, Sandbox
from sandbox.payloads.snowflake import shard_of

_ASKED = ("/digest list", "/paper day")
_EVERY_SECONDS = 0.2
_PEOPLE = 50
_TALLY_SECONDS = 0.5
SCENERIES = 200
"""How many servers differ in what else they have; the next ones have the same again."""
_START_SECONDS = 5.0
"""Discord lets one shard start in this time."""


@dataclass(frozen=True, slots=True)
class Town:
    """Where it is, and each server's id with that of its channel."""

    url: str
    token: str
    channels: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Report:
    """What came: requests by status; when each first message of a channel came, Unix seconds, in order.

    `ready` has when each shard was first sent READY, `served` when the first message in one of its servers came, both
    by the number of the shard. `twice` counts the channels with more than one message, `answers` has the seconds that
    people waited, and `unanswered` counts those who were not answered in time. `cpu` is in seconds.
    """

    statuses: dict[str, int]
    came: list[float]
    ready: list[float]
    served: list[float]
    twice: int
    answers: list[float]
    unanswered: int
    cpu: float


@dataclass(slots=True)
class _Watch:
    discord: Sandbox
    channels: list[Channel]
    people: list[Member]
    statuses: Counter[str] = field(default_factory=Counter)
    answers: list[float] = field(default_factory=list)
    unanswered: int = 0
    quiet: bool = False

    async def tally(self) -> None:
        """Count the requests and forget them: some ten thousand would fill the memory."""
        while True:
            await asyncio.sleep(_TALLY_SECONDS)
            self._tally()

    def _tally(self) -> None:
        waiting = [request for request in self.discord.requests if request.status is None]
        self.statuses.update(str(request.status) for request in self.discord.requests if request.status is not None)
        self.discord.requests[:] = waiting

    async def ask(self) -> None:
        """Let one person after the other ask something, whether the last was answered or not."""
        async with asyncio.TaskGroup() as asking:
            for member, command in zip(cycle(self.people), cycle(_ASKED), strict=False):
                if self.quiet:
                    break
                asking.create_task(self._ask(member, command))
                await asyncio.sleep(_EVERY_SECONDS)

    async def _ask(self, member: Member, command: str) -> None:
        began = time.perf_counter()
        try:
            await member.type(command)
        except NoAnswer:
            self.unanswered += 1
        else:
            self.answers.append(time.perf_counter() - began)

    def count(self) -> int:
        """How many of the channels have a message of the bot's."""
        return sum(bool(channel.messages) for channel in self.channels)

    def served(self) -> dict[int, float]:
        """When the first message in a server of each shard came; without the shards that wait for theirs."""
        shards = self.discord.gateway.recommended_shards
        first: dict[int, float] = {}
        for channel in self.channels:
            if found := channel.messages:
                shard, came = shard_of(channel.home.id, shards), found[0].created.timestamp()
                first[shard] = min(first.get(shard, came), came)
        return first

    def report(self) -> Report:
        """All that came so far."""
        self._tally()
        first = [found[0].created.timestamp() for channel in self.channels if (found := channel.messages)]
        return Report(
            statuses=dict(self.statuses),
            came=sorted(first),
            ready=[at.timestamp() for _, at in sorted(self.discord.gateway.ready.items())],
            served=[at for _, at in sorted(self.served().items())],
            twice=sum(len(channel.messages) > 1 for channel in self.channels),
            answers=self.answers,
            unanswered=self.unanswered,
            cpu=time.process_time(),
        )


async def serve(servers: int, global_rate: int | None, shards: int) -> None:
    """Be a Discord until standard input ends; without a global limit, channels have none either."""
    limits = ROUTE_LIMITS if global_rate else None
    async with Sandbox(global_rate=global_rate, route_limits=limits, shards=shards) as discord:
        if global_rate:
            discord.gateway.identify_pause = _START_SECONDS
        sceneries = [{key: json.dumps(had)[1:-1] for key, had in scenery(seed).items()} for seed in range(SCENERIES)]
        channels = [_server(discord, number, sceneries[number % SCENERIES]) for number in range(servers)]
        people = [channel.home.add_member("mina", manage_server=True) for channel in channels[:_PEOPLE]]
        watch = _Watch(discord, channels, people)
        _tell(asdict(Town(discord.url, discord.token, [(channel.home.id, channel.id) for channel in channels])))
        tallying, asking = asyncio.create_task(watch.tally()), asyncio.create_task(asyncio.sleep(0))
        while order := await asyncio.to_thread(sys.stdin.readline):
            match order.strip():
                case "people":
                    asking = asyncio.create_task(watch.ask())
                case "quiet":
                    watch.quiet = True
                    await asking
                case "count":
                    _tell(watch.count())
                case "served":
                    _tell(len(watch.served()))
                case "report":
                    _tell(asdict(watch.report()))
        tallying.cancel()
        with suppress(asyncio.CancelledError):
            await tallying


def _server(discord: Sandbox, number: int, more: Mapping[str, str]) -> Channel:
    server = discord.add_server(f"server {number}", locale="ko" if number % 2 else "en-US")
    server.scenery = more
    return server.add_channel("papers")


def _tell(answer: object) -> None:
    print(json.dumps(answer), flush=True)


def main() -> None:
    """Serve what the command line says."""
    options = argparse.ArgumentParser(prog="python -m bench.town")
    options.add_argument("servers", type=int)
    options.add_argument("--global-rate", type=int)
    options.add_argument("--shards", type=int, default=1)
    given = options.parse_args()
    asyncio.run(serve(given.servers, given.global_rate, given.shards))


if __name__ == "__main__":
    main()
