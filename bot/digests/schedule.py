"""Rings when digests are due: one APScheduler job for all digests of one (zone, time)."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.clock import Clock
from bot.digests.timing import knows_zone, next_alarm

log = logging.getLogger(__name__)

_PREFIX = "digests "
_MARGIN = timedelta(milliseconds=1)  # the two clocks are read one after the other: never ring before the time


class TimeStore(Protocol):
    """Knows the zones and times at which active digests are due."""

    async def times(self) -> set[tuple[str, time]]: ...


class WallClockTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 has no types
    """Fires each day when it is `at` in a zone: once, also on the days on which clocks change.

    APScheduler's own cron trigger leaves out a time that does not exist and fires twice at one that comes twice.
    The alarm is set by the distance on the clock handed in, so that a moved clock moves the alarm.
    """

    def __init__(self, timezone: str, at: time, clock: Clock) -> None:
        self._timezone = timezone
        self._at = at
        self._clock = clock

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:  # noqa: ARG002  # APScheduler's signature
        """The machine's moment at which the clock handed in will show the time, and no earlier."""
        here = self._clock.now()
        return now + (next_alarm(self._timezone, self._at, here) - here) + _MARGIN


class Schedule:
    """The alarms of all digests; built from the store, and anew whenever a digest changes."""

    def __init__(self, scheduler: AsyncIOScheduler, store: TimeStore, clock: Clock) -> None:
        self._scheduler = scheduler
        self._store = store
        self._clock = clock
        self._ring: Callable[[str, time], Awaitable[None]] | None = None

    async def start(self, ring: Callable[[str, time], Awaitable[None]]) -> None:
        """Set the alarms; `ring(timezone, time)` is called at each."""
        self._ring = ring
        await self.rebuild()

    async def rebuild(self) -> None:
        """Set the alarms that the store's digests need, as the clock now shows, and no others.

        Before the start there is nothing to do: it sets them all.
        """
        if self._ring is None:
            return
        for job in self._scheduler.get_jobs():
            if job.id.startswith(_PREFIX):
                job.remove()
        for timezone, at in sorted(await self._store.times()):
            if not knows_zone(timezone):  # the runner pauses the digests that have it
                continue
            self._scheduler.add_job(
                self._ring,
                WallClockTrigger(timezone, at, self._clock),
                args=(timezone, at),
                id=f"{_PREFIX}{timezone} {at:%H:%M}",
                misfire_grace_time=None,  # however late the alarm, it rings: the runner decides what is too late
                coalesce=True,
            )
