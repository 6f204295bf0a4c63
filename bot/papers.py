"""The domain's plain types: papers and days, as every room of the house speaks of them.

Nothing here knows where a paper came from, how it is stored or what Discord is.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

ARXIV_URL = "https://arxiv.org/abs/"
ARXIV_ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}|[a-z-]{1,20}(?:\.[a-z]{2})?/[0-9]{7}", re.IGNORECASE | re.ASCII)
"""Identifiers of both kinds, without a version: https://info.arxiv.org/help/arxiv_identifier.html"""
SITE_URL = "https://huggingface.co/papers/"


@dataclass(frozen=True, slots=True)
class Bullet:
    """One line of a summary.

    `heading` is the bold label before the text ("What's New"), without its asterisks and colon. `number` is set
    where the line was numbered ("1.") instead of bulleted. `text` is literal Markdown source in NFC, on one line.
    """

    text: str
    heading: str | None = None
    number: int | None = None
    children: tuple["Bullet", ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, known by its arXiv id.

    `title` and `authors` are literal, as the page has them (LaTeX and all), in NFC. `more_authors` says that the
    site cut the list of authors. `image` may be a path without a host, as the page had it.
    """

    arxiv_id: str
    title: str
    authors: tuple[str, ...] = ()
    more_authors: bool = False
    image: str | None = None
    video: str | None = None
    summary: tuple[Bullet, ...] = ()

    @property
    def url(self) -> str:
        """The paper's page on arXiv."""
        return ARXIV_URL + self.arxiv_id


@dataclass(frozen=True, slots=True)
class Listing:
    """A paper on one day, with its votes of that day; None where the page gives none."""

    paper: Paper
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A date with the papers listed on it, in the page's order; a paper is listed once a day."""

    date: date
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class Details:
    """What the site tells of a paper beyond what a page holds: a stranger's text, None or empty where unknown.

    `abstract` and `digest` (the site's own one-line summary) are plain text on one line, in NFC. `published` is when
    arXiv had it, UTC. `code` and `project` are web addresses; `stars` counts those of the code's repository, `comments`
    those of the site's discussion.
    """

    arxiv_id: str
    abstract: str = ""
    digest: str = ""
    keywords: tuple[str, ...] = ()
    published: datetime | None = None
    code: str | None = None
    stars: int | None = None
    project: str | None = None
    comments: int | None = None
    organisation: str | None = None

    @property
    def discussion(self) -> str:
        """The paper's page at the site, where it is discussed."""
        return SITE_URL + self.arxiv_id


@dataclass(frozen=True, slots=True)
class Appearance:
    """A paper with the newest day that lists it: what a search finds.

    `abstract` is the site's, as plain text; "" where none is known, or it was not asked for.
    """

    day: date
    listing: Listing
    abstract: str = ""


def ranked(day: Day) -> tuple[Listing, ...]:
    """The day's listings by votes, most first; ties and papers without votes keep the page's order, those last."""
    return tuple(sorted(day.listings, key=lambda listing: -1 if listing.votes is None else listing.votes, reverse=True))
