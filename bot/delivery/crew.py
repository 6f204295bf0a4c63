"""Runs several deliveries at the same time."""

import asyncio
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Self


class Crew:
    """Runs up to `size` jobs at a time, each with a number; `told` is called when one ends.

    Use it with `async with`: leaving waits for all jobs, or cancels them if it is cancelled. A job's error is raised by
    `take_on` or on leaving; the other jobs go on.
    """

    def __init__(self, size: int, told: Callable[[], None]) -> None:
        self._free = asyncio.Semaphore(size)
        self._told = told
        self._works: dict[int, asyncio.Task[None]] = {}
        self._trouble: BaseException | None = None

    @property
    def busy(self) -> frozenset[int]:
        """The numbers of the running jobs."""
        return frozenset(self._works)

    async def take_on(self, number: int, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Start a job as soon as fewer than `size` are running."""
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
