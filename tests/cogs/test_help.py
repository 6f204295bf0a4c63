from bot.locale import command_id, know_commands
from sandbox import Sandbox
from tests.cogs.conftest import Club
from tests.conftest import House


async def test_help_mentions_commands_that_can_be_tapped_in_the_members_language(club: Club) -> None:
    reply = await club.mina.type("/도움말")
    assert reply.ephemeral
    (embed,) = reply.message.embeds
    assert embed.title == "도움말"
    digest = club.house.discord.commands.id_of("digest")
    assert f"</digest add:{digest}>" in embed.text
    (english,) = (await club.john.type("/help", in_=club.john.dm)).message.embeds
    assert "searches" in english.text


async def test_after_a_restart_the_ids_are_known_without_another_sync(discord: Sandbox, house: House) -> None:
    async with house.running():
        synced = discord.commands.overwrites
    know_commands({})
    async with house.running():
        assert command_id("digest") == discord.commands.id_of("digest")
    assert discord.commands.overwrites == synced
