"""The sandbox as a test holds it: a whole Discord of servers and people, and a port that a bot can connect to."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Protocol, Self
from urllib.parse import quote

from sandbox.api.faults import Fault, Faults
from sandbox.api.gateway import Gateway, Op
from sandbox.api.rates import Rates
from sandbox.api.server import API
from sandbox.api.server import Server as HttpServer
from sandbox.payloads.errors import NoAnswer, SandboxError
from sandbox.payloads.snowflake import Snowflakes
from sandbox.world.bell import PATIENCE, Bell
from sandbox.world.client import Client
from sandbox.world.commands import CommandBook
from sandbox.world.interactions import Interactions
from sandbox.world.messages import Attachment, Nonces
from sandbox.world.people import User
from sandbox.world.places import DM, DirectMessages, Place
from sandbox.world.servers import Server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from types import TracebackType

    from sandbox.api.routing import Request
    from sandbox.payloads.errors import Json


class Watcher(Protocol):
    """Is told of all that passes between the bot and Discord."""

    def on_request(self, request: Request) -> None:
        """A request of the bot was answered."""
        ...

    def on_event(self, event: str, data: Json) -> None:
        """An event was sent to the bot."""
        ...


class Sandbox:
    """A Discord on loopback. Use it as `async with Sandbox() as discord:`.

    `time` tells seconds for the ages of interactions and nonces; a test may hand in a clock that it moves.
    `patience` is how many seconds of real time a person waits for an answer. `shards` is what Discord recommends.
    `nonce_window` is for how many seconds a nonce is remembered: Discord's "past few minutes". `global_rate` is
    how many requests a second pass, Discord's 50, and `route_limits` how many of a route in so many seconds of one
    channel, Discord's ROUTE_LIMITS; without them none is refused for being too many. `wall` is Discord's own clock, in
    Unix seconds: ids are made by it. `seed` is for the faults that come by chance.
    """

    def __init__(
        self,
        *,
        time: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
        shards: int = 1,
        nonce_window: float = 300.0,
        global_rate: int | None = None,
        route_limits: Mapping[str, tuple[int, float]] | None = None,
        wall: Callable[[], float] = time.time,
        seed: int = 0,
    ) -> None:
        self.time = time
        self.bell = Bell()
        self.patience = patience
        self.shards = shards
        self.token = "sandbox.token.for-the-bot"  # noqa: S105 - it opens nothing but this sandbox
        self._wall = wall
        self.ids = Snowflakes(wall)
        self.users: dict[int, User] = {}
        self.servers: dict[int, Server] = {}
        self.places: dict[int, Place] = {}
        self.files: dict[int, Attachment] = {}
        self.requests: list[Request] = []
        self.watchers: list[Watcher] = []
        self.broken: Exception | None = None
        """A failure of the sandbox itself, raised on leaving it."""
        self.faults = Faults(Random(seed))  # noqa: S311 - chance, not a secret
        self.interactions = Interactions()
        self.nonces = Nonces(time, nonce_window)
        self.developer = self.add_user("developer")
        self.bot = self.add_user("Paperboy", bot=True)
        self.commands = CommandBook(self.ids, self.bot.id)
        self.client = Client(self)
        self.gateway = Gateway(self)
        self._http = HttpServer(self, Rates(global_rate, route_limits or {}))
        self._dms: dict[int, DirectMessages] = {}

    async def __aenter__(self) -> Self:
        await self._http.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.stop()
        if self.broken is not None:
            raise SandboxError("the sandbox itself failed") from self.broken

    @property
    def url(self) -> str:
        """The base of the REST API, for `discord.http.Route.BASE`."""
        return f"http://127.0.0.1:{self._http.port}{API}"

    @property
    def gateway_url(self) -> str:
        """The gateway, for `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY`."""
        return f"ws://127.0.0.1:{self._http.port}/gateway"

    @property
    def connected(self) -> bool:
        """Whether any shard of the bot is connected."""
        return bool(self.gateway.shards)

    def now(self) -> datetime:
        """Discord's own time, by the `wall`."""
        return datetime.fromtimestamp(self._wall(), UTC)

    async def until(self, holds: Callable[[], bool | Awaitable[bool]], patience: float = PATIENCE) -> None:
        """Wait until something holds; it is looked at whenever the bot asks, is answered, connects or goes.

        NoAnswer after `patience` seconds of real time.
        """
        try:
            await self.bell.until(holds, patience)
        except TimeoutError:
            raise NoAnswer(f"what was waited for did not come within {patience} s") from None

    async def until_connected(self, shards: int = 1, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109 - as next_message
        """Wait until so many shards are connected; NoAnswer after `timeout` seconds of real time."""
        try:
            await self.bell.until(lambda: len(self.gateway.shards) >= shards, timeout)
        except TimeoutError:
            raise NoAnswer(f"the bot did not connect {shards} shards within {timeout} s") from None

    def add_user(self, name: str, *, locale: str = "en-US", bot: bool = False) -> User:
        """A new account that is in no server yet."""
        user = User(discord=self, id=self.ids.next(), name=name, locale=locale, bot=bot)
        self.users[user.id] = user
        return user

    def add_server(
        self, name: str, *, locale: str = "en-US", with_bot: bool = True, server_id: int | None = None
    ) -> Server:
        """A new server with an owner, and with the bot, which is told by GUILD_CREATE.

        Without an id of one's choice, the n-th server, counted from 0, is on shard n modulo the number of shards.
        """
        server = Server(discord=self, id=server_id or self.ids.next_server(), name=name, locale=locale)
        self.servers[server.id] = server
        owner = server.add_member(f"owner of {name}", locale=locale)
        server.owner_id = owner.id
        if with_bot:
            server.invite_bot()
        return server

    def upload(self, filename: str, content: bytes, *, told_size: int | None = None) -> Attachment:
        """A file to hand in with a command; `told_size` lets Discord tell another size than the content's."""
        return self.keep_file(Attachment(self.ids.next(), filename, "application/octet-stream", content, told_size))

    def keep_file(self, file: Attachment) -> Attachment:
        """Serve a file from now on."""
        self.files[file.id] = file
        return file

    def file_url(self, file: Attachment) -> str:
        """Where a file is served."""
        return f"http://127.0.0.1:{self._http.port}/attachments/{file.id}/{quote(file.filename)}"

    def dm_with(self, user: User) -> DirectMessages:
        """The DM of a user with the bot."""
        if user.id not in self._dms:
            dm = DirectMessages(discord=self, id=self.ids.next(), name=f"DM with {user.name}", kind=DM, user=user)
            self._dms[user.id] = self.places[dm.id] = dm
        return self._dms[user.id]

    def shares_server(self, user: User) -> bool:
        """Whether a user is in a server with the bot: without one there is nothing to write them."""
        return any(server.bot and server.member(user) for server in self.servers.values())

    def forget(self, place: Place) -> None:
        """Let a deleted channel or thread be unknown."""
        self.places.pop(place.id, None)
        place.clear()

    def forget_past(self) -> None:
        """Drop what was posted, asked and answered so far, as if it lay far back: a long run keeps its memory.

        A session can be resumed after that, but not from before it.
        """
        for place in self.places.values():
            place.clear()
        self.requests.clear()
        self.interactions.clear()
        self.nonces.clear()
        self.files.clear()
        self.gateway.forget_past()

    def disconnect(self, *, resume: bool = True) -> None:
        """Close the bot's gateway connections; without `resume` its sessions are over and it has to identify."""
        self.gateway.disconnect(resume=resume)

    def request_heartbeat(self) -> None:
        """Ask the bot for a heartbeat at once (op 1)."""
        self.gateway.request(Op.HEARTBEAT)

    def request_reconnect(self) -> None:
        """Ask the bot to connect anew and resume (op 7)."""
        self.gateway.request(Op.RECONNECT)

    def invalidate(self, *, resume: bool) -> None:
        """Tell the bot that its sessions are invalid (op 9): over, or with `resume` to be resumed."""
        self.gateway.request(Op.INVALID_SESSION, resume)
        if not resume:
            self.gateway.end_sessions()

    def close_gateway(self) -> None:
        """Close the bot's gateway connections and take no new ones; REST goes on."""
        self.gateway.is_open = False
        self.gateway.disconnect(resume=True)

    def open_gateway(self) -> None:
        """Take connections again."""
        self.gateway.is_open = True

    async def close_port(self) -> None:
        """Refuse connections, of REST and of the gateway; those that are open stay."""
        await self._http.close_port()

    async def open_port(self) -> None:
        """Take connections again, on the same port."""
        await self._http.open_port()

    def fail(  # noqa: PLR0913 - each a way to fail, named where it is used
        self,
        *,
        method: str = "*",
        path: str = "*",
        status: int | None = None,
        times: int = 1,
        chance: float = 1.0,
        delay: float = 0.0,
        disconnect: bool = False,
        after: bool = False,
        retry_after: float = 0.01,
        is_global: bool = False,
        code: int = 0,
        message: str = "",
        page: str | None = None,
    ) -> Fault:
        """Fail the next requests of a method and of paths like "/channels/*/messages".

        `status` is answered, with Discord's `code` and `message`, and `retry_after` seconds where it is 429; for a code
        of payloads/codes.py, status and message are Discord's unless they are given. A `page` of HTML is answered in
        their place, as Cloudflare does. `disconnect` cuts the connection; with neither, the request is only late by
        `delay` seconds of real time. `after` lets the request do its work first: stored, then failed or late. Of the
        requests that match, `chance` is the share that fail, by the sandbox's seed. The fault counts what it has
        `seen`.
        """
        fault = Fault(
            method=method,
            path=path,
            status=status,
            code=code,
            message=message,
            times=times,
            chance=chance,
            delay=delay,
            disconnect=disconnect,
            after=after,
            retry_after=retry_after,
            is_global=is_global,
            page=page,
        )
        return self.faults.add(fault)
