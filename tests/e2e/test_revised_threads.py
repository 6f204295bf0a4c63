"""Papers in threads are edited with the votes that have settled, end to end."""

from datetime import timedelta

import pytest

from sandbox import Sandbox
from tests.conftest import House
from tests.e2e.settled import NEWS, Town


@pytest.fixture
def town(discord: Sandbox, house: House) -> Town:
    return Town(discord, house)


async def test_of_a_thread_the_headline_and_each_paper_are_edited(town: Town) -> None:
    async with town.house.running() as app:
        headline = await town.post(app, style="thread")
        assert headline.thread is not None
        papers = headline.thread.messages
        town.read(NEWS)
        await town.settle(app)
        assert town.edits == [str(message.id) for message in (headline, *papers)]
        assert "25 votes" in headline.text
        assert "31 votes" in papers[1].text


async def test_a_paper_that_is_gone_from_a_thread_keeps_no_other_from_its_votes(town: Town) -> None:
    async with town.house.running() as app:
        headline = await town.post(app, style="thread")
        assert headline.thread is not None
        first, second, _ = headline.thread.messages
        first.delete()
        town.read(NEWS)
        await town.settle(app)
        assert "31 votes" in second.text
        assert [state for state, _ in town.revisions()] == ["failed"]


async def test_an_archived_thread_is_opened_edited_and_archived_again(town: Town) -> None:
    async with town.house.running() as app:
        headline = await town.post(app, style="thread")
        assert headline.thread is not None
        assert headline.thread.auto_archive_minutes == 3 * 24 * 60
        papers = headline.thread.messages
        headline.thread.archive()
        town.read(NEWS)
        await town.settle(app)
        assert "25 votes" in headline.text
        assert "31 votes" in papers[1].text
        assert headline.thread.archived
        assert town.revisions() == [("done", None)]
        assert town.changes == [{"archived": False}, {"archived": True}]


async def test_a_locked_thread_stays_as_it_is_and_its_headline_has_the_new_votes(town: Town) -> None:
    async with town.house.running() as app:
        headline = await town.post(app, style="thread")
        assert headline.thread is not None
        headline.thread.archive(locked=True)
        town.read(NEWS)
        await town.settle(app)
        assert "25 votes" in headline.text
        assert "10 votes" in headline.thread.messages[1].text
        [(state, detail)] = town.revisions()
        assert (state, "locked" in (detail or "")) == ("failed", True)
        assert town.changes == []


async def test_a_thread_that_can_not_be_opened_now_is_tried_again(town: Town) -> None:
    async with town.house.running() as app:
        headline = await town.post(app, style="thread")
        assert headline.thread is not None
        headline.thread.archive()
        town.read(NEWS)
        town.discord.fail(method="PATCH", path=f"/channels/{headline.thread.id}", status=400, code=160006)
        await town.settle(app)
        assert [state for state, _ in town.revisions()] == ["pending"]
        town.house.clock.advance(timedelta(minutes=30))
        await app.reviser.work()
        assert "31 votes" in headline.thread.messages[1].text
        assert town.revisions() == [("done", None)]


async def test_a_thread_that_can_not_be_archived_again_is_left_to_discord(town: Town) -> None:
    async with town.house.running() as app:
        headline = await town.post(app, style="thread")
        assert headline.thread is not None
        headline.thread.archive()
        town.read(NEWS)
        path = f"/channels/{headline.thread.id}"
        town.discord.fail(method="PATCH", path=path, delay=0)
        town.discord.fail(method="PATCH", path=path, status=403, code=50013)
        await town.settle(app)
        assert town.revisions() == [("done", None)]
        assert not headline.thread.archived


async def test_papers_that_are_discussed_are_edited_and_their_threads_left_alone(town: Town) -> None:
    async with town.house.running() as app:
        await town.post(app, discuss="yes")
        for thread in town.papers.threads:
            thread.archive()
        town.read(NEWS)
        await town.settle(app)
        headline, *papers = town.papers.messages
        assert "25 votes" in headline.text
        assert ["31 votes" in paper.text for paper in papers] == [False, True, False]
        assert (town.revisions(), town.changes) == ([("done", None)], [])
