"""What an admin does with a digest, by a command or by a button below an answer."""

from abc import abstractmethod
from dataclasses import replace
from datetime import time
from typing import ClassVar

import discord
from discord import ui

from bot.chat.digests.menus import channel_select, count_select, read_time, time_select
from bot.chat.digests.outlook import outlook_text
from bot.chat.digests.preview import show_preview
from bot.chat.digests.words import digest_set, now_text, order_text
from bot.chat.interactions.controls import Control, Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.managers import require_digests
from bot.chat.interactions.mentions import require_mention
from bot.chat.interactions.permissions import (
    POSTABLE,
    Postable,
    loss_without_history,
    member_of,
    require_kind,
    require_posting,
)
from bot.chat.interactions.reply import reply, update
from bot.chat.interactions.tags import require_tags
from bot.chat.interactions.translate import catalogue_of
from bot.chat.text.limits import Message
from bot.chat.text.theme import Sign
from bot.digests.model import MAX_COUNT, Digest, Order
from bot.digests.service import Standing
from bot.errors import RefusalError
from bot.locale import Catalogue

_NUMBER = r"(?P<number>[0-9]{1,3})"
DEFAULT_TIME = time(9)
"""When a digest is due by default."""


def digest_channel(guild: discord.Guild | None, number: int, order: Order) -> Postable:
    """The channel of a digest. Raises RefusalError if it is gone."""
    channel = guild and guild.get_channel(order.channel_id)
    if not isinstance(channel, Postable):
        raise RefusalError("error-channel-gone", number=number)
    return channel


async def add_digest(interaction: discord.Interaction, channel: Postable, order: Order) -> None:
    """Create a digest, and answer with what is set and what can be done next. Raises RefusalError."""
    catalogue = catalogue_of(interaction)
    require_posting(channel, order.style, catalogue, discuss=order.discuss)
    require_kind(channel, order)
    require_tags(channel, order)
    require_mention(channel, order, member_of(interaction), catalogue)
    standing = await services_of(interaction).digests.add(channel.guild.id, order, interaction.user.id)
    note = loss_without_history(channel, catalogue)
    outlook = await outlook_text(order, services_of(interaction), catalogue)
    text = digest_set("digest-added", standing, channel.guild, catalogue, note, outlook)
    await reply(interaction, text, view=next_steps(standing, catalogue))


def next_steps(standing: Standing, catalogue: Catalogue) -> ui.View:
    """The buttons below a new digest."""
    number = standing.digest.number
    return view_of(
        PreviewButton(number, label=catalogue.say("digest-preview-button")),
        NowButton(number, label=catalogue.say("digest-now-button")),
        ChangeButton(number, label=catalogue.say("digest-change-button")),
    )


async def post_now(interaction: discord.Interaction, guild: discord.Guild, number: int) -> None:
    """Post an edition now, or say why there is none. Raises RefusalError."""
    digests, catalogue = services_of(interaction).digests, catalogue_of(interaction)
    order = (await digests.get(guild.id, number)).order
    require_posting(digest_channel(guild, number, order), order.style, catalogue, discuss=order.discuss)
    await reply(interaction, now_text(await digests.run_now(guild.id, number), order, catalogue))


class _DigestControl(Persistent[Control], template=r"(?!)"):
    """A control of one of the server's digests, for those who may manage them."""

    cost = Cost.ORDER

    def __init__(self, number: int | str, item: Control) -> None:
        super().__init__(item)
        self._number = int(number)

    async def press(self, interaction: discord.Interaction) -> None:
        """Check that the member may manage the digests, then act."""
        await self.act(interaction, await require_digests(interaction))

    @abstractmethod
    async def act(self, interaction: discord.Interaction, guild: discord.Guild) -> None:
        """Answer a member who may manage the server's digests."""


class _DigestButton(_DigestControl[ui.Button[ui.View]], template=r"(?!)"):
    name: ClassVar[str]
    emoji: ClassVar[Sign]
    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary

    def __init__(self, number: int | str, *, label: str | None = None) -> None:
        custom_id = f"digest:{self.name}:{number}"
        super().__init__(number, ui.Button(label=label, emoji=self.emoji, style=self.style, custom_id=custom_id))


class PreviewButton(_DigestButton, template=f"digest:preview:{_NUMBER}"):
    """Shows what the digest would post now."""

    name, emoji = "preview", Sign.LOOK

    async def act(self, interaction: discord.Interaction, guild: discord.Guild) -> None:
        """Show it, privately."""
        await show_preview(interaction, await services_of(interaction).digests.preview(guild.id, self._number))


class NowButton(_DigestButton, template=f"digest:now:{_NUMBER}"):
    """Posts an edition now."""

    name, emoji, style = "now", Sign.SHARE, discord.ButtonStyle.primary

    async def act(self, interaction: discord.Interaction, guild: discord.Guild) -> None:
        """Post it."""
        await post_now(interaction, guild, self._number)


class ChangeButton(_DigestButton, template=f"digest:change:{_NUMBER}"):
    """Opens the menus of a digest's settings."""

    name, emoji = "change", Sign.CHANGE

    async def act(self, interaction: discord.Interaction, guild: discord.Guild) -> None:
        """Show them, privately."""
        digest = await services_of(interaction).digests.get(guild.id, self._number)
        catalogue = catalogue_of(interaction)
        text = f"{order_text(digest.order, catalogue)}\n{catalogue.say('digest-change-hint')}"
        await reply(interaction, text, view=_menus(digest, catalogue))


class _SettingMenu(_DigestControl[Control], template=r"(?!)"):
    """Sets one setting of a digest, and shows the digest as it is then."""

    async def act(self, interaction: discord.Interaction, guild: discord.Guild) -> None:
        """Change the digest."""
        digests, catalogue = services_of(interaction).digests, catalogue_of(interaction)
        order = self.changed((await digests.get(guild.id, self._number)).order)
        channel = digest_channel(guild, self._number, order)
        require_posting(channel, order.style, catalogue, discuss=order.discuss)
        require_kind(channel, order)
        require_tags(channel, order)
        standing = await digests.edit(guild.id, self._number, order)
        note = loss_without_history(channel, catalogue)
        text = digest_set("digest-edited", standing, guild, catalogue, note)
        await update(interaction, Message(text), _menus(standing.digest, catalogue))

    @abstractmethod
    def changed(self, order: Order) -> Order:
        """The order with what was chosen. Raises RefusalError if nothing readable was."""


class ChannelMenu(_SettingMenu[ui.ChannelSelect[ui.View]], template=f"digest:set:channel:{_NUMBER}"):
    """Sets the channel."""

    def __init__(self, number: int | str, item: ui.ChannelSelect[ui.View] | None = None) -> None:
        super().__init__(number, item or ui.ChannelSelect(custom_id=f"digest:set:channel:{number}"))

    def changed(self, order: Order) -> Order:
        """The order with the chosen channel."""
        if not self.item.values:
            raise RefusalError("error-button-gone")
        return replace(order, channel_id=self.item.values[0].id)


class TimeMenu(_SettingMenu[ui.Select[ui.View]], template=f"digest:set:time:{_NUMBER}"):
    """Sets the time."""

    def __init__(self, number: int | str, item: ui.Select[ui.View] | None = None) -> None:
        super().__init__(number, item or ui.Select(custom_id=f"digest:set:time:{number}"))

    def changed(self, order: Order) -> Order:
        """The order with the chosen time."""
        return replace(order, time=chosen_time(self.item))


class CountMenu(_SettingMenu[ui.Select[ui.View]], template=f"digest:set:count:{_NUMBER}"):
    """Sets the number of papers."""

    def __init__(self, number: int | str, item: ui.Select[ui.View] | None = None) -> None:
        super().__init__(number, item or ui.Select(custom_id=f"digest:set:count:{number}"))

    def changed(self, order: Order) -> Order:
        """The order with the chosen number."""
        chosen = next(iter(self.item.values), "")
        if not chosen.isdecimal() or not 1 <= int(chosen) <= MAX_COUNT:
            raise RefusalError("error-button-gone")
        return replace(order, count=int(chosen))


def chosen_time(menu: ui.Select[ui.View]) -> time:
    """The time chosen in a menu. Raises RefusalError for what no menu of ours offers."""
    try:
        return read_time(next(iter(menu.values), ""))
    except ValueError:
        raise RefusalError("error-button-gone") from None


def _menus(digest: Digest, catalogue: Catalogue) -> ui.View:
    number, order = digest.number, digest.order
    custom_id = f"digest:set:{{}}:{number}".format
    return view_of(
        ChannelMenu(number, channel_select(custom_id("channel"), order.channel_id, POSTABLE, catalogue)),
        TimeMenu(number, time_select(custom_id("time"), order.time, catalogue)),
        CountMenu(number, count_select(custom_id("count"), order.count, catalogue)),
    )
