"""The greeting of a server that invites the bot: two menus and two buttons, which keep what was chosen."""

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Self

import discord
from discord import ui

from bot.chat.digests.acts import DEFAULT_TIME, chosen_time, next_steps
from bot.chat.digests.menus import TIME_FORM, channel_select, listed_channels, read_time, time_select
from bot.chat.digests.preview import show_preview
from bot.chat.digests.words import digest_set, digests_list
from bot.chat.interactions.controls import Control, Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.managers import require_digests
from bot.chat.interactions.permissions import (
    granted,
    loss_without_history,
    missing_to_post,
    needed_names,
    require_posting,
)
from bot.chat.interactions.reply import redraw, reply
from bot.chat.interactions.translate import catalogue_of, server_catalogue
from bot.chat.text.escape import escape
from bot.chat.text.limits import Message
from bot.chat.text.theme import Sign
from bot.digests.model import Order, Style
from bot.digests.service import Standing
from bot.digests.timing import knows_zone, usual_zone
from bot.errors import RefusalError
from bot.locale import Catalogue

_KINDS = (discord.ChannelType.text, discord.ChannelType.news)  # for cards in one message


@dataclass(frozen=True, slots=True)
class Wish:
    """What is chosen in a greeting so far: where, when, and in which zone. `channel_id` is 0 until one is chosen."""

    guild_id: int
    channel_id: int
    time: time
    timezone: str

    @classmethod
    def read(cls, state: Mapping[str, str]) -> Self:
        """The wish in the named groups of a control's template."""
        return cls(int(state["guild"]), int(state["channel"]), read_time(state["at"]), state["zone"])

    def custom_id(self, act: str) -> str:
        """The custom_id of a control that holds it: at most 93 characters, for zones of at most 32."""
        return f"greet:{act}:{self.guild_id}:{self.channel_id}:{self.time:{TIME_FORM}}:{self.timezone}"

    @property
    def order(self) -> Order:
        """The order that it asks for."""
        return Order(self.channel_id, self.time, self.timezone)


def _template(act: str) -> str:
    at = "(?P<at>(?:[01][0-9]|2[0-3])[0-5][0-9])"
    return rf"greet:{act}:(?P<guild>[0-9]{{1,20}}):(?P<channel>[0-9]{{1,20}}):{at}:(?P<zone>[A-Za-z0-9_/+-]{{1,32}})"


def first_wish(guild: discord.Guild, channel_id: int) -> Wish:
    """What a greeting begins with: a channel, nine o'clock, and the usual zone of the server's language."""
    return Wish(guild.id, channel_id, DEFAULT_TIME, usual_zone(str(guild.preferred_locale)))


def greeting(guild: discord.Guild, wish: Wish, *, by_dm: bool) -> tuple[Message, ui.View | None]:
    """The greeting with what is chosen so far, in the server's language. A DM names the server.

    A DM has no controls if the bot can't post in any channel.
    """
    catalogue = server_catalogue(guild.preferred_locale)
    channels = postable(guild) if by_dm else []
    if by_dm and not channels:
        needed = needed_names(None, Style.CARDS, catalogue)
        return Message(catalogue.say("greeting-no-channel", server=escape(guild.name), permissions=needed)), None
    hello = catalogue.say("greeting-by-dm", server=escape(guild.name)) if by_dm else catalogue.say("greeting")
    zone = catalogue.say("greeting-zone", timezone=wish.timezone)
    return Message(f"{hello}\n{zone}"), _controls(wish, channels, catalogue)


def postable(guild: discord.Guild) -> list[discord.TextChannel]:
    """The channels in which the bot may post a digest, from top to bottom."""
    return [channel for channel in guild.text_channels if not missing_to_post(granted(channel, guild.me), Style.CARDS)]


def welcome_back(guild: discord.Guild, standings: Sequence[Standing]) -> Message:
    """The greeting of a server that invited the bot again: its digests, which continue."""
    catalogue = server_catalogue(guild.preferred_locale)
    digests = digests_list(standings, guild, catalogue)
    return Message(catalogue.say("greeting-again", count=len(standings)), digests.embeds)


def _controls(wish: Wish, channels: Sequence[discord.TextChannel], catalogue: Catalogue) -> ui.View:
    channel, at = wish.custom_id("listed" if channels else "channel"), wish.custom_id("time")
    start, preview = catalogue.say("greeting-start"), catalogue.say("digest-preview-button")
    return view_of(
        ListedMenu(listed_channels(channel, wish.channel_id, channels, catalogue))
        if channels
        else PlaceMenu(channel_select(channel, wish.channel_id, _KINDS, catalogue)),
        HourMenu(time_select(at, wish.time, catalogue)),
        StartButton(
            ui.Button(
                label=start, emoji=Sign.START, style=discord.ButtonStyle.success, custom_id=wish.custom_id("start")
            )
        ),
        SampleButton(ui.Button(label=preview, emoji=Sign.LOOK, custom_id=wish.custom_id("preview"))),
    )


class _Greeting(Persistent[Control], template=r"(?!)"):
    """A control of a greeting, for those who may manage the server's digests."""

    cost = Cost.ORDER

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction,  # noqa: ARG003  # discord.py's signature
        item: ui.Item[ui.View],
        match: re.Match[str],  # noqa: ARG003  # discord.py's signature
        /,
    ) -> Self:
        """Rebuild the control that was used."""
        return cls(item)  # type: ignore[arg-type]  # Discord sends the kind of the template

    @property
    def wish(self) -> Wish:
        """What is chosen so far. Raises RefusalError for what no greeting holds."""
        found = self.template.fullmatch(self.custom_id)
        if found is None or not knows_zone(found["zone"]):
            raise RefusalError("error-button-gone")
        return Wish.read(found.groupdict())

    async def press(self, interaction: discord.Interaction) -> None:
        """Check that the member may manage the digests, then act."""
        wish = self.wish
        await self.act(interaction, await require_digests(interaction, wish.guild_id), wish)

    @abstractmethod
    async def act(self, interaction: discord.Interaction, guild: discord.Guild, wish: Wish) -> None:
        """Answer a member who may manage the server's digests."""


class _GreetingMenu(_Greeting[Control], template=r"(?!)"):
    """A menu of a greeting: shows the greeting with the new choice."""

    async def act(self, interaction: discord.Interaction, guild: discord.Guild, wish: Wish) -> None:
        """Take the choice.

        If the server's language does not imply a zone, the zone of the admin's language is used.
        """
        wish = self.chosen(wish)
        if usual_zone(str(guild.preferred_locale)) == wish.timezone == "UTC":
            wish = replace(wish, timezone=usual_zone(str(interaction.locale)))
        message, view = greeting(guild, wish, by_dm=interaction.guild_id is None)
        await redraw(interaction, message, view)

    @abstractmethod
    def chosen(self, wish: Wish) -> Wish:
        """The wish with what was chosen. Raises RefusalError if nothing readable was."""


class PlaceMenu(_GreetingMenu[ui.ChannelSelect[ui.View]], template=_template("channel")):
    """Chooses the channel, in Discord's own picker."""

    def chosen(self, wish: Wish) -> Wish:
        """The wish with the chosen channel."""
        if not self.item.values:
            raise RefusalError("error-button-gone")
        return replace(wish, channel_id=self.item.values[0].id)


class ListedMenu(_GreetingMenu[ui.Select[ui.View]], template=_template("listed")):
    """Chooses the channel in a DM."""

    def chosen(self, wish: Wish) -> Wish:
        """The wish with the chosen channel."""
        chosen = next(iter(self.item.values), "")
        if not chosen.isdecimal():
            raise RefusalError("error-button-gone")
        return replace(wish, channel_id=int(chosen))


class HourMenu(_GreetingMenu[ui.Select[ui.View]], template=_template("time")):
    """Chooses the time."""

    def chosen(self, wish: Wish) -> Wish:
        """The wish with the chosen time."""
        return replace(wish, time=chosen_time(self.item))


class SampleButton(_Greeting[ui.Button[ui.View]], template=_template("preview")):
    """Shows what the channel would get."""

    async def act(self, interaction: discord.Interaction, guild: discord.Guild, wish: Wish) -> None:
        """Show it, privately."""
        _channel(guild, wish)
        await show_preview(interaction, await services_of(interaction).digests.proof(guild.id, wish.order))


class StartButton(_Greeting[ui.Button[ui.View]], template=_template("start")):
    """Creates the digest."""

    async def act(self, interaction: discord.Interaction, guild: discord.Guild, wish: Wish) -> None:
        """Create it unless it is there, say so in the greeting's place, and offer what can be done next."""
        channel, catalogue = _channel(guild, wish), catalogue_of(interaction)
        require_posting(channel, wish.order.style, catalogue)
        standing = await _start(interaction, guild, wish.order)
        await redraw(interaction, _started(guild, wish))
        note = loss_without_history(channel, catalogue)
        text = digest_set("digest-added", standing, guild, catalogue, note)
        await reply(interaction, text, view=next_steps(standing, catalogue))


async def _start(interaction: discord.Interaction, guild: discord.Guild, order: Order) -> Standing:
    """The digest with this order, which another admin may have started a moment before."""
    digests = services_of(interaction).digests
    for standing in await digests.of_server(guild.id):
        if standing.digest.order == order:
            return standing
    return await digests.add(guild.id, order, interaction.user.id)


def _started(guild: discord.Guild, wish: Wish) -> Message:
    catalogue = server_catalogue(guild.preferred_locale)
    at = catalogue.time(wish.time)
    return Message(catalogue.say("greeting-started", channel=f"<#{wish.channel_id}>", time=at, timezone=wish.timezone))


def _channel(guild: discord.Guild, wish: Wish) -> discord.TextChannel:
    """The chosen channel. Raises RefusalError if there is none."""
    channel = guild.get_channel(wish.channel_id)
    if not isinstance(channel, discord.TextChannel):
        raise RefusalError("error-greeting-channel")
    return channel
