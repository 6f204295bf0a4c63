"""Where the bot is not: servers without it, group chats and DMs of people who added it to their accounts."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from sqlite3 import Connection

import pytest

from sandbox import Channel, Chat, Member, NotAllowed, Reply, Sandbox, Server
from tests.cogs.conftest import Club
from tests.cogs.test_papers import EVERY


@dataclass
class Lab:
    """A server without the bot, and a chat of its members; yuna, who is nowhere with the bot, has added it."""

    server: Server
    talk: Channel
    chat: Chat
    yuna: Member
    ken: Member


@pytest.fixture
async def lab(club: Club, discord: Sandbox) -> Lab:
    server = discord.add_server("Lab", locale="ja", with_bot=False)
    talk = server.add_channel("talk")
    yuna, ken = server.add_member("yuna", locale="ko"), server.add_member("ken")
    yuna.add_app()
    return Lab(server, talk, discord.add_chat(yuna, ken, club.john), yuna, ken)


async def test_papers_subscriptions_and_help_are_private_everywhere_and_digests_are_nowhere(lab: Lab) -> None:
    commands = (*EVERY, ("/subscribe list", {}), ("/about", {}), ("/help", {}), ("/paper saved", {}))
    for place in (lab.talk, lab.chat, lab.yuna.dm):
        for command, options in commands:
            reply = await lab.yuna.type(command, in_=place, **options)
            assert reply.ephemeral, (place, command)
            assert reply.text, (place, command)
        with pytest.raises(NotAllowed, match="not offered"):
            await lab.yuna.type("/digest list", in_=place)


async def test_who_did_not_add_it_has_no_commands_there(lab: Lab) -> None:
    with pytest.raises(NotAllowed, match="not there"):
        await lab.ken.type("/paper random")


def is_marked_as_shared(page: Reply) -> bool:
    return "공유했어요" in [button.label for button in page.buttons]


async def test_a_page_is_shared_by_the_interaction_in_the_members_own_language(lab: Lab, discord: Sandbox) -> None:
    for place in (lab.talk, lab.chat):
        page = await lab.yuna.type("/paper day", in_=place)
        shared = (await lab.yuna.press(page, "채널에 공유")).message
        assert shared.content == "📣 yuna 님이 공유했어요", place
        assert shared.embeds == page.embeds, place
        assert shared.pinged == frozenset(), place
        assert not shared.ephemeral, place
        await discord.until(partial(is_marked_as_shared, page))
        assert place.messages == [shared], place


async def test_what_was_shared_there_opens_for_others_in_private(lab: Lab) -> None:
    page = await lab.yuna.type("/paper day", in_=lab.talk)
    shared = await lab.yuna.press(page, "채널에 공유")
    opened = await lab.ken.choose(shared, "2402.00001")
    assert opened.ephemeral
    assert "Save" in [button.label for button in opened.buttons]


@pytest.mark.parametrize(
    ("permission", "named"),
    [("use_external_apps", "외부 앱 사용하기"), ("send_messages", "메시지 보내기"), ("embed_links", "링크 첨부")],
)
async def test_sharing_there_needs_the_members_permissions(lab: Lab, permission: str, named: str) -> None:
    lab.talk.deny(lab.yuna, permission)
    page = await lab.yuna.type("/paper day", in_=lab.talk)
    refused = await lab.yuna.press(page, "채널에 공유")
    assert refused.text == f"이 명령어를 쓰려면 ‘{named}’ 권한이 필요해요."
    assert lab.talk.messages == []


async def test_members_of_a_server_without_the_bot_share_no_limit(
    club: Club, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They do not know of each other, and a few of them must not use up what others may."""
    counted: list[int | None] = []
    monkeypatch.setattr(club.app.services.cooldowns, "spend", lambda _, __, server: counted.append(server))
    await lab.yuna.type("/paper saved", in_=lab.talk)
    await lab.yuna.type("/paper saved", in_=lab.chat)
    await club.john.type("/paper saved", in_=club.channel)
    assert counted == [None, None, club.server.id]


async def test_here_is_refused_with_the_reason(club: Club, lab: Lab) -> None:
    for place in (lab.talk, lab.chat):
        reply = await lab.yuna.type("/subscribe add", in_=place, query="강화학습", where="here")
        assert "제가 이곳에 없어서" in reply.text, place
        assert await club.app.services.subscriptions.of_member(lab.yuna.id) == [], place
    reply = await lab.yuna.type("/subscribe add", in_=lab.talk, query="강화학습")
    assert "DM" in reply.text
    assert len(await club.app.services.subscriptions.of_member(lab.yuna.id)) == 1


async def test_a_server_that_had_the_bot_is_elsewhere(club: Club) -> None:
    """Its digests are still stored for a while, and nothing of them is told."""
    admin = club.server.owner
    await admin.type("/digest add", channel=club.channel, time="09:00", timezone="Pacific/Kiritimati")
    club.house.clock.advance(timedelta(hours=1))  # the next day there, the same in Seoul and London
    assert "2024-02-24" in (await club.john.type("/paper top", period="week", in_=club.channel)).text
    club.john.add_app()
    assert "Next digest here" in (await club.john.type("/about", in_=club.channel)).text
    club.server.kick_bot()
    await club.house.until(lambda: club.app.client.get_guild(club.server.id) is None)
    assert "Next digest here" not in (await club.john.type("/about", in_=club.channel)).text
    assert "2024-02-23" in (await club.john.type("/paper top", period="week", in_=club.channel)).text


async def test_nothing_of_a_place_without_the_bot_is_stored(
    lab: Lab, database_of: Callable[[], closing[Connection]]
) -> None:
    await lab.yuna.type("/subscribe add", in_=lab.talk, query="강화학습")
    await lab.yuna.type("/paper search", in_=lab.talk, query="강화학습")
    with database_of() as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        own = [name for name in tables if not name.startswith(("paper_index", "sqlite_"))]
        told = "\n".join(str(row) for name in own for row in database.execute(f"SELECT * FROM {name}"))
    for place in (lab.server, lab.talk, lab.chat, lab.ken):
        assert str(place.id) not in told, place
    assert str(lab.yuna.id) in told
