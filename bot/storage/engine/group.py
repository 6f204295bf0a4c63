"""What is asked of the database at about the same time, asked in one: commits are grouped, not what they promise."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.errors import StorageError

Item = TypeVar("Item")
Result = TypeVar("Result")

_Waiting = tuple[Item, asyncio.Future[Result]]


class Group(Generic[Item, Result]):
    """Does for several callers together what they asked for while it was last at work.

    `work` gives a result for each item, in order, or raises and has done nothing.
    """

    def __init__(self, work: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        self._work = work
        self._waiting: list[_Waiting[Item, Result]] = []
        self._worker: asyncio.Task[None] | None = None

    async def add(self, item: Item) -> Result:
        """Have an item done: it is, once this returns. Raises what `work` raised for it; it is not, then."""
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._do_waiting())
        return await done

    async def _do_waiting(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            await self._do_together(taken)

    async def _do_together(self, taken: Sequence[_Waiting[Item, Result]]) -> None:
        try:
            results = await self._work([item for item, _ in taken])
        except StorageError as error:
            _fail(taken, error)
        except Exception as error:  # noqa: BLE001  it is told to whoever asked
            if len(taken) == 1:
                _fail(taken, error)
            else:  # one of them is at fault: the others are not
                for one in taken:
                    await self._do_together([one])
        else:
            for (_, done), result in zip(taken, results, strict=True):
                if not done.done():
                    done.set_result(result)


def _fail(taken: Sequence[_Waiting[Item, Result]], error: Exception) -> None:
    for _, done in taken:
        if not done.done():
            done.set_exception(error)
