"""What hangs below the notice of a pause: a button that tells those who manage the server what happened."""

import discord
from discord import ui

from bot.chat.digests import history
from bot.chat.language import catalogue_of
from bot.chat.persistent import Persistent, services_of, view_of
from bot.chat.reply import reply
from bot.digests.model import Digest
from bot.errors import RefusalError
from bot.locale import Catalogue


class WhyButton(Persistent[ui.Button[ui.View]], template=r"digest:why:(?P<guild>[0-9]{1,20}):(?P<number>[0-9]{1,3})"):
    """Shows what `/digest why` does: in the server to those who manage it, in a DM to who made the digest."""

    def __init__(self, guild: int | str, number: int | str, *, label: str = "") -> None:
        super().__init__(ui.Button(label=label or None, emoji="🔎", custom_id=f"digest:why:{guild}:{number}"))
        self._guild_id, self._number = int(guild), int(number)

    async def press(self, interaction: discord.Interaction) -> None:
        """Show the digest's history, privately."""
        told = await services_of(interaction).digests.why(self._guild_id, self._number)
        if not _may_look(interaction, told.standing.digest):
            raise RefusalError("error-digest-not-yours")
        guild = interaction.client.get_guild(self._guild_id)
        await reply(interaction, history(told, guild, catalogue_of(interaction)))


def notice_view(digest: Digest, catalogue: Catalogue) -> ui.View:
    """The button of a notice."""
    return view_of(WhyButton(digest.guild_id, digest.number, label=catalogue.say("notice-button")))


def _may_look(interaction: discord.Interaction, digest: Digest) -> bool:
    if interaction.guild_id is None:
        return interaction.user.id == digest.created_by
    return interaction.guild_id == digest.guild_id and interaction.permissions.manage_guild
