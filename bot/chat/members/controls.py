"""The controls below a member's own lists: remove several subscriptions or all, and remove a mute."""

from collections.abc import Sequence
from typing import Any, ClassVar

import discord
from discord import ui

from bot.alerts.changes import Change
from bot.alerts.model import Mute, Subscription
from bot.chat.interactions.controls import Persistent, chosen_ids, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.reply import update
from bot.chat.interactions.translate import catalogue_of
from bot.chat.members.changes import change_text
from bot.chat.members.manage import undo_button
from bot.chat.members.mutes import mute_name
from bot.chat.members.subscriptions import subscription_options
from bot.chat.text import limits
from bot.chat.text.escape import shorten, utf16_len
from bot.chat.text.limits import Message
from bot.chat.text.theme import Sign
from bot.locale import Catalogue

Button = ui.Button[ui.View]
Menu = ui.Select[ui.View]
_OPTION = 100


class _RemoveMenu(Persistent[Menu], template=r"(?!)"):
    """Removes what is chosen, of which all can be."""

    cost = Cost.SEARCH
    removes: ClassVar[str]

    def __init__(self, *, placeholder: str | None = None, options: Sequence[discord.SelectOption] = ()) -> None:
        most = max(1, len(options))
        menu = ui.Select[ui.View](custom_id=self.removes, placeholder=placeholder, options=[*options], max_values=most)
        super().__init__(menu)


class UnsubscribeMenu(_RemoveMenu, template=r"subscriptions:remove"):
    """Removes the chosen subscriptions of the member."""

    removes = "subscriptions:remove"

    async def press(self, interaction: discord.Interaction) -> None:
        """Remove them, and say so in place of the question."""
        await _removed(interaction, chosen_ids(self.item))


class UnsubscribeAllButton(Persistent[Button], template=r"subscriptions:remove:all"):
    """Removes all subscriptions of the member."""

    cost = Cost.SEARCH

    def __init__(self, label: str | None = None) -> None:
        style = discord.ButtonStyle.danger
        super().__init__(ui.Button(label=label, emoji=Sign.DELETE, style=style, custom_id="subscriptions:remove:all"))

    async def press(self, interaction: discord.Interaction) -> None:
        """Remove them, and say so in place of the question."""
        held = await services_of(interaction).subscriptions.of_member(interaction.user.id)
        await _removed(interaction, [each.id for each in held])


class UnmuteMenu(_RemoveMenu, template=r"mutes:remove"):
    """Removes the chosen mutes of the member."""

    removes = "mutes:remove"

    @classmethod
    def of(cls, mutes: Sequence[Mute], catalogue: Catalogue) -> "UnmuteMenu":
        """A menu of 1 to 25 mutes."""
        options = [
            discord.SelectOption(label=shorten(mute_name(mute, catalogue), _OPTION, utf16_len), value=f"{mute.id}")
            for mute in mutes[: limits.OPTIONS]
        ]
        return cls(placeholder=catalogue.say("menu-unmute"), options=options)

    async def press(self, interaction: discord.Interaction) -> None:
        """Remove them, and say so in place of the list."""
        change = await services_of(interaction).changes.unmute(interaction.user.id, chosen_ids(self.item))
        await update(interaction, *_done(change, catalogue_of(interaction)))


def unsubscribe_view(subscriptions: Sequence[Subscription], catalogue: Catalogue) -> ui.View:
    """The menu of a member's 1 to 25 subscriptions, and the button to remove all of them."""
    options, placeholder = subscription_options(subscriptions, catalogue), catalogue.say("menu-unsubscribe")
    items: list[ui.Item[Any]] = [UnsubscribeMenu(placeholder=placeholder, options=options)]
    if len(subscriptions) > 1:
        items.append(UnsubscribeAllButton(catalogue.say("unsubscribe-all", count=len(subscriptions))))
    return view_of(*items)


async def _removed(interaction: discord.Interaction, ids: Sequence[int]) -> None:
    change = await services_of(interaction).changes.remove(interaction.user.id, ids)
    await update(interaction, *_done(change, catalogue_of(interaction)))


def _done(change: Change, catalogue: Catalogue) -> tuple[Message, ui.View | None]:
    undo = undo_button(change, catalogue)
    return Message(change_text(change, catalogue)), view_of(*undo) if undo else None
