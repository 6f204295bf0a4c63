"""The place and time zone that an interaction comes from: who may post or share there, and today's date."""

from datetime import date

import discord
from discord import app_commands

from bot.chat.interactions.controls import services_of
from bot.chat.interactions.elsewhere import home_of, is_elsewhere


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
