"""Limits how many interactions are worked on at once. Those that can't be answered in time are turned away.

Discord accepts a first answer within three seconds
(https://docs.discord.com/developers/interactions/receiving-and-responding). Work that starts too late is wasted, and
makes the next answers late too.
"""

import asyncio
import logging
import math
import time
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar

log = logging.getLogger(__name__)

ANSWERABLE_SECONDS = 2.7
"""Up to this age an interaction can still be answered."""
LATEST_SECONDS = 2.0
"""Work on an interaction of this age is not started any more."""
QUEUE_SECONDS = 1.0
"""An interaction that would wait longer than this is turned away at once."""
AT_ONCE = 16
_FIRST_GUESS_SECONDS = 0.05
_WEIGHT = 0.1  # of the latest turn in the running mean
_TELL_SECONDS = 60.0
_WINDOW_SECONDS = 300.0


class Ages:
    """The age of interactions since Discord created them. `clock` returns seconds and is monotonic.

    The offset between Discord's clock and ours is unknown, so the fastest delivery of the last minutes counts as age 0.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = -math.inf
        self._least = self._least_before = math.inf

    def of(self, created: float) -> float:
        """The age in seconds of an interaction created at `created`, in Unix time on Discord's clock."""
        now = self._clock()
        if now - self._since >= _WINDOW_SECONDS:
            self._since, self._least_before, self._least = now, self._least, math.inf
        self._least = min(self._least, now - created)
        return now - created - min(self._least, self._least_before)


class Load:
    """Gives turns to interactions, oldest first, `at_once` at a time. `clock` returns seconds.

    A turn ends when its answer is sent: from then on the network takes the time.
    """

    def __init__(self, at_once: int = AT_ONCE, clock: Callable[[], float] = time.monotonic) -> None:
        self.ages = Ages(clock)
        self.completing = Completing()
        self._at_once = at_once
        self._clock = clock
        self._at_work = 0
        self._mean = _FIRST_GUESS_SECONDS
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._turned_away = 0
        self._told = -math.inf

    @property
    def is_crowded(self) -> bool:
        """Whether an interaction is waiting for a turn."""
        return bool(self._waiting)

    async def enter(self, age: float) -> bool:
        """Wait for a turn; False if none comes in time for an interaction of this age in seconds."""
        if age > LATEST_SECONDS or self._expected_wait() > QUEUE_SECONDS or not await self._turn(LATEST_SECONDS - age):
            self._turn_away()
            return False
        began = self._clock()
        ended = False

        def end() -> None:
            nonlocal ended
            if not ended:
                ended = True
                self._mean += _WEIGHT * (self._clock() - began - self._mean)
                self._pass_on()

        _ends.set(end)
        if task := asyncio.current_task():
            task.add_done_callback(lambda _: end())
        return True

    def _expected_wait(self) -> float:
        ahead = self._at_work + len(self._waiting) - self._at_once
        return 0.0 if ahead < 0 else (ahead + 1) * self._mean / self._at_once

    async def _turn(self, seconds: float) -> bool:
        if self._at_work < self._at_once:
            self._at_work += 1
            return True
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await asyncio.wait_for(turn, seconds)
        except TimeoutError:
            return False
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._pass_on()
            raise
        return True

    def _pass_on(self) -> None:
        """Pass a turn that ended to the oldest waiting interaction."""
        while self._waiting:
            if not (turn := self._waiting.popleft()).done():
                turn.set_result(None)
                return
        self._at_work -= 1

    def _turn_away(self) -> None:
        self._turned_away += 1
        if self._clock() - self._told >= _TELL_SECONDS:
            self._told = self._clock()
            log.warning("overloaded: %d interactions turned away so far", self._turned_away)


class Completing:
    """Turns for completions: one at a time, and only the newest of each member."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._tasks: dict[int, asyncio.Task[object]] = {}

    async def enter(self, user_id: int) -> None:
        """Wait for a turn, which lasts until the task ends. Cancels the member's older completion."""
        task = asyncio.current_task()
        if task is None:
            return
        if older := self._tasks.get(user_id):
            older.cancel()
        self._tasks[user_id] = task
        task.add_done_callback(lambda done: self._tasks.pop(user_id) if self._tasks.get(user_id) is done else None)
        await self._turn.acquire()
        task.add_done_callback(lambda _: self._turn.release())


_ends: ContextVar[Callable[[], None] | None] = ContextVar("ends", default=None)


def answering() -> None:
    """End the turn of the interaction that the current task works on, as its answer is being sent."""
    if end := _ends.get():
        end()
