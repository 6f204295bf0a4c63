"""Access checks: the objects named in a path, and whether the bot may see and use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.payloads.errors import (
    direct_messages_closed,
    missing_access,
    missing_permissions,
    refused,
    thread_archived,
    thread_locked,
    unknown,
)
from sandbox.payloads.permissions import Permission
from sandbox.world.places import VOICE, Channel, DirectMessages, Place, Thread

if TYPE_CHECKING:
    from sandbox.api.routing import Call
    from sandbox.world.messages import Message
    from sandbox.world.servers import Server


def server_of(call: Call) -> Server:
    """The server of the path. Refused with 10004 if the bot is not in it."""
    server = call.discord.servers.get(call.id("guild_id"))
    if server is None or server.bot is None:
        raise unknown("Guild")
    return server


def place_of(call: Call) -> Place:
    """The channel, thread or DM of the path. Refused with 10003 if unknown, 50001 if the bot cannot see it."""
    place = call.discord.places.get(call.id("channel_id"))
    if place is None:
        raise unknown("Channel")
    if Permission.VIEW_CHANNEL not in place.permissions_of(call.discord.bot):
        raise missing_access()
    return place


def channel_of(call: Call) -> Channel:
    """The channel of the path, in which a thread can be started. Threads, DMs and voice channels are refused."""
    place = place_of(call)
    if not isinstance(place, Channel) or place.kind == VOICE:
        raise missing_permissions()
    return place


def require(call: Call, place: Place, permission: Permission) -> None:
    """Refuse with 50013 if the bot lacks a permission."""
    if permission not in place.permissions_of(call.discord.bot):
        raise missing_permissions()


def message_of(call: Call, place: Place) -> Message:
    """The message of the path. Ephemeral messages are unknown to the channel's routes."""
    message = place.find(call.id("message_id"))
    if message is None or message.ephemeral or message.loading:
        raise unknown("Message")
    return message


def check_may_write(call: Call, place: Place) -> None:
    """Refuse if the bot may not write. Writing reopens an archived thread unless it is locked."""
    if isinstance(place, DirectMessages):
        if place.user.dms_closed or not call.discord.shares_server(place.user):
            raise direct_messages_closed()
    elif isinstance(place, Thread):
        require(call, place, Permission.SEND_MESSAGES_IN_THREADS)
        moderates = Permission.MANAGE_THREADS in place.permissions_of(call.discord.bot)
        if place.locked and not moderates:
            raise thread_archived() if place.archived else thread_locked()
        if place.archived:
            place.reopen()
    elif place.is_forum:
        raise refused(50008)
    else:
        require(call, place, Permission.SEND_MESSAGES)
