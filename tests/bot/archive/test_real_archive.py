"""The real pages: what they must add up to, and that each survives being written. Skipped where they are absent."""

from pathlib import Path

import pytest

from bot.archive.reader import read_file, read_page
from bot.archive.writer import write_page
from bot.papers import Listing
from tests.shared import ARCHIVE, SEEDS, needs_archive

SEEDED = pytest.param(SEEDS, id="seeds")
REAL = pytest.param(ARCHIVE, marks=needs_archive, id="archive")


def pages(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*/[0-9]*/[0-9]*.md"))


def listings(folder: Path) -> list[Listing]:
    return [listing for path in pages(folder) for listing in read_file(path).day.listings]


@pytest.mark.parametrize(
    ("folder", "page_count", "papers", "with_votes", "votes", "authors", "with_video"),
    [
        pytest.param(SEEDS, 5, 80, 57, 560, 631, 17, id="seeds"),
        pytest.param(ARCHIVE, 203, 2537, 2427, 28736, 21058, 152, marks=needs_archive, id="archive"),
    ],
)
def test_what_the_pages_add_up_to(
    folder: Path, page_count: int, papers: int, with_votes: int, votes: int, authors: int, with_video: int
) -> None:
    found = listings(folder)
    assert len(pages(folder)) == page_count
    assert len(found) == len({listing.paper.arxiv_id for listing in found}) == papers
    assert sum(listing.votes is not None for listing in found) == with_votes
    assert sum(listing.votes or 0 for listing in found) == votes
    assert sum(len(listing.paper.authors) for listing in found) == authors
    assert sum(listing.paper.video is not None for listing in found) == with_video


@needs_archive
def test_pictures_and_bullets_of_the_archive() -> None:
    found = [listing.paper for listing in listings(ARCHIVE)]
    assert sum(paper.image is not None and paper.image.startswith("/") for paper in found) == 20
    assert sum(paper.image is None and paper.video is None for paper in found) == 11
    assert sum(len(paper.summary) for paper in found) == 12_585
    labels = {bullet.heading for paper in found for bullet in paper.summary}
    assert {"What's New", "Technical Details", "Performance Highlights", "Ethical Considerations"} <= labels
    assert len(labels) > 20


@pytest.mark.parametrize("folder", [SEEDED, REAL])
def test_every_page_survives_being_written_and_needs_no_remark(folder: Path) -> None:
    for path in pages(folder):
        page = read_file(path)
        assert page.remarks == (), path
        assert read_page(write_page(page.day)) == page, path
