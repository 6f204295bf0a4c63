"""Who runs on a database: a lock on a file beside it, which the system takes back when its holder dies."""

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.errors import DatabaseHeldError, StorageError

_TRIES, _PAUSE_SECONDS = 10, 0.02  # whoever only asks for the holder has the lock for a moment


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that has the lock, and since when (UTC)."""

    pid: int
    host: str
    since: datetime

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since:%Y-%m-%d %H:%M:%S} UTC"


def lock_path(database: Path) -> Path:
    """The lock's file: beside the database itself, by whatever link it is named. It stays there, held or not."""
    real = database.resolve()
    return real.with_name(f"{real.name}.lock")


@contextmanager
def hold(database: Path, now: datetime) -> Iterator[None]:
    """Be the one process that runs on a database.

    Raises DatabaseHeldError, which says who has it, and StorageError where there can be no lock.
    """
    with _opened(database) as file:
        if not _taken(file):
            who = _written(file)
            raise DatabaseHeldError(f"the database {database} is in use by {who or 'another process'}: stop it first")
        _write(file, Holder(os.getpid(), socket.gethostname(), now))
        try:
            yield
        finally:
            file.truncate(0)


def holder(database: Path) -> Holder | None:
    """Who runs on a database; None where nobody does."""
    with suppress(StorageError), _opened(database) as file:
        return None if _locked(file, fcntl.LOCK_SH) else _written(file)
    return None


@contextmanager
def _opened(database: Path) -> Iterator[TextIO]:
    path = lock_path(database)
    try:
        # Not "w": to look whether it is held must not erase who holds it.
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"the database's lock {path} can't be opened: {error.strerror}") from error
    with file:
        yield file


def _taken(file: TextIO) -> bool:
    for _ in range(_TRIES):
        if _locked(file, fcntl.LOCK_EX):
            return True
        time.sleep(_PAUSE_SECONDS)
    return False


def _locked(file: TextIO, mode: int) -> bool:
    try:
        fcntl.flock(file, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(file: TextIO, who: Holder) -> None:
    file.truncate(0)
    json.dump({"pid": who.pid, "host": who.host, "since": who.since.isoformat()}, file)
    file.flush()


def _written(file: TextIO) -> Holder | None:
    """Who wrote itself into the file; None in the moment before it does."""
    try:
        told = json.load(file)
        return Holder(int(told["pid"]), str(told["host"]), datetime.fromisoformat(told["since"]))
    except (ValueError, KeyError, TypeError):
        return None
