"""Servers with their roles, channels and members. The bot is sent an event for each change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sandbox.payloads.permissions import BOT_DEFAULTS, EVERYONE_DEFAULTS, NOTHING, Permission, named
from sandbox.world import wire
from sandbox.world.command_rights import CommandRights
from sandbox.world.people import Member, User
from sandbox.world.places import ANNOUNCEMENT, ANNOUNCEMENT_THREAD, KINDS, PUBLIC_THREAD, Channel, Thread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.payloads.drafts import Draft
    from sandbox.payloads.errors import Json
    from sandbox.world.messages import Message
    from sandbox.world.tags import Tag
    from sandbox.world.world import World

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Role:
    """A role of a server. The role with the server's id is @everyone."""

    server: Server
    id: int
    name: str
    permissions: Permission = NOTHING
    mentionable: bool = False
    color: int = 0
    managed: bool = False

    def __repr__(self) -> str:
        return f"<Role {self.name}>"

    @property
    def mention(self) -> str:
        """The role's mention, as written in a message."""
        return f"<@&{self.id}>"

    def allow(self, *permissions: str) -> None:
        """Grant the role permissions, such as "send_messages", in the whole server."""
        self._set(self.permissions | named(*permissions))

    def deny(self, *permissions: str) -> None:
        """Revoke permissions of the role, such as "send_messages", in the whole server."""
        self._set(self.permissions & ~named(*permissions))

    def delete(self) -> None:
        """Delete the role: nobody has it any more."""
        del self.server.roles[self.id]
        for member in self.server.members:
            member.roles = [role for role in member.roles if role is not self]
        self.server.tell("GUILD_ROLE_DELETE", {"guild_id": str(self.server.id), "role_id": str(self.id)})

    def _set(self, permissions: Permission) -> None:
        self.permissions = permissions
        role = wire.role(self)
        self.server.tell("GUILD_ROLE_UPDATE", {"guild_id": str(self.server.id), "role": role})


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Server:
    """A server, called a guild in Discord's API. `locale` is its preferred locale."""

    discord: World
    id: int
    name: str
    locale: str
    roles: dict[int, Role] = field(default_factory=dict)
    channels: list[Channel] = field(default_factory=list)
    system_channel: Channel | None = None
    owner_id: int = 0
    available: bool = True
    """False during an outage."""
    added_by: User | None = None
    """Who invited the bot last; None if that account is gone."""
    command_rights: CommandRights = field(default_factory=CommandRights)
    """Who may use the bot's commands, as set on the server's Integrations page."""
    scenery: Mapping[str, str] = field(default_factory=dict)
    """Further channels, roles and so on that the bot is told of when it connects: what their lists have, as JSON."""
    _members: dict[int, Member] = field(default_factory=dict)

    def __post_init__(self) -> None:
        everyone = Role(server=self, id=self.id, name="@everyone", permissions=EVERYONE_DEFAULTS)
        self.roles[self.id] = everyone

    def __repr__(self) -> str:
        return f"<Server {self.name}>"

    @property
    def everyone(self) -> Role:
        """The @everyone role."""
        return self.roles[self.id]

    @property
    def members(self) -> list[Member]:
        """All members, including the bot if it is in the server."""
        return list(self._members.values())

    @property
    def owner(self) -> Member:
        """The member who owns the server and has all permissions."""
        return self._members[self.owner_id]

    @property
    def bot(self) -> Member | None:
        """The bot as a member; None if it is not in the server."""
        return self.member(self.discord.bot)

    @property
    def threads(self) -> list[Thread]:
        """All threads that are not archived."""
        return [thread for channel in self.channels for thread in channel.threads if not thread.archived]

    def member(self, user: User) -> Member | None:
        """A user as a member; None if the user is not in the server."""
        return self._members.get(user.id)

    def add_channel(
        self, name: str, *, kind: str = "text", topic: str | None = None, channel_id: int | None = None
    ) -> Channel:
        """Create a channel of a kind in KINDS. The first text channel is the system channel."""
        channel = Channel(
            discord=self.discord,
            id=channel_id or self.discord.ids.next(),
            name=name,
            kind=KINDS[kind],
            home=self,
            topic=topic,
            position=len(self.channels),
        )
        self.channels.append(channel)
        self.discord.places[channel.id] = channel
        if self.system_channel is None and kind == "text":
            self.system_channel = channel
        self.tell("CHANNEL_CREATE", channel.payload())
        return channel

    def add_role(self, name: str, *, mentionable: bool = False, color: int = 0, **permissions: bool) -> Role:
        """Create a role with permissions such as `manage_server=True`. `color` is 0xRRGGBB, or 0 for none."""
        granted = named(*(name for name, given in permissions.items() if given))
        role_id = self.discord.ids.next()
        role = Role(server=self, id=role_id, name=name, permissions=granted, mentionable=mentionable, color=color)
        self.roles[role.id] = role
        self.tell("GUILD_ROLE_CREATE", {"guild_id": str(self.id), "role": wire.role(role)})
        return role

    def add_member(self, name: str, *, locale: str = "en-US", **permissions: bool) -> Member:
        """Create a user who is a member, with permissions such as `manage_server=True`."""
        return self.join(self.discord.add_user(name, locale=locale), **permissions)

    def join(self, user: User, **permissions: bool) -> Member:
        """Make a user a member. Permissions are granted by a role made for this member."""
        member = Member(server=self, user=user, joined=self.discord.now())
        self._members[user.id] = member
        if any(permissions.values()):
            member.roles.append(self.add_role(f"{user.name}'s", **permissions))
        return member

    def kick(self, member: Member) -> None:
        """Remove a member."""
        self._members.pop(member.id)

    def kick_bot(self) -> None:
        """Remove the bot, which is sent GUILD_DELETE."""
        self.tell("GUILD_DELETE", {"id": str(self.id)})
        self._members.pop(self.discord.bot.id)
        self.roles = {key: role for key, role in self.roles.items() if not role.managed}

    def go_down(self) -> None:
        """Begin an outage: the bot is sent GUILD_DELETE, and nothing else until it ends."""
        self.tell("GUILD_DELETE", {"id": str(self.id), "unavailable": True})
        self.available = False

    def come_back(self) -> None:
        """End an outage: the bot is sent GUILD_CREATE."""
        self.available = True
        self.tell("GUILD_CREATE", wire.arriving_guild(self))

    def let(self, who: Role | Member, command: str, *, allowed: bool | None = True) -> None:
        """Set on the Integrations page whether a role or member may use a command; "" is the whole bot.

        None removes the entry. The bot is sent APPLICATION_COMMAND_PERMISSIONS_UPDATE.
        """
        command_id = self.discord.commands.id_of(command) if command else self.discord.bot.id
        entries = self.command_rights.set(command_id, who.id, allowed=allowed, is_role=isinstance(who, Role))
        self.tell("APPLICATION_COMMAND_PERMISSIONS_UPDATE", wire.command_permissions(self, command_id, entries))

    def invite_bot(
        self, permissions: Permission = BOT_DEFAULTS, *, by: Member | None = None, at: datetime | None = None
    ) -> Member:
        """Add the bot with these permissions, by default as the owner, now. It is sent GUILD_CREATE."""
        role = Role(
            server=self,
            id=self.discord.ids.next(),
            name=self.discord.bot.name,
            permissions=permissions,
            managed=True,
        )
        self.roles[role.id] = role
        bot = Member(server=self, user=self.discord.bot, roles=[role], joined=at or self.discord.now())
        self.added_by = (by or self.owner).user
        self._members[bot.id] = bot
        self.tell("GUILD_CREATE", wire.whole_guild(self))
        return bot

    @property
    def bot_role(self) -> Role:
        """The bot's own role, with the permissions of its invitation."""
        return next(role for role in self.roles.values() if role.managed)

    def start_thread(self, channel: Channel, owner: User, name: str, minutes: int, on: Message | None) -> Thread:
        """Create a public thread in a channel, `on` a message or on its own. `minutes` is until it is archived."""
        thread = Thread(
            discord=self.discord,
            id=self.discord.ids.next() if on is None else on.id,
            name=name,
            kind=ANNOUNCEMENT_THREAD if channel.kind == ANNOUNCEMENT else PUBLIC_THREAD,
            parent=channel,
            owner=owner,
            auto_archive_minutes=minutes,
        )
        if on is not None:
            on.thread = thread
            thread.begin_on(on)
        channel.threads.append(thread)
        self.discord.places[thread.id] = thread
        self.tell("THREAD_CREATE", thread.payload() | {"newly_created": True})
        return thread

    def start_post(
        self, forum: Channel, owner: User, name: str, minutes: int, draft: Draft, tags: tuple[Tag, ...]
    ) -> Thread:
        """Create a post in a forum: a thread that begins with a message of the same id."""
        post = Thread(
            discord=self.discord,
            id=self.discord.ids.next(),
            name=name,
            kind=PUBLIC_THREAD,
            parent=forum,
            owner=owner,
            auto_archive_minutes=minutes,
            tags=tags,
        )
        forum.threads.append(post)
        self.discord.places[post.id] = post
        post.post(owner, draft, message_id=post.id)
        self.tell("THREAD_CREATE", post.payload() | {"newly_created": True})
        return post

    def tell(self, event: str, data: Json) -> None:
        """Send an event of this server to the bot, if it is a member and there is no outage."""
        if self.bot is not None and self.available:
            self.discord.dispatcher.dispatch(event, data, server_id=self.id)
