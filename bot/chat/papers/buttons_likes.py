"""The button with which a member likes a paper in a server, or takes that back. Only the number is ever shown.

An edition of cards has one button for all of its papers, which asks for the paper by a menu.
"""

from collections.abc import Sequence
from typing import Any, cast

import discord
from discord import ui

from bot.chat.interactions.controls import Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.elsewhere import home_of
from bot.chat.interactions.reply import reply, update
from bot.chat.interactions.translate import catalogue_of
from bot.chat.text.limits import Message
from bot.chat.text.theme import Sign
from bot.errors import RefusalError
from bot.locale import Catalogue
from bot.reading.likes import MAX_LIKES, Liking

Button = ui.Button[ui.View]
_Style = discord.ButtonStyle


class LikeButton(Persistent[Button], template=r"papers:like:(?P<arxiv_id>[^:]{1,60}):(?P<wish>yes|no)"):
    """Adds the member's like of a paper in this server, or takes it back.

    `wish` is in the custom_id, so a button always does what it says. In private its look shows the number of likes, and
    whether the member's own is among them. A public one looks the same to all, so it only adds.
    """

    cost = Cost.SEARCH

    def __init__(self, arxiv_id: str, wish: str, label: str | None = None) -> None:
        style = _Style.secondary if wish == "yes" else _Style.success
        custom_id = f"papers:like:{arxiv_id}:{wish}"
        super().__init__(ui.Button(label=label, emoji=Sign.LIKE, style=style, custom_id=custom_id))
        self._arxiv_id = arxiv_id
        self._wish = wish

    @classmethod
    def of(cls, arxiv_id: str, liking: Liking, catalogue: Catalogue) -> "LikeButton":
        """The private button."""
        return cls(arxiv_id, "no" if liking.own else "yes", catalogue.say("like-button", count=liking.count))

    @classmethod
    def anew(cls, arxiv_id: str, catalogue: Catalogue) -> "LikeButton":
        """The public button."""
        return cls.of(arxiv_id, Liking(0, own=False), catalogue)

    async def press(self, interaction: discord.Interaction) -> None:
        """Do it. In a paper's private view the button changes; elsewhere the member is told in private."""
        liking = await self._wished(interaction, _server(interaction))
        catalogue, message = catalogue_of(interaction), interaction.message
        button = LikeButton.of(self._arxiv_id, liking, catalogue)
        if message is not None and message.flags.ephemeral and message.embeds:
            await interaction.response.edit_message(view=self._replaced(message, button))
            return
        await _tell(interaction, self._arxiv_id, liking)

    async def _wished(self, interaction: discord.Interaction, guild_id: int) -> Liking:
        if self._wish == "yes":
            return await _like(interaction, guild_id, self._arxiv_id)
        services, user_id = services_of(interaction), interaction.user.id
        await services.likes.remove(guild_id, user_id, self._arxiv_id)
        return await services.likes.of(guild_id, user_id, self._arxiv_id)

    def _replaced(self, message: discord.Message, button: "LikeButton") -> ui.View:
        """The message's controls with another button in the place of this one."""
        controls = cast("list[ui.Button[ui.View]]", ui.View.from_message(message, timeout=None).children)
        items: list[ui.Item[Any]] = []
        for control in controls:
            is_this = getattr(control, "custom_id", None) == self.item.custom_id
            items.append(button if is_this else control)
            items[-1].row = control.row
        return view_of(*items)


class LikesButton(Persistent[Button], template="papers:likes"):
    """Below an edition: offers its papers in a private menu."""

    cost = Cost.SEARCH

    def __init__(self, label: str | None = None) -> None:
        super().__init__(ui.Button(label=label, emoji=Sign.LIKE, custom_id="papers:likes"))

    @classmethod
    def of(cls, catalogue: Catalogue) -> "LikesButton":
        """The button, the same to all."""
        return cls(catalogue.say("like-button", count=0))

    async def press(self, interaction: discord.Interaction) -> None:
        """Ask which of the edition's papers."""
        _server(interaction)
        options = _papers_of(interaction.message)
        if not options:
            raise RefusalError("error-button-gone")
        say = catalogue_of(interaction).say
        await reply(interaction, Message(say("like-which")), view=view_of(LikeMenu(say("menu-like"), options)))


class LikeMenu(Persistent[ui.Select[ui.View]], template="papers:like-one"):
    """Adds the member's like of the paper that was chosen."""

    cost = Cost.SEARCH

    def __init__(self, placeholder: str | None = None, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(ui.Select(custom_id="papers:like-one", placeholder=placeholder, options=[*options]))

    async def press(self, interaction: discord.Interaction) -> None:
        """Add it, and tell the number in place of the menu."""
        if not self.item.values:
            raise RefusalError("error-button-gone")
        [arxiv_id] = self.item.values
        await _tell(interaction, arxiv_id, await _like(interaction, _server(interaction), arxiv_id))


def _server(interaction: discord.Interaction) -> int:
    """The server whose likes are meant. Raises RefusalError where the bot is in none."""
    if (guild_id := home_of(interaction)) is None:
        raise RefusalError("error-server-only")
    return guild_id


async def _like(interaction: discord.Interaction, guild_id: int, arxiv_id: str) -> Liking:
    """Add the member's like. Raises RefusalError for a paper that is not stored, and at the limit."""
    services, user_id = services_of(interaction), interaction.user.id
    if await services.library.appearance(arxiv_id) is None:
        raise RefusalError("error-paper-gone")
    if not await services.likes.add(guild_id, user_id, arxiv_id, services.clock.now()):
        raise RefusalError("error-likes-limit", limit=MAX_LIKES)
    return await services.likes.of(guild_id, user_id, arxiv_id)


async def _tell(interaction: discord.Interaction, arxiv_id: str, liking: Liking) -> None:
    """Tell the member the number, with the button that does the opposite."""
    catalogue = catalogue_of(interaction)
    told = catalogue.say("like-counted" if liking.own else "like-withdrawn", count=liking.count)
    await update(interaction, Message(told), view_of(LikeButton.of(arxiv_id, liking, catalogue)))


def _papers_of(message: discord.Message | None) -> list[discord.SelectOption]:
    """The papers in a message's menu."""
    controls = ui.View.from_message(message, timeout=None).children if message else []
    menus = [control for control in controls if isinstance(control, ui.Select)]
    return [discord.SelectOption(label=each.label, value=each.value) for menu in menus for each in menu.options]
