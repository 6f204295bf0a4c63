"""The domain's plain types: papers and days.

Nothing here depends on where a paper came from, how it is stored, or Discord.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from bot.papers.arxiv import ARXIV_URL, PDF_URL

SITE_URL = "https://huggingface.co/papers/"

_SAFE_CHARACTERS = ":/?#@!$&'*+,;=%-._~"
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp"})
"""File endings of pictures that Discord shows in an embed."""
_VIDEOS = frozenset({"mp4", "m4v", "mov", "qt", "webm", "mkv", "avi", "mpg", "mpeg", "ogv", "3gp", "wmv", "flv"})


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
class Text:
    """What is said of a paper in one language, as "ko"; None if that can't be told."""

    language: str | None
    bullets: tuple[Bullet, ...]

    def bullet_texts(self) -> tuple[str, ...]:
        """The text of each bullet, without headings: a bullet's children follow it."""
        return tuple(_texts(self.bullets))


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, known by its arXiv id.

    `title` and `authors` are as on the page, LaTeX included, in NFC; a name may come twice. `ordered`: the authors are
    in the paper's own order, which pages do not keep. `more_authors`: the page shortened the list of authors. `image`
    is the page's picture; it may be a path without a host, or lead to a video. `summary` is the page's; `texts` are
    what else is known: a model's summaries, then the site's line or the abstract. `organisation` is the one that the
    site names, "" if it is not known.
    """

    arxiv_id: str
    title: str
    authors: tuple[str, ...] = ()
    more_authors: bool = False
    image: str | None = None
    video: str | None = None
    summary: tuple[Bullet, ...] = ()
    ordered: bool = False
    texts: tuple[Text, ...] = ()
    organisation: str = ""

    @property
    def url(self) -> str:
        """The paper's page on arXiv."""
        return ARXIV_URL + self.arxiv_id

    @property
    def pdf(self) -> str:
        """The paper's PDF on arXiv."""
        return PDF_URL + self.arxiv_id

    @property
    def site_page(self) -> str:
        """The paper's page at the site."""
        return SITE_URL + self.arxiv_id

    def bullet_texts(self) -> tuple[str, ...]:
        """The text of each bullet of the summary, without headings: a bullet's children follow it."""
        return tuple(_texts(self.summary))


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
    """What the site knows of a paper beyond its page: untrusted text, None or empty if unknown.

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
        """Where the paper is discussed: on its page at the site."""
        return f"{SITE_URL}{self.arxiv_id}#community"


@dataclass(frozen=True, slots=True)
class Appearance:
    """A paper with the newest day that lists it: what a search finds. The day is None for a stray, which no day lists.

    `abstract` is the site's, as plain text; "" where none is known, or it was not asked for.
    """

    day: date | None
    listing: Listing
    abstract: str = ""

    @property
    def dated(self) -> str:
        """The day as 2024-02-23; "" for a stray."""
        return self.day.isoformat() if self.day else ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much the library holds: its first and newest day (None if empty), days and papers."""

    first: date | None
    newest: date | None
    days: int
    papers: int


def _texts(bullets: Iterable[Bullet]) -> Iterator[str]:
    for bullet in bullets:
        yield bullet.text
        yield from _texts(bullet.children)


def is_picture(link: str) -> bool:
    """Whether a link leads to a picture, by the ending of its path."""
    return _ending(link) in _PICTURES


def is_video(link: str) -> bool:
    """Whether a link leads to a video, by the ending of its path."""
    return _ending(link) in _VIDEOS


def encoded(link: str) -> str:
    """The link, stripped, with characters that are invalid in an address percent-encoded."""
    return quote(link.strip(), safe=_SAFE_CHARACTERS, errors="ignore")


def _ending(link: str) -> str:
    path = re.split(r"[?#]", link, maxsplit=1)[0]
    _, dot, ending = path.rpartition("/")[2].rpartition(".")
    return ending.strip().lower() if dot else ""


def ranked(day: Day) -> tuple[Listing, ...]:
    """The day's listings by votes, most first; ties and papers without votes keep the page's order, those last."""
    return tuple(sorted(day.listings, key=lambda listing: -1 if listing.votes is None else listing.votes, reverse=True))
