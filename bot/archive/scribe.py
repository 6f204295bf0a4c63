"""Keeps pages of the site's days in the folder: written once a day is whole, and rewritten when more is known."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from bot.archive.folder import Written, lay_out, missing, page_key, put
from bot.archive.thread import FileThread
from bot.errors import ArchiveError
from bot.papers import Day

log = logging.getLogger(__name__)


class Writable(Protocol):
    """A whole day: when it was last read, its number of summaries, and what its page was last written from."""

    @property
    def day(self) -> date: ...
    @property
    def read_at(self) -> datetime: ...
    @property
    def made(self) -> int: ...
    @property
    def stage(self) -> str | None: ...


class PageStore(Protocol):
    """Knows which pages were written, and from what."""

    async def writable(self) -> Sequence[Writable]: ...
    async def is_own(self, key: str, content_hash: str) -> bool: ...
    async def announce(self, key: str, content_hash: str) -> None: ...
    async def note(self, key: str, stage: str) -> None: ...


class Scribe:
    """Writes whole days into the folder `root`; votes have settled `settle` after a day's end.

    `day` reads a day as its page is to hold it. `pages` are those of this folder alone.
    """

    def __init__(
        self,
        root: Path,
        pages: PageStore,
        day: Callable[[date], Awaitable[Day | None]],
        settle: timedelta,
        files: FileThread,
    ) -> None:
        self._root = root
        self._pages = pages
        self._day = day
        self._settle = settle
        self._files = files

    async def run(self) -> list[Written]:
        """Write missing pages, and those of days that changed since they were written; return them.

        A page that can't be written does not stop the others; ArchiveError names it at the end.
        """
        written: list[Written] = []
        troubles: list[ArchiveError] = []
        whole = await self._pages.writable()
        lacking = await self._files.do(missing, self._root, [page_key(one.day) for one in whole])
        for one in whole:
            stage = self._stage(one)
            if stage == one.stage and page_key(one.day) not in lacking:
                continue
            try:
                page = await self._write(one.day, stage)
            except ArchiveError as error:
                troubles.append(error)
            else:
                written += [page] if page else []
        if troubles:
            more = f"; and {len(troubles) - 1} more pages" if len(troubles) > 1 else ""
            raise ArchiveError(f"{troubles[0]}{more}")
        return written

    async def _write(self, when: date, stage: str) -> Written | None:
        day, key = await self._day(when), page_key(when)
        if day is None:
            return None
        sheet = await self._files.do(lay_out, self._root, day)
        beside = not sheet.is_free and not await self._pages.is_own(key, sheet.standing or "")
        if not beside:
            await self._pages.announce(key, sheet.content_hash)
        page = await self._files.do(put, sheet, beside=beside)
        if page is None:  # the file changed meanwhile: the next run looks again
            return None
        await self._pages.note(key, stage)
        _tell(page)
        return page

    def _stage(self, one: Writable) -> str:
        """What a page is written from: it is rewritten after votes have settled and after summaries were made."""
        end = datetime.combine(one.day + timedelta(days=1), time(), UTC)
        return f"{'settled' if one.read_at >= end + self._settle else 'whole'}, {one.made} summaries"


async def write_all(scribes: Sequence[Scribe]) -> list[Written]:
    """Have each scribe write what is due in its folder; return the pages.

    A folder that can't be written does not stop the others; ArchiveError names it at the end.
    """
    written: list[Written] = []
    troubles: list[str] = []
    for scribe in scribes:
        try:
            written += await scribe.run()
        except ArchiveError as error:
            troubles.append(str(error))
    if troubles:
        raise ArchiveError("; ".join(troubles))
    return written


def _tell(page: Written) -> None:
    if page.beside:
        log.warning("archive: the page was changed by a person and is kept; Paperboy's version is %s", page.path)
    else:
        log.info("archive: %s written", page.path)
