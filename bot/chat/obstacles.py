"""What keeps the bot from posting a digest's editions, as its client sees it: asked before anything is promised."""

from dataclasses import dataclass

import discord

from bot.chat.permissions import granted, missing_to_post, permission_names
from bot.digests.model import Order
from bot.errors import DeliveryError, Fault
from bot.locale import Catalogue


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
