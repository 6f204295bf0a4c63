"""The names and descriptions of slash commands, in every language of the catalogue."""

import discord
from discord import app_commands

from bot.locale import Language, catalogue


def text(key: str) -> app_commands.locale_str:
    """A name or description of a command, option or choice: in English, and translatable by its key."""
    return app_commands.locale_str(catalogue(Language.EN).say(key), key=key)


class CatalogueTranslator(app_commands.Translator):
    """Translates strings of `text` into Korean."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002  # discord.py's signature
    ) -> str | None:
        """The string in Korean; None for other locales, for which Discord shows the English default."""
        if locale is not discord.Locale.korean:
            return None
        key = string.extras.get("key")
        return catalogue(Language.KO).say(key) if key else None
