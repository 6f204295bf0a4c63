"""Whom an edition pings: one role, or everybody, as an admin chose."""

import discord

from bot.chat.interactions.permissions import Postable, granted, permission_names
from bot.digests.model import EVERYBODY, Order
from bot.errors import RefusalError
from bot.locale import Catalogue

_TO_MENTION = "mention_everyone"


def mention_text(mention: str) -> str:
    """A mention as written in a message: "<@&1>", "@everyone" or "@here"."""
    return f"@{mention}" if mention in EVERYBODY else f"<@&{mention}>"


def allowed_mentions(mention: str) -> discord.AllowedMentions:
    """Allows this mention alone."""
    if mention in EVERYBODY:
        return discord.AllowedMentions(everyone=True, users=False, roles=False, replied_user=False)
    role = discord.Object(int(mention))
    return discord.AllowedMentions(everyone=False, users=False, roles=[role], replied_user=False)


def is_there(mention: str, guild: discord.Guild) -> bool:
    """Whether there is such a role: Discord shows the mention of another as "deleted-role"."""
    return mention in EVERYBODY or guild.get_role(int(mention)) is not None


def require_mention(channel: Postable, order: Order, member: discord.Member | None, catalogue: Catalogue) -> None:
    """Check that the bot may ping whom an order mentions, and for everybody that the member may too.

    `member` is who chose the mention; None if it was chosen before. Raises RefusalError with what to do.
    """
    if trouble := _trouble(channel, order.mention):
        raise RefusalError(trouble, **_values(channel, order.mention, catalogue))
    if order.mention in EVERYBODY and member and not channel.permissions_for(member).mention_everyone:
        raise RefusalError("mention-not-yours", **_values(channel, order.mention, catalogue))


def mention_warning(guild: discord.Guild | None, order: Order, catalogue: Catalogue) -> str:
    """Why an order's mention would ping nobody, and what to do; "" if it pings, or if this is not known."""
    channel = guild.get_channel(order.channel_id) if guild else None
    if channel is None or not (trouble := _trouble(channel, order.mention)):
        return ""
    return catalogue.say(trouble, **_values(channel, order.mention, catalogue))


def _trouble(channel: discord.abc.GuildChannel, mention: str | None) -> str:
    """The key of the message on why the bot can't ping a mention; "" if it can."""
    if mention is None or granted(channel, channel.guild.me).mention_everyone:
        return "" if mention is None or is_there(mention, channel.guild) else "mention-gone"
    if mention in EVERYBODY:
        return "mention-missing-everybody"
    role = channel.guild.get_role(int(mention))
    if role is None:
        return "mention-gone"
    return "" if role.mentionable else "mention-missing"


def _values(channel: discord.abc.GuildChannel, mention: str | None, catalogue: Catalogue) -> dict[str, str]:
    return {
        "channel": channel.mention,
        "role": mention_text(mention or ""),
        "permissions": permission_names([_TO_MENTION], catalogue),
    }
