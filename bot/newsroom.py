"""Keeps the archive up to date: reads the site, has papers summarised, writes pages."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

from bot.archive.scribe import Scribe, write_all
from bot.archive.thread import FileThread
from bot.clock import Clock
from bot.errors import ArchiveError
from bot.papers import Day
from bot.papers.texts import day_for_reader
from bot.runtime.periodic import Guarded
from bot.settings import Settings
from bot.sources.model import Site
from bot.sources.poller import HealthStore, Poller
from bot.sources.whole import MOST_MISSED, Closing, DayState
from bot.storage.engine.database import Database
from bot.storage.papers.library import Library
from bot.storage.papers.site import SiteDays
from bot.storage.papers.summaries import Summaries
from bot.storage.papers.written import WrittenPages
from bot.summaries.model import Source, Summariser, Told, Usage
from bot.summaries.service import Filled, SummaryService

log = logging.getLogger(__name__)

AT_A_TIME = 5
"""How many papers are summarised before their summaries are shown."""
LOOK_SECONDS = 600.0  # how often refused papers are tried again


class Summarising:
    """Has the papers of the site's days summarised, and stores the summaries with the papers."""

    def __init__(self, days: SiteDays, service: SummaryService, clock: Clock) -> None:
        self._days = days
        self._service = service
        self._clock = clock

    async def missing(self, since: date) -> list[Source]:
        """The papers without a summary on days from a date on, in the order in which they are summarised."""
        return await self._days.unsummarised(since)

    async def fill(self, papers: Sequence[Source], *, by_hand: bool = False) -> Filled:
        """Have papers summarised and store the summaries with them. `by_hand` retries refused ones too."""
        filled = await self._service.fill(papers, by_hand=by_hand)
        await self._days.show_summaries(self._clock.now())
        return filled


class Newsroom:
    """The work on the site's days: reading needs a poller, summarising a model, each folder of pages a scribe."""

    def __init__(
        self,
        clock: Clock,
        days: SiteDays,
        poller: Poller | None,
        summarising: Summarising | None,
        scribes: Sequence[Scribe],
    ) -> None:
        self._clock = clock
        self._days = days
        self._poller = poller
        self._summarising = summarising
        self._scribes = scribes
        self._trouble = ""
        self._bell = asyncio.Event()
        self._writing = asyncio.Lock()

    async def read(self) -> None:
        """Read what is due at the site, and write the pages of days that became whole."""
        if self._poller is not None:
            await self._poller.run()
            self._bell.set()
        await self.write()

    async def close(self) -> bool:
        """Read the site if today is to be closed now; return whether it was read. Call it every minute."""
        if self._poller is None or not await self._poller.is_day_to_close():
            return False
        await self.read()
        return True

    async def summarise(self) -> int:
        """Make the missing summaries within the model's budget; return how many were made."""
        if self._summarising is None:
            return 0
        missing = await self._summarising.missing(self._since())
        made = 0
        for start in range(0, len(missing), AT_A_TIME):
            filled = await self._summarising.fill(missing[start : start + AT_A_TIME])
            made += filled.made
            if filled.why is not None:
                break
        if made:
            await self.write()
        return made

    async def keep_summarising(self) -> None:
        """Summarise after each reading of the site, and every LOOK_SECONDS. Never ends."""
        summarise = Guarded(self.summarise)
        while self._summarising is not None:
            self._bell.clear()
            await summarise()
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._bell.wait()

    async def write(self) -> None:
        """Write the pages that are due. A problem is logged once, and retried after each reading."""
        trouble = ""
        try:
            async with self._writing:  # two at once would each mistake the other's page for one edited by hand
                await write_all(self._scribes)
        except ArchiveError as error:
            trouble = str(error)
            if trouble != self._trouble:
                log.warning("archive: %s", error)
        self._trouble = trouble

    async def states(self, since: date) -> dict[date, DayState]:
        """The states of the site's days from a date on."""
        return await self._days.states(since)

    async def unsummarised(self) -> int:
        """How many papers wait for a summary; 0 without a model."""
        return len(await self._summarising.missing(self._since())) if self._summarising else 0

    async def tidy(self) -> None:
        """Delete readings of votes that newer ones have replaced. Call it once a day."""
        await self._days.forget_readings(self._clock.now().date())

    def _since(self) -> date:
        return self._clock.now().date() - timedelta(days=MOST_MISSED)


def make_days(settings: Settings, database: Database, library: Library) -> SiteDays:
    """The store of the site's days, with summaries in the operator's languages."""
    return SiteDays(database, library, settings.summaries.languages)


def closing_rule(settings: Settings) -> Closing:
    """When a day of the site is closed and when it is whole."""
    return Closing(settings.source.closes_at, timedelta(hours=settings.source.whole_hours))


def make_poller(settings: Settings, days: SiteDays, health: HealthStore, site: Site, clock: Clock) -> Poller:
    """The poller, which reads the site into the library."""
    return Poller(site, days, health, clock, closing_rule(settings))


def make_summarising(
    settings: Settings, database: Database, days: SiteDays, summariser: Summariser, clock: Clock, told: Told
) -> Summarising:
    """The summarising service with its daily budget. `told` is called with the outcome of each paper."""
    daily = Usage(settings.summaries.calls_per_day, settings.summaries.tokens_per_day)
    languages = settings.summaries.languages
    return Summarising(days, SummaryService(Summaries(database), summariser, clock, languages, daily, told), clock)


def make_scribes(settings: Settings, database: Database, library: Library) -> list[Scribe]:
    """The scribes, which write pages: the archive's first, then one for each further language; [] without `write`."""
    if not settings.archive.write:
        return []
    settle = timedelta(hours=settings.source.settle_hours)
    archive = Scribe(settings.archive.path, WrittenPages(database), library.day, settle, FileThread())
    return [archive] + [
        Scribe(folder, WrittenPages(database, language), partial(_day_in, library, language), settle, FileThread())
        for language, folder in settings.archive.write_languages.items()
    ]


async def _day_in(library: Library, language: str, when: date) -> Day | None:
    """A day with each paper's text in a language, or the next best."""
    day = await library.day(when)
    return day_for_reader(day, language) if day else None
