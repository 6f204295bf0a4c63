"""Places that contain messages: channels, threads and DMs. The bot is sent an event for each change."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.payloads.drafts import EPHEMERAL, Draft
from sandbox.payloads.errors import NoAnswer, NotAllowed
from sandbox.payloads.permissions import IN_DIRECT_MESSAGES, NOTHING, Overwrite, Permission, in_channel, named
from sandbox.world import wire
from sandbox.world.bell import PATIENCE
from sandbox.world.messages import Message, Pinged, whom_it_pings
from sandbox.world.tags import MAX_TAGS, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sandbox.payloads.errors import Json
    from sandbox.world.people import Member, User
    from sandbox.world.servers import Role, Server
    from sandbox.world.world import World

TEXT, DM, VOICE, ANNOUNCEMENT, ANNOUNCEMENT_THREAD, PUBLIC_THREAD, FORUM, MEDIA = 0, 1, 2, 5, 10, 11, 15, 16
KINDS = {"text": TEXT, "voice": VOICE, "announcement": ANNOUNCEMENT, "forum": FORUM, "media": MEDIA}


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Place(ABC):
    """A channel, a thread or a DM."""

    discord: World
    id: int
    name: str
    kind: int
    """Discord's channel type."""
    _messages: dict[int, Message] = field(default_factory=dict)
    _news: asyncio.Queue[Message] = field(default_factory=asyncio.Queue)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    @property
    @abstractmethod
    def server(self) -> Server | None:
        """The server that the place belongs to; None for a DM."""

    @property
    def is_forum(self) -> bool:
        """Whether it is a forum or a media channel, which hold posts alone. Discord tells of them in the same way."""
        return self.kind in (FORUM, MEDIA)

    @property
    def last_message_id(self) -> int | None:
        """The id of the newest message; None if there is none."""
        return max(self._messages, default=None)

    @property
    def messages(self) -> list[Message]:
        """The messages that everyone in the place sees, oldest first."""
        return [message for message in self.history if not message.is_starter]

    @property
    def history(self) -> list[Message]:
        """The messages as REST lists them, including the starter message of a thread."""
        return [message for message in self._messages.values() if message.only_for is None and not message.loading]

    def messages_for(self, user: User) -> list[Message]:
        """The messages that this user sees, oldest first, including the ephemeral ones for this user."""
        return [message for message in self._messages.values() if message.seen_by(user) and not message.is_starter]

    async def next_message(self, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109 - the caller's own patience
        """The next message for everyone that the test has not read. Raises NoAnswer after `timeout` real seconds."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    message = await self._news.get()
                    if not message.read and not message.deleted:
                        message.read = True
                        return message
        except TimeoutError:
            raise NoAnswer(f"no new message in {self.name} within {timeout} s") from None

    def find(self, message_id: int) -> Message | None:
        """The message with this id, ephemeral or not; None if there is none."""
        return self._messages.get(message_id)

    def post(
        self,
        author: User,
        draft: Draft,
        *,
        only_for: User | None = None,
        loading: bool = False,
        message_id: int | None = None,
    ) -> Message:
        """Post a message. The caller checks permissions and limits."""
        reply_to = None if draft.reply_to is None else self.find(draft.reply_to)
        message = Message(
            id=message_id or self.discord.ids.next(),
            place=self,
            author=author,
            nonce=draft.nonce,
            reply_to=reply_to,
            only_for=only_for,
            loading=loading,
            flags=EPHEMERAL if only_for is not None else 0,
        )
        message.fill(draft)
        message.pinged = whom_it_pings(message.content, draft.allowed_mentions, self, author, reply_to)
        self._messages[message.id] = message
        self.touch()
        if not loading:
            self.announce(message)
        return message

    def touch(self) -> None:  # noqa: B027 - only threads need it
        """Record that somebody wrote here."""

    def announce(self, message: Message) -> None:
        """Wake those who wait for the next message, unless only one member sees it."""
        if message.only_for is None:
            self._news.put_nowait(message)

    def remove(self, message: Message) -> None:
        """Delete a message."""
        message.deleted = True
        self._messages.pop(message.id, None)

    def clear(self) -> None:
        """Delete all messages."""
        for message in list(self._messages.values()):
            self.remove(message)
        while not self._news.empty():
            self._news.get_nowait()

    @abstractmethod
    def permissions_of(self, user: User) -> Permission:
        """The permissions of a user here."""

    @abstractmethod
    def audience(self) -> list[User]:
        """All users who see the place."""

    @abstractmethod
    def mentionable_members(self, role_id: int, author: User) -> set[Pinged]:
        """The ids of the users whom `author` pings by mentioning a role here."""

    @abstractmethod
    def payload(self) -> Json:
        """Discord's channel object."""


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Channel(Place):
    """A channel of a server. `overwrites` maps the id of a role or member to its overwrite.

    A forum has tags; with `requires_tag`, each post needs one.
    """

    home: Server
    topic: str | None = None
    position: int = 0
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    threads: list[Thread] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    requires_tag: bool = False

    @property
    def server(self) -> Server:
        """The server that the place belongs to."""
        return self.home

    @property
    def mention(self) -> str:
        """The channel's mention, as written in a message."""
        return f"<#{self.id}>"

    def deny(self, target: User | Member | Role, *permissions: str) -> None:
        """Deny a role or member permissions, such as "send_messages", in this channel."""
        self._overwrite(target.id, self._overwrite_of(target.id).denying(named(*permissions)))

    def allow(self, target: User | Member | Role, *permissions: str) -> None:
        """Allow a role or member permissions, such as "send_messages", in this channel."""
        self._overwrite(target.id, self._overwrite_of(target.id).allowing(named(*permissions)))

    def add_tag(self, name: str, *, moderated: bool = False) -> Tag:
        """Add a tag to a forum. Raises NotAllowed at Discord's limit of 20."""
        if len(self.tags) == MAX_TAGS:
            raise NotAllowed(f"{self.name} has {MAX_TAGS} tags, the maximum")
        tag = Tag(self.discord.ids.next(), name, moderated)
        self.tags.append(tag)
        self.home.tell("CHANNEL_UPDATE", self.payload())
        return tag

    def remove_tag(self, tag: Tag) -> None:
        """Remove a tag from a forum."""
        self.tags.remove(tag)
        self.home.tell("CHANNEL_UPDATE", self.payload())

    def require_tag(self) -> None:
        """Require a tag of each new post."""
        self.requires_tag = True
        self.home.tell("CHANNEL_UPDATE", self.payload())

    def rename(self, name: str) -> None:
        """Rename the channel."""
        self.name = name
        self.home.tell("CHANNEL_UPDATE", self.payload())

    def delete(self) -> None:
        """Delete the channel and its threads."""
        for thread in list(self.threads):
            thread.delete()
        self.home.channels.remove(self)
        self.discord.forget(self)
        self.home.tell("CHANNEL_DELETE", self.payload())

    def sync_threads(self) -> None:
        """Send THREAD_LIST_SYNC, as Discord does when the bot can see the channel again."""
        threads = [thread for thread in self.threads if not thread.archived]
        data = {"guild_id": str(self.home.id), "channel_ids": [str(self.id)], **wire.threads(threads)}
        self.home.tell("THREAD_LIST_SYNC", data)

    def _overwrite_of(self, target_id: int) -> Overwrite:
        return self.overwrites.get(target_id, Overwrite())

    def _overwrite(self, target_id: int, overwrite: Overwrite) -> None:
        self.overwrites[target_id] = overwrite
        self.home.tell("CHANNEL_UPDATE", self.payload())

    def permissions_of(self, user: User) -> Permission:
        """The permissions of a user here: none for one who is not in the server."""
        member = self.home.member(user)
        if member is None:
            return NOTHING
        roles = [self.overwrites[role.id] for role in member.roles if role.id in self.overwrites]
        everyone, own = self.overwrites.get(self.home.id), self.overwrites.get(user.id)
        return in_channel(member.permissions, everyone, roles, own)

    def audience(self) -> list[User]:
        """The members who see the channel."""
        users = [member.user for member in self.home.members]
        return [user for user in users if Permission.VIEW_CHANNEL in self.permissions_of(user)]

    def mentionable_members(self, role_id: int, author: User) -> set[Pinged]:
        """The members with the role, if this author may mention it."""
        role = self.home.roles.get(role_id)
        if role is None or role is self.home.everyone:
            return set()
        if not role.mentionable and Permission.MENTION_EVERYONE not in self.permissions_of(author):
            return set()
        return {member.id for member in self.home.members if role in member.roles}

    def payload(self) -> Json:
        """Discord's channel object."""
        return wire.channel(self)


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class Thread(Place):
    """A public thread of a channel. A thread started on a message has that message's id.

    It is archived after `auto_archive_minutes` without messages, measured by the world's `time`.
    """

    parent: Channel
    owner: User
    locked: bool = False
    auto_archive_minutes: int = 1440
    started: datetime = field(init=False)
    archive_changed: datetime = field(init=False)
    """When it was last archived or reopened, or else started."""
    members: dict[int, datetime] = field(default_factory=dict)
    """When each user joined, by user id."""
    tags: tuple[Tag, ...] = ()
    _archived: bool = False
    _active: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.archive_changed = self.discord.now()
        self.members[self.owner.id] = self.started
        self.touch()

    @property
    def server(self) -> Server:
        """The server that the place belongs to."""
        return self.parent.home

    @property
    def mention(self) -> str:
        """The thread's mention, as written in a message."""
        return f"<#{self.id}>"

    @property
    def archived(self) -> bool:
        """Whether it is archived. If its time is up, it is archived now and the bot is sent THREAD_UPDATE."""
        if not self._archived and self.discord.time() >= self._active + 60 * self.auto_archive_minutes:
            self.archive(locked=self.locked)
        return self._archived

    @archived.setter
    def archived(self, archived: bool) -> None:
        if archived != self._archived:
            self.archive_changed = self.discord.now()
        self._archived = archived
        self.touch()

    def touch(self) -> None:
        """Restart the time until it is archived."""
        self._active = self.discord.time()

    def begin_on(self, message: Message) -> None:
        """Add the starter message, which has no content and refers to the message that the thread is on."""
        first = Message(id=self.discord.ids.next(), place=self, author=self.owner, reply_to=message, is_starter=True)
        self._messages[first.id] = first

    def join(self, user: User) -> None:
        """Add a user."""
        self.members[user.id] = self.discord.now()
        self._tell_members(came=[user])

    def leave(self, user: User) -> None:
        """Remove a user."""
        self.members.pop(user.id, None)
        self._tell_members(left=[user])

    def _tell_members(self, came: Sequence[User] = (), left: Sequence[User] = ()) -> None:
        data = {
            "id": str(self.id),
            "guild_id": str(self.server.id),
            "member_count": len(self.members),
            "added_members": [wire.thread_member(self, user) for user in came],
            "removed_member_ids": [str(user.id) for user in left],
        }
        self.server.tell("THREAD_MEMBERS_UPDATE", data)

    def archive(self, *, locked: bool = False) -> None:
        """Archive the thread. Only moderators can reopen a `locked` one."""
        self.archived, self.locked = True, locked
        self.server.tell("THREAD_UPDATE", self.payload())

    def reopen(self) -> None:
        """Reopen an archived thread."""
        self.archived = False
        self.server.tell("THREAD_UPDATE", self.payload())

    def delete(self) -> None:
        """Delete the thread."""
        self.parent.threads.remove(self)
        self.discord.forget(self)
        self.server.tell("THREAD_DELETE", wire.deleted_thread(self))

    def permissions_of(self, user: User) -> Permission:
        """The permissions of a user in the parent channel."""
        return self.parent.permissions_of(user)

    def audience(self) -> list[User]:
        """All users who see the parent channel."""
        return self.parent.audience()

    def mentionable_members(self, role_id: int, author: User) -> set[Pinged]:
        """The same as in the parent channel."""
        return self.parent.mentionable_members(role_id, author)

    def payload(self) -> Json:
        """Discord's channel object."""
        return wire.thread(self)


@dataclass(slots=True, eq=False, kw_only=True, repr=False)
class DirectMessages(Place):
    """The DM of a user with the bot."""

    user: User

    @property
    def server(self) -> None:
        """None: a DM belongs to no server."""

    def permissions_of(self, user: User) -> Permission:
        """The fixed permissions of the user and the bot."""
        return IN_DIRECT_MESSAGES if user in self.audience() else NOTHING

    def audience(self) -> list[User]:
        """The user and the bot."""
        return [self.user, self.discord.bot]

    def mentionable_members(self, role_id: int, author: User) -> set[Pinged]:  # noqa: ARG002 - a DM has no roles
        """Nobody: a DM has no roles."""
        return set()

    def payload(self) -> Json:
        """Discord's channel object."""
        return wire.direct_messages(self)
