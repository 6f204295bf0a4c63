"""The `resolved` data of an interaction: the channels, users, roles and files that a person picked."""

from __future__ import annotations

from sandbox.payloads.command_form import ATTACHMENT, CHANNEL, MENTIONABLE, ROLE, USER
from sandbox.payloads.drafts import Attachment
from sandbox.payloads.errors import Json, NotAllowed
from sandbox.payloads.permissions import Permission
from sandbox.world import wire
from sandbox.world.people import Member, User
from sandbox.world.places import Channel, Place, Thread
from sandbox.world.servers import Role


def resolve(
    resolved: Json, picked: object, user: User, place: Place, kind: int, channel_types: list[int] | None
) -> str:
    """Add the object that was picked to `resolved` and return its id. `kind` is the type of a command option.

    Raises NotAllowed if the object is of another kind or server, or if the user cannot see it.
    """
    if isinstance(picked, Channel | Thread) and kind == CHANNEL:
        _check_channel(picked, user, place, channel_types)
        resolved.setdefault("channels", {})[str(picked.id)] = wire.place_for(picked, user)
        return str(picked.id)
    if isinstance(picked, Attachment) and kind == ATTACHMENT:
        resolved.setdefault("attachments", {})[str(picked.id)] = wire.attachment(picked, user.discord)
        return str(picked.id)
    if isinstance(picked, Role) and kind in (ROLE, MENTIONABLE):
        resolved.setdefault("roles", {})[str(picked.id)] = wire.role(picked)
        return str(picked.id)
    if isinstance(picked, User | Member) and kind in (USER, MENTIONABLE):
        account = picked.user if isinstance(picked, Member) else picked
        resolved.setdefault("users", {})[str(account.id)] = wire.user(account)
        member = None if place.server is None else place.server.member(account)
        if member is not None:
            resolved.setdefault("members", {})[str(account.id)] = member_for(member, place, whole=False)
        return str(account.id)
    raise NotAllowed(f"{picked!r} is not what an option of type {kind} takes")


def _check_channel(channel: Channel | Thread, user: User, place: Place, types: list[int] | None) -> None:
    if channel.server is not place.server:
        raise NotAllowed(f"{channel.name} is not in this server")
    if Permission.VIEW_CHANNEL not in channel.permissions_of(user):
        raise NotAllowed(f"{user.name} does not see {channel.name}")
    if types and channel.kind not in types:
        raise NotAllowed(f"{channel.name} is of type {channel.kind}, and only {types} are offered")


def member_for(member: Member, place: Place, *, whole: bool) -> Json:
    """A member object with its permissions in a place. Without `whole`, it is the shorter one of `resolved`."""
    data = wire.member(member) | {"permissions": str(place.permissions_of(member.user).value)}
    if not whole:
        for key in ("user", "deaf", "mute"):
            del data[key]
    return data
