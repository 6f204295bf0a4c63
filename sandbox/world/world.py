"""The world: all servers, people, channels and messages of the sandbox's Discord."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from sandbox.payloads.drafts import Attachment
from sandbox.payloads.errors import NoAnswer
from sandbox.payloads.snowflake import Snowflakes
from sandbox.world.bell import PATIENCE, Bell
from sandbox.world.chats import GROUP, Chat
from sandbox.world.client import Client
from sandbox.world.commands import CommandBook
from sandbox.world.interactions import Interactions
from sandbox.world.messages import Nonces
from sandbox.world.people import Member, User
from sandbox.world.places import DM, DirectMessages, Place
from sandbox.world.publishing import Publishing
from sandbox.world.servers import LONG_AGO, Server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sandbox.world.traffic import Dispatcher, Request, Watcher

_TWO = 2


class World:
    """A Discord without its API: what exists in it, and who may do what.

    `dispatcher` sends the events to the bot. `time` returns seconds and measures the age of interactions, nonces and
    threads; a test may pass a clock that it moves. `wall` is Discord's own clock in Unix seconds; ids are made from it.
    `patience` is how many seconds of real time a person waits for an answer. `nonce_window` is how many seconds a nonce
    is remembered.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        *,
        time: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        patience: float = PATIENCE,
        nonce_window: float = 300.0,
    ) -> None:
        self.dispatcher = dispatcher
        self.time = time
        self.bell = Bell()
        self.patience = patience
        self.token = "sandbox.token.for-the-bot"  # noqa: S105 - it is valid in this sandbox only
        self.address = ""
        """Host and port at which the world's API is served; set by the server when it starts."""
        self._wall = wall
        self.ids = Snowflakes(wall)
        self.users: dict[int, User] = {}
        self.servers: dict[int, Server] = {}
        self.places: dict[int, Place] = {}
        self.files: dict[int, Attachment] = {}
        self.requests: list[Request] = []
        self.watchers: list[Watcher] = []
        self.interactions = Interactions()
        self.nonces = Nonces(time, nonce_window)
        self.publishing = Publishing(time)
        self.developer = self.add_user("developer")
        self.bot = self.add_user("Paperboy", bot=True)
        self.commands = CommandBook(self.ids, self.bot.id)
        self.client = Client(self)
        self._dms: dict[int, DirectMessages] = {}

    def now(self) -> datetime:
        """The time on the `wall` clock, in UTC."""
        return datetime.fromtimestamp(self._wall(), UTC)

    async def until(self, holds: Callable[[], bool | Awaitable[bool]], patience: float = PATIENCE) -> None:
        """Wait until `holds()` is true. It is checked whenever the bot sends a request, is answered or (dis)connects.

        Raises NoAnswer after `patience` seconds of real time.
        """
        try:
            await self.bell.until(holds, patience)
        except TimeoutError:
            raise NoAnswer(f"what was waited for did not come within {patience} s") from None

    def add_user(self, name: str, *, locale: str = "en-US", bot: bool = False) -> User:
        """Create an account that is in no server yet."""
        user = User(discord=self, id=self.ids.next(), name=name, locale=locale, bot=bot)
        self.users[user.id] = user
        return user

    def add_server(
        self, name: str, *, locale: str = "en-US", with_bot: bool = True, server_id: int | None = None
    ) -> Server:
        """Create a server with an owner and, by default, with the bot, which is sent GUILD_CREATE.

        The bot has been there for years; `Server.invite_bot` makes it join now.
        Unless `server_id` is given, the n-th server, counted from 0, is on shard n modulo the number of shards.
        """
        server = Server(discord=self, id=server_id or self.ids.next_server(), name=name, locale=locale)
        self.servers[server.id] = server
        owner = server.add_member(f"owner of {name}", locale=locale)
        server.owner_id = owner.id
        if with_bot:
            server.invite_bot(at=LONG_AGO)
        return server

    def upload(self, filename: str, content: bytes, *, told_size: int | None = None) -> Attachment:
        """Create a file to attach to a command. With `told_size`, Discord reports that size instead of the real one."""
        return self.keep_file(Attachment(self.ids.next(), filename, "application/octet-stream", content, told_size))

    def keep_file(self, file: Attachment) -> Attachment:
        """Serve a file from now on."""
        self.files[file.id] = file
        return file

    def file_url(self, file: Attachment) -> str:
        """The URL at which a file is served."""
        return f"http://{self.address}/attachments/{file.id}/{quote(file.filename)}"

    def dm_with(self, user: User) -> DirectMessages:
        """The DM of a user with the bot, created on first use."""
        if user.id not in self._dms:
            dm = DirectMessages(discord=self, id=self.ids.next(), name=f"DM with {user.name}", kind=DM, user=user)
            self._dms[user.id] = self.places[dm.id] = dm
        return self._dms[user.id]

    def add_chat(self, *people: User | Member, name: str = "") -> Chat:
        """Create a chat of people without the bot: of two a DM, of more a group chat."""
        users = [person.user if isinstance(person, Member) else person for person in people]
        title, kind = name or ", ".join(user.name for user in users), DM if len(users) == _TWO else GROUP
        chat = Chat(discord=self, id=self.ids.next(), name=title, kind=kind, people=users)
        self.places[chat.id] = chat
        return chat

    def shares_server(self, user: User) -> bool:
        """Whether a user is in a server with the bot. The bot cannot send DMs to anyone else."""
        return any(server.bot and server.member(user) for server in self.servers.values())

    def forget(self, place: Place) -> None:
        """Remove a deleted channel or thread."""
        self.places.pop(place.id, None)
        place.clear()

    def forget_past(self) -> None:
        """Drop all messages, requests, interactions and files so far, so that a long run does not use up memory."""
        for place in self.places.values():
            place.clear()
        self.requests.clear()
        self.interactions.clear()
        self.nonces.clear()
        self.files.clear()
