"""Whether the bot is where an interaction comes from.

"Elsewhere" is where it is not: a server without it, a group chat, or a DM between people. There, members use the
Paperboy that they added to their accounts (docs/adr/016-anywhere.md).
"""

import discord


def home_of(interaction: discord.Interaction) -> int | None:
    """The id of the server that an interaction comes from, if the bot is in it; else None."""
    server = interaction.guild_id
    return server if server is not None and interaction.client.get_guild(server) is not None else None


def is_elsewhere(interaction: discord.Interaction) -> bool:
    """Whether an interaction comes from where the bot is not."""
    if interaction.guild_id is not None:
        return home_of(interaction) is None
    return bool(interaction.context.private_channel)
