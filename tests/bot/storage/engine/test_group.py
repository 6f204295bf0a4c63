import asyncio
from collections.abc import Sequence

import pytest

from bot.errors import StorageError
from bot.storage.engine.group import Group


class Ledger:
    """Doubles numbers, noting which it was given together; 13 is refused, and it may be closed."""

    def __init__(self) -> None:
        self.given: list[list[int]] = []
        self.closed = False
        self.group = Group(self.work)

    async def work(self, numbers: Sequence[int]) -> list[int]:
        self.given.append(list(numbers))
        await asyncio.sleep(0)
        if self.closed:
            raise StorageError("locked")
        if 13 in numbers:
            raise ValueError("unlucky")
        return [2 * number for number in numbers]


async def test_what_comes_while_it_works_is_done_together_and_each_gets_its_own() -> None:
    ledger = Ledger()
    assert await asyncio.gather(*(ledger.group.add(number) for number in range(5))) == [0, 2, 4, 6, 8]
    assert await ledger.group.add(7) == 14
    assert ledger.given == [[0, 1, 2, 3, 4], [7]]


async def test_nobody_is_told_before_it_is_done() -> None:
    ledger = Ledger()
    first = asyncio.create_task(ledger.group.add(1))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (ledger.given, first.done()) == ([[1]], False)
    assert await first == 2


async def test_what_is_refused_costs_no_other() -> None:
    ledger = Ledger()
    ends = await asyncio.gather(*(ledger.group.add(number) for number in (1, 13, 2)), return_exceptions=True)
    assert ends[::2] == [2, 4]
    assert isinstance(ends[1], ValueError)
    assert ledger.given == [[1, 13, 2], [1], [13], [2]]


async def test_where_the_database_cannot_be_used_all_are_told_at_once() -> None:
    ledger = Ledger()
    ledger.closed = True
    ends = await asyncio.gather(*(ledger.group.add(number) for number in (1, 2)), return_exceptions=True)
    assert [type(end) for end in ends] == [StorageError, StorageError]
    assert len(ledger.given) == 1
    ledger.closed = False
    assert await ledger.group.add(3) == 6


async def test_who_stops_waiting_leaves_the_others_theirs() -> None:
    ledger = Ledger()
    first, second = (asyncio.create_task(ledger.group.add(number)) for number in (1, 2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == 4
    with pytest.raises(asyncio.CancelledError):
        await first
