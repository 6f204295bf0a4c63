"""What a saved query would have alerted its member about in the last month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from bot.alerts.model import PREVIEW_DAYS
from bot.papers import Appearance
from bot.search.finding.fts import match_expression
from bot.search.matcher import Document, keeps_out
from bot.search.model import Filters, Sort
from bot.search.query import Query, parse

BROAD = 5
"""A query that matches more than one in so many papers is too broad to be useful."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many papers of the last PREVIEW_DAYS days a query matches, and some of them, newest first."""

    count: int
    of: int
    papers: tuple[Appearance, ...]

    @property
    def is_broad(self) -> bool:
        """Whether the query matches so many papers that most will not interest the member."""
        return self.count * BROAD > self.of


class PaperStore(Protocol):
    """Reads the library's papers."""

    async def newest_day(self) -> date | None: ...
    async def count_since(self, since: date) -> int: ...
    async def appearance(self, arxiv_id: str) -> Appearance | None: ...
    async def find(
        self, match: str, filters: Filters, limit: int, offset: int
    ) -> tuple[int, tuple[Appearance, ...]]: ...


class Forecaster:
    """Matches queries against the newest PREVIEW_DAYS days of the archive."""

    def __init__(self, papers: PaperStore) -> None:
        self._papers = papers

    async def of(
        self, text: str, min_votes: int, mutes: Sequence[str] = (), *, limit: int, offset: int = 0
    ) -> Forecast:
        """What a query would have matched, without muted papers, with up to `limit` of the papers from `offset` on.

        Raises TimeoutError if that takes longer than a second.
        """
        newest = await self._papers.newest_day()
        if newest is None:
            return Forecast(0, 0, ())
        since, query = newest - timedelta(days=PREVIEW_DAYS - 1), parse(text)
        muted = Query(tuple(term for mute in mutes for term in parse(mute).terms))
        of = await self._papers.count_since(since)
        if query.arxiv_id is not None:
            paper = await self._papers.appearance(query.arxiv_id)
            fits = paper and paper.day and paper.day >= since and (paper.listing.votes or 0) >= min_votes
            found = (paper,) if paper and fits and not _is_muted(paper, muted) else ()
            return Forecast(len(found), of, found[offset : offset + limit])
        filters = Filters(since=since, min_votes=min_votes, sort=Sort.NEWEST)
        wanted = Query((*query.terms, *muted.terms))
        count, papers = await self._papers.find(match_expression(wanted), filters, limit, offset)
        return Forecast(count, of, papers)


def _is_muted(paper: Appearance, muted: Query) -> bool:
    return keeps_out(muted, Document.from_paper(paper.listing.paper, paper.abstract))
