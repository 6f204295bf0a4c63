import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest

from bot.errors import DatabaseDamagedError
from bot.runtime.periodic import Guarded, Round


class Time:
    """A monotonic clock that goes on while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self._real = asyncio.sleep

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await self._real(0)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Iterator[Time]:
    made = Time()
    with monkeypatch.context() as patch:
        patch.setattr("bot.runtime.periodic.time.monotonic", made.monotonic)
        patch.setattr("bot.runtime.periodic.asyncio.sleep", made.sleep)
        yield made


async def rounds(
    count: int, work: Callable[[int], Awaitable[None]], seconds: float, first: float | None = None
) -> None:
    """Run a round until its job was done so many times."""
    done, left = asyncio.Event(), count

    async def job() -> None:
        nonlocal left
        left -= 1
        if not left:
            done.set()
        await work(count - left)

    task = asyncio.create_task(Round(job, seconds, first).run())
    await done.wait()
    task.cancel()
    await asyncio.wait([task])


async def nothing(_: int) -> None:
    pass


async def test_a_round_begins_every_so_many_seconds(time: Time) -> None:
    await rounds(3, nothing, 60)
    assert time.slept[:3] == [60, 60, 60]


async def test_the_first_may_come_sooner(time: Time) -> None:
    await rounds(2, nothing, 60, first=0)
    assert time.slept[:2] == [0, 60]


async def test_the_time_that_a_job_takes_is_part_of_its_round(time: Time) -> None:
    async def work(number: int) -> None:
        time.now += (10, 200)[number - 1] if number < 3 else 0

    await rounds(3, work, 60)
    assert time.slept[:3] == [60, 50, 0]


async def test_a_job_that_fails_is_done_again_and_logged_once(time: Time, caplog: pytest.LogCaptureFixture) -> None:
    async def work(number: int) -> None:
        if number != 3:
            raise ValueError("the same")

    await rounds(4, work, 1)
    assert time.slept[:4] == [1, 1, 1, 1]
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]  # once before it went well, once after


async def test_damage_is_told_by_whoever_ends_the_program(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        raise DatabaseDamagedError

    await Guarded(work)()
    assert caplog.records == []
