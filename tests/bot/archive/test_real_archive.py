"""The real pages: what they must add up to, and that each survives being written. Skipped where they are absent."""

from pathlib import Path

import pytest

from bot.archive.reader import read_file, read_page
from bot.archive.writer import write_page
from bot.papers import Listing

SHARED = Path(__file__).resolve().parents[3].parent / "shared"

pytestmark = pytest.mark.skipif(not (SHARED / "archive").is_dir(), reason="the real archive is not here")


def pages(folder: str) -> list[Path]:
    return sorted((SHARED / folder).glob("[0-9]*/[0-9]*/[0-9]*.md"))


def listings(folder: str) -> list[Listing]:
    return [listing for path in pages(folder) for listing in read_file(path).day.listings]


@pytest.mark.parametrize(
    ("folder", "page_count", "papers", "with_votes", "votes", "authors", "with_video"),
    [("seeds", 5, 80, 57, 560, 631, 17), ("archive", 203, 2537, 2427, 28736, 21058, 152)],
)
def test_what_the_pages_add_up_to(
    folder: str, page_count: int, papers: int, with_votes: int, votes: int, authors: int, with_video: int
) -> None:
    found = listings(folder)
    assert len(pages(folder)) == page_count
    assert len(found) == len({listing.paper.arxiv_id for listing in found}) == papers
    assert sum(listing.votes is not None for listing in found) == with_votes
    assert sum(listing.votes or 0 for listing in found) == votes
    assert sum(len(listing.paper.authors) for listing in found) == authors
    assert sum(listing.paper.video is not None for listing in found) == with_video


def test_pictures_and_bullets_of_the_archive() -> None:
    found = [listing.paper for listing in listings("archive")]
    assert sum(paper.image is not None and paper.image.startswith("/") for paper in found) == 20
    assert sum(paper.image is None and paper.video is None for paper in found) == 11
    assert sum(len(paper.summary) for paper in found) == 12_585
    labels = {bullet.heading for paper in found for bullet in paper.summary}
    assert {"What's New", "Technical Details", "Performance Highlights", "Ethical Considerations"} <= labels
    assert len(labels) > 20


@pytest.mark.parametrize("folder", ["seeds", "archive"])
def test_every_page_survives_being_written_and_needs_no_remark(folder: str) -> None:
    for path in pages(folder):
        page = read_file(path)
        assert page.remarks == (), path
        assert read_page(write_page(page.day)) == page, path
