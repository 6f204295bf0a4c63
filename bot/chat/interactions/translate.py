"""The names and descriptions of slash commands, in every language of the catalogue."""

import discord
from discord import app_commands

from bot.locale import Language, catalogue


def text(key: str) -> app_commands.locale_str:
    """A command's name, description, option or choice: English by default, the catalogue's elsewhere."""
    return app_commands.locale_str(catalogue(Language.EN).say(key), key=key)


class CatalogueTranslator(app_commands.Translator):
    """Answers Discord's Korean from the catalogue, by the key that `text` put into the string."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002  # discord.py's signature
    ) -> str | None:
        """The string in Korean; None, which stands for the English default, for any other locale."""
        key = string.extras.get("key")
        return catalogue(Language.KO).say(key) if key and locale is discord.Locale.korean else None
