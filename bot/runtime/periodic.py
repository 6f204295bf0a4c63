"""Periodic work, timed by the monotonic clock: setting the wall clock does not affect it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NoReturn

from bot.errors import DatabaseDamagedError

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[object]]


class Guarded:
    """A job that raises nothing: an error is logged, and a repeated one only once.

    A damaged database is not logged here: it ends the program, which reports it.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._known = ""

    async def __call__(self) -> None:
        """Run the job."""
        try:
            await self._job()
        except DatabaseDamagedError:
            return
        except Exception as error:
            told = repr(error)
            if told != self._known:
                log.exception("%s failed; it will be tried again", getattr(self._job, "__qualname__", self._job))
            self._known = told
        else:
            self._known = ""


@dataclass(frozen=True, slots=True)
class Round:
    """A job that runs every `seconds`, for the first time after `first` seconds (default: after `seconds`)."""

    job: Job
    seconds: float
    first: float | None = None

    async def run(self) -> NoReturn:
        """Run the job forever. One that takes longer than `seconds` runs again at once; missed runs are skipped."""
        guarded = Guarded(self.job)
        begins = time.monotonic() + (self.seconds if self.first is None else self.first)
        while True:
            await asyncio.sleep(max(begins - time.monotonic(), 0.0))
            begins = time.monotonic() + self.seconds
            await guarded()
