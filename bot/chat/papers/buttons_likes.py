"""The button with which a member likes a paper in a server, or takes that back. Only the number is ever shown."""

from typing import Any, cast

import discord
from discord import ui

from bot.chat.interactions.controls import Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.elsewhere import home_of
from bot.chat.interactions.reply import update
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
        guild_id = home_of(interaction)
        if guild_id is None:
            raise RefusalError("error-server-only")
        liking = await self._wished(interaction, guild_id)
        catalogue, message = catalogue_of(interaction), interaction.message
        button = LikeButton.of(self._arxiv_id, liking, catalogue)
        if message is not None and message.flags.ephemeral and message.embeds:
            await interaction.response.edit_message(view=self._replaced(message, button))
            return
        told = catalogue.say("like-counted" if liking.own else "like-withdrawn", count=liking.count)
        await update(interaction, Message(told), view_of(button))

    async def _wished(self, interaction: discord.Interaction, guild_id: int) -> Liking:
        services, user_id = services_of(interaction), interaction.user.id
        if self._wish == "no":
            await services.likes.remove(guild_id, user_id, self._arxiv_id)
        elif await services.library.appearance(self._arxiv_id) is None:
            raise RefusalError("error-paper-gone")
        elif not await services.likes.add(guild_id, user_id, self._arxiv_id, services.clock.now()):
            raise RefusalError("error-likes-limit", limit=MAX_LIKES)
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
