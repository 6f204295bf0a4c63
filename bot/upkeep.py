"""What is done once a day while the bot runs: old rows go, statistics are renewed; once a month, all is looked at."""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.periodic import Guarded

log = logging.getLogger(__name__)

INSPECTION = "inspection"
"""The note under which it is kept when the database was last looked at, and what was found (`Inspection.written`)."""

INSPECTED_EVERY = timedelta(days=30)
TOGETHER = 200  # rows with what hangs on them: some milliseconds, for which others wait
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Inspection:
    """When the whole database was looked at (UTC), and what is wrong with it."""

    at: datetime
    problems: tuple[str, ...]

    @property
    def summary(self) -> str:
        """What is wrong, in a line."""
        more = f"; and {len(self.problems) - _SHOWN} more" if len(self.problems) > _SHOWN else ""
        return "; ".join(self.problems[:_SHOWN]) + more

    def written(self) -> str:
        """As a note."""
        return json.dumps({"at": self.at.isoformat(), "problems": self.problems})

    @classmethod
    def read(cls, note: str | None) -> "Inspection | None":
        """The inspection that a note tells of."""
        if note is None:
            return None
        try:
            told = json.loads(note)
            return cls(datetime.fromisoformat(told["at"]), tuple(told["problems"]))
        except (ValueError, TypeError, KeyError):  # it is looked anew
            return None


class UpkeepStore(Protocol):
    """The database as its keeper needs it."""

    async def forget_editions(self, before: datetime, limit: int) -> int:
        """Delete at most so many editions due before a moment; how many went."""
        ...

    async def forget_alerts(self, before: date, limit: int) -> int:
        """Delete at most so many alerts about days before a date; how many went."""
        ...

    async def forget_pauses(self, before: datetime) -> None:
        """Delete the pauses that ended before a moment."""
        ...

    async def optimize(self) -> None:
        """Renew the statistics that queries are planned by."""
        ...

    async def inspect(self) -> list[str]:
        """What is wrong with the file."""
        ...


class Notes(Protocol):
    """Small things to remember, by name."""

    async def note(self, name: str) -> str | None:
        """What was noted."""
        ...

    async def set_note(self, name: str, value: str) -> None:
        """Note it."""
        ...


class Keeper:
    """Keeps the ledger as long as `keep`, and the database sound; `inspected` hears of every inspection."""

    def __init__(
        self,
        store: UpkeepStore,
        notes: Notes,
        clock: Clock,
        keep: timedelta,
        inspected: Callable[[Inspection], None],
    ) -> None:
        self._store = store
        self._notes = notes
        self._clock = clock
        self._keep = keep
        self._inspected = inspected

    async def run(self) -> None:
        """Do what is due: to be called once a day. A step that fails does not stop the others."""
        for step in (self._forget, self._store.optimize):
            await Guarded(step)()
        last = Inspection.read(await self._notes.note(INSPECTION))
        if last is None or not last.at <= self._clock.now() < last.at + INSPECTED_EVERY:
            last = await self.inspect()
        self._inspected(last)

    async def _forget(self) -> None:
        before = self._clock.now() - self._keep
        editions = await _all(lambda: self._store.forget_editions(before, TOGETHER))
        alerts = await _all(lambda: self._store.forget_alerts(before.date(), TOGETHER))
        await self._store.forget_pauses(before)
        if editions or alerts:
            log.info("upkeep: %d editions and %d alerts from before %s forgotten", editions, alerts, before.date())

    async def inspect(self) -> Inspection:
        """Look at the whole database, and note and log what was found."""
        found = Inspection(self._clock.now(), tuple(await self._store.inspect()))
        if found.problems:
            log.critical(
                "upkeep: the database is damaged (%s): stop the bot and restore a backup, `paperboy restore FILE`",
                found.summary,
            )
        else:
            log.info("upkeep: the database is sound")
        await self._notes.set_note(INSPECTION, found.written())
        return found


async def _all(some: Callable[[], Awaitable[int]]) -> int:
    """Forget some at a time until none are left; how many went. Others write in between."""
    gone = 0
    while went := await some():
        gone += went
    return gone
