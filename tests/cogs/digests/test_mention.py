"""/digest with `mention`, by the real client against the local Discord."""

import json

import pytest

from bot.app import App
from bot.delivery.model import State
from sandbox import Channel, Member, Server
from sandbox.world.interactions import Reply
from sandbox.world.servers import Role
from tests.conftest import House


@pytest.fixture
def readers(server: Server, papers: Channel) -> Role:
    """A role that the bot may mention; one member has it."""
    del papers
    role = server.add_role("Paper Readers", mentionable=True)
    server.add_member("jo").give(role)
    return role


@pytest.fixture
def quiet(server: Server, papers: Channel) -> Role:
    """A role that the bot may not mention."""
    papers.deny(server.bot_role, "mention_everyone")
    return server.add_role("Quiet")


async def _add(admin: Member, papers: Channel, mention: str) -> Reply:
    return await admin.type("/digest add", channel=papers, time="09:00", timezone="Asia/Seoul", mention=mention)


async def test_the_first_message_of_an_edition_pings_the_role_alone(
    admin: Member, korean: Member, papers: Channel, readers: Role, app: App
) -> None:
    assert f"mentions {readers.mention}" in (await _add(admin, papers, "@Paper Readers")).text
    await admin.type("/digest edit", style="thread")
    assert f"\n-# mentions {readers.mention}" in (await admin.type("/digest preview")).text
    await admin.type("/digest now")
    headline = await papers.next_message()
    [jo] = [member for member in readers.server.members if readers in member.roles]
    assert headline.content.endswith(f"\n{readers.mention}")
    assert headline.pinged == {jo.id}
    assert headline.content.splitlines()[0].startswith("5 papers")


@pytest.mark.parametrize("typed", ["paper readers", "@PAPER READERS", "{id}", "<@&{id}>"])
async def test_a_role_is_read_by_name_id_or_mention(
    typed: str, admin: Member, papers: Channel, readers: Role, app: App
) -> None:
    assert readers.mention in (await _add(admin, papers, typed.format(id=readers.id))).text


async def test_roles_are_offered_by_name_and_off_ends_it(
    admin: Member, papers: Channel, readers: Role, app: App
) -> None:
    offered = await admin.complete("/digest add", mention="pap")
    assert [(one.name, one.value) for one in offered] == [
        ("@Paper Readers", str(readers.id)),
        ("off: ping nobody", "off"),
    ]
    assert (await _add(admin, papers, str(offered[0].value))).text.count(readers.mention) == 1
    assert readers.mention not in (await admin.type("/digest edit", mention="off")).text


async def test_what_is_no_role_is_refused(admin: Member, korean: Member, papers: Channel, app: App) -> None:
    for typed in ("nobody's", str(papers.id), f"<@&{admin.server.id}>"):
        assert "There's no role" in (await _add(admin, papers, typed)).text
    assert "이 서버에 그런 역할이 없어요" in (await _add(korean, papers, "없는 역할")).text
    assert await app.services.digests.of_server(admin.server.id) == []


async def test_a_role_that_the_bot_may_not_mention_is_refused_with_what_to_allow(
    admin: Member, korean: Member, papers: Channel, quiet: Role, app: App
) -> None:
    refused = (await _add(admin, papers, "Quiet")).text
    assert "“Allow anyone to @mention this role”" in refused
    assert "“Mention @everyone, @here, and All Roles”" in refused
    assert f"{quiet.mention} 역할을 멘션할 수 없어요" in (await _add(korean, papers, "Quiet")).text
    assert await app.services.digests.of_server(admin.server.id) == []
    papers.allow(admin.server.bot_role, "mention_everyone")
    await app.client.wait_for("guild_channel_update")
    assert "is ready" in (await _add(admin, papers, "Quiet")).text


async def test_everyone_is_for_admins_who_may_mention_everyone_and_for_a_bot_that_may(
    admin: Member, papers: Channel, app: App
) -> None:
    papers.deny(admin, "mention_everyone")
    await app.client.wait_for("guild_channel_update")
    assert "you need “Mention @everyone" in (await _add(admin, papers, "@everyone")).text
    papers.allow(admin, "mention_everyone")
    await app.client.wait_for("guild_channel_update")
    assert "mentions @here" in (await _add(admin, papers, "here")).text
    await admin.type("/digest now")
    assert (await papers.next_message()).pinged == {"here"}
    papers.deny(admin.server.bot_role, "mention_everyone")
    await app.client.wait_for("guild_channel_update")
    assert "I can't mention @everyone" in (await _add(admin, papers, "everyone")).text
    assert "I can't mention @here" in (await admin.type("/digest list")).text


async def test_a_role_that_is_gone_is_left_out_and_the_list_says_so(
    admin: Member, papers: Channel, readers: Role, app: App, house: House
) -> None:
    await _add(admin, papers, "Paper Readers")
    readers.delete()
    await app.client.wait_for("guild_role_delete")
    assert "The role to mention is gone" in (await admin.type("/digest list")).text
    await admin.type("/digest now")
    assert "<@&" not in (await papers.next_message()).content
    await house.until_delivery(app, State.SENT)


async def test_a_file_does_not_get_around_the_permission(admin: Member, papers: Channel, app: App) -> None:
    await _add(admin, papers, "everyone")
    file = (await admin.type("/digest export")).message.attachments[0].content
    assert json.loads(file)["digests"][0]["mention"] == "everyone"
    papers.deny(admin, "mention_everyone")
    await app.client.wait_for("guild_channel_update")
    reply = await admin.type("/digest import", file=admin.user.discord.upload("digests.json", file))
    assert "you need “Mention @everyone" in reply.text
