"""Which language to speak: the member's in private, the server's in public."""

import discord

from bot.locale import Catalogue, catalogue, language_of


def catalogue_of(interaction: discord.Interaction) -> Catalogue:
    """The catalogue for the member who asks, by the language of their client."""
    return catalogue(language_of(str(interaction.locale)))


def server_catalogue(guild_locale: discord.Locale | str | None, language: str | None = None) -> Catalogue:
    """The catalogue for what everyone in a server reads: `language` if set, else the server's own locale."""
    return catalogue(language_of(language or str(guild_locale)))
