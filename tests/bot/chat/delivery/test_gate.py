"""The gate, where discord.py's requests really pass: a client against the sandbox."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord
import pytest
from discord.http import Route

from bot.chat.delivery.doubt import attempting, held_up, watching_trace
from bot.chat.delivery.gate import Gate
from bot.chat.delivery.invalid import InvalidRequests
from bot.chat.delivery.pace import Pace
from sandbox import Channel, Sandbox


class CountingPace(Pace):
    """Lets all pass and counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.turns = 0
        self.under_way = 0

    async def wait(self) -> float:
        self.turns += 1
        self.under_way += 1
        return 0.0

    def answered(self, _: float) -> None:
        self.under_way -= 1


@pytest.fixture
def pace() -> CountingPace:
    return CountingPace()


@pytest.fixture
def invalid() -> InvalidRequests:
    return InvalidRequests()


@pytest.fixture
def channel(discord: Sandbox) -> Channel:
    return discord.add_server("ML").add_channel("papers")


@asynccontextmanager
async def client(sandbox: Sandbox, pace: Pace, invalid: InvalidRequests) -> AsyncIterator[discord.Client]:
    trace = watching_trace()
    Gate(sandbox.url, pace, invalid).stand_in(trace)
    Route.BASE = sandbox.url
    async with discord.Client(intents=discord.Intents.none(), http_trace=trace) as made:
        await made.login(sandbox.token)
        yield made


async def test_each_request_waits_its_turn_also_one_that_discord_py_repeats(
    discord: Sandbox, channel: Channel, pace: CountingPace, invalid: InvalidRequests
) -> None:
    async with client(discord, pace, invalid) as bot:
        before = pace.turns
        discord.fail(path="/channels/*", status=429, retry_after=0.001)
        await bot.get_partial_messageable(channel.id).send("x")
        assert (pace.turns - before, pace.under_way) == (2, 0)
        assert invalid.recent == 1


async def test_answers_to_members_never_wait(
    discord: Sandbox, channel: Channel, pace: CountingPace, invalid: InvalidRequests
) -> None:
    async with client(discord, pace, invalid) as bot:
        before = pace.turns
        for path in ("/interactions/1/token/callback", f"/webhooks/{discord.bot.id}/token"):
            with pytest.raises(Exception, match=r"40[14]"):
                await bot.http.request(Route("POST", path), json={"type": 5, "content": "x"})
        assert pace.turns == before


async def test_a_refusal_is_noted_and_what_went_well_is_not(
    discord: Sandbox, channel: Channel, pace: CountingPace, invalid: InvalidRequests
) -> None:
    channel.deny(discord.bot, "send_messages")
    async with client(discord, pace, invalid) as bot:
        assert invalid.recent == 0
        with pytest.raises(Exception, match="403"):
            await bot.get_partial_messageable(channel.id).send("x")
        assert invalid.recent == 1


async def test_a_request_that_is_cut_off_is_under_way_no_more(
    discord: Sandbox, channel: Channel, pace: CountingPace, invalid: InvalidRequests
) -> None:
    async with client(discord, pace, invalid) as bot:
        discord.fail(path="/channels/*", disconnect=True)
        with pytest.raises(aiohttp.ClientError):
            await bot.get_partial_messageable(channel.id).send("x")
        sending = asyncio.create_task(bot.get_partial_messageable(channel.id).send("x"))
        slow = discord.fail(path="/channels/*", hold=True)
        while not slow.seen:  # noqa: ASYNC110  the sandbox tells of it by no event
            await asyncio.sleep(0)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        assert pace.under_way == 0


async def test_waiting_for_ones_turn_does_not_count_as_taking_long() -> None:
    with attempting() as attempt:
        async with asyncio.timeout(60) as attempt.limit:
            before = attempt.limit.when()
            with held_up():
                await asyncio.sleep(0)
                assert attempt.limit.when() is None
            after = attempt.limit.when()
            assert before is not None
            assert after is not None
            assert before <= after < before + 30
