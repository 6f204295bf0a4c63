"""What a member changes and undoes, on a real database."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest

from bot.alerts.changes import Act, Change, ChangeService
from bot.alerts.model import MAX_MUTES, MAX_SUBSCRIPTIONS, Mute, Subscription, Where
from bot.alerts.service import SubscriptionService, Wish
from bot.errors import RefusalError
from bot.storage.engine.database import Database
from bot.storage.members.changes import Changes
from bot.storage.members.subscriptions import Subscriptions
from tests.builders import StandingClock, utc

NOW = utc(2024, 2, 23, 8)
MEMBER, OTHER = 7, 8


class Ticking:
    """A clock that is a second later whenever it is asked."""

    def __init__(self) -> None:
        self._seconds = count()

    def now(self) -> datetime:
        return NOW + timedelta(seconds=next(self._seconds))


class Bench:
    def __init__(self, database: Database) -> None:
        self.subscriptions = SubscriptionService(Subscriptions(database), StandingClock(NOW))
        self.changes = ChangeService(Changes(database), Ticking())

    async def add(self, query: str, user: int = MEMBER, channel: int | None = None) -> Subscription:
        guild = None if channel is None else 1
        return await self.subscriptions.add(Wish(user, query, 0, channel, guild, "en"))

    async def held(self, user: int = MEMBER) -> list[Subscription]:
        """The member's subscriptions, whatever their ids."""
        found = [replace(each, id=0) for each in await self.subscriptions.of_member(user)]
        return sorted(found, key=lambda each: (each.query, each.where))

    async def undo(self, change: Change, user: int = MEMBER) -> Change:
        assert change.number is not None
        return await self.changes.undo(user, change.number)


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


def key(refused: pytest.ExceptionInfo[RefusalError]) -> str:
    return refused.value.key


async def test_what_was_removed_comes_back_as_it_was(bench: Bench) -> None:
    one, two = await bench.add("LLM -Survey"), await bench.add("LLM -survey", channel=5)
    await bench.add("stays")
    await bench.subscriptions.set_paused(MEMBER, two.id, paused=True)
    before = await bench.held()
    change = await bench.changes.remove(MEMBER, [one.id, two.id, 999])
    assert [each.shown for each in change.subscriptions] == ["LLM -Survey", "LLM -survey"]
    assert [each.query for each in await bench.held()] == ["stays"]
    await bench.undo(change)
    assert await bench.held() == before
    assert [each.where for each in before] == [Where.DM, Where.HERE, Where.DM]


async def test_a_subscription_that_was_added_again_meanwhile_is_not_doubled(bench: Bench) -> None:
    change = await bench.changes.remove(MEMBER, [(await bench.add("LLM")).id])
    await bench.add("llm")
    await bench.undo(change)
    assert [each.shown for each in await bench.held()] == ["llm"]


async def test_a_full_list_takes_nothing_back_and_the_change_can_be_undone_later(bench: Bench) -> None:
    change = await bench.changes.remove(MEMBER, [(await bench.add("first")).id])
    others = [await bench.add(f"word{number}") for number in range(MAX_SUBSCRIPTIONS)]
    with pytest.raises(RefusalError) as refused:
        await bench.undo(change)
    assert key(refused) == "error-subscription-limit"
    await bench.changes.remove(MEMBER, [others[0].id])
    await bench.undo(change)
    assert "first" in [each.query for each in await bench.held()]


async def test_a_channel_that_is_full_takes_nothing_back(bench: Bench) -> None:
    change = await bench.changes.remove(MEMBER, [(await bench.add("first", channel=5)).id])
    for user in range(100, 200):
        await bench.add("word", user, channel=5)
    with pytest.raises(RefusalError) as refused:
        await bench.undo(change)
    assert key(refused) == "error-here-limit"


async def test_a_pause_and_more_votes_are_undone_each_by_itself(bench: Bench) -> None:
    one, two = await bench.add("one"), await bench.add("two")
    votes = await bench.changes.raise_votes(MEMBER, [one.id, two.id], 10)
    pause = await bench.changes.pause(MEMBER, [one.id])
    assert [(each.min_votes, each.paused) for each in await bench.held()] == [(10, True), (10, False)]
    assert votes.votes == 10
    await bench.undo(votes)
    assert [(each.min_votes, each.paused) for each in await bench.held()] == [(0, True), (0, False)]
    await bench.undo(pause)
    assert not any(each.paused for each in await bench.held())


async def test_votes_are_only_raised(bench: Bench) -> None:
    one = await bench.add("one")
    await bench.changes.raise_votes(MEMBER, [one.id], 20)
    with pytest.raises(RefusalError):
        await bench.changes.raise_votes(MEMBER, [one.id], 10)
    assert [each.min_votes for each in await bench.held()] == [20]


async def test_an_author_and_a_word_are_muted_and_unmuted(bench: Bench) -> None:
    author = await bench.changes.mute(MEMBER, '-author:"Kaiming He"')
    word = await bench.changes.mute(MEMBER, "-Survey")
    assert [(mute.query, mute.typed) for mute in await bench.changes.mutes(MEMBER)] == [
        ('-author:"kaiming he"', "Kaiming He"),
        ("-survey", "Survey"),
    ]
    await bench.undo(author)
    [left] = await bench.changes.mutes(MEMBER)
    assert left.typed == "Survey"
    gone = await bench.changes.unmute(MEMBER, [left.id])
    assert await bench.changes.mutes(MEMBER) == []
    assert (await bench.undo(gone)).mutes == (Mute(left.id, "-survey", "Survey"),)
    assert [mute.typed for mute in await bench.changes.mutes(MEMBER)] == ["Survey"]
    assert word.act is Act.MUTED


async def test_what_is_muted_already_is_not_undone_by_the_second_time(bench: Bench) -> None:
    await bench.changes.mute(MEMBER, "-survey")
    assert (await bench.changes.mute(MEMBER, "-SURVEY")).number is None
    assert len(await bench.changes.mutes(MEMBER)) == 1


async def test_a_member_mutes_so_much_and_no_more(bench: Bench) -> None:
    mutes = [await bench.changes.mute(MEMBER, f"-word{number}") for number in range(MAX_MUTES)]
    unmuted = await bench.changes.unmute(MEMBER, [mutes[0].mutes[0].id])
    await bench.changes.mute(MEMBER, "-other")
    for refuse in (bench.changes.mute(MEMBER, "-more"), bench.undo(unmuted)):
        with pytest.raises(RefusalError) as refused:
            await refuse
        assert key(refused) == "error-mute-limit"
    await bench.changes.mute(OTHER, "-more")


@pytest.mark.parametrize("text", ["", "survey", "-a -b", "a -b", "2402.00001", '-""', "-"])
async def test_only_one_exclusion_can_be_muted(bench: Bench, text: str) -> None:
    with pytest.raises(RefusalError):
        await bench.changes.mute(MEMBER, text)
    assert await bench.changes.mutes(MEMBER) == []


async def test_nobody_changes_or_undoes_what_is_anothers(bench: Bench) -> None:
    mine = await bench.add("LLM")
    muted = await bench.changes.mute(MEMBER, "-survey")
    for refuse in (
        bench.changes.remove(OTHER, [mine.id]),
        bench.changes.pause(OTHER, [mine.id]),
        bench.changes.raise_votes(OTHER, [mine.id], 5),
        bench.changes.unmute(OTHER, [muted.mutes[0].id]),
        bench.undo(muted, OTHER),
    ):
        with pytest.raises(RefusalError):
            await refuse
    assert [(each.min_votes, each.paused) for each in await bench.held()] == [(0, False)]
    assert len(await bench.changes.mutes(MEMBER)) == 1


async def test_a_change_is_undone_once(bench: Bench) -> None:
    change = await bench.changes.mute(MEMBER, "-survey")
    await bench.undo(change)
    with pytest.raises(RefusalError) as refused:
        await bench.undo(change)
    assert key(refused) == "error-undo-gone"
