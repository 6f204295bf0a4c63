"""The files of a database: paths, permissions, and the files that SQLite keeps beside them."""

import logging
import os
import stat
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)

LOG, INDEX, JOURNAL = "-wal", "-shm", "-journal"
"""What SQLite keeps beside a file, by the file's name: https://sqlite.org/tempfiles.html"""

_OWNERS = 0o600
_EVERYONE = 0o007


def beside(path: Path, ending: str) -> Path:
    """The file beside `path` whose name is that of `path` plus an ending."""
    return path.with_name(path.name + ending)


def real(path: Path) -> Path:
    """The file itself, with links resolved. A circular link is returned unchanged."""
    return Path(os.path.realpath(path))


def can_be_written(path: Path) -> bool:
    """Whether a database can be written or created: its folder must be writable, for the log."""
    file = real(path)
    return os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def address(path: Path, *, read_only: bool = False) -> str:
    """The file as a URI for SQLite.

    To read only: a file without a log is opened as immutable, which also works in a folder that can't be written. A
    file with a log, left by a dead process or in use, is opened as SQLite opens a shared file.
    """
    named = path.absolute().as_uri()
    if not read_only:
        return named
    return f"{named}?mode=ro" if beside(real(path), LOG).exists() else f"{named}?mode=ro&immutable=1"


def make_private(path: Path) -> None:
    """Create the database file if it is missing, private to its owner; SQLite gives its other files the same mode.

    An existing file that everyone may access is made private; group access alone is kept. Raises OSError if the file
    can't be created.
    """
    file = real(path)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNERS))
    for part in (file, *(beside(file, ending) for ending in (LOG, INDEX, JOURNAL, ".lock"))):
        _close_to_others(part)


def _close_to_others(path: Path) -> None:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) or not mode & _EVERYONE:
            return
        path.chmod(_OWNERS)
        if not path.stat().st_mode & _EVERYONE:  # some file systems have no owners
            log.warning("%s was open to everyone; now only its owner can use it", path)
    except FileNotFoundError:
        return
    except OSError as error:
        log.warning("%s is open to everyone, and its permissions can't be changed (%s)", path, error.strerror)
