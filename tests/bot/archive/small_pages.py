"""Small pages of our own, and what the reader makes of them."""

from bot.archive.reader import read_page
from bot.papers import Bullet, Listing, Paper

DAY = "## Daily Papers (2024-02-07)\n\n"
HEADING = "### [A Title](https://arxiv.org/abs/2402.03620)\n"


def read_listing(lines: str, heading: str = HEADING) -> Listing:
    """The only paper of a page made of the heading and `lines`."""
    (listing,) = read_page(DAY + heading + lines).day.listings
    return listing


def read_paper(lines: str) -> Paper:
    """The only paper of a page of `lines`."""
    return read_listing(lines).paper


def read_summary(lines: str) -> tuple[Bullet, ...]:
    """What the lines say of a paper."""
    return read_paper(lines).summary


def remarks(text: str) -> list[tuple[int, str]]:
    """The remarks on a page: lines and messages."""
    return [(remark.line, remark.message) for remark in read_page(text).remarks]
