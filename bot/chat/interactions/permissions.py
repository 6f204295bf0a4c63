"""Discord's permissions: which ones the bot needs to post, which are missing in a channel, and their names.

And kinds of channels: only announcement channels publish, and forums have posts.

Permissions are named as in discord.py (`send_messages`), but for what members read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

import discord

from bot.digests.model import Order, Style
from bot.errors import DeliveryError, Fault, RefusalError
from bot.locale import Catalogue

Postable = discord.TextChannel | discord.ForumChannel
"""The channels that editions can be posted in: text, announcement, forum and media channels.

To discord.py, a media channel is a forum, too.
"""
_KIND = discord.ChannelType
POSTABLE = (_KIND.text, _KIND.news, _KIND.forum, _KIND.media)
"""The types of these channels."""

_TO_POST = ("view_channel", "send_messages", "embed_links")
_FOR_THREADS = ("create_public_threads", "send_messages_in_threads")
_TO_LOOK_BACK = "read_message_history"


def require_posting(channel: Postable, style: Style, catalogue: Catalogue, *, discuss: bool = False) -> None:
    """Check that the bot may post editions of a style in a channel, and open threads on papers if they are discussed.

    Raises RefusalError with what is missing.
    """
    if style is Style.POSTS and not isinstance(channel, discord.ForumChannel):
        raise RefusalError("error-style-posts", channel=channel.mention)
    missing = missing_there(channel, style, discuss=discuss)
    if missing:
        names = permission_names(missing, catalogue)
        raise RefusalError("error-channel-permissions", channel=channel.mention, permissions=names)


def member_of(interaction: discord.Interaction) -> discord.Member | None:
    """The member who uses a command or button in a server; None in a DM."""
    return interaction.user if isinstance(interaction.user, discord.Member) else None


def missing_there(channel: discord.abc.GuildChannel, style: Style, *, discuss: bool = False) -> list[str]:
    """The permissions that editions of a style need in a channel and the bot lacks there."""
    in_forum = isinstance(channel, discord.ForumChannel)
    missing = missing_to_post(granted(channel, channel.guild.me), style, in_forum=in_forum, discuss=discuss)
    return _as_named(missing, channel)


def missing_to_post(
    allowed: discord.Permissions, style: Style, *, in_forum: bool = False, discuss: bool = False
) -> list[str]:
    """The permissions that editions of a style need and `allowed` lacks."""
    return [name for name in _needed(style, in_forum=in_forum, discuss=discuss) if not getattr(allowed, name)]


def needed_names(channel: object, style: Style, catalogue: Catalogue, *, discuss: bool = False) -> str:
    """All permissions that editions of a style need in a channel, as the reader's Discord names them."""
    needed = _needed(style, in_forum=isinstance(channel, discord.ForumChannel), discuss=discuss)
    return permission_names(_as_named(needed, channel), catalogue)


def _needed(style: Style, *, in_forum: bool, discuss: bool) -> tuple[str, ...]:
    """Creating a post takes Send Messages, and not Create Public Threads. The bot writes nothing in discussions.

    https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel
    """
    if style is not Style.THREAD:
        return _TO_POST
    opening, writing = _FOR_THREADS
    return (*_TO_POST, *([] if in_forum else [opening]), *([] if discuss else [writing]))


def _as_named(permissions: Iterable[str], channel: object) -> list[str]:
    """The permissions as a channel's settings name them: in a forum, Send Messages is called Create Posts."""
    in_forum = isinstance(channel, discord.ForumChannel)
    return ["create_posts" if in_forum and name == "send_messages" else name for name in permissions]


def missing_for_alerts(place: object) -> list[str]:
    """The permissions missing to post alerts in a channel or thread of the client; all if it is not known."""
    channel = place.parent if isinstance(place, discord.Thread) else place
    needed = ("view_channel", "send_messages_in_threads" if channel is not place else "send_messages", "embed_links")
    if not isinstance(channel, discord.abc.GuildChannel):
        return list(needed)
    allowed = granted(channel, channel.guild.me)
    return [name for name in needed if not getattr(allowed, name)] or list(needed)


def missing_to_be_sure(
    allowed: discord.Permissions, style: Style, *, in_forum: bool = False, discuss: bool = False
) -> list[str]:
    """As `missing_to_post`, with the permission to find out after a crash what was posted."""
    missing = missing_to_post(allowed, style, in_forum=in_forum, discuss=discuss)
    return missing if allowed.read_message_history else [*missing, _TO_LOOK_BACK]


def loss_without_history(channel: Postable, catalogue: Catalogue) -> str:
    """A warning if the bot may not read the channel's history; else ""."""
    if granted(channel, channel.guild.me).read_message_history:
        return ""
    return catalogue.say("digest-no-history", permission=permission_names([_TO_LOOK_BACK], catalogue))


def granted(channel: discord.abc.GuildChannel, me: discord.Member) -> discord.Permissions:
    """The permissions that roles and overwrites grant, each by itself.

    `permissions_for` also removes those that have no effect without another: without "Send Messages" it denies "Embed
    Links", even if an admin granted it.
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
    """The permissions as the member's Discord names them."""
    return catalogue.listed(catalogue.say("permission-quoted", name=_name(name, catalogue)) for name in permissions)


def _name(permission: str, catalogue: Catalogue) -> str:
    try:
        return catalogue.say(f"permission-{permission.replace('_', '-')}")
    except KeyError:  # a permission that Paperboy never asks for
        return permission.replace("_", " ").title()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A channel that is gone, or the permissions that are missing there."""

    channel_id: int
    missing: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """How the keys of messages about it end: "missing" or "gone"."""
        return "missing" if self.missing else "gone"

    def values(self, catalogue: Catalogue) -> dict[str, str]:
        """The values of messages about it."""
        return {"channel": f"<#{self.channel_id}>", "permissions": permission_names(self.missing, catalogue)}


def obstacle(guild: discord.Guild | None, order: Order) -> Obstacle | None:
    """What keeps an order's editions from being posted; None if nothing does, or if the server is unavailable."""
    if guild is None or guild.unavailable:
        return None
    channel = guild.get_channel(order.channel_id)
    if not isinstance(channel, Postable):
        return Obstacle(order.channel_id)
    missing = missing_there(channel, order.style, discuss=order.discuss)
    return Obstacle(order.channel_id, tuple(missing)) if missing else None


def require_embeds(channel: discord.abc.GuildChannel | discord.Thread | discord.abc.PrivateChannel | None) -> None:
    """Raise DeliveryError if the bot may not embed links: Discord would post the message without its embeds.

    The channel is None if the client does not know it.
    """
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    if isinstance(channel, discord.abc.GuildChannel) and not granted(channel, channel.guild.me).embed_links:
        raise DeliveryError(Fault.MISSING_PERMISSION, "links may not be embedded")


# -- kinds of channels ------------------------------------------------------------------------------------------------


def require_kind(channel: Postable, order: Order) -> None:
    """Check that editions of an order can be published and discussed in a channel. Raises RefusalError."""
    if order.discuss and isinstance(channel, discord.ForumChannel):
        raise RefusalError("error-discuss-style")
    if order.publish and not publishes(channel):
        raise RefusalError("error-publish-channel", channel=channel.mention)


def kind_warning(guild: discord.Guild | None, order: Order, catalogue: Catalogue) -> str:
    """That an order's editions can't be published in its channel any more, and what to do; else ""."""
    channel = guild.get_channel(order.channel_id) if guild else None
    if channel is None or not order.publish or publishes(channel):
        return ""
    return catalogue.say("error-publish-channel", channel=channel.mention)


def publishes(channel: discord.abc.GuildChannel) -> bool:
    """Whether messages of a channel can be published."""
    return isinstance(channel, discord.TextChannel) and channel.is_news()
