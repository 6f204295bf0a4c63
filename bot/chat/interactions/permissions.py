"""Discord's permissions: what the bot needs to post an edition, and their names in Discord's own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

import discord

from bot.digests.model import Order, Style
from bot.errors import DeliveryError, Fault, RefusalError
from bot.locale import Catalogue

_TO_POST = ("view_channel", "send_messages", "embed_links")
_FOR_THREADS = ("create_public_threads", "send_messages_in_threads")
_TO_LOOK_BACK = "read_message_history"


def require_posting(channel: discord.TextChannel, style: Style, catalogue: Catalogue) -> None:
    """Make sure that the bot may post editions of a style in a channel; RefusalError names what is missing."""
    missing = missing_to_post(granted(channel, channel.guild.me), style)
    if missing:
        names = permission_names(missing, catalogue)
        raise RefusalError("error-channel-permissions", channel=channel.mention, permissions=names)


def missing_to_post(allowed: discord.Permissions, style: Style) -> list[str]:
    """What posting editions of a style needs beyond what is allowed, named as discord.py does."""
    return [name for name in _needed(style) if not getattr(allowed, name)]


def needed_names(style: Style, catalogue: Catalogue) -> str:
    """All that posting editions of a style needs, by the names that the reader's Discord shows."""
    return permission_names(_needed(style), catalogue)


def _needed(style: Style) -> tuple[str, ...]:
    return _TO_POST + (_FOR_THREADS if style is Style.THREAD else ())


def missing_for_alerts(place: object) -> list[str]:
    """What posting an alert needs in a channel or thread as the client knows it; all of it where it is unknown."""
    channel = place.parent if isinstance(place, discord.Thread) else place
    needed = ("view_channel", "send_messages_in_threads" if channel is not place else "send_messages", "embed_links")
    if not isinstance(channel, discord.abc.GuildChannel):
        return list(needed)
    allowed = granted(channel, channel.guild.me)
    return [name for name in needed if not getattr(allowed, name)] or list(needed)


def missing_to_be_sure(allowed: discord.Permissions, style: Style) -> list[str]:
    """What posting editions of a style needs beyond what is allowed, each surely once: after a crash, too."""
    missing = missing_to_post(allowed, style)
    return missing if allowed.read_message_history else [*missing, _TO_LOOK_BACK]


def loss_without_history(channel: discord.TextChannel, catalogue: Catalogue) -> str:
    """What is lost where the bot may not read a channel's history; empty where it may."""
    if granted(channel, channel.guild.me).read_message_history:
        return ""
    return catalogue.say("digest-no-history", permission=permission_names([_TO_LOOK_BACK], catalogue))


def granted(channel: discord.abc.GuildChannel, me: discord.Member) -> discord.Permissions:
    """What roles and overwrites grant, each permission by itself.

    `permissions_for` also takes away what is of no use without another: without "Send Messages" it denies "Embed
    Links", which an admin may have granted long ago.
    """
    result = me.guild_permissions
    if result.administrator:
        return result
    everyone, *roles = me.roles
    overwrites = {holder.id: overwrite.pair() for holder, overwrite in channel.overwrites.items()}
    for layer in ([everyone], roles, [me]):
        pairs = [overwrites[holder.id] for holder in layer if holder.id in overwrites]
        allowed = discord.Permissions(reduce(or_, (allow.value for allow, _ in pairs), 0))
        denied = discord.Permissions(reduce(or_, (deny.value for _, deny in pairs), 0))
        result = (result & ~denied) | allowed
    return result


def permission_names(permissions: Iterable[str], catalogue: Catalogue) -> str:
    """Permissions, named as discord.py does, by the names that the member's Discord shows."""
    return ", ".join(catalogue.say("permission-quoted", name=_name(name, catalogue)) for name in permissions)


def _name(permission: str, catalogue: Catalogue) -> str:
    try:
        return catalogue.say(f"permission-{permission.replace('_', '-')}")
    except KeyError:  # one that Paperboy never asks for
        return permission.replace("_", " ").title()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A channel that is gone, or permissions that are missing there, named as discord.py does."""

    channel_id: int
    missing: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """How messages about it end: "missing" or "gone"."""
        return "missing" if self.missing else "gone"

    def values(self, catalogue: Catalogue) -> dict[str, str]:
        """The channel and the permissions, as messages name them."""
        return {"channel": f"<#{self.channel_id}>", "permissions": permission_names(self.missing, catalogue)}


def obstacle(guild: discord.Guild | None, order: Order) -> Obstacle | None:
    """What is in the way of an order's editions; None where nothing is, or where the server is not known just now."""
    if guild is None or guild.unavailable:
        return None
    channel = guild.get_channel(order.channel_id)
    if not isinstance(channel, discord.TextChannel):
        return Obstacle(order.channel_id)
    missing = missing_to_post(granted(channel, guild.me), order.style)
    return Obstacle(order.channel_id, tuple(missing)) if missing else None


def require_embeds(channel: discord.abc.GuildChannel | discord.Thread | discord.abc.PrivateChannel | None) -> None:
    """Raise DeliveryError where links may not be embedded: Discord would take the message and drop what it shows.

    The channel is as the client knows it, None where it does not.
    """
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    if isinstance(channel, discord.abc.GuildChannel) and not granted(channel, channel.guild.me).embed_links:
        raise DeliveryError(Fault.MISSING_PERMISSION, "links may not be embedded")
