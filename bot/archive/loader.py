"""Loads a folder of pages into the library: stores new and changed pages, and reports broken ones."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.archive.files import markdown_files, read_bytes
from bot.archive.page import Page, Problem, path_text
from bot.archive.reader import decode, is_page, path_date, read_page
from bot.archive.thread import FileThread
from bot.errors import ArchiveError, PageError, PaperboyError
from bot.papers import Day

_DAY_PATH = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}\.md$")


class LibraryStore(Protocol):
    """The library, as used by the loader; a page's key is PageFile.key."""

    async def page_hashes(self) -> dict[str, frozenset[str]]:
        """By key, the content hashes of stored pages and of those that Paperboy wrote."""
        ...

    async def store_page(self, key: str, content_hash: str, day: Day, now: datetime) -> int:
        """Store a page in place of the one with its key; return how many papers are new to that day.

        A page that Paperboy wrote meanwhile is skipped, as the library has it already.
        """
        ...

    async def tidy(self) -> None:
        """Maintenance after pages were stored."""
        ...


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that is a page. `key` is YYYY/MM/DD.md if its path ends so, else the path below the root."""

    path: Path
    key: str


@dataclass(frozen=True, slots=True)
class Folder:
    """The pages below a root by key, and the problems found."""

    pages: tuple[PageFile, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The result of loading a folder.

    `held` are the keys of the folder's pages that the library now holds, `unchanged` counts those that it held before.
    `new_papers` counts papers new to their day.
    """

    held: tuple[str, ...]
    unchanged: int
    new_papers: int
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page's file and content; `page` is None if the library holds this content."""

    content_hash: str
    page: Page | None


@dataclass(slots=True)
class _Tally:
    held: list[str] = field(default_factory=list)
    unchanged: int = 0
    new_papers: int = 0
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


async def load(
    root: Path,
    library: LibraryStore,
    *,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
    files: FileThread | None = None,
) -> LoadReport:
    """Load new and changed pages below `root`; broken pages are reported, and the others loaded.

    Pages with known content are neither parsed nor stored again. `now` is zone-aware. `progress` is called after each
    page with the number done and the total. `files` reads them in its thread. Raises ArchiveError if `root` is not a
    folder or does not answer.
    """
    files = files or FileThread()
    folder = await files.do(find_pages, root)
    known = await library.page_hashes()
    tally = _Tally(problems=list(folder.problems))
    for done, file in enumerate(folder.pages, 1):
        reading = await files.do(_read, file, known.get(file.key, frozenset()))
        if isinstance(reading, Problem):
            tally.problems.append(reading)
        else:
            try:
                await _store(file, reading, library, now, tally)
            except PaperboyError:
                raise
            except Exception as error:  # noqa: BLE001  it costs no other page
                tally.problems.append(Problem(file.path, None, f"the page can't be stored: {error!r}"))
        if progress:
            progress(done, len(folder.pages))
    if len(tally.held) > tally.unchanged:
        await library.tidy()
    return LoadReport(tuple(tally.held), tally.unchanged, tally.new_papers, tuple(tally.problems), tuple(tally.remarks))


def find_pages(root: Path) -> Folder:
    """The pages below `root`: *.md files whose path ends in YYYY/MM/DD.md or whose first heading is a day's heading.

    They are sorted by key. Other files and hidden ones (".name") are skipped. If two files have the same key, the first
    path counts and the other is a problem. Raises ArchiveError if `root` is not a folder.
    """
    _check_folder(root)
    problems: list[Problem] = []
    pages: dict[str, PageFile] = {}
    for path in markdown_files(root, problems):
        day_path = _DAY_PATH.search(path.absolute().as_posix())
        if day_path is None and not _holds_page(path):
            continue
        key = day_path[0] if day_path else path_text(path.relative_to(root))
        if key in pages:
            problems.append(Problem(path, None, f"left out: {pages[key].path} is the page of the same day"))
        else:
            pages[key] = PageFile(path, key)
    return Folder(tuple(sorted(pages.values(), key=lambda file: file.key)), tuple(problems))


def content_hash(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _check_folder(root: Path) -> None:
    try:
        what = "" if root.is_dir() else "is not a folder" if root.exists() else "does not exist"
    except OSError as error:
        what = f"can't be reached ({error.strerror})"
    if what:
        raise ArchiveError(f"The archive {root} {what}: name the folder that holds the pages (YYYY/MM/DD.md).")


def _holds_page(path: Path) -> bool:
    try:
        return is_page(read_bytes(path).decode(errors="replace"))
    except OSError:
        return True  # unknown; reading it will name the problem


def _read(file: PageFile, known: frozenset[str]) -> _Reading | Problem:
    try:
        content = read_bytes(file.path)
        found_hash = content_hash(content)
        if found_hash in known:
            return _Reading(found_hash, None)
        return _Reading(found_hash, read_page(decode(content), expected=path_date(file.path)))
    except PageError as error:
        return Problem(file.path, error.line, error.message)
    except OSError as error:
        return Problem(file.path, None, f"the file can't be read: {error.strerror}")


async def _store(file: PageFile, reading: _Reading, library: LibraryStore, now: datetime, tally: _Tally) -> None:
    tally.held.append(file.key)
    if reading.page is None:
        tally.unchanged += 1
        return
    tally.remarks += [Problem(file.path, remark.line, remark.message) for remark in reading.page.remarks]
    tally.new_papers += await library.store_page(file.key, reading.content_hash, reading.page.day, now)
