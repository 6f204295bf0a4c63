"""Which language to use: the member's for private answers, the server's for public messages."""

import discord

from bot.locale import Catalogue, catalogue, language_of


def catalogue_of(interaction: discord.Interaction) -> Catalogue:
    """The catalogue in the language of the member's client."""
    return catalogue(language_of(str(interaction.locale)))


def server_catalogue(guild_locale: discord.Locale | str | None, language: str | None = None) -> Catalogue:
    """The catalogue for public messages in a server: in `language` if set, else in the server's locale."""
    return catalogue(language_of(language or str(guild_locale)))
