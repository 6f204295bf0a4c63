import asyncio
import json
from typing import Any

import aiohttp
import discord
import pytest

from sandbox import Channel, Member, NoAnswer, Sandbox, Server
from sandbox.payloads.snowflake import Snowflakes, shard_of
from sandbox.world.bell import PATIENCE
from tests.sandbox.newsbot import NewsBot, running


async def test_a_bot_becomes_ready_and_knows_its_servers(bot: NewsBot, server: Server, channel: Channel) -> None:
    guild = bot.get_guild(server.id)
    assert guild is not None
    assert (guild.name, str(guild.preferred_locale), guild.member_count) == ("ML Korea", "ko", 2)
    assert guild.me.guild_permissions.create_public_threads
    assert not guild.me.guild_permissions.manage_guild
    assert guild.system_channel is not None
    assert guild.system_channel.id == channel.id
    assert bot.application is not None
    assert bot.application.owner.name == "developer"


async def test_each_shard_is_told_of_its_own_servers(world: Sandbox) -> None:
    servers = [world.add_server(f"server {number}") for number in range(4)]
    world.gateway.recommended_shards = 2
    async with running(world) as bot:
        await world.until_connected(shards=2)
        assert [guild.shard_id for guild in sorted(bot.guilds, key=lambda guild: guild.id)] == [0, 1, 0, 1]
        channel = servers[1].add_channel("papers")
        reply = await servers[1].add_member("mina").type("/hello", name="shard 1", in_=channel)
        assert reply.content == "hello shard 1"
    assert world.gateway.identifies == 2


def test_servers_fall_on_shards_in_turn() -> None:
    ids = Snowflakes()
    assert [shard_of(ids.next_server(), 3) for _ in range(4)] == [0, 1, 2, 0]
    later = [ids.next() for _ in range(100)]
    assert later == sorted(set(later))


async def test_a_wrong_token_is_refused(world: Sandbox) -> None:
    world.token, right = "another", world.token
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{world.url}/users/@me", headers={"Authorization": f"Bot {right}"}) as response:
            assert response.status == 401
            assert await response.json() == {"message": "401: Unauthorized", "code": 0}
        assert await close_code(session, world, {"token": right, "intents": 1}) == 4004


@pytest.mark.parametrize(
    ("identify", "code"),
    [({"intents": 1 << 15}, 4014), ({"intents": 1, "shard": [2, 2]}, 4010), ({"intents": 1 << 40}, 4013), ({}, 4013)],
)
async def test_what_cannot_identify(world: Sandbox, identify: dict[str, Any], code: int) -> None:
    async with aiohttp.ClientSession() as session:
        assert await close_code(session, world, {"token": world.token, **identify}) == code


async def test_who_identifies_with_no_session_left_is_refused(world: Sandbox) -> None:
    world.gateway.sessions_a_day = 1
    hello = {"token": world.token, "intents": 1}
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(world.gateway_url) as socket:
            await socket.receive_json()
            await socket.send_json({"op": 2, "d": hello})
            assert (await socket.receive_json())["t"] == "READY"
        assert await close_code(session, world, hello) == 4004


async def close_code(session: aiohttp.ClientSession, world: Sandbox, identify: dict[str, Any]) -> int | None:
    return await closing(session, world, json.dumps({"op": 2, "d": identify}))


async def closing(session: aiohttp.ClientSession, world: Sandbox, frame: str) -> int | None:
    async with session.ws_connect(world.gateway_url) as socket, asyncio.timeout(PATIENCE):
        await socket.receive_json()
        await socket.send_str(frame)
        async for _ in socket:
            pass
        return socket.close_code


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("no json", 4002),
        ("[]", 4002),
        (json.dumps({"op": 3, "d": {}}), 4003),
        (json.dumps({"op": 1, "d": "x" * 5000}), 4002),
        (json.dumps({"op": 6, "d": {"token": "wrong"}}), 4004),
    ],
)
async def test_frames_that_close_a_connection(world: Sandbox, frame: str, code: int) -> None:
    async with aiohttp.ClientSession() as session:
        assert await closing(session, world, frame) == code


async def test_privileged_intents_are_refused(world: Sandbox) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(world, intents=discord.Intents(guilds=True, members=True)):
            pass


async def test_a_session_is_resumed_and_misses_nothing(bot: NewsBot, world: Sandbox, server: Server) -> None:
    world.disconnect(resume=True)
    assert not world.connected
    missed = server.add_channel("missed")
    await world.until_connected()
    assert await bot.events.get() == ("resumed", None)
    assert bot.get_channel(missed.id) is not None
    assert world.gateway.identifies == 1


async def test_an_invalid_session_is_identified_anew(bot: NewsBot, world: Sandbox, mina: Member) -> None:
    world.disconnect(resume=False)
    await world.until_connected()
    assert world.gateway.identifies == 2
    assert (await mina.type("/hello", name="again")).content == "hello again"


async def test_a_command_typed_while_the_bot_reconnects_still_arrives(
    bot: NewsBot, world: Sandbox, mina: Member
) -> None:
    world.disconnect()
    assert (await mina.type("/hello", name="patience")).content == "hello patience"


async def test_joining_and_leaving_servers(bot: NewsBot, world: Sandbox) -> None:
    server = world.add_server("New")
    assert (await bot.events.get())[0] == "join"
    channel = server.add_channel("talk")
    server.kick_bot()
    assert (await bot.events.get())[0] == "remove"
    assert bot.get_guild(server.id) is None
    with pytest.raises(discord.Forbidden) as refused:
        await bot.fetch_channel(channel.id)
    assert refused.value.code == 50001
    with pytest.raises(discord.NotFound) as unknown:
        await bot.fetch_guild(server.id)
    assert unknown.value.code == 10004
    server.invite_bot()
    assert (await bot.events.get())[0] == "join"
    guild = await bot.fetch_guild(server.id)
    await guild.leave()
    assert server.bot is None


async def test_what_changes_in_a_server_is_told(bot: NewsBot, server: Server, channel: Channel) -> None:
    guild = bot.get_guild(server.id)
    assert guild is not None
    assert server.bot is not None
    channel.deny(server.bot, "send_messages")
    server.bot_role.deny("embed_links")
    server.bot.give(server.add_role("helper", manage_messages=True))
    second = server.add_channel("second")
    channel.rename("renamed")
    await told(bot, second)
    known = guild.get_channel(channel.id)
    assert known is not None
    may = known.permissions_for(guild.me)
    assert known.name == "renamed"
    assert (may.send_messages, guild.me.guild_permissions.manage_messages) == (False, True)
    assert guild.default_role.permissions.embed_links
    channel.delete()
    await told(bot, server.add_channel("third"))
    assert guild.get_channel(channel.id) is None


async def told(bot: NewsBot, last: Channel) -> None:
    """Wait until the bot was told of a channel, and so of all that came before."""
    async with asyncio.timeout(PATIENCE):
        while bot.get_channel(last.id) is None:  # noqa: ASYNC110 - discord.py tells of it by no one event
            await asyncio.sleep(0)


async def test_waiting_for_a_bot_ends(world: Sandbox) -> None:
    with pytest.raises(NoAnswer, match="did not connect"):
        await world.until_connected(timeout=0.01)
