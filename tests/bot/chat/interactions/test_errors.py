import logging
import re
from typing import Any, cast

import aiohttp
import discord
import pytest
from discord import app_commands

from bot.chat.interactions.errors import answer_error
from bot.errors import DatabaseAwayError, RefusalError
from tests.bot.chat.doubles import FakeInteraction, http_error


async def _answer(error: Exception, locale: discord.Locale = discord.Locale.american_english) -> str:
    interaction = FakeInteraction(locale)
    await answer_error(cast("discord.Interaction", interaction), error)
    [said] = interaction.said
    return said


def _transformer_error(value: str) -> app_commands.TransformerError:
    transformer = cast("Any", app_commands.Transformer())
    return app_commands.TransformerError(value, discord.AppCommandOptionType.string, transformer)


async def test_a_refusal_is_said_in_the_words_of_the_catalogue() -> None:
    assert "10 digests" in await _answer(RefusalError("error-digest-limit", limit=10))


async def test_a_refusal_is_said_in_korean_to_a_korean() -> None:
    assert "10개" in await _answer(RefusalError("error-digest-limit", limit=10), discord.Locale.korean)


async def test_a_refusal_is_found_beneath_what_discord_py_wraps_around_it() -> None:
    command = cast("Any", type("Command", (), {"name": "digest"}))
    wrapped = app_commands.CommandInvokeError(command, RefusalError("error-digest-none"))
    assert "no digests yet" in await _answer(wrapped)

    transforming = _transformer_error("9시")
    transforming.__cause__ = RefusalError("error-time", value="9시")
    assert "09:00" in await _answer(transforming)


async def test_missing_permissions_have_the_names_that_discord_shows() -> None:
    error = app_commands.MissingPermissions(["manage_guild", "view_audit_log"])
    assert await _answer(error) == "You need “Manage Server”, “View Audit Log” to do this."
    assert "‘서버 관리하기’" in await _answer(error, discord.Locale.korean)
    assert "‘링크 첨부’" in await _answer(app_commands.BotMissingPermissions(["embed_links"]), discord.Locale.korean)


async def test_a_cooldown_says_how_long() -> None:
    error = app_commands.CommandOnCooldown(app_commands.Cooldown(1, 60), 1.2)
    assert "in 2 seconds" in await _answer(error)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (app_commands.NoPrivateMessage(), "only works in a server"),
        (app_commands.CheckFailure(), "can't use this here"),
        (DatabaseAwayError("the database can't be used: disk full"), "isn't available right now"),
        (app_commands.CommandNotFound("digest", []), "changed"),
    ],
)
async def test_other_failures_have_their_sentence(error: Exception, words: str) -> None:
    assert words in await _answer(error)


async def test_a_value_that_cannot_be_read_is_quoted_without_its_markup() -> None:
    assert r"“\*\*x\*\*”" in await _answer(_transformer_error("**x**"))


async def test_what_nobody_foresaw_has_a_reference_that_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    said = await _answer(ZeroDivisionError("secret"))
    found = re.search(r"[0-9a-f]{6}$", said)
    assert found
    assert "secret" not in said
    [record] = caplog.records
    assert found[0] in record.getMessage()
    assert record.exc_info


@pytest.mark.parametrize("code", [10015, 10062, 40060, 50027])
async def test_an_expired_interaction_is_logged_and_not_answered(code: int, caplog: pytest.LogCaptureFixture) -> None:
    interaction = FakeInteraction()
    await answer_error(cast("discord.Interaction", interaction), http_error(404, code))
    assert not interaction.said
    assert caplog.records[0].levelno == logging.WARNING


async def test_a_lost_connection_is_one_line_with_a_reference(caplog: pytest.LogCaptureFixture) -> None:
    said = await _answer(aiohttp.ClientConnectionError("cut"))
    [record] = caplog.records
    assert record.getMessage() == f"Discord could not be reached, reference {said[-6:]}: cut"
    assert record.exc_info is None


@pytest.mark.parametrize("failure", [http_error(404, 10062), aiohttp.ClientConnectionError("cut")])
async def test_a_member_who_cannot_be_told_is_logged(failure: Exception, caplog: pytest.LogCaptureFixture) -> None:
    interaction = FakeInteraction()
    interaction.response.fails_with = failure
    await answer_error(cast("discord.Interaction", interaction), RefusalError("error-digest-none"))
    assert "could not tell a member" in caplog.text


async def test_after_a_first_answer_the_error_is_a_second_message() -> None:
    interaction = FakeInteraction()
    interaction.response.done = True
    await answer_error(cast("discord.Interaction", interaction), RefusalError("error-digest-none"))
    assert len(interaction.said) == 1
