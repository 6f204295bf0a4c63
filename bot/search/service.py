"""Search: a member's text in, a page of papers out."""

from dataclasses import dataclass

from bot.search.model import Filters, Hit, SearchPage, Tier
from bot.search.query import Query, parse
from bot.search.rank import Ranked, ranked
from bot.search.shelf import Found, Shelf, Shelves
from bot.search.tiers import Group, Inquiry

BUDGET = 0.25
"""Seconds that the tiers of a search may take."""

_READING = 2.0  # seconds more, to put in order and to read what was found: some dozens of rows
_EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class _Page:
    """Which part of the results is asked for."""

    offset: int
    limit: int


class Search:
    """Finds papers."""

    def __init__(self, library: Shelves, budget: float = BUDGET) -> None:
        self._library = library
        self._budget = budget

    async def search(self, text: str, filters: Filters = _EVERYTHING, *, limit: int, offset: int = 0) -> SearchPage:
        """The papers that a text finds, at most `limit` from `offset` on.

        An arXiv id finds its paper whatever the filters say. A text that asks for nothing finds nothing; no text is
        an error. A search whose time is up gives what it has found so far, and says so.
        """
        query, page = parse(text), _Page(offset, limit)
        if query.is_empty:
            return SearchPage(query, 0, (), offset)
        if query.arxiv_id is not None:
            return await self._library.search(lambda shelf: self._exact(shelf, query, page))
        return await self._library.search(lambda shelf: self._answer(Inquiry(shelf, query, filters), page))

    def _exact(self, shelf: Shelf, query: Query, page: _Page) -> SearchPage:
        shelf.allow(_READING)
        found = shelf.paper(query.arxiv_id or "")
        hits = (Hit(found.appearance(), Tier.EXACT, 0.0),) if found else ()
        return SearchPage(query, len(hits), hits[page.offset : page.offset + page.limit], page.offset)

    def _answer(self, inquiry: Inquiry, page: _Page) -> SearchPage:
        shelf = inquiry.shelf
        shelf.allow(self._budget)
        inquiry.run()
        results = _read(inquiry, page)
        return SearchPage(
            query=inquiry.query,
            total=len(inquiry.seen),
            results=results,
            offset=page.offset,
            at_least=inquiry.capped,
            mended=inquiry.mended,
            translated=inquiry.translated,
            stopped=inquiry.stopped,
            terms=inquiry.terms,
        )


def _read(inquiry: Inquiry, page: _Page) -> tuple[Hit, ...]:
    try:
        inquiry.shelf.allow(_READING)
        return _hits(inquiry, page)
    except TimeoutError:
        inquiry.stopped = True
        return ()


def _hits(inquiry: Inquiry, page: _Page) -> tuple[Hit, ...]:
    """The page's part of all groups. Only groups of which something is shown are put in order."""
    chosen: list[tuple[Tier, Ranked]] = []
    start, end = page.offset, page.offset + page.limit
    for group in inquiry.groups:
        if start < len(group.rows) and end > 0:
            chosen += [(group.tier, one) for one in _ordered(inquiry, group)[max(0, start) : end]]
        start, end = start - len(group.rows), end - len(group.rows)
    missing = [one.number for _, one in chosen if one.found is None]
    read: dict[int, Found] = {found.number: found for found in inquiry.shelf.read(missing)} if missing else {}
    hits = ((tier, one, one.found or read.get(one.number)) for tier, one in chosen)
    return tuple(Hit(found.appearance(), tier, one.score) for tier, one, found in hits if found)


def _ordered(inquiry: Inquiry, group: Group) -> list[Ranked]:
    if group.scores:
        return [Ranked(number, group.scores[number]) for number in group.rows]
    return ranked(inquiry.shelf, group.query, group.rows, inquiry.filters.sort)
