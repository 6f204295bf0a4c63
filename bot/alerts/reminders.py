"""Weekly reminders of what a member has not read of their list."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.digests.timing import moment_of, zone_named

log = logging.getLogger(__name__)

AT = time(9)
"""When reminders come, in the member's zone."""
SHOWN = 5
"""Papers that a reminder shows."""
LATEST = timedelta(days=1)
"""A reminder that is later than this, as after an outage, is skipped."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Reminder:
    """A member's wish: on `weekday` (Monday is 0) in `timezone`. `due` is the next one, UTC."""

    user_id: int
    weekday: int
    timezone: str
    language: str
    due: datetime


class ReminderStore(Protocol):
    """Stores reminders."""

    async def of(self, user_id: int) -> Reminder | None: ...
    async def put(self, reminder: Reminder) -> None: ...
    async def remove(self, user_id: int) -> bool: ...
    async def due(self, now: datetime) -> list[Reminder]: ...
    async def move(self, reminder: Reminder, due: datetime) -> None: ...
    async def owe(self, reminder: Reminder, due: datetime, now: datetime) -> bool: ...


class Reminders:
    """Members' reminders, and when they are owed. `wake` is called when there is something to send."""

    def __init__(self, store: ReminderStore, clock: Clock, wake: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._wake = wake

    async def want(self, user_id: int, weekday: int, language: str, timezone: str) -> Reminder:
        """Remind a member from now on, in place of what they wanted before. Their DMs are tried again."""
        due = next_due(weekday, timezone, self._clock.now())
        reminder = Reminder(user_id, weekday, timezone, language, due)
        await self._store.put(reminder)
        return reminder

    async def of(self, user_id: int) -> Reminder | None:
        """A member's reminder; None if they want none."""
        return await self._store.of(user_id)

    async def stop(self, user_id: int) -> bool:
        """Remind a member no more; False if they wanted no reminder."""
        return await self._store.remove(user_id)

    async def run(self) -> int:
        """Store what is due as owed, each once; return how many."""
        now, owed = self._clock.now(), 0
        for reminder in await self._store.due(now):
            again = next_due(reminder.weekday, reminder.timezone, now)
            if now - reminder.due > LATEST:
                await self._store.move(reminder, again)
            else:
                owed += await self._store.owe(reminder, again, now)
        if owed:
            log.info("%d reminders of unread papers", owed)
            self._wake()
        return owed


def next_due(weekday: int, timezone: str, after: datetime) -> datetime:
    """The next moment (UTC) later than `after` at which it is AT on a weekday in a zone."""
    zone = zone_named(timezone)
    today = after.astimezone(zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(2 * _WEEK + 1))
    return next(due for day in days if day.weekday() == weekday and (due := moment_of(day, AT, zone)) > after)
