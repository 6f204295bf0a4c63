"""The files that a database is made of: how they are opened, whose they are, and what belongs to them."""

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
    """The file beside another that has its name and an ending."""
    return path.with_name(path.name + ending)


def real(path: Path) -> Path:
    """The file itself, by whatever link it is named. A link that leads round in a circle stays as it is."""
    return Path(os.path.realpath(path))


def can_be_written(path: Path) -> bool:
    """Whether a database can be written, or made where there is none: its folder has to take the log beside it."""
    file = real(path)
    return os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def address(path: Path, *, read_only: bool = False) -> str:
    """The file as a URI for SQLite.

    For reading alone: a file at rest has no log and is read as it lies, as in a folder that can't be written. With one,
    left by a process that died or in use by one that lives, it is read as SQLite reads a shared file.
    """
    named = path.absolute().as_uri()
    if not read_only:
        return named
    return f"{named}?mode=ro" if beside(real(path), LOG).exists() else f"{named}?mode=ro&immutable=1"


def make_private(path: Path) -> None:
    """Make a database's file if there is none, for its owner alone: SQLite makes all beside it the same way.

    What is there and everyone may use is closed to all but its owner; what was given to a group alone stays given.
    Raises OSError where the file can't be made.
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
        if not path.stat().st_mode & _EVERYONE:  # some file systems know no owners
            log.warning("%s could be used by everyone: it is its owner's alone now", path)
    except FileNotFoundError:
        return
    except OSError as error:
        log.warning("%s can be used by everyone: its owner should close it (%s)", path, error.strerror)
