"""Work that comes again every so many seconds, by the monotonic clock: setting the wall clock changes nothing."""

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
    """A job that raises nothing: what goes wrong is logged, and the same again and again once.

    Damage of the database is not: it ends the program, which says so.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._known = ""

    async def __call__(self) -> None:
        """Do it."""
        try:
            await self._job()
        except DatabaseDamagedError:
            return
        except Exception as error:
            told = repr(error)
            if told != self._known:
                log.exception("%s failed; it is tried again", getattr(self._job, "__qualname__", self._job))
            self._known = told
        else:
            self._known = ""


@dataclass(frozen=True, slots=True)
class Round:
    """A job that is done every so many seconds, for the first time after `first` of them; else after a whole round."""

    job: Job
    seconds: float
    first: float | None = None

    async def run(self) -> NoReturn:
        """Do it again and again. Where it takes longer than its round, the next begins at once, and none is made up."""
        guarded = Guarded(self.job)
        begins = time.monotonic() + (self.seconds if self.first is None else self.first)
        while True:
            await asyncio.sleep(max(begins - time.monotonic(), 0.0))
            begins = time.monotonic() + self.seconds
            await guarded()
