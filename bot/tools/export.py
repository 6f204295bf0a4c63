"""`paperboy export`: days of the database as pages, JSON Lines or an Atom feed."""

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from rich.console import Console

from bot.archive.files import replace_content
from bot.archive.folder import Written, write_day
from bot.errors import ArchiveError, OutputError, UsageError
from bot.feed.atom import write
from bot.feed.model import TOO_LONG, Asked, read_query
from bot.feed.service import Feeds
from bot.locale import Language
from bot.papers import Day, Listing
from bot.settings import Settings
from bot.storage.papers.library import Library
from bot.tools.load import progress_bar
from bot.tools.opening import open_to_read


async def export(settings: Settings, folder: Path | None, first: date, last: date) -> int:
    """Write the days from one to another as pages below a folder; without one, print their papers."""
    return await (_pages(settings, folder, first, last) if folder else _lines(settings, first, last))


async def export_feed(
    settings: Settings, file: Path, query: str | None, language: str | None, link: str | None, *, by_day: bool
) -> int:
    """Write a feed, by default in English, to a file that will be found at `link`.

    Raises UsageError for a query that can't be answered, and OutputError if the file can't be written.
    """
    asked = Asked(Language(language or Language.EN), "" if query is None else read_query(query), by_day)
    async with open_to_read(settings) as database:
        try:
            feed = await Feeds(Library(database)).of(asked)
        except TimeoutError:
            raise UsageError(TOO_LONG) from None
    try:
        replace_content(file, write(feed, link=link, rights=settings.feed.rights))
    except OSError as error:
        raise OutputError(f"{file}: the feed can't be written ({error.strerror})") from error
    sys.stdout.write(f"{len(feed.entries):,} entries in {file}\n")
    return 0


async def _pages(settings: Settings, folder: Path, first: date, last: date) -> int:
    """Write pages; 1 where a page there was another's, and stays.

    Pages that exist with the same content are skipped, so an interrupted command can be repeated.
    """
    written: list[Written] = []
    async with open_to_read(settings) as database:
        library = Library(database)
        with progress_bar(Console(stderr=True)) as progress:
            days = await _days(library, first, last)
            for day in progress.track(days, description="pages"):
                held = await library.day(day)
                written += [write_day(folder, held)] if held else []
    beside = [page.path for page in written if page.beside]
    for path in beside:
        sys.stderr.write(f"{path}: another page of this day exists and is kept\n")
    sys.stdout.write(f"{len(written):,} pages in {folder}\n")
    return 1 if beside else 0


async def _lines(settings: Settings, first: date, last: date) -> int:
    """Print the papers, one JSON object a line, in the order of the pages."""
    async with open_to_read(settings) as database:
        library = Library(database)
        for when in await _days(library, first, last):
            day = await library.day(when) or Day(when)
            for listing in day.listings:
                sys.stdout.write(json.dumps(_line(day, listing), ensure_ascii=False) + "\n")
    return 0


async def _days(library: Library, first: date, last: date) -> list[date]:
    """The days that the library has. Raises ArchiveError if it has none of them."""
    days = await library.days(first, last)
    if not days:
        raise ArchiveError(f"the library has no day from {first} to {last}: load or fetch some first")
    return days


def _line(day: Day, listing: Listing) -> dict[str, object]:
    return {"day": day.date.isoformat(), **asdict(listing.paper), "votes": listing.votes, "link": listing.paper.url}
