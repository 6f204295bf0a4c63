"""Which language to use, the member's or the server's; and the names of slash commands in every language."""

import discord
from discord import app_commands

from bot.locale import Catalogue, Language, catalogue, language_of


def catalogue_of(interaction: discord.Interaction) -> Catalogue:
    """The catalogue in the language of the member's client."""
    return catalogue(language_of(str(interaction.locale)))


def server_catalogue(guild_locale: discord.Locale | str | None, language: str | None = None) -> Catalogue:
    """The catalogue for public messages in a server: in `language` if set, else in the server's locale."""
    return catalogue(language_of(language or str(guild_locale)))


def text(key: str) -> app_commands.locale_str:
    """A name or description of a command, option or choice: in English, and translatable by its key."""
    return app_commands.locale_str(catalogue(Language.EN).say(key), key=key)


def language_name(language: Language) -> app_commands.locale_str:
    """The name of a language: in English, and translatable."""
    return app_commands.locale_str(catalogue(Language.EN).name_of(language), language=language)


class CatalogueTranslator(app_commands.Translator):
    """Translates strings of `text` and `language_name` into every language of the catalogues."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002  # discord.py's signature
    ) -> str | None:
        """The string in the locale's language; None for English and other locales, which show the English default."""
        spoken = catalogue(language_of(str(locale)))
        if spoken.language is Language.EN:
            return None
        if key := string.extras.get("key"):
            return spoken.say(key)
        return spoken.name_of(named) if (named := string.extras.get("language")) else None
