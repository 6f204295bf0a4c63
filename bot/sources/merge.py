"""Merges readings of the site into a day, in the form that a page would have."""

from collections.abc import Mapping
from dataclasses import replace

from bot.archive.reader import read_page
from bot.archive.writer import write_page
from bot.papers import Bullet, Day, Listing
from bot.sources.model import Reading

Bullets = Mapping[str, tuple[Bullet, ...]]
"""Summaries by arXiv id."""


def merged(held: Day | None, reading: Reading, bullets: Bullets) -> Day:
    """The day with what a reading adds, in the site's order; papers that are no longer listed follow.

    Only papers that the site marks as withdrawn are removed. Text and votes are those of the reading.
    """
    read = [paper.listing for paper in reading.papers]
    listed = {listing.paper.arxiv_id for listing in read} | reading.withdrawn
    kept = [listing for listing in held.listings if listing.paper.arxiv_id not in listed] if held else []
    return summarised(Day(reading.day, (*read, *kept)), bullets)


def summarised(day: Day, bullets: Bullets) -> Day:
    """The day with its summaries, as it would read if it had been written to a page."""
    listings = [_with_summary(listing, bullets) for listing in day.listings]
    return read_page(write_page(Day(day.date, tuple(listings)))).day if listings else Day(day.date)


def _with_summary(listing: Listing, bullets: Bullets) -> Listing:
    summary = bullets.get(listing.paper.arxiv_id, listing.paper.summary)
    return replace(listing, paper=replace(listing.paper, summary=summary))
