"""The tags of a forum: those that an order names, and what is wrong with them."""

from collections.abc import Sequence

import discord

from bot.chat.interactions.permissions import Postable
from bot.chat.text.escape import escape
from bot.digests.model import Order
from bot.errors import RefusalError
from bot.locale import Catalogue


def applicable(forum: discord.ForumChannel, names: Sequence[str]) -> list[discord.ForumTag]:
    """The tags with these names that the forum has and that the bot may apply."""
    usable = {tag.name.casefold(): tag for tag in _usable(forum)}
    return [usable[name.casefold()] for name in dict.fromkeys(names) if name.casefold() in usable]


def require_tags(channel: Postable, order: Order) -> None:
    """Check that posts of an order get the tags that it names, and one if the forum requires it.

    Raises RefusalError with the tags that can be used.
    """
    if not isinstance(channel, discord.ForumChannel):
        return
    shown = _shown(_usable(channel))
    known = {tag.name.casefold() for tag in _usable(channel)}
    unknown = [name for name in order.tags if name.casefold() not in known]
    if unknown and not known:
        raise RefusalError("error-tags-none", channel=channel.mention)
    if unknown:
        raise RefusalError("error-tags-unknown", channel=channel.mention, tag=escape(unknown[0]), tags=shown)
    if _lacks_tag(channel, order):
        raise RefusalError("error-tags-required", channel=channel.mention, tags=shown)


def tags_warning(guild: discord.Guild | None, order: Order, catalogue: Catalogue) -> str:
    """That the forum of an order requires a tag and would get none; else ""."""
    channel = guild.get_channel(order.channel_id) if guild else None
    if not isinstance(channel, discord.ForumChannel) or not _lacks_tag(channel, order):
        return ""
    return catalogue.say("error-tags-required", channel=channel.mention, tags=_shown(_usable(channel)))


def _lacks_tag(forum: discord.ForumChannel, order: Order) -> bool:
    free = forum.permissions_for(forum.guild.me).manage_threads
    return forum.flags.require_tag and not free and not applicable(forum, order.tags)


def _usable(forum: discord.ForumChannel) -> list[discord.ForumTag]:
    """The forum's tags without those that only moderators may apply, unless the bot is one."""
    moderates = forum.permissions_for(forum.guild.me).manage_threads
    return [tag for tag in forum.available_tags if moderates or not tag.moderated]


def _shown(tags: Sequence[discord.ForumTag]) -> str:
    return ", ".join(escape(tag.name) for tag in tags) or "—"
