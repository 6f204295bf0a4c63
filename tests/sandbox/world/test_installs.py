"""Apps that people added to their accounts: where their commands are offered, and what the bot is told there."""

from typing import Any

import discord
import pytest

from sandbox import Channel, Member, NotAllowed, Sandbox, Server, User
from tests.sandbox.newsbot import NewsBot
from tests.sandbox.rest import Rest


@pytest.fixture
def lab(world: Sandbox) -> Server:
    """A server without the bot."""
    server = world.add_server("Lab", locale="ja", with_bot=False)
    server.add_channel("talk")
    return server


@pytest.fixture
def yuna(lab: Server) -> Member:
    """A member of the lab who added the bot to her account."""
    member = lab.add_member("yuna", locale="ko")
    member.add_app()
    return member


async def told(bot: NewsBot) -> discord.Interaction[Any]:
    return await bot.seen.get()


async def test_a_command_for_users_is_offered_wherever_its_user_is(
    bot: NewsBot, world: Sandbox, yuna: Member, mina: Member, jun: Member
) -> None:
    group = world.add_chat(yuna, mina, jun)
    owner = {1: yuna.id}
    for place, context in (
        (None, "guild"),
        (group, "private_channel"),
        (world.add_chat(yuna, mina), "private_channel"),
    ):
        assert (await yuna.type("/anywhere", in_=place)).content == str(owner), place
        interaction = await told(bot)
        assert getattr(interaction.context, context), place
        assert (interaction.user.id, interaction.is_guild_integration()) == (yuna.id, False)
    assert (await yuna.type("/anywhere", in_=yuna.dm)).content == str(owner)
    assert (await told(bot)).context.dm_channel


async def test_a_server_that_has_the_bot_is_an_owner_too(bot: NewsBot, mina: Member, server: Server) -> None:
    assert (await mina.type("/anywhere")).content == str({0: server.id})
    mina.add_app()
    assert (await mina.type("/anywhere")).content == str({0: server.id, 1: mina.id})
    assert (await mina.type("/anywhere", in_=mina.dm)).content == str({0: 0, 1: mina.id})


async def test_a_command_is_offered_where_it_is_allowed_alone(
    bot: NewsBot, world: Sandbox, yuna: Member, mina: Member, lab: Server
) -> None:
    group = world.add_chat(yuna, mina)
    for words, member, place in (
        ("/where", yuna, None),  # for servers alone
        ("/anywhere", mina, group),  # who did not add it
        ("/setup", yuna, yuna.dm),  # not for DMs
    ):
        with pytest.raises(NotAllowed, match="not offered"):
            await member.type(words, in_=place)
    with pytest.raises(NotAllowed, match="not there"):
        await lab.add_member("new").type("/anywhere")
    yuna.remove_app()
    with pytest.raises(NotAllowed, match="not there"):
        await yuna.type("/anywhere")


async def test_the_bot_learns_little_of_a_server_that_it_is_not_in(bot: NewsBot, yuna: Member, lab: Server) -> None:
    await yuna.type("/anywhere")
    interaction = await told(bot)
    assert bot.get_guild(lab.id) is None
    assert interaction.guild_id == lab.id
    assert interaction.guild is not None
    assert [*interaction.guild.roles, *interaction.guild.channels] == []
    assert interaction.app_permissions == discord.Permissions(
        attach_files=True, embed_links=True, mention_everyone=True, external_emojis=True
    )
    assert isinstance(interaction.channel, discord.TextChannel)
    with pytest.raises(discord.Forbidden, match="Missing Access"):
        await interaction.channel.send("hello")


async def test_a_button_has_the_owners_of_the_command_that_its_message_answers(
    bot: NewsBot, yuna: Member, lab: Server
) -> None:
    shown = await yuna.type("/anywhere")
    other = lab.add_member("other")
    pressed = await other.press(shown, "Keep")
    assert pressed.interaction.user is other.user
    assert pressed.interaction.payload()["authorizing_integration_owners"] == {"1": str(yuna.id)}


async def test_who_may_not_use_external_apps_is_answered_in_private(bot: NewsBot, yuna: Member, lab: Server) -> None:
    assert not (await yuna.type("/anywhere")).ephemeral
    lab.everyone.deny("use_external_apps")
    assert (await yuna.type("/anywhere")).ephemeral
    lab.invite_bot()
    assert not (await yuna.type("/anywhere")).ephemeral


async def test_an_app_that_a_user_added_follows_up_five_times(
    bot: NewsBot, yuna: Member, mina: Member, caplog: pytest.LogCaptureFixture
) -> None:
    reply = await mina.type("/chatty")
    assert [(await reply.next_followup()).content for _ in range(6)] == list("123456")
    reply = await yuna.type("/chatty")
    assert [(await reply.next_followup()).content for _ in range(5)] == list("12345")
    await yuna.user.discord.until(lambda: any(request.code == 40094 for request in yuna.user.discord.requests))


async def test_a_menu_of_a_message_sends_it_whole(
    bot: NewsBot, world: Sandbox, mina: Member, jun: Member, yuna: Member, channel: Channel
) -> None:
    assert (await jun.use_menu("Read this", mina.say("see arxiv.org"))).content == "mina: see arxiv.org"
    private = await mina.use_menu("이거 읽기", jun.say("한글"))
    assert (private.content, private.ephemeral) == ("jun: 한글", True)
    chat = world.add_chat(mina, yuna)
    assert (await yuna.use_menu("Read this", mina.say("psst", in_=chat))).content == "mina: psst"
    with pytest.raises(NotAllowed, match="private answer"):
        await mina.use_menu("Read this", private)
    with pytest.raises(NotAllowed, match="no menu entry Read that, but Read this"):
        await jun.use_menu("Read that", mina.say("x"))
    with pytest.raises(NotAllowed, match="not offered"):
        await mina.use_menu("Read this", mina.say("x", in_=chat))


async def test_what_is_registered_for_menus_is_checked(rest: Rest, world: Sandbox) -> None:
    path = f"/applications/{world.bot.id}/commands"
    menu = {"name": "Show papers", "type": 3, "integration_types": [0, 1], "contexts": [0, 1, 2]}
    (stored,) = (await rest("PUT", path, [menu])).body
    assert (stored["description"], stored["contexts"]) == ("", [0, 1, 2])
    for change in (
        {"description": "x"},
        {"name": "x" * 33},
        {"integration_types": [2]},
        {"contexts": [3]},
        {"name_localizations": {"kr": "x"}},
    ):
        assert (await rest("PUT", path, [menu | change])).status == 400, change


async def test_a_stranger_with_the_app_has_its_commands_in_its_dm(bot: NewsBot, world: Sandbox) -> None:
    stranger: User = world.add_user("stranger")
    with pytest.raises(NotAllowed, match="not there"):
        await stranger.type("/anywhere")
    stranger.add_app()
    assert (await stranger.type("/anywhere")).content == str({1: stranger.id})
