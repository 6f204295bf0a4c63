"""What keeps the archive going: reads the site, has papers summarised, writes pages. It runs beside everything else."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.archive.scribe import Scribe
from bot.clock import Clock
from bot.errors import ArchiveError
from bot.sources.poller import Poller
from bot.sources.whole import MOST_MISSED

log = logging.getLogger(__name__)

Summarise = Callable[[], Awaitable[int]]
"""Fills summaries that are missing; how many were made."""


class Newsroom:
    """The work on the site's days. Without a poller nothing is read, without a scribe nothing is written."""

    def __init__(self, clock: Clock, poller: Poller | None, summarise: Summarise | None, scribe: Scribe | None) -> None:
        self._clock = clock
        self._poller = poller
        self._summarise = summarise
        self._scribe = scribe
        self._trouble = ""

    async def read(self) -> None:
        """Read what is due at the site, and write the pages of days that became whole."""
        if self._poller is not None:
            await self._poller.run()
        await self._write()

    async def summarise(self) -> None:
        """Fill what summaries are missing, at the model's pace, and write the pages that they change."""
        if self._summarise is not None and await self._summarise():
            await self._write()

    async def _write(self) -> None:
        if self._scribe is None:
            return
        try:
            await self._scribe.run(self._clock.now().date() - timedelta(days=MOST_MISSED))
        except ArchiveError as error:
            if str(error) != self._trouble:  # said once: it is tried again at every reading
                log.warning("archive: %s", error)
            self._trouble = str(error)
        else:
            self._trouble = ""
