"""Keeps the bot below Discord's global limit: discord.py waits when it is told to, but does not pace itself."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable

PER_SECOND = 48
"""Of the 50 that Discord allows."""
SPARE = 2
"""So many more may fall into one second: as many as Discord allows."""
MAKE_UP_SECONDS = 0.25
"""A timer rings late, by some milliseconds or by more on a busy machine: so much is made up for, and no more."""


class Pace:
    """Lets requests through evenly, at most `per_second`, in the order in which they came.

    Discord counts them when they reach it, and on the way they may bunch. Each takes as long there and as long back as
    the quickest one did, or longer; so its answer tells how late it may have been counted. The next leaves only where
    no more than `per_second` and SPARE can fall into one second with it. `clock` tells seconds.
    """

    def __init__(
        self,
        per_second: int = PER_SECOND,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._interval = 1 / per_second
        self._limit = per_second + SPARE
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._next = 0.0
        self._under_way = 0
        self._quickest = math.inf
        self._answered: deque[float] = deque()

    async def wait(self) -> float:
        """Wait for one's turn; the moment at which it came, for `answered`. Whoever stops waiting takes none."""
        came = self._clock()
        async with self._turn:
            turn = max(self._next, came)
            # Each waits for the clock by itself, so that after a stall those who wait do not all go at once.
            while (early := max(turn - self._clock(), self._crowded())) > 0:
                await self._sleep(early)
            now = self._clock()
            self._next = max(turn, now - MAKE_UP_SECONDS) + self._interval
            self._under_way += 1
            return now

    def answered(self, sent: float) -> None:
        """Note that a request that left at a moment was answered, or given up."""
        now = self._clock()
        self._under_way -= 1
        self._quickest = min(self._quickest, now - sent)
        self._answered.append(now)

    def _crowded(self) -> float:
        """For how many seconds too many may still fall into one; for a turn where that is not known."""
        now = self._clock()
        while self._answered and self._answered[0] + 1 - self._quickest <= now:
            self._answered.popleft()
        if self._under_way + len(self._answered) < self._limit:
            return 0.0
        return self._answered[0] + 1 - self._quickest - now if self._answered else self._interval
