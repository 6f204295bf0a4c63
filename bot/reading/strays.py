"""Papers that no day lists: the site is asked for those that members name, once and with limits."""

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.errors import SourceError
from bot.papers import Appearance
from bot.sources.model import PaperSource, SitePaper

log = logging.getLogger(__name__)

PATIENCE = 15.0
"""Seconds that a member waits for the site, turns included."""
ASK_AGAIN = timedelta(days=1)
"""A paper that the site does not know is asked about again after this time."""
REST = timedelta(minutes=1)
"""After the site failed, it is left alone for this time."""
PER_MEMBER, FOR_ALL = 20, 200
"""Papers that are asked about in an hour."""
_HOUR = timedelta(hours=1)
_REMEMBERED = 2000


class StrayStore(Protocol):
    """Where strays are kept."""

    async def keep(self, paper: SitePaper, now: datetime) -> None: ...


class PaperStore(Protocol):
    """The papers of the archive, and the strays."""

    async def appearance(self, arxiv_id: str) -> Appearance | None: ...


class StrayService:
    """Asks the source, if there is one, for papers that the store lacks."""

    def __init__(self, strays: StrayStore, papers: PaperStore, source: PaperSource | None, clock: Clock) -> None:
        self._strays = strays
        self._papers = papers
        self._source = source
        self._clock = clock
        self._one_by_one = asyncio.Lock()
        self._rests_until: datetime | None = None
        self._unknown: OrderedDict[str, datetime] = OrderedDict()
        self._asked: list[tuple[datetime, int]] = []

    def may_ask(self, user_id: int, arxiv_ids: Sequence[str]) -> bool:
        """Whether the site would be asked for any of the papers now, if all of them are lacking."""
        return self._has_left(user_id) and any(map(self._is_askable, arxiv_ids))

    async def fetch(self, user_id: int, arxiv_ids: Sequence[str]) -> None:
        """Ask for those of the papers that are lacking, and keep what the site tells.

        If a request fails, or all take longer than PATIENCE, that is logged.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                for arxiv_id in arxiv_ids:
                    async with self._one_by_one:
                        await self._fetch_one(user_id, arxiv_id)
        except SourceError as error:
            log.warning("the site was not asked for a paper: %s", error)
            self._rests_until = self._clock.now() + REST
        except TimeoutError:
            log.warning("the site did not tell of all papers in %.0f seconds", PATIENCE)

    async def _fetch_one(self, user_id: int, arxiv_id: str) -> None:
        if self._source is None or not self._is_askable(arxiv_id) or not self._has_left(user_id):
            return
        if await self._papers.appearance(arxiv_id) is not None:  # another member may have named it meanwhile
            return
        self._asked.append((self._clock.now(), user_id))
        paper = await self._source.paper(arxiv_id)
        if paper is not None:
            await self._strays.keep(paper, self._clock.now())
            return
        self._unknown[arxiv_id] = self._clock.now()
        if len(self._unknown) > _REMEMBERED:
            self._unknown.popitem(last=False)

    def _is_askable(self, arxiv_id: str) -> bool:
        now = self._clock.now()
        if self._source is None or (self._rests_until is not None and now < self._rests_until):
            return False
        asked = self._unknown.get(arxiv_id)
        return asked is None or now - asked >= ASK_AGAIN

    def _has_left(self, user_id: int) -> bool:
        since = self._clock.now() - _HOUR
        self._asked = [(at, by) for at, by in self._asked if at > since]
        return len(self._asked) < FOR_ALL and Counter(by for _, by in self._asked)[user_id] < PER_MEMBER
