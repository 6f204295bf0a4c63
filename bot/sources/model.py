"""What a site gives: a day as it stood at one moment."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.papers import Details, Listing


@dataclass(frozen=True, slots=True)
class SitePaper:
    """A paper as the site lists it: the paper without a summary, its votes, and what else is known of it."""

    listing: Listing
    details: Details


@dataclass(frozen=True, slots=True)
class Reading:
    """A day as the site gave it.

    `at` is the moment by the site's own clock, in UTC. `papers` keep the site's order, each once; `withdrawn` are the
    arXiv ids of those that it lists as taken back, which are not among them. `skipped` counts records that could not be
    read.
    """

    day: date
    at: datetime
    papers: tuple[SitePaper, ...]
    withdrawn: frozenset[str] = frozenset()
    skipped: int = 0


class Site(Protocol):
    """Where days are read. Each method raises SourceError where the site can't be read now."""

    async def today(self) -> date:
        """The date that it is at the site."""
        ...

    async def read(self, day: date) -> Reading:
        """A day as it stands now; one without papers is an empty reading."""
        ...
