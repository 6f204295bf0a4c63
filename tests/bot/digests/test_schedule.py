import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import ShiftedClock
from bot.digests.schedule import Schedule, WallClockTrigger
from sandbox.world.bell import PATIENCE
from tests.builders import StandingClock, utc

NINE = utc(2024, 2, 23, 0)


class Times:
    def __init__(self, *times: tuple[str, time]) -> None:
        self.now = set(times)

    async def times(self) -> set[tuple[str, time]]:
        return self.now


class SlowTimes(Times):
    """Answers once `answers` is set, with what was current when it was asked."""

    def __init__(self, *times: tuple[str, time]) -> None:
        super().__init__(*times)
        self.asked, self.answers = asyncio.Event(), asyncio.Event()

    async def times(self) -> set[tuple[str, time]]:
        found = self.now
        self.asked.set()
        await self.answers.wait()
        return found


@pytest.fixture
async def scheduler() -> AsyncIterator[AsyncIOScheduler]:
    made = AsyncIOScheduler(timezone="UTC")
    made.start()
    yield made
    made.shutdown(wait=False)


def test_an_alarm_is_as_far_on_the_machines_clock_as_on_the_one_handed_in() -> None:
    trigger = WallClockTrigger("Asia/Seoul", time(9), StandingClock(NINE - timedelta(minutes=10)))
    before = datetime.now(UTC)
    rings = trigger.get_next_fire_time(None, before)
    assert before <= rings - timedelta(minutes=10) <= datetime.now(UTC)


def test_when_it_has_rung_the_next_alarm_is_the_next_days() -> None:
    trigger = WallClockTrigger("Asia/Seoul", time(9), StandingClock(NINE + timedelta(milliseconds=1)))
    machine = datetime.now(UTC)
    assert trigger.get_next_fire_time(machine, machine) - machine > timedelta(hours=23, minutes=59)


def test_an_alarm_is_never_early_where_apscheduler_read_the_time_long_before() -> None:
    trigger = WallClockTrigger("Asia/Seoul", time(9), StandingClock(NINE - timedelta(minutes=10)))
    before = datetime.now(UTC)
    assert trigger.get_next_fire_time(None, before - timedelta(seconds=5)) >= before + timedelta(minutes=10)


async def test_one_job_serves_all_digests_of_a_zone_and_time(scheduler: AsyncIOScheduler) -> None:
    store = Times(("Asia/Seoul", time(9)), ("Asia/Seoul", time(10)), ("Europe/Berlin", time(9)))
    schedule = Schedule(scheduler, store, StandingClock(NINE))

    async def ring(timezone: str, at: time) -> None:
        raise AssertionError((timezone, at))

    await schedule.start(ring)
    assert len(scheduler.get_jobs()) == 3
    store.now = {("Asia/Seoul", time(9))}
    await schedule.rebuild()
    assert [job.args for job in scheduler.get_jobs()] == [("Asia/Seoul", time(9))]


async def test_two_changes_at_once_set_each_alarm_once(scheduler: AsyncIOScheduler) -> None:
    store = SlowTimes(("Asia/Seoul", time(9)))
    schedule = Schedule(scheduler, store, StandingClock(NINE))

    async def ring(timezone: str, at: time) -> None:
        raise AssertionError((timezone, at))

    starting = asyncio.create_task(schedule.start(ring))
    await store.asked.wait()
    store.now = {("Asia/Seoul", time(10))}
    rebuilding = asyncio.create_task(schedule.rebuild())
    await asyncio.sleep(0)
    store.answers.set()
    await asyncio.gather(starting, rebuilding)
    assert [job.args for job in scheduler.get_jobs()] == [("Asia/Seoul", time(10))]


async def test_a_zone_that_is_gone_keeps_no_other_alarm_from_being_set(scheduler: AsyncIOScheduler) -> None:
    schedule = Schedule(scheduler, Times(("US/Pacific-New", time(9)), ("Asia/Seoul", time(9))), StandingClock(NINE))

    async def ring(timezone: str, at: time) -> None:
        raise AssertionError((timezone, at))

    await schedule.start(ring)
    assert [job.args for job in scheduler.get_jobs()] == [("Asia/Seoul", time(9))]


async def test_apscheduler_rings_at_the_time_of_the_moved_clock_and_not_before(scheduler: AsyncIOScheduler) -> None:
    clock = ShiftedClock(NINE - timedelta(hours=1))
    rung: asyncio.Queue[tuple[str, time, datetime]] = asyncio.Queue()

    async def ring(timezone: str, at: time) -> None:
        rung.put_nowait((timezone, at, clock.now()))

    schedule = Schedule(scheduler, Times(("Asia/Seoul", time(9))), clock)
    await schedule.start(ring)
    clock.move_to(NINE - timedelta(milliseconds=20))
    await schedule.rebuild()
    timezone, at, moment = await asyncio.wait_for(rung.get(), PATIENCE)
    assert (timezone, at) == ("Asia/Seoul", time(9))
    assert NINE <= moment < NINE + timedelta(seconds=4)
    assert rung.empty()
