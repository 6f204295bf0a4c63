"""The notice that a digest was paused: what happened and how to fix it, for the admin who made the digest."""

import discord
from discord import ui

from bot.chat.digests.words import CAUSE_IN_THE_ORDER, history, reason_text
from bot.chat.interactions.controls import PATTERN, Persistent, mark, services_of, view_of
from bot.chat.interactions.managers import require_digests
from bot.chat.interactions.permissions import granted, needed_names, obstacle
from bot.chat.interactions.reply import reply
from bot.chat.interactions.translate import catalogue_of
from bot.chat.text.escape import escape
from bot.chat.text.limits import Message
from bot.chat.text.theme import Sign
from bot.digests.model import Digest
from bot.locale import Catalogue


def notice_message(digest: Digest, guild: discord.Guild, catalogue: Catalogue, *, by_dm: bool) -> Message:
    """The text of the notice; a DM names the server. Mentions nobody."""
    found = obstacle(guild, digest.order)
    number, channel = digest.number, f"<#{digest.order.channel_id}>"
    if digest.pause and digest.pause.reason and digest.pause.reason.why in CAUSE_IN_THE_ORDER:
        text = catalogue.say("notice-unreadable", number=number, cause=reason_text(digest.pause.reason, catalogue))
    elif found is None:
        order = digest.order
        there = guild.get_channel(order.channel_id)
        permissions = needed_names(there, order.style, catalogue, discuss=order.discuss)
        text = catalogue.say("notice-unclear", number=number, channel=channel, permissions=permissions)
    else:
        text = catalogue.say(f"notice-{found.kind}", number=number, **found.values(catalogue))
    return Message(catalogue.say("notice-by-dm", server=escape(guild.name), notice=text) if by_dm else text)


def notice_board(guild: discord.Guild) -> discord.TextChannel | None:
    """The server's system channel if the bot may post there, else None."""
    channel = guild.system_channel
    if channel is None:
        return None
    allowed = granted(channel, guild.me)
    return channel if allowed.view_channel and allowed.send_messages else None


_TEMPLATE = rf"digest:why:(?P<guild>[0-9]{{1,20}}):(?P<number>[0-9]{{1,3}}){PATTERN}"


class WhyButton(Persistent[ui.Button[ui.View]], template=_TEMPLATE):
    """Shows the answer of `/digest why`, in the server or in a DM, to those who may manage the server's digests."""

    def __init__(
        self, guild: int | str, number: int | str, delivery: int | str | None = None, *, label: str = ""
    ) -> None:
        custom_id = f"digest:why:{guild}:{number}{mark(delivery)}"
        super().__init__(ui.Button(label=label or None, emoji=Sign.LOOK, custom_id=custom_id))
        self._guild_id, self._number = int(guild), int(number)

    async def press(self, interaction: discord.Interaction) -> None:
        """Show the digest's history, privately."""
        guild = await require_digests(interaction, self._guild_id)
        told = await services_of(interaction).digests.why(guild.id, self._number)
        await reply(interaction, history(told, guild, catalogue_of(interaction)))


def notice_view(digest: Digest, catalogue: Catalogue, delivery: int) -> ui.View:
    """The button of a notice."""
    return view_of(WhyButton(digest.guild_id, digest.number, delivery, label=catalogue.say("notice-button")))
