import asyncio
from contextvars import copy_context

import pytest

from bot.chat.interactions.load import LATEST_SECONDS, Ages, Load, answering


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


async def work(load: Load, done: asyncio.Event, age: float = 0.0) -> bool:
    entered = await load.enter(age)
    if entered:
        await done.wait()
    return entered


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_work_that_can_no_longer_be_answered_is_not_begun(seconds: Seconds) -> None:
    assert await Load(clock=seconds).enter(LATEST_SECONDS)
    assert not await Load(clock=seconds).enter(LATEST_SECONDS + 0.1)


async def test_beyond_what_can_be_done_the_newest_are_turned_away_at_once_and_the_oldest_go_first(
    seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    load, done = Load(at_once=1, clock=seconds), asyncio.Event()
    load._mean = 0.4  # seconds for each: of those that come, one is at work and two may wait for a second at most
    tasks = [asyncio.create_task(work(load, done)) for _ in range(5)]
    await settle()
    assert [task.done() for task in tasks] == [False, False, False, True, True]
    done.set()
    assert await asyncio.gather(*tasks) == [True, True, True, False, False]
    (told,) = [record.getMessage() for record in caplog.records]
    assert "overloaded: " in told
    assert await load.enter(0)


async def test_a_turn_that_comes_too_late_is_none(seconds: Seconds) -> None:
    load, done = Load(at_once=1, clock=seconds), asyncio.Event()
    first = asyncio.create_task(work(load, done))
    await settle()
    assert not await load.enter(LATEST_SECONDS)
    done.set()
    assert await first
    assert await load.enter(0)


async def test_a_turn_ends_with_the_first_request_and_not_with_the_task(seconds: Seconds) -> None:
    load = Load(at_once=1, clock=seconds)
    begun, done = asyncio.Event(), asyncio.Event()

    async def slow_network() -> None:
        assert await load.enter(0)
        answering()
        begun.set()
        await done.wait()

    task = asyncio.create_task(slow_network())
    await begun.wait()
    assert await asyncio.create_task(work(load, begun))
    done.set()
    await task
    await settle()
    assert load._at_work == 0


async def test_who_stops_waiting_leaves_the_turn_to_others(seconds: Seconds) -> None:
    load, done = Load(at_once=1, clock=seconds), asyncio.Event()
    first, second, third = (asyncio.create_task(work(load, done)) for _ in range(3))
    await settle()
    second.cancel()
    done.set()
    assert await first
    assert await third
    await settle()
    assert load._at_work == 0


def test_answering_outside_of_a_turn_is_nothing() -> None:
    copy_context().run(answering)


def test_the_quickest_way_counts_as_none_and_what_was_stuck_is_as_old_as_it_is(seconds: Seconds) -> None:
    ages = Ages(seconds)
    assert ages.of(5000.0) == 0  # Discord's clock is another
    seconds.now += 10
    assert ages.of(5010.0) == pytest.approx(0)
    assert ages.of(5007.5) == pytest.approx(2.5)
    seconds.now += 400  # another window: what was learnt is kept for one more
    assert ages.of(5409.0) == pytest.approx(1)
    seconds.now += 1000  # and then forgotten, as clocks drift
    ages.of(6000.0)
    seconds.now += 400
    assert ages.of(6400.0) == pytest.approx(0)


async def test_a_members_newer_completion_cancels_the_older_one_and_nobody_elses() -> None:
    load, done = Load(), asyncio.Event()

    async def complete(user_id: int) -> int:
        await load.completing.enter(user_id)
        await done.wait()
        return user_id

    older = asyncio.create_task(complete(7))
    other = asyncio.create_task(complete(8))
    await settle()
    newer = asyncio.create_task(complete(7))
    await settle()
    assert older.cancelled()
    done.set()
    assert [await other, await newer] == [8, 7]
    await settle()
    assert load.completing._tasks == {}
    assert not load.completing._turn.locked()
