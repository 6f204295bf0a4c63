"""Searches that take long give way to those that have just begun."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.engine.database import Database
from bot.storage.engine.searchers import SOON, Searcher, Searchers

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


async def test_waiting_costs_a_search_none_of_its_time_and_has_an_end(searchers: Searchers, clock: Clock) -> None:
    old_has_begun, old_has_ended = threading.Event(), threading.Event()

    def old(searcher: Searcher) -> None:
        searcher.allow(2 * SOON)
        old_has_begun.set()
        clock.now += 1.5 * SOON
        searcher.check()
        old_has_ended.set()

    def new(_: Searcher) -> None:
        assert old_has_ended.wait(PATIENCE)

    await asyncio.gather(searchers.run(new), searchers.run(old))
    assert old_has_begun.is_set()
