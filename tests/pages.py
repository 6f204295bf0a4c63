"""Pages of an archive for tests, in our own words."""

from pathlib import Path

from bot.archive.writer import write_page
from bot.papers import Day


def put_page(archive: Path, page: Day) -> Path:
    """Write a day's page to its place in an archive; the file."""
    path = archive / f"{page.date:%Y/%m/%d}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_page(page), encoding="utf-8")
    return path
