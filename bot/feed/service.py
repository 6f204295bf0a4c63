"""Makes feeds of the library's papers. A day is in a feed once it is closed."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Protocol, TypeVar
from uuid import NAMESPACE_URL, uuid5

from bot.feed.model import Asked, Entry, Feed
from bot.feed.wording import authors_of, day_content, paper_content, title_of
from bot.locale import Catalogue, catalogue
from bot.papers import SITE_URL, Appearance, Day, Paper, encoded, ranked
from bot.search.finding.strict import matching
from bot.search.model import Filters
from bot.search.query import Query, parse
from bot.search.service import BUDGET
from bot.search.shelf import Shelf

MOST_PAPERS = 100
MOST_DAYS = 14
"""Entries of a feed, the newest."""
_WINDOW = timedelta(days=60)  # before the newest day, in which the others are looked for
_READING = 2.0  # seconds, to read papers that were found

T = TypeVar("T")


class PaperStore(Protocol):
    """Reads the library."""

    async def newest_closed_day(self) -> date | None:
        """The newest date that has papers and is closed."""
        ...

    async def half_days(self) -> frozenset[date]:
        """The site's dates that are not closed yet."""
        ...

    async def days(self, first: date, last: date) -> list[date]:
        """The dates from `first` to `last` that have papers."""
        ...

    async def day(self, when: date) -> Day | None:
        """The papers listed on a date."""
        ...

    async def appearance(self, arxiv_id: str) -> Appearance | None:
        """A paper on the newest day that lists it."""
        ...

    async def search(self, work: Callable[[Shelf], T], *, is_long: bool = False) -> T:
        """Do a whole search, away from the event loop."""
        ...


class Feeds:
    """Makes feeds."""

    def __init__(self, papers: PaperStore) -> None:
        self._papers = papers

    async def of(self, asked: Asked) -> Feed:
        """The newest MOST_DAYS days, or MOST_PAPERS papers. A query matches as that of a subscription does.

        Raises TimeoutError if the query takes longer than the budget of a search.
        """
        words = catalogue(asked.language)
        if asked.by_day:
            title, drafts = words.say("feed-days"), [partial(_day_entry, day) for day in await self._days()]
        elif asked.query:
            title = words.say("feed-query", query=asked.query)
            found = await self._found(asked.query)
            drafts = [partial(_paper_entry, each.listing.paper, each.day) for each in found if each.day]
        else:
            title = words.say("feed-papers")
            drafts = [partial(_paper_entry, paper, day) for paper, day in await self._newest()]
        # In a thread: to word a hundred papers takes a tenth of a second, in which members would get no answer.
        entries = await asyncio.to_thread(lambda: tuple(draft(words) for draft in drafts))
        return Feed(f"urn:uuid:{uuid5(NAMESPACE_URL, asked.address)}", title, asked.language, entries)

    async def _days(self) -> list[Day]:
        """The newest closed days, newest first."""
        held = [await self._papers.day(when) for when in (await self._closed())[:MOST_DAYS]]
        return [day for day in held if day]

    async def _newest(self) -> list[tuple[Paper, date]]:
        """The newest papers, each on the newest day that lists it; those of a day by their votes."""
        found: dict[str, tuple[Paper, date]] = {}
        for when in await self._closed():
            for listing in ranked(await self._papers.day(when) or Day(when)):
                found.setdefault(listing.paper.arxiv_id, (listing.paper, when))
            if len(found) >= MOST_PAPERS:
                break
        return list(found.values())[:MOST_PAPERS]

    async def _closed(self) -> list[date]:
        """The dates of the newest closed days, newest first."""
        newest = await self._papers.newest_closed_day()
        if newest is None:
            return []
        half = await self._papers.half_days()
        days = await self._papers.days(newest - min(_WINDOW, newest - date.min), newest)
        return [day for day in reversed(days) if day not in half]

    async def _found(self, text: str) -> Sequence[Appearance]:
        query, newest = parse(text), await self._papers.newest_closed_day()
        if newest is None:
            return ()
        if query.arxiv_id is not None:
            paper = await self._papers.appearance(query.arxiv_id)
            return [paper] if paper and paper.day and paper.day <= newest else []
        # Among the long searches, so that members' searches do not wait for feeds.
        return await self._papers.search(lambda shelf: _matching(shelf, query, newest), is_long=True)


def _matching(shelf: Shelf, query: Query, newest: date) -> list[Appearance]:
    filters = Filters(until=newest)
    shelf.allow(BUDGET)
    found = matching(query, shelf, filters, MOST_PAPERS)
    shelf.allow(_READING)
    numbers = found.rows[:MOST_PAPERS]
    read = {row.number: row for row in shelf.read(numbers)}
    papers = [each for number in numbers if number in read and (each := read[number].appearance())]
    return sorted(papers, key=lambda each: (each.day, each.listing.votes or 0), reverse=True)


def _paper_entry(paper: Paper, day: date, words: Catalogue) -> Entry:
    """A paper's entry. What identifies and dates it comes from paper and day alone: readers see it once."""
    return Entry(
        f"{encoded(paper.url)}#{day}",
        title_of(paper),
        encoded(paper.url),
        _moment(day),
        paper_content(paper, words),
        authors_of(paper),
    )


def _day_entry(day: Day, words: Catalogue) -> Entry:
    address = f"{SITE_URL}date/{day.date}"
    title = words.say("feed-day", date=words.date(day.date), papers=len(day.listings))
    return Entry(address, title, address, _moment(day.date), day_content(day, words))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
