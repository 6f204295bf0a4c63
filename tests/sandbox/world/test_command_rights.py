"""Who may use a command is the server's choice on its Integrations page."""

import asyncio

import discord
import pytest

from sandbox import Channel, Member, NotAllowed, Sandbox, Server
from sandbox.world.bell import PATIENCE
from tests.sandbox.newsbot import NewsBot


async def register(bot: NewsBot) -> None:
    assert bot.application_id is not None
    command = {"name": "admin", "description": "-", "type": 1, "default_member_permissions": 1 << 5}
    await bot.http.bulk_upsert_global_commands(bot.application_id, [command])


def offered(world: Sandbox, channel: Channel, member: Member) -> bool:
    try:
        world.commands.find("/admin", channel, member.user)
    except NotAllowed:
        return False
    return True


async def test_what_is_set_for_a_command_stands_above_its_default_permission(
    world: Sandbox, bot: NewsBot, server: Server, channel: Channel, mina: Member, jun: Member
) -> None:
    await register(bot)
    role = server.add_role("editors")
    jun.give(role)
    assert (offered(world, channel, mina), offered(world, channel, jun)) == (True, False)
    server.let(role, "admin")
    assert offered(world, channel, jun)
    server.let(jun, "admin", allowed=False)
    assert not offered(world, channel, jun)
    server.let(mina, "admin", allowed=False)
    assert not offered(world, channel, mina)
    assert offered(world, channel, server.owner)


async def test_what_is_set_for_the_whole_bot_can_only_take_away(
    world: Sandbox, bot: NewsBot, server: Server, channel: Channel, mina: Member, jun: Member
) -> None:
    await register(bot)
    server.let(jun, "")
    server.let(mina, "", allowed=False)
    assert (offered(world, channel, mina), offered(world, channel, jun)) == (False, False)


async def test_the_bot_is_told_and_can_ask(
    world: Sandbox, bot: NewsBot, server: Server, channel: Channel, jun: Member
) -> None:
    del channel
    await register(bot)
    told = asyncio.create_task(bot.wait_for("raw_app_command_permissions_update", timeout=PATIENCE))
    await asyncio.sleep(0)
    server.let(jun, "admin")
    event = await told
    assert event.target_id == world.commands.id_of("admin")
    assert bot.application_id is not None
    listed = await bot.http.get_guild_application_command_permissions(bot.application_id, server.id)
    assert [(int(each["id"]), each["permissions"]) for each in listed] == [
        (world.commands.id_of("admin"), [{"id": str(jun.id), "type": 2, "permission": True}])
    ]
    server.let(jun, "admin", allowed=None)
    assert await bot.http.get_guild_application_command_permissions(bot.application_id, server.id) == []


async def test_who_added_the_bot_is_told_to_a_bot_that_manages_the_server(
    world: Sandbox, bot: NewsBot, server: Server, mina: Member
) -> None:
    del world
    guild = bot.get_guild(server.id)
    assert guild is not None
    with pytest.raises(discord.Forbidden):
        await guild.integrations()
    server.kick_bot()
    server.invite_bot(by=mina)
    server.bot_role.allow("manage_server")
    [integration] = await guild.integrations()
    assert integration.user is not None
    assert integration.user.id == mina.id
