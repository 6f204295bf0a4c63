"""Search: a member's text in, a page of papers out."""

from typing import Protocol

from bot.papers import Appearance
from bot.search.fts import match_expression
from bot.search.model import Filters, SearchPage
from bot.search.query import parse

_EVERYTHING = Filters()


class SearchLibrary(Protocol):
    """The library, as far as a search asks it."""

    async def find(self, match: str, filters: Filters, limit: int, offset: int) -> tuple[int, tuple[Appearance, ...]]:
        """The papers that an FTS5 expression finds: how many in all, and one page of them."""
        ...

    async def appearance(self, arxiv_id: str) -> Appearance | None:
        """A paper with the newest day that lists it."""
        ...


class Search:
    """Finds papers."""

    def __init__(self, library: SearchLibrary) -> None:
        self._library = library

    async def search(self, text: str, filters: Filters = _EVERYTHING, *, limit: int, offset: int = 0) -> SearchPage:
        """The papers that a text finds, at most `limit` from `offset` on.

        An arXiv id finds its paper whatever the filters say. A text that asks for nothing finds nothing; no text is
        an error.
        """
        query = parse(text)
        if query.is_empty:
            return SearchPage(query, 0, (), offset)
        if query.arxiv_id is not None:
            paper = await self._library.appearance(query.arxiv_id)
            exact = () if paper is None else (paper,)
            return SearchPage(query, len(exact), exact[offset : offset + limit], offset)
        total, results = await self._library.find(match_expression(query), filters, limit, offset)
        return SearchPage(query, total, results, offset)
