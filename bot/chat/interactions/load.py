"""How much is begun at once: work that can't be answered in time is not begun, and the newest are told to try again.

Discord takes a first answer within three seconds
(https://docs.discord.com/developers/interactions/receiving-and-responding). What is begun too late is done for nothing,
and makes the next too late as well.
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
"""An interaction of this age may still be told something."""
LATEST_SECONDS = 2.0
"""One of this age is not begun any more."""
QUEUE_SECONDS = 1.0
"""Who would have to wait longer than this is told so at once."""
AT_ONCE = 16
_FIRST_GUESS_SECONDS = 0.05
_WEIGHT = 0.1  # of the last piece of work in the mean
_TELL_SECONDS = 60.0
_WINDOW_SECONDS = 300.0


class Ages:
    """How old interactions are, by when Discord made them. `clock` tells seconds and is never set.

    The two clocks differ by nobody knows what, so the quickest way of the last minutes counts as none at all.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = -math.inf
        self._least = self._least_before = math.inf

    def of(self, created: float) -> float:
        """The age in seconds of what was made at a moment of Discord's clock."""
        now = self._clock()
        if now - self._since >= _WINDOW_SECONDS:
            self._since, self._least_before, self._least = now, self._least, math.inf
        self._least = min(self._least, now - created)
        return now - created - min(self._least, self._least_before)


class Load:
    """Gives turns to interactions, the oldest first, `at_once` of them at a time. A turn ends with the first request.

    What takes long then is the network, and not us. `clock` tells seconds.
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
        """Whether anyone waits for a turn."""
        return bool(self._waiting)

    async def enter(self, age: float) -> bool:
        """Wait for a turn; False where it can't come in time for an interaction of this age."""
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
        """Give the turn that ended to the oldest who still waits."""
        while self._waiting:
            if not (turn := self._waiting.popleft()).done():
                turn.set_result(None)
                return
        self._at_work -= 1

    def _turn_away(self) -> None:
        self._turned_away += 1
        if self._clock() - self._told >= _TELL_SECONDS:
            self._told = self._clock()
            log.warning("more is asked than can be answered in time: %d turned away so far", self._turned_away)


class Completing:
    """What members are offered while they type: one at a time, and of each member the newest alone."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._tasks: dict[int, asyncio.Task[object]] = {}

    async def enter(self, user_id: int) -> None:
        """Wait for a turn, which lasts until the task ends; the member's older one is cancelled."""
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
    """End the turn of the interaction that this task works on: it is done, and the rest is the network's."""
    if end := _ends.get():
        end()
