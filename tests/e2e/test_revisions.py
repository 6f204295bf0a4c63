"""Editions are edited once with the votes that have settled, end to end."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.delivery.model import Delivery, EditionMail, Receipt
from bot.storage.engine.codec import moment
from sandbox import Sandbox
from tests.conftest import House
from tests.e2e.settled import LATER, NEWS, SETTLED, Town, ids_of


@pytest.fixture
def town(discord: Sandbox, house: House) -> Town:
    return Town(discord, house)


async def test_cards_are_edited_once_with_new_votes_and_the_same_papers(town: Town) -> None:
    async with town.house.running() as app:
        posted = await town.post(app)
        before, controls = [embed["description"] for embed in posted.raw_embeds], ids_of(posted)
        town.read({"2402.00001": 21}, at=SETTLED - timedelta(minutes=1))
        await town.settle(app)
        assert town.edits == []
        town.read(NEWS)
        await town.settle(app)
        assert town.edits == [str(posted.id)]
        told = [embed["footer"]["text"].split(" · ")[0] for embed in posted.raw_embeds]
        assert told == ["25 votes", "31 votes", "5 votes"]
        assert [embed["description"] for embed in posted.raw_embeds] == before
        assert ids_of(posted) == controls
        assert posted.selects[0].options[1].description == "31 votes · Mina Kim, John Doe"
        assert town.revisions() == [("done", None)]
        with town.database() as database:
            [papers] = database.execute("SELECT papers FROM editions").fetchone()
        assert [paper[:2] for paper in json.loads(papers)] == [
            ["2402.00001", 25],
            ["2402.00002", 31],
            ["2402.00003", 5],
        ]
    async with town.house.running() as app:
        await town.settle(app)
        assert len(town.edits) == 1


async def test_votes_that_did_not_move_edit_nothing(town: Town) -> None:
    async with town.house.running() as app:
        await town.post(app)
        town.read({"2402.00001": 20, "2402.00009": 99})
        await town.settle(app)
        assert (town.edits, town.revisions()) == ([], [("done", None)])


async def test_a_message_that_is_gone_is_given_up(town: Town) -> None:
    async with town.house.running() as app:
        posted = await town.post(app)
        town.read(NEWS)
        posted.delete()
        await town.settle(app)
        assert len(town.edits) == 1
        [(state, detail)] = town.revisions()
        assert (state, "10008" in (detail or "")) == ("failed", True)
        assert "paused" not in (await town.admin.type("/digest list")).text.lower()


async def test_an_edit_waits_as_long_as_discord_says(
    town: Town,
) -> None:
    async with town.house.running() as app:
        posted = await town.post(app)
        town.read(NEWS)
        town.discord.fail(method="PATCH", path="/channels/*", code=20028, retry_after=1163.0)
        await town.settle(app)
        assert len(town.edits) == 1
        town.house.clock.advance(timedelta(seconds=1100))
        await app.reviser.work()
        assert len(town.edits) == 1
        town.house.clock.advance(timedelta(seconds=100))
        await app.reviser.work()
        assert town.revisions() == [("done", None)]
        assert "31 votes" in posted.text


@pytest.mark.parametrize(("status", "code"), [(400, 20022), (429, 30046), (400, 30046), (403, 40004)])
async def test_edits_that_are_too_fast_wait(town: Town, status: int, code: int) -> None:
    async with town.house.running() as app:
        posted = await town.post(app)
        town.read(NEWS)
        town.discord.fail(method="PATCH", path="/channels/*", status=status, code=code)
        await town.settle(app)
        town.house.clock.advance(timedelta(minutes=30))
        await app.reviser.work()
        assert town.revisions() == [("done", None)]
        assert "31 votes" in posted.text


async def test_a_picture_that_discord_refuses_later_costs_no_edit(town: Town) -> None:
    async with town.house.running() as app:
        posted = await town.post(app)
        town.picture_breaks()
        town.read(NEWS)
        await town.settle(app)
        assert town.revisions() == [("done", None)]
        assert posted.raw_embeds[1]["footer"]["text"].startswith("31 votes")
        assert posted.raw_embeds[1].get("thumbnail") is None


@pytest.mark.parametrize("status", [408, 503])
async def test_what_passes_is_tried_again_where_it_stopped(town: Town, status: int) -> None:
    async with town.house.running() as app:
        headline = await town.post(app, style="thread")
        assert headline.thread is not None
        town.read(NEWS)
        town.discord.fail(method="PATCH", path=f"/channels/{headline.thread.id}/*", status=status)
        await town.settle(app)
    first, *others = (str(message.id) for message in headline.thread.messages)
    assert town.edits == [str(headline.id), first]
    async with town.house.running() as app:
        town.house.clock.advance(timedelta(minutes=30))
        await app.reviser.work()
        assert town.edits[2:] == [first, *others]
        assert town.revisions() == [("done", None)]


async def test_an_edit_that_is_tried_again_is_not_late_where_the_clock_is_set_back(town: Town) -> None:
    async with town.house.running() as app:
        message = await town.post(app)
        town.read(NEWS)
        town.discord.fail(method="PATCH", path="/channels/*", status=408)
        await town.settle(app)
        assert [state for state, _ in town.revisions()] == ["pending"]
        town.house.clock.advance(-timedelta(hours=1))
        await app.reviser.work()
        assert town.revisions() == [("done", None)]
        assert "31 votes" in message.text


async def test_what_does_not_pass_within_a_day_is_given_up(town: Town) -> None:
    async with town.house.running() as app:
        await town.post(app)
        town.read(NEWS)
        town.discord.fail(method="PATCH", path="/channels/*", status=408, times=99)
        await town.settle(app)
        assert [state for state, _ in town.revisions()] == ["pending"]
        town.house.clock.advance(timedelta(days=1))
        await app.reviser.work()
        assert [state for state, _ in town.revisions()] == ["failed"]


class Killed(BaseException):
    """What ends a process at once."""


async def test_a_bot_that_is_killed_after_an_edit_goes_on_with_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async with town.house.running() as app:
        headline = await town.post(app, style="thread")
        assert headline.thread is not None
        town.read(NEWS)
        revising = app.reviser._editor.revising

        @asynccontextmanager
        async def dying(mail: EditionMail) -> AsyncIterator[Callable[[Delivery, Receipt], Awaitable[None]]]:
            async with revising(mail) as revise:

                async def die(delivery: Delivery, receipt: Receipt) -> None:
                    await revise(delivery, receipt)
                    if delivery.position == 2:
                        raise Killed

                yield die

        monkeypatch.setattr(app.reviser._editor, "revising", dying)
        with pytest.raises(Killed):
            await town.settle(app)
    async with town.house.running() as app:
        await app.reviser.work()
    first, second, third = (str(message.id) for message in headline.thread.messages)
    assert town.edits == [str(headline.id), first, first, second, third]
    assert town.revisions() == [("done", None)]


async def test_a_replay_and_what_was_posted_later_keep_their_votes(town: Town) -> None:
    async with town.house.running() as app:
        await town.post(app, replay_from="2024-02-20")
        town.read(NEWS)
        await town.settle(app)
        other = town.papers.server.add_channel("other")
        await town.admin.type("/digest add", channel=other, time="09:00", timezone="UTC")
        await town.admin.type("/digest now", digest=2)
        await other.next_message()
        await town.settle(app)
        assert (town.edits, town.revisions()) == ([], [])


async def test_no_hours_to_settle_mean_no_edits(town: Town) -> None:
    settings = town.house.settings
    town.house.settings = settings.model_copy(update={"source": settings.source.model_copy(update={"settle_hours": 0})})
    async with town.house.running() as app:
        await town.post(app)
        town.read(NEWS)
        await town.settle(app)
        assert (town.edits, town.revisions()) == ([], [])


async def test_what_is_owed_to_a_channel_goes_first(town: Town) -> None:
    async with town.house.running() as app:
        await town.post(app)
        town.read(NEWS)
        with town.database() as database:
            database.execute(
                "UPDATE deliveries SET state = 'retrying', due = ?, fault = 'unavailable'", (moment(LATER),)
            )
            database.commit()
        town.house.clock.move_to(LATER)
        await app.reviser.work()
        assert town.edits == []


async def test_an_edition_is_edited_in_the_style_that_it_was_posted_with(town: Town) -> None:
    async with town.house.running() as app:
        posted = await town.post(app, style="full")
        await town.admin.type("/digest edit", style="cards")
        town.read(NEWS)
        await town.settle(app)
        assert town.edits == [str(posted.id)]
        assert [embed["author"]["name"] for embed in posted.raw_embeds] == ["🥇 25 votes", "🥈 31 votes", "🥉 5 votes"]
