"""Daily upkeep: delete old rows and renew statistics; every 30 days, check the whole database."""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.runtime.periodic import Guarded

log = logging.getLogger(__name__)

INSPECTION = "inspection"
"""The note that holds the last inspection, as `Inspection.written` gives it."""

STRAYS_KEPT = timedelta(days=30)
"""How long a paper that no day lists is kept if nobody saves it."""
INSPECTED_EVERY = timedelta(days=30)
TOGETHER = 200  # rows deleted in one transaction, with their dependents: other writers wait some milliseconds
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Inspection:
    """When the whole database was checked (UTC), and the problems found."""

    at: datetime
    problems: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The problems in one line."""
        more = f"; and {len(self.problems) - _SHOWN} more" if len(self.problems) > _SHOWN else ""
        return "; ".join(self.problems[:_SHOWN]) + more

    def written(self) -> str:
        """The inspection as JSON, for a note."""
        return json.dumps({"at": self.at.isoformat(), "problems": self.problems})

    @classmethod
    def read(cls, note: str | None) -> "Inspection | None":
        """The inspection in a note; None if there is none or it can't be read."""
        if note is None:
            return None
        try:
            told = json.loads(note)
            return cls(datetime.fromisoformat(told["at"]), tuple(told["problems"]))
        except (ValueError, TypeError, KeyError):  # the database is checked again
            return None


class UpkeepStore(Protocol):
    """The database, as Keeper uses it."""

    async def forget_editions(self, before: datetime, limit: int) -> int:
        """Delete at most `limit` editions due before a moment; returns their number."""
        ...

    async def forget_alerts(self, before: date, limit: int) -> int:
        """Delete at most `limit` alerts about days before a date; returns their number."""
        ...

    async def forget_pauses(self, before: datetime) -> None:
        """Delete the pauses that ended before a moment."""
        ...

    async def forget_strays(self, before: datetime, limit: int) -> int:
        """Delete at most `limit` strays read before a moment that nobody saved; returns their number."""
        ...

    async def optimize(self) -> None:
        """Renew the query planner's statistics."""
        ...

    async def inspect(self) -> list[str]:
        """The problems found in the file."""
        ...


class Notes(Protocol):
    """A store of short texts by name."""

    async def note(self, name: str) -> str | None:
        """The note; None if there is none."""
        ...

    async def set_note(self, name: str, value: str) -> None:
        """Write the note."""
        ...


class Keeper:
    """Deletes what is older than `keep` and checks the database; `inspected` is called with each inspection."""

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
        """Do what is due. Call it once a day. A failing step does not stop the others."""
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
        unsaved = self._clock.now() - STRAYS_KEPT
        await _all(lambda: self._store.forget_strays(unsaved, TOGETHER))
        if editions or alerts:
            log.info("upkeep: deleted %d editions and %d alerts from before %s", editions, alerts, before.date())

    async def inspect(self) -> Inspection:
        """Check the whole database, and note and log the result."""
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
    """Delete in batches until none are left; returns their number. Other writes happen in between."""
    gone = 0
    while went := await some():
        gone += went
    return gone
