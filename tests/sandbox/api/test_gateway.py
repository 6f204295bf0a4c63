"""What the gateway does when it is told to, and what it does not let a bot do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from sandbox import Member, Sandbox, Server
from sandbox.world.bell import PATIENCE
from tests.sandbox.conftest import Clock
from tests.sandbox.newsbot import NewsBot
from tests.sandbox.test_threads import next_event


@asynccontextmanager
async def socket(world: Sandbox, **identify: Any) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A connection that has said hello and identified."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(world.gateway_url) as socket,
        asyncio.timeout(PATIENCE),
    ):
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json({"op": 2, "d": {"token": world.token, "intents": 1} | identify})
        yield socket


async def test_a_heartbeat_is_asked_for_and_acknowledged(world: Sandbox) -> None:
    async with socket(world) as bot:
        assert (await bot.receive_json())["t"] == "READY"
        world.request_heartbeat()
        assert (await bot.receive_json())["op"] == 1
        await bot.send_json({"op": 1, "d": 1})
        assert (await bot.receive_json())["op"] == 11


async def test_it_is_known_when_each_shard_was_ready(world: Sandbox) -> None:
    assert world.gateway.ready == {}
    async with socket(world) as bot:
        assert (await bot.receive_json())["t"] == "READY"
        assert world.gateway.ready.keys() == {0}
        assert world.gateway.ready[0] <= world.now()


async def test_a_bot_answers_a_heartbeat_that_is_asked_for(bot: NewsBot, world: Sandbox) -> None:
    before = world.gateway.heartbeats
    world.request_heartbeat()
    await world.until(lambda: world.gateway.heartbeats > before)


async def test_a_bot_that_is_told_to_reconnect_resumes(bot: NewsBot, world: Sandbox, server: Server) -> None:
    world.request_reconnect()
    assert await asyncio.wait_for(bot.events.get(), PATIENCE) == ("resumed", None)
    assert world.gateway.identifies == 1


@pytest.mark.parametrize("resume", [True, False])
async def test_an_invalid_session_is_resumed_only_where_discord_lets_it(
    bot: NewsBot, world: Sandbox, mina: Member, *, resume: bool
) -> None:
    again = next_event(bot, "resumed" if resume else "ready")
    world.invalidate(resume=resume)
    await again
    assert world.gateway.identifies == (1 if resume else 2)
    assert (await mina.type("/hello", name="again")).content == "hello again"


async def test_an_outage_takes_a_server_away_and_brings_it_back(bot: NewsBot, server: Server) -> None:
    gone = next_event(bot, "guild_unavailable")
    server.go_down()
    assert [guild.id for guild in await gone] == [server.id]
    during = server.add_channel("made meanwhile")
    back = next_event(bot, "guild_available")
    server.come_back()
    assert [guild.id for guild in await back] == [server.id]
    assert bot.get_channel(during.id) is not None
    assert bot.events.empty()


async def test_a_server_that_is_down_when_a_bot_connects_comes_when_it_is_back(world: Sandbox, server: Server) -> None:
    server.go_down()
    async with socket(world) as bot:
        assert (await bot.receive_json())["d"]["guilds"] == [{"id": str(server.id), "unavailable": True}]
        told = await bot.receive_json()
        assert (told["t"], told["d"]) == ("GUILD_CREATE", {"id": str(server.id), "unavailable": True})
        server.come_back()
        told = await bot.receive_json()
        assert (told["t"], told["d"]["name"], told["d"]["unavailable"]) == ("GUILD_CREATE", "ML Korea", False)


async def test_who_identifies_too_soon_is_told_that_the_session_is_invalid(clock: Clock) -> None:
    async with Sandbox(time=clock) as world:
        world.gateway.identify_pause = 5.0
        async with socket(world, shard=[0, 2]) as first, socket(world, shard=[1, 2]) as second:
            assert (await first.receive_json())["t"] == "READY"
            assert await second.receive_json() == {"op": 9, "d": False}
            assert (world.gateway.shards, world.gateway.identifies) == ([0], 1)
        clock.now += 5
        async with socket(world, shard=[1, 2]) as second:
            assert (await second.receive_json())["t"] == "READY"


async def test_without_a_pause_shards_identify_at_once(world: Sandbox) -> None:
    async with socket(world, shard=[0, 2]) as first, socket(world, shard=[1, 2]) as second:
        ready = await asyncio.gather(first.receive_json(), second.receive_json())
    assert [told["t"] for told in ready] == ["READY", "READY"]
