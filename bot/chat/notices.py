"""The notice that a digest was paused: what happened, and the step that mends it, for the admin who made it."""

import discord

from bot.chat.message import Message
from bot.chat.obstacles import obstacle
from bot.chat.permissions import granted, needed_names
from bot.chat.reasons import reason_text
from bot.chat.text import escape
from bot.digests.model import Digest
from bot.locale import Catalogue


def notice_message(digest: Digest, guild: discord.Guild, catalogue: Catalogue, *, by_dm: bool) -> Message:
    """What the admin reads; a DM says which server it is about. It mentions nobody."""
    found = obstacle(guild, digest.order)
    number, channel = digest.number, f"<#{digest.order.channel_id}>"
    if digest.unreadable and digest.pause and digest.pause.reason:
        text = catalogue.say("notice-unreadable", number=number, cause=reason_text(digest.pause.reason, catalogue))
    elif found is None:
        permissions = needed_names(digest.order.style, catalogue)
        text = catalogue.say("notice-unclear", number=number, channel=channel, permissions=permissions)
    else:
        text = catalogue.say(f"notice-{found.kind}", number=number, **found.values(catalogue))
    return Message(catalogue.say("notice-by-dm", server=escape(guild.name), notice=text) if by_dm else text)


def notice_board(guild: discord.Guild) -> discord.TextChannel | None:
    """The server's channel for system messages, where the bot may be read there."""
    channel = guild.system_channel
    if channel is None:
        return None
    allowed = granted(channel, guild.me)
    return channel if allowed.view_channel and allowed.send_messages else None
