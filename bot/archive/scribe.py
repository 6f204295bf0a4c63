"""Keeps the folder's pages of the site's days: written once a day is whole, and again when more is known of it."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from bot.archive.folder import Written, page_key, write_day
from bot.papers import Day

log = logging.getLogger(__name__)


class Writable(Protocol):
    """A whole day: when it was last read, how many summaries it has, and what its page was last written from."""

    @property
    def day(self) -> date: ...
    @property
    def read_at(self) -> datetime: ...
    @property
    def made(self) -> int: ...
    @property
    def stage(self) -> str | None: ...
    @property
    def ours(self) -> str | None: ...


class PageStore(Protocol):
    """Knows which pages were written, and from what."""

    async def writable(self, since: date) -> Sequence[Writable]: ...
    async def note(self, key: str, content_hash: str, stage: str) -> None: ...


class DayStore(Protocol):
    """The days of the library."""

    async def day(self, when: date) -> Day | None: ...


class Scribe:
    """Writes whole days into the folder `root`; votes have settled `settle` after a day's end."""

    def __init__(self, root: Path, pages: PageStore, days: DayStore, settle: timedelta) -> None:
        self._root = root
        self._pages = pages
        self._days = days
        self._settle = settle

    async def run(self, since: date) -> list[Written]:
        """Write the pages of days from a date on that changed since they were written. Raises ArchiveError."""
        written = []
        for one in await self._pages.writable(since):
            stage = self._stage(one)
            day = await self._days.day(one.day) if stage != one.stage else None
            if day is not None:
                page = await asyncio.to_thread(write_day, self._root, day, one.ours)
                # What stands beside is nobody's page: the person's stays the one to compare with.
                ours = (one.ours or "") if page.beside else page.content_hash
                await self._pages.note(page_key(one.day), ours, stage)
                _tell(page)
                written.append(page)
        return written

    def _stage(self, one: Writable) -> str:
        """What a page is written from: it is written anew when votes have settled and when summaries were made."""
        end = datetime.combine(one.day + timedelta(days=1), time(), UTC)
        return f"{'settled' if one.read_at >= end + self._settle else 'whole'}, {one.made} summaries"


def _tell(page: Written) -> None:
    if page.beside:
        log.warning("archive: the page was changed by a person and stays; what Paperboy has is in %s", page.path)
    else:
        log.info("archive: %s written", page.path)
