"""The pace at which requests leave. The clock is the test's; nothing sleeps."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.delivery.pace import PER_SECOND, Pace

LIMIT = 50
STALL = 0.7


class Time:
    """Time that passes when someone sleeps, and then by as much more as the next of `late` says.

    What is to happen at a moment in `events` happens on the way.
    """

    def __init__(self, late: Sequence[float] = (0.0,)) -> None:
        self.now = 100.0
        self.events: list[tuple[float, Callable[[], None]]] = []
        self._late = cycle(late)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        end = self.now + seconds + next(self._late)
        due = sorted((event for event in self.events if event[0] <= end), key=lambda event: event[0])
        self.events = [event for event in self.events if event[0] > end]
        for self.now, happen in due:
            happen()
        self.now = end
        await asyncio.sleep(0)


async def turns(count: int, time: Time) -> list[float]:
    """The moments at which so many who came together were let through, in the order in which they came."""
    pace = Pace(clock=time, sleep=time.sleep)
    passed: list[tuple[int, float]] = []

    async def come(number: int) -> None:
        left = await pace.wait()
        passed.append((number, time.now))
        pace.answered(left)

    await asyncio.gather(*(come(number) for number in range(count)))
    assert [number for number, _ in passed] == list(range(count))
    return [moment for _, moment in passed]


def most_in_a_second(moments: Sequence[float]) -> int:
    return max(sum(start <= moment < start + 1 for moment in moments) for start in moments)


@given(st.lists(st.sampled_from([0.0, 0.001, 0.012, 0.021, 0.05, STALL]), min_size=1, max_size=9))
def test_no_second_holds_more_than_discord_allows_however_late_the_timers_ring(late: list[float]) -> None:
    assert most_in_a_second(asyncio.run(turns(200, Time(late)))) <= LIMIT


@given(st.lists(st.tuples(st.floats(0, 0.3), st.floats(0, 0.9), st.booleans()), min_size=1, max_size=60))
def test_no_second_at_discord_holds_more_however_they_bunch_on_the_way(ways: list[tuple[float, float, bool]]) -> None:
    """Each is how much longer its way there and back was than the quickest's, and whether the one before held it up."""
    there, back = 0.05, 0.03
    time = Time()
    pace = Pace(clock=time, sleep=time.sleep)
    reached: list[float] = []

    async def run() -> None:
        for longer, answer_longer, held_up in [(0.0, 0.0, False), *islice(cycle(ways), 200)]:
            left = await pace.wait()
            reached.append(max(left + there + longer, reached[-1] if held_up else 0.0))
            time.events.append((reached[-1] + back + answer_longer, partial(pace.answered, left)))

    asyncio.run(run())
    assert most_in_a_second(reached) <= LIMIT


async def test_timers_that_ring_late_cost_nothing() -> None:
    moments = await turns(480, Time((0.0, 0.004, 0.08, 0.001)))
    assert 479 / (moments[-1] - moments[0]) == pytest.approx(PER_SECOND, rel=0.01)
    assert PER_SECOND >= 0.95 * LIMIT


async def test_who_comes_alone_does_not_wait() -> None:
    time = Time()
    assert await turns(1, time) == [100.0]


async def test_who_stops_waiting_takes_no_turn() -> None:
    time = Time()
    pace = Pace(1, clock=time, sleep=time.sleep)
    await pace.wait()
    given_up = asyncio.create_task(pace.wait())
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    await pace.wait()
    assert time.now == 101.0
