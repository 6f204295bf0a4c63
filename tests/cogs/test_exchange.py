"""/digest export and import as an admin lives them."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.app import App
from bot.digests.exchange import ImportPlan
from sandbox import Channel, Member, Sandbox, Server
from sandbox.world.interactions import Reply
from tests.builders import day, order
from tests.conftest import House


@pytest.fixture
def server(discord: Sandbox) -> Server:
    return discord.add_server("Lab")


@pytest.fixture
def papers(server: Server) -> Channel:
    return server.add_channel("papers")


@pytest.fixture
def admin(server: Server) -> Member:
    return server.add_member("mina", manage_server=True)


@pytest.fixture
async def app(house: House, papers: Channel) -> AsyncIterator[App]:
    """The bot at work on an archive of one day."""
    house.page(day())
    async with house.running() as app:
        yield app


async def add(admin: Member, papers: Channel, **options: object) -> None:
    usual: dict[str, object] = {"channel": papers, "time": "09:00", "timezone": "Asia/Seoul"}
    await admin.type("/digest add", in_=None, **usual | options)


async def remove(admin: Member, number: int) -> None:
    await admin.press(await admin.type("/digest remove", digest=number), "Remove it")


async def exported(admin: Member) -> bytes:
    reply = await admin.type("/digest export")
    assert reply.ephemeral
    [file] = reply.message.attachments
    return file.content


async def bring(admin: Member, content: bytes | dict[str, Any]) -> Reply:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return await admin.type("/digest import", file=admin.user.discord.upload("digests.json", raw))


async def orders(app: App, server: Server) -> list[tuple[int, object, bool]]:
    standings = await app.services.digests.of_server(server.id)
    return [(one.digest.number, one.digest.order, one.digest.pause is not None) for one in standings]


async def several(admin: Member, papers: Channel) -> None:
    """Three digests of all kinds, and a gap where a fourth was."""
    await add(admin, papers)
    await add(admin, papers, time="18:30")
    await add(
        admin, papers, weekdays="월수금", count=3, min_votes=2, style="thread", language="ko", replay_from="2024-02-01"
    )
    await add(admin, papers, time="07:15")
    await remove(admin, 2)
    await admin.type("/digest pause", digest=4)


async def test_what_was_exported_is_imported_as_it_was(admin: Member, papers: Channel, app: App) -> None:
    await several(admin, papers)
    before = await orders(app, admin.server)
    content = await exported(admin)
    for number in (1, 3, 4):
        await remove(admin, number)
    reply = await bring(admin, content)
    assert reply.ephemeral
    assert "3 added" in reply.text
    assert await orders(app, admin.server) == before
    assert await exported(admin) == content


async def test_the_file_holds_nothing_of_members_nor_of_other_servers(
    discord: Sandbox, admin: Member, papers: Channel, app: App
) -> None:
    other = discord.add_server("Other")
    there = other.add_channel("secret")
    await add(other.add_member("jo", manage_server=True), there)
    await several(admin, papers)
    text = (await exported(admin)).decode()
    for id_ in (admin.id, admin.server.id, other.id, there.id):
        assert str(id_) not in text


async def test_with_digests_there_it_asks_first_and_keeps_those_that_are_the_same(
    admin: Member, papers: Channel, app: App
) -> None:
    await several(admin, papers)
    await admin.type("/digest now", digest=1)
    content = await exported(admin)
    await remove(admin, 3)
    await add(admin, papers, time="11:11")
    question = await bring(admin, content)
    assert "2 kept, 1 added, 1 removed with its history." in question.text
    assert "11:11 AM" in question.text
    assert [one[0] for one in await orders(app, admin.server)] == [1, 2, 4]
    answer = await admin.press(question, "Import")
    assert answer.kind == "update"
    assert "Done: 2 kept, 1 added, 1 removed" in answer.text
    assert [one[0] for one in await orders(app, admin.server)] == [1, 3, 4]
    assert await exported(admin) == content
    history = await app.services.digests.why(admin.server.id, 1)
    assert len(history.editions) == 1


async def test_only_what_an_import_does_is_counted(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers)
    content = await exported(admin)
    await add(admin, papers, time="11:11")
    question = await bring(admin, content)
    assert "1 kept, 1 removed with its history." in question.text
    assert "Done: 1 kept, 1 removed with its history." in (await admin.press(question, "Import")).text


async def test_a_file_that_changes_nothing_is_not_asked_about(admin: Member, papers: Channel, app: App) -> None:
    await several(admin, papers)
    content, before = await exported(admin), await orders(app, admin.server)
    reply = await bring(admin, content)
    assert "Nothing changed" in reply.text
    assert reply.message.buttons == ()
    assert await orders(app, admin.server) == before


@pytest.mark.parametrize("change", [{"paused": True}, {"number": 7}])
async def test_a_file_that_changes_only_a_number_or_a_pause_is_asked_about(
    admin: Member, papers: Channel, app: App, change: dict[str, Any]
) -> None:
    await add(admin, papers)
    document = json.loads(await exported(admin))
    document["digests"][0] |= change
    assert [button.label for button in (await bring(admin, document)).message.buttons] == [
        "Import",
        "Cancel",
    ]


async def test_no_leaves_all_as_it_is(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers)
    content = await exported(admin)
    await admin.type("/digest edit", time="10:00")
    before = await orders(app, admin.server)
    answer = await admin.press(await bring(admin, content), "Cancel")
    assert "Nothing changed" in answer.text
    assert await orders(app, admin.server) == before


async def test_an_answer_to_an_old_question_is_refused(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers)
    content = await exported(admin)
    await admin.type("/digest edit", time="11:00")
    question = await bring(admin, content)
    await admin.type("/digest edit", time="10:00")
    before = await orders(app, admin.server)
    answer = await admin.press(question, "Import")
    assert "have changed since I asked" in answer.followups[0].text
    assert await orders(app, admin.server) == before


async def test_a_korean_is_asked_in_korean(server: Server, papers: Channel, app: App) -> None:
    korean = server.add_member("jun", locale="ko", manage_server=True)
    await add(korean, papers)
    reply = await korean.type("/다이제스트 내보내기")
    assert "이 서버의 다이제스트예요" in reply.text
    file = server.discord.upload("파일.json", reply.message.attachments[0].content)
    await korean.type("/다이제스트 수정", 시각="11:00")
    question = await korean.type("/다이제스트 가져오기", 파일=file)
    assert "파일에 든 것으로 바꿀까요" in question.text
    assert "가져왔어요" in (await korean.press(question, "가져오기")).text


async def test_a_server_without_digests_has_nothing_to_export(admin: Member, app: App) -> None:
    assert "/digest add" in (await admin.type("/digest export")).text


async def test_a_channel_where_it_may_not_post_is_refused_and_nothing_is_done(
    admin: Member, papers: Channel, app: App
) -> None:
    await several(admin, papers)
    content = await exported(admin)
    papers.deny(admin.server.bot_role, "send_messages")
    before = await orders(app, admin.server)
    assert "“Send Messages”" in (await bring(admin, content)).text
    assert await orders(app, admin.server) == before


async def test_a_digest_is_published_and_discussed_only_where_that_can_be(
    admin: Member, server: Server, app: App
) -> None:
    news, forum = server.add_channel("news", kind="announcement"), server.add_channel("forum", kind="forum")
    await app.client.wait_for("guild_channel_create", check=lambda _: app.client.get_channel(forum.id) is not None)
    await add(admin, news, publish="yes", discuss="yes")
    content, before = await exported(admin), await orders(app, server)
    await remove(admin, 1)
    await bring(admin, content)
    assert await orders(app, server) == before
    moved = content.replace(str(news.id).encode(), str(forum.id).encode())
    assert "goes with the style “thread”" in (await bring(admin, moved)).text
    undiscussed = moved.replace(b'"discuss": true', b'"discuss": false')
    assert f"{forum.mention} isn't one" in (await bring(admin, undiscussed)).text
    assert await orders(app, server) == before


async def test_a_plan_for_other_digests_changes_nothing(admin: Member, papers: Channel, app: App) -> None:
    await add(admin, papers)
    [standing] = await app.services.digests.of_server(admin.server.id)
    imports = app.services.exchange._imports  # the store itself: two admins at the same moment
    for stale in (ImportPlan((), (), ()), ImportPlan((), (), (standing.digest, standing.digest))):
        await admin.type("/digest edit", count=2)
        assert not await imports.put(admin.server.id, stale, 1, app.clock.now())
    assert [one[1] for one in await orders(app, admin.server)] == [order(channel_id=papers.id, count=2)]
