"""Answers to interactions. They never ping anyone."""

import discord
from discord.utils import MISSING

from bot.chat.text.limits import Message
from bot.chat.text.refused import send_accepted

_PINGS_NOBODY = discord.AllowedMentions.none()
_WHAT = "an answer"


async def reply(
    interaction: discord.Interaction,
    answer: Message | str,
    *,
    view: discord.ui.View | None = None,
    file: discord.File | None = None,
    ephemeral: bool = True,
) -> None:
    """Answer an interaction; if it was answered before, send another message. Only the member sees it by default."""
    written = Message(answer) if isinstance(answer, str) else answer
    respond = interaction.followup.send if interaction.response.is_done() else interaction.response.send_message

    async def send(message: Message) -> object:
        return await respond(
            message.content,
            embeds=message.embeds,
            view=view or MISSING,
            file=file or MISSING,
            ephemeral=ephemeral,
            allowed_mentions=_PINGS_NOBODY,
        )

    await send_accepted(written, send, _WHAT)


async def update(interaction: discord.Interaction, message: Message, view: discord.ui.View | None = None) -> None:
    """Replace the message whose button was pressed. Without a view, its buttons are removed.

    A public message is never changed by a press: then the answer is a new message that only the member sees.
    """
    if interaction.message is not None and not interaction.message.flags.ephemeral:
        await reply(interaction, message, view=view)
    else:
        await redraw(interaction, message, view)


async def redraw(interaction: discord.Interaction, message: Message, view: discord.ui.View | None = None) -> None:
    """Replace the message whose control was used, even a public one. Without a view, its controls are removed."""
    is_done = interaction.response.is_done()
    edit = interaction.edit_original_response if is_done else interaction.response.edit_message

    async def put(written: Message) -> object:
        return await edit(content=written.content, embeds=written.embeds, view=view, allowed_mentions=_PINGS_NOBODY)

    await send_accepted(message, put, _WHAT)
