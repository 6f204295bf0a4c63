"""A digest whose papers are messages with a thread each; by the real client."""

from datetime import timedelta

import pytest

from bot.app import App
from bot.delivery.model import State
from sandbox import Channel, Member, Sandbox
from tests.builders import day
from tests.conftest import House

COUNT = 3
THREADS = "*/messages/*/threads"


@pytest.fixture
def papers(discord: Sandbox) -> Channel:
    return discord.add_server("Lab").add_channel("papers")


@pytest.fixture
def admin(papers: Channel) -> Member:
    return papers.home.add_member("mina", manage_server=True)


@pytest.fixture(autouse=True)
def page(house: House) -> None:
    house.page(day(votes=[9, 8, 7, 6]))


async def _post(admin: Member, papers: Channel) -> None:
    """Order a digest of discussed papers, and have an edition made."""
    told = await admin.type("/digest add", channel=papers, time="09:00", timezone="UTC", count=COUNT, discuss="yes")
    assert "a thread for each paper" in told.text
    await admin.type("/digest now")


async def _posted(app: App, house: House, papers: Channel) -> None:
    async def is_posted() -> bool:
        return (await app.services.digests.why(papers.home.id, 1)).editions[0].state == "posted"

    await house.until(is_posted)


async def test_each_paper_is_a_message_with_a_thread_of_its_own_exactly_once(
    discord: Sandbox, house: House, papers: Channel, admin: Member
) -> None:
    fault = discord.fail(method="POST", path=THREADS, status=503, after=True, times=1)
    async with house.running() as app:
        await _post(admin, papers)
        await house.until_delivery(app, State.RETRYING)
        assert fault.seen == 1
        papers.threads[0].archive()  # an archived thread is a thread, too
        house.clock.move_to(house.clock.now() + timedelta(minutes=1))
        app.courier.wake()
        await _posted(app, house, papers)
    headline, *messages = papers.messages
    assert headline.thread is None
    assert [message.thread and message.thread.name for message in messages] == [
        f"Paper number {number}" for number in (1, 2, 3)
    ]
    assert [len(thread.messages) for thread in papers.threads] == [0, 0, 0]
    assert [thread.auto_archive_minutes for thread in papers.threads] == [4320] * COUNT


async def test_where_there_are_too_many_threads_the_papers_stand_and_the_admin_reads_why(
    discord: Sandbox, house: House, papers: Channel, admin: Member
) -> None:
    discord.fail(method="POST", path=THREADS, code=160006, times=1)
    korean = papers.home.add_member("jihun", locale="ko", manage_server=True)
    async with house.running() as app:
        await _post(admin, papers)
        await _posted(app, house, papers)
        assert len(papers.messages) == 1 + COUNT
        assert [bool(message.thread) for message in papers.messages] == [False, False, True, True]
        assert "papers came without a thread of their own" in (await admin.type("/digest why")).text
        assert "스레드 없이 올린 논문이 있어요" in (await korean.type("/digest why")).text
        assert "논문마다 스레드 하나" in (await korean.type("/digest list")).text


async def test_discuss_goes_with_threads_and_needs_their_permissions(
    house: House, papers: Channel, admin: Member
) -> None:
    forum = papers.home.add_channel("forum", kind="forum")
    async with house.running() as app:
        refused = "goes with the style “thread”"
        assert refused in (await admin.type("/digest add", channel=papers, style="cards", discuss="yes")).text
        assert refused in (await admin.type("/digest add", channel=forum, discuss="yes")).text
        assert refused in (await admin.type("/digest add", channel=forum, style="thread", discuss="yes")).text
        assert "a thread for each paper" in (await admin.type("/digest add", channel=papers, discuss="yes")).text
        assert "a thread for each paper" not in (await admin.type("/digest edit", style="full")).text
        assert "a thread for each paper" in (await admin.type("/digest edit", discuss="yes")).text
        papers.deny(papers.home.bot_role, "create_public_threads")
        await app.client.wait_for("guild_channel_update")
        assert "“Create Public Threads”" in (await admin.type("/digest list")).text
