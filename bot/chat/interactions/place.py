"""The place that an interaction comes from: whether the bot is there, who may post or share, and today's date.

"Elsewhere" is where the bot is not: a server without it, a group chat, or a DM between people. There, members use the
Paperboy that they added to their accounts (docs/adr/016-anywhere.md).
"""

from datetime import date

import discord
from discord import app_commands

from bot.chat.interactions.controls import services_of


def home_of(interaction: discord.Interaction) -> int | None:
    """The id of the server that an interaction comes from, if the bot is in it; else None."""
    server = interaction.guild_id
    return server if server is not None and interaction.client.get_guild(server) is not None else None


def is_elsewhere(interaction: discord.Interaction) -> bool:
    """Whether an interaction comes from where the bot is not."""
    if interaction.guild_id is not None:
        return home_of(interaction) is None
    return bool(interaction.context.private_channel)


def require_sharing_here(interaction: discord.Interaction) -> None:
    """Check that a page can be shown to everyone in the interaction's place.

    Elsewhere it is shown by the member's own Paperboy, so all depends on the member's permissions. Raises
    MissingPermissions or BotMissingPermissions with the missing permissions.
    """
    if not is_elsewhere(interaction):
        require_posting_here(interaction)
    elif interaction.guild_id is not None:
        _require(interaction.permissions, (_to_write(interaction), "embed_links", "use_external_apps"))


def require_posting_here(interaction: discord.Interaction) -> None:
    """Check that both the member and the bot may post in the interaction's channel or thread.

    Raises MissingPermissions or BotMissingPermissions with the missing permissions.
    """
    write = _to_write(interaction)
    _require(interaction.permissions, (write,))
    if missing := _missing(interaction.app_permissions, ("view_channel", write, "embed_links")):
        raise app_commands.BotMissingPermissions(missing)


def _to_write(interaction: discord.Interaction) -> str:
    return "send_messages_in_threads" if isinstance(interaction.channel, discord.Thread) else "send_messages"


def _require(allowed: discord.Permissions, needed: tuple[str, ...]) -> None:
    """Check the member's permissions."""
    if missing := _missing(allowed, needed):
        raise app_commands.MissingPermissions(missing)


def _missing(allowed: discord.Permissions, needed: tuple[str, ...]) -> list[str]:
    return [name for name in needed if not getattr(allowed, name)]


async def today_here(interaction: discord.Interaction) -> date:
    """Today's date in the time zone of the server's digests, else in the usual one of the member's language."""
    services = services_of(interaction)
    zone = await services.digests.zone(home_of(interaction), str(interaction.locale))
    return services.clock.now().astimezone(zone).date()
