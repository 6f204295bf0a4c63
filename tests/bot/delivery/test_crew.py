import asyncio

import pytest

from bot.delivery.crew import Crew


class Works:
    """Works that end when they are told to; what they do is noted."""

    def __init__(self) -> None:
        self.ends = [asyncio.Event() for _ in range(9)]
        self.begun: list[int] = []
        self.done: list[int] = []
        self.cancelled: list[int] = []

    async def do(self, number: int, trouble: Exception | None = None) -> None:
        self.begun.append(number)
        try:
            await self.ends[number].wait()
        except asyncio.CancelledError:
            self.cancelled.append(number)
            raise
        if trouble:
            raise trouble
        self.done.append(number)


@pytest.fixture
def works() -> Works:
    return Works()


def told() -> None:
    """Nobody listens."""


async def settle() -> None:
    for _ in range(9):
        await asyncio.sleep(0)


async def test_the_slow_hold_up_no_other(works: Works) -> None:
    async with Crew(2, told) as crew:
        await crew.take_on(0, lambda: works.do(0))
        for number in range(1, 6):
            works.ends[number].set()
            await crew.take_on(number, lambda number=number: works.do(number))  # type: ignore[misc]
        await settle()
        assert (works.done, crew.busy) == ([1, 2, 3, 4, 5], frozenset({0}))
        works.ends[0].set()
    assert works.done[-1] == 0


async def test_no_more_are_under_way_than_there_are_hands(works: Works) -> None:
    async with Crew(2, told) as crew:
        await crew.take_on(0, lambda: works.do(0))
        await crew.take_on(1, lambda: works.do(1))
        third = asyncio.create_task(crew.take_on(2, lambda: works.do(2)))
        await settle()
        assert works.begun == [0, 1]
        works.ends[0].set()
        await third
        await settle()
        assert works.begun == [0, 1, 2]
        for end in works.ends:
            end.set()


async def test_trouble_is_raised_once_the_others_are_done(works: Works) -> None:
    async def run() -> None:
        async with Crew(3, told) as crew:
            await crew.take_on(0, lambda: works.do(0, OSError("locked")))
            await crew.take_on(1, lambda: works.do(1))
            works.ends[0].set()
            await settle()
            asyncio.get_running_loop().call_soon(works.ends[1].set)
            await crew.take_on(2, lambda: works.do(2))

    with pytest.raises(OSError, match="locked"):
        await run()
    assert (works.begun, works.done) == ([0, 1], [1])


@pytest.mark.parametrize("leaving", [False, True])
async def test_who_is_cancelled_ends_what_is_under_way(works: Works, *, leaving: bool) -> None:
    async def run() -> None:
        async with Crew(3, told) as crew:
            await crew.take_on(0, lambda: works.do(0))
            if not leaving:
                await asyncio.Event().wait()

    running = asyncio.create_task(run())
    await settle()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert running.cancelled()
    assert works.cancelled == [0]


async def test_each_end_is_told(works: Works) -> None:
    ends: list[int] = []
    async with Crew(3, lambda: ends.append(1)) as crew:
        for number in range(3):
            works.ends[number].set()
            await crew.take_on(number, lambda number=number: works.do(number))  # type: ignore[misc]
    assert len(ends) == 3
