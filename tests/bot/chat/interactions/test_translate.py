import discord
import pytest
from discord import app_commands

from bot.chat.interactions.translate import CatalogueTranslator, language_name, text
from bot.locale import Language

_CONTEXT: app_commands.TranslationContextTypes = app_commands.TranslationContext(
    app_commands.TranslationContextLocation.other, None
)


async def _korean(string: app_commands.locale_str, locale: discord.Locale = discord.Locale.korean) -> str | None:
    return await CatalogueTranslator().translate(string, locale, _CONTEXT)


def test_english_is_the_default_name() -> None:
    assert text("command-digest").message == "digest"
    assert text("command-digest").extras == {"key": "command-digest"}


async def test_korean_comes_from_the_catalogue() -> None:
    assert await _korean(text("command-digest")) == "다이제스트"


async def test_every_language_has_its_own_name_for_a_command() -> None:
    assert await _korean(text("command-digest"), discord.Locale.japanese) == "ダイジェスト"


async def test_languages_are_named_in_the_readers_own() -> None:
    assert language_name(Language.EN).message == "English"
    assert await _korean(language_name(Language.EN)) == "영어"


@pytest.mark.parametrize("locale", [discord.Locale.american_english, discord.Locale.french])
async def test_other_locales_keep_the_default(locale: discord.Locale) -> None:
    assert await _korean(text("command-digest"), locale) is None


async def test_a_string_of_somebody_else_is_left_alone() -> None:
    assert await _korean(app_commands.locale_str("hello")) is None
