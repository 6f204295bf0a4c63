"""The gateway, v10: sessions, shards, heartbeats and resuming (Discord's reference, "Gateway")."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from sandbox.payloads.snowflake import shard_of
from sandbox.world import wire

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sandbox.payloads.errors import Json
    from sandbox.world.world import World

PATH = "/gateway"
HEARTBEAT_INTERVAL_MS = 41_250
_MAX_FRAME = 4096  # bytes that a client may send
_PRIVILEGED_INTENTS = 1 << 1 | 1 << 8 | 1 << 15  # members, presences, message content
_KNOWN_INTENTS = (1 << 26) - 1
_GUILDS, _MESSAGES = 1 << 0, 1 << 9
_ALWAYS_SENT = {
    "READY",
    "RESUMED",
    "INTERACTION_CREATE",
    "GUILD_MEMBER_UPDATE",
    "APPLICATION_COMMAND_PERMISSIONS_UPDATE",
}


class Op(IntEnum):
    """The gateway opcodes that the sandbox supports."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Close codes of the gateway."""

    GOING_AWAY = 1001
    UNKNOWN_ERROR = 4000
    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    INVALID_SHARD = 4010
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Connection:
    """A websocket. Frames are queued, so that a test can cause events without awaiting."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._outbox: asyncio.Queue[str | Callable[[], str] | Close] = asyncio.Queue()
        self.session: Session | None = None

    def send(self, frame: Json) -> None:
        """Queue a frame. Its data may be a function, which is called when the frame is written and returns JSON."""
        self._outbox.put_nowait(partial(_text, frame) if callable(frame.get("d")) else _text(frame))

    def close(self, code: Close) -> None:
        """Close the connection after sending everything queued."""
        if self.session is not None:
            self.session.connection = None
        self._outbox.put_nowait(code)

    async def write(self) -> None:
        """Send the queued frames until the connection closes."""
        with contextlib.suppress(ConnectionError):
            while isinstance(item := await self._outbox.get(), str) or callable(item):
                await self._socket.send_str(item() if callable(item) else item)
            await self._socket.close(code=item)


def _text(frame: Json) -> str:
    if not callable(data := frame["d"]):
        return json.dumps(frame, ensure_ascii=False)
    rest = {key: value for key, value in frame.items() if key != "d"}
    return f'{json.dumps(rest)[:-1]}, "d": {data()}}}'


@dataclass(slots=True, eq=False, kw_only=True)
class Session:
    """An identified session with a shard and intents. It outlives its connection and can be resumed."""

    id: str
    shard: int
    shards: int
    intents: int
    connection: Connection | None
    _frames: list[Json] = field(default_factory=list)
    _forgotten: int = 0
    """How many earlier events have been dropped."""

    @property
    def sequence(self) -> int:
        """The sequence number of the last event."""
        return self._forgotten + len(self._frames)

    def wants(self, event: str, server_id: int | None) -> bool:
        """Whether the session's shard and intents receive an event. Events of no server go to shard 0."""
        shard = 0 if server_id is None else shard_of(server_id, self.shards)
        intent = _MESSAGES if event.startswith("MESSAGE_") else _GUILDS
        return shard == self.shard and (event in _ALWAYS_SENT or bool(self.intents & intent))

    def dispatch(self, event: str, data: Json | Callable[[], str]) -> None:
        """Send an event, and keep it in case the session is resumed. Data of many servers is made one by one."""
        frame = {"op": Op.DISPATCH, "t": event, "s": self.sequence + 1, "d": data}
        self._frames.append(frame)
        if self.connection is not None:
            self.connection.send(frame)

    def replay(self, after: int) -> None:
        """Send the events after a sequence number again."""
        if self.connection is not None:
            for frame in self._frames[max(0, after - self._forgotten) :]:
                self.connection.send(frame)

    def forget_past(self) -> None:
        """Drop the events so far. They cannot be replayed."""
        self._forgotten = self.sequence
        self._frames.clear()


class Gateway:
    """All connections and sessions of the bot: the world's dispatcher.

    `recommended_shards` is the number of shards that GET /gateway/bot returns.
    """

    def __init__(self, discord: World, recommended_shards: int) -> None:
        self._discord = discord
        self.recommended_shards = recommended_shards
        self.max_concurrency = 1
        """How many shards may identify at once: shards with the same number modulo this wait for each other."""
        self._identified: defaultdict[int, float] = defaultdict(lambda: -inf)
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self.is_open = True
        """Whether a bot can connect."""
        self.identify_pause = 0.0
        """Seconds that must pass between two identifies of a bucket. Discord requires 5; 0 disables it."""
        self.heartbeats = 0
        self.ready: dict[int, datetime] = {}
        """When each shard was first sent READY."""
        self.identifies = 0
        """How often the bot has identified since the last reset. Discord allows `sessions_a_day`."""
        self.sessions_a_day = 1000
        self.reset_after_ms = 24 * 3600 * 1000

    @property
    def url(self) -> str:
        """The URL that a bot connects to."""
        return f"ws://{self._discord.address}{PATH}"

    @property
    def shards(self) -> list[int]:
        """The shards that are connected and have identified or resumed."""
        return sorted(s.shard for s in self._sessions.values() if s.connection is not None)

    def knows(self, server_id: int | None) -> bool:
        """Whether any session, connected or resumable, receives interactions of a server, or in DMs for None."""
        return any(session.wants("INTERACTION_CREATE", server_id) for session in self._sessions.values())

    def request(self, op: Op, data: object = None) -> None:
        """Send an opcode other than DISPATCH to all connections."""
        for connection in self._connections:
            connection.send({"op": op, "d": data})

    def dispatch(self, event: str, data: Json, *, server_id: int | None) -> None:
        """Send an event to the sessions that receive it."""
        for watcher in self._discord.watchers:
            watcher.on_event(event, data)
        for session in self._sessions.values():
            if session.wants(event, server_id):
                session.dispatch(event, data)

    def disconnect(self, *, resume: bool) -> None:
        """Close all connections. Without `resume`, their sessions end too."""
        for connection in self._connections:
            if not resume:
                connection.send({"op": Op.INVALID_SESSION, "d": False})
            connection.close(Close.UNKNOWN_ERROR)
        if not resume:
            self.end_sessions()

    def end_sessions(self) -> None:
        """End all sessions."""
        self._sessions.clear()

    def forget_past(self) -> None:
        """Drop the events so far of every session."""
        for session in self._sessions.values():
            session.forget_past()

    def shut_down(self) -> None:
        """Close all connections when the server stops."""
        for connection in self._connections:
            connection.close(Close.GOING_AWAY)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve a connection until it closes."""
        if not self.is_open:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket)
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        connection.send({"op": Op.HELLO, "d": {"heartbeat_interval": HEARTBEAT_INTERVAL_MS}})
        try:
            async for message in socket:
                self._receive(connection, message.data if message.type is WSMsgType.TEXT else "")
        finally:
            self._connections.discard(connection)
            self._lose(connection, socket.close_code)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return socket

    def _lose(self, connection: Connection, code: int | None) -> None:
        session = connection.session
        if session is None or session.connection is not connection:
            return
        session.connection = None
        self._discord.bell.ring()
        if code in (1000, 1001):  # with these codes, the client ends the session
            self._sessions.pop(session.id, None)

    def _receive(self, connection: Connection, text: str) -> None:
        try:
            frame = json.loads(text) if len(text.encode()) <= _MAX_FRAME else None
        except ValueError:
            frame = None
        if not isinstance(frame, dict) or "op" not in frame:
            connection.close(Close.DECODE_ERROR)
        elif frame["op"] == Op.HEARTBEAT:
            self.heartbeats += 1
            self._discord.bell.ring()
            connection.send({"op": Op.HEARTBEAT_ACK, "d": None})
        elif frame["op"] == Op.IDENTIFY:
            self._identify(connection, frame["d"])
        elif frame["op"] == Op.RESUME:
            self._resume(connection, frame["d"])
        elif connection.session is None:
            connection.close(Close.NOT_AUTHENTICATED)
        elif frame["op"] not in (Op.PRESENCE, Op.REQUEST_MEMBERS):
            connection.close(Close.UNKNOWN_OPCODE)

    def _identify(self, connection: Connection, data: Json) -> None:
        shard, shards = data.get("shard", (0, 1))
        refusal = self._refusal(connection, data, shard, shards)
        if refusal is not None:
            connection.close(refusal)
            return
        now, bucket = self._discord.time(), shard % self.max_concurrency
        if now < self._identified[bucket] + self.identify_pause:
            connection.send({"op": Op.INVALID_SESSION, "d": False})
            return
        self._identified[bucket] = now
        self.identifies += 1
        session = Session(
            id=secrets.token_hex(16),
            shard=shard,
            shards=shards,
            intents=data["intents"],
            connection=connection,
        )
        connection.session = self._sessions[session.id] = session
        self.ready.setdefault(shard, self._discord.now())
        self._greet(session)
        self._discord.bell.ring()

    def _refusal(self, connection: Connection, data: Json, shard: int, shards: int) -> Close | None:
        intents = data.get("intents")
        if connection.session is not None:
            return Close.ALREADY_AUTHENTICATED
        # Discord resets the token of a bot that starts too many sessions.
        if data.get("token") != self._discord.token or self.identifies >= self.sessions_a_day:
            return Close.AUTHENTICATION_FAILED
        if not 0 <= shard < shards:
            return Close.INVALID_SHARD
        if not isinstance(intents, int) or intents & ~_KNOWN_INTENTS:
            return Close.INVALID_INTENTS
        if intents & _PRIVILEGED_INTENTS:
            return Close.DISALLOWED_INTENTS
        return None

    def _greet(self, session: Session) -> None:
        discord = self._discord
        here = [
            server
            for server in discord.servers.values()
            if server.bot is not None and shard_of(server.id, session.shards) == session.shard
        ]
        ready = {
            "v": 10,
            "user": wire.own_user(discord.bot),
            "guilds": [{"id": str(server.id), "unavailable": True} for server in here],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.url,
            "shard": [session.shard, session.shards],
            "application": {"id": str(discord.bot.id), "flags": 0},
        }
        session.dispatch("READY", ready)
        if session.intents & _GUILDS:
            for server in here:
                told = partial(wire.arriving_text, server) if server.scenery else wire.arriving_guild(server)
                session.dispatch("GUILD_CREATE", told)

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self._sessions.get(str(data.get("session_id")))
        if data.get("token") != self._discord.token:
            connection.close(Close.AUTHENTICATION_FAILED)
        elif session is None:
            connection.send({"op": Op.INVALID_SESSION, "d": False})
        elif data.get("seq", 0) > session.sequence:
            connection.close(Close.INVALID_SEQUENCE)
        else:
            connection.session, session.connection = session, connection
            session.replay(data["seq"])
            session.dispatch("RESUMED", {"_trace": []})
            self._discord.bell.ring()
