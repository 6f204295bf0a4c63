"""Alarms for digests: one APScheduler job for all digests with the same zone and time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, time
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.clock import Clock
from bot.digests.timing import knows_zone, next_alarm

log = logging.getLogger(__name__)

_PREFIX = "digests "


class TimeStore(Protocol):
    """Knows the zones and times of active digests."""

    async def times(self) -> set[tuple[str, time]]: ...


class WallClockTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 has no types
    """Fires daily at a wall-clock time in a zone: once, also on the days on which clocks change.

    APScheduler's cron trigger skips a time that does not exist, and fires twice at one that occurs twice. The alarm
    follows the injected clock, so it moves when that clock is moved.
    """

    def __init__(self, timezone: str, at: time, clock: Clock) -> None:
        self._timezone = timezone
        self._at = at
        self._clock = clock

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:  # noqa: ARG002  # APScheduler's signature
        """The machine's time at which the injected clock will reach the time, never earlier."""
        here = self._clock.now()
        wait = next_alarm(self._timezone, self._at, here) - here
        return datetime.now(now.tzinfo) + wait  # `now` was read before `here`: the alarm would ring early


class Schedule:
    """The alarms of all digests; rebuilt whenever a digest changes."""

    def __init__(self, scheduler: AsyncIOScheduler, store: TimeStore, clock: Clock) -> None:
        self._scheduler = scheduler
        self._store = store
        self._clock = clock
        self._ring: Callable[[str, time], Awaitable[None]] | None = None
        self._rebuilding = asyncio.Lock()

    async def start(self, ring: Callable[[str, time], Awaitable[None]]) -> None:
        """Set the alarms; each calls `ring(timezone, time)`."""
        self._ring = ring
        await self.rebuild()

    async def rebuild(self) -> None:
        """Set exactly the alarms that the digests need, by the current clock.

        Before `start` it does nothing, as that sets them all.
        """
        if self._ring is None:
            return
        async with self._rebuilding:  # the last to begin reads what all before it have changed
            self._set(sorted(await self._store.times()))

    def _set(self, times: Sequence[tuple[str, time]]) -> None:
        for job in self._scheduler.get_jobs():
            if job.id.startswith(_PREFIX):
                job.remove()
        for timezone, at in times:
            if not knows_zone(timezone):  # the runner pauses its digests
                continue
            self._scheduler.add_job(
                self._ring,
                WallClockTrigger(timezone, at, self._clock),
                args=(timezone, at),
                id=f"{_PREFIX}{timezone} {at:%H:%M}",
                misfire_grace_time=None,  # always ring: the runner decides what is too late
                coalesce=True,
            )
