"""Writes a day as a page, in the form of the archive's newest pages."""

from collections.abc import Iterator

from bot.archive.authors import write_authors
from bot.archive.summary import MAX_NUMBER
from bot.archive.text import first_word, one_line
from bot.papers import Bullet, Day, Listing, Paper


def write_page(day: Day) -> str:
    """The page of a day; reading it gives the day again.

    Text is written on one line, in NFC, without outer spaces, and a link is its first word. Reading changes some
    things: a bold label before a colon becomes the bullet's heading, headings lose asterisks and a final colon, empty
    bullets and names are dropped, a name "+" means "and more", bullets nest at most MAX_DEPTH deep, numbers are at most
    MAX_NUMBER, and a numbered top-level bullet is placed below the plain one before it. Each paper needs an arXiv id, a
    title and votes that are None or from 0 to 999,999,999.
    """
    blocks = [f"## Daily Papers ({day.date.isoformat()})"]
    for listing in day.listings:
        blocks.extend(_blocks(listing))
    return "\n\n".join(blocks) + "\n"


def _blocks(listing: Listing) -> Iterator[str]:
    paper = listing.paper
    yield f"### [{one_line(paper.title)}]({paper.url})"
    yield from _media(paper)
    yield f"Vote: {'-' if listing.votes is None else listing.votes}"
    if paper.authors or paper.more_authors:
        yield f"Authors: {write_authors(paper.authors, more=paper.more_authors)}"
    if paper.summary:
        yield "\n".join(_bullet_lines(paper.summary, 0))


def _media(paper: Paper) -> Iterator[str]:
    if paper.image and (image := first_word(paper.image)):
        yield f"![]({image})"
    if paper.video and (video := first_word(paper.video)):
        yield f'[Watch Video]({video})\n<div><video controls src="{video}" muted="false"></video></div>'


def _bullet_lines(bullets: tuple[Bullet, ...], indent: int) -> Iterator[str]:
    for bullet in bullets:
        numbered = bullet.number is not None and 0 <= bullet.number <= MAX_NUMBER
        marker = f"{bullet.number}. " if numbered else "- "
        heading = f"***{one_line(bullet.heading)}***: " if bullet.heading else ""
        yield f"{' ' * indent}{marker}{heading}{one_line(bullet.text)}".rstrip()
        yield from _bullet_lines(bullet.children, indent + len(marker))
