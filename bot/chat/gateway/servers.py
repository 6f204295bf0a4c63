"""Keeps servers small: each as one packed text, of which discord.py's objects are made when the bot asks for it.

Overrides private methods of discord.py 2.7.1, whose objects of a server of 65 channels and 30 roles take 90 kB
(docs/adr/015-ten-thousand-servers.md). tests/bot/chat/gateway/test_servers.py fails if a version no longer calls them.
"""

import asyncio
import marshal
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import discord
from discord.state import AutoShardedConnectionState

Json = dict[str, Any]
Change = Callable[[Json, Json], None]
"""Changes a server as it is kept by the data of an event."""

AWAKE = 64
"""How many servers are kept as objects: those that were asked for last."""
_LEVEL = 1  # of zlib: 6 takes a sixth less memory and twice the time
_CATEGORY = 4

_SERVER = ("id", "name", "owner_id", "preferred_locale", "system_channel_id")
_MEMBER = ("user", "roles", "joined_at", "communication_disabled_until", "flags")
_ROLE = ("id", "name", "permissions", "position", "mentionable", "managed", "tags")
_CHANNEL = (
    *("id", "type", "name", "position", "permission_overwrites", "flags"),
    *("available_tags", "bitrate", "user_limit"),
)
_THREAD = ("id", "type", "parent_id", "owner_id", "name", "message_count", "member_count", "thread_metadata")


class LeanState(AutoShardedConnectionState[Any]):
    """discord.py's state, with packed servers."""

    _guilds: "PackedServers"  # type: ignore[assignment]  # of the dictionary's methods, discord.py uses those it has

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  as discord.py has them
        super().__init__(**options)
        self._listed: dict[int, set[int]] = {}
        """Of each shard whose session begins, the servers that Discord has still to tell of."""
        for event, change in CHANGES.items():
            self.parsers[event] = partial(self._changed, event.lower().replace("channel", "guild_channel"), change)
        for event in UNUSED:
            self.parsers.pop(event, None)

    @property
    def servers(self) -> "PackedServers":
        """All servers that Discord has told of."""
        return self._guilds

    def clear(self, *, views: bool = True) -> None:
        """Forget everything."""
        super().clear(views=views)
        self._guilds = PackedServers(self)

    def parse_ready(self, data: Any) -> None:  # noqa: ANN401  Discord's JSON
        """A session of a shard begins: Discord lists its servers. Those that it no longer lists are gone."""
        listed = {int(each["id"]) for each in data["guilds"]}
        shard, shards = data["shard"]
        self._guilds.keep(lambda server: server in listed or shard_of(server, shards) != shard)
        self._listed[shard] = listed
        super().parse_ready(data)

    async def _delay_shard_ready(self, shard_id: int) -> None:
        """Tell that a shard is ready once all its servers are known, or none came for `guild_ready_timeout` seconds.

        discord.py's own method also waits that long after the last one.
        """
        waiting, listed = self._ready_states[shard_id], self._listed[shard_id]
        try:
            while listed:
                async with asyncio.timeout(self.guild_ready_timeout):
                    guild = await waiting.get()
                listed.discard(guild.id)
                self.dispatch("guild_available" if guild.unavailable is False else "guild_join", guild)
        except asyncio.CancelledError:  # by discord.py, which goes on to wait for this task
            return
        except TimeoutError:
            pass  # the others are down
        self._ready_states.pop(shard_id, None)
        self.dispatch("shard_ready", shard_id)

    def parse_guild_delete(self, data: Any) -> None:  # noqa: ANN401  Discord's JSON
        """A server is unavailable, or the bot was removed from it."""
        if data.get("unavailable"):
            self._guilds.change(int(data["id"]), lambda server: server.update(unavailable=True))
        super().parse_guild_delete(data)

    def _add_guild_from_data(self, data: Any) -> discord.Guild:  # noqa: ANN401  Discord's JSON
        """Keep a server. The object that is returned, and that goes with events, only has its id and name."""
        self._guilds.put(data)
        told = ("id", "name", "unavailable", "member_count")
        return discord.Guild(data={key: data[key] for key in told if key in data}, state=self)  # type: ignore[arg-type]

    def _get_create_guild(self, data: Any) -> discord.Guild:  # noqa: ANN401  Discord's JSON
        return self._add_guild_from_data(data)

    def _changed(self, event: str, change: Change, data: Json) -> None:
        """Note a change, and tell of it by discord.py's name for the event, but with the server's id alone."""
        guild_id = int(data.get("guild_id") or data["id"])
        self._guilds.change(guild_id, lambda server: change(server, data))
        self.dispatch(event, guild_id)


class PackedServers(Mapping[int, discord.Guild]):
    """The servers by id. Values are made when they are asked for; a change is seen by whoever asks after it."""

    def __init__(self, state: LeanState) -> None:
        self._state = state
        self._packed: dict[int, bytes] = {}
        self._awake: OrderedDict[int, discord.Guild] = OrderedDict()
        self._joined: dict[int, datetime] = {}

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[int]:
        return iter(self._packed)

    def __contains__(self, guild_id: object) -> bool:
        return guild_id in self._packed

    def __getitem__(self, guild_id: int) -> discord.Guild:
        guild = self._awake.get(guild_id)
        if guild is None:
            guild = discord.Guild(data=_unpacked(self._packed[guild_id]), state=self._state)  # type: ignore[arg-type]
            self._awake[guild_id] = guild
            if len(self._awake) > AWAKE:
                self._awake.popitem(last=False)
        self._awake.move_to_end(guild_id)
        return guild

    @property
    def awake(self) -> int:
        """How many servers are kept as objects."""
        return len(self._awake)

    @property
    def joined(self) -> Mapping[int, datetime]:
        """When the bot joined each server (UTC, on Discord's clock), without those that are unavailable."""
        return self._joined

    def put(self, data: Json) -> None:
        """Keep a server as Discord tells of it."""
        self._keep(int(data["id"]), kept(data, self._state.self_id))

    def change(self, guild_id: int, change: Callable[[Json], None]) -> None:
        """Change what is kept of a server, if it is known."""
        if (packed := self._packed.get(guild_id)) is not None:
            server = _unpacked(packed)
            change(server)
            self._keep(guild_id, server)

    def pop(self, guild_id: int, default: discord.Guild | None = None) -> discord.Guild | None:
        """Forget a server. Returns the object of one that is awake."""
        self._packed.pop(guild_id, None)
        self._joined.pop(guild_id, None)
        return self._awake.pop(guild_id, default)

    def keep(self, stays: Callable[[int], bool]) -> None:
        """Forget the servers for which `stays` is false."""
        for guild_id in [one for one in self._packed if not stays(one)]:
            self.pop(guild_id)

    def _keep(self, guild_id: int, server: Json) -> None:
        self.pop(guild_id)
        self._packed[guild_id] = zlib.compress(marshal.dumps(server), _LEVEL)
        me = next(iter(server.get("members", ())), None)
        if me and me["joined_at"] and not server.get("unavailable"):
            self._joined[guild_id] = datetime.fromisoformat(me["joined_at"])


def shard_of(guild_id: int, shards: int) -> int:
    """The shard of a server: https://docs.discord.com/developers/events/gateway#sharding."""
    return (guild_id >> 22) % shards


def kept(data: Json, self_id: int | None) -> Json:
    """What is kept of a server's GUILD_CREATE: what the bot asks for, and what discord.py needs to make its objects."""
    server = _some(data, (*_SERVER, "unavailable"))
    if "channels" in data:
        server["channels"] = [_some(each, _CHANNEL) for each in data["channels"] if each["type"] != _CATEGORY]
        server["members"] = [_some(me, _MEMBER) for me in data["members"] if int(me["user"]["id"]) == self_id]
        server["roles"] = [_some(each, _ROLE) for each in data["roles"]]
        server["threads"] = [_some(each, _THREAD) for each in data.get("threads", ())]
    return server


def _some(data: Json, keys: Iterable[str]) -> Json:
    return {key: data[key] for key in keys if key in data}


def _unpacked(packed: bytes) -> Json:
    server: Json = marshal.loads(zlib.decompress(packed))  # noqa: S302  packed by this process
    return server


# -- events that change a server ---------------------------------------------------------------------------------------


def _server(server: Json, data: Json) -> None:
    server |= _some(data, _SERVER) | {"roles": [_some(each, _ROLE) for each in data["roles"]]}


def _put(server: Json, where: str, one: Json) -> None:
    """Put one of the server's channels, threads or roles in its place, or at the end if it is new."""
    ids = [each["id"] for each in server.setdefault(where, [])]
    place = ids.index(one["id"]) if one["id"] in ids else len(ids)
    server[where][place : place + 1] = [one]


def _drop(server: Json, where: str, one: str, key: str = "id") -> None:
    server[where] = [each for each in server.get(where, ()) if each[key] != one]


def _channel(server: Json, data: Json) -> None:
    if data["type"] != _CATEGORY:
        _put(server, "channels", _some(data, _CHANNEL))


def _no_channel(server: Json, data: Json) -> None:
    _drop(server, "channels", data["id"])
    _drop(server, "threads", data["id"], "parent_id")


def _role(server: Json, data: Json) -> None:
    _put(server, "roles", _some(data["role"], _ROLE))


def _no_role(server: Json, data: Json) -> None:
    _drop(server, "roles", data["role_id"])


def _thread(server: Json, data: Json) -> None:
    if data["thread_metadata"]["archived"]:
        _no_thread(server, data)
    else:
        _put(server, "threads", _some(data, _THREAD))


def _no_thread(server: Json, data: Json) -> None:
    _drop(server, "threads", data["id"])


def _threads(server: Json, data: Json) -> None:
    """The threads of some channels, or of all, as they are when the bot gets access to them."""
    parents = data.get("channel_ids")
    stay = [each for each in server.get("threads", ()) if parents is not None and each["parent_id"] not in parents]
    server["threads"] = [*stay, *(_some(each, _THREAD) for each in data["threads"])]


def _member(server: Json, data: Json) -> None:
    for me in server.get("members", ()):
        if me["user"]["id"] == data["user"]["id"]:
            me.update(_some(data, _MEMBER))


CHANGES: Mapping[str, Change] = {
    "GUILD_UPDATE": _server,
    "GUILD_ROLE_CREATE": _role,
    "GUILD_ROLE_UPDATE": _role,
    "GUILD_ROLE_DELETE": _no_role,
    "CHANNEL_CREATE": _channel,
    "CHANNEL_UPDATE": _channel,
    "CHANNEL_DELETE": _no_channel,
    "THREAD_CREATE": _thread,
    "THREAD_UPDATE": _thread,
    "THREAD_DELETE": _no_thread,
    "THREAD_LIST_SYNC": _threads,
    "GUILD_MEMBER_UPDATE": _member,
}
"""The events of the intent for servers that change what is kept."""

UNUSED = frozenset(
    {
        "CHANNEL_PINS_UPDATE",
        "THREAD_MEMBER_UPDATE",
        "THREAD_MEMBERS_UPDATE",
        "STAGE_INSTANCE_CREATE",
        "STAGE_INSTANCE_UPDATE",
        "STAGE_INSTANCE_DELETE",
        "VOICE_CHANNEL_EFFECT_SEND",
    }
)
"""Events of the same intent that the bot does not use: for each, discord.py would make the server's objects."""
