"""Papers that are still to come in `paperboy try`: pages that are laid into its archive as its clock reaches them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.archive.loader import find_pages
from bot.archive.reader import read_file
from bot.archive.writer import write_page
from bot.errors import ArchiveError
from bot.papers import Day, Listing, ranked

ARRIVES_AT = time(8, 30)
"""When a day's page is there, in the zone of the visit: the site's day before has ended by then."""
_MANY_PAGES = 20
_LATER_PAGES = 30
_PAPERS_A_MORNING = 7
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The archive of a visit: `folder` holds what has come, `later` is what comes, oldest first."""

    folder: Path
    later: tuple[Day, ...]
    zone: ZoneInfo

    @property
    def begins(self) -> datetime:
        """The evening before the first page comes."""
        return datetime.combine(self.later[0].date - timedelta(days=1), time(20), self.zone)

    def come(self, now: datetime) -> None:
        """Lay the pages into the folder that have arrived by now."""
        for day in self.later:
            if datetime.combine(day.date, ARRIVES_AT, self.zone) <= now:
                _lay(self.folder, day)


def prepare(source: Path, folder: Path, zone: ZoneInfo) -> Arrivals:
    """Copy an archive into a folder, but for its newest papers, which come later.

    Of a large archive the last pages come as they are; the papers of the last two pages of a small one are spread over
    weekday mornings. Raises ArchiveError where there is nothing to read.
    """
    days = sorted((read_file(page.path).day for page in find_pages(source).pages), key=lambda day: day.date)
    if len(days) < 3:  # noqa: PLR2004  one to search in, two to come
        raise ArchiveError(f"{source} holds {len(days)} pages: to play with it takes three")
    cut = len(days) - (_LATER_PAGES if len(days) > _MANY_PAGES else 2)
    later = days[cut:] if len(days) > _MANY_PAGES else list(_spread(days[cut:]))
    for day in days[:cut]:
        _lay(folder, day)
    return Arrivals(folder, tuple(later), zone)


def _spread(days: Sequence[Day]) -> Iterator[Day]:
    """The days' papers, dealt out so that each morning has some with many votes and some with few."""
    by_paper: dict[str, Listing] = {}
    for listing in (listing for day in days for listing in ranked(day)):
        by_paper.setdefault(listing.paper.arxiv_id, listing)
    listings = list(by_paper.values())
    mornings = max(1, len(listings) // _PAPERS_A_MORNING)
    on = days[0].date
    for number in range(mornings):
        on = _weekday(on)
        yield replace(days[0], date=on, listings=tuple(listings[number::mornings]))
        on += timedelta(days=1)


def _weekday(day: date) -> date:
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day


def _lay(folder: Path, day: Day) -> None:
    path = folder / f"{day.date:%Y/%m/%d}.md"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_page(day), encoding="utf-8")
