"""What one person sees, as one JSON object: people, servers with channels, the open place and the controls."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard

from sandbox.payloads.permissions import Permission
from sandbox.payloads.snowflake import moment_of
from sandbox.window.offers import menus_for
from sandbox.world.places import ANNOUNCEMENT, FORUM, MEDIA, VOICE, Channel, DirectMessages, Thread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.payloads.drafts import Attachment
    from sandbox.payloads.errors import Json
    from sandbox.sandbox import Sandbox
    from sandbox.window.controls import Controls
    from sandbox.world.messages import Message
    from sandbox.world.people import User
    from sandbox.world.places import Place
    from sandbox.world.servers import Server

SHOWN = 50
"""How many of the newest messages of a place, or posts of a forum, are shown."""

_KINDS = {ANNOUNCEMENT: "announcement", VOICE: "voice", FORUM: "forum", MEDIA: "media"}
_EXCERPT_LINES, _EXCERPT = 3, 300  # lines and characters of a post in the list of its forum


@dataclass(slots=True)
class Seat:
    """The person whom a visitor plays, the open place, and the thread in the side panel."""

    person: User
    place: Place
    thread: Thread | None = None
    dismissed: set[int] = field(default_factory=set)
    """Ids of ephemeral messages that this visitor has dismissed."""


@dataclass(slots=True)
class Reading:
    """How far each person has read each place: the id of the last message or post seen, by person and place."""

    _last: dict[tuple[int, int], int] = field(default_factory=dict)

    def note(self, person: User, place: Place) -> None:
        """Mark all messages of a place as read, or all posts of a forum as seen."""
        things = place.threads if _is_forum(place) else place.messages_for(person)
        if (newest := max((thing.id for thing in things), default=0)) > 0:
            self._last[person.id, place.id] = newest

    def unread(self, person: User, place: Place) -> tuple[int, int]:
        """The number of unread messages, and how many of them ping the person. In a DM, all do.

        Of a forum: the number of posts not seen yet, and the pings in all its posts.
        """
        last = self._last.get((person.id, place.id), 0)
        if _is_forum(place):
            pings = sum(self.unread(person, post)[1] for post in place.threads)
            return sum(post.id > last and post.owner is not person for post in place.threads), pings
        new = [message for message in place.messages_for(person) if message.id > last and message.author is not person]
        return len(new), sum(isinstance(place, DirectMessages) or _pings(message, person) for message in new)


def view_of(discord: Sandbox, seat: Seat, reading: Reading, controls: Controls) -> Json:
    """The whole view. The open places are marked as read."""
    for place in filter(None, (seat.place, seat.thread)):
        reading.note(seat.person, place)
    return {
        "me": _person(seat.person) | {"app": seat.person.has_app},
        "people": [_person(user) for user in people(discord)],
        "now": controls.now().replace(second=0, microsecond=0).isoformat(),
        "zone": controls.zone,
        "busy": controls.busy,
        "bot": {"id": str(discord.bot.id), "name": discord.bot.name, "connected": discord.connected},
        "servers": [_server(server, seat.person, reading) for server in _servers(discord, seat.person)],
        "dm": _listed(discord.dm_with(seat.person), seat.person, reading),
        "open": _place(seat.place, seat, reading),
        "thread": None if seat.thread is None else _place(seat.thread, seat, reading),
        "controls": [
            {"name": control.name, "group": control.group, "on": control.on} for control in controls.offered()
        ],
        "names": names_of(discord),
    }


def people(discord: Sandbox) -> Iterator[User]:
    """The people whom a visitor can play: all but the bot, its developer and the owners of servers."""
    owners = {server.owner_id for server in discord.servers.values()}
    for user in discord.users.values():
        if not user.bot and user is not discord.developer and user.id not in owners:
            yield user


def _person(user: User) -> Json:
    return {"id": str(user.id), "name": user.name, "locale": user.locale}


def _servers(discord: Sandbox, person: User) -> Iterator[Server]:
    return (server for server in discord.servers.values() if server.member(person))


def _server(server: Server, person: User, reading: Reading) -> Json:
    seen = [channel for channel in server.channels if Permission.VIEW_CHANNEL in channel.permissions_of(person)]
    member = server.member(person)
    return {
        "id": str(server.id),
        "name": server.name,
        "bot": server.bot is not None,
        "manages": member is not None and Permission.MANAGE_GUILD in member.permissions,
        "channels": [
            _listed(channel, person, reading)
            | {"threads": [_listed(thread, person, reading) for thread in _threads_beside(channel)]}
            for channel in seen
        ],
    }


def _listed(place: Place, person: User, reading: Reading) -> Json:
    unread, pings = reading.unread(person, place)
    kind = "dm" if isinstance(place, DirectMessages) else "thread" if isinstance(place, Thread) else None
    return {
        "id": str(place.id),
        "name": place.name,
        "kind": kind or _KINDS.get(place.kind, "text"),
        "unread": unread,
        "pings": pings,
    }


def _threads_beside(channel: Channel) -> list[Thread]:
    """The threads listed below a channel. The posts of a forum are in the forum itself."""
    return [] if _is_forum(channel) else [thread for thread in channel.threads if not thread.archived]


def _place(place: Place, seat: Seat, reading: Reading) -> Json:
    sees = Permission.VIEW_CHANNEL in place.permissions_of(seat.person)
    messages = place.messages_for(seat.person)[-SHOWN:] if sees else []
    kind = "dm" if isinstance(place, DirectMessages) else "thread" if isinstance(place, Thread) else "channel"
    shown = {
        "id": str(place.id),
        "name": place.name,
        "kind": "forum" if _is_forum(place) else kind,
        "topic": place.topic or "" if isinstance(place, Channel) else "",
        "tags": [tag.name for tag in place.tags] if isinstance(place, Thread) else [],
        "gone": place.id not in place.discord.places or not sees,
        "archived": isinstance(place, Thread) and place.archived,
        "locked": isinstance(place, Thread) and place.locked,
        "writes": writes(seat.person, place),
        "menus": menus_for(place.discord, seat.person, place) if sees else [],
        "messages": [message_of(message, seat) for message in messages if message.id not in seat.dismissed],
    }
    if not _is_forum(place):
        return shown
    posts = sorted(place.threads if sees else [], key=lambda post: post.last_message_id or post.id, reverse=True)
    return shown | {
        "tags": [tag.name for tag in place.tags],
        "requires_tag": place.requires_tag,
        "posts": [_post(post, seat, reading) for post in posts[:SHOWN]],
    }


def _post(post: Thread, seat: Seat, reading: Reading) -> Json:
    """A post in the list of its forum. `count` is the number of messages below the first."""
    first = post.find(post.id)
    embeds = [] if first is None else _embeds(first)
    unread, pings = reading.unread(seat.person, post)
    return {
        "id": str(post.id),
        "name": post.name,
        "tags": [tag.name for tag in post.tags],
        "author": _author(post.owner),
        "text": ""
        if first is None
        else _excerpt(first.content or (embeds[0].get("description", "") if embeds else "")),
        "picture": next((embed[key] for embed in embeds for key in ("image", "thumbnail") if embed.get(key)), None),
        "at": moment_of(post.last_message_id or post.id).isoformat(),
        "count": len([message for message in post.messages if message is not first]),
        "unread": unread,
        "pings": pings,
        "archived": post.archived,
        "locked": post.locked,
    }


def _excerpt(text: str) -> str:
    return "\n".join([line for line in text.splitlines() if line.strip()][:_EXCERPT_LINES])[:_EXCERPT]


def _is_forum(place: Place) -> TypeGuard[Channel]:
    return isinstance(place, Channel) and place.is_forum


def writes(person: User, place: Place) -> bool:
    """Whether the person may write in a place: in a locked thread, those alone who manage threads; in a forum, none."""
    if _is_forum(place):
        return False
    allowed = place.permissions_of(person)
    locked = isinstance(place, Thread) and place.locked
    return Permission.SEND_MESSAGES in allowed and (not locked or Permission.MANAGE_THREADS in allowed)


def message_of(message: Message, seat: Seat) -> Json:
    """A message as seen from a seat."""
    thread = message.thread
    return {
        "id": str(message.id),
        "author": _author(message.author),
        "at": moment_of(message.id).isoformat(),
        "edited": message.edited is not None,
        "published": message.published,
        "content": message.content,
        "embeds": _embeds(message),
        "rows": [row["components"] for row in message.raw_components],
        "files": [_file(file) for file in message.attachments],
        "ephemeral": message.ephemeral,
        "loading": message.loading,
        "pings": _pings(message, seat.person),
        "used": _used(message),
        "thread": None if thread is None else _started(thread),
    }


def _file(file: Attachment) -> Json:
    """An attached file; of a picture also what it shows and what that says."""
    told: Json = {"id": str(file.id), "name": file.filename, "size": file.size}
    if file.is_picture:
        told["url"] = f"data:{file.content_type};base64,{b64encode(file.content).decode()}"
        told["description"] = file.description
    return told


def _author(user: User) -> Json:
    return {"id": str(user.id), "name": user.name, "bot": user.bot}


def _pings(message: Message, person: User) -> bool:
    return not message.pinged.isdisjoint({person.id, "everyone", "here"})


def _started(thread: Thread) -> Json:
    return {"id": str(thread.id), "name": thread.name, "count": len(thread.messages)}


def _embeds(message: Message) -> list[Json]:
    """The embeds that Discord shows: the first of those with the same url, and none if they are suppressed."""
    if not message.embeds:
        return []
    seen: set[str] = set()
    shown = []
    for embed in message.raw_embeds:
        url = embed.get("url")
        if url is None or url not in seen:
            shown.append(embed)
        if url is not None:
            seen.add(url)
    return shown


def _used(message: Message) -> Json | None:
    """Who used which command, if the message responds to a command."""
    told = message.interaction
    if told is None:
        return None
    interaction = message.place.discord.interactions.by_id(int(told["id"]))
    if interaction is None or not interaction.command:
        return None
    used = {"name": told["user"]["username"], "command": interaction.command}
    return used | {"menu": True} if "target_message_id" in told else used


def names_of(discord: Sandbox) -> Json:
    """The names that mentions show, by id: of users, channels and roles, which also have a colour; 0 is none."""
    return {
        "users": {str(user.id): user.name for user in discord.users.values()},
        "channels": {str(place.id): place.name for place in discord.places.values()},
        "roles": {
            str(role.id): {"name": role.name, "color": role.color}
            for server in discord.servers.values()
            for role in server.roles.values()
        },
    }
