"""The answer of /digest list: a server's digests, and a button that gives one of them the short card."""

from collections.abc import Sequence
from dataclasses import replace

import discord
from discord import ui

from bot.chat.digests.words import digests_list
from bot.chat.interactions.controls import Persistent, services_of, view_of
from bot.chat.interactions.cooldowns import Cost
from bot.chat.interactions.managers import require_digests
from bot.chat.interactions.reply import reply, update
from bot.chat.interactions.translate import catalogue_of
from bot.chat.text.limits import Message
from bot.digests.model import Digest, Style
from bot.digests.service import Standing
from bot.errors import RefusalError
from bot.locale import Catalogue


async def show_digests(interaction: discord.Interaction) -> None:
    """Answer with the server's digests. Raises RefusalError if it has none."""
    standings = await services_of(interaction).digests.of_server(interaction.guild_id or 0)
    if not standings:
        raise RefusalError("error-digest-none")
    message, view = _listed(standings, interaction.guild, catalogue_of(interaction))
    await reply(interaction, message, view=view)


class ShortCardsButton(Persistent[ui.Button[ui.View]], template=r"digest:short:(?P<number>[0-9]{1,3})"):
    """Changes a digest's style from `full` to `cards`, and shows the list again."""

    cost = Cost.ORDER

    def __init__(self, number: int | str, label: str | None = None) -> None:
        super().__init__(ui.Button(label=label, custom_id=f"digest:short:{number}"))
        self._number = int(number)

    async def press(self, interaction: discord.Interaction) -> None:
        """Change the digest, unless it has another style by now."""
        guild_id = (await require_digests(interaction)).id
        digests = services_of(interaction).digests
        digest, catalogue, done = await digests.get(guild_id, self._number), catalogue_of(interaction), ""
        if _has_full_cards(digest):
            await digests.edit(guild_id, self._number, replace(digest.order, style=Style.CARDS))
            done = catalogue.say("digest-shortened", number=self._number)
        message, view = _listed(await digests.of_server(guild_id), interaction.guild, catalogue)
        await update(interaction, replace(message, content=done), view)


def _listed(
    standings: Sequence[Standing], guild: discord.Guild | None, catalogue: Catalogue
) -> tuple[Message, ui.View | None]:
    numbers = [each.digest.number for each in standings if _has_full_cards(each.digest)]
    if not numbers:
        return digests_list(standings, guild, catalogue), None
    message = digests_list(standings, guild, catalogue, note=catalogue.say("digests-short"))
    buttons = [ShortCardsButton(number, catalogue.say("button-short", number=number)) for number in numbers]
    return message, view_of(*buttons)


def _has_full_cards(digest: Digest) -> bool:
    """Whether to offer the short card. An edit of a digest that can't be read whole would lose settings."""
    return digest.order.style is Style.FULL and not digest.unreadable
