from tests.cogs.conftest import Club


async def test_help_mentions_commands_that_can_be_tapped_in_the_members_language(club: Club) -> None:
    reply = await club.mina.type("/도움말")
    assert reply.ephemeral
    (embed,) = reply.message.embeds
    assert embed.title == "도움말"
    digest = club.house.discord.commands.id_of("digest")
    assert f"</digest add:{digest}>" in embed.text
    (english,) = (await club.john.type("/help", in_=club.john.dm)).message.embeds
    assert "searches" in english.text
