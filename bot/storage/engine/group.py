"""Group commit: requests made at about the same time share one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.errors import StorageError

Item = TypeVar("Item")
Result = TypeVar("Result")

_Waiting = tuple[Item, asyncio.Future[Result]]


class Group(Generic[Item, Result]):
    """Processes items of several callers in batches: those that arrive during one batch form the next.

    `work` returns a result for each item, in order, or raises without having done anything.
    """

    def __init__(self, work: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        self._work = work
        self._waiting: list[_Waiting[Item, Result]] = []
        self._worker: asyncio.Task[None] | None = None

    async def add(self, item: Item) -> Result:
        """Process an item and wait until it is done. Raises what `work` raised for it; it is not done then."""
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
        except Exception as error:  # noqa: BLE001  raised for the callers
            if len(taken) == 1:
                _fail(taken, error)
            else:  # retry one by one: only the faulty item fails
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
