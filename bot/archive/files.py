"""The files in the archive's folder: which may be pages, and their content. Pipes and devices are never opened."""

import errno
import os
import stat
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.archive.page import Problem

MOST_BYTES = 4 * 2**20
"""Bytes of a page; the longest in the archive has 200,000."""
MOST_FOLDERS = 10_000
"""Folders searched at most, in case a link leads to the root of a file system."""
_ENDING = ".md"
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def read_bytes(path: Path) -> bytes:
    """A file's content. Raises OSError if it can't be opened, is not a regular file or has more than MOST_BYTES."""
    if not stat.S_ISREG(path.stat().st_mode):  # first, as opening a device may have side effects
        raise OSError(errno.EINVAL, "it is not a regular file")
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"it has more than {MOST_BYTES // 2**20} megabytes")
    return content


def replace_content(path: Path, content: bytes) -> None:
    """Replace a file's content atomically: readers see the old content or the new. Its folder is made if needed.

    Raises OSError.
    """
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


def markdown_files(root: Path, problems: list[Problem]) -> list[Path]:
    """The *.md files below a folder, sorted, without hidden ones; unreadable folders are added to `problems`.

    Links to folders are followed. Each folder is visited once, by its own path rather than a link's, so loops end and
    no page is found twice.
    """
    files: list[Path] = []
    seen: set[tuple[int, int]] = set()
    folders = deque([root])
    while folders:
        folder = folders.popleft()
        if len(seen) >= MOST_FOLDERS:
            problems.append(Problem(folder, None, f"left out, with others: {MOST_FOLDERS:,} folders were searched"))
            break
        try:
            for entry in _entries(folder, seen):
                if _is_folder(entry) and entry.name.endswith(_ENDING):
                    problems.append(Problem(Path(entry.path), None, "left out: it is a folder named like a page"))
                elif _is_folder(entry):
                    (folders.append if entry.is_symlink() else folders.appendleft)(Path(entry.path))
                elif entry.name.endswith(_ENDING):
                    files.append(Path(entry.path))
        except OSError as error:
            problems.append(Problem(folder, None, f"the folder can't be read: {error.strerror}"))
    return sorted(files)


def _entries(folder: Path, seen: set[tuple[int, int]]) -> Iterator[os.DirEntry[str]]:
    """The visible entries of a folder, if it was not visited before."""
    found = folder.stat()
    mark = (found.st_dev, found.st_ino)
    if mark in seen:
        return
    seen.add(mark)
    with os.scandir(folder) as entries:
        yield from (entry for entry in entries if not entry.name.startswith("."))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a circular link, for example; reading it names the problem
        return False


def _umask() -> int:
    """The process's umask; a temporary file is private by default."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
