"""Answers to interactions. Nobody is pinged by one."""

import discord
from discord.utils import MISSING

from bot.chat.message import Message

_PINGS_NOBODY = discord.AllowedMentions.none()


async def reply(
    interaction: discord.Interaction,
    answer: Message | str,
    *,
    view: discord.ui.View | None = None,
    file: discord.File | None = None,
    ephemeral: bool = True,
) -> None:
    """Answer an interaction; once it is answered, add a message. Only the member sees it unless told otherwise."""
    message = Message(answer) if isinstance(answer, str) else answer
    if interaction.response.is_done():
        await interaction.followup.send(
            message.content,
            embeds=message.embeds,
            view=view or MISSING,
            file=file or MISSING,
            ephemeral=ephemeral,
            allowed_mentions=_PINGS_NOBODY,
        )
    else:
        await interaction.response.send_message(
            message.content,
            embeds=message.embeds,
            view=view or MISSING,
            file=file or MISSING,
            ephemeral=ephemeral,
            allowed_mentions=_PINGS_NOBODY,
        )


async def update(interaction: discord.Interaction, message: Message, view: discord.ui.View | None = None) -> None:
    """Put a message in the place of the one whose button was pressed; without a view its buttons go.

    What everyone sees is never changed by a press: there the message is answered beside it, for the member alone.
    """
    if interaction.message is not None and not interaction.message.flags.ephemeral:
        await reply(interaction, message, view=view)
    elif interaction.response.is_done():
        await interaction.edit_original_response(
            content=message.content, embeds=message.embeds, view=view, allowed_mentions=_PINGS_NOBODY
        )
    else:
        await interaction.response.edit_message(
            content=message.content, embeds=message.embeds, view=view, allowed_mentions=_PINGS_NOBODY
        )
