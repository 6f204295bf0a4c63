"""Reads the site's days into the library: the last days repeatedly, and days that were missed."""

import logging
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.errors import SourceError, SourceFault, StorageError
from bot.sources.health import SiteHealth
from bot.sources.model import Reading, Site
from bot.sources.whole import MOST_MISSED, Closing, DayState, Taken, closing_of, days_to_read

log = logging.getLogger(__name__)

CLOSING_APART = timedelta(minutes=5)
"""The time between two attempts to close a day."""
_OF_THE_DAY = frozenset({SourceFault.UNREADABLE, SourceFault.REFUSED})
"""Faults that may concern one day only."""


class SiteDayStore(Protocol):
    """Where the site's days are kept."""

    async def states(self, since: date) -> dict[date, DayState]: ...
    async def take(self, reading: Reading, rule: Closing, now: datetime) -> Taken: ...


class HealthStore(Protocol):
    """Stores the state of the site when it was last asked."""

    async def site_health(self) -> SiteHealth: ...
    async def note_site(self, health: SiteHealth) -> None: ...


class Poller:
    """Keeps the library up to date with the site. `rule` says when a day is closed and when it is whole."""

    def __init__(self, site: Site, days: SiteDayStore, health: HealthStore, clock: Clock, rule: Closing) -> None:
        self._site = site
        self._days = days
        self._health = health
        self._clock = clock
        self._rule = rule
        self._odd: dict[date, SourceError] = {}
        self._stumbled: set[date] = set()  # days at which a round ended: they are read last
        self._ran_at: datetime | None = None

    async def run(self) -> list[Taken]:
        """Read each day that is due; return what changed. The site's first failure ends the round.

        What was read until then is kept; the other days are read in a later round, and before the one that failed. An
        error in one day only is logged, and the others are read.
        """
        self._ran_at = self._clock.now()
        taken: list[Taken] = []
        health = await self._health.site_health()
        try:
            for day in sorted(await self._due(), key=lambda day: (day in self._stumbled, day)):
                taken += await self._try(day, site_answers=bool(taken))
            if not taken and self._odd:
                raise self._odd[max(self._odd)]
        except SourceError as error:
            failed = health.failed(self._clock.now(), error.fault)
            if health.fault is not error.fault:
                log.warning("the site can't be read: %s", error)
            await self._health.note_site(failed)
        else:
            if health.failing_since is not None:
                log.info("the site can be read again, after %s", self._clock.now() - health.failing_since)
            await self._health.note_site(health.read(self._clock.now()))
        return taken

    async def is_day_to_close(self) -> bool:
        """Whether the last day that reached its closing time is open, and no reading tried to close it just before."""
        now = self._clock.now()
        day = now.date() if now >= closing_of(now.date(), self._rule.closes_at) else now.date() - timedelta(days=1)
        closing = closing_of(day, self._rule.closes_at)
        tried_at = self._ran_at if self._ran_at and closing <= self._ran_at <= now else None
        if tried_at and now - tried_at < CLOSING_APART:
            return False
        state = (await self._days.states(day)).get(day)
        return state is None or state.closed_at is None

    async def _try(self, day: date, *, site_answers: bool) -> list[Taken]:
        """Read a day; return nothing if only this day can't be read. Raises SourceError if the site can't.

        If the site fails over a day again while it `site_answers` for others, only that day can't be read.
        """
        try:
            taken = await self.read(day)
        except SourceError as error:
            if error.fault not in _OF_THE_DAY and not (site_answers and day in self._stumbled):
                self._stumbled.add(day)
                raise
            if day not in self._odd:
                log.warning("day %s can't be read: %s", day, error)
            self._odd[day] = error
        except StorageError:
            raise
        except Exception as error:
            if day not in self._odd:
                log.exception("day %s can't be stored", day)
            self._odd[day] = SourceError(SourceFault.UNREADABLE, f"day {day} can't be stored: {type(error).__name__}")
        else:
            self._odd.pop(day, None)
            self._stumbled.discard(day)
            return [taken]
        return []

    async def read(self, day: date) -> Taken:
        """Read a day and store it; return what changed. Raises SourceError; nothing is stored then."""
        reading = await self._site.read(day)
        taken = await self._days.take(reading, self._rule, self._clock.now())
        _tell(reading, taken)
        return taken

    async def _due(self) -> list[date]:
        today = await self._site.today()
        return days_to_read(today, await self._days.states(today - timedelta(days=MOST_MISSED)))


def _tell(reading: Reading, taken: Taken) -> None:
    state = taken.state
    if taken.new_papers:
        log.info("day %s: %d papers new at the site, %d in all", reading.day, taken.new_papers, state.papers)
    if taken.late:
        log.info("day %s: %d papers came late, after the day was closed", reading.day, taken.late)
    if reading.skipped:
        log.warning("day %s: %d records of the site could not be read", reading.day, reading.skipped)
    if taken.closed:
        log.info("day %s is closed, with %d papers", reading.day, state.papers)
    if taken.became_whole:
        log.info("day %s is whole, with %d papers (%s)", reading.day, state.papers, state.whole_by)
