"""Users and members, and what a person can do in Discord's client: type, press, choose, read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sandbox.payloads.drafts import Draft
from sandbox.payloads.errors import NotAllowed
from sandbox.payloads.permissions import EVERYTHING, NOTHING, Permission
from sandbox.world import wire
from sandbox.world.bell import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.world.client import Client
    from sandbox.world.interactions import Choice, Reply
    from sandbox.world.messages import Message
    from sandbox.world.places import DirectMessages, Place
    from sandbox.world.servers import Role, Server
    from sandbox.world.world import World

OptionValue = object
"""The value of a command option: str, int, float, bool, or a channel, role, user, member or file."""


class Actor(ABC):
    """Someone who uses Discord's client: a user, or a user as a member of a server.

    `in_` is the place where an action happens. By default, a member acts in the first channel that it sees, and a user
    in the DM with the bot.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def _self(self) -> User:
        """The user who acts."""

    @property
    def _client(self) -> Client:
        return self._self.discord.client

    @abstractmethod
    def _where(self, in_: Place | None) -> Place:
        """The place of an action: `in_` or the default."""

    async def type(self, command: str, /, *, in_: Place | None = None, **options: OptionValue) -> Reply:
        """Use a slash command, such as "/digest add", and wait for the response.

        The names of the command and its options may be in the person's language. Raises NotAllowed if Discord's client
        would not offer the command or accept an option, and NoAnswer if the bot does not respond.
        """
        return await self._client.use_command(self._self, self._where(in_), command, options)

    async def complete(self, command: str, /, *, in_: Place | None = None, **options: OptionValue) -> list[Choice]:
        """The choices that the bot offers while the last of the options is being typed."""
        return await self._client.complete(self._self, self._where(in_), command, options)

    async def press(self, message: Message | Reply, button: str) -> Reply:
        """Press the button with this label, emoji or custom_id and wait for the response.

        The kind of the reply is "update" if the message was changed, "message" if a new one was sent, "modal", or
        "acknowledged" if nothing else happened.
        """
        return await self._client.press(self._self, message, button)

    async def choose(
        self, message: Message | Reply, values: str | Iterable[OptionValue], *, menu: str | None = None
    ) -> Reply:
        """Choose from a select menu, by labels or values, and wait for the response.

        `menu` is the custom_id or placeholder, needed only if the message has more than one menu.
        """
        chosen = [values] if isinstance(values, str) else list(values)
        return await self._client.choose(self._self, message, chosen, menu)

    async def use_menu(self, name: str, message: Message | Reply) -> Reply:
        """Use an entry of a message's Apps menu and wait for the response. The name may be in the person's language."""
        return await self._client.use_menu(self._self, name, message)

    async def submit(self, reply: Reply, **values: str) -> Reply:
        """Fill in the modal of a reply, by labels or custom_ids, submit it and wait for the response."""
        return await self._client.submit(self._self, reply, values)

    def say(self, content: str, *, in_: Place | None = None) -> Message:
        """Post a message. The bot does not see its content, since it lacks the privileged intent."""
        place = self._where(in_)
        if place.is_forum:
            raise NotAllowed(f"{place.name} is a forum: messages are written in its posts")
        if Permission.SEND_MESSAGES not in place.permissions_of(self._self):
            raise NotAllowed(f"{self._self.name} may not write in {place.name}")
        return place.post(self._self, Draft(content=content))

    def sees(self, place: Place) -> list[Message]:
        """The messages that this person sees in a place, oldest first, including ephemeral ones."""
        if Permission.VIEW_CHANNEL not in place.permissions_of(self._self):
            return []
        return place.messages_for(self._self)

    @property
    def dm(self) -> DirectMessages:
        """The DM with the bot, created on first use."""
        return self._self.discord.dm_with(self._self)

    @property
    def dms(self) -> list[Message]:
        """The messages in the DM with the bot, oldest first."""
        return self.dm.messages

    async def next_dm(self, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109 - the caller's own patience
        """The next unread message in the DM. Raises NoAnswer after `timeout` seconds of real time."""
        return await self.dm.next_message(timeout)

    def add_app(self) -> None:
        """Add the bot to the account: its commands for users are offered everywhere."""
        self._self.has_app = True

    def remove_app(self) -> None:
        """Remove the bot from the account."""
        self._self.has_app = False

    def close_dms(self) -> None:
        """Refuse DMs from bots. The bot's DMs fail with code 50007."""
        self._self.dms_closed = True

    def open_dms(self) -> None:
        """Accept DMs again."""
        self._self.dms_closed = False


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class User(Actor):
    """An account. `locale` is the language of the client."""

    discord: World
    id: int
    name: str
    locale: str = "en-US"
    bot: bool = False
    dms_closed: bool = False
    has_app: bool = False
    """Whether the bot was added to the account."""

    def __repr__(self) -> str:
        return f"<User {self.name}>"

    @property
    def mention(self) -> str:
        """The user's mention, as written in a message."""
        return f"<@{self.id}>"

    @property
    def _self(self) -> User:
        return self

    def _where(self, in_: Place | None) -> Place:
        return self.dm if in_ is None else in_


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Member(Actor):
    """A user as a member of a server."""

    server: Server
    user: User
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None
    joined: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __repr__(self) -> str:
        return f"<Member {self.name} of {self.server.name}>"

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def name(self) -> str:
        """The user's name."""
        return self.user.name

    @property
    def locale(self) -> str:
        """The language of the user's client."""
        return self.user.locale

    @property
    def mention(self) -> str:
        """The member's mention, as written in a message."""
        return self.user.mention

    @property
    def permissions(self) -> Permission:
        """The member's permissions in the server, before any channel's overwrites."""
        if self.server.owner_id == self.id:
            return EVERYTHING
        permissions = self.server.everyone.permissions
        for role in self.roles:
            permissions |= role.permissions
        return EVERYTHING if Permission.ADMINISTRATOR in permissions else permissions

    def give(self, role: Role) -> None:
        """Give the member a role."""
        self.roles.append(role)
        self._tell_bot()

    def take(self, role: Role) -> None:
        """Take a role from the member."""
        self.roles.remove(role)
        self._tell_bot()

    def _tell_bot(self) -> None:
        if self.user.bot:
            data = wire.member(self) | {"guild_id": str(self.server.id)}
            self.server.tell("GUILD_MEMBER_UPDATE", data)

    @property
    def _self(self) -> User:
        return self.user

    def _where(self, in_: Place | None) -> Place:
        if in_ is not None:
            return in_
        for channel in self.server.channels:
            if channel.permissions_of(self.user) != NOTHING:
                return channel
        raise NotAllowed(f"{self.name} sees no channel in {self.server.name}")
