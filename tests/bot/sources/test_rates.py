import asyncio

import pytest

from bot.errors import SourceError, SourceFault
from bot.sources.rates import LONGEST_HOLD, LONGEST_WAIT, Turns
from tests.bot.sources.conftest import Time


@pytest.fixture
def turns(time: Time) -> Turns:
    return Turns(monotonic=time.monotonic)


async def test_turns_are_a_second_apart_however_many_ask(turns: Turns, time: Time) -> None:
    await asyncio.gather(*[turns.wait(time.sleep) for _ in range(5)])
    assert time.seconds == 4.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"RateLimit": '"api";r=0;t=7'}, 7),
        ({"RateLimit-Remaining": "0", "RateLimit-Reset": "7"}, 7),
        ({"RateLimit": '"pages";r=3;t=9, "api";r=0;t=7'}, 7),
        ({"RateLimit": '"api";r=3;t=7'}, 0),
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "Fri, 23 Feb 2024 12:00:07 GMT", "Date": "Fri, 23 Feb 2024 12:00:00 GMT"}, 7),
        ({"Retry-After": "Fri, 23 Feb 2024 11:00:00 GMT", "Date": "Fri, 23 Feb 2024 12:00:00 GMT"}, 0),
        ({"RateLimit": "nonsense"}, 0),
        ({"RateLimit": '"api";r=0;t=soon'}, 0),
        ({}, 0),
    ],
)
async def test_the_next_waits_for_as_long_as_an_answer_says(
    turns: Turns, time: Time, headers: dict[str, str], seconds: float
) -> None:
    turns.note(headers)
    await turns.wait(time.sleep)
    assert time.seconds == seconds


@pytest.mark.parametrize(("retry", "seconds"), [("12", 12), ("", 30), ("a while", 30), ("-5", 30)])
async def test_a_429_holds_for_as_long_as_it_says(turns: Turns, time: Time, retry: str, seconds: float) -> None:
    assert turns.hold({"Retry-After": retry}) == seconds
    await turns.wait(time.sleep)
    assert time.seconds == seconds


async def test_a_hold_that_comes_while_one_waits_is_kept(turns: Turns, time: Time) -> None:
    moved_sleep = time.sleep
    await turns.wait(moved_sleep)
    held = False

    async def sleep(seconds: float) -> None:
        nonlocal held
        await moved_sleep(seconds)
        if not held:
            held = True
            turns.hold({"Retry-After": "20"})

    await turns.wait(sleep)
    assert time.seconds == 21.0


async def test_what_takes_too_long_is_refused_and_not_for_ever(turns: Turns, time: Time) -> None:
    turns.hold({"Retry-After": "999999999"})
    with pytest.raises(SourceError) as caught:
        await turns.wait(time.sleep)
    assert caught.value.fault is SourceFault.RATE_LIMITED
    time.seconds = LONGEST_HOLD - LONGEST_WAIT
    await turns.wait(time.sleep)
    assert time.seconds == LONGEST_HOLD
