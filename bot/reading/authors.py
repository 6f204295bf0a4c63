"""The authors of papers in the papers' own order: as they are stored, else as arXiv tells them."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.errors import SourceError
from bot.papers import Paper
from bot.papers.authors import Record, is_ordered
from bot.sources.arxiv import MOST_PAPERS
from bot.sources.model import AuthorSource

log = logging.getLogger(__name__)

PATIENCE = 8.0
"""Seconds that a member waits for arXiv, turns included."""
ASK_AGAIN = timedelta(days=7)
"""A paper of which arXiv has no record is asked about again after this time."""
REST = timedelta(minutes=1)
"""After arXiv failed, it is left alone for this time."""


class AuthorStore(Protocol):
    """Where records of authors are kept."""

    async def of(self, arxiv_ids: Sequence[str]) -> dict[str, Record]: ...
    async def keep(self, told: Mapping[str, tuple[str, ...]], now: datetime) -> None: ...


class AuthorService:
    """Puts papers' authors in order, from stored records and those of the source, if there is one."""

    def __init__(self, store: AuthorStore, source: AuthorSource | None, clock: Clock) -> None:
        self._store = store
        self._source = source
        self._clock = clock
        self._one_by_one = asyncio.Lock()
        self._rests_until: datetime | None = None

    async def in_order(self, papers: Sequence[Paper]) -> list[Paper]:
        """The papers, with their authors in order where that is known; the others are as they were.

        What is not stored is requested from arXiv, with one request for at most MOST_PAPERS papers, and stored. If the
        request fails or takes longer than PATIENCE, that is logged.
        """
        missing = [paper.arxiv_id for paper in papers if not is_ordered(paper)]
        if not missing:
            return list(papers)
        await self._ask(missing)
        known = await self._store.of(missing)
        return [_ordered(paper, known.get(paper.arxiv_id)) for paper in papers]

    async def _ask(self, arxiv_ids: Sequence[str]) -> None:
        """Ask about the papers that nothing is known of; those that came first meanwhile may have been told."""
        try:
            async with asyncio.timeout(PATIENCE), self._one_by_one:
                unknown = await self._unknown(arxiv_ids)
                if self._source is None or not unknown or self._rests():
                    return
                told = await self._source.authors(unknown)
                await self._store.keep({each: told.get(each, ()) for each in unknown}, self._clock.now())
        except SourceError as error:
            log.warning("arXiv was not asked about authors: %s", error)
            self._rests_until = self._clock.now() + REST
        except TimeoutError:
            log.warning("arXiv was not asked about authors in %.0f seconds: too much is asked at once", PATIENCE)

    async def _unknown(self, arxiv_ids: Sequence[str]) -> list[str]:
        known, now = await self._store.of(arxiv_ids), self._clock.now()
        return [
            each
            for each in arxiv_ids
            if each not in known or (not known[each].names and now - known[each].read_at >= ASK_AGAIN)
        ][:MOST_PAPERS]

    def _rests(self) -> bool:
        return self._rests_until is not None and self._clock.now() < self._rests_until


def _ordered(paper: Paper, record: Record | None) -> Paper:
    if record is None or not record.names:
        return paper
    return replace(paper, authors=record.names, more_authors=False, ordered=True)
