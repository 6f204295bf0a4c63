"""Those who manage a server see and remove what members have posted in its channels."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from bot.app import App
from sandbox import Channel, Member, Sandbox, Server
from tests.conftest import House


@pytest.fixture
def jun(server: Server, papers: Channel) -> Member:
    del papers
    return server.add_member("jun")


@pytest.fixture
def talk(server: Server, papers: Channel) -> Channel:
    del papers
    return server.add_channel("talk")


async def subscribe(member: Member, channel: Channel, *queries: str) -> None:
    for query in queries:
        await member.type("/subscribe add", in_=channel, query=query, where="here")


async def listed(admin: Member, **options: Any) -> list[str]:
    """The rows of the list, each from the member on."""
    message = (await admin.type("/digest subscriptions", **options)).message
    return [row.partition("** ")[2] for embed in message.embeds for row in embed.description.split("\n")]


async def queries_of(app: App, member: Member) -> list[str]:
    return [each.query for each in await app.services.subscriptions.of_member(member.id)]


async def test_admins_list_what_posts_in_their_channels_and_nothing_else(
    app: App, admin: Member, jun: Member, papers: Channel, talk: Channel, discord: Sandbox
) -> None:
    other = discord.add_server("Elsewhere")
    stranger = other.add_member("stranger")
    await subscribe(stranger, other.add_channel("far"), "faraway")
    await jun.type("/subscribe add", query="private")
    assert (await admin.type("/digest subscriptions")).message.content == "No subscriptions post here."
    await subscribe(jun, talk, "two *")
    await subscribe(jun, papers, "one")
    await subscribe(admin, papers, "three")
    await jun.type("/subscribe pause", subscription="one")
    reply = await admin.type("/digest subscriptions")
    assert reply.message.ephemeral
    assert not reply.message.pinged
    assert reply.message.embeds[0].title == "Subscriptions posting in this server's channels (3 of 100)"
    one = f"{jun.mention} · {papers.mention} · “one” · ⏸️ paused"
    three = f"{admin.mention} · {papers.mention} · “three”"
    two = f"{jun.mention} · {talk.mention} · “two \\*”"
    assert await listed(admin) == [one, three, two]
    assert await listed(admin, channel=papers) == [one, three]
    assert await listed(admin, member=jun) == [one, two]
    assert await listed(admin, member=jun, channel=talk) == [two]
    assert len(await app.services.subscriptions.of_member(jun.id)) == 3


async def test_an_admin_removes_one_by_choosing_it_and_no_other(
    app: App, admin: Member, jun: Member, papers: Channel
) -> None:
    await subscribe(jun, papers, "one", "two")
    [offered] = await admin.complete("/digest unsubscribe", subscription="TWO")
    assert offered.name.endswith(" · #papers · two")
    reply = await admin.type("/digest unsubscribe", subscription=str(offered.value))
    assert reply.message.content == "🗑️ Removed 1 subscription. Its member isn't told."
    assert await queries_of(app, jun) == ["one"]


async def test_an_admin_removes_all_of_a_member_who_left_and_all_of_a_channel(
    app: App, admin: Member, jun: Member, korean: Member, papers: Channel, talk: Channel, server: Server
) -> None:
    await subscribe(jun, papers, "one", "two")
    await subscribe(admin, papers, "three")
    await subscribe(admin, talk, "four")
    await jun.type("/subscribe add", query="private")
    server.kick(jun)
    assert "구독 2개를 지웠어요" in (await korean.type("/다이제스트 구독삭제", 멤버=jun.user)).message.content
    assert await queries_of(app, jun) == ["private"]
    assert "Removed 1" in (await admin.type("/digest unsubscribe", channel=talk)).message.content
    assert await queries_of(app, admin) == ["three"]


@pytest.mark.parametrize("named", ["#{}", "{}"])
async def test_what_is_another_servers_or_goes_by_dm_can_not_be_removed(
    app: App, admin: Member, jun: Member, discord: Sandbox, named: str
) -> None:
    other = discord.add_server("Elsewhere")
    far = other.add_channel("far")
    other.join(jun.user)
    await jun.type("/subscribe add", in_=far, query="faraway", where="here")
    await jun.type("/subscribe add", query="private")
    for each in await app.services.subscriptions.of_member(jun.id):
        reply = await admin.type("/digest unsubscribe", subscription=named.format(each.id))
        assert "No such subscription" in reply.message.content
    assert await queries_of(app, jun) == ["faraway", "private"]


async def test_nothing_named_removes_nothing(app: App, admin: Member, jun: Member, papers: Channel) -> None:
    await subscribe(jun, papers, "one")
    assert "Tell me what to remove" in (await admin.type("/digest unsubscribe")).message.content
    assert await queries_of(app, jun) == ["one"]


async def test_a_full_server_fits_the_list_which_says_how_many_more_there_are(
    app: App, admin: Member, papers: Channel, server: Server, house: House
) -> None:
    del app
    with closing(sqlite3.connect(house.settings.database.path, timeout=20)) as database:
        database.execute("INSERT INTO members (user_id) VALUES (5)")
        database.executemany(
            "INSERT INTO subscriptions (user_id, query, place, channel_id, guild_id, min_votes, language, created_at)"
            " VALUES (5, ?, 'here', ?, ?, 7, 'ko', '2024-01-01T00:00:00+00:00')",
            [(f"{'long word ' * 15}{number}", papers.id, server.id) for number in range(100)],
        )
        database.commit()
    message = (await admin.type("/digest subscriptions")).message
    *rows, end = message.embeds[0].description.split("\n")
    assert end == f"… and {100 - len(rows)} more. Name a channel or a member to narrow it down."
    assert len(await admin.complete("/digest unsubscribe", subscription="")) == 25
