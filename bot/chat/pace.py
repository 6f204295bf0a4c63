"""Keeps the bot below Discord's global limit: discord.py waits when it is told to, but does not pace itself."""

import asyncio
import time
from collections.abc import Awaitable, Callable

PER_SECOND = 48
"""Of the 50 that Discord allows: evenly spaced, no second can hold more than 50 of them, even if some are held up on
the way by as much as two turns take."""
MAKE_UP_SECONDS = 0.02
"""A timer rings late by some milliseconds; so much is made up for by the next turn, and what is later is lost."""


class Pace:
    """Lets through at most so many a second, evenly, in the order in which they came.

    In any second that is `per_second` and one, where MAKE_UP_SECONDS is less than a turn. `clock` tells seconds.
    """

    def __init__(
        self,
        per_second: float = PER_SECOND,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._interval = 1 / per_second
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for one's turn. Whoever stops waiting takes none."""
        async with self._turn:
            # Each waits for the clock by itself, so that after a stall those who wait do not all go at once.
            while (early := self._next - self._clock()) > 0:
                await self._sleep(early)
            self._next = max(self._next, self._clock() - MAKE_UP_SECONDS) + self._interval
