"""Packed servers: discord.py makes the same of them as of Discord's whole payloads, and makes it only when asked."""

import asyncio
from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord.state import AutoShardedConnectionState, ConnectionState

from bot.chat.gateway.servers import AWAKE, CHANGES, UNUSED, LeanState, PackedServers
from sandbox import Sandbox, Server
from sandbox.world import wire
from sandbox.world.bell import PATIENCE
from tests.conftest import House

BY_THE_INTENT = frozenset(
    {
        *("GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE"),
        *("GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE"),
        *("CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE", "CHANNEL_PINS_UPDATE"),
        *("THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE", "THREAD_LIST_SYNC"),
        *("THREAD_MEMBER_UPDATE", "THREAD_MEMBERS_UPDATE"),
        *("STAGE_INSTANCE_CREATE", "STAGE_INSTANCE_UPDATE", "STAGE_INSTANCE_DELETE"),
        "VOICE_CHANNEL_EFFECT_SEND",
        "GUILD_MEMBER_UPDATE",  # of the bot itself, without any intent
    }
)
"""What Discord sends for the intent GUILDS: https://docs.discord.com/developers/events/gateway#list-of-intents."""


class Recorder:
    """Takes the events of a sandbox that no bot is connected to."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Any]] = []

    def on_event(self, event: str, data: Any) -> None:
        self.events.append((event, data))

    def __getattr__(self, _: str) -> Any:  # what else a watcher sees is none of this test's business
        return lambda *_: None


@pytest.fixture
def world() -> Sandbox:
    return Sandbox()


@pytest.fixture
def server(world: Sandbox) -> Server:
    server = world.add_server("ML Korea", locale="ko")
    lobby, forum = server.add_channel("lobby", topic="hello"), server.add_channel("papers", kind="forum")
    server.add_channel("talk", kind="voice")
    server.add_channel("news", kind="announcement")
    forum.add_tag("vision")
    forum.add_tag("staff", moderated=True)
    readers = server.add_role("readers", mentionable=True, manage_messages=True)
    lobby.deny(server.everyone, "send_messages")
    lobby.allow(readers, "send_messages")
    lobby.allow(server.owner, "view_channel")
    server.start_thread(lobby, world.bot, "old", 60, None)
    return server


def state_of(kind: type[AutoShardedConnectionState[Any]], world: Sandbox) -> Any:
    state = kind(
        dispatch=lambda *_: None,
        handlers={},
        hooks={},
        http=None,
        intents=discord.Intents(guilds=True),
        member_cache_flags=discord.MemberCacheFlags.none(),
        chunk_guilds_at_startup=False,
        max_messages=None,
    )
    state.shard_count = 1
    state.user = discord.ClientUser(state=state, data=wire.own_user(world.bot))  # type: ignore[arg-type]  # it is JSON
    return state


@pytest.fixture
def states(world: Sandbox) -> tuple[Any, Any]:
    """discord.py's own state, and the lean one."""
    return state_of(AutoShardedConnectionState, world), state_of(LeanState, world)


def seen(guild: discord.Guild) -> dict[str, Any]:
    """All that the bot asks a server for."""
    channels = [channel for channel in guild.channels if not isinstance(channel, discord.CategoryChannel)]
    forums = [channel for channel in channels if isinstance(channel, discord.ForumChannel)]
    return {
        "server": (guild.id, guild.name, guild.preferred_locale, guild.unavailable, guild.owner_id),
        "system": guild.system_channel and guild.system_channel.id,
        "me": (guild.me.joined_at, guild.me.guild_permissions, [role.id for role in guild.me.roles]),
        "roles": [
            (role.id, role.name, role.permissions, role.mentionable, role.is_default(), role.is_bot_managed())
            for role in guild.roles
        ],
        "channels": [
            (one.id, one.name, one.type, one.position, sorted(_overwrites(one)), one.permissions_for(guild.me))
            for one in channels
        ],
        "order": [channel.id for channel in guild.text_channels],
        "tags": [(tag.id, tag.name, tag.moderated) for forum in forums for tag in forum.available_tags],
        "required": [forum.flags.require_tag for forum in forums],
        "threads": {(one.id, one.name, one.parent_id, one.archived, one.locked) for one in guild.threads},
    }


def _overwrites(channel: discord.abc.GuildChannel) -> Iterator[tuple[int, int, int]]:
    for holder, overwrite in channel.overwrites.items():
        allow, deny = overwrite.pair()
        yield holder.id, allow.value, deny.value


def test_a_server_is_what_it_would_be_with_all_that_discord_tells(
    world: Sandbox, server: Server, states: tuple[Any, Any]
) -> None:
    for state in states:
        state.parse_guild_create(wire.arriving_guild(server))
    whole, lean = (state._get_guild(server.id) for state in states)
    assert seen(lean) == seen(whole)
    assert lean.me.guild_permissions.send_messages
    assert not lean.text_channels[0].permissions_for(lean.default_role).send_messages
    assert states[1].servers.joined == {server.id: whole.me.joined_at}


def test_a_server_changes_as_with_discord_py(world: Sandbox, server: Server, states: tuple[Any, Any]) -> None:
    for state in states:
        state.parse_guild_create(wire.arriving_guild(server))
    recorder = Recorder()
    world.watchers.append(recorder)
    lobby, forum = server.channels[:2]
    added = server.add_channel("more")
    added.allow(server.bot_role, "mention_everyone")
    forum.add_tag("agents")
    role = server.add_role("helpers")
    role.allow("manage_threads")
    server.bot_role.deny("embed_links")
    server.start_thread(lobby, world.bot, "new", 60, None)
    lobby.delete()
    server.add_role("gone").delete()
    server.start_thread(added, world.bot, "stays", 60, None)
    archived = wire.thread(server.start_thread(added, world.bot, "archived", 60, None))
    archived["thread_metadata"] |= {"archived": True}
    me = {"guild_id": str(server.id), **wire.member(server.bot)} if server.bot else {}
    told = [
        *recorder.events,
        ("THREAD_UPDATE", archived),
        ("GUILD_UPDATE", wire.guild(server) | {"name": "ML Seoul", "preferred_locale": "ja"}),
        ("GUILD_MEMBER_UPDATE", me | {"roles": [str(role.id)]}),
    ]
    for event, data in told:
        for state in states:
            state.parsers[event](data)
        whole, lean = (state._get_guild(server.id) for state in states)
        assert seen(lean) == seen(whole), event
    assert {"CHANNEL_DELETE", "GUILD_ROLE_DELETE", "THREAD_CREATE"} <= {event for event, _ in told}
    lean = states[1]._get_guild(server.id)
    assert (lean.name, lean.preferred_locale) == ("ML Seoul", discord.Locale.japanese)
    assert lean.get_channel(lobby.id) is None
    assert [thread.name for thread in lean.threads] == ["stays"]


def test_threads_of_channels_that_the_bot_may_see_again(
    server: Server, world: Sandbox, states: tuple[Any, Any]
) -> None:
    lobby, *_, news = server.channels
    other = wire.thread(server.start_thread(news, world.bot, "other", 60, None))
    for state in states:
        state.parse_guild_create(wire.arriving_guild(server))
        sync = {"guild_id": str(server.id), "channel_ids": [str(lobby.id)], "threads": [other], "members": []}
        state.parsers["THREAD_LIST_SYNC"](sync)
        assert [thread.name for thread in state._get_guild(server.id).threads] == ["other"]


def test_an_outage_and_a_removal(server: Server, states: tuple[Any, Any]) -> None:
    _, state = states
    state.parse_guild_create(wire.arriving_guild(server))
    state.parse_guild_delete({"id": str(server.id), "unavailable": True})
    assert state._get_guild(server.id).unavailable
    assert state.servers.joined == {}
    state.parse_guild_create(wire.arriving_guild(server))
    assert not state._get_guild(server.id).unavailable
    state.parse_guild_delete({"id": str(server.id)})
    assert (state._get_guild(server.id), list(state.servers)) == (None, [])


def ready(world: Sandbox) -> dict[str, Any]:
    """What Discord sends when a session of the only shard begins."""
    return {
        "user": wire.own_user(world.bot),
        "guilds": [{"id": str(server_id), "unavailable": True} for server_id in world.servers],
        "shard": [0, 1],
        "application": {"id": str(world.bot.id), "flags": 0},
    }


@pytest.mark.parametrize("down", [0, 1])
async def test_a_shard_is_ready_once_all_its_servers_that_are_up_are_known(world: Sandbox, down: int) -> None:
    servers = [world.add_server(f"server {number}") for number in range(3)]
    servers[2].available = not down
    told = list[tuple[Any, ...]]()
    state = state_of(LeanState, world)
    state.dispatch = lambda event, *values: told.append((event, *values))
    state.guild_ready_timeout = 0.01 if down else 3600
    state.parse_ready(ready(world))
    for server in servers:
        state.parse_guild_create(wire.arriving_guild(server))
    await asyncio.wait_for(state._ready_tasks[0], PATIENCE)
    assert [event for event, *_ in told[2:]] == ["guild_available"] * (3 - down) + ["shard_ready"]
    assert [state._get_guild(server.id).unavailable for server in servers] == [False, False, bool(down)]


async def test_a_shard_without_servers_is_ready_at_once(world: Sandbox) -> None:
    told = list[str]()
    state = state_of(LeanState, world)
    state.dispatch = lambda event, *_: told.append(event)
    state.guild_ready_timeout = 3600
    state.parse_ready(ready(world))
    await asyncio.wait_for(state._ready_tasks[0], PATIENCE)
    assert told == ["connect", "shard_connect", "shard_ready"]


def test_few_servers_are_kept_as_objects(world: Sandbox, states: tuple[Any, Any]) -> None:
    _, state = states
    servers = [world.add_server(f"server {number}") for number in range(AWAKE + 2)]
    for server in servers:
        state.parse_guild_create(wire.arriving_guild(server))
    assert state.servers.awake == 0
    first = state._get_guild(servers[0].id)
    for server in servers[1:AWAKE]:
        state._get_guild(server.id)
    assert state._get_guild(servers[0].id) is first
    for server in servers[AWAKE:]:
        state._get_guild(server.id)
    assert state.servers.awake == AWAKE
    assert state._get_guild(servers[0].id) is first
    assert len(state.servers) == len(servers)


def test_all_that_discord_sends_of_servers_is_taken_or_left_out(states: tuple[Any, Any]) -> None:
    """Any other event of the intent would change objects that are thrown away."""
    plain, lean = states
    assert CHANGES.keys() | UNUSED | {"GUILD_CREATE", "GUILD_DELETE"} == BY_THE_INTENT
    assert not UNUSED & lean.parsers.keys()
    assert plain.parsers.keys() >= BY_THE_INTENT, "discord.py reads them by other names"


def test_discord_py_still_has_what_is_overridden() -> None:
    for name in ("_add_guild_from_data", "_get_create_guild", "_get_guild", "_remove_guild", "clear"):
        assert callable(getattr(ConnectionState, name, None)), name
    assert not {"get", "pop", "values", "__contains__"} - set(dir(PackedServers))


async def test_the_client_keeps_its_servers_packed(discord: Sandbox, house: House) -> None:
    """Fails if discord.py no longer calls what LeanState overrides."""
    servers = [discord.add_server(f"server {number}") for number in range(3)]
    for server in servers:
        server.add_channel("papers").deny(server.bot_role, "send_messages")
    async with house.running() as app:
        state = app.client._connection
        assert isinstance(state, LeanState)
        assert isinstance(state._guilds, PackedServers)
        assert set(app.client.servers) == {server.id for server in servers}
        assert app.client.servers.awake == 0
        guild = app.client.get_guild(servers[1].id)
        assert guild is not None
        assert not guild.text_channels[0].permissions_for(guild.me).send_messages
        assert app.client.servers.awake == 1


def test_a_timed_out_bot_may_not_post(server: Server, states: tuple[Any, Any]) -> None:
    _, state = states
    data = wire.arriving_guild(server)
    data["members"][0]["communication_disabled_until"] = "2999-01-01T00:00:00+00:00"
    state.parse_guild_create(data)
    guild = state._get_guild(server.id)
    assert not guild.text_channels[-1].permissions_for(guild.me).send_messages
