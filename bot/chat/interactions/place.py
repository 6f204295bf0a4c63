"""Where and when a command or button is used: what may be posted there, and which date it is."""

from datetime import date

import discord
from discord import app_commands

from bot.chat.interactions.controls import services_of
from bot.chat.interactions.language import catalogue_of
from bot.locale import Language


def require_posting_here(interaction: discord.Interaction) -> None:
    """Make sure that both the member and the bot may post in this channel of a server.

    Raises MissingPermissions or BotMissingPermissions with what is missing.
    """
    thread = isinstance(interaction.channel, discord.Thread)
    write = "send_messages_in_threads" if thread else "send_messages"
    if missing := _missing(interaction.permissions, (write,)):
        raise app_commands.MissingPermissions(missing)
    if missing := _missing(interaction.app_permissions, ("view_channel", write, "embed_links")):
        raise app_commands.BotMissingPermissions(missing)


def _missing(allowed: discord.Permissions, needed: tuple[str, ...]) -> list[str]:
    return [name for name in needed if not getattr(allowed, name)]


async def today_here(interaction: discord.Interaction) -> date:
    """Today's date in the server's zone; in a DM, in that of the member's language."""
    services = services_of(interaction)
    korean = catalogue_of(interaction).language is Language.KO
    zone = await services.digests.zone(interaction.guild_id, korean=korean)
    return services.clock.now().astimezone(zone).date()
