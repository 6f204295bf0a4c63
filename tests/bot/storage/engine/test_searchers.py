"""Searches that take long give way to those that have just begun."""

import asyncio
import math
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.engine.database import Database
from bot.storage.engine.searchers import MOST_WAITING, SOON, Searcher, Searchers, Turns

PATIENCE = 10.0


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def searchers(tmp_path: Path, clock: Clock) -> AsyncIterator[Searchers]:
    path = tmp_path / "searchers.db"
    async with Database.open(path), Searchers.open(f"file:{path}?mode=ro", 1.0, clock) as opened:
        yield opened


@pytest.mark.parametrize("is_long", [False, True])
async def test_a_search_that_takes_long_waits_for_one_that_has_just_begun(
    searchers: Searchers, clock: Clock, *, is_long: bool
) -> None:
    order: list[str] = []
    old_has_begun, new_has_begun, new_may_end = threading.Event(), threading.Event(), threading.Event()

    def old(searcher: Searcher) -> None:
        searcher.allow(PATIENCE)
        old_has_begun.set()
        assert new_has_begun.wait(PATIENCE)
        threading.Timer(0, new_may_end.set).start()
        searcher.check()
        order.append("old")

    def new(searcher: Searcher) -> None:
        searcher.allow(PATIENCE)
        new_has_begun.set()
        assert new_may_end.wait(PATIENCE)
        searcher.check()
        order.append("new")

    first = asyncio.create_task(searchers.run(old, is_long=is_long))
    assert await asyncio.to_thread(old_has_begun.wait, PATIENCE)
    clock.now += 2 * SOON
    await asyncio.gather(first, searchers.run(new))
    assert order == ["new", "old"]


class Waits(Turns):
    """Another search that never ends. Each wait for it moves the clock by `STEP`, or by all that it may take."""

    STEP = MOST_WAITING * 0.4

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.begin()
        self.clock = clock
        self.waited: list[float] = []

    def wait(self, seconds: float) -> float:
        waited = min(seconds, self.STEP)
        self.clock.now += waited
        self.waited.append(waited)
        return waited


def test_waiting_costs_a_search_none_of_its_time_and_has_an_end(clock: Clock) -> None:
    turns = Waits(clock)
    with closing(sqlite3.connect(":memory:")) as connection:
        searcher = Searcher(connection, clock, turns)
        searcher.begin()
        searcher.allow(2 * SOON)
        clock.now += 1.5 * SOON
        for _ in range(5):
            searcher.check()
        assert sum(turns.waited) == pytest.approx(MOST_WAITING)
        assert len(turns.waited) == math.ceil(MOST_WAITING / Waits.STEP)
        clock.now += SOON
        with pytest.raises(TimeoutError):
            searcher.check()


def test_a_wait_ends_though_the_other_search_does_not() -> None:
    turns = Turns()
    turns.begin()
    assert turns.wait(SOON) >= SOON
    assert turns.new == 1


async def test_a_part_of_a_search_may_have_less_time(searchers: Searchers, clock: Clock) -> None:
    def search(searcher: Searcher) -> None:
        searcher.allow(PATIENCE)
        with searcher.limited(1.0):
            searcher.check()
            clock.now = 2.0
            with pytest.raises(TimeoutError):
                searcher.check()
        searcher.check()
        clock.now = PATIENCE + 1.0
        with pytest.raises(TimeoutError), searcher.limited(5.0):
            searcher.check()

    await searchers.run(search)
