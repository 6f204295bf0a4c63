"""A digest in a forum: a post for each paper, exactly once, edited with its votes; by the real client."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.delivery.model import State
from bot.digests.model import EditionState
from sandbox import Channel, Member, Sandbox, Server
from tests.builders import day
from tests.conftest import NOON, House

COUNT = 3


@pytest.fixture
def server(discord: Sandbox) -> Server:
    server = discord.add_server("Lab", locale="ko")
    server.add_channel("general")
    return server


@pytest.fixture
def forum(server: Server) -> Channel:
    return server.add_channel("papers", kind="forum")


@pytest.fixture
def admin(server: Server) -> Member:
    return server.add_member("mina", manage_server=True)


async def _now(admin: Member, forum: Channel, house: House, posts: int = COUNT) -> None:
    await admin.type("/digest now")
    await house.until(lambda: len(forum.threads) >= posts)


async def _add(admin: Member, forum: Channel, **options: object) -> str:
    usual: dict[str, object] = {"channel": forum, "time": "09:00", "timezone": "Asia/Seoul", "count": COUNT}
    return (await admin.type("/digest add", in_=None, **usual | options)).text


async def _posted(app: App, house: House) -> None:
    async def is_posted() -> bool:
        row = await app.database.row("SELECT 1 FROM editions WHERE state = ?", (EditionState.POSTED,))
        return row is not None

    await house.until(is_posted)


async def test_each_paper_is_a_post_with_its_title_summary_and_tags(
    house: House, forum: Channel, admin: Member
) -> None:
    house.page(day(votes=[9, 8, 7, 6]))
    readers = forum.home.add_role("Readers", mentionable=True)
    forum.home.add_member("jo").give(readers)
    tags = [forum.add_tag("LLM"), forum.add_tag("vision")]
    async with house.running() as app:
        told = await _add(admin, forum, tags="vision, llm", mention="Readers")
        assert "posts" in told
        assert "tags: vision, llm" in told
        await _now(admin, forum, house)
        await _posted(app, house)
        posts = list(reversed(forum.threads))  # as a forum shows them
        assert [post.name for post in posts] == [f"Paper number {number}" for number in (1, 2, 3)]
        assert {post.tags for post in forum.threads} == {(tags[1], tags[0])}
        assert [len(post.messages) for post in forum.threads] == [1, 1, 1]
        first, *others = [post.messages[0] for post in posts]
        assert first.content == f"2024년 2월 23일 금요일\n{readers.mention}"
        assert [len(message.pinged) for message in (first, *others)] == [1, 0, 0]
        assert "강화학습" in first.text
        button, like = first.buttons
        assert like.emoji == "👍"
        assert "Paper number 1" in (await admin.press(first, button.label)).text
        history = (await admin.type("/digest why")).text
        assert f"https://discord.com/channels/{forum.home.id}/{first.id}/{first.id}" in history


async def test_a_post_whose_answer_is_lost_is_found_again_even_archived(tmp_path: Path) -> None:
    async with Sandbox(time=lambda: 0.0, wall=NOON.timestamp) as discord:
        house = House(discord, tmp_path)
        server = discord.add_server("Lab")
        server.add_channel("general")
        forum, admin = server.add_channel("papers", kind="forum"), server.add_member("mina", manage_server=True)
        house.page(day(votes=[9, 8, 7, 6]))
        fault = discord.fail(method="POST", path="/channels/*/threads", status=503, after=True, times=1)
        async with house.running() as app:
            await _add(admin, forum)
            await admin.type("/digest now")
            await house.until_delivery(app, State.RETRYING)
            assert (fault.seen, len(forum.threads)) == (1, 1)
            forum.threads[0].archive()
            house.clock.move_to(house.clock.now() + timedelta(minutes=3))
            app.courier.wake()
            await _posted(app, house)
            assert [post.name for post in forum.threads] == [f"Paper number {number}" for number in (3, 2, 1)]


async def test_a_post_that_discord_makes_late_is_not_made_twice(tmp_path: Path) -> None:
    async with Sandbox(time=lambda: 0.0, wall=NOON.timestamp) as discord:
        house = House(discord, tmp_path)
        delivery = house.settings.delivery.model_copy(update={"timeout_seconds": 1})
        house.settings = house.settings.model_copy(update={"delivery": delivery})
        server = discord.add_server("Lab")
        server.add_channel("general")
        forum, admin = server.add_channel("papers", kind="forum"), server.add_member("mina", manage_server=True)
        house.page(day(votes=[9, 8, 7]))
        late = discord.fail(method="POST", path="/channels/*/threads", hold=True, times=1)
        async with house.running() as app:
            app.courier._policy = replace(app.courier._policy, landing=timedelta(hours=1))
            await _add(admin, forum)
            await admin.type("/digest now")
            await house.until_delivery(app, State.RETRYING)
            house.clock.move_to(house.clock.now() + timedelta(minutes=1))
            app.courier.wake()
            await house.until(lambda: _waits(app))
            assert forum.threads == []
            late.release()
            await house.until(lambda: len(forum.threads) == 1)
            house.clock.move_to(house.clock.now() + timedelta(hours=1))
            app.courier.wake()
            await _posted(app, house)
            assert [post.name for post in forum.threads] == [f"Paper number {number}" for number in (3, 2, 1)]


async def _waits(app: App) -> bool:
    """Whether a post in doubt waits until it must have landed."""
    doubtful = "SELECT 1 FROM deliveries WHERE state = ? AND unsure_since IS NOT NULL"
    return await app.database.row(doubtful, (State.PENDING,)) is not None


async def test_a_media_channel_is_a_forum_too(house: House, server: Server, admin: Member) -> None:
    gallery = server.add_channel("gallery", kind="media")
    tag = gallery.add_tag("LLM")
    gallery.require_tag()
    house.page(day(votes=[9, 8, 7, 6]))
    async with house.running():
        assert "Choose from these with “tags”: LLM." in await _add(admin, gallery)
        assert "posts" in await _add(admin, gallery, tags="LLM")
        await _now(admin, gallery, house)
        assert {post.tags for post in gallery.threads} == {(tag,)}
        typed_in_a_post = await admin.type("/digest add", in_=gallery.threads[0], tags="LLM")
        assert gallery.mention in typed_in_a_post.text


async def test_the_thread_style_is_one_post_with_the_papers_in_it(house: House, forum: Channel, admin: Member) -> None:
    house.page(day(votes=[9, 8, 7, 6]))
    async with house.running() as app:
        await _add(admin, forum, style="thread")
        await _now(admin, forum, house, posts=1)
        await _posted(app, house)
        [post] = forum.threads
        assert "2024년 2월 23일" in post.name
        assert len(post.messages) == 1 + COUNT


async def test_a_forum_that_wants_a_tag_is_refused_without_and_a_digest_that_lost_its_tag_is_paused(
    house: House, forum: Channel, admin: Member
) -> None:
    house.page(day(votes=[9, 8, 7, 6]))
    tag = forum.add_tag("LLM")
    forum.add_tag("vision")
    forum.add_tag("picked", moderated=True)
    forum.require_tag()
    async with house.running() as app:
        assert "Choose from these with “tags”: LLM, vision." in await _add(admin, forum)
        assert "no tag “picked”" in await _add(admin, forum, tags="picked")
        assert "up to 5" in await _add(admin, forum, tags="a,b,c,d,e,f")
        offered = await admin.complete("/digest add", channel=forum, tags="LLM, v")
        assert [one.value for one in offered] == ["LLM, vision", "off"]
        assert "is ready" in await _add(admin, forum, tags="LLM")
        forum.remove_tag(tag)
        await app.client.wait_for("guild_channel_update")
        assert "wants a tag on every post" in (await admin.type("/digest list")).text
        await app.services.digests.run_now(admin.server.id, 1)

        async def is_paused() -> bool:
            return (await app.services.digests.get(admin.server.id, 1)).pause is not None

        await house.until(is_paused)
        assert forum.threads == []
        notice = await admin.server.channels[0].next_message()
        assert "태그" in notice.text
        assert "running again" in (await admin.type("/digest edit", tags="vision")).text


async def test_posts_are_for_forums_and_a_forum_needs_create_posts(house: House, forum: Channel, admin: Member) -> None:
    house.page(day(votes=[9, 8, 7, 6]))
    forum.deny(forum.home.bot_role, "send_messages", "create_public_threads")
    async with house.running():
        assert "“Create Posts”" in await _add(admin, forum)
        assert "isn't one" in await _add(admin, admin.server.channels[0], style="posts")
