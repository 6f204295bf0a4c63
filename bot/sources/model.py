"""What is read elsewhere: a day of the site as it was at one moment, single papers, and papers' authors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.papers import Details, Listing


@dataclass(frozen=True, slots=True)
class SitePaper:
    """A paper as listed by the site: without a summary, with its votes, and other details."""

    listing: Listing
    details: Details


@dataclass(frozen=True, slots=True)
class Reading:
    """A day as the site listed it at `at` (UTC, by the site's clock).

    `papers` are in the site's order, each once, without `withdrawn`, the arXiv ids of those marked as withdrawn.
    `skipped` counts records that could not be read.
    """

    day: date
    at: datetime
    papers: tuple[SitePaper, ...]
    withdrawn: frozenset[str] = frozenset()
    skipped: int = 0


class Site(Protocol):
    """A site with daily papers. Each method raises SourceError if the site can't be read now."""

    async def today(self) -> date:
        """The current date at the site."""
        ...

    async def read(self, day: date) -> Reading:
        """A day as it is now; the reading is empty if it has no papers."""
        ...


class PaperSource(Protocol):
    """A source of single papers. The method raises SourceError if it can't be read now."""

    async def paper(self, arxiv_id: str) -> SitePaper | None:
        """A paper, on whatever day or none; None if the source does not know it."""
        ...


class AuthorSource(Protocol):
    """A source of papers' authors. The method raises SourceError if it can't be read now."""

    async def authors(self, arxiv_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The authors of papers in the papers' own order; a paper that it does not know is left out."""
        ...
