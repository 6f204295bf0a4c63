"""Writes days into the archive's folder as pages, and never over what a person wrote."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.archive.loader import content_hash
from bot.archive.writer import write_page
from bot.errors import ArchiveError
from bot.papers import Day

BESIDE = ".new"
"""What is added to the name of a page that stands beside one that a person changed: no reader takes it for a page."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where a page was written, and the hash of its content; `beside` where the page itself was a person's."""

    path: Path
    content_hash: str
    beside: bool


def page_key(day: date) -> str:
    """The key of a day's page: YYYY/MM/DD.md."""
    return f"{day:%Y/%m/%d}.md"


def write_day(root: Path, day: Day, ours: str | None) -> Written:
    """Write a day's page below `root`, whole or not at all; `ours` is the hash of what Paperboy last wrote there.

    A page with another hash was written or changed by a person: it stays, and ours goes beside it. Raises ArchiveError
    where the file can't be written.
    """
    content = write_page(day).encode()
    path = root / page_key(day.date)
    try:
        standing = content_hash(path.read_bytes()) if path.exists() else None
        beside = standing not in {None, ours, content_hash(content)}
        place = path.with_name(path.name + BESIDE) if beside else path
        _replace(place, content)
    except OSError as error:
        raise ArchiveError(f"{path}: the page can't be written ({error.strerror})") from error
    return Written(place, content_hash(content), beside)


def _replace(path: Path, content: bytes) -> None:
    """Put the content in the file's place at once: a reader sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".tmp", delete=False) as file:
        made = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            made.chmod(0o666 & ~_umask())
            made.replace(path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise


def _umask() -> int:
    """What new files may not be allowed; a temporary file is for its owner alone."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
