"""Keeps the bot below Discord's global rate limit. discord.py only waits after the limit was hit."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable

PER_SECOND = 48
"""Discord allows 50."""
SPARE = 2
"""How many more may fall into one second, which makes the 50 that Discord allows."""
MAKE_UP_SECONDS = 0.25
"""Timers fire late, on a busy machine by much. At most this delay is caught up."""


class Pace:
    """Lets requests through evenly, at most `per_second`, in order of arrival. `clock` returns seconds.

    Discord counts requests when they arrive, and they may bunch on the way. The way back takes at least as long as that
    of the fastest request, so an answer limits how late its request was counted. A request is let through only if no
    more than `per_second` + SPARE can fall into one second with it.
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
        """Wait for a turn and return its time, to be passed to `answered`. A cancelled wait uses no turn."""
        came = self._clock()
        async with self._turn:
            turn = max(self._next, came)
            # Each checks the clock itself, so that after a stall the waiting ones do not all go at once.
            while (early := max(turn - self._clock(), self._crowded())) > 0:
                await self._sleep(early)
            now = self._clock()
            self._next = max(turn, now - MAKE_UP_SECONDS) + self._interval
            self._under_way += 1
            return now

    def answered(self, sent: float) -> None:
        """Note that the request sent at this time was answered or given up."""
        now = self._clock()
        self._under_way -= 1
        self._quickest = min(self._quickest, now - sent)
        self._answered.append(now)

    def _crowded(self) -> float:
        """Seconds until another request fits into one second; one interval if that is not known."""
        now = self._clock()
        while self._answered and self._answered[0] + 1 - self._quickest <= now:
            self._answered.popleft()
        if self._under_way + len(self._answered) < self._limit:
            return 0.0
        return self._answered[0] + 1 - self._quickest - now if self._answered else self._interval
