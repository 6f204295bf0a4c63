"""The search service: takes a member's text and returns a page of papers."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.search.finding.rank import Group, Ranked, ranked
from bot.search.finding.tiers import Inquiry
from bot.search.model import Filters, Hit, SearchPage, Tier
from bot.search.query import Query, parse
from bot.search.shelf import Found, Shelf, Shelves

BUDGET = 0.25
"""Seconds that the tiers of a search may take."""

_MENDING = 1 / 3  # of the budget, for what is typed wrongly
_WEIGHING = 0.05  # seconds more, to weigh what was found; else it stays in the order in which it was found
_READING = 2.0  # seconds more, to read what is shown: a few rows, whatever was asked
_LONG, _MANY = 100, 12  # tokens and terms of a question beyond which it is long: of a hundred usual ones, none is
_BEGINNING = 20  # tokens for which the beginning of a token counts
_EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class _Page:
    """Which part of the results is asked for."""

    offset: int
    limit: int


_Asked = tuple[Query, Filters, _Page]


class Search:
    """Finds papers."""

    def __init__(self, library: Shelves, budget: float = BUDGET) -> None:
        self._library = library
        self._budget = budget
        self._under_way: dict[_Asked, asyncio.Task[SearchPage]] = {}

    async def search(self, text: str, filters: Filters = _EVERYTHING, *, limit: int, offset: int = 0) -> SearchPage:
        """The papers that a text finds, at most `limit` from `offset` on.

        An arXiv id finds its paper regardless of the filters. A text without terms finds nothing; no text is an error.
        A search that exceeds its budget returns what it has found so far, and says so. If the same search is already
        running, its result is shared.
        """
        query, page = parse(text), _Page(offset, limit)
        if query.is_empty:
            return SearchPage(query, 0, (), offset)
        asked = (query, filters, page)
        if asked not in self._under_way:
            self._under_way[asked] = asyncio.create_task(self._ask(query, filters, page))
            self._under_way[asked].add_done_callback(lambda task: self._end(asked, task))
        answer = await asyncio.shield(self._under_way[asked])
        return replace(answer, query=query)

    def _end(self, asked: _Asked, task: asyncio.Task[SearchPage]) -> None:
        del self._under_way[asked]
        if not task.cancelled():
            task.exception()  # mark it as retrieved: the caller may be gone

    async def _ask(self, query: Query, filters: Filters, page: _Page) -> SearchPage:
        if query.arxiv_id is not None:
            return await self._library.search(lambda shelf: self._exact(shelf, query, page))
        is_long = _tokens_of(query) > _LONG or len(query.terms) > _MANY
        return await self._library.search(
            lambda shelf: self._answer(Inquiry(shelf, query, filters, self._budget * _MENDING), page), is_long=is_long
        )

    def _exact(self, shelf: Shelf, query: Query, page: _Page) -> SearchPage:
        shelf.allow(_READING)
        found = shelf.paper(query.arxiv_id or "")
        appearance = found.appearance() if found else None
        hits = (Hit(appearance, Tier.EXACT, 0.0),) if appearance else ()
        return SearchPage(query, len(hits), hits[page.offset : page.offset + page.limit], page.offset)

    def _answer(self, inquiry: Inquiry, page: _Page) -> SearchPage:
        shelf = inquiry.shelf
        shelf.allow(self._budget)
        inquiry.run()
        results = _shown(inquiry, page)
        partial = not shelf.is_whole()
        return SearchPage(
            query=inquiry.query,
            total=len(inquiry.seen),
            results=results,
            offset=page.offset,
            at_least=inquiry.capped or inquiry.stopped or partial,
            mended=inquiry.mended,
            translated=inquiry.translated,
            stopped=inquiry.stopped,
            partial=partial,
            terms=inquiry.terms,
        )


def _tokens_of(query: Query) -> int:
    """How many tokens a question asks for, each counted as often as it is looked up."""
    phrases = [phrase for term in query.terms for phrase in term.spellings]
    return sum(len(phrase.tokens) + _BEGINNING * phrase.prefix for phrase in phrases)


def _shown(inquiry: Inquiry, page: _Page) -> tuple[Hit, ...]:
    """The page's part of all groups, read."""
    inquiry.shelf.allow(_WEIGHING)
    chosen = _chosen(inquiry, page)
    inquiry.shelf.allow(_READING)
    try:
        return _hits(inquiry, chosen)
    except TimeoutError:
        inquiry.stopped = True
        return ()


def _chosen(inquiry: Inquiry, page: _Page) -> list[tuple[Tier, Ranked]]:
    """The page's part of all groups. Only groups of which something is shown are put in order."""
    chosen: list[tuple[Tier, Ranked]] = []
    start, end = page.offset, page.offset + page.limit
    for group in inquiry.groups:
        if start < len(group.rows) and end > 0:
            chosen += [(group.tier, one) for one in _ordered(inquiry, group, end)[max(0, start) :]]
        start, end = start - len(group.rows), end - len(group.rows)
    return chosen


def _hits(inquiry: Inquiry, chosen: Sequence[tuple[Tier, Ranked]]) -> tuple[Hit, ...]:
    missing = [one.number for _, one in chosen if one.found is None]
    read: dict[int, Found] = {found.number: found for found in inquiry.shelf.read(missing)} if missing else {}
    hits = []
    for tier, one in chosen:
        found = one.found or read.get(one.number)
        if found and (appearance := found.appearance()):
            hits.append(Hit(appearance, tier, one.score))
    return tuple(hits)


def _ordered(inquiry: Inquiry, group: Group, end: int) -> list[Ranked]:
    try:
        return ranked(inquiry.shelf, group, inquiry.filters.sort, end)
    except TimeoutError:
        inquiry.stopped = True
        return [Ranked(number, group.scores.get(number, 0.0)) for number in group.rows[:end]]
