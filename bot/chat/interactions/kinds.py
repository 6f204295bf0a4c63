"""Whether a channel is of the kind that an order needs: only announcement channels publish, and forums have posts."""

import discord

from bot.chat.interactions.permissions import Postable
from bot.digests.model import Order
from bot.errors import RefusalError
from bot.locale import Catalogue


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
