"""Writes days into the archive's folder as pages, and never over what a person wrote."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.archive.files import read_bytes
from bot.archive.loader import content_hash
from bot.archive.writer import write_page
from bot.errors import ArchiveError
from bot.papers import Day

BESIDE = ".new"
"""What is added to the name of a page that stands beside one that a person changed: no reader takes it for a page."""
_LINK = "link"  # in the place of a hash


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that is ready to be put in its place, and the hash of what stands there; None where nothing does."""

    path: Path
    content: bytes
    standing: str | None

    @property
    def content_hash(self) -> str:
        """The hash of the page."""
        return content_hash(self.content)

    @property
    def is_free(self) -> bool:
        """Whether nothing else stands in its place."""
        return self.standing in {None, self.content_hash}


@dataclass(frozen=True, slots=True)
class Written:
    """Where a page was written; `beside` where the page itself was a person's."""

    path: Path
    beside: bool


def page_key(day: date) -> str:
    """The key of a day's page: YYYY/MM/DD.md."""
    return f"{day:%Y/%m/%d}.md"


def lay_out(root: Path, day: Day) -> Sheet:
    """The page of a day below `root`; nothing is written yet. A link in its place counts as a person's.

    Raises ArchiveError where the place can't be looked at, or a link leads out of the folder on the way there.
    """
    path = root / page_key(day.date)
    try:
        if not path.parent.resolve().is_relative_to(root.resolve()):
            raise ArchiveError(f"{path}: the page can't be written (a link leads out of the folder)")
        return Sheet(path, write_page(day).encode(), _standing(path))
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise _unwritable(path, error) from error


def put(sheet: Sheet, *, beside: bool) -> Written | None:
    """Put a page in its place or beside it, whole or not at all; None where something else came to stand there.

    Raises ArchiveError where the file can't be written.
    """
    place = sheet.path.with_name(sheet.path.name + BESIDE) if beside else sheet.path
    try:
        if not beside and _standing(sheet.path) != sheet.standing:
            return None
        _replace(place, sheet.content)
    except OSError as error:
        raise _unwritable(sheet.path, error) from error
    return Written(place, beside)


def write_day(root: Path, day: Day) -> Written:
    """Write a day's page below `root`; beside its place where another page stands there. Raises ArchiveError."""
    sheet = lay_out(root, day)
    return put(sheet, beside=not sheet.is_free) or write_day(root, day)


def missing(root: Path, keys: list[str]) -> frozenset[str]:
    """The pages among these of which nothing stands below `root`."""
    return frozenset(key for key in keys if not os.path.lexists(root / key))


def _standing(path: Path) -> str | None:
    if path.is_symlink():
        return _LINK
    return content_hash(read_bytes(path)) if path.exists() else None


def _unwritable(path: Path, error: Exception) -> ArchiveError:
    why = error.strerror if isinstance(error, OSError) else "links in a circle"
    return ArchiveError(f"{path}: the page can't be written ({why})")


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
