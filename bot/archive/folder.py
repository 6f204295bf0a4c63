"""Writes days into the archive's folder as pages, without overwriting what a person wrote."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.archive.files import read_bytes, replace_content
from bot.archive.loader import content_hash
from bot.archive.writer import write_page
from bot.errors import ArchiveError
from bot.papers import Day

BESIDE = ".new"
"""The suffix of a page written beside one that a person changed; the loader does not read such files."""
_LINK = "link"  # used in place of a hash


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page ready to be written, and the hash of the file that is in its place; None if there is none."""

    path: Path
    content: bytes
    standing: str | None

    @property
    def content_hash(self) -> str:
        """The page's hash."""
        return content_hash(self.content)

    @property
    def is_free(self) -> bool:
        """Whether its place is empty or holds this page."""
        return self.standing in {None, self.content_hash}


@dataclass(frozen=True, slots=True)
class Written:
    """Where a page was written; `beside` if a person's page has its place."""

    path: Path
    beside: bool


def page_key(day: date) -> str:
    """The key of a day's page, YYYY/MM/DD.md."""
    return f"{day:%Y/%m/%d}.md"


def lay_out(root: Path, day: Day) -> Sheet:
    """Prepare a day's page below `root`; nothing is written yet. A link in its place counts as a person's page.

    Raises ArchiveError if the place can't be read, or a link on the way leads out of the folder.
    """
    path = root / page_key(day.date)
    try:
        if not path.parent.resolve().is_relative_to(root.resolve()):
            raise ArchiveError(f"{path}: the page can't be written (a link leads out of the folder)")
        return Sheet(path, write_page(day).encode(), _standing(path))
    except (OSError, RuntimeError) as error:  # RuntimeError: circular links
        raise _unwritable(path, error) from error


def put(sheet: Sheet, *, beside: bool) -> Written | None:
    """Write a page to its place or beside it, completely or not at all; None if the place has changed meanwhile.

    Raises ArchiveError if the file can't be written.
    """
    place = sheet.path.with_name(sheet.path.name + BESIDE) if beside else sheet.path
    try:
        if not beside and _standing(sheet.path) != sheet.standing:
            return None
        replace_content(place, sheet.content)
    except OSError as error:
        raise _unwritable(sheet.path, error) from error
    return Written(place, beside)


def write_day(root: Path, day: Day) -> Written:
    """Write a day's page below `root`, or beside its place if another page is there. Raises ArchiveError."""
    sheet = lay_out(root, day)
    return put(sheet, beside=not sheet.is_free) or write_day(root, day)


def missing(root: Path, keys: list[str]) -> frozenset[str]:
    """The keys for which there is no file below `root`."""
    return frozenset(key for key in keys if not os.path.lexists(root / key))


def _standing(path: Path) -> str | None:
    if path.is_symlink():
        return _LINK
    return content_hash(read_bytes(path)) if path.exists() else None


def _unwritable(path: Path, error: Exception) -> ArchiveError:
    why = error.strerror if isinstance(error, OSError) else "circular links"
    return ArchiveError(f"{path}: the page can't be written ({why})")
