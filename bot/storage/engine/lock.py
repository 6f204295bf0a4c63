"""A lock on a file beside the database, held by the running bot. The system releases it when the process dies."""

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import DatabaseHeldError, StorageError
from bot.storage.engine.files import beside, real

try:
    import fcntl
except ImportError:  # Windows has no lock that the death of a process releases
    fcntl = None  # type: ignore[assignment]  # a module that is not there

_TRIES, _PAUSE_SECONDS = 10, 0.02  # `holder` takes the lock for a moment
_LONGEST = 4096
_UNSUPPORTED = (
    "this platform is not supported: the bot runs where there is flock, as on Linux and macOS; "
    "on Windows, use WSL or Docker"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that has the lock, and since when (UTC)."""

    pid: int
    host: str
    since: datetime

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since:%Y-%m-%d %H:%M:%S} UTC"


def lock_path(database: Path) -> Path:
    """The lock file, beside the database with links resolved. It is never deleted."""
    return beside(real(database), ".lock")


@contextmanager
def hold(database: Path, now: datetime) -> Iterator[None]:
    """Hold the lock: only one process runs on a database.

    Raises DatabaseHeldError, which names the holder, or StorageError if the file can't be locked.
    """
    path = lock_path(database)
    with _opened(path, os.O_RDWR | os.O_CREAT) as file:
        if not _taken(file, path):
            who = _written(file)
            raise DatabaseHeldError(f"the database {database} is in use by {who or 'another process'}: stop it first")
        with _told(path, "written"):
            _write(file, Holder(os.getpid(), socket.gethostname(), now))
        try:
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(file, 0)


def holder(database: Path) -> Holder | None:
    """The process that runs on a database; None if there is none. Raises StorageError if the lock can't be read."""
    path = lock_path(database)
    try:
        with _opened(path, os.O_RDONLY) as file:
            return None if _locked(file, path, exclusive=False) else _written(file)
    except StorageError as error:
        if isinstance(error.__cause__, (FileNotFoundError, NotADirectoryError)):
            return None
        raise


@contextmanager
def in_use(path: Path) -> Iterator[None]:
    """Mark a file as in use by this process while the block runs, as far as its file system has locks."""
    if fcntl is None:
        yield
        return
    with path.open("rb") as file:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def is_in_use(path: Path) -> bool:
    """Whether a process may have marked a file as in use; True where that can't be known."""
    if fcntl is None:
        return True
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    return False


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    if fcntl is None:
        raise StorageError(_UNSUPPORTED)
    with _told(path, "opened"):
        file = os.open(path, flags, 0o600)
    try:
        yield file
    finally:
        os.close(file)


def _taken(file: int, path: Path) -> bool:
    for _ in range(_TRIES):
        if _locked(file, path, exclusive=True):
            return True
        time.sleep(_PAUSE_SECONDS)
    return False


def _locked(file: int, path: Path, *, exclusive: bool) -> bool:
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:  # ENOLCK, EOPNOTSUPP: some network file systems
        raise StorageError(f"{path} can't be locked ({error.strerror}): put the database on a local disk") from error
    return True


def _write(file: int, who: Holder) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, json.dumps({"pid": who.pid, "host": who.host, "since": who.since.isoformat()}).encode(), 0)


def _written(file: int) -> Holder | None:
    """The holder as written in the file; None if it has not written yet."""
    try:
        told = json.loads(os.pread(file, _LONGEST, 0))
        return Holder(int(told["pid"]), str(told["host"]), datetime.fromisoformat(told["since"]))
    except (ValueError, KeyError, TypeError):
        return None


@contextmanager
def _told(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(f"the database's lock {path} can't be {what}: {error.strerror}") from error
