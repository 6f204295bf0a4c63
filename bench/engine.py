"""Paperboy's own search, put together as the bot does, and asked as a cog asks it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from bench.quality import DEPTH, Ask
from bot.papers import Appearance
from bot.search.model import Filters
from bot.search.service import Search
from bot.search.typing.titles import complete
from bot.storage.engine.database import Database
from bot.storage.engine.searchers import Clock, Searcher
from bot.storage.papers.library import Library

CHOICES = 25
"""So many titles autocomplete offers: https://discord.com/developers/docs/interactions/application-commands."""

_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Engine:
    """An open database and the search over it."""

    database: Database
    library: Library
    search: Search

    def asking(self, filters: Filters | None = None) -> Ask:
        """The search as a function from a text to arXiv ids."""
        chosen = filters or Filters()

        async def ask(text: str) -> Sequence[str]:
            page = await self.search.search(text, chosen, limit=DEPTH)
            return [hit.appearance.listing.paper.arxiv_id for hit in page.results]

        return ask

    async def one_row(self, arxiv_id: str) -> Sequence[str]:
        """The unit of time: one SELECT of one row by an index, through a connection that searches."""

        def read(searcher: Searcher) -> Sequence[str]:
            searcher.allow(_SECONDS)
            return [row[0] for row in searcher.rows("SELECT arxiv_id FROM papers WHERE arxiv_id = ?", (arxiv_id,))]

        return await self.database.search(read)

    async def complete(self, text: str) -> Sequence[str]:
        """The titles that autocomplete offers for a text."""
        return [_id(found) for found in await complete(self.library, text, CHOICES)]


@asynccontextmanager
async def open_engine(path: Path, clock: Clock = monotonic) -> AsyncIterator[Engine]:
    """Open a database that was built before. `clock` tells the seconds by which searches are limited."""
    async with Database.open(path, search_clock=clock) as database:
        library = Library(database)
        yield Engine(database, library, Search(library))


def stopped_clock() -> float:
    """A clock that stands still. No search runs out of time, so what it finds doesn't depend on the machine's load."""
    return 0.0


def _id(found: Appearance) -> str:
    return found.listing.paper.arxiv_id
