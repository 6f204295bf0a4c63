"""Several deliveries under way together."""

import asyncio
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Self


class Crew:
    """Does up to `size` works at a time, each known by a number; `told` is called at the end of each.

    Use it as `async with`: leaving waits until all are done, or ends them where it is left by being cancelled. What a
    work raises is raised by `take_on`, or on leaving; no other work is ended by it.
    """

    def __init__(self, size: int, told: Callable[[], None]) -> None:
        self._free = asyncio.Semaphore(size)
        self._told = told
        self._works: dict[int, asyncio.Task[None]] = {}
        self._trouble: BaseException | None = None

    @property
    def busy(self) -> frozenset[int]:
        """The numbers of the works under way."""
        return frozenset(self._works)

    async def take_on(self, number: int, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Begin a work as soon as there is a hand free."""
        await self._free.acquire()
        self._raise_trouble()
        task = self._works[number] = asyncio.create_task(work())
        task.add_done_callback(lambda done: self._finish(number, done))

    def _finish(self, number: int, task: asyncio.Task[None]) -> None:
        del self._works[number]
        self._free.release()
        if not task.cancelled():
            self._trouble = task.exception() or self._trouble
        self._told()

    def _raise_trouble(self) -> None:
        if self._trouble is not None:
            raise self._trouble

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not isinstance(error, asyncio.CancelledError):
                await self._done()
        finally:
            for task in self._works.values():
                task.cancel()
            await self._done()
        if error is None:
            self._raise_trouble()

    async def _done(self) -> None:
        while self._works:
            await asyncio.wait(self._works.values())
